use trackstats::{Store, stats};

stats! { shop { orders, revenue: f64, sales by (country, province) } }

fn main() {
    let mut store = Store::in_memory();
    let _ = store.increment(shop::SALES, "2026-11-23", 1);
}
