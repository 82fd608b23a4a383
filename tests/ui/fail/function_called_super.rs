use trackstats::{Metric, stats};

stats! {
    shop { Super by country }
}

fn main() {
    let _: Metric<i64, 1> = shop::SUPER;
}
