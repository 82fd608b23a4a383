use trackstats::{Metric, stats};

stats! {
    shop { orders },
    users { signups }
}

fn main() {
    let _: [Metric<i64>; 2] = [shop::ORDERS, users::SIGNUPS];
}
