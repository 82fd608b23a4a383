//! The objects that a run over columns is about, with and without events.

use super::super::TrackFault;
use super::super::reach::Stored;
use super::super::resume::TrackSince;
use super::super::run::since_of;
use super::ColumnTracker;
use crate::Error;
use crate::engine::{Engine, SeriesId};
use crate::model::{Handle, MetricId, MetricValue, SlotId};
use crate::store::Store;
use crate::time::{Period, Tick, Zone};

impl<V: MetricValue> ColumnTracker<V> {
    pub(super) fn since_in(
        &self,
        periods: &[Period],
        store: &Store,
        handles: &[Handle<V>],
        zone: &dyn Zone,
    ) -> Result<Option<TrackSince>, Error> {
        let today = self.today.unwrap_or_else(|| store.today());
        let Some(metric) = store.find_metric(self.metric.key())? else {
            return Ok(None);
        };
        let scope = self.scope(store, metric, handles)?;
        let mut first = None;
        for &period in periods {
            let span = self.chosen.span(period, today)?;
            let series = series_of(store.engine(), &scope, period);
            let stored = Stored {
                span: &span,
                aggregation: self.aggregation,
                series: &series,
            };
            let needed = stored.needed(store.engine()).filter(|_| !span.recompute);
            let Some(needed) = needed else {
                return Ok(None);
            };
            first = Some(first.map_or(needed, |first: Tick| first.min(needed)));
        }
        Ok(first.and_then(|first| since_of(first, zone)))
    }

    /// The slots that a run is about.
    pub(super) fn scope(
        &self,
        store: &Store,
        metric: MetricId,
        handles: &[Handle<V>],
    ) -> Result<Vec<SlotId>, Error> {
        let engine = store.engine();
        let mut scope = Vec::with_capacity(handles.len());
        for &handle in handles {
            let slot = store.slot_of(handle)?;
            check_metric(engine, metric, slot)?;
            scope.push(slot);
        }
        if let Some(objects) = &self.objects {
            scope.extend(objects.slots(engine, metric));
        }
        scope.sort_unstable_by_key(|slot| slot.0);
        scope.dedup();
        Ok(scope)
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

/// The series of a period that are stored.
pub(super) fn series_of(
    engine: &Engine,
    slots: &[SlotId],
    period: Period,
) -> Vec<(SlotId, SeriesId)> {
    let series = slots
        .iter()
        .filter_map(|&slot| Some((slot, engine.find_series(slot, period)?)));
    series.collect()
}
