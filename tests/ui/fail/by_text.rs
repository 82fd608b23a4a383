use trackstats::stats;

stats! {
    shop { sales by ("country", province) }
}

fn main() {
    let _ = shop::sales("NL", "Utrecht");
}
