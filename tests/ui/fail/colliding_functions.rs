use trackstats::{Metric, stats};

stats! {
    shop { ß by country, ẞ by country }
}

fn main() {
    let _ = shop::ß("NL");
}
