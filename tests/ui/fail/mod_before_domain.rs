use trackstats::{Metric, stats};

stats! {
    mod shop { orders }
    pub mod users { signups }
}

fn main() {
    let _: [Metric<i64>; 2] = [shop::ORDERS, users::SIGNUPS];
}
