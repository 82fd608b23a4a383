//! One run of a tracker over columns.

use super::super::days::Days;
use super::super::distinct::{Distinct, Step};
use super::super::gather::{steps_of, value_at};
use super::super::held::of_kind;
use super::super::reach::{Source, Stored, Verdict};
use super::super::resume::Span;
use super::super::tally::{Finished, Tally as _};
use super::super::write::Writer;
use super::super::{TrackFault, TrackReport};
use super::objects::{Numbers, Objects};
use super::scope::series_of;
use super::tally::{AnyTally, Kept};
use super::{Aggregation, ColumnTracker, ColumnValues, EventColumns};
use crate::Error;
use crate::engine::Engine;
use crate::model::{
    FloatText, Handle, MetricId, MetricValue, ModelFault, SlotId, Value, ValueKind, exact_float,
    exact_integer,
};
use crate::store::Store;
use crate::time::{Period, Tick};

/// What a run is about.
pub(super) struct Plan<'p> {
    metric: MetricId,
    kind: ValueKind,
    name: String,
    /// One for each handle.
    pub(super) slots: Vec<SlotId>,
    /// Whether the first object is there even without events.
    is_one: bool,
    /// The slots that the run is about, with and without events.
    scope: Vec<SlotId>,
    pub(super) aggregation: Aggregation,
    pub(super) span: Span,
    pub(super) events: &'p EventColumns<'p>,
    /// The first and the last date of the events.
    pub(super) extent: Option<(Tick, Tick)>,
}

/// The events of a run, as tallies of objects and days.
struct Gathered {
    slots: Vec<SlotId>,
    days: Vec<Days<AnyTally>>,
    steps: Option<Vec<Step>>,
    report: TrackReport,
}

impl<V: MetricValue> ColumnTracker<V> {
    pub(super) fn run(
        &self,
        store: &mut Store,
        handles: &[Handle<V>],
        is_one: bool,
        events: &EventColumns<'_>,
    ) -> Result<TrackReport, Error> {
        let reports = self.run_in(&[self.period], store, handles, is_one, events)?;
        Ok(reports.into_iter().next().unwrap_or_default())
    }

    pub(super) fn run_in(
        &self,
        periods: &[Period],
        store: &mut Store,
        handles: &[Handle<V>],
        is_one: bool,
        events: &EventColumns<'_>,
    ) -> Result<Vec<TrackReport>, Error> {
        store.change(|store| {
            let mut plan = self.plan(store, handles, is_one, events)?;
            let counted = match self.aggregation {
                Aggregation::Count => plan.count(),
                _ => None,
            };
            let Some(counted) = counted else {
                let mut run = |store: &mut Store| {
                    let mut run = |&period| plan.run(store.engine_mut(), period);
                    periods.iter().map(&mut run).collect()
                };
                return match periods {
                    [_] => run(store),
                    _ => store.batch(&mut run),
                };
            };
            // All are judged before anything is written: counts always fit, so that nothing has to be
            // rolled back.
            let engine = store.engine_mut();
            let mut verdicts = Vec::with_capacity(periods.len());
            for &period in periods {
                plan.span.period = period;
                verdicts.push(plan.judge_counted(engine, &counted)?);
            }
            let mut write = |(&period, verdict)| {
                plan.span.period = period;
                plan.write_counted(engine, &counted, verdict)
            };
            periods.iter().zip(verdicts).map(&mut write).collect()
        })
    }

    fn plan<'p>(
        &self,
        store: &mut Store,
        handles: &[Handle<V>],
        is_one: bool,
        events: &'p EventColumns<'p>,
    ) -> Result<Plan<'p>, Error> {
        let today = self.today.unwrap_or_else(|| store.today());
        let span = self.chosen.span(self.period, today)?;
        let extent = events.check(self.aggregation, handles.len())?;
        let metric = store.metric_to_write(self.metric.key())?;
        let slots = handles
            .iter()
            .map(|&handle| store.slot_of(handle))
            .collect::<Result<_, Error>>()?;
        let scope = self.scope(store, metric, handles)?;
        let info = store.engine().catalog().metric(metric);
        Ok(Plan {
            metric,
            kind: info.kind,
            name: info.name(),
            slots,
            is_one,
            scope,
            aggregation: self.aggregation,
            span,
            events,
            extent,
        })
    }
}

