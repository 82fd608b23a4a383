trackstats::stats! {
    shop { orders, visits, orders }
}

fn main() {}
