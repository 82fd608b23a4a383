//! The exports, called from within the module: in Node, in a page, wherever the runner is told.

#![cfg(target_arch = "wasm32")]

use shop::Shop;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn orders_are_counted_by_day() {
    let mut shop = Shop::new();
    for date in ["2026-11-21", "2026-11-23", "2026-11-23"] {
        let recorded = shop.record_order("NL", 3, Some(date.to_owned()));
        assert!(recorded.is_ok());
    }
    let days = shop.orders_by_day("2026-11-21", "2026-11-23").ok();
    let orders: Option<Vec<i64>> = days.map(|days| days.iter().map(|day| day.orders).collect());
    assert_eq!(orders, Some(vec![1, 0, 2]));
    assert_eq!(shop.items_sold("NL", "2026-11-23").ok(), Some(6));
}

#[wasm_bindgen_test]
fn an_order_without_a_date_is_of_today() {
    let mut shop = Shop::new();
    assert!(shop.today().as_str() > "2026-01-01");
    assert!(shop.record_order("NL", 3, None).is_ok());
    let today = shop.today();
    assert_eq!(shop.items_sold("NL", &today).ok(), Some(3));
}

#[wasm_bindgen_test]
fn an_order_that_cannot_be_recorded_changes_nothing() {
    let mut shop = Shop::new();
    let long = "x".repeat(2000);
    assert!(
        shop.record_order(&long, 3, Some("2026-11-23".to_owned()))
            .is_err()
    );
    let days = shop.orders_by_day("2026-11-23", "2026-11-23").ok();
    assert_eq!(days.map(|days| days[0].orders), Some(0));
    assert!(shop.orders_by_day("2026-11-31", "2026-11-23").is_err());
}
