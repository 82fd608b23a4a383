use trackstats::{Metric, stats};

stats! {
    shop { revenue: f32 }
}

fn main() {
    let _: Metric<f64> = shop::REVENUE;
}
