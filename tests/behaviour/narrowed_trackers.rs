//! A tracker that is run night after night, over sources that are narrowed in any way, either changes
//! nothing or has what counting all events anew gives.

mod named;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use trackstats::{
    Aggregation, Date, ErrorCode, Filter, NamedZone, NewMetric, Period, Store, Timestamp, Tracker,
    Value, Zone,
};

use named::named;

#[derive(Clone, Copy, Debug)]
struct Event {
    at: Timestamp,
    user: u32,
    amount: Option<i64>,
}

#[derive(Clone, Copy, Debug)]
enum Narrowing {
    /// Not at all.
    None,
    /// As the tracker asks for.
    Asked,
    /// To the last so many seconds, which nobody tells the tracker.
    Last(i64),
    /// To the last so many days, which the tracker is told.
    Told(i32),
}

#[derive(Clone, Copy, Debug)]
struct Night {
    /// Seconds since the last.
    later: i64,
    narrowing: Narrowing,
    /// Which event is deleted before it, and which comes late, if any.
    gone: Option<u16>,
    late: Option<u16>,
}

/// Before the clocks are set back in Europe and in America.
const START: i64 = 1_760_000_000;
const DAY: i64 = 86_400;
/// What is computed of values is exact and all values are of one sign, so that nothing is hidden.
const HOW: [Aggregation; 5] = [
    Aggregation::Count,
    Aggregation::Distinct,
    Aggregation::Sum,
    Aggregation::Minimum,
    Aggregation::Maximum,
];
const ZONES: [&str; 3] = ["UTC", "Europe/Amsterdam", "Australia/Lord_Howe"];

fn events() -> impl Strategy<Value = Vec<Event>> {
    // Few users have most of the events, and most have few.
    let user = (0..40_u32, 0..40_u32).prop_map(|(left, right)| left * right / 40);
    let amount = proptest::option::weighted(0.9, 1..50_i64);
    let event = (0..50 * DAY, user, amount);
    let event = event.prop_map(|(after, user, amount)| Event {
        at: Timestamp::from_seconds(START + after).unwrap(),
        user,
        amount,
    });
    proptest::collection::vec(event, 1..120)
}

fn nights(is_changing: bool) -> impl Strategy<Value = Vec<Night>> {
    let narrowing = prop_oneof![
        2 => Just(Narrowing::None),
        4 => Just(Narrowing::Asked),
        4 => (0..40 * DAY).prop_map(Narrowing::Last),
        2 => (0..40_i32).prop_map(Narrowing::Told),
    ];
    let change = || {
        let some = proptest::option::of(any::<u16>());
        some.prop_map(move |one| one.filter(|_| is_changing))
    };
    let later = prop_oneof![2 => DAY / 24..DAY / 2, 3 => DAY / 2..2 * DAY, 1 => DAY..12 * DAY];
    let night = (later, narrowing, change(), change());
    let night = night.prop_map(|(later, narrowing, gone, late)| Night {
        later,
        narrowing,
        gone,
        late,
    });
    proptest::collection::vec(night, 2..9)
}

const METRIC: &str = "m.a";

/// The value of a window over some events.
fn recount<'e>(inside: impl Iterator<Item = &'e Event> + Clone, how: Aggregation) -> Option<i64> {
    let amounts = || inside.clone().filter_map(|event| event.amount);
    match how {
        Aggregation::Count => i64::try_from(inside.count()).ok(),
        Aggregation::Distinct => {
            let users: BTreeSet<_> = inside.map(|event| event.user).collect();
            i64::try_from(users.len()).ok()
        }
        Aggregation::Sum if inside.clone().next().is_none() => Some(0),
        Aggregation::Sum => amounts().next().map(|_| amounts().sum()),
        Aggregation::Minimum => amounts().min(),
        _ => amounts().max(),
    }
}

/// The rows that the events give, by object and date.
fn all_rows(
    events: &[Event],
    zone: &dyn Zone,
    today: Date,
    (how, period, is_split): (Aggregation, Period, bool),
) -> BTreeMap<(String, Date), Option<i64>> {
    let mut objects: BTreeMap<String, Vec<(Date, Event)>> = BTreeMap::new();
    for &event in events {
        let object = if is_split {
            (event.user % 16).to_string()
        } else {
            String::new()
        };
        let dated = (event.at.date_in(zone), event);
        objects.entry(object).or_default().push(dated);
    }
    let mut rows = BTreeMap::new();
    for (object, events) in objects {
        let days: BTreeSet<Date> = events.iter().map(|&(date, _)| date).collect();
        let Some(&first) = days.first() else { continue };
        let mut date = first;
        while date <= today {
            if period != Period::Day || days.contains(&date) {
                let begin = period.days().map_or(Date::MIN, |days| {
                    date.plus_days(1 - i32::try_from(days).unwrap()).unwrap()
                });
                let inside = events
                    .iter()
                    .filter(|&&(other, _)| begin <= other && other <= date)
                    .map(|(_, event)| event);
                rows.insert((object.clone(), date), recount(inside, how));
            }
            date = date.plus_days(1).unwrap();
        }
    }
    rows
}

