use trackstats::{Metric, stats};

stats! {
    shop { orders:, visits }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
