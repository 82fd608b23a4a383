//! How far back a source goes, and what may be written of it.
//!
//! A source that was narrowed gives fewer events than there are, and nothing in it says so. What the store
//! holds does: a row that says that something happened before the first event of the source.

use super::resume::Span;
use super::tally::Finished;
use super::{Aggregation, TrackFault};
use crate::Error;
use crate::engine::{Cell, Column, Engine, SeriesId};
use crate::model::{SlotId, Value};
use crate::time::{Date, Period, Tick};

/// What is known of a source after it was read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Source {
    /// The date of the first event up to today.
    pub(super) first: Option<Tick>,
    /// Whether no object has events, so that there is nothing to write.
    pub(super) is_idle: bool,
    /// Whether a negative value was read, and whether a positive one.
    pub(super) negative: bool,
    pub(super) positive: bool,
}

impl Source {
    #[inline]
    pub(super) fn note_date(&mut self, tick: Tick) {
        if self.first.is_none_or(|first| tick < first) {
            self.first = Some(tick);
        }
    }

    #[inline]
    pub(super) fn note_value(&mut self, value: Option<Value>) {
        match value {
            Some(Value::Integer(value)) => {
                self.negative |= value < 0;
                self.positive |= value > 0;
            }
            Some(Value::Float(value)) => {
                self.negative |= value < 0.0;
                self.positive |= value > 0.0;
            }
            None => {}
        }
    }
}

/// From when on a source is known to give all events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach(Tick);

/// What was found of a source.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) reach: Reach,
    /// From when on events were needed, where the source begins later and nothing that is stored is
    /// touched by that.
    pub(super) lacks: Option<Tick>,
    /// The objects, sorted, that had nothing in their last window, so that they go on after it whatever the
    /// source lacks of what came before.
    pub(super) over: Vec<SlotId>,
}

impl From<Reach> for Verdict {
    fn from(reach: Reach) -> Self {
        Self {
            reach,
            lacks: None,
            over: Vec::new(),
        }
    }
}

impl Reach {
    /// Of a source that gives all there are.
    pub(super) const ALL: Self = Self(Tick::MIN);

    /// The first row whose window lies in the reach; none if no row is known to.
    pub(super) fn first_whole(self, period: Period) -> Option<Tick> {
        if self == Self::ALL {
            return Some(Tick::MIN);
        }
        let length = period.days()?;
        Some(self.0.saturating_add(reach_of(length)))
    }

    /// The first row to compute for an object; none if it starts at its first event.
    pub(super) fn begin(
        self,
        span: &Span,
        aggregation: Aggregation,
        column: Option<&Column>,
    ) -> Option<Tick> {
        let resume = span.resume(column);
        if self == Self::ALL || span.period == Period::Lifetime {
            return resume;
        }
        let whole = self.first_whole(span.period);
        if span.period == Period::Day {
            return resume.max(whole);
        }
        let stored = column.and_then(|column| latest(column, span.today));
        match (resume, stored) {
            (Some(resume), _) if Some(resume) >= whole => Some(resume),
            // Nothing was in its last window, so that those after it need no older events.
            (Some(resume), Some((newest, value))) if says_nothing(aggregation, value) => {
                Some(resume.max(newest.saturating_add(1)))
            }
            (Some(resume), _) => Some(whole.map_or(resume, |whole| resume.max(whole))),
            (None, Some(_)) => whole,
            (None, None) => Some(self.0),
        }
    }
}

/// By how many days a window reaches back from the date it ends on.
fn reach_of(length: u32) -> Tick {
    Tick::try_from(length).unwrap_or(Tick::MAX) - 1
}

/// The newest row up to today.
pub(super) fn latest(column: &Column, today: Tick) -> Option<(Tick, Option<Value>)> {
    let (oldest, _) = column.extent()?;
    if oldest > today {
        return None;
    }
    column.slice(oldest, today).last()
}

/// Whether a value says that its window had no events, or none that matter.
pub(super) fn says_nothing(aggregation: Aggregation, value: Option<Value>) -> bool {
    let is_zero = value.is_some_and(|value| value.as_f64() == 0.0);
    match aggregation {
        Aggregation::Count | Aggregation::Distinct => is_zero || value.is_none(),
        Aggregation::Sum => is_zero,
        Aggregation::Mean | Aggregation::Minimum | Aggregation::Maximum => value.is_none(),
    }
}

/// Whether two values are the same, but for how a sum of floats was rounded.
pub(super) fn is_same(left: Option<Value>, right: Option<Value>) -> bool {
    match (left, right) {
        (Some(Value::Float(left)), Some(Value::Float(right))) => {
            (left - right).abs() <= 1e-9 * left.abs().max(right.abs())
        }
        _ => left == right,
    }
}

