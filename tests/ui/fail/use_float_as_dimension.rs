use trackstats::{Period, Store, stats};

stats! { shop { orders, revenue: f64, sales by (country, province) } }

fn main() {
    let mut store = Store::in_memory();
    let _ = store.record(shop::sales("NL", 1.5), Period::Day, "2026-11-23", 1);
}
