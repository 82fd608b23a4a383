//! Which of several splits an answer reads, and what is said where only parts were recorded.

use trackstats::{Breakdown, ErrorCode, Fill, MetricRef, NewMetric, Period, Store, Sum, Value};

const DAY: Period = Period::Day;

fn at(values: &[(&str, &str)]) -> MetricRef {
    values
        .iter()
        .fold(MetricRef::new("shop.sales"), |target, (name, value)| {
            target.at(*name, *value)
        })
}

/// The dimensions of a record, its date and its value.
type Recorded<'r> = (&'r [(&'r str, &'r str)], &'r str, i64);

fn store(records: &[Recorded<'_>]) -> Store {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("shop.sales"))
        .unwrap();
    for (values, date, value) in records {
        store.record(at(values), DAY, *date, *value).unwrap();
    }
    store
}

fn parts(found: &Breakdown<Value>) -> Vec<(&str, i64)> {
    let parts = found.parts.iter();
    parts
        .map(|part| (part.at[0].as_str(), part.value.as_i64().unwrap()))
        .collect()
}

#[test]
fn a_breakdown_reads_the_split_that_holds_something_in_the_range_and_says_which() {
    let country: &[(&str, &str)] = &[("country", "NL")];
    let both: &[(&str, &str)] = &[("country", "NL"), ("province", "Utrecht")];
    for (first, second) in [(country, both), (both, country)] {
        let store = store(&[(first, "2026-11-22", 5), (second, "2026-11-23", 7)]);
        let on = |date| {
            store
                .breakdown("shop.sales", DAY)
                .by("country")
                .on(date)
                .read()
                .unwrap()
        };
        let names = |values: &[(&str, &str)]| -> Vec<_> {
            values.iter().map(|(name, _)| (*name).to_owned()).collect()
        };
        let (before, today) = (on("2026-11-22"), on("2026-11-23"));
        assert_eq!(
            (parts(&before), &before.split_by),
            (vec![("NL", 5)], &names(first))
        );
        assert_eq!(
            (parts(&today), &today.split_by),
            (vec![("NL", 7)], &names(second))
        );
        let neither = on("2026-11-21");
        assert_eq!(
            (parts(&neither), neither.split_by.clone()),
            (vec![], names(country))
        );
        let all = store
            .breakdown("shop.sales", DAY)
            .by("country")
            .read()
            .unwrap();
        assert_eq!(all.split_by, ["country"]);
        let only = store
            .breakdown("shop.sales", DAY)
            .by("province")
            .at("country", "NL");
        assert_eq!(only.read().unwrap().split_by, ["country", "province"]);
    }
}

#[test]
fn of_equal_splits_the_first_by_name_is_read_in_whatever_order_they_came() {
    let city: &[(&str, &str)] = &[("city", "Utrecht"), ("country", "NL")];
    let shop: &[(&str, &str)] = &[("country", "NL"), ("shop", "1")];
    for order in [[city, shop], [shop, city]] {
        let store = store(&[(order[0], "2026-11-23", 1), (order[1], "2026-11-23", 1)]);
        for store in [
            &store,
            &Store::builder().restore(&store.snapshot()).unwrap(),
        ] {
            let found = store
                .breakdown("shop.sales", DAY)
                .by("country")
                .read()
                .unwrap();
            assert_eq!(found.split_by, ["city", "country"]);
        }
    }
    // Fewer dimensions come before an earlier name.
    let three: &[(&str, &str)] = &[("area", "x"), ("city", "Utrecht"), ("country", "NL")];
    let store = store(&[(three, "2026-11-23", 1), (shop, "2026-11-23", 1)]);
    let found = store
        .breakdown("shop.sales", DAY)
        .by("country")
        .read()
        .unwrap();
    assert_eq!(found.split_by, ["country", "shop"]);
}

#[test]
fn what_has_parts_only_is_not_read_as_nothing() {
    let store = store(&[
        (
            &[("route", "/"), ("status", "200"), ("country", "NL")],
            "2026-11-22",
            1,
        ),
        (&[("route", "/"), ("status", "200")], "2026-11-23", 4),
    ]);
    let by_status = at(&[("status", "200")]);
    for target in [
        MetricRef::new("shop.sales"),
        by_status.clone(),
        at(&[("status", "404")]),
    ] {
        let errors = [
            store.series(&target, DAY).read().unwrap_err(),
            store
                .series(&target, DAY)
                .fill(Fill::Zero)
                .read()
                .unwrap_err(),
            store.series_of([&target], DAY).read().unwrap_err(),
            store.slice(&target, DAY, ..).unwrap_err(),
            store.total(&target, DAY).read().unwrap_err(),
            store
                .compare(&target, DAY)
                .range("2026-11-01"..="2026-11-30")
                .read()
                .unwrap_err(),
            store.latest(&target, DAY).unwrap_err(),
            store.value(&target, DAY, "2026-11-23").unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.code(), ErrorCode::UnknownDimension);
            let text = error.to_string();
            assert!(
                text.contains("'route' and 'status'") && text.contains("breakdown"),
                "{text}"
            );
        }
        // Another period has neither parts nor a total.
        assert!(
            store
                .series(&target, Period::Week)
                .read()
                .unwrap()
                .is_empty()
        );
    }
    let error = store.series(&by_status, DAY).read().unwrap_err();
    assert!(
        error.to_string().contains("never by 'status' alone"),
        "{error}"
    );
}

