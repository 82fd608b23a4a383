use trackstats::{Metric, stats};

stats! {
    super { orders }
    shop { self, crate }
}

fn main() {
    let _: [Metric<i64>; 2] = [shop::SELF, shop::CRATE];
}
