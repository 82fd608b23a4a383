stats! {
    mod shop { orders: u32, revenue: Vec<f64>, sales by [country, country], domain, _, orders }
    shop { visits = f64 }
    self { crate, Super by self, a-b }
}
