//! One run of a tracker.

use std::borrow::Borrow;
use std::sync::Arc;

use super::dating::Dating;
use super::distinct::{Distinct, Items};
use super::objects::{Object, Objects, Place};
use super::resume::{Since, Span};
use super::tally::{Count, Extreme, FloatSum, IntegerSum, Tally};
use super::tracker::Tracker;
use super::write::Writer;
use super::{Aggregation, Report, TrackFault};
use crate::Error;
use crate::engine::{Engine, SplitId};
use crate::model::{Kind, MetricId, ModelFault, Number, Value, check_dimension_value, exact_float};
use crate::store::Store;
use crate::time::{Date, Tick, Zone, first_instant};

/// What a run is about, found before it reads anything.
struct Plan<'t, E> {
    metric: MetricId,
    kind: Kind,
    name: String,
    split: SplitId,
    places: Vec<Place<'t, E>>,
    span: Span,
    zone: Arc<dyn Zone>,
}

impl<E, V: Number> Tracker<'_, E, V> {
    pub(super) fn run<B: Borrow<E>>(
        &self,
        store: &mut Store,
        events: impl Iterator<Item = Result<B, Error>>,
    ) -> Result<Report, Error> {
        store.change(|store| self.run_in(store, events))
    }

    fn run_in<B: Borrow<E>>(
        &self,
        store: &mut Store,
        events: impl Iterator<Item = Result<B, Error>>,
    ) -> Result<Report, Error> {
        let plan = self.plan(store)?;
        let engine = store.engine_mut();
        match (self.aggregation, plan.kind) {
            (Aggregation::Count, _) => self.tally::<Count, B>(engine, plan, events),
            (Aggregation::Distinct, _) => self.distinct(engine, plan, events),
            (Aggregation::Sum, Kind::Integer) => self.tally::<IntegerSum, B>(engine, plan, events),
            (Aggregation::Sum, Kind::Float) => {
                self.tally::<FloatSum<false>, B>(engine, plan, events)
            }
            (Aggregation::Mean, Kind::Float) => {
                self.tally::<FloatSum<true>, B>(engine, plan, events)
            }
            (Aggregation::Mean, Kind::Integer) => {
                Err(TrackFault::NotFloats { metric: plan.name }.into())
            }
            (Aggregation::Minimum, _) => self.tally::<Extreme<false>, B>(engine, plan, events),
            (Aggregation::Maximum, _) => self.tally::<Extreme<true>, B>(engine, plan, events),
        }
    }

    /// From when on events matter; none if all do.
    pub(super) fn since(&self, store: &mut Store) -> Result<Option<Since>, Error> {
        let plan = store.change(|store| self.plan(store))?;
        let engine = store.engine_mut();
        let objects: Objects<'_, E, Count> =
            Objects::new(engine, plan.split, plan.places, &plan.span);
        let series = objects
            .list
            .first()
            .and_then(|whole| engine.find_series(whole.slot, plan.span.period));
        let column = series.map(|series| engine.column(series));
        let Some(first) = plan.span.since(column, !self.by.is_empty()) else {
            return Ok(None);
        };
        // A date that the clocks skip begins when the next one does.
        let mut date = Date::from_tick(first);
        loop {
            if let Some(instant) = first_instant(&*plan.zone, date) {
                return Ok(Some(Since {
                    date: Date::from_tick(first),
                    instant,
                }));
            }
            match date.plus_days(1) {
                Ok(next) => date = next,
                Err(_) => return Ok(None),
            }
        }
    }

    fn plan(&self, store: &mut Store) -> Result<Plan<'_, E>, Error> {
        let zone = self.zone.clone().unwrap_or_else(|| store.shared_zone());
        let span = self.chosen.span(self.period, self.today(store))?;
        let metric = store.metric_to_write(self.metric.key())?;
        let engine = store.engine_mut();
        let info = engine.catalog().metric(metric);
        let (kind, name) = (info.kind, info.name());

        let mut places: Vec<(&str, Place<'_, E>)> = Vec::new();
        for (dimension, value) in &self.fixed {
            value.with_text(check_dimension_value)?;
            let value = value.with_text(|text| engine.intern(text));
            places.push((dimension, Place::Fixed(value)));
        }
        for (dimension, value) in &self.by {
            places.push((dimension, Place::Of(&**value)));
        }
        places.sort_by_key(|&(dimension, _)| dimension);
        let mut names = Vec::with_capacity(places.len());
        for &(dimension, _) in &places {
            engine.catalog().check_dimension(metric, dimension)?;
            let text = engine.intern(dimension);
            if names.last() == Some(&text) {
                return Err(TrackFault::DimensionTwice {
                    metric: name,
                    name: dimension.into(),
                }
                .into());
            }
            names.push(text);
        }
        Ok(Plan {
            metric,
            kind,
            name,
            split: engine.add_split(metric, &names),
            places: places.into_iter().map(|(_, place)| place).collect(),
            span,
            zone,
        })
    }

    /// Reads all events, and calls `keep` with each that has a date and an object.
    fn read<T: Tally, B: Borrow<E>>(
        &self,
        engine: &mut Engine,
        plan: Plan<'_, E>,
        events: impl Iterator<Item = Result<B, Error>>,
        mut keep: impl FnMut(&E, u32, &mut Object<T>, Tick) -> Result<bool, Error>,
    ) -> Result<(Vec<Object<T>>, Report), Error> {
        let mut report = Report::default();
        let mut dating = Dating::new(&*plan.zone);
        let mut objects = Objects::new(engine, plan.split, plan.places, &plan.span);
        for event in events {
            let event = event?;
            let event = event.borrow();
            if !self.filters.iter().all(|test| test(event)) {
                continue;
            }
            report.events += 1;
            let Some(moment) = (self.at)(event)? else {
                report.undated += 1;
                continue;
            };
            let date = dating.date(moment);
            if date.tick() > plan.span.today {
                report.future += 1;
                continue;
            }
            let Some(number) = objects.locate(engine, event, &plan.span)? else {
                report.no_object += 1;
                continue;
            };
            let Some(object) = objects.list.get_mut(number as usize) else {
                continue;
            };
            let in_time = keep(event, number, object, date.tick())?;
            if !in_time && plan.span.range.is_none() {
                report.add_late(date, 1);
            }
        }
        Ok((objects.list, report))
    }

    fn tally<T: Tally, B: Borrow<E>>(
        &self,
        engine: &mut Engine,
        plan: Plan<'_, E>,
        events: impl Iterator<Item = Result<B, Error>>,
    ) -> Result<Report, Error> {
        let Plan { span, kind, .. } = plan;
        let name = plan.name.clone();
        let one = T::of(None);
        let keep = |event: &E, _, object: &mut Object<T>, tick| match &self.measure {
            None => Ok(object.add(tick, &one, &span)),
            Some(measure) => {
                let value = measure(event)?;
                let value = fit(value, kind, self.aggregation, &name)?;
                Ok(object.add(tick, &T::of(value), &span))
            }
        };
        let metric = plan.metric;
        let (objects, report) = self.read::<T, B>(engine, plan, events, keep)?;
        let write = Writer::new(engine, metric, kind, span.period, report);
        write.write_tallied(&objects, T::EMPTY, &span)
    }

    fn distinct<B: Borrow<E>>(
        &self,
        engine: &mut Engine,
        plan: Plan<'_, E>,
        events: impl Iterator<Item = Result<B, Error>>,
    ) -> Result<Report, Error> {
        let Plan {
            span, kind, metric, ..
        } = plan;
        let mut distinct = Distinct::new(span.period);
        let mut items = Items::default();
        let one = Count::of(None);
        let keep = |event: &E, number, object: &mut Object<Count>, tick| {
            let in_time = object.add(tick, &one, &span);
            if let (true, Some(item)) = (in_time, &self.item)
                && let super::By(Some(item)) = item(event)
            {
                distinct.add(number, items.number(&item), tick);
            }
            Ok(in_time)
        };
        let (objects, report) = self.read::<Count, B>(engine, plan, events, keep)?;
        let write = Writer::new(engine, metric, kind, span.period, report);
        write.write_stepped(&objects, distinct, &span)
    }
}

/// A value as the metric takes it: nothing is rounded, but for a mean, which takes both kinds.
fn fit(
    value: Option<Value>,
    kind: Kind,
    aggregation: Aggregation,
    metric: &str,
) -> Result<Option<Value>, ModelFault> {
    if aggregation == Aggregation::Mean {
        return Ok(value);
    }
    match value {
        Some(value @ Value::Float(_)) if kind == Kind::Integer => Err(ModelFault::Kind {
            metric: metric.to_owned(),
            kind,
            value,
        }),
        Some(Value::Integer(integer)) if kind == Kind::Float => {
            exact_float(integer).map(|float| Some(Value::Float(float)))
        }
        _ => Ok(value),
    }
}
