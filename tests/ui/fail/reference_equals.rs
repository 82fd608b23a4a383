use trackstats::{Metric, stats};

stats! {
    shop { #[reference = "order-count"] orders }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
