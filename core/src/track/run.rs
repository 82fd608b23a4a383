//! One run of a tracker: from what was gathered to the store.

use std::borrow::Borrow;
use std::sync::Arc;

use super::gather::{AnyGathered, Gathered, each_gathered, steps_of, value_at};
use super::reach::{Source, Stored};
use super::resume::{Span, TrackSince};
use super::tally::Tally;
use super::tracker::Tracker;
use super::write::Writer;
use super::{Aggregation, TrackFault, TrackReport};
use crate::Error;
use crate::engine::{Engine, SeriesId};
use crate::model::{
    HashMap, MetricId, MetricKey, MetricValue, SlotId, ValueKind, check_dimension_name,
    check_dimension_value,
};
use crate::store::Store;
use crate::time::{Date, Zone, start_of_day};

/// Where the value of a dimension of the split comes from.
#[derive(Clone, Copy)]
enum Place {
    /// The number of the fixed value among those of the tracker.
    Fixed(usize),
    /// The number of the dimension among those that split.
    Of(usize),
}

/// The dimensions of the split, by name.
struct Places<'t>(Vec<(&'t str, Place)>);

impl<E, V: MetricValue> Tracker<'_, E, V> {
    pub(super) fn run<B: Borrow<E>>(
        &self,
        store: &mut Store,
        events: impl Iterator<Item = Result<B, Error>>,
    ) -> Result<TrackReport, Error> {
        let mut gathered = self.gather(store)?;
        each_gathered!(&mut gathered, gathered => {
            for event in events {
                gathered.add(self, event?.borrow())?;
            }
        });
        self.settle(store, gathered)
    }

    /// What events are gathered in.
    pub(super) fn gather(&self, store: &Store) -> Result<AnyGathered, Error> {
        let zone = self.own_zone(store);
        let today = self.today(store).tick();
        self.span(store)?;
        let (kind, name) = match store.find_metric(self.metric.key())? {
            Some(metric) => {
                let info = store.engine().catalog().metric(metric);
                let found = (info.kind, info.name());
                self.places(store.engine(), Some(metric), &found.1)?;
                found
            }
            None => match self.metric.key() {
                MetricKey::Declared(declaration) => {
                    let metric = declaration.metric();
                    let name = format!("{}.{}", metric.domain.reference, metric.reference);
                    self.places(store.engine(), None, &name)?;
                    (metric.kind, name)
                }
                // One that is not there was refused above.
                MetricKey::Named(name) => (ValueKind::Integer, name.to_owned()),
            },
        };
        Ok(match (self.aggregation, kind) {
            (Aggregation::Count | Aggregation::Distinct, _) => {
                AnyGathered::Count(Gathered::new(self, kind, name, today, zone))
            }
            (Aggregation::Sum, ValueKind::Integer) => {
                AnyGathered::IntegerSum(Gathered::new(self, kind, name, today, zone))
            }
            (Aggregation::Sum, ValueKind::Float) => {
                AnyGathered::FloatSum(Gathered::new(self, kind, name, today, zone))
            }
            (Aggregation::Mean, ValueKind::Float) => {
                AnyGathered::Mean(Gathered::new(self, kind, name, today, zone))
            }
            (Aggregation::Mean, ValueKind::Integer) => {
                return Err(TrackFault::NotFloats { metric: name }.into());
            }
            (Aggregation::Minimum, _) => {
                AnyGathered::Minimum(Gathered::new(self, kind, name, today, zone))
            }
            (Aggregation::Maximum, _) => {
                AnyGathered::Maximum(Gathered::new(self, kind, name, today, zone))
            }
        })
    }

    /// Writes the rows, all of them or none.
    pub(super) fn settle(
        &self,
        store: &mut Store,
        mut gathered: AnyGathered,
    ) -> Result<TrackReport, Error> {
        store.change(
            |store| each_gathered!(&mut gathered, gathered => self.settle_in(store, gathered)),
        )
    }

    fn settle_in<T: Tally>(
        &self,
        store: &mut Store,
        gathered: &mut Gathered<T>,
    ) -> Result<TrackReport, Error> {
        let span = self.span(store)?;
        let metric = store.metric_to_write(self.metric.key())?;
        let engine = store.engine_mut();
        let info = engine.catalog().metric(metric);
        let (kind, name) = (info.kind, info.name());
        let places = self.places(engine, Some(metric), &name)?;
        let series = places.series(self, engine, metric, &span);
        let numbers: HashMap<SlotId, u32> = (0..gathered.keys.len())
            .filter_map(|object| {
                let slot = places.find_slot(self, engine, metric, gathered, object)?;
                Some((slot, u32::try_from(object).ok()?))
            })
            .collect();
        let steps = gathered
            .distinct
            .take()
            .map(super::distinct::Distinct::steps);
        let stored = Stored {
            span: &span,
            aggregation: self.aggregation,
            series: &series,
        };
        let days = &gathered.days;
        let verdict = stored.judge(
            engine,
            &name,
            Source {
                is_idle: gathered.keys.len() == 0,
                ..gathered.source
            },
            |slot| numbers.get(&slot).copied(),
            |object, tick| {
                let steps = steps.as_deref().map(|steps| steps_of(steps, object));
                let days = days.get(object as usize)?;
                let value = value_at(days, T::EMPTY, steps, span.period, tick)?;
                Some(super::held::of_kind(kind, value))
            },
        )?;
        let about = (metric, kind, self.aggregation);
        let writer = Writer::new(
            engine,
            about,
            span,
            verdict,
            std::mem::take(&mut gathered.report),
        );
        writer.write(T::EMPTY.may_overflow(), |write| {
            for (number, days) in (0_u32..).zip(&gathered.days) {
                let slot = places.add_slot(self, write.engine(), metric, gathered, number as usize);
                match steps.as_deref() {
                    Some(steps) => write.stepped(slot, days, steps_of(steps, number))?,
                    None => write.tallied(slot, days, T::EMPTY)?,
                }
            }
            if span.is_again() {
                let none = T::EMPTY.finish().flatten();
                for &(slot, series) in &series {
                    if !numbers.contains_key(&slot) {
                        write.without_events((slot, series), none)?;
                    }
                }
            }
            Ok(())
        })
    }

    /// From when on events matter; none if all do.
    pub(super) fn since_in(&self, store: &Store) -> Result<Option<TrackSince>, Error> {
        let span = self.span(store)?;
        let Some(metric) = store.find_metric(self.metric.key())? else {
            return Ok(None);
        };
        let engine = store.engine();
        let name = engine.catalog().name(metric);
        let series = self
            .places(engine, Some(metric), name)?
            .series(self, engine, metric, &span);
        let stored = Stored {
            span: &span,
            aggregation: self.aggregation,
            series: &series,
        };
        Ok(stored
            .needed(engine)
            .filter(|_| !span.recompute)
            .and_then(|needed| since_of(needed, &*self.own_zone(store))))
    }

    fn own_zone(&self, store: &Store) -> Arc<dyn Zone> {
        self.zone.clone().unwrap_or_else(|| store.shared_zone())
    }

    fn span(&self, store: &Store) -> Result<Span, Error> {
        self.chosen.span(self.period, self.today(store))
    }

    /// The dimensions of the split, checked as far as it is known what the metric is.
    fn places(
        &self,
        engine: &Engine,
        metric: Option<MetricId>,
        name: &str,
    ) -> Result<Places<'_>, Error> {
        let mut places: Vec<(&str, Place)> = Vec::new();
        for (number, (dimension, value)) in self.fixed.iter().enumerate() {
            value.with_text(check_dimension_value)?;
            places.push((dimension, Place::Fixed(number)));
        }
        for (number, (dimension, _)) in self.by.iter().enumerate() {
            places.push((dimension, Place::Of(number)));
        }
        places.sort_by_key(|&(dimension, _)| dimension);
        for (place, &(dimension, _)) in places.iter().enumerate() {
            match metric {
                Some(metric) => engine.catalog().check_dimension(metric, dimension)?,
                None => check_dimension_name(dimension)?,
            }
            if place > 0
                && places
                    .get(place - 1)
                    .is_some_and(|&(last, _)| last == dimension)
            {
                return Err(TrackFault::DimensionTwice {
                    metric: name.to_owned(),
                    name: dimension.into(),
                }
                .into());
            }
        }
        Ok(Places(places))
    }
}

