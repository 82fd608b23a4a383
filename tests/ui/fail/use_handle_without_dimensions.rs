use trackstats::{Store, stats};

stats! { shop { orders, revenue: f64, sales by (country, province) } }

fn main() {
    let mut store = Store::in_memory();
    let _ = store.handle(shop::SALES);
}
