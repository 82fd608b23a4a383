use trackstats::stats;

stats! {
    shop { sales by { country } }
}

fn main() {
    let _ = shop::sales("NL");
}
