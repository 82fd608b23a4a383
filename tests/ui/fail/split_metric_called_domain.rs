use trackstats::stats;

stats! {
    shop { domain by user }
}

fn main() {
    let _ = shop::domain(42);
}
