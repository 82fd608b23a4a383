//! Statistics by a filter: listing, the newest, deleting.

use trackstats::{Filter, Period};

use super::Engine;
use crate::fault::Fault;
use crate::filter::JsFilter;
use crate::number::check;
use crate::wire::{Reply, Request};

impl Engine {
    /// The series that have statistics among those that a filter chooses.
    pub(super) fn list_series(
        &mut self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        self.before_list = self.handles.len();
        let list = self.store.list_series(&filter(request))?;
        reply.length(list.len());
        for series in list {
            let handle = self.number(series.handle);
            reply.text(&series.metric);
            reply.number(place(series.period));
            reply.pairs(&series.dimensions);
            reply.number(handle.into());
        }
        Ok(())
    }

    /// Forgets the handles of the last list, once it was read.
    pub(super) fn forget_listed(&mut self) {
        self.handles.truncate(self.before_list);
    }

    /// The statistic with the newest date; nothing if the filter chooses none.
    pub(super) fn latest_statistic(
        &self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        let Some(newest) = self.store.latest_statistic(&filter(request))? else {
            return Ok(());
        };
        let value = match newest.value {
            Some(value) => Some(check(value, self.bigint)?),
            None => None,
        };
        reply.text(&newest.metric);
        reply.number(place(newest.period));
        reply.pairs(&newest.dimensions);
        reply.number(newest.date.days_since_epoch().into());
        reply.value(value, self.bigint);
        Ok(())
    }

    /// Deletes the statistics that a filter chooses, and answers how many there were.
    pub(super) fn delete(
        &mut self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        reply.length(self.store.delete(&filter(request))?);
        Ok(())
    }

    /// Deletes the statistics that a filter chooses and that are older than so many days
    /// today.
    pub(super) fn retain_days(
        &mut self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        let filter = filter(request);
        let days = request.count().unwrap_or(u32::MAX);
        self.today.set(request.day().unwrap_or(0));
        reply.length(self.store.retain_days(&filter, days)?);
        Ok(())
    }
}

fn filter(request: &mut Request<'_>) -> Filter {
    let metrics = request.optional_texts();
    let periods = request.count().map(|length| {
        let mut periods = Vec::new();
        for _ in 0..length {
            periods.push(request.period());
        }
        periods
    });
    let filter = JsFilter {
        metrics,
        periods,
        first: request.day(),
        last: request.day(),
        objects: request.optional_pairs(),
        object_type: request.optional_text(),
        at: request.pairs(),
        split_by: request.optional_texts(),
    };
    filter.chosen()
}

/// The number of a period.
fn place(period: Period) -> f64 {
    let place = Period::ALL.iter().position(|&other| other == period);
    place.map_or(0.0, |place| f64::from(u8::try_from(place).unwrap_or(0)))
}
