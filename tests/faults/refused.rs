//! A call that fails changes nothing, the catalog neither, and leaves nothing behind that changes an answer.

use trackstats::{
    Aggregation, ColumnTracker, ColumnValues, Error, EventColumns, Filter, Import, MetricInfo,
    MetricRef, NewMetric, Period, Store, Tracker, ValueKind, stats,
};

stats! {
    shop "Shop" {
        orders "Orders",
        revenue: f64,
        sales by country "Sales",
    }
}

const DAY: Period = Period::Day;

type Call = (&'static str, fn(&mut Store) -> Result<(), Error>);

/// Calls that are refused by a store that holds `m.a`, of integers by (country, province).
const CALLS: &[Call] = &[
    ("a declared metric at a value that is too long", |store| {
        store.record(shop::sales("x".repeat(2_000)), DAY, "2026-11-23", 1)
    }),
    ("the handle of one", |store| {
        store.handle(shop::sales("x".repeat(2_000))).map(drop)
    }),
    ("a declared metric on no date", |store| {
        store.record(shop::ORDERS, DAY, "2026-11-31", 1)
    }),
    ("a float that is none", |store| {
        store.record(shop::REVENUE, DAY, "2026-11-23", f64::NAN)
    }),
    ("a declared metric of another kind", |store| {
        store.batch(|store| {
            store.register_metric(&NewMetric::new("shop.orders").kind(ValueKind::Float))?;
            store.record(shop::ORDERS, DAY, "2026-11-23", 1)
        })
    }),
    (
        "a sum that does not fit, by a declaration that is new to the store",
        |store| store.increment(shop::ORDERS, "2026-11-20", i64::MAX),
    ),
    ("a float at a new place", |store| {
        store.record(a().at("country", "FR"), DAY, "2026-11-23", 0.5)
    }),
    ("a float that is added at a new place", |store| {
        store.increment(a().at("country", "FR"), "2026-11-23", 0.5)
    }),
    ("a value that is too long, of a metric by name", |store| {
        store.record(a().at("country", "x".repeat(2_000)), DAY, "2026-11-23", 1)
    }),
    ("a dimension that is not declared", |store| {
        store.record(
            a().at("country", "FR").at("shop", "1"),
            DAY,
            "2026-11-23",
            1,
        )
    }),
    ("a batch of a new domain", |store| {
        store.batch(|store| {
            store.register(shop::DOMAIN)?;
            store.record(shop::sales("NL"), DAY, "2026-11-23", 1)?;
            store.delete(&Filter::new())?;
            Err(Error::aborted("given up"))
        })
    }),
    ("a metric whose dimension is reserved", |store| {
        store.register_metric(&NewMetric::new("new.metric").by(["date"]))
    }),
    ("a metric of another kind", |store| {
        store.register_metric(&NewMetric::new("m.a").kind(ValueKind::Float).title("A"))
    }),
    ("a file with a bad line", |store| {
        let file = "{\"metric\":\"new.metric\"}\n{\"metric\":\"new.metric\",\"period\":\"day\",\"date\":\"x\"}";
        Import::json_lines().read(store, file.as_bytes()).map(drop)
    }),
    ("a statement whose second row is refused", |store| {
        let text =
            "INSERT INTO metric (domain, metric) VALUES ('new', 'metric'), ('new', 'no name')";
        store.sql(text).map(drop)
    }),
    (
        "a tracker of a declared metric whose source fails",
        |store| {
            let events = (0..3).map(|number| match number {
                2 => Err(Error::aborted("the source fails")),
                _ => Ok("2026-11-23T12:00:00Z"
                    .parse::<trackstats::Timestamp>()
                    .unwrap()),
            });
            let tracker =
                Tracker::count(shop::ORDERS, DAY).at(|event: &trackstats::Timestamp| *event);
            tracker.try_track(store, events).map(drop)
        },
    ),
    (
        "a tracker over columns at a handle of another metric",
        |store| {
            let other = store.find_handle(shop::ORDERS)?.unwrap();
            let events = EventColumns::new(&[20_000]);
            let tracker = ColumnTracker::new(shop::SALES, DAY, Aggregation::Count);
            tracker.track_one(store, other, &events).map(drop)
        },
    ),
    (
        "a tracker over columns of several periods, of means of integers",
        |store| {
            let none = EventColumns::new(&[]).values(ColumnValues::Integers(&[]));
            let tracker = ColumnTracker::new(shop::SALES, DAY, Aggregation::Mean);
            let periods = [DAY, Period::Week];
            tracker.track_each_in(&periods, store, &[], &none).map(drop)
        },
    ),
];

fn a() -> MetricRef {
    MetricRef::new("m.a")
}

fn store() -> Store {
    let mut store = Store::in_memory();
    let metric = NewMetric::new("m.a").by(["country", "province"]);
    store.register_metric(&metric).unwrap();
    let utrecht = a().at("country", "NL").at("province", "Utrecht");
    store.record(&utrecht, DAY, "2026-11-23", 7).unwrap();
    store
        .register_metric(&NewMetric::new("shop.orders"))
        .unwrap();
    store.record("shop.orders", DAY, "2026-11-20", 1).unwrap();
    store
}

#[test]
fn a_call_that_fails_changes_nothing() {
    for (what, call) in CALLS {
        let mut store = store();
        store.capture_changes();
        let before = store.snapshot();
        assert!(call(&mut store).is_err(), "{what}");
        assert_eq!(store.snapshot(), before, "{what}");
        assert!(store.drain_changes().unwrap().is_empty(), "{what}");
        let metrics: Vec<_> = store.metrics().map(MetricInfo::name).collect();
        assert_eq!(metrics, ["m.a", "shop.orders"], "{what}");
    }
}

#[test]
fn a_call_that_fails_inside_a_batch_changes_nothing_of_it() {
    for (what, call) in CALLS {
        let mut store = store();
        store
            .batch(|store| {
                store.record(a().at("country", "BE"), DAY, "2026-11-23", 1)?;
                let before = store.snapshot();
                assert!(call(store).is_err(), "{what}");
                assert_eq!(store.snapshot(), before, "{what}");
                Ok::<(), Error>(())
            })
            .unwrap();
        assert_eq!(store.len(), 3, "{what}");
    }
}

fn by_country(store: &Store) -> Vec<(String, i64)> {
    let found = store.breakdown("m.a", DAY).by("country").read().unwrap();
    let parts = found.parts.iter();
    parts
        .map(|part| (part.at[0].clone(), part.value.as_i64().unwrap()))
        .collect()
}

#[test]
fn a_series_without_a_point_does_not_count() {
    let nl = [("NL".to_owned(), 7)];
    for (what, call) in CALLS {
        let mut store = store();
        let _ = call(&mut store);
        assert_eq!(by_country(&store), nl, "{what}");
    }
    let mut store = store();
    let country = a().at("country", "NL");
    store.record(&country, DAY, "2026-11-23", 9).unwrap();
    assert_eq!(by_country(&store), [("NL".to_owned(), 9)]);
    store.delete(&Filter::new().split_by(["country"])).unwrap();
    assert_eq!(by_country(&store), nl);
    let rolled_back = store.batch(|store| {
        store.record(&country, DAY, "2026-11-23", 9)?;
        Err::<(), _>(Error::aborted("given up"))
    });
    assert!(rolled_back.is_err());
    assert_eq!(by_country(&store), nl);
    store.handle(&country).unwrap();
    assert_eq!(by_country(&store), nl);
}
