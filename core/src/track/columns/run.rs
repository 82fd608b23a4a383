//! One run of a tracker over columns.

use hashbrown::HashMap;

use super::super::days::Days;
use super::super::distinct::Distinct;
use super::super::objects::Object;
use super::super::resume::Span;
use super::super::tally::{Count, Extreme, FloatSum, IntegerSum, Tally};
use super::super::write::Writer;
use super::super::{Report, TrackFault};
use super::{Aggregation, ColumnTracker, ColumnValues, EventColumns};
use crate::Error;
use crate::engine::Engine;
use crate::model::{Handle, Kind, MetricId, ModelFault, Number, SlotId, Value};
use crate::store::Store;
use crate::time::{Date, Period, Tick};

/// The number of a handle whose object had no event yet.
const NO_NUMBER: u32 = u32::MAX;

/// What a run is about.
struct Plan<'p> {
    metric: MetricId,
    kind: Kind,
    name: String,
    /// One for each handle.
    slots: Vec<SlotId>,
    /// Whether the first object is there even without events.
    is_one: bool,
    span: Span,
    events: &'p EventColumns<'p>,
    extent: Option<(Tick, Tick)>,
}

impl<V: Number> ColumnTracker<V> {
    pub(super) fn run(
        &self,
        store: &mut Store,
        handles: &[Handle<V>],
        is_one: bool,
        events: &EventColumns<'_>,
    ) -> Result<Report, Error> {
        let plan = self.plan(store, handles, is_one, events)?;
        let engine = store.engine_mut();
        match (self.aggregation, plan.kind) {
            (Aggregation::Count, _) => plan.count(engine),
            (Aggregation::Distinct, _) => plan.distinct(engine),
            (Aggregation::Sum, Kind::Integer) => plan.measure::<IntegerSum>(engine),
            (Aggregation::Sum, Kind::Float) => plan.measure::<FloatSum<false>>(engine),
            (Aggregation::Mean, Kind::Float) => plan.measure::<FloatSum<true>>(engine),
            (Aggregation::Mean, Kind::Integer) => {
                Err(TrackFault::NotFloats { metric: plan.name }.into())
            }
            (Aggregation::Minimum, _) => plan.measure::<Extreme<false>>(engine),
            (Aggregation::Maximum, _) => plan.measure::<Extreme<true>>(engine),
        }
    }

    fn plan<'p>(
        &self,
        store: &mut Store,
        handles: &[Handle<V>],
        is_one: bool,
        events: &'p EventColumns<'p>,
    ) -> Result<Plan<'p>, Error> {
        let range = match &self.range {
            Ok(range) => *range,
            Err((code, text)) => return Err(Error::new(*code, text.clone())),
        };
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
            span: Span {
                period: self.period,
                today: self.today.unwrap_or_else(|| store.today()).tick(),
                look_back: self.look_back,
                range,
                recompute: self.recompute,
            },
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
    fn count(&self, engine: &mut Engine) -> Result<Report, Error> {
        let one = Count::of(None);
        let (objects, report) = self.read(engine, |_, _, object: &mut Object<Count>, tick| {
            Ok(object.add(tick, &one, &self.span))
        })?;
        self.writer(engine, report)
            .write_tallied(&objects, &self.span)
    }

    fn measure<T: Tally>(&self, engine: &mut Engine) -> Result<Report, Error> {
        let (objects, report) = match self.events.values {
            Some(ColumnValues::Integers(values)) => {
                self.read(engine, |at, _, object: &mut Object<T>, tick| {
                    let value = values.get(at).copied().map(Value::Integer);
                    Ok(object.add(tick, &T::of(value), &self.span))
                })
            }
            Some(ColumnValues::Floats(values)) => {
                self.read(engine, |at, _, object: &mut Object<T>, tick| {
                    let value = self.float(values.get(at).copied().unwrap_or(f64::NAN))?;
                    Ok(object.add(tick, &T::of(value), &self.span))
                })
            }
            None => self.read(engine, |_, _, object: &mut Object<T>, tick| {
                Ok(object.add(tick, &T::of(None), &self.span))
            }),
        }?;
        self.writer(engine, report)
            .write_tallied(&objects, &self.span)
    }

    fn distinct(&self, engine: &mut Engine) -> Result<Report, Error> {
        let mut distinct = Distinct::new(self.span.period);
        let one = Count::of(None);
        let items = self.events.items.unwrap_or_default();
        let keep = |at: usize, number, object: &mut Object<Count>, tick| {
            let in_time = object.add(tick, &one, &self.span);
            if let (true, Some(&item)) = (in_time, items.get(at))
                && item != EventColumns::NO_ITEM
            {
                distinct.add_number(number, item, tick);
            }
            Ok(in_time)
        };
        let (objects, report) = self.read(engine, keep)?;
        self.writer(engine, report)
            .write_stepped(&objects, distinct, &self.span)
    }

    /// A float as the metric takes it; NaN is null.
    #[inline]
    fn float(&self, float: f64) -> Result<Option<Value>, ModelFault> {
        match self.kind {
            _ if float.is_nan() => Ok(None),
            _ if float.is_infinite() => Err(ModelFault::NotFinite(float)),
            Kind::Float => Ok(Some(Value::Float(float))),
            Kind::Integer => match exact_integer(float) {
                Some(integer) => Ok(Some(Value::Integer(integer))),
                None if float.fract() == 0.0 => Err(ModelFault::IntegerOutside(float.to_string())),
                None => Err(ModelFault::Kind {
                    metric: self.name.clone(),
                    kind: self.kind,
                    value: Value::Float(float),
                }),
            },
        }
    }

    fn writer<'e>(&self, engine: &'e mut Engine, report: Report) -> Writer<'e> {
        Writer {
            engine,
            metric: self.metric,
            kind: self.kind,
            period: self.span.period,
            report,
        }
    }

    /// Reads all events, and calls `keep` with each that has a date and an object.
    #[inline]
    fn read<T: Tally>(
        &self,
        engine: &Engine,
        mut keep: impl FnMut(usize, u32, &mut Object<T>, Tick) -> Result<bool, Error>,
    ) -> Result<(Vec<Object<T>>, Report), Error> {
        let mut report = Report::default();
        let mut objects = Objects::new(self, engine);
        if self.is_one {
            objects.number(0);
        }
        for (at, &tick) in self.events.days.iter().enumerate() {
            if tick == EventColumns::UNDATED {
                report.undated += 1;
                continue;
            }
            if tick > self.span.today {
                report.future += 1;
                continue;
            }
            let handle = match self.events.objects {
                Some(column) => column.get(at).map_or(usize::MAX, |&handle| handle as usize),
                None => 0,
            };
            let number = match objects.numbers.get(handle) {
                None => {
                    report.no_object += 1;
                    continue;
                }
                Some(&NO_NUMBER) => objects.number(handle),
                Some(&number) => number,
            };
            let Some(object) = objects.list.get_mut(number as usize) else {
                continue;
            };
            let in_time = keep(at, number, object, tick)?;
            if !in_time && self.span.range.is_none() {
                report.add_late(Date::from_tick(tick));
            }
        }
        report.events = self.events.days.len() as u64;
        Ok((objects.list, report))
    }
}

