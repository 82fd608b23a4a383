//! Writing a store into a file.

use std::fmt;
use std::io::Write;
use std::ops::ControlFlow;

use super::output::Output;
use super::progress::{Progress, Watch};
use crate::Error;
use crate::model::Value;
use crate::store::narrow::Found;
use crate::store::{Filter, Store};
use crate::time::{Date, Tick};

/// Writes the statistics of a store, as [JSON Lines](crate::JsonLines) or as [CSV](crate::Csv).
///
/// They come sorted by metric, period, dimensions and date. Reading the file with
/// [`Import`](crate::Import) gives the same statistics, to the last bit of a float.
///
/// # Example: what an export looks like
///
/// ```
/// use trackstats::{Export, Filter, Period, Store, stats};
///
/// stats! {
///     shopping "Shopping" {
///         sales by (country, province) "Items sold, by region",
///     }
/// }
///
/// let mut store = Store::in_memory();
/// store.record(shopping::sales("NL", "Utrecht"), Period::Day, "2026-11-22", 3)?;
/// store.record(shopping::SALES.total(), Period::Day, "2026-11-23", 8)?;
///
/// let mut file = Vec::new();
/// Export::csv().write(&store, &mut file)?;
/// assert_eq!(String::from_utf8_lossy(&file), "\
/// metric,period,date,value,country,province
/// shopping.sales,day,2026-11-23,8,,
/// shopping.sales,day,2026-11-22,3,NL,Utrecht
/// ");
///
/// let mut file = Vec::new();
/// let totals = Filter::new().totals();
/// Export::json_lines().filter(&totals).write(&store, &mut file)?;
/// assert_eq!(String::from_utf8_lossy(&file), r#"{"trackstats":1,"time_zone":"UTC","statistics":1}
/// {"domain":"shopping","title":"Shopping"}
/// {"metric":"shopping.sales","title":"Items sold, by region","kind":"integer","dimensions":["country","province"]}
/// {"metric":"shopping.sales","period":"day","date":"2026-11-23","value":8}
/// "#);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[must_use = "write it"]
pub struct Export<'p, F> {
    format: F,
    filter: Option<&'p Filter>,
    watch: Watch<'p>,
}

/// A format that can be written: [`JsonLines`](crate::JsonLines) or [`Csv`](crate::Csv). Sealed.
pub trait ExportFormat: sealed::ExportFormat {}

pub(super) mod sealed {
    use super::{Chosen, Error, Output};

    pub trait ExportFormat: std::fmt::Debug {
        #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
        fn write(self, chosen: &Chosen<'_>, output: &mut Output<'_>) -> Result<usize, Error>;
    }
}

/// What is to be written.
pub(super) struct Chosen<'s> {
    pub(super) store: &'s Store,
    pub(super) filter: &'s Filter,
    first: Tick,
    last: Tick,
}

impl<'p, F: ExportFormat> Export<'p, F> {
    pub(super) fn of(format: F) -> Self {
        Self {
            format,
            filter: None,
            watch: Watch::default(),
        }
    }

    /// Writes only the statistics that the filter chooses, and only the metrics that it names.
    pub fn filter(mut self, filter: &'p Filter) -> Self {
        self.filter = Some(filter);
        self
    }

    /// Calls back after about every 64 KiB and at the end. Answering [`ControlFlow::Break`] stops the
    /// export with the code `aborted`; what was written until then stays written.
    pub fn on_progress(mut self, call: impl FnMut(Progress) -> ControlFlow<()> + 'p) -> Self {
        self.watch = Watch::new(call);
        self
    }

    /// Writes the file, in pieces of about 64 KiB, and tells how many statistics it has.
    ///
    /// # Errors
    ///
    /// `invalid_date` when the filter was given a text that is no date, `io` when writing fails,
    /// `aborted` when the caller stopped it.
    pub fn write(self, store: &Store, mut writer: impl Write) -> Result<usize, Error> {
        let Self {
            format,
            filter,
            watch,
        } = self;
        let all = Filter::new();
        let filter = filter.unwrap_or(&all);
        let (first, last) = filter.check()?.ticks();
        let chosen = Chosen {
            store,
            filter,
            first,
            last,
        };
        let mut output = Output::open(&mut writer, watch);
        let written = format.write(&chosen, &mut output)?;
        output.close()?;
        Ok(written)
    }
}

impl Chosen<'_> {
    /// Calls `with` for each series that has something to be written.
    pub(super) fn each_series(
        &self,
        mut with: impl FnMut(&Found) -> Result<(), Error>,
    ) -> Result<(), Error> {
        // One metric at a time, because the list of the series of all may be long.
        for metric in self.store.find_metrics(self.filter) {
            for found in self.store.find_in_metric(self.filter, metric) {
                if self.count(&found) > 0 {
                    with(&found)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn count(&self, found: &Found) -> usize {
        self.store
            .engine()
            .column(found.series)
            .slice(self.first, self.last)
            .len()
    }

    pub(super) fn points<'a>(
        &'a self,
        found: &Found,
    ) -> impl Iterator<Item = (Date, Option<Value>)> + 'a {
        let column = self.store.engine().column(found.series);
        let points = column.slice(self.first, self.last).iter();
        points.map(|(tick, value)| (Date::from_tick(tick), value))
    }
}

/// Writes `YYYY-MM-DD`.
pub(super) fn write_date(out: &mut Vec<u8>, date: Date) {
    let (year, month, day) = date.parts();
    let digit = |number: i32| b'0' + u8::try_from(number % 10).unwrap_or(0);
    out.extend([
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
    ]);
    out.extend([
        b'0' + month / 10,
        b'0' + month % 10,
        b'-',
        b'0' + day / 10,
        b'0' + day % 10,
    ]);
}

impl<F: fmt::Debug> fmt::Debug for Export<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export")
            .field("format", &self.format)
            .field("filter", &self.filter)
            .finish_non_exhaustive()
    }
}
