use trackstats::stats;

stats! {
    shop {
        revenue: f64 = "Revenue, in euro",
    }
}

fn main() {
    let _ = shop::REVENUE;
}
