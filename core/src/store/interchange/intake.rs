//! Where what was read goes into the store.

use super::fault::InterchangeFault;
use super::report::ImportReport;
use crate::Error;
use crate::engine::{Applied, TextId};
use crate::model::{
    MetricId, ModelFault, NewDomain, NewMetric, SlotId, Value, ValueKind, check_dimension_name,
    check_dimension_value,
};
use crate::store::Store;
use crate::time::{Date, Period};

/// One import on its way into the store.
pub(super) struct Intake<'s> {
    store: &'s mut Store,
    taken: &'s mut Taken,
}

/// What an import has done so far.
pub(super) struct Taken {
    pub(super) report: ImportReport,
    skip_bad_lines: bool,
    /// The bytes that are held beside the store, and how many may be.
    held: usize,
    held_for: &'static str,
    memory_limit: usize,
    last: Option<Last>,
}

impl Taken {
    pub(super) fn new(skip_bad_lines: bool, memory_limit: usize) -> Self {
        Self {
            report: ImportReport::default(),
            skip_bad_lines,
            held: 0,
            held_for: "",
            memory_limit,
            last: None,
        }
    }
}

/// The slot of the statistic before: files mostly stay at one for many lines.
struct Last {
    metric: MetricId,
    dimensions: Vec<(String, String)>,
    slot: SlotId,
}

/// Where and when a value belongs.
pub(super) struct Place<'d, T> {
    pub(super) metric: MetricId,
    /// Names and values in any order; they are sorted on the way.
    pub(super) dimensions: &'d mut [(T, T)],
    pub(super) period: Period,
    pub(super) date: Date,
}

impl<'s> Intake<'s> {
    pub(super) fn new(store: &'s mut Store, taken: &'s mut Taken) -> Self {
        Self { store, taken }
    }

    pub(super) fn report(&self) -> &ImportReport {
        &self.taken.report
    }

    /// Counts what is held until more of the file has come.
    pub(super) fn hold(&mut self, bytes: usize, what: &'static str) {
        self.taken.held = self.taken.held.saturating_add(bytes);
        self.taken.held_for = what;
    }

    /// Refuses to hold too much, which ends the import.
    pub(super) fn check_held(&self) -> Result<(), InterchangeFault> {
        if self.taken.held > self.taken.memory_limit {
            return Err(InterchangeFault::Waiting {
                bytes: self.taken.memory_limit,
                what: self.taken.held_for,
            });
        }
        Ok(())
    }

    /// Counts what is held no longer.
    pub(super) fn release(&mut self, bytes: usize) {
        self.taken.held = self.taken.held.saturating_sub(bytes);
    }

    pub(super) fn count_read(&mut self) {
        self.taken.report.read += 1;
    }

    pub(super) fn count_ignored(&mut self) {
        self.taken.report.ignored += 1;
    }

    /// Ends the import if a line was bad, or skips it on request.
    #[inline]
    pub(super) fn judge(&mut self, line: u64, result: Result<(), Error>) -> Result<(), Error> {
        match result {
            Ok(()) => Ok(()),
            Err(error) if self.taken.skip_bad_lines => {
                self.taken.report.skip(line, error);
                Ok(())
            }
            Err(error) => Err(on_line(line, &error)),
        }
    }

    pub(super) fn zone(&self) -> &str {
        self.store.zone().name()
    }

    pub(super) fn domain(&mut self, domain: &NewDomain) -> Result<(), Error> {
        self.store.put_new_domain(domain)
    }

    pub(super) fn metric(&mut self, metric: &NewMetric) -> Result<MetricId, Error> {
        // What a metric may be split by may have changed.
        self.taken.last = None;
        self.store.put_new_metric(metric)
    }

    pub(super) fn find_metric(&self, name: &str) -> Option<MetricId> {
        self.store.engine().catalog().find(name)
    }

    pub(super) fn unknown_metric(&self, name: &str) -> ModelFault {
        self.store.engine().catalog().unknown(name)
    }

    pub(super) fn kind(&self, metric: MetricId) -> ValueKind {
        self.store.engine().catalog().metric(metric).kind
    }

