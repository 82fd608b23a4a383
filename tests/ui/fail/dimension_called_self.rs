use trackstats::stats;

stats! {
    shop { sales by self }
}

fn main() {
    let _ = shop::sales("NL");
}
