//! What lies at an edge: the first date, a change of clocks, equal parts, five dimensions, a batch in a batch.

use trackstats::{
    Aggregation, ColumnTracker, Date, DateRange, EventColumns, Fill, Filter, MetricRef, NamedZone,
    NewMetric, Period, Store, Sum, Timestamp, Value, Zone, start_of_day, start_of_hour, stats,
};

use crate::tracked::{Event, day, events, rows, store_on, tracker};

stats! {
    shop {
        orders,
        sales by country,
        visits by (shelf, country, device, browser, age),
    }
}

const DAY: Period = Period::Day;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_date_begins_where_clocks_are_set_and_may_not_be_there() {
    let zone = |name| NamedZone::new(name).unwrap();
    let begins = |name, day| start_of_day(&zone(name), date(day));
    assert_eq!(begins("Pacific/Apia", "2011-12-30"), None);
    for (name, day, first) in [
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
        ("Europe/Amsterdam", "2026-10-25", "2026-10-24T22:00:00Z"),
    ] {
        assert_eq!(begins(name, day), Some(instant(first)), "{name} {day}");
    }
}

/// Clocks that are set an hour ahead at a moment.
#[derive(Debug)]
struct Ahead(i64);

impl Zone for Ahead {
    fn name(&self) -> &'static str {
        "Ahead"
    }

    fn offset_at(&self, instant: Timestamp) -> i32 {
        if instant.as_seconds() < self.0 {
            0
        } else {
            3_600
        }
    }
}

#[test]
fn a_date_begins_at_the_second_at_which_clocks_jump_over_midnight() {
    let midnight = instant("2026-11-20T00:00:00Z").as_seconds();
    for before in [1, 2, 7, 449, 450, 451, 900, 1_000, 1_799, 3_599] {
        let first = start_of_day(&Ahead(midnight - before), date("2026-11-20"));
        assert_eq!(first.unwrap().as_seconds(), midnight - before, "{before}");
    }
}

#[test]
fn an_hour_of_which_clocks_show_a_part_twice_is_one() {
    for (name, inside, start) in [
        (
            "Australia/Lord_Howe",
            "2026-04-04T15:15:00Z",
            "2026-04-04T14:00:00Z",
        ),
        (
            "Australia/Lord_Howe",
            "2026-04-04T16:15:00Z",
            "2026-04-04T15:30:00Z",
        ),
        (
            "Europe/Amsterdam",
            "2026-10-25T01:30:00Z",
            "2026-10-25T01:00:00Z",
        ),
        (
            "Europe/Amsterdam",
            "2026-03-29T01:30:00Z",
            "2026-03-29T01:00:00Z",
        ),
    ] {
        let zone = NamedZone::new(name).unwrap();
        assert_eq!(
            start_of_hour(&zone, instant(inside)),
            instant(start),
            "{inside}"
        );
    }
}

#[test]
fn before_the_first_date_there_is_nothing() {
    let range = |first, last| DateRange::new(date(first), date(last));
    let early = range("0001-01-05", "0001-01-20").before();
    assert_eq!(early, range("0001-01-01", "0001-01-04"));
    assert!(range("0001-01-01", "0001-01-20").before().is_empty());
    let common = range("2026-11-01", "2026-11-20").intersection(range("2026-11-10", "2026-11-15"));
    assert_eq!(common, range("2026-11-10", "2026-11-15"));
}

#[test]
fn five_dimensions_are_five_in_whatever_order_they_are_declared() {
    let mut store = Store::in_memory();
    let places = [("a", "1"), ("a", "2"), ("b", "1")];
    for (value, (shelf, age)) in (1_i64..).zip(places) {
        let place = shop::visits(shelf, "NL", "phone", "one", age);
        store.record(place, DAY, "2026-11-20", value).unwrap();
    }
    for (value, (shelf, age)) in (1_i64..).zip(places) {
        let place = MetricRef::new("shop.visits")
            .at("country", "NL")
            .at("device", "phone")
            .at("browser", "one")
            .at("shelf", shelf)
            .at("age", age);
        let found = store.value(place, DAY, "2026-11-20").unwrap();
        assert_eq!(found, Some(Some(Value::Integer(value))));
    }
    assert_eq!(store.len(), places.len());
}

