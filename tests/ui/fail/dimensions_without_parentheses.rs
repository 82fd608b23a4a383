use trackstats::stats;

stats! {
    shop {
        sales by country, province "Items sold"
    }
}

fn main() {
    let _ = shop::sales("NL", "Utrecht");
}
