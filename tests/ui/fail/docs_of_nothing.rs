use trackstats::{Metric, stats};

stats! {
    shop {
        orders,
        /// Those who came back.
    }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
