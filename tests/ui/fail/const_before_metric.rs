use trackstats::{Metric, stats};

stats! {
    shop { const orders: i64 }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
