use trackstats::{Metric, stats};

stats! {
    shop { revenue by country: f64 }
}

fn main() {
    let _: Metric<f64, 1> = shop::REVENUE;
    let _ = shop::revenue("NL");
}
