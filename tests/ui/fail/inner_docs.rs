use trackstats::{Metric, stats};

stats! {
    shop {
        //! What the web shop sells.
        orders
    }
}

fn main() {
    let _: Metric<i64> = shop::ORDERS;
}
