use trackstats::{Metric, stats};

stats! {
    shop { revenue f64 "Revenue" }
}

fn main() {
    let _: Metric<f64> = shop::REVENUE;
}