fn stored(store: &Store) -> BTreeMap<(String, Date), Option<i64>> {
    let rows = store.statistics(&Filter::new()).unwrap().into_iter();
    rows.map(|row| {
        let object = row.dimensions.first().map_or("", |(_, value)| value);
        let value = row.value.and_then(Value::as_i64);
        ((object.to_owned(), row.date), value)
    })
    .collect()
}

/// The store of the next night.
fn on(now: Timestamp, zone: NamedZone, before: Option<&Store>) -> Store {
    let builder = Store::builder().clock(now).zone(zone);
    let mut store = match before {
        Some(before) => builder.restore(&before.snapshot()).unwrap(),
        None => builder.build(),
    };
    store.register_metric(&NewMetric::new(METRIC)).unwrap();
    store
}

/// A night whose source can be judged by what is stored: not where nothing older is, and not where the
/// newest rows say that nothing happened of late.
fn judged(
    before: &BTreeMap<(String, Date), Option<i64>>,
    night: Night,
    now: i64,
    zone: NamedZone,
) -> Night {
    let newest = before.keys().map(|(_, date)| *date).max();
    let says = before
        .iter()
        .filter(|(_, value)| value.is_some_and(|value| value != 0));
    let dates: BTreeSet<Date> = says.map(|((_, date), _)| *date).collect();
    let is_judged = match night.narrowing {
        Narrowing::Last(seconds) => {
            let cut = Timestamp::from_seconds(now - seconds)
                .unwrap()
                .date_in(&zone);
            dates.last().copied() == newest && dates.first().is_some_and(|oldest| *oldest < cut)
        }
        Narrowing::Told(_) => !dates.is_empty(),
        _ => true,
    };
    let narrowing = if is_judged {
        night.narrowing
    } else {
        Narrowing::None
    };
    Night { narrowing, ..night }
}

/// Runs the tracker as a night has it.
fn run(
    store: &mut Store,
    tracker: &Tracker<'static, Event, Value>,
    events: &[Event],
    night: Night,
    zone: NamedZone,
) -> Option<trackstats::TrackReport> {
    let now = store.now();
    let result = match night.narrowing {
        Narrowing::None => tracker.track(store, events),
        Narrowing::Asked => tracker.track_since(store, |since| {
            let first = since.map(|since| since.instant);
            events
                .iter()
                .filter(move |event| first.is_none_or(|first| event.at >= first))
        }),
        Narrowing::Last(seconds) => {
            let first = Timestamp::from_seconds(now.as_seconds() - seconds).unwrap();
            tracker.track(store, events.iter().filter(|event| event.at >= first))
        }
        Narrowing::Told(days) => {
            let first = now.date_in(&zone).plus_days(-days).unwrap();
            let events = events
                .iter()
                .filter(|event| event.at.date_in(&zone) >= first);
            tracker.clone().since(first).track(store, events)
        }
    };
    let refused = |error: trackstats::Error| {
        assert_eq!(error.code(), ErrorCode::InvalidValue, "{error}");
    };
    result.map_err(refused).ok()
}

