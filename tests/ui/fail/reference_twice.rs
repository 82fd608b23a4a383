use trackstats::{Metric, stats};

stats! {
    shop { #[reference("a")] #[reference("b")] orders }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
