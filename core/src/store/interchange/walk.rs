//! Going over what is to be written, so that one can stop anywhere and go on.

use std::ops::ControlFlow;
use std::vec;

use super::export::Chosen;
use super::output::Output;
use crate::model::{MetricId, Value};
use crate::store::narrow::Found;
use crate::time::Date;

/// After so many series of which nothing is written there is a pause.
const SERIES: usize = 4096;

/// A place among the series that were chosen.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The metrics to come; none before the start.
    metrics: Option<vec::IntoIter<MetricId>>,
    /// The series of the present metric to come: one metric at a time, because the list of the series of all
    /// may be long.
    series: vec::IntoIter<Found>,
    /// The present series, and how many of its points have been written.
    present: Option<(Found, usize)>,
    written: usize,
}

/// How the points of a series are written.
pub(super) trait Rows {
    /// Is told the series before its first point, and again after a pause. All rows of a series differ in the
    /// date and the value only.
    fn begin(&mut self, chosen: &Chosen<'_>, found: &Found);

    fn write(&self, out: &mut Vec<u8>, date: Date, value: Option<Value>);
}

impl Walk {
    /// How many points were written in all.
    pub(super) const fn written(&self) -> usize {
        self.written
    }

    /// The next series that has something to be written; none at the end, after which it begins anew.
    fn next(&mut self, chosen: &Chosen<'_>) -> Option<Found> {
        let metrics = self
            .metrics
            .get_or_insert_with(|| chosen.store.find_metrics(chosen.filter).into_iter());
        loop {
            for found in self.series.by_ref() {
                if chosen.count(&found) > 0 {
                    return Some(found);
                }
            }
            let Some(metric) = metrics.next() else {
                self.metrics = None;
                return None;
            };
            self.series = chosen
                .store
                .find_in_metric(chosen.filter, metric)
                .into_iter();
        }
    }

    /// Looks at some thousands of series. Answers whether those were the last.
    pub(super) fn look(&mut self, chosen: &Chosen<'_>, mut with: impl FnMut(&Found)) -> bool {
        for _ in 0..SERIES {
            match self.next(chosen) {
                Some(found) => with(&found),
                None => return true,
            }
        }
        false
    }

    /// Writes points until the output is full. Answers whether those were the last.
    pub(super) fn write(
        &mut self,
        chosen: &Chosen<'_>,
        output: &mut Output,
        rows: &mut impl Rows,
    ) -> bool {
        while !output.is_full() {
            let present = self.present.take();
            let Some((found, behind)) = present.or_else(|| Some((self.next(chosen)?, 0))) else {
                return true;
            };
            rows.begin(chosen, &found);
            let mut count = 0;
            let paused = chosen.points(&found, behind).try_for_each(|(date, value)| {
                rows.write(&mut output.buffer, date, value);
                output.end_line();
                count += 1;
                if output.is_full() {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            self.written += count;
            if paused.is_break() {
                self.present = Some((found, behind + count));
            }
        }
        false
    }
}