#[test]
fn a_batch_whose_savepoint_was_ended_inside_is_refused() {
    let mut store = Store::in_memory();
    let outer = store.savepoint().unwrap();
    let mut outer = Some(outer);
    let ended = store.batch(|store| {
        store.record(shop::ORDERS, DAY, "2026-11-20", 1)?;
        store.rollback_to(outer.take().expect("this is called once"))
    });
    assert!(ended.is_err());
    assert!(store.is_empty());
}

#[test]
fn a_declaration_is_met_again_after_its_registration_was_rolled_back() {
    let mut store = Store::in_memory();
    let savepoint = store.savepoint().unwrap();
    store
        .record(shop::sales("NL"), DAY, "2026-11-20", 1)
        .unwrap();
    store.rollback_to(savepoint).unwrap();
    store
        .register_metric(&NewMetric::new("shop.other"))
        .unwrap();
    store
        .record(shop::sales("NL"), DAY, "2026-11-20", 2)
        .unwrap();
    let names: Vec<_> = store
        .statistics(&Filter::new())
        .unwrap()
        .into_iter()
        .map(|statistic| statistic.metric)
        .collect();
    assert_eq!(names, ["shop.sales"]);
}

/// Sales of three countries, of which one has nulls alone.
fn sold() -> Store {
    let mut store = Store::in_memory();
    for (country, day, value) in [
        ("NL", "2026-11-18", Some(4)),
        ("NL", "2026-11-20", Some(3)),
        ("BE", "2026-11-20", Some(3)),
        ("DE", "2026-11-20", None),
    ] {
        match value {
            Some(value) => store.record(shop::sales(country), DAY, day, value),
            None => store.record(shop::sales(country), DAY, day, trackstats::Null),
        }
        .unwrap();
    }
    store
}

#[test]
fn a_part_without_a_value_is_no_part_and_equal_ones_are_in_the_order_of_their_texts() {
    let store = sold();
    let ask = || {
        store
            .series_by(shop::SALES, DAY)
            .range("2026-11-20"..="2026-11-21")
    };
    let parts = |limit| {
        let found = ask().limit(limit).read().unwrap();
        let at = |part: &trackstats::SeriesPart<i64>| part.at.join(" ");
        let names: Vec<_> = found.parts.iter().map(at).collect();
        (names.join(" "), found.other_count)
    };
    assert_eq!(parts(9), ("BE NL".to_owned(), 0));
    assert_eq!(parts(1), ("BE".to_owned(), 1));
}

#[test]
fn what_was_before_the_range_is_carried_into_parts() {
    let store = sold();
    let ask = || {
        store
            .series_by(shop::SALES, DAY)
            .limit(1)
            .range("2026-11-19"..="2026-11-20")
    };
    let of_nl =
        |found: trackstats::SeriesBy<i64>| -> Vec<_> { found.parts[0].series.values().collect() };
    let carried = ask().at("country", "NL").by("country").fill(Fill::Previous);
    assert_eq!(of_nl(carried.read().unwrap()), [Some(4), Some(3)]);
    let rolled = ask().at("country", "NL").by("country").rolling(3, Sum);
    assert_eq!(of_nl(rolled.read().unwrap()), [Some(7)]);
}

#[test]
fn what_is_named_twice_or_in_any_order_is_found_once() {
    let mut store = Store::in_memory();
    for (number, country) in (1..).zip(["NL", "BE", "DE", "AT"]) {
        store
            .record(shop::sales(country), DAY, "2026-11-20", number)
            .unwrap();
    }
    let count = |filter: &Filter| store.count(filter).unwrap();
    assert_eq!(
        count(&Filter::new().metrics(["shop.sales", "shop.sales"])),
        4
    );
    let objects = ["AT", "NL", "DE", "BE"].map(|id| ("country", id));
    assert_eq!(count(&Filter::new().objects(objects)), 4);
    let latest = store.latest_statistic(&Filter::new()).unwrap().unwrap();
    assert_eq!(latest.value, Some(Value::Integer(4)));
}

