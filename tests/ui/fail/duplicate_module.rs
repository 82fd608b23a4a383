use trackstats::{Metric, stats};

stats! {
    #[reference("web")] shop { orders }
    shop { visits }
}

fn main() {
    let _: [Metric<i64>; 2] = [shop::ORDERS, shop::VISITS];
}