impl Plan<'_> {
    /// Computes the rows of a period.
    fn run(&mut self, engine: &mut Engine, period: Period) -> Result<TrackReport, Error> {
        self.span.period = period;
        let Some(kept) = Kept::of(self.aggregation, self.kind) else {
            let metric = self.name.clone();
            return Err(TrackFault::NotFloats { metric }.into());
        };
        let gathered = match self.aggregation {
            Aggregation::Distinct => self.distinct()?,
            _ => self.measured(kept)?,
        };
        let none = AnyTally::none(kept);
        let numbers = Numbers::by_slots(&gathered.slots);
        let verdict = self.judge(engine, &numbers, |number, tick| {
            let steps = gathered.steps.as_deref();
            let steps = steps.map(|steps| steps_of(steps, number));
            let days = gathered.days.get(number as usize)?;
            value_at(days, none, steps, period, tick)
        })?;
        let writer = self.writer(engine, verdict, gathered.report);
        writer.write(none.may_overflow(), |write| {
            let objects = (0_u32..).zip(&gathered.slots).zip(&gathered.days);
            for ((number, &slot), days) in objects {
                match gathered.steps.as_deref() {
                    Some(steps) => write.stepped(slot, days, steps_of(steps, number))?,
                    None => write.tallied(slot, days, none)?,
                }
            }
            self.write_without_events(write, &numbers, none.finish().flatten())
        })
    }

    /// Computes the rows of objects without events, where the run was told to.
    pub(super) fn write_without_events(
        &self,
        write: &mut Writer<'_>,
        numbers: &Numbers<'_>,
        none: Option<Value>,
    ) -> Result<(), Error> {
        if !self.span.is_again() {
            return Ok(());
        }
        for (slot, series) in series_of(write.engine(), &self.scope, self.span.period) {
            if numbers.of_slot(slot).is_none() {
                write.without_events((slot, series), none)?;
            }
        }
        Ok(())
    }

    /// Says from when on the source gives all events.
    pub(super) fn judge(
        &self,
        engine: &Engine,
        numbers: &Numbers<'_>,
        mut value: impl FnMut(u32, Tick) -> Finished,
    ) -> Result<Verdict, Error> {
        let series = series_of(engine, &self.scope, self.span.period);
        let stored = Stored {
            span: &self.span,
            aggregation: self.aggregation,
            series: &series,
        };
        let mut source = Source {
            first: self
                .extent
                .map(|(first, _)| first)
                .filter(|&first| first <= self.span.today),
            is_idle: numbers.slots.is_empty(),
            ..Source::default()
        };
        if let (Aggregation::Sum, Some(values)) = (self.aggregation, self.events.values) {
            values.each_sign(|sign| source.note_value(Some(Value::Integer(sign))));
        }
        let kind = self.kind;
        stored.judge(
            engine,
            &self.name,
            source,
            |slot| numbers.of_slot(slot),
            |number, tick| value(number, tick).map(|value| of_kind(kind, value)),
        )
    }

    /// Numbers for the objects.
    pub(super) fn numbers(&self) -> Numbers<'_> {
        let mut numbers = Numbers::new(&self.slots);
        if self.is_one {
            numbers.number(0);
        }
        numbers
    }

    fn measured(&self, kept: Kept) -> Result<Gathered, Error> {
        let values = match kept {
            Kept::Count => None,
            _ => self.events.values,
        };
        self.read(|at, _, _| {
            let value = match values {
                Some(ColumnValues::Floats(values)) => {
                    self.float(values.get(at).copied().unwrap_or(f64::NAN))?
                }
                Some(integers) => self.integer(integers.integer(at), kept)?,
                None => None,
            };
            Ok(AnyTally::one(kept, value))
        })
    }

    fn distinct(&self) -> Result<Gathered, Error> {
        let mut distinct = Distinct::new(self.span.period);
        let one = AnyTally::of(None);
        let items = self.events.items.unwrap_or_default();
        let mut gathered = self.read(|at, number, tick| {
            if let Some(&item) = items.get(at)
                && item != EventColumns::NO_ITEM
            {
                distinct.add(number, item, tick);
            }
            Ok(one)
        })?;
        gathered.steps = Some(distinct.steps());
        Ok(gathered)
    }

    /// An integer as the metric takes it.
    #[inline]
    fn integer(&self, value: Option<i64>, kept: Kept) -> Result<Option<Value>, Error> {
        match value {
            // A mean is rounded whatever it is made of.
            Some(integer) if kept == Kept::Mean => {
                Ok(Some(Value::Float(Value::Integer(integer).as_f64())))
            }
            Some(integer) if self.kind == ValueKind::Float => {
                Ok(Some(Value::Float(exact_float(integer)?)))
            }
            _ => Ok(value.map(Value::Integer)),
        }
    }

    /// A float as the metric takes it; NaN is null.
    #[inline]
    fn float(&self, float: f64) -> Result<Option<Value>, Error> {
        match self.kind {
            ValueKind::Float if float.is_finite() => Ok(Some(Value::Float(float))),
            ValueKind::Integer if let Some(integer) = exact_integer(float) => {
                Ok(Some(Value::Integer(integer)))
            }
            _ => self.odd_float(float),
        }
    }

    #[cold]
    fn odd_float(&self, float: f64) -> Result<Option<Value>, Error> {
        if float.is_nan() {
            return Ok(None);
        }
        Err(if float.is_infinite() {
            ModelFault::NotFinite(float)
        } else if float.fract() == 0.0 {
            ModelFault::IntegerOutside(FloatText(float).to_string())
        } else {
            ModelFault::Kind {
                metric: self.name.clone(),
                kind: self.kind,
                value: Value::Float(float),
            }
        }
        .into())
    }

    pub(super) fn writer<'e>(
        &self,
        engine: &'e mut Engine,
        verdict: Verdict,
        report: TrackReport,
    ) -> Writer<'e> {
        let about = (self.metric, self.kind, self.aggregation);
        Writer::new(engine, about, self.span, verdict, report)
    }

    /// Reads all events. `tally` is called with the place of each that has a date and an object, and with
    /// the number of the object.
    #[inline]
    fn read(
        &self,
        mut tally: impl FnMut(usize, u32, Tick) -> Result<AnyTally, Error>,
    ) -> Result<Gathered, Error> {
        let mut report = TrackReport::default();
        let mut objects = Objects::new(self);
        let days = self.events.each_day();
        for (at, &tick) in days.iter().enumerate() {
            let handle = match self.events.objects {
                Some(column) => column.get(at).map_or(usize::MAX, |&handle| handle as usize),
                None => 0,
            };
            // A day up to today has a place only if an event of that day is dated.
            if tick <= self.span.today
                && let Some((number, held)) = objects.place(handle, tick)
            {
                held.merge(&tally(at, number, tick)?);
                continue;
            }
            if tick == EventColumns::UNDATED {
                report.undated += 1;
                continue;
            }
            if tick > self.span.today {
                report.future += 1;
                continue;
            }
            let number = objects.number(handle);
            let Some(days) = objects.list.get_mut(number as usize) else {
                report.no_object += 1;
                continue;
            };
            days.add(tick, &tally(at, number, tick)?);
        }
        report.events = days.len() as u64;
        Ok(Gathered {
            slots: objects.slots(),
            days: objects.list,
            steps: None,
            report,
        })
    }
}
