use trackstats::{Metric, stats};

stats! {
    shop { orders: HashMap<String, i64>, visits }
}

fn main() {
    let _: [Metric<i64>; 2] = [shop::ORDERS, shop::VISITS];
}
