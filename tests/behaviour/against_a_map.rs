//! Random operations give what the same operations give on a plain map.

use std::collections::BTreeMap;

use proptest::prelude::*;
use trackstats::{Date, DateRange, Filter, NewMetric, Null, Period, Store};

#[derive(Clone, Debug)]
enum Operation {
    Record(usize, i32, Option<i64>),
    Increment(usize, i32, i64),
    Delete(usize, i32, i32),
}

const NAMES: [&str; 2] = ["m.a", "m.b"];

fn operation() -> impl Strategy<Value = Operation> {
    let day = 0..60_i32;
    prop_oneof![
        5 => (0..2_usize, day.clone(), proptest::option::weighted(0.9, -9..9_i64))
            .prop_map(|(metric, day, value)| Operation::Record(metric, day, value)),
        2 => (0..2_usize, day.clone(), prop_oneof![-9..9_i64, Just(i64::MAX), Just(i64::MIN)])
            .prop_map(|(metric, day, amount)| Operation::Increment(metric, day, amount)),
        1 => (0..2_usize, day.clone(), day)
            .prop_map(|(metric, first, last)| Operation::Delete(metric, first, last)),
    ]
}

fn date(day: i32) -> Date {
    Date::from_days_since_epoch(20_000 + day).unwrap()
}

proptest! {
    #[test]
    fn a_store_holds_what_a_map_holds(operations in proptest::collection::vec(operation(), 0..80)) {
        let mut store = Store::in_memory();
        for name in NAMES {
            store.register_metric(&NewMetric::new(name)).unwrap();
        }
        let mut map: BTreeMap<(usize, i32), Option<i64>> = BTreeMap::new();
        for operation in operations {
            match operation {
                Operation::Record(metric, day, Some(value)) => {
                    store.record(NAMES[metric], Period::Day, date(day), value).unwrap();
                    map.insert((metric, day), Some(value));
                }
                Operation::Record(metric, day, None) => {
                    store.record(NAMES[metric], Period::Day, date(day), Null).unwrap();
                    map.insert((metric, day), None);
                }
                Operation::Increment(metric, day, amount) => {
                    let held = map.get(&(metric, day)).copied().flatten();
                    let sum = held.map_or(Some(amount), |held| held.checked_add(amount));
                    let result = store.increment(NAMES[metric], date(day), amount);
                    prop_assert_eq!(result.is_ok(), sum.is_some());
                    if let Some(sum) = sum {
                        map.insert((metric, day), Some(sum));
                    }
                }
                Operation::Delete(metric, first, last) => {
                    let range = DateRange::new(date(first), date(last));
                    let filter = Filter::new().metric(NAMES[metric]).range(range);
                    let before = map.len();
                    map.retain(|&(other, day), _| other != metric || day < first || day > last);
                    prop_assert_eq!(store.delete(&filter).unwrap(), before - map.len());
                }
            }
        }
        for (metric, name) in NAMES.into_iter().enumerate() {
            let series = store.series(name, Period::Day).read().unwrap();
            let found: Vec<_> =
                series.into_iter().map(|point| (point.date, point.value)).collect();
            let expected: Vec<_> = map
                .iter()
                .filter(|((other, _), _)| *other == metric)
                .map(|(&(_, day), value)| (date(day), value.map(Into::into)))
                .collect();
            prop_assert_eq!(found, expected);
        }
        prop_assert_eq!(store.len(), map.len());
    }
}
