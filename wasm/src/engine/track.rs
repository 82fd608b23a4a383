//! Trackers, over events that TypeScript has made columns of.

use trackstats::{Aggregation, ColumnTracker, ColumnValues, DateRange, EventColumns, Report};

use super::Engine;
use crate::fault::Fault;
use crate::number::nearest;
use crate::wire::{Reply, Request};

impl Engine {
    /// Runs a tracker. An empty column of objects, values, exact values or items stands for none.
    pub(super) fn track(
        &mut self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        let metric = request.text();
        let period = request.period();
        let aggregation = request.one_of(&Aggregation::ALL);
        let aggregation = aggregation.unwrap_or(Aggregation::Count);
        let mut tracker = ColumnTracker::new(metric.as_str(), period, aggregation);
        // Whether each handle is an object that is left alone without events, or the only one.
        let each = request.flag();
        tracker = tracker.today(nearest(request.day().unwrap_or(0)));
        if let Some(days) = request.count() {
            tracker = tracker.look_back(days);
        }
        let (first, last) = (request.day(), request.day());
        if first.is_some() || last.is_some() {
            let all = DateRange::ALL;
            let first = first.map_or(all.first(), nearest);
            let last = last.map_or(all.last(), nearest);
            tracker = tracker.range(DateRange::new(first, last));
        }
        if request.flag() {
            tracker = tracker.recompute();
        }
        let mut handles = Vec::new();
        for number in request.numbers() {
            handles.push(self.handle(number)?);
        }
        let days = request.days();
        let objects = request.numbers();
        let values = request.integers();
        let exact = request.integers();
        let items = request.numbers();
        let mut floats = Vec::with_capacity(values.len());
        for bits in values {
            floats.push(f64::from_bits(bits.cast_unsigned()));
        }
        let mut events = EventColumns::new(&days);
        // Without events every column is empty, also one that is there.
        let none = days.is_empty();
        if none || !objects.is_empty() {
            events = events.objects(&objects);
        }
        // Where integers are given exactly, the floats say which of them are null.
        let mut integers = Vec::with_capacity(exact.len());
        for (&integer, float) in exact.iter().zip(&floats) {
            integers.push((!float.is_nan()).then_some(integer));
        }
        if !integers.is_empty() {
            events = events.values(ColumnValues::Nullable(&integers));
        } else if none || !floats.is_empty() {
            events = events.values(ColumnValues::Floats(&floats));
        }
        if none || !items.is_empty() {
            events = events.items(&items);
        }
        let report = match handles.as_slice() {
            &[only] if !each => tracker.track_one(&mut self.store, only, &events),
            handles => tracker.track_each(&mut self.store, handles, &events),
        };
        write_down(&report?, reply);
        Ok(())
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "fewer than 2^53 events fit in memory"
)]
fn write_down(report: &Report, reply: &mut Reply) {
    for count in [
        report.events,
        report.created,
        report.changed,
        report.unchanged,
        report.written(),
        report.undated,
        report.future,
        report.late,
        report.no_object,
    ] {
        reply.number(count as f64);
    }
    let oldest = report.oldest_late;
    reply.number(oldest.map_or(f64::NAN, |date| date.days_since_epoch().into()));
}
