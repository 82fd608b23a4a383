//! A tracker gives what counting every window anew gives.

use std::collections::BTreeSet;

use proptest::prelude::*;
use trackstats::{Date, NewMetric, Period, Store, Timestamp, Tracker, Value};

#[derive(Clone, Copy, Debug)]
struct Event {
    day: i32,
    user: i64,
    amount: Option<i64>,
}

const START: i32 = 20_000;

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = (0..90_i32, 0..4_i64, proptest::option::weighted(0.8, -50..50_i64));
    let event = event.prop_map(|(day, user, amount)| Event { day, user, amount });
    proptest::collection::vec(event, 0..60)
}

fn date(day: i32) -> Date {
    Date::from_days_since_epoch(START + day).unwrap()
}

/// What the window that ends on a day must hold.
fn recount(events: &[Event], period: Period, day: i32, how: &str) -> Option<i64> {
    let first = period.days().map_or(i32::MIN, |days| day + 1 - i32::try_from(days).unwrap());
    let inside: Vec<_> = events.iter().filter(|event| (first..=day).contains(&event.day)).collect();
    let amounts = || inside.iter().filter_map(|event| event.amount);
    match how {
        "count" => Some(i64::try_from(inside.len()).unwrap()),
        "distinct" => {
            let users: BTreeSet<_> = inside.iter().map(|event| event.user).collect();
            Some(i64::try_from(users.len()).unwrap())
        }
        "sum" if inside.is_empty() => Some(0),
        "sum" => amounts().next().map(|_| amounts().sum()),
        "minimum" => amounts().min(),
        _ => amounts().max(),
    }
}

fn track(store: &mut Store, how: &str, period: Period, events: &[Event]) {
    let metric = format!("m.{how}");
    let tracker = match how {
        "count" => Tracker::count(&metric, period),
        "distinct" => Tracker::count_distinct(&metric, period, |event: &Event| event.user.into()),
        "sum" => Tracker::sum(&metric, period, |event: &Event| event.amount),
        "minimum" => Tracker::minimum(&metric, period, |event: &Event| event.amount),
        _ => Tracker::maximum(&metric, period, |event: &Event| event.amount),
    };
    tracker.at(|event| date(event.day)).track(store, events).unwrap();
}

proptest! {
    #[test]
    fn a_tracker_equals_a_recount(events in events(), split in 0..60_usize) {
        let today = Timestamp::from_seconds(i64::from(START + 89) * 86_400).unwrap();
        for how in ["count", "distinct", "sum", "minimum", "maximum"] {
            for period in Period::ALL {
                let mut store = Store::builder().clock(today).build();
                store.register_metric(&NewMetric::new(format!("m.{how}"))).unwrap();
                track(&mut store, how, period, &events[..split.min(events.len())]);
                store.delete(&trackstats::Filter::new()).unwrap();
                track(&mut store, how, period, &events);
                let series = store.series(&format!("m.{how}"), period).read().unwrap();
                let days: BTreeSet<_> = events.iter().map(|event| event.day).collect();
                let expected: Vec<i32> = match (period, days.first()) {
                    (Period::Day, _) => days.into_iter().collect(),
                    (_, None) => Vec::new(),
                    (_, Some(&first)) => (first..90).collect(),
                };
                let found: Vec<_> = series.dates().collect();
                prop_assert_eq!(found, expected.iter().map(|&day| date(day)).collect::<Vec<_>>());
                for (point, &day) in series.points().iter().zip(&expected) {
                    let value = recount(&events, period, day, how).map(Value::Integer);
                    prop_assert_eq!(point.value, value, "{} {} {}", how, period, point.date);
                }
            }
        }
    }
}
