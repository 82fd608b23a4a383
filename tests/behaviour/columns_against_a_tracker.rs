//! A tracker over columns gives what a tracker over the same events gives.

use proptest::prelude::*;
use trackstats::{
    Aggregation, ColumnTracker, ColumnValues, Date, DateRange, EventColumns, Filter, Handle,
    MetricRef, NewMetric, Period, Statistic, Store, Timestamp, TrackReport, Tracker, Value,
    ValueKind,
};

#[derive(Clone, Copy, Debug)]
struct Event {
    day: Option<i32>,
    /// The place among the handles.
    user: Option<usize>,
    amount: Option<i16>,
    item: Option<u32>,
}

#[derive(Clone, Debug)]
struct Options {
    look_back: Option<u32>,
    range: Option<(i32, i32)>,
    recompute: bool,
    one: bool,
    /// Whether days beside each other that are the same are given as runs.
    runs: bool,
    kind: ValueKind,
}

const START: i32 = 20_000;
const TODAY: i32 = 79;
const METRIC: &str = "m.a";
/// The first and the last are the same object.
const USERS: [&str; 5] = ["42", "ann", "0042", "7", "42"];

fn date(day: i32) -> Date {
    Date::from_days_since_epoch(START + day).unwrap()
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    use proptest::option::weighted;
    // Some are far apart, some after today.
    let day = prop_oneof![20 => 0..84_i32, 1 => -400..84_i32];
    let event = (
        weighted(0.95, day),
        weighted(0.9, 0..USERS.len()),
        weighted(0.8, -50..50_i16),
        weighted(0.8, 0..6_u32),
    );
    let event = event.prop_map(|(day, user, amount, item)| Event {
        day,
        user,
        amount,
        item,
    });
    proptest::collection::vec(event, 0..60)
}

fn options() -> impl Strategy<Value = Options> {
    (
        proptest::option::weighted(0.4, 0..40_u32),
        proptest::option::weighted(0.3, (-10..90_i32, -10..90_i32)),
        proptest::bool::weighted(0.3),
        any::<bool>(),
        any::<bool>(),
        prop_oneof![Just(ValueKind::Integer), Just(ValueKind::Float)],
    )
        .prop_map(|(look_back, range, recompute, one, runs, kind)| Options {
            look_back,
            range,
            recompute,
            one,
            runs,
            kind,
        })
}

fn store(kind: ValueKind) -> Store {
    let today = i64::from(START + TODAY) * 86_400 + 40_000;
    let mut store = Store::builder()
        .clock(Timestamp::from_seconds(today).unwrap())
        .build();
    store
        .register_metric(&NewMetric::new(METRIC).kind(kind))
        .unwrap();
    store
}

fn with_tracker(
    store: &mut Store,
    events: &[Event],
    how: (Aggregation, Period),
    options: &Options,
) -> TrackReport {
    let (aggregation, period) = how;
    let is_float = options.kind == ValueKind::Float;
    let amount = move |event: &Event| -> Option<Value> {
        let amount = event.amount?;
        Some(if is_float {
            Value::Float(f64::from(amount) / 3.0)
        } else {
            Value::Integer(amount.into())
        })
    };
    let tracker = match aggregation {
        Aggregation::Count => Tracker::count(METRIC, period),
        Aggregation::Distinct => {
            Tracker::count_distinct(METRIC, period, |event: &Event| event.item.into())
        }
        Aggregation::Sum => Tracker::sum(METRIC, period, amount),
        Aggregation::Mean => Tracker::mean(METRIC, period, amount),
        Aggregation::Minimum => Tracker::minimum(METRIC, period, amount),
        Aggregation::Maximum => Tracker::maximum(METRIC, period, amount),
        other => unreachable!("no tracker is made of '{other}'"),
    };
    let mut tracker = tracker.at(|event| event.day.map(date));
    if !options.one {
        tracker = tracker.by("user", |event| event.user.map(|user| USERS[user]).into());
    }
    if let Some(days) = options.look_back {
        tracker = tracker.look_back(days);
    }
    if let Some((first, last)) = options.range {
        tracker = tracker.range(DateRange::new(date(first), date(last)));
    }
    if options.recompute {
        tracker = tracker.recompute();
    }
    tracker.track(store, events).unwrap()
}

