use trackstats::{Metric, stats};

stats! {
    shop { orders: Vec<u8> by country, visits }
}

fn main() {
    let _: Metric<i64> = shop::VISITS;
    let _ = shop::orders("NL");
}
