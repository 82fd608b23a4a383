use trackstats::{Metric, stats};

stats! {
    shop { _1 by country }
}

fn main() {
    let _: Metric<i64, 1> = shop::_1;
}
