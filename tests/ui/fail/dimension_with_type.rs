use trackstats::stats;

stats! {
    shop { sales by (country: &str, province) }
}

fn main() {
    let _ = shop::sales("NL", "Utrecht");
}