/// The beginning of a date in a zone. A date that the clocks skip begins when the next one does.
pub(super) fn since_of(tick: crate::time::Tick, zone: &dyn Zone) -> Option<TrackSince> {
    let first = Date::from_tick(tick.max(Date::MIN.tick()));
    if first == Date::MIN {
        return None;
    }
    let mut date = first;
    loop {
        if let Some(instant) = start_of_day(zone, date) {
            return Some(TrackSince {
                date: first,
                instant,
            });
        }
        date = date.plus_days(1).ok()?;
    }
}

impl Places<'_> {
    fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|&(name, _)| name)
    }

    /// The series of the period that are stored of the objects that the tracker is about.
    fn series<E, V>(
        &self,
        tracker: &Tracker<'_, E, V>,
        engine: &Engine,
        metric: MetricId,
        span: &Span,
    ) -> Vec<(SlotId, SeriesId)> {
        let names: Option<Vec<_>> = self.names().map(|name| engine.find_text(name)).collect();
        let Some(split) = names.and_then(|names| engine.find_split(metric, &names)) else {
            return Vec::new();
        };
        let mut fixed = Vec::new();
        for (position, &(_, place)) in self.0.iter().enumerate() {
            let Place::Fixed(number) = place else {
                continue;
            };
            let value = tracker.fixed.get(number).map(|(_, value)| value);
            match value.and_then(|value| value.with_text(|text| engine.find_text(text))) {
                Some(text) => fixed.push((position, text)),
                None => return Vec::new(),
            }
        }
        let all = engine.split(split).series(span.period).iter().copied();
        all.filter(|&(slot, _)| {
            let values = engine.slot_values(slot);
            fixed
                .iter()
                .all(|&(position, text)| values.get(position) == Some(&text))
        })
        .collect()
    }

    /// The value of a place of an object.
    fn with_value<E, V, T, R>(
        tracker: &Tracker<'_, E, V>,
        gathered: &Gathered<T>,
        object: usize,
        place: Place,
        with: impl FnOnce(&str) -> R,
    ) -> R {
        match place {
            Place::Of(number) => with(gathered.keys.text(object, number)),
            Place::Fixed(number) => match tracker.fixed.get(number) {
                Some((_, value)) => value.with_text(with),
                None => with(""),
            },
        }
    }

    fn find_slot<E, V, T>(
        &self,
        tracker: &Tracker<'_, E, V>,
        engine: &Engine,
        metric: MetricId,
        gathered: &Gathered<T>,
        object: usize,
    ) -> Option<SlotId> {
        let names: Option<Vec<_>> = self.names().map(|name| engine.find_text(name)).collect();
        let split = engine.find_split(metric, &names?)?;
        let values: Option<Vec<_>> = self
            .0
            .iter()
            .map(|&(_, place)| {
                Self::with_value(tracker, gathered, object, place, |text| {
                    engine.find_text(text)
                })
            })
            .collect();
        engine.find_slot(split, &values?)
    }

    fn add_slot<E, V, T>(
        &self,
        tracker: &Tracker<'_, E, V>,
        engine: &mut Engine,
        metric: MetricId,
        gathered: &Gathered<T>,
        object: usize,
    ) -> SlotId {
        let names: Vec<_> = self.names().map(|name| engine.intern(name)).collect();
        let split = engine.add_split(metric, &names);
        let mut values = Vec::with_capacity(self.0.len());
        for &(_, place) in &self.0 {
            values.push(Self::with_value(tracker, gathered, object, place, |text| {
                engine.intern(text)
            }));
        }
        engine.add_slot(split, &values)
    }
}
