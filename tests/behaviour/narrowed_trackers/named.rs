//! The tracker of a way to count, a period, and whether it is split.

use trackstats::{Aggregation, Period, Tracker, Value};

use super::{Event, METRIC};

pub(super) fn named(
    (how, period, is_split): (Aggregation, Period, bool),
) -> Tracker<'static, Event, Value> {
    let builder = match how {
        Aggregation::Count => Tracker::count(METRIC, period),
        Aggregation::Distinct => {
            Tracker::count_distinct(METRIC, period, |event: &Event| event.user.into())
        }
        Aggregation::Sum => Tracker::sum(METRIC, period, |event: &Event| amount(event)),
        Aggregation::Minimum => Tracker::minimum(METRIC, period, |event: &Event| amount(event)),
        _ => Tracker::maximum(METRIC, period, |event: &Event| amount(event)),
    };
    let tracker = builder.at(|event| event.at);
    if is_split {
        tracker.by("user", |event| (event.user % 16).into())
    } else {
        tracker
    }
}

fn amount(event: &Event) -> Option<Value> {
    event.amount.map(Value::Integer)
}
