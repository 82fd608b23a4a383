//! What is filled of a range that begins and has no end.

use trackstats::{Fill, Period, Store, Sum, Timestamp, stats};

stats! {
    shop {
        orders,
        sales by country,
    }
}

/// A store whose today is 2026-11-29, with orders on the 18th and the 20th.
fn store() -> Store {
    let noon: Timestamp = "2026-11-29T12:00:00Z".parse().unwrap();
    let mut store = Store::builder().clock(noon).build();
    store
        .record(shop::ORDERS, Period::Day, "2026-11-18", 4)
        .unwrap();
    store
        .record(shop::ORDERS, Period::Day, "2026-11-20", 7)
        .unwrap();
    store
}

/// The first and the last date, and how many there are.
fn extent(store: &Store, fill: Fill, from: &str) -> Option<(String, String, usize)> {
    let query = store.series(shop::ORDERS, Period::Day).range(from..);
    let series = query.fill(fill).read().unwrap();
    let points = series.points();
    let date = |point: &trackstats::Point<i64>| point.date.to_string();
    Some((date(points.first()?), date(points.last()?), points.len()))
}

#[test]
fn a_range_without_an_end_is_filled_to_today() {
    let store = store();
    let all = |first: &str, days| Some((first.to_owned(), "2026-11-29".to_owned(), days));
    for fill in [Fill::Zero, Fill::Null, Fill::Previous] {
        assert_eq!(extent(&store, fill, "2026-11-25"), all("2026-11-25", 5));
        assert_eq!(extent(&store, fill, "2026-11-19"), all("2026-11-19", 11));
        assert_eq!(extent(&store, fill, "2026-11-29"), all("2026-11-29", 1));
        assert_eq!(extent(&store, fill, "2026-11-30"), None);
    }
    let filled = store
        .series(shop::ORDERS, Period::Day)
        .range("2026-11-28"..);
    let values = filled.fill(Fill::Previous).read().unwrap();
    assert_eq!(values.values().collect::<Vec<_>>(), [Some(7), Some(7)]);
}

#[test]
fn what_was_never_recorded_is_filled_to_today_too() {
    let store = store();
    let query = store.series(shop::sales("NL"), Period::Day);
    let series = query.range("2026-11-27"..).fill(Fill::Zero).read().unwrap();
    assert_eq!(series.values().collect::<Vec<_>>(), [Some(0); 3]);
}

#[test]
fn a_point_after_today_ends_what_is_filled() {
    let mut store = store();
    store
        .record(shop::ORDERS, Period::Day, "2026-12-02", 1)
        .unwrap();
    let all = Some(("2026-11-25".to_owned(), "2026-12-02".to_owned(), 8));
    assert_eq!(extent(&store, Fill::Zero, "2026-11-25"), all);
}

#[test]
fn a_range_without_a_beginning_is_filled_from_the_first_point_to_the_last() {
    let store = store();
    let query = || store.series(shop::ORDERS, Period::Day).fill(Fill::Zero);
    let values = |series: trackstats::Series<i64>| series.values().flatten().collect::<Vec<_>>();
    assert_eq!(values(query().read().unwrap()), [4, 0, 7]);
    assert_eq!(
        values(query().range(.."2026-11-22").read().unwrap()),
        [4, 0, 7, 0]
    );
}

#[test]
fn several_series_and_windows_reach_to_the_same_today() {
    let mut store = store();
    store
        .record(shop::sales("NL"), Period::Day, "2026-11-20", 1)
        .unwrap();
    let both = store
        .series_of([shop::sales("NL"), shop::sales("BE")], Period::Day)
        .range("2026-11-27"..)
        .fill(Fill::Zero)
        .read()
        .unwrap();
    assert_eq!(
        both.iter()
            .map(|series| series.points().len())
            .collect::<Vec<_>>(),
        [3, 3]
    );
    let windows = store
        .series(shop::ORDERS, Period::Day)
        .range("2026-11-26"..);
    let windows = windows.fill(Fill::Zero).rolling(7, Sum).read().unwrap();
    assert_eq!(windows.values().flatten().collect::<Vec<_>>(), [7, 0, 0, 0]);
}
