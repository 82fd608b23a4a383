//! Deleting.

use trackstats::{Filter, NewMetric, Period, Store, Timestamp, stats};

stats! { shop { orders, sales by country } }

fn store() -> Store {
    let noon: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    let mut store = Store::builder().clock(noon).build();
    for day in 1..=20 {
        let date = format!("2026-11-{day:02}");
        store.record(shop::ORDERS, Period::Day, &date, day).unwrap();
        store
            .record(shop::sales("NL"), Period::Day, &date, day)
            .unwrap();
    }
    store
        .record(shop::ORDERS, Period::Lifetime, "2026-11-01", 1)
        .unwrap();
    store
}

#[test]
fn a_hole_in_the_middle_leaves_both_sides() {
    let mut store = store();
    let filter = Filter::new()
        .metric(shop::ORDERS)
        .range("2026-11-05"..="2026-11-10");
    assert_eq!(store.delete(&filter).unwrap(), 6);
    let orders = store.series(shop::ORDERS, Period::Day).read().unwrap();
    let expected: Vec<_> = (1..=20)
        .filter(|day| !(5..=10).contains(day))
        .map(Some)
        .collect();
    assert_eq!(orders.values().collect::<Vec<_>>(), expected);
    store
        .record(shop::ORDERS, Period::Day, "2026-11-07", 70)
        .unwrap();
    assert_eq!(
        store
            .value(shop::ORDERS, Period::Day, "2026-11-07")
            .unwrap(),
        Some(Some(70))
    );
    assert_eq!(
        store.total(shop::ORDERS, Period::Day).read().unwrap().count,
        15
    );
}

#[test]
fn retaining_days_touches_only_what_is_chosen() {
    let mut store = store();
    let days = Filter::new().period(Period::Day);
    assert_eq!(store.retain_days(&days, 10).unwrap(), 26);
    assert_eq!(store.retain_days(&days, 10).unwrap(), 0);
    assert_eq!(store.retain_days(&days, u32::MAX).unwrap(), 0);
    assert_eq!(store.len(), 15);
}

#[test]
fn an_empty_list_deletes_nothing() {
    let mut store = store();
    let nothing = Filter::new().metrics(Vec::<String>::new());
    assert_eq!(store.delete(&nothing).unwrap(), 0);
    assert_eq!(
        store
            .delete(&Filter::new().object("country", "BE"))
            .unwrap(),
        0
    );
    assert_eq!(
        store
            .delete(&Filter::new().object("country", "NL"))
            .unwrap(),
        20
    );
    store
        .register_metric(&NewMetric::new("shop.other"))
        .unwrap();
    assert_eq!(
        store.delete(&Filter::new().metric("shop.other")).unwrap(),
        0
    );
}
