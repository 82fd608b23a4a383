trackstats::stats! {
    shop { "orders" }
}

fn main() {}