/// The objects of a run, in the order of their first events.
struct Objects<'p, T> {
    list: Vec<Object<T>>,
    /// The object of each handle.
    numbers: Vec<u32>,
    by_slot: HashMap<SlotId, u32>,
    plan: &'p Plan<'p>,
    engine: &'p Engine,
    /// The days that every object gets room for at once, if there are events enough to fill it.
    room: Option<(Tick, Tick)>,
}

impl<'p, T: Tally> Objects<'p, T> {
    fn new(plan: &'p Plan<'p>, engine: &'p Engine) -> Self {
        let events = plan.events.days.len();
        let each = 64 + 4 * events / plan.slots.len().max(1);
        let room = plan.extent.and_then(|(first, last)| {
            let last = last.min(plan.span.today);
            let length = usize::try_from(i64::from(last) - i64::from(first)).ok()?;
            (length < each).then_some((first, last))
        });
        Self {
            list: Vec::new(),
            numbers: vec![NO_NUMBER; plan.slots.len()],
            by_slot: HashMap::new(),
            plan,
            engine,
            room,
        }
    }

    /// The number of the object of a handle, which is new or that of another handle of the same slot.
    #[cold]
    fn number(&mut self, handle: usize) -> u32 {
        let Some(&slot) = self.plan.slots.get(handle) else {
            return NO_NUMBER;
        };
        let next = u32::try_from(self.list.len())
            .expect("a store has fewer than 2^32 slots, see its index");
        let number = *self.by_slot.entry(slot).or_insert(next);
        if number == next {
            let series = self.engine.find_series(slot, self.plan.span.period);
            let column = series.map(|series| self.engine.column(series));
            let resume = self.plan.span.resume(column);
            self.list.push(Object {
                slot,
                resume,
                first_event: None,
                days: self.days(resume),
            });
        }
        if let Some(known) = self.numbers.get_mut(handle) {
            *known = number;
        }
        number
    }

    fn days(&self, resume: Option<Tick>) -> Days<T> {
        let Some((first, last)) = self.room else {
            return Days::new();
        };
        // What came before the rows of a day tracker is late and never added.
        let resume = resume.filter(|_| self.plan.span.period == Period::Day);
        Days::covering(first.max(resume.unwrap_or(first)), last)
    }
}

/// The integer of the same value.
#[inline]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::float_cmp,
    reason = "the conversion is taken back to see whether it was exact"
)]
fn exact_integer(float: f64) -> Option<i64> {
    let integer = float as i64;
    // A float of 2^63 becomes i64::MAX, whose float is 2^63 again.
    (integer as f64 == float && float < 9_223_372_036_854_775_808.0).then_some(integer)
}
