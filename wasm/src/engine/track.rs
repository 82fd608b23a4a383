//! Trackers, over the columns that TypeScript has made of events.

use trackstats::{
    Aggregation, ColumnTracker, ColumnValues, Date, DateRange, EventColumns, Handle, Period,
    TrackReport, Utc, Value,
};

use super::Engine;
use super::keys::Keys;
use crate::fault::Fault;
use crate::wire::{Reply, Request};

/// What a run computes.
struct Run {
    metric: String,
    tracker: ColumnTracker<Value>,
    periods: Vec<Period>,
    /// Whether each handle is an object that is left alone without events, or the only one.
    each: bool,
    handles: Vec<Handle<Value>>,
}

impl Engine {
    fn run(&self, request: &mut Request<'_>) -> Result<Run, Fault> {
        let metric = request.text();
        let count = request.count().unwrap_or(0);
        let mut periods = Vec::new();
        for _ in 0..count {
            // Whatever the number says, there are no more than were written.
            match request.one_of(&Period::ALL) {
                Some(period) => periods.push(period),
                None => break,
            }
        }
        let aggregation = request.one_of(&Aggregation::ALL);
        let aggregation = aggregation.unwrap_or(Aggregation::Count);
        let mut tracker = ColumnTracker::new(metric.as_str(), Period::Day, aggregation);
        tracker = tracker.today(Date::nearest_to_days(request.day().unwrap_or(0)));
        if let Some(days) = request.count() {
            tracker = tracker.look_back(days);
        }
        let (first, last) = (request.day(), request.day());
        if first.is_some() || last.is_some() {
            let all = DateRange::ALL;
            let first = first.map_or(all.first(), Date::nearest_to_days);
            let last = last.map_or(all.last(), Date::nearest_to_days);
            tracker = tracker.range(DateRange::new(first, last));
        }
        if request.flag() {
            tracker = tracker.recompute();
        }
        if let Some(since) = request.day() {
            tracker = tracker.since(Date::nearest_to_days(since));
        }
        let dimensions = request.count();
        if let Some(count) = dimensions {
            let mut split = Vec::new();
            for _ in 0..count {
                split.push((request.text(), request.optional_text()));
            }
            let split = split
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_deref()));
            tracker = tracker.stored_objects(split);
        }
        let mut handles = Vec::new();
        for number in request.numbers() {
            handles.push(self.handle(number)?);
        }
        Ok(Run {
            metric,
            tracker,
            periods,
            each: dimensions.is_some(),
            handles,
        })
    }

    /// Tells from when on a run needs events; nothing if it needs all.
    pub(super) fn needed(
        &mut self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        let run = self.run(request)?;
        let since = run
            .tracker
            .needed_since_in(&run.periods, &self.store, &run.handles, &Utc)?;
        reply.number(since.map_or(f64::NAN, |since| since.date.days_since_epoch().into()));
        Ok(())
    }

    /// Runs a tracker over columns, which are gone then.
    pub(super) fn track(
        &mut self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        let Run {
            metric,
            tracker,
            periods,
            each,
            mut handles,
        } = self.run(request)?;
        let mut columns = self.take_columns(request.count().unwrap_or(u32::MAX));
        if let Some(keys) = Keys::read(request) {
            handles = keys.meet(&mut self.store, &metric, &mut columns.objects)?;
        }
        let exact = columns.exact_integers();
        let mut events = if columns.lengths.is_empty() {
            EventColumns::new(&columns.days)
        } else {
            EventColumns::in_runs(&columns.days, &columns.lengths)
        };
        // Without events every column is empty, also one that is there.
        let none = columns.days.is_empty();
        if none || !columns.objects.is_empty() {
            events = events.objects(&columns.objects);
        }
        if !exact.is_empty() {
            events = events.values(ColumnValues::Nullable(&exact));
        } else if none || !columns.values.is_empty() {
            events = events.values(ColumnValues::Floats(&columns.values));
        }
        if none || !columns.items.is_empty() {
            events = events.items(&columns.items);
        }
        let reports = match handles.as_slice() {
            &[only] if !each => tracker.track_one_in(&periods, &mut self.store, only, &events),
            handles => tracker.track_each_in(&periods, &mut self.store, handles, &events),
        }?;
        reply.length(reports.len());
        for report in &reports {
            write_down(report, reply);
        }
        Ok(())
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "fewer than 2^53 events fit in memory"
)]
fn write_down(report: &TrackReport, reply: &mut Reply) {
    for count in [
        report.events,
        report.created,
        report.changed,
        report.unchanged,
        report.written(),
        report.undated,
        report.future,
        report.earlier,
        report.late,
        report.no_object,
    ] {
        reply.number(count as f64);
    }
    let oldest = report.oldest_late;
    reply.number(oldest.map_or(f64::NAN, |date| date.days_since_epoch().into()));
    reply.number(report.look_back.map_or(f64::NAN, f64::from));
    let needed = report.needed_since;
    reply.number(needed.map_or(f64::NAN, |date| date.days_since_epoch().into()));
    reply.length(report.outdated.len());
    for date in &report.outdated {
        reply.number(date.days_since_epoch().into());
    }
}