/// The reports of the periods: computed each in its own run, if it is one, and otherwise in the same.
fn with_columns(
    store: &mut Store,
    events: &[Event],
    aggregation: Aggregation,
    periods: &[Period],
    options: &Options,
) -> Vec<TrackReport> {
    let number = |place: usize| u32::try_from(place).unwrap();
    let days: Vec<_> = events
        .iter()
        .map(|event| event.day.map_or(EventColumns::UNDATED, |day| START + day))
        .collect();
    let objects: Vec<_> = events
        .iter()
        .map(|event| event.user.map_or(EventColumns::NO_OBJECT, number))
        .collect();
    let items: Vec<_> = events
        .iter()
        .map(|event| event.item.unwrap_or(EventColumns::NO_ITEM))
        .collect();
    let by = if options.kind == ValueKind::Float {
        3.0
    } else {
        1.0
    };
    let floats: Vec<_> = events
        .iter()
        .map(|event| {
            event
                .amount
                .map_or(f64::NAN, |amount| f64::from(amount) / by)
        })
        .collect();
    // Integers where there is no null, which a column of them cannot tell.
    let integers: Option<Vec<i64>> = events
        .iter()
        .map(|event| event.amount.map(i64::from))
        .collect();
    let values = match &integers {
        Some(integers) if options.kind == ValueKind::Integer => ColumnValues::Integers(integers),
        _ => ColumnValues::Floats(&floats),
    };
    let (run_days, lengths) = runs_of(&days);
    let columns = if options.runs {
        EventColumns::in_runs(&run_days, &lengths)
    } else {
        EventColumns::new(&days)
    };
    let columns = columns.items(&items).values(values);

    let mut tracker = ColumnTracker::new(METRIC, periods[0], aggregation);
    if let Some(days) = options.look_back {
        tracker = tracker.look_back(days);
    }
    if let Some((first, last)) = options.range {
        tracker = tracker.range(DateRange::new(date(first), date(last)));
    }
    if options.recompute {
        tracker = tracker.recompute();
    }
    if options.one {
        let whole = store.handle(METRIC).unwrap();
        return match periods {
            [_] => vec![tracker.track_one(store, whole, &columns).unwrap()],
            _ => tracker
                .track_one_in(periods, store, whole, &columns)
                .unwrap(),
        };
    }
    let handle = |user| store.handle(MetricRef::new(METRIC).at("user", user));
    let handles: Vec<Handle<Value>> = USERS.map(handle).into_iter().map(Result::unwrap).collect();
    let columns = columns.objects(&objects);
    match periods {
        [_] => vec![tracker.track_each(store, &handles, &columns).unwrap()],
        _ => tracker
            .track_each_in(periods, store, &handles, &columns)
            .unwrap(),
    }
}

/// The runs of days, with some that are empty between them.
fn runs_of(days: &[i32]) -> (Vec<i32>, Vec<u32>) {
    let (mut run_days, mut lengths) = (vec![START], vec![0]);
    for run in days.chunk_by(|one, other| one == other) {
        run_days.extend([run[0], run[0]]);
        lengths.extend([u32::try_from(run.len()).unwrap(), 0]);
    }
    (run_days, lengths)
}

/// All rows, in an order that does not depend on when a dimension value was first met.
fn rows(store: &Store) -> Vec<Statistic> {
    let mut rows = store.statistics(&Filter::new()).unwrap();
    rows.sort_by(|left, right| (&left.dimensions, left.date).cmp(&(&right.dimensions, right.date)));
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn columns_give_what_a_tracker_gives(
        events in events(),
        split in 0..60_usize,
        options in options(),
    ) {
        for aggregation in Aggregation::ALL {
            if aggregation == Aggregation::Mean && options.kind == ValueKind::Integer {
                continue;
            }
            for period in Period::ALL {
                let how = (aggregation, period);
                let (mut left, mut right) = (store(options.kind), store(options.kind));
                for part in [&events[..split.min(events.len())], &events] {
                    let expected = with_tracker(&mut left, part, how, &options);
                    let found = with_columns(&mut right, part, aggregation, &[period], &options);
                    prop_assert_eq!(found, [expected], "{} {}", aggregation, period);
                    prop_assert_eq!(rows(&right), rows(&left), "{} {}", aggregation, period);
                }
            }
        }
    }

    #[test]
    fn several_periods_in_one_run_give_what_each_gives_alone(
        events in events(),
        split in 0..60_usize,
        options in options(),
    ) {
        for aggregation in Aggregation::ALL {
            if aggregation == Aggregation::Mean && options.kind == ValueKind::Integer {
                continue;
            }
            let (mut left, mut right) = (store(options.kind), store(options.kind));
            for part in [&events[..split.min(events.len())], &events] {
                let mut expected = Vec::new();
                for period in Period::ALL {
                    let alone = with_columns(&mut left, part, aggregation, &[period], &options);
                    expected.extend(alone);
                }
                let found = with_columns(&mut right, part, aggregation, &Period::ALL, &options);
                prop_assert_eq!(found, expected, "{}", aggregation);
                prop_assert_eq!(rows(&right), rows(&left), "{}", aggregation);
            }
        }
    }
}