/// The rows that are stored of the objects of a run.
#[derive(Debug)]
pub(super) struct Stored<'s> {
    pub(super) span: &'s Span,
    pub(super) aggregation: Aggregation,
    /// The series of the period, of all objects.
    pub(super) series: &'s [(SlotId, SeriesId)],
}

impl Stored<'_> {
    fn columns<'e>(&self, engine: &'e Engine) -> impl Iterator<Item = (SlotId, &'e Column)> {
        let columns = self
            .series
            .iter()
            .map(|&(slot, series)| (slot, engine.column(series)));
        columns.filter(|(_, column)| column.len() > 0)
    }

    /// The first date whose events the rows to compute depend on; none if nothing is stored.
    pub(super) fn needed(&self, engine: &Engine) -> Option<Tick> {
        let Self {
            span, aggregation, ..
        } = *self;
        let mut newest = None;
        let mut oldest = None;
        let mut own = Tick::MAX;
        for (_, column) in self.columns(engine) {
            let Some((first, last)) = column.extent() else {
                continue;
            };
            newest = newest.max(Some(last));
            oldest = Some(oldest.map_or(first, |oldest: Tick| oldest.min(first)));
            let value = latest(column, span.today).map(|(_, value)| value);
            if span.period != Period::Day
                && let Some(resume) = span.resume(Some(column))
                && !value.is_none_or(|value| says_nothing(aggregation, value))
            {
                own = own.min(resume);
            }
        }
        let (newest, oldest) = (newest?, oldest?);
        let Some(length) = span.period.days() else {
            return Some(Tick::MIN);
        };
        // Whoever computed the newest row has seen all events up to it, and every object that had one.
        let first = match span.range {
            Some(range) => range.first().tick(),
            None if span.recompute => oldest,
            None => own.min(span.back_from(newest)),
        };
        let date = Date::from_tick(first).saturating_plus(-i64::from(reach_of(length)));
        Some(date.tick())
    }

    /// Says from when on the source gives all events, or that it lacks some that were counted before.
    ///
    /// `number` is the number of the object of a slot, if it has events; `value` computes a row of it.
    pub(super) fn judge(
        &self,
        engine: &Engine,
        metric: &str,
        source: Source,
        mut number: impl FnMut(SlotId) -> Option<u32>,
        mut value: impl FnMut(u32, Tick) -> Finished,
    ) -> Result<Verdict, Error> {
        let span = self.span;
        let Some(needed) = self.needed(engine) else {
            return Ok(span.since.map_or(Reach::ALL, Reach).into());
        };
        let lacks = |first: Option<Tick>| TrackFault::Lacks {
            metric: metric.to_owned(),
            period: span.period,
            first: first.map(Date::from_tick),
            needed: (needed > Tick::MIN).then(|| Date::from_tick(needed)),
            since: span.since.map(Date::from_tick),
        };
        let is_lifetime = span.period == Period::Lifetime;
        match span.since {
            Some(since) if since <= Date::MIN.tick() => return Ok(Reach::ALL.into()),
            Some(since) if !is_lifetime && since <= needed => return Ok(Reach(since).into()),
            Some(since) if !is_lifetime => return Err(lacks(Some(since)).into()),
            // The rows of single days are computed of their own events alone, once it is said which.
            None if span.period == Period::Day && span.range.is_some() => {
                return Ok(Reach::ALL.into());
            }
            _ => {}
        }
        let first = source.first.unwrap_or(span.today.saturating_add(1));
        let first = first.max(span.since.unwrap_or(Tick::MIN));
        let is_older = |column: &Column| column.extent().is_some_and(|(oldest, _)| oldest < first);
        let says = |from: Tick, column: &Column| {
            let rows = column.slice(from, first.saturating_sub(1)).iter();
            let mut values = rows.map(|(_, value)| value);
            values.any(|value| !says_nothing(self.aggregation, value))
        };
        let begins = !self
            .columns(engine)
            .any(|(_, column)| is_older(column) && says(Tick::MIN, column));
        if !begins && first < needed {
            return Ok(Reach(first.saturating_add(1)).into());
        }
        if source.is_idle && !span.is_again() {
            return Ok(Reach(first).into());
        }
        let is_after = self.is_after(engine, first);
        let mut gap = None;
        let mut over = Vec::new();
        for (slot, column) in self.columns(engine) {
            let number = number(slot);
            let mut computed = |tick| number.and_then(|number| value(number, tick));
            let is_earlier = is_older(column) && says(needed, column);
            let is_lacking = if is_earlier && span.period != Period::Day {
                let is_made = self.is_made_of_earlier(
                    column,
                    number.is_some(),
                    (first, is_after),
                    &mut computed,
                );
                let is_over = is_made && self.is_over(column, first);
                if is_over {
                    over.push(slot);
                }
                is_made && !is_over
            } else {
                if is_earlier {
                    gap = Some(needed);
                }
                // Of single days, only the first may be there in part.
                let last = match span.period {
                    Period::Day => first.min(span.today),
                    _ => span.today,
                };
                let stored = column.slice(first.max(needed), last).iter().next();
                let may_be_in_part =
                    first >= needed && (!is_lifetime || !begins || span.since.is_some());
                (is_earlier && span.is_again())
                    || may_be_in_part
                        && number.is_some()
                        && stored.is_some_and(|(tick, stored)| {
                            // The first day may be there in part, and what came since hide it.
                            let is_unsure = !begins && tick == first && first > needed;
                            computed(tick).is_some_and(|found| {
                                if is_unsure && !is_lifetime {
                                    !is_same(stored, found)
                                } else {
                                    self.may_lack(source, begins, stored, found)
                                }
                            })
                        })
            };
            if is_lacking {
                return Err(lacks(source.first).into());
            }
        }
        let reach = match span.period {
            _ if begins => Reach::ALL,
            Period::Day => Reach(first),
            Period::Lifetime => Reach(first.saturating_add(1)),
            _ => Reach(needed),
        };
        over.sort_unstable_by_key(|slot| slot.0);
        Ok(Verdict {
            reach,
            lacks: gap,
            over,
        })
    }

    /// Whether nothing is stored after a day.
    fn is_after(&self, engine: &Engine, day: Tick) -> bool {
        self.columns(engine)
            .filter_map(|(_, column)| column.extent())
            .all(|(_, newest)| newest <= day)
    }

    /// Whether rows that would be computed are made of events before the first of the source: the
    /// series has rows before it that say that there were some.
    fn is_made_of_earlier(
        &self,
        column: &Column,
        has_events: bool,
        (first, is_after): (Tick, bool),
        computed: &mut dyn FnMut(Tick) -> Finished,
    ) -> bool {
        let span = self.span;
        let newest = latest(column, span.today);
        // The newest day was recorded in part: what came since hides what is missing, unless the source
        // begins before it.
        let whole = newest.map(|(newest, _)| newest.saturating_sub(1));
        let resume = span.resume(Some(column)).min(whole);
        let mut is_same_at = |tick| match column.get(tick) {
            Cell::Held(stored) if has_events => {
                // What overflows is an error of its own.
                computed(tick).is_none_or(|found| is_same(stored, found))
            }
            Cell::Held(stored) => says_nothing(self.aggregation, stored),
            Cell::Missing => false,
        };
        let is_same = resume.is_some_and(&mut is_same_at)
            && newest.is_none_or(|(newest, _)| newest > first || is_same_at(newest));
        // A mean can be the same of other events.
        let is_same = is_same && self.aggregation != Aggregation::Mean;
        if span.period == Period::Lifetime {
            // What has no events keeps its last row, which is still right, unless the source begins after
            // all that is stored.
            return (has_events || span.is_again() || is_after) && !is_same;
        }
        !is_same
    }

    /// Whether nothing was in the last window of a series, and the source begins after it.
    fn is_over(&self, column: &Column, first: Tick) -> bool {
        let span = self.span;
        let is_dense = !matches!(span.period, Period::Day | Period::Lifetime);
        let says = latest(column, span.today)
            .is_none_or(|(newest, value)| newest < first && says_nothing(self.aggregation, value));
        is_dense && says && !span.recompute && span.range.is_none()
    }

    /// Whether a stored value becomes what it becomes where events are missing.
    fn may_lack(
        &self,
        source: Source,
        begins: bool,
        stored: Option<Value>,
        found: Option<Value>,
    ) -> bool {
        let held = stored;
        let Some(stored) = stored.map(Value::as_f64) else {
            return false;
        };
        // A difference that cannot be read is not taken for a loss where nothing older is stored.
        let unread = !begins && !is_same(held, found);
        match (self.aggregation, found.map(Value::as_f64)) {
            (Aggregation::Mean, _) => unread,
            (Aggregation::Sum, _) if source.negative && source.positive => unread,
            _ if is_same(held, found) => false,
            (Aggregation::Sum, Some(found)) => found.abs() < stored.abs(),
            (Aggregation::Minimum, Some(found)) => found > stored,
            (_, Some(found)) => found < stored,
            (_, None) => true,
        }
    }
}
