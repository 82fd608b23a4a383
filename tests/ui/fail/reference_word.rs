use trackstats::{Metric, stats};

stats! {
    shop { #[reference(order_count)] orders }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
