use trackstats::{Metric, stats};

stats! {
    shop { orders, online { visits }, returns }
}

fn main() {
    let _: [Metric<i64>; 2] = [shop::ORDERS, shop::RETURNS];
}
