use trackstats::{Metric, stats};

stats! {
    type { orders }
}

fn main() {
    let _: Metric<i64> = r#type::ORDERS;
}