#[test]
fn what_deletes_nothing_is_no_change() {
    let mut store = Store::in_memory();
    store.record(shop::ORDERS, DAY, "2026-11-20", 1).unwrap();
    store.capture_changes();
    let other = Filter::new().metric(shop::ORDERS).on("2026-11-21");
    assert_eq!(store.delete(&other).unwrap(), 0);
    assert!(store.drain_changes().unwrap().is_empty());
}

#[test]
fn what_a_tracker_counts_of_columns_is_among_the_changes() {
    let mut store = Store::in_memory();
    let orders = store.handle(shop::ORDERS).unwrap();
    store.capture_changes();
    let copy = store.snapshot();
    let today = date("2026-11-23");
    let days = [-3, -1, -1].map(|back| today.plus_days(back).unwrap().days_since_epoch());
    ColumnTracker::new(shop::ORDERS, DAY, Aggregation::Count)
        .today(today)
        .track_each(&mut store, &[orders], &EventColumns::new(&days))
        .unwrap();
    let mut copy = Store::builder().restore(&copy).unwrap();
    copy.apply_changes(&store.drain_changes().unwrap()).unwrap();
    assert_eq!(copy.len(), 2);
    assert_eq!(copy.snapshot(), store.snapshot());
}

#[test]
fn a_range_of_windows_ends_today() {
    for period in [Period::Day, Period::Week, Period::Lifetime] {
        let mut store = store_on(3, None);
        let run = tracker(Aggregation::Count, period).range(day(0)..=day(9));
        run.track(&mut store, events(0..7)).unwrap();
        let last = rows(&store).into_iter().map(|row| row.date).max();
        assert_eq!(last, Some(day(3)), "{period}");
    }
}

#[test]
fn a_lifetime_is_computed_again_from_its_newest_row_on() {
    let mut store = store_on(3, None);
    let run = || tracker(Aggregation::Count, Period::Lifetime);
    run().track(&mut store, events(0..4)).unwrap();
    let again = run().track(&mut store, events(0..4)).unwrap();
    assert_eq!((again.created, again.changed, again.unchanged), (0, 0, 1));
}

#[test]
fn a_minimum_that_grows_at_the_beginning_of_a_source_lacks_events() {
    let event = |amount| Event {
        amount,
        ..events([3])[0]
    };
    let mut store = store_on(3, None);
    let run = || tracker(Aggregation::Minimum, Period::Week);
    run().track(&mut store, [event(5), event(7)]).unwrap();
    assert!(run().track(&mut store, [event(7)]).is_err());
    run().track(&mut store, [event(4), event(7)]).unwrap();
}

#[test]
fn a_sum_of_zero_says_nothing_of_earlier_events() {
    let event = |number, amount| Event {
        amount,
        ..events([number])[0]
    };
    let mut store = store_on(5, None);
    let run = || tracker(Aggregation::Sum, Period::Day);
    run().track(&mut store, [event(0, 0)]).unwrap();
    let report = run().track(&mut store, [event(5, 3)]).unwrap();
    assert_eq!((report.created, report.needed_since), (1, None));
}

#[test]
fn what_is_over_goes_on_after_its_last_window() {
    let by_user = || {
        tracker(Aggregation::Count, Period::Week)
            .by("user", |event: &Event| (event.user % 2).into())
    };
    let mut first = store_on(7, None);
    by_user().track(&mut first, events([0])).unwrap();
    assert_eq!(first.len(), 8);
    let mut store = store_on(20, Some(&first));
    let report = by_user().track(&mut store, events([12])).unwrap();
    assert_eq!(
        (report.created, report.changed, report.unchanged),
        (13, 0, 0)
    );
    assert_eq!(report.outdated, []);
}
