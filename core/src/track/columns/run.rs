//! One run of a tracker over columns.

use super::super::days::Days;
use super::super::distinct::Distinct;
use super::super::objects::Object;
use super::super::resume::Span;
use super::super::tally::Tally as _;
use super::super::write::Writer;
use super::super::{Report, TrackFault};
use super::count::Counted;
use super::objects::{Numbers, Objects};
use super::tally::{AnyTally, Kept};
use super::{Aggregation, ColumnTracker, ColumnValues, EventColumns};
use crate::Error;
use crate::engine::Engine;
use crate::model::{
    FloatText, Handle, Kind, MetricId, ModelFault, Number, SlotId, Value, exact_float,
    exact_integer,
};
use crate::store::Store;
use crate::time::{Date, Period, Tick};

/// What a run is about.
pub(super) struct Plan<'p> {
    metric: MetricId,
    kind: Kind,
    name: String,
    /// One for each handle.
    pub(super) slots: Vec<SlotId>,
    /// Whether the first object is there even without events.
    is_one: bool,
    pub(super) span: Span,
    pub(super) events: &'p EventColumns<'p>,
    /// The first and the last date of the events.
    pub(super) extent: Option<(Tick, Tick)>,
}

impl<V: Number> ColumnTracker<V> {
    pub(super) fn run(
        &self,
        store: &mut Store,
        handles: &[Handle<V>],
        is_one: bool,
        events: &EventColumns<'_>,
    ) -> Result<Report, Error> {
        store.change(|store| {
            let mut plan = self.plan(store, handles, is_one, events)?;
            plan.run(store.engine_mut(), self.aggregation, self.period, None)
        })
    }

    pub(super) fn run_in(
        &self,
        periods: &[Period],
        store: &mut Store,
        handles: &[Handle<V>],
        is_one: bool,
        events: &EventColumns<'_>,
    ) -> Result<Vec<Report>, Error> {
        let aggregation = self.aggregation;
        if aggregation == Aggregation::Count {
            // Counts always fit, so that nothing has to be taken back.
            return store.change(|store| {
                let mut plan = self.plan(store, handles, is_one, events)?;
                let counted = plan.count();
                let engine = store.engine_mut();
                let mut run = |&period| plan.run(engine, aggregation, period, counted.as_ref());
                periods.iter().map(&mut run).collect()
            });
        }
        let mut plan = self.plan(store, handles, is_one, events)?;
        store.batch(|store| {
            let mut run = |&period| plan.run(store.engine_mut(), aggregation, period, None);
            periods.iter().map(&mut run).collect()
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
            .map(|&handle| {
                let slot = store.slot_of(handle)?;
                check_metric(store.engine(), metric, slot)?;
                Ok(slot)
            })
            .collect::<Result<_, Error>>()?;
        let info = store.engine().catalog().metric(metric);
        Ok(Plan {
            metric,
            kind: info.kind,
            name: info.name(),
            slots,
            is_one,
            span,
            events,
            extent,
        })
    }
}

fn check_metric(engine: &Engine, metric: MetricId, slot: SlotId) -> Result<(), TrackFault> {
    let held = engine.slot_metric(slot);
    if held == metric {
        return Ok(());
    }
    let name = |id| engine.catalog().name(id).to_owned();
    Err(TrackFault::OtherMetric {
        metric: name(metric),
        handle: name(held),
    })
}

impl Plan<'_> {
    /// Computes the rows of a period, of what was counted if it was.
    fn run(
        &mut self,
        engine: &mut Engine,
        aggregation: Aggregation,
        period: Period,
        counted: Option<&Counted>,
    ) -> Result<Report, Error> {
        self.span.period = period;
        if let Some(counted) = counted {
            return self.write_counted(engine, counted);
        }
        let Some(kept) = Kept::of(aggregation, self.kind) else {
            let metric = self.name.clone();
            return Err(TrackFault::NotFloats { metric }.into());
        };
        if aggregation == Aggregation::Distinct {
            return self.distinct(engine);
        }
        if kept == Kept::Count
            && let Some(counted) = self.count()
        {
            return self.write_counted(engine, &counted);
        }
        self.tallied(engine, kept)
    }

    /// Numbers for the objects.
    pub(super) fn numbers(&self) -> Numbers<'_> {
        let mut numbers = Numbers::new(&self.slots);
        if self.is_one {
            numbers.number(0);
        }
        numbers
    }

