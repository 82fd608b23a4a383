//! A store comes back from its bytes, follows another by its changes, and refuses damaged bytes.

use proptest::prelude::*;
use trackstats::{
    Date, Error, ErrorCode, Filter, MetricRef, NewMetric, Period, Statistic, Store, ValueKind,
};

/// What a store is asked to do.
#[derive(Clone, Debug)]
enum Step {
    Record(u8, u8, i32, Option<i64>),
    Float(u8, i32, f64),
    Increment(u8, i32, i64),
    Delete(u8, i32, i32),
    Title(u8),
    /// A batch that is rolled back.
    Undone(u8, i32),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let day = prop_oneof![4 => 0..40_i32, 1 => -719_162..=2_932_896_i32];
    let value = prop_oneof![3 => -3..300_i64, 1 => any::<i64>()];
    let step = prop_oneof![
        6 => (0..4_u8, 0..5_u8, day.clone(), prop::option::weighted(0.9, value.clone()))
            .prop_map(|(object, period, day, value)| Step::Record(object, period, day, value)),
        2 => (0..3_u8, day.clone(), -1e300..1e300_f64).prop_map(|(o, d, v)| Step::Float(o, d, v)),
        3 => (0..4_u8, day.clone(), value).prop_map(|(o, d, v)| Step::Increment(o, d, v)),
        1 => (0..4_u8, day.clone(), 0..30_i32).prop_map(|(o, d, n)| Step::Delete(o, d, n)),
        1 => (0..9_u8).prop_map(Step::Title),
        1 => (0..4_u8, day).prop_map(|(o, d)| Step::Undone(o, d)),
    ];
    prop::collection::vec(step, 0..40)
}

fn date(day: i32) -> Date {
    Date::from_days_since_epoch(day).expect("the strategy stays inside the calendar")
}

fn target(object: u8) -> MetricRef {
    let metric = MetricRef::new("shop.sales");
    match object {
        0 => metric,
        1 => metric.at("country", "NL"),
        2 => metric.at("country", "NL").at("province", "Utrecht"),
        _ => metric.at("province", "é ∑"),
    }
}

fn new_store() -> Store {
    let mut store = Store::in_memory();
    let sales = NewMetric::new("shop.sales").by(["country", "province"]);
    store.register_metric(&sales).expect("the metric is valid");
    let mass = NewMetric::new("shop.mass")
        .kind(ValueKind::Float)
        .title("Mass, in kg");
    store.register_metric(&mass).expect("the metric is valid");
    store
}

fn carry_out(store: &mut Store, step: &Step) {
    // What is refused changes nothing, and is not among the changes.
    let _refused: Result<(), Error> = match *step {
        Step::Record(object, period, day, value) => {
            let period = Period::ALL[usize::from(period)];
            store.record(target(object), period, date(day), value)
        }
        Step::Float(0, day, value) => store.record("shop.mass", Period::Day, date(day), value),
        Step::Float(object, day, value) => {
            let at = MetricRef::new("shop.mass").at("depot", object);
            store.increment(at, date(day), value)
        }
        Step::Increment(object, day, amount) => store.increment(target(object), date(day), amount),
        Step::Delete(object, day, days) => {
            let last = date(day).plus_days(days).unwrap_or(Date::MAX);
            let mut filter = Filter::new().range(date(day)..=last);
            if object > 0 {
                filter = filter.dimension("country", "NL");
            }
            store.delete(&filter).map(|_| ())
        }
        Step::Title(number) => {
            let metric = NewMetric::new(format!("shop.m{}", number % 3));
            store.register_metric(&metric.title(format!("title {number}")))
        }
        Step::Undone(object, day) => store.batch(|store| {
            store.increment(target(object), date(day), 1)?;
            Err(Error::aborted("on purpose"))
        }),
    };
}

fn carry_out_all(store: &mut Store, steps: &[Step]) {
    for step in steps {
        carry_out(store, step);
    }
}

fn everything(store: &Store) -> Vec<Statistic> {
    store
        .statistics(&Filter::new())
        .expect("the filter is valid")
}