    /// Records a statistic. Everything is looked at before anything is numbered.
    pub(super) fn record<T: AsRef<str>>(
        &mut self,
        place: &mut Place<'_, T>,
        value: Option<Value>,
    ) -> Result<(), Error> {
        let kind = self.kind(place.metric);
        if let (ValueKind::Integer, Some(value @ Value::Float(_))) = (kind, value) {
            let metric = self.store.engine().catalog().name(place.metric).to_owned();
            return Err(ModelFault::Kind {
                metric,
                kind,
                value,
            }
            .into());
        }
        let slot = self.slot(place.metric, place.dimensions)?;
        match self
            .store
            .put::<Value>(slot, place.period, place.date, value)?
        {
            Applied::Created => self.taken.report.created += 1,
            Applied::Changed => self.taken.report.changed += 1,
            _ => self.taken.report.unchanged += 1,
        }
        Ok(())
    }

    fn slot<T: AsRef<str>>(
        &mut self,
        metric: MetricId,
        dimensions: &mut [(T, T)],
    ) -> Result<SlotId, Error> {
        dimensions.sort_unstable_by(|(left, _), (right, _)| left.as_ref().cmp(right.as_ref()));
        if let Some(last) = &self.taken.last
            && last.metric == metric
            && same(&last.dimensions, dimensions)
        {
            return Ok(last.slot);
        }
        for (at, (name, value)) in dimensions.iter().enumerate() {
            let name = name.as_ref();
            check_dimension_name(name)?;
            // What was recorded under an earlier declaration comes back too.
            let catalog = self.store.engine().catalog();
            if catalog.check_dimension(metric, name).is_err() {
                let metric = catalog.name(metric);
                self.taken.report.tell_undeclared(metric, name);
            }
            check_dimension_value(value.as_ref())?;
            if dimensions
                .get(at + 1)
                .is_some_and(|(next, _)| next.as_ref() == name)
            {
                return Err(ModelFault::DimensionTwice(name.to_owned()).into());
            }
        }
        let engine = self.store.engine_mut();
        let mut numbers = |text: &T| engine.intern(text.as_ref());
        let names: Vec<TextId> = dimensions.iter().map(|(name, _)| numbers(name)).collect();
        let values: Vec<TextId> = dimensions.iter().map(|(_, value)| numbers(value)).collect();
        let split = engine.add_split(metric, &names);
        let slot = engine.add_slot(split, &values);
        self.remember(metric, dimensions, slot);
        Ok(slot)
    }

    /// Into the buffers that are there, because in some files every line is of another series.
    fn remember<T: AsRef<str>>(&mut self, metric: MetricId, dimensions: &[(T, T)], slot: SlotId) {
        let mut kept = self
            .taken
            .last
            .take()
            .map(|last| last.dimensions)
            .unwrap_or_default();
        kept.resize_with(dimensions.len(), Default::default);
        for ((name, value), (new_name, new_value)) in kept.iter_mut().zip(dimensions) {
            copy(name, new_name.as_ref());
            copy(value, new_value.as_ref());
        }
        self.taken.last = Some(Last {
            metric,
            dimensions: kept,
            slot,
        });
    }
}

fn copy(kept: &mut String, new: &str) {
    kept.clear();
    kept.push_str(new);
}

fn same<T: AsRef<str>>(kept: &[(String, String)], new: &[(T, T)]) -> bool {
    kept.len() == new.len()
        && kept
            .iter()
            .zip(new)
            .all(|((name, value), (new_name, new_value))| {
                value == new_value.as_ref() && name == new_name.as_ref()
            })
}

/// The same error with the line in its text.
#[cold]
pub(super) fn on_line(line: u64, error: &Error) -> Error {
    Error::new(error.code(), format!("line {line}: {error}"))
}

/// The same error with the field of a dump in its text.
#[cold]
pub(super) fn in_field(name: &str, error: &Error) -> Error {
    Error::new(error.code(), format!("{error} (in the field '{name}')"))
}
