//! Rolling values do not depend on how they are computed.

use proptest::prelude::*;
use trackstats::{AnyAggregate, Date, Error, ErrorCode, MetricRef, Period, Store, Value, stats};

stats! { shop { orders, revenue: f64 } }

const AGGREGATES: [AnyAggregate; 5] = [
    AnyAggregate::Sum,
    AnyAggregate::Mean,
    AnyAggregate::Minimum,
    AnyAggregate::Maximum,
    AnyAggregate::Last,
];

/// The aggregate of a window as its definition says it: none where there is no value but null, an error
/// where a sum does not fit.
fn plainly(values: &[Option<Value>], aggregate: AnyAggregate) -> Result<Option<Value>, ()> {
    let values: Vec<Value> = values.iter().copied().flatten().collect();
    let (Some(&first), Some(&last)) = (values.first(), values.last()) else {
        return Ok(None);
    };
    let integers = values.iter().filter_map(|value| value.as_i64());
    let as_floats = values.iter().map(|value| value.as_f64());
    let is_integer = first.as_i64().is_some();
    let chosen_by = |sign: f64| {
        let mut chosen = first;
        for &value in &values {
            let is_less = match (value, chosen) {
                (Value::Integer(value), Value::Integer(chosen)) if sign > 0.0 => value < chosen,
                (Value::Integer(value), Value::Integer(chosen)) => value > chosen,
                _ => sign * value.as_f64() < sign * chosen.as_f64(),
            };
            if is_less {
                chosen = value;
            }
        }
        chosen
    };
    Ok(Some(match aggregate {
        AnyAggregate::Last => last,
        AnyAggregate::Minimum => chosen_by(1.0),
        AnyAggregate::Maximum => chosen_by(-1.0),
        AnyAggregate::Sum if is_integer => {
            let sum: i128 = integers.map(i128::from).sum();
            Value::Integer(i64::try_from(sum).map_err(|_| ())?)
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean is a float")]
        AnyAggregate::Mean if is_integer => {
            let sum: i128 = integers.map(i128::from).sum();
            Value::Float(sum as f64 / values.len() as f64)
        }
        AnyAggregate::Sum => Value::Float(as_floats.sum()),
        #[expect(clippy::cast_precision_loss, reason = "a mean is a float")]
        AnyAggregate::Mean => Value::Float(as_floats.sum::<f64>() / values.len() as f64),
        other => unreachable!("nothing is computed of {other:?}"),
    }))
}

/// Each point's window, by the dates.
fn windows(points: &[(i32, Option<Value>)], days: u32) -> Vec<Vec<Option<Value>>> {
    let days = i32::try_from(days).unwrap();
    points
        .iter()
        .map(|&(end, _)| {
            let inside = points
                .iter()
                .filter(|(day, _)| (end - days + 1..=end).contains(day));
            inside.map(|&(_, value)| value).collect()
        })
        .collect()
}

fn check(
    points: &[(i32, Option<Value>)],
    name: &str,
    days: u32,
    are_equal: impl Fn(Value, Value) -> bool,
) -> Result<(), TestCaseError> {
    let mut store = Store::in_memory();
    store.register(shop::DOMAIN).unwrap();
    let metric = MetricRef::new(name);
    for &(day, value) in points {
        let date = Date::from_days_since_epoch(day).unwrap();
        store.record(&metric, Period::Day, date, value).unwrap();
    }
    for aggregate in AGGREGATES {
        let expected: Result<Vec<_>, ()> = windows(points, days)
            .iter()
            .map(|window| plainly(window, aggregate))
            .collect();
        let read = store
            .series(&metric, Period::Day)
            .rolling(days, aggregate)
            .read();
        match (read, expected) {
            (Ok(series), Ok(expected)) => {
                prop_assert_eq!(series.len(), expected.len());
                for (found, expected) in series.values().zip(expected) {
                    let same = match (found, expected) {
                        (Some(found), Some(expected)) => are_equal(found, expected),
                        (found, expected) => found == expected,
                    };
                    prop_assert!(same, "{aggregate:?} of {days}: {found:?}, {expected:?}");
                }
            }
            (Err(error), Err(())) => prop_assert_eq!(error.code(), ErrorCode::Overflow),
            (read, expected) => prop_assert!(false, "{aggregate:?}: {read:?}, {expected:?}"),
        }
    }
    Ok(())
}

/// Days that follow each other with gaps here and there.
fn days(steps: &[i32]) -> Vec<i32> {
    let mut day = 0;
    let add = |&step: &i32| {
        day += step;
        day
    };
    steps.iter().map(add).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn integers_are_as_their_windows_say(
        steps in proptest::collection::vec(1..4_i32, 0..300),
        values in proptest::collection::vec(
            proptest::option::weighted(0.8, prop_oneof![8 => -9..9_i64, 1 => any::<i64>()]),
            300,
        ),
        length in prop_oneof![1..9_u32, 60..70_u32, 1..400_u32],
    ) {
        let points: Vec<_> = days(&steps)
            .into_iter()
            .zip(values)
            .map(|(day, value)| (day, value.map(Value::Integer)))
            .collect();
        check(&points, "shop.orders", length, |found, expected| found == expected)?;
    }

    /// Sums of these are exact in any order.
    #[test]
    fn floats_with_exact_sums_are_as_their_windows_say(
        steps in proptest::collection::vec(1..4_i32, 0..300),
        values in proptest::collection::vec(proptest::option::weighted(0.8, -4_000..4_000_i32), 300),
        length in 1..400_u32,
    ) {
        let points: Vec<_> = days(&steps)
            .into_iter()
            .zip(values)
            .map(|(day, value)| (day, value.map(|value| Value::Float(f64::from(value) / 16.0))))
            .collect();
        check(&points, "shop.revenue", length, |found, expected| found == expected)?;
    }

    #[test]
    fn floats_of_short_windows_are_added_in_their_order(
        values in proptest::collection::vec(-1e9..1e9_f64, 0..200),
        length in 1..=64_u32,
    ) {
        let points: Vec<_> = (0..).zip(values).map(|(day, value)| (day, Some(Value::Float(value)))).collect();
        check(&points, "shop.revenue", length, |found, expected| found == expected)?;
    }

    #[test]
    fn floats_of_long_windows_differ_in_their_last_digits_at_most(
        values in proptest::collection::vec(-1e9..1e9_f64, 0..400),
        length in 65..400_u32,
    ) {
        let points: Vec<_> = (0..).zip(values).map(|(day, value)| (day, Some(Value::Float(value)))).collect();
        check(&points, "shop.revenue", length, |found, expected| {
            (found.as_f64() - expected.as_f64()).abs() <= 1e-3
        })?;
    }
}

#[test]
fn a_value_that_left_its_window_leaves_nothing_behind() -> Result<(), Error> {
    let mut store = Store::in_memory();
    let first = Date::new(2024, 1, 1)?;
    for day in 0..300 {
        let value = if day == 100 { 1e300 } else { 0.125 };
        store.record(shop::REVENUE, Period::Day, first + day, value)?;
    }
    let series = store
        .series(shop::REVENUE, Period::Day)
        .rolling(100, trackstats::Sum)
        .read()?;
    let sums: Vec<_> = series.values().flatten().collect();
    assert_eq!((sums[99], sums[100], sums[199]), (12.5, 1e300, 1e300));
    assert_eq!(sums[200..], vec![12.5; sums.len() - 200]);
    Ok(())
}

#[test]
fn what_does_not_fit_in_another_order_is_added_in_its_own() -> Result<(), Error> {
    let mut store = Store::in_memory();
    let first = Date::new(2024, 1, 1)?;
    for day in 0..200 {
        let value = if day % 2 == 0 { -1.7e308 } else { 1.7e308 };
        store.record(shop::REVENUE, Period::Day, first + day, value)?;
    }
    store.record(shop::REVENUE, Period::Day, first + 200, 1.7e308)?;
    let series = store
        .series(shop::REVENUE, Period::Day)
        .range(first + 200..=first + 200)
        .rolling(201, trackstats::Sum)
        .read()?;
    assert_eq!(series.last().and_then(|point| point.value), Some(1.7e308));
    Ok(())
}
