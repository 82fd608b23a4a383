use trackstats::{Metric, stats};

stats! {
    shop { #[reference()] orders }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