/// Every way to count, in every period, in all and by user.
fn abouts() -> impl Iterator<Item = (Aggregation, Period, bool)> {
    let periods = HOW
        .into_iter()
        .flat_map(|how| Period::ALL.into_iter().map(move |period| (how, period)));
    periods.flat_map(|(how, period)| [false, true].map(|is_split| (how, period, is_split)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_night_changes_nothing_or_has_what_all_events_give(
        events in events(),
        nights in nights(false),
        zone in proptest::sample::select(&ZONES[..]),
    ) {
        let zone = NamedZone::new(zone).unwrap();
        for about in abouts() {
            let (_, period, is_split) = about;
            let tracker = named(about);
            let mut now = START + 5 * DAY;
            let mut store = on(Timestamp::from_seconds(now).unwrap(), zone, None);
            let mut has_gap = false;
            for night in &nights {
                now += night.later;
                let instant = Timestamp::from_seconds(now).unwrap();
                store = on(instant, zone, Some(&store));
                let known: Vec<_> =
                    events.iter().filter(|event| event.at <= instant).copied().collect();
                let before = stored(&store);
                let night = judged(&before, *night, now, zone);
                let report = run(&mut store, &tracker, &known, night, zone);
                let after = stored(&store);
                let Some(report) = report else {
                    prop_assert_eq!(&before, &after, "{:?} {:?}", about, night);
                    continue;
                };
                has_gap |= report.needed_since.is_some();
                prop_assert!(has_gap || report.outdated.is_empty(), "{:?} {:?} {:?}", about, night, report);
                if is_split && report.events == 0 {
                    // An object without events is left alone, and here all are.
                    prop_assert_eq!(&before, &after);
                    continue;
                }
                let today = instant.date_in(&zone);
                let expected = all_rows(&known, &zone, today, about);
                for (key, value) in &after {
                    // The first day after a gap may be there in part; what was there stays.
                    let is_kept = has_gap && before.get(key).is_none_or(|held| held == value);
                    let is_right = expected.get(key) == Some(value);
                    prop_assert!(is_right || is_kept, "{:?} {:?} {:?}", about, night, key);
                }
                let says_nothing = |value: &Option<i64>| value.is_none_or(|value| value == 0);
                for (key, value) in &expected {
                    // An object that the source has no event of keeps the rows it has.
                    let is_open = is_split && (says_nothing(value) || period == Period::Lifetime);
                    if !is_open && !has_gap {
                        prop_assert!(after.contains_key(key), "{:?} {:?} {:?}", about, night, key);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_gone_or_late_is_computed_again_or_listed(
        events in events(),
        nights in nights(true),
        zone in proptest::sample::select(&ZONES[..]),
    ) {
        let zone = NamedZone::new(zone).unwrap();
        for about in abouts() {
            let (how, _, is_split) = about;
            let tracker = named(about);
            let mut now = START + 5 * DAY;
            let mut store = on(Timestamp::from_seconds(now).unwrap(), zone, None);
            let mut all = events.clone();
            for (place, night) in nights.iter().enumerate() {
                now += night.later;
                let instant = Timestamp::from_seconds(now).unwrap();
                store = on(instant, zone, Some(&store));
                if let Some(gone) = night.gone && all.len() > 1 {
                    all.remove(usize::from(gone) % all.len());
                }
                if let Some(late) = night.late {
                    let mut event = all[usize::from(late) % all.len()];
                    event.user += 1;
                    let at = START + i64::from(late) * (now - START) / 65_536;
                    event.at = Timestamp::from_seconds(at).unwrap();
                    all.push(event);
                }
                let known: Vec<_> =
                    all.iter().filter(|event| event.at <= instant).copied().collect();
                let today = instant.date_in(&zone);
                let expected = all_rows(&known, &zone, today, about);
                let before = stored(&store);
                if place % 2 == 0 {
                    // By default: what differs and was left alone is listed.
                    let Ok(report) = tracker.track(&mut store, &known) else {
                        prop_assert_eq!(&before, &stored(&store));
                        continue;
                    };
                    let after = stored(&store);
                    let with_events: BTreeSet<_> =
                        expected.keys().map(|(object, _)| object.clone()).collect();
                    let nothing = match how {
                        Aggregation::Minimum | Aggregation::Maximum => None,
                        _ => Some(0),
                    };
                    let mut outdated = BTreeSet::new();
                    for (key, value) in &expected {
                        if after.get(key) != Some(value) {
                            outdated.insert(key.1);
                        }
                    }
                    for (key, value) in &after {
                        let is_left = with_events.contains(&key.0) || !is_split;
                        if is_left && *value != expected.get(key).copied().unwrap_or(nothing) {
                            outdated.insert(key.1);
                        }
                    }
                    let listed: BTreeSet<_> = report.outdated.iter().copied().collect();
                    // Of a source that begins late it is not known what came before.
                    let begins = known.iter().map(|event| event.at.date_in(&zone)).min();
                    if before.keys().all(|(_, date)| begins.is_some_and(|begins| *date >= begins)) {
                        prop_assert_eq!(&listed, &outdated, "{:?} {:?}", about, night);
                    } else {
                        prop_assert!(listed.is_subset(&outdated), "{:?} {:?}", about, night);
                    }
                } else {
                    let again = tracker.clone().since(Date::MIN).recompute();
                    again.track(&mut store, &known).unwrap();
                    let after = stored(&store);
                    for (key, value) in &expected {
                        prop_assert_eq!(after.get(key), Some(value), "{:?} {:?}", about, key);
                    }
                    for (key, value) in &after {
                        let is_nothing = value.is_none_or(|value| value == 0);
                        prop_assert!(expected.contains_key(key) || is_nothing, "{:?} {:?}", about, key);
                    }
                }
            }
        }
    }
}
