trackstats::stats! {
    shop { orders: u8, sales by date, orders }
    users {}
}

fn main() {}