    /// An object without events.
    pub(super) fn object(&self, engine: &Engine, slot: SlotId) -> Object<AnyTally> {
        let series = engine.find_series(slot, self.span.period);
        let column = series.map(|series| engine.column(series));
        Object {
            slot,
            resume: self.span.resume(column),
            days: Days::new(),
        }
    }

    fn tallied(&self, engine: &mut Engine, kept: Kept) -> Result<Report, Error> {
        let (objects, report) = self.measured(engine, kept)?;
        self.writer(engine, report)
            .write_tallied(&objects, AnyTally::none(kept), &self.span)
    }

    fn measured(
        &self,
        engine: &Engine,
        kept: Kept,
    ) -> Result<(Vec<Object<AnyTally>>, Report), Error> {
        let values = match kept {
            Kept::Count => None,
            _ => self.events.values,
        };
        self.read(engine, |at, _, _, _| {
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

    fn distinct(&self, engine: &mut Engine) -> Result<Report, Error> {
        let mut distinct = Distinct::new(self.span.period);
        let one = AnyTally::of(None);
        let items = self.events.items.unwrap_or_default();
        let (objects, report) = self.read(engine, |at, number, tick, in_time| {
            if let (true, Some(&item)) = (in_time, items.get(at))
                && item != EventColumns::NO_ITEM
            {
                distinct.add(number, item, tick);
            }
            Ok(one)
        })?;
        self.writer(engine, report)
            .write_stepped(&objects, distinct, &self.span)
    }

    /// An integer as the metric takes it.
    #[inline]
    fn integer(&self, value: Option<i64>, kept: Kept) -> Result<Option<Value>, Error> {
        match value {
            // A mean is rounded whatever it is made of.
            Some(integer) if kept == Kept::Mean => {
                Ok(Some(Value::Float(Value::Integer(integer).as_f64())))
            }
            Some(integer) if self.kind == Kind::Float => {
                Ok(Some(Value::Float(exact_float(integer)?)))
            }
            _ => Ok(value.map(Value::Integer)),
        }
    }

    /// A float as the metric takes it; NaN is null.
    #[inline]
    fn float(&self, float: f64) -> Result<Option<Value>, Error> {
        match self.kind {
            Kind::Float if float.is_finite() => Ok(Some(Value::Float(float))),
            Kind::Integer if let Some(integer) = exact_integer(float) => {
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

    pub(super) fn writer<'e>(&self, engine: &'e mut Engine, report: Report) -> Writer<'e> {
        Writer::new(engine, self.metric, self.kind, self.span.period, report)
    }

    /// Reads all events. `tally` is called with the place of each that has a date and an object, the
    /// number of the object, and whether the event is in time.
    #[inline]
    fn read(
        &self,
        engine: &Engine,
        mut tally: impl FnMut(usize, u32, Tick, bool) -> Result<AnyTally, Error>,
    ) -> Result<(Vec<Object<AnyTally>>, Report), Error> {
        let mut report = Report::default();
        let mut objects = Objects::new(self, engine);
        let days = self.events.each_day();
        for (at, &tick) in days.iter().enumerate() {
            let handle = match self.events.objects {
                Some(column) => column.get(at).map_or(usize::MAX, |&handle| handle as usize),
                None => 0,
            };
            // A day up to today has a place only if an event of that day is dated and in time.
            if tick <= self.span.today
                && let Some((number, held)) = objects.place(handle, tick)
            {
                held.merge(&tally(at, number, tick, true)?);
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
            let Some(object) = objects.list.get_mut(number as usize) else {
                report.no_object += 1;
                continue;
            };
            let in_time = object.takes(tick, &self.span);
            let tally = tally(at, number, tick, in_time)?;
            if in_time {
                object.days.add(tick, &tally);
            } else if self.span.range.is_none() {
                report.add_late(Date::from_tick(tick), 1);
            }
        }
        report.events = days.len() as u64;
        Ok((objects.list, report))
    }
}
