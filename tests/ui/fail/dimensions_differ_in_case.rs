use trackstats::stats;

stats! {
    shop { sales by (country, Country) }
}

fn main() {
    let _ = shop::sales("NL", "Utrecht");
}
