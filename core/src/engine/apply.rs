//! How entries change the engine.

use super::cell::Cell;
use super::undo::Undo;
use super::{Applied, Engine, EngineFault, Entry, SeriesId};
use crate::model::{MetricId, ModelFault, NewDomain, NewMetric, Value, ValueKind};
use crate::time::Tick;

impl Engine {
    /// Applies one entry, or refuses it and changes nothing.
    #[inline]
    pub(crate) fn apply(&mut self, entry: Entry<'_>) -> Result<Applied, EngineFault> {
        let applied = self.carry_out(entry)?;
        // What deleted nothing is no change. Which series without statistics there are depends on more than the
        // calls that were kept, such as on those that were rolled back.
        if self.outbox.is_wanted() && !matches!(applied, Applied::Deleted(0)) {
            self.outbox.push(entry);
        }
        Ok(applied)
    }

    /// Sets one cell; as [`apply`](Engine::apply), in one piece with its caller: it is called most.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "where a module is built for size, a call each costs as much as the work"
    )]
    pub(crate) fn put(
        &mut self,
        series: SeriesId,
        tick: Tick,
        value: Option<Value>,
    ) -> Result<Applied, EngineFault> {
        let applied = self.set(series, tick, value)?;
        if self.outbox.is_wanted() {
            self.outbox.push(Entry::Set {
                series,
                tick,
                value,
            });
        }
        Ok(applied)
    }

    #[inline]
    fn carry_out(&mut self, entry: Entry<'_>) -> Result<Applied, EngineFault> {
        match entry {
            Entry::Set {
                series,
                tick,
                value,
            } => self.set(series, tick, value),
            Entry::Add {
                series,
                tick,
                amount,
            } => self.add(series, tick, amount),
            Entry::Delete {
                series,
                first,
                last,
            } => Ok(self.delete(series, first, last)),
            Entry::Domain(new) => self.put_domain(new),
            Entry::Metric(new) => self.put_metric(new).map(Applied::Metric),
        }
    }

    #[inline]
    fn set(
        &mut self,
        series: SeriesId,
        tick: Tick,
        value: Option<Value>,
    ) -> Result<Applied, EngineFault> {
        let column = &mut self.columns[series.0 as usize];
        if let Some(value) = value
            && value.kind() != column.kind()
        {
            return Err(self.wrong_kind(series, value));
        }
        let before = column.set(tick, value);
        if self.log.is_open() {
            self.log.push(Undo::Cell {
                series,
                tick,
                before,
            });
        }
        Ok(match before {
            Cell::Missing => Applied::Created,
            Cell::Held(before) if before == value => Applied::Unchanged,
            Cell::Held(_) => Applied::Changed,
        })
    }

    #[inline]
    fn add(&mut self, series: SeriesId, tick: Tick, amount: Value) -> Result<Applied, EngineFault> {
        let column = &self.columns[series.0 as usize];
        if amount.kind() != column.kind() {
            return Err(self.wrong_kind(series, amount));
        }
        match column.get(tick).plus(amount) {
            Some(sum) => self.set(series, tick, Some(sum)),
            None => Err(EngineFault::Overflow {
                metric: self.series_metric_name(series),
            }),
        }
    }

    fn delete(&mut self, series: SeriesId, first: Tick, last: Tick) -> Applied {
        if self.log.is_open() {
            for (tick, value) in self.columns[series.0 as usize].slice(first, last).iter() {
                self.log.push(Undo::Cell {
                    series,
                    tick,
                    before: Cell::Held(value),
                });
            }
        }
        Applied::Deleted(self.remove(series, first, last))
    }

    fn put_domain(&mut self, new: &NewDomain) -> Result<Applied, EngineFault> {
        let registered = self.catalog.put_domain(new)?;
        if self.log.is_open() {
            self.log.push(Undo::Registered(Box::new(registered)));
        }
        Ok(Applied::Changed)
    }

    fn put_metric(&mut self, new: &NewMetric) -> Result<MetricId, EngineFault> {
        let (domain, _) = new.check()?;
        self.check_kind_is_free(new)?;
        if !self.catalog.has_domain(domain) {
            self.put_domain(&NewDomain::new(domain))?;
        }
        let (id, registered) = self.catalog.put_metric(new)?;
        if self.log.is_open() {
            self.log.push(Undo::Registered(Box::new(registered)));
        }
        self.give_kind_to_columns(id);
        Ok(id)
    }

    /// A refused metric must not leave its domain behind, so its kind is looked at first.
    fn check_kind_is_free(&self, new: &NewMetric) -> Result<(), EngineFault> {
        let Some(id) = self.catalog.find(&new.name) else {
            return Ok(());
        };
        let stored = self.catalog.metric(id).kind;
        if new.kind.is_some_and(|kind| kind != stored) {
            return Err(ModelFault::KindChanged {
                metric: new.name.clone(),
                stored,
            }
            .into());
        }
        Ok(())
    }

    /// A registration that was rolled back may come again with another kind; its columns are empty.
    pub(super) fn give_kind_to_columns(&mut self, id: MetricId) {
        let kind: ValueKind = self.catalog.metric(id).kind;
        for series in self.index.series_of(id) {
            self.columns[series.0 as usize].set_kind_if_empty(kind);
        }
    }

    #[cold]
    fn wrong_kind(&self, series: SeriesId, value: Value) -> EngineFault {
        let kind = self.columns[series.0 as usize].kind();
        ModelFault::Kind {
            metric: self.series_metric_name(series),
            kind,
            value,
        }
        .into()
    }

    fn series_metric_name(&self, series: SeriesId) -> String {
        let (slot, _) = self.index.series_key(series);
        self.catalog.name(self.slot_metric(slot)).to_owned()
    }
}
