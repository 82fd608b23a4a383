use trackstats::{Metric, stats};

stats! {
    shop { orders "Orders" "Sold" }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
