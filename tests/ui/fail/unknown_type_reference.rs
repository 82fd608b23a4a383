use trackstats::{Metric, stats};

stats! {
    shop { orders: &'static str "Orders", visits }
}

fn main() {
    let _: [Metric<i64>; 2] = [shop::ORDERS, shop::VISITS];
}