#[test]
fn what_was_recorded_as_it_is_asked_for_is_read_and_what_never_was_is_empty() {
    let mut store = store(&[(&[("status", "200")], "2026-11-22", 1)]);
    assert!(
        store
            .series(at(&[("status", "404")]), DAY)
            .read()
            .unwrap()
            .is_empty()
    );
    store.record("shop.sales", DAY, "2026-11-22", 1).unwrap();
    let total = store
        .total("shop.sales", DAY)
        .range("2026-11-23"..)
        .read()
        .unwrap();
    assert_eq!((total.sum, total.count), (0.into(), 0));
    store.register_metric(&NewMetric::new("shop.new")).unwrap();
    assert!(store.series("shop.new", DAY).read().unwrap().is_empty());
}

fn requests() -> Store {
    store(&[
        (&[("route", "/"), ("status", "200")], "2026-11-20", 1),
        (&[("route", "/"), ("status", "200")], "2026-11-22", 70),
        (&[("route", "/cart"), ("status", "200")], "2026-11-22", 5),
        (&[("route", "/"), ("status", "404")], "2026-11-23", 2),
        (&[("route", "/cart"), ("status", "500")], "2026-11-24", 1),
    ])
}

fn values(series: &trackstats::Series<Value>) -> Vec<Option<i64>> {
    series
        .values()
        .map(|value| value.and_then(Value::as_i64))
        .collect()
}

#[test]
fn the_largest_parts_have_a_series_each_and_the_rest_one_together() {
    let store = requests();
    let asked = || store.series_by("shop.sales", DAY).by("status").limit(1);
    let found = asked().read().unwrap();
    assert_eq!(found.parts.len(), 1);
    assert_eq!(found.parts[0].at, ["200"]);
    assert_eq!(values(&found.parts[0].series), [Some(1), Some(75)]);
    assert_eq!(values(found.other.as_ref().unwrap()), [Some(2), Some(1)]);
    assert_eq!((found.other_count, found.split_by.len()), (2, 2));

    let filled = asked()
        .range("2026-11-22"..="2026-11-24")
        .fill(Fill::Zero)
        .read()
        .unwrap();
    assert_eq!(
        values(&filled.parts[0].series),
        [Some(75), Some(0), Some(0)]
    );
    assert_eq!(
        values(filled.other.as_ref().unwrap()),
        [Some(0), Some(2), Some(1)]
    );

    let rolled = asked()
        .range("2026-11-22"..)
        .rolling(3, Sum)
        .read()
        .unwrap();
    assert_eq!(values(&rolled.parts[0].series), [Some(76)]);

    let all = store
        .series_by("shop.sales", DAY)
        .by("status")
        .at("route", "/")
        .read()
        .unwrap();
    let at: Vec<_> = all.parts.iter().map(|part| part.at[0].as_str()).collect();
    assert_eq!(
        (at, all.other, all.other_count),
        (vec!["200", "404"], None, 0)
    );
    let none = store
        .series_by("shop.sales", Period::Week)
        .by("status")
        .read()
        .unwrap();
    assert!(none.parts.is_empty());
    let error = store.series_by("shop.sales", DAY).read().unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownDimension);
}
