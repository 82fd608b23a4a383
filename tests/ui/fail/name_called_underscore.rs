use trackstats::stats;

stats! {
    _ { orders }
    shop { _, visits by _ }
}

fn main() {
    let _ = shop::visits(1);
}