proptest! {
    #[test]
    fn a_snapshot_holds_everything(steps in steps()) {
        let mut store = new_store();
        carry_out_all(&mut store, &steps);
        let bytes = store.snapshot();
        let again = Store::builder().restore(&bytes)?;
        prop_assert_eq!(everything(&store), everything(&again));
        prop_assert_eq!(store.metrics().collect::<Vec<_>>(), again.metrics().collect::<Vec<_>>());
        prop_assert_eq!(store.domains().collect::<Vec<_>>(), again.domains().collect::<Vec<_>>());
        prop_assert_eq!(bytes, again.snapshot());
    }

    #[test]
    fn changes_keep_a_copy_level(steps in steps(), commits in 1..8_usize) {
        let mut store = new_store();
        let mut copy = Store::builder().restore(&store.snapshot())?;
        store.capture_changes();
        for part in steps.chunks(steps.len() / commits + 1) {
            carry_out_all(&mut store, part);
            copy.apply_changes(&store.drain_changes()?)?;
            prop_assert_eq!(everything(&store), everything(&copy));
        }
        prop_assert!(store.drain_changes()?.is_empty());
    }

    #[test]
    fn damaged_bytes_never_panic(steps in steps(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut store = new_store();
        let mut copy = Store::builder().restore(&store.snapshot())?;
        store.capture_changes();
        carry_out_all(&mut store, &steps);
        for mut bytes in [store.drain_changes()?, store.snapshot()] {
            if bytes.is_empty() {
                continue;
            }
            let place = at.index(bytes.len());
            bytes[place] = byte;
            let before = everything(&copy);
            if copy.apply_changes(&bytes).is_err() {
                prop_assert_eq!(before, everything(&copy));
            }
            if let Ok(damaged) = Store::builder().restore(&bytes) {
                // What is read is what would be written.
                prop_assert_eq!(everything(&Store::builder().restore(&damaged.snapshot())?), everything(&damaged));
            }
            let _cut = Store::builder().restore(&bytes[..place]);
            let _cut = copy.apply_changes(&bytes[..place]);
        }
    }
}

#[test]
fn an_increment_adds_to_what_the_other_store_holds() -> Result<(), Error> {
    let mut store = new_store();
    let mut other = Store::builder().restore(&store.snapshot())?;
    other.record("shop.sales", Period::Day, "2026-11-23", 10)?;
    store.capture_changes();
    store.increment("shop.sales", "2026-11-23", 5)?;
    other.apply_changes(&store.drain_changes()?)?;
    let value = other.value("shop.sales", Period::Day, "2026-11-23")?;
    assert_eq!(value, Some(Some(15.into())));
    Ok(())
}

#[test]
fn a_snapshot_with_a_metric_of_no_domain_is_damaged() -> Result<(), Error> {
    let mut store = Store::in_memory();
    store.register_metric(&NewMetric::new("shop.sales"))?;
    let mut bytes = store.snapshot();
    let name = b"shop.sales";
    let place = bytes.windows(name.len()).position(|part| part == name);
    bytes[place.expect("the metric is in its snapshot")] = b'c';
    let error = Store::builder().restore(&bytes).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Corrupt);
    assert!(
        error.to_string().contains("the domain of a metric"),
        "{error}"
    );
    Ok(())
}

#[test]
fn changes_that_do_not_fit_change_nothing() -> Result<(), Error> {
    let mut store = new_store();
    let mut other = Store::in_memory();
    store.capture_changes();
    store.record("shop.sales", Period::Day, "2026-11-23", 5)?;
    let error = other.apply_changes(&store.drain_changes()?).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Corrupt);
    assert!(
        error
            .to_string()
            .ends_with("no metric 'shop.sales' is registered"),
        "{error}"
    );
    assert!(other.is_empty());
    Ok(())
}

#[test]
fn changes_cannot_be_taken_inside_a_batch() {
    let mut store = new_store();
    store.capture_changes();
    let error = store
        .batch(|store| store.drain_changes().map(|_| ()))
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidState);
}

#[test]
fn what_a_batch_took_back_is_no_change() -> Result<(), Error> {
    let mut store = new_store();
    store.capture_changes();
    let _undone = store.batch(|store| {
        store.record("shop.sales", Period::Day, "2026-11-23", 5)?;
        Err::<(), _>(Error::aborted("on purpose"))
    });
    assert!(store.drain_changes()?.is_empty());
    Ok(())
}

#[test]
fn applied_changes_are_not_sent_back() -> Result<(), Error> {
    let mut store = new_store();
    let mut other = Store::builder().restore(&store.snapshot())?;
    store.capture_changes();
    other.capture_changes();
    store.record("shop.sales", Period::Day, "2026-11-23", 5)?;
    other.apply_changes(&store.drain_changes()?)?;
    assert!(other.drain_changes()?.is_empty());
    Ok(())
}
