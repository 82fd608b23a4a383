use trackstats::{Metric, stats};

stats! {
    shop { #[reference("visits")] orders, visits }
}

fn main() {
    let _: [Metric<i64>; 2] = [shop::ORDERS, shop::VISITS];
}
