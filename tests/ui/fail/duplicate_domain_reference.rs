use trackstats::{Metric, stats};

stats! {
    #[reference("users")] shop { orders }
    users { signups }
}

fn main() {
    let _: [Metric<i64>; 2] = [shop::ORDERS, users::SIGNUPS];
}
