//! Sources that give fewer events than there are.

use trackstats::{
    Aggregation, ColumnTracker, Date, ErrorCode, EventColumns, NamedZone, NewMetric, Period, Store,
    Timestamp, TrackReport, Tracker, ValueKind,
};

use crate::tracked::{Event, HOW, day, events, rows, store_on, tracker};

#[test]
fn a_source_without_the_beginning_of_its_first_window_changes_nothing() {
    for how in HOW {
        for period in [
            Period::Week,
            Period::Days28,
            Period::Month,
            Period::Lifetime,
        ] {
            let mut first = store_on(57, None);
            tracker(how, period)
                .track(&mut first, events(0..58))
                .unwrap();
            for narrowed in [events(55..58), events(55..59), events(58..59), events([])] {
                for date in [57, 58] {
                    let mut store = store_on(date, Some(&first));
                    let before = rows(&store);
                    let tracker = tracker(how, period);
                    let mut whole = store_on(date, Some(&first));
                    let end = if narrowed.last().is_some_and(|event| event.day == day(57)) {
                        58
                    } else {
                        59
                    };
                    tracker.track(&mut whole, events(0..end)).unwrap();
                    match tracker.track(&mut store, &narrowed) {
                        Ok(_) => {
                            // The largest is among the last.
                            assert_eq!(how, Aggregation::Maximum);
                            assert_eq!(rows(&store), rows(&whole), "{how} {period}");
                        }
                        Err(error) => {
                            assert_eq!(error.code(), ErrorCode::InvalidValue, "{error}");
                            let text = error.to_string();
                            match tracker.needed_since(&store).unwrap() {
                                Some(needed) => {
                                    assert!(text.contains(&needed.date.to_string()), "{text}");
                                }
                                None => assert!(text.contains("give all events"), "{text}"),
                            }
                            assert_eq!(rows(&store), before, "{how} {period}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_source_that_gives_what_is_needed_gives_what_all_events_give() {
    for how in HOW {
        for period in Period::ALL {
            let mut first = store_on(57, None);
            tracker(how, period)
                .track(&mut first, events(0..58))
                .unwrap();
            let mut narrowed = store_on(60, Some(&first));
            let mut whole = store_on(60, Some(&first));
            let all = events(0..61);
            let mut asked = None;
            tracker(how, period)
                .track_since(&mut narrowed, |since| {
                    asked = since;
                    let since = since.map_or(Date::MIN, |since| since.date);
                    all.iter().filter(move |event| event.day >= since)
                })
                .unwrap();
            tracker(how, period).track(&mut whole, &all).unwrap();
            assert_eq!(rows(&narrowed), rows(&whole), "{how} {period}");
            let days = period.days().map(|days| i32::try_from(days).unwrap());
            assert_eq!(
                asked.map(|since| since.date),
                days.map(|days| day(57 - days))
            );
        }
    }
}

#[test]
fn a_day_that_is_there_in_part_is_not_taken_for_the_whole() {
    let at = |hour: i64| Timestamp::from_seconds(i64::from(20_057) * 86_400 + hour * 3600).unwrap();
    let zone = NamedZone::new("Europe/Amsterdam").unwrap();
    for how in [Aggregation::Count, Aggregation::Sum, Aggregation::Distinct] {
        let mut store = Store::builder().zone(zone).clock(at(20)).build();
        let metric = NewMetric::new("a.b").kind(ValueKind::Integer);
        store.register_metric(&metric).unwrap();
        let builder = match how {
            Aggregation::Count => Tracker::count("a.b", Period::Day),
            Aggregation::Sum => Tracker::sum("a.b", Period::Day, |_: &i64| 1),
            _ => Tracker::count_distinct("a.b", Period::Day, |hour: &i64| (*hour).into()),
        };
        let tracker = builder.at(|hour: &i64| at(*hour));
        tracker.track(&mut store, [-20, -10, 3, 5, 8]).unwrap();
        let before = rows(&store);
        // Half a day, and nothing older.
        let error = tracker
            .clone()
            .look_back(0)
            .track(&mut store, [5, 8])
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidValue);
        // The day before in part.
        tracker.track(&mut store, [-10, 3, 5, 8]).unwrap_err();
        assert_eq!(rows(&store), before);
        tracker.track(&mut store, [-20, -10, 3, 5, 8, 9]).unwrap();
    }
}

#[test]
fn a_date_that_begins_too_late_is_refused_and_an_early_one_taken() {
    let mut store = store_on(57, None);
    let month = tracker(Aggregation::Distinct, Period::Month);
    month.track(&mut store, events(0..58)).unwrap();
    let before = rows(&store);
    let error = month
        .clone()
        .since(day(55))
        .track(&mut store, events(55..58))
        .unwrap_err();
    // What was said already is not asked for.
    let told = format!("since {} only", day(55));
    for text in [told, format!("give the events since {}", day(27))] {
        assert!(error.to_string().contains(&text), "{error}");
    }
    assert!(!error.to_string().contains("`since`"), "{error}");
    assert_eq!(rows(&store), before);
    let error = month.track(&mut store, events(0..0)).unwrap_err();
    for text in ["no event of", "has a date up to today", "`since`"] {
        assert!(error.to_string().contains(text), "{error}");
    }
    assert_eq!(rows(&store), before);
    let report = month
        .clone()
        .since(day(27))
        .track(&mut store, events(27..58))
        .unwrap();
    assert_eq!((report.written(), report.unchanged), (0, 2));
    // Told that these are all, the tracker takes them.
    let report = month
        .since(Date::MIN)
        .track(&mut store, events(55..58))
        .unwrap();
    assert_eq!(report.changed, 2);
}

#[test]
fn columns_without_the_beginning_change_nothing_in_any_period() {
    let mut store = store_on(57, None);
    let handle = store.handle("a.count").unwrap();
    let periods = [Period::Day, Period::Month];
    let columns = ColumnTracker::new("a.count", Period::Day, Aggregation::Count);
    let days: Vec<i32> = (20_000..20_058).collect();
    let run = |store: &mut Store, days: &[i32]| {
        columns.track_one_in(&periods, store, handle, &EventColumns::new(days))
    };
    run(&mut store, &days).unwrap();
    let before = rows(&store);
    run(&mut store, &days[55..]).unwrap_err();
    assert_eq!(rows(&store), before);
    let utc = trackstats::Utc;
    let needed = columns
        .needed_since_in(&periods, &store, &[handle], &utc)
        .unwrap();
    assert_eq!(needed.map(|since| since.date), Some(day(27)));
    let told = columns.clone().since(day(27));
    let events = EventColumns::new(&days[27..]);
    let reports = told
        .track_one_in(&periods, &mut store, handle, &events)
        .unwrap();
    assert_eq!(reports.iter().map(TrackReport::written).sum::<u64>(), 0);
}

#[test]
fn what_came_on_the_newest_day_is_needed_too() {
    let week = tracker(Aggregation::Count, Period::Week);
    // The last window was empty when it was computed, and had an event later that day.
    let mut idle = store_on(7, None);
    week.track(&mut idle, events([0])).unwrap();
    // The newest day has the only event of its window.
    let mut open = store_on(20, None);
    week.track(&mut open, events([0, 20])).unwrap();
    for (first, today, narrowed) in [(&idle, 8, events([7])), (&open, 21, events([]))] {
        let mut store = store_on(today, Some(first));
        let before = rows(&store);
        let error = week.track(&mut store, &narrowed).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidValue);
        assert_eq!(rows(&store), before);
    }
    // What is over goes on, and what it had before is not touched.
    let mut store = store_on(9, Some(&idle));
    let report = week.track(&mut store, events([9])).unwrap();
    assert_eq!((report.created, report.changed), (2, 0));
}

#[test]
fn a_row_after_today_is_not_resumed_at() {
    for period in [Period::Day, Period::Week, Period::Lifetime] {
        let mut store = store_on(50, None);
        let count = tracker(Aggregation::Count, period);
        count.track(&mut store, events(0..50)).unwrap();
        store.record("a.count", period, day(60), 7.0).unwrap();
        let needed = count.needed_since(&store).unwrap().map(|since| since.date);
        let length = period.days().map(|days| i32::try_from(days).unwrap());
        assert_eq!(needed, length.map(|length| day(50 - length)));
        let report = count.track(&mut store, events(0..51)).unwrap();
        assert_eq!(report.written(), 1, "{period}");
        assert_eq!(rows(&store).len(), 52);
    }
}

#[test]
fn an_object_that_stayed_behind_with_a_value_needs_its_own_events() {
    let week = tracker(Aggregation::Count, Period::Week);
    let week = week.by("user", |event: &Event| (event.user % 2).into());
    let mut store = store_on(50, None);
    week.track(&mut store, events(0..50)).unwrap();
    let needed = |store: &Store| week.needed_since(store).unwrap().map(|since| since.date);
    assert_eq!(needed(&store), Some(day(43)));
    let behind = trackstats::MetricRef::new("a.count").at("user", "7");
    store.record(&behind, Period::Week, day(20), 0.0).unwrap();
    assert_eq!(needed(&store), Some(day(43)));
    store.record(&behind, Period::Week, day(20), 3.0).unwrap();
    assert_eq!(needed(&store), Some(day(13)));
}

#[test]
fn a_day_that_lost_an_event_after_the_first_is_no_sign_of_a_narrowed_source() {
    for how in HOW {
        for lost in 1..9 {
            let mut store = store_on(10, None);
            let tracker = tracker(how, Period::Day).recompute();
            tracker.track(&mut store, events(0..10)).unwrap();
            let left = events((0..10).filter(|day| *day != lost));
            tracker.track(&mut store, &left).unwrap();
            let mut fresh = store_on(10, None);
            tracker.track(&mut fresh, &left).unwrap();
            for row in rows(&fresh) {
                let found = store.value(&row.metric, row.period, row.date).unwrap();
                assert_eq!(found, Some(row.value), "{how}, without day {lost}");
            }
        }
    }
}
