//! What is gathered of events, before the store is changed.

use std::sync::Arc;

use super::dating::Dating;
use super::days::Days;
use super::distinct::{Distinct, Items, Step};
use super::keys::Keys;
use super::reach::Source;
use super::tally::{Count, Finished, Tally};
use super::tracker::Tracker;
use super::{Aggregation, EventDimension, TrackReport, window};
use crate::Error;
use crate::model::{ModelFault, Value, ValueKind, exact_float};
use crate::time::{Period, Tick, Zone};

/// The events of one tracker, as tallies of objects and days.
#[derive(Debug)]
pub(super) struct Gathered<T> {
    kind: ValueKind,
    metric: String,
    today: Tick,
    dating: Dating,
    pub(super) keys: Keys,
    /// The days of each object.
    pub(super) days: Vec<Days<T>>,
    pub(super) distinct: Option<Distinct>,
    items: Items,
    pub(super) report: TrackReport,
    pub(super) source: Source,
}

impl<T: Tally> Gathered<T> {
    pub(super) fn new<E, V>(
        tracker: &Tracker<'_, E, V>,
        kind: ValueKind,
        metric: String,
        today: Tick,
        zone: Arc<dyn Zone>,
    ) -> Self {
        let is_distinct = tracker.aggregation == Aggregation::Distinct;
        let mut gathered = Self {
            kind,
            metric,
            today,
            dating: Dating::new(zone),
            keys: Keys::new(tracker.by.len()),
            days: Vec::new(),
            distinct: is_distinct.then(|| Distinct::new(tracker.period)),
            items: Items::default(),
            report: TrackReport::default(),
            source: Source::default(),
        };
        if tracker.by.is_empty() {
            // The whole, or the fixed object, is there even without events.
            gathered.days.push(Days::new());
        }
        gathered
    }

    /// Adds an event.
    #[inline]
    pub(super) fn add<E, V>(
        &mut self,
        tracker: &Tracker<'_, E, V>,
        event: &E,
    ) -> Result<(), Error> {
        if !tracker.filters.iter().all(|test| test(event)) {
            return Ok(());
        }
        self.report.events += 1;
        let Some(time) = (tracker.at)(event)? else {
            self.report.undated += 1;
            return Ok(());
        };
        let tick = self.dating.date(time).tick();
        if tick > self.today {
            self.report.future += 1;
            return Ok(());
        }
        self.source.note_date(tick);
        let Some(number) = self.keys.locate(&tracker.by, event)? else {
            self.report.no_object += 1;
            return Ok(());
        };
        let tally = match &tracker.measure {
            None => T::of(None),
            Some(measure) => {
                let value = measure(event)?;
                let value = fit(value, self.kind, tracker.aggregation, &self.metric)?;
                self.source.note_value(value);
                T::of(value)
            }
        };
        if let (Some(distinct), Some(item)) = (&mut self.distinct, &tracker.item)
            && let EventDimension(Some(item)) = item(event)
        {
            distinct.add(number, self.items.number(&item), tick);
        }
        while self.days.len() <= number as usize {
            self.days.push(Days::new());
        }
        if let Some(days) = self.days.get_mut(number as usize) {
            days.add(tick, &tally);
        }
        Ok(())
    }
}

/// The value that an object has at a date.
pub(super) fn value_at<T: Tally>(
    days: &Days<T>,
    none: T,
    steps: Option<&[Step]>,
    period: Period,
    tick: Tick,
) -> Finished {
    let Some(steps) = steps else {
        return window::value_at(days, none, period.days(), tick);
    };
    let until = steps.partition_point(|&(_, day, _)| day <= tick);
    let mut steps = steps.get(..until).unwrap_or_default().iter();
    let count = if period == Period::Day {
        let last = steps.next_back().filter(|&&(_, day, _)| day == tick);
        last.map_or(0, |step| step.2)
    } else {
        steps.map(|step| step.2).sum()
    };
    Some(Some(Value::Integer(count)))
}

/// The steps of one object among those of all.
pub(super) fn steps_of(steps: &[Step], object: u32) -> &[Step] {
    let start = steps.partition_point(|&(other, _, _)| other < object);
    let rest = steps.get(start..).unwrap_or_default();
    let end = rest.partition_point(|&(other, _, _)| other <= object);
    rest.get(..end).unwrap_or_default()
}

/// What a tracker gathers events for, told apart where the aggregate is chosen.
#[derive(Debug)]
pub(super) enum AnyGathered {
    Count(Gathered<Count>),
    IntegerSum(Gathered<super::tally::IntegerSum>),
    FloatSum(Gathered<super::tally::FloatSum<false>>),
    Mean(Gathered<super::tally::FloatSum<true>>),
    Minimum(Gathered<super::tally::Extreme<false>>),
    Maximum(Gathered<super::tally::Extreme<true>>),
}

/// Does the same with whatever was gathered.
macro_rules! each_gathered {
    ($gathered:expr, $name:ident => $work:expr) => {
        match $gathered {
            AnyGathered::Count($name) => $work,
            AnyGathered::IntegerSum($name) => $work,
            AnyGathered::FloatSum($name) => $work,
            AnyGathered::Mean($name) => $work,
            AnyGathered::Minimum($name) => $work,
            AnyGathered::Maximum($name) => $work,
        }
    };
}
pub(super) use each_gathered;

/// A value as the metric takes it: nothing is rounded, but for a mean, which takes both kinds.
fn fit(
    value: Option<Value>,
    kind: ValueKind,
    aggregation: Aggregation,
    metric: &str,
) -> Result<Option<Value>, ModelFault> {
    if aggregation == Aggregation::Mean {
        return Ok(value);
    }
    match value {
        Some(value @ Value::Float(_)) if kind == ValueKind::Integer => Err(ModelFault::Kind {
            metric: metric.to_owned(),
            kind,
            value,
        }),
        Some(Value::Integer(integer)) if kind == ValueKind::Float => {
            exact_float(integer).map(|float| Some(Value::Float(float)))
        }
        _ => Ok(value),
    }
}
