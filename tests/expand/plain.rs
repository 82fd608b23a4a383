stats! {
    shop { orders, revenue: f64 }
    users "Users" { user_count: i64 "Number of users", }
}
