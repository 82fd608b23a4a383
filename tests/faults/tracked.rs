//! What the tests of trackers share: a metric for each aggregate, and an event a day.

use trackstats::{
    Aggregation, Date, Filter, NewMetric, Period, Statistic, Store, Timestamp, Tracker, Value,
    ValueKind,
};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub(crate) day: Date,
    pub(crate) user: i64,
    pub(crate) amount: i64,
}

pub(crate) const HOW: [Aggregation; 6] = Aggregation::ALL;

pub(crate) fn day(number: i32) -> Date {
    Date::from_days_since_epoch(20_000 + number).unwrap()
}

/// Each a day, by a user of its own.
pub(crate) fn events(days: impl IntoIterator<Item = i32>) -> Vec<Event> {
    let event = |number| Event {
        day: day(number),
        user: number.into(),
        amount: i64::from(number) + 5,
    };
    days.into_iter().map(event).collect()
}

pub(crate) fn at(number: i32) -> Timestamp {
    Timestamp::from_seconds(i64::from(20_000 + number) * 86_400 + 40_000).unwrap()
}

/// A store on a day, as another store was.
pub(crate) fn store_on(number: i32, before: Option<&Store>) -> Store {
    let builder = Store::builder().clock(at(number));
    let mut store = match before {
        Some(before) => builder.restore(&before.snapshot()).unwrap(),
        None => builder.build(),
    };
    for how in HOW {
        let metric = NewMetric::new(format!("a.{how}")).kind(ValueKind::Float);
        store.register_metric(&metric).unwrap();
    }
    store
}

pub(crate) fn tracker(how: Aggregation, period: Period) -> Tracker<'static, Event, Value> {
    let metric = format!("a.{how}");
    let amount = |event: &Event| Value::Integer(event.amount);
    let builder = match how {
        Aggregation::Count => Tracker::count(&metric, period),
        Aggregation::Distinct => {
            Tracker::count_distinct(&metric, period, |event: &Event| event.user.into())
        }
        Aggregation::Sum => Tracker::sum(&metric, period, amount),
        Aggregation::Mean => Tracker::mean(&metric, period, amount),
        Aggregation::Minimum => Tracker::minimum(&metric, period, amount),
        Aggregation::Maximum => Tracker::maximum(&metric, period, amount),
        other => unreachable!("no tracker is made of '{other}'"),
    };
    builder.at(|event| event.day)
}

pub(crate) fn rows(store: &Store) -> Vec<Statistic> {
    store.statistics(&Filter::new()).unwrap()
}

#[expect(clippy::option_option, reason = "null and no row are two things")]
pub(crate) fn value(
    store: &Store,
    how: Aggregation,
    period: Period,
    number: i32,
) -> Option<Option<f64>> {
    let value = store
        .value(&format!("a.{how}"), period, day(number))
        .unwrap();
    value.map(|value| value.map(Value::as_f64))
}

/// What a row of no events holds.
pub(crate) fn nothing(how: Aggregation) -> Option<f64> {
    match how {
        Aggregation::Count | Aggregation::Distinct | Aggregation::Sum => Some(0.0),
        _ => None,
    }
}
