use trackstats::stats;

stats! {
    shop { sales "Sales" by country }
}

fn main() {
    let _ = shop::sales("NL");
}
