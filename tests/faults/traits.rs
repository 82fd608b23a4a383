//! What is handed out is compared, copied, shown and converted as its users expect.

use std::collections::HashSet;
use std::time::SystemTime;

use trackstats::{
    Date, DimensionValue, Error, ErrorCode, Filter, IntoDateRange as _, Period, Store, Timestamp,
    Tracker, stats,
};

stats! { shop { orders, sales by (country, province), visits by page } }

/// What holds metrics can print itself.
#[derive(Debug)]
#[expect(dead_code, reason = "it is printed")]
struct Report {
    metric: trackstats::Metric<i64>,
    domain: trackstats::Domain,
}

#[test]
fn what_holds_a_metric_prints_a_line() {
    let report = Report {
        metric: shop::ORDERS,
        domain: shop::DOMAIN,
    };
    assert_eq!(
        format!("{report:?}"),
        "Report { metric: Metric(shop.orders: integer), domain: Domain(shop) }"
    );
}

#[test]
fn handles_of_two_stores_differ() -> Result<(), Error> {
    let (mut one, mut two) = (Store::default(), Store::default());
    let handles = [one.handle(shop::ORDERS)?, two.handle(shop::ORDERS)?];
    assert_ne!(handles[0], handles[1]);
    assert_eq!(handles[0], one.handle(shop::ORDERS)?);
    assert_ne!(handles[0], one.handle(shop::SALES.total())?);
    assert_eq!(HashSet::from(handles).len(), 2);
    assert_ne!(handles[0].to_string(), handles[1].to_string());
    Ok(())
}

#[test]
fn a_filter_is_copied_with_what_is_wrong_with_it() {
    let store = Store::default();
    let filter = Filter::new().metric("shop.orders").range("2026-11");
    assert_eq!(filter.clone(), filter);
    let wrong = Filter::new().on("2026-11-31").clone();
    let error = store.statistics(&wrong).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidDate);
}

#[test]
fn ranges_have_ends_of_two_types_and_are_texts() -> Result<(), Error> {
    let first: Date = "2026-11-01".parse()?;
    let november = "2026-11".into_date_range()?;
    assert_eq!((first, "2026-11-30").into_date_range()?, november);
    assert_eq!((first..=first + 29).into_date_range()?, november);
    assert_eq!("2024-02".into_date_range()?.days(), 29);
    assert_eq!("2026".into_date_range()?.days(), 365);
    assert_eq!("9999".into_date_range()?.last(), Date::MAX);
    assert_eq!("2026-11-23".into_date_range()?.days(), 1);
    for text in ["", "2026-13", "26", "2026-1", "2026-11-31", "2026-W48"] {
        let error = text.into_date_range().unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidDate, "{text}");
    }
    let mut date = first;
    date += 30;
    date -= 1;
    assert_eq!(
        (date - 29, date - first, Date::MIN - 1),
        (first, 29, Date::MIN)
    );
    Ok(())
}

#[test]
fn values_are_recorded_where_they_lie() -> Result<(), Error> {
    let mut store = Store::default();
    let (number, none) = (7_u64, None::<&i64>);
    store.record(shop::ORDERS, Period::Day, "2026-11-22", &number)?;
    store.record(shop::ORDERS, Period::Day, "2026-11-23", none)?;
    store.record(shop::ORDERS, Period::Day, "2026-11-24", Some(&8_i64))?;
    let values: Vec<_> = store
        .series(shop::ORDERS, Period::Day)
        .read()?
        .values()
        .collect();
    assert_eq!(values, [Some(7), None, Some(8)]);
    for page in [
        DimensionValue::from(true),
        'c'.into(),
        u128::MAX.into(),
        (&5_u64).into(),
    ] {
        store.record(shop::visits(&page), Period::Day, "2026-11-24", 1)?;
        let found = store.value(shop::visits(page.to_string()), Period::Day, "2026-11-24")?;
        assert_eq!(found, Some(Some(1)));
    }
    Ok(())
}

#[test]
fn events_carry_times_and_dimensions_of_many_types() -> Result<(), Error> {
    let mut store = Store::default();
    let at = SystemTime::from(chrono::DateTime::from_timestamp(0, 0).unwrap_or_default());
    Tracker::count(shop::VISITS, Period::Day)
        .at(|event: &(SystemTime, bool)| event.0)
        .by("page", |event| event.1.into())
        .track(&mut store, [(at, true), (at, false)])?;
    assert_eq!(store.len(), 2);
    let instants = [Timestamp::from_seconds(0)?];
    Tracker::count(shop::ORDERS, Period::Day)
        .at(|event: &&Timestamp| *event)
        .track(&mut store, &instants)?;
    assert_eq!(
        store.value(shop::ORDERS, Period::Day, "1970-01-01")?,
        Some(Some(1))
    );
    Ok(())
}

#[test]
fn a_batch_takes_every_error_that_those_of_the_store_become() {
    let mut store = Store::default();
    let result = store.batch(|store| -> Result<(), Box<dyn std::error::Error>> {
        store.record(shop::ORDERS, Period::Day, "2026-11-23", 1)?;
        std::fs::read("there is no such file")?;
        Ok(())
    });
    assert!(result.unwrap_err().is::<std::io::Error>());
    assert!(store.is_empty());
}
