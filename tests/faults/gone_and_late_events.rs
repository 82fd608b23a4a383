//! Events that are gone, or come late.

use trackstats::{Aggregation, Date, Period, Tracker, Value};

use crate::tracked::{Event, HOW, day, events, nothing, rows, store_on, tracker, value};

#[test]
fn a_day_whose_events_are_gone_is_computed_again() {
    for how in HOW {
        for period in Period::ALL {
            for gone in [0, 1, 2] {
                let mut first = store_on(2, None);
                tracker(how, period)
                    .track(&mut first, events(0..3))
                    .unwrap();
                let left = events((0..3).filter(|&number| number != gone));
                let mut whole = store_on(2, None);
                tracker(how, period).track(&mut whole, &left).unwrap();
                let again = tracker(how, period).since(Date::MIN);
                let mut runs = vec![
                    again.clone().recompute(),
                    again.clone().range(day(0)..=day(2)),
                ];
                if gone > 0 {
                    runs.push(tracker(how, period).recompute());
                    runs.push(tracker(how, period).range(day(0)..=day(2)));
                    runs.push(tracker(how, period).look_back(3));
                }
                if period == Period::Day {
                    runs.push(tracker(how, period).range(day(gone)..=day(gone)));
                }
                for run in runs {
                    let mut store = store_on(2, Some(&first));
                    run.track(&mut store, &left).unwrap();
                    for number in 0..3 {
                        let expected = value(&whole, how, period, number).unwrap_or(nothing(how));
                        let found = value(&store, how, period, number);
                        assert_eq!(found, Some(expected), "{how} {period} {gone} {number}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_object_whose_events_are_all_gone_is_computed_again() {
    for how in HOW {
        for period in Period::ALL {
            let by_user = |tracker: Tracker<'static, Event, Value>| {
                tracker.by("user", |event: &Event| (event.user % 2).into())
            };
            let mut store = store_on(5, None);
            by_user(tracker(how, period))
                .track(&mut store, events(0..6))
                .unwrap();
            let even = events([0, 2, 4]);
            let kept = rows(&store);
            by_user(tracker(how, period))
                .track(&mut store, &even)
                .unwrap();
            assert_eq!(rows(&store), kept, "an object without events is left alone");
            let again = by_user(tracker(how, period)).range(day(3)..=day(5));
            again.track(&mut store, &even).unwrap();
            for row in rows(&store) {
                let is_odd = row.dimensions.iter().any(|(_, value)| value == "1");
                let again = is_odd && row.date >= day(3);
                let window = period.days().is_none_or(|days| {
                    row.date < day(3).plus_days(i32::try_from(days).unwrap()).unwrap()
                });
                if again {
                    assert_eq!(
                        row.value.map(Value::as_f64),
                        nothing(how),
                        "{how} {period} {row:?} {window}"
                    );
                } else {
                    assert!(kept.contains(&row), "{how} {period} {row:?}");
                }
            }
        }
    }
}

#[test]
fn only_rows_that_would_change_are_late_and_a_run_says_how_to_take_them() {
    for how in [Aggregation::Count, Aggregation::Sum] {
        let mut store = store_on(50, None);
        let days = tracker(how, Period::Day);
        let mut all: Vec<Event> = events((0..50).flat_map(|number| [number; 4]));
        days.track(&mut store, &all).unwrap();
        let report = days.track(&mut store, &all).unwrap();
        assert_eq!(
            (report.late, report.outdated.len(), report.earlier),
            (0, 0, 4 * 48)
        );
        let late = events([20, 30, 31]);
        all.extend(&late);
        let report = days.track(&mut store, &all).unwrap();
        let dates = [20, 30, 31].map(day);
        assert_eq!((report.late, report.oldest_late), (15, Some(day(20))));
        assert_eq!(report.outdated, dates);
        assert_eq!(report.look_back, Some(29));
        let mut other = store_on(50, Some(&store));
        let taken = days.clone().look_back(29).track(&mut store, &all).unwrap();
        assert_eq!((taken.changed, taken.late), (3, 0));
        let taken = days
            .clone()
            .range(day(20)..=day(31))
            .track(&mut other, &all)
            .unwrap();
        assert_eq!(taken.changed, 3);
        assert_eq!(rows(&store), rows(&other));
        let report = days.track(&mut store, &all).unwrap();
        assert_eq!(
            (report.late, report.outdated.len(), report.look_back),
            (0, 0, None)
        );
    }
}

#[test]
fn windows_and_objects_that_events_came_late_for_are_listed_too() {
    let mut store = store_on(50, None);
    let week = tracker(Aggregation::Count, Period::Week);
    week.track(&mut store, events(0..50)).unwrap();
    let mut all = events(0..50);
    all.extend(events([20]));
    let report = week.track(&mut store, &all).unwrap();
    let dates: Vec<_> = (20..27).map(day).collect();
    assert_eq!(report.outdated, dates);
    let report = week
        .clone()
        .look_back(report.look_back.unwrap())
        .track(&mut store, &all)
        .unwrap();
    assert_eq!((report.changed, report.outdated.len()), (7, 0));
    // A day whose events are gone keeps its row, and says so.
    let days = tracker(Aggregation::Count, Period::Day);
    days.track(&mut store, &all).unwrap();
    let left: Vec<_> = all
        .iter()
        .filter(|event| event.day != day(49))
        .copied()
        .collect();
    let report = days.track(&mut store, &left).unwrap();
    assert_eq!(
        (report.outdated.as_slice(), report.late),
        ([day(49)].as_slice(), 0)
    );
}
