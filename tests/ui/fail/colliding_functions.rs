#![expect(confusable_idents, reason = "they are what collides")]

use trackstats::stats;

stats! {
    shop { ß by country, ẞ by country }
}

fn main() {
    let _ = shop::ß("NL");
}
