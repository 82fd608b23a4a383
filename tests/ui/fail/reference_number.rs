use trackstats::{Metric, stats};

stats! {
    shop { #[reference(7)] orders }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
