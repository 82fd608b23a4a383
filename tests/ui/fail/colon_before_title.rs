use trackstats::{Metric, stats};

stats! {
    shop: "Shop" { orders: "Orders" }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
