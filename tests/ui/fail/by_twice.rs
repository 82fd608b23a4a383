use trackstats::stats;

stats! {
    shop { sales by country by province }
}

fn main() {
    let _ = shop::sales("NL", "Utrecht");
}
