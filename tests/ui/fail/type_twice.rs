use trackstats::{Metric, stats};

stats! {
    shop { orders: i64: i64, visits }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
