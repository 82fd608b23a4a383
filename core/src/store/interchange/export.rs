//! Writing a store into a file.

use std::fmt;
use std::io::{self, Write};
use std::ops::ControlFlow;

use super::output::Output;
use super::progress::{Progress, Watch};
use super::walk::Walk;
use crate::model::Value;
use crate::store::narrow::Found;
use crate::store::{Filter, Store};
use crate::time::{Date, Tick};
use crate::{Error, ErrorCode};

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
    pub(super) format: F,
    filter: Choice<'p>,
    watch: Watch<'p>,
}

/// A filter of the caller, or one of our own.
#[derive(Debug)]
enum Choice<'p> {
    Of(&'p Filter),
    Own(Filter),
}

impl Choice<'_> {
    const fn get(&self) -> &Filter {
        match self {
            Self::Of(filter) => filter,
            Self::Own(filter) => filter,
        }
    }
}

/// A format that can be written: [`JsonLines`](crate::JsonLines) or [`Csv`](crate::Csv). Sealed.
pub trait ExportFormat: sealed::ExportFormat {}

pub(super) mod sealed {
    use super::Writing;

    pub trait ExportFormat: std::fmt::Debug {
        #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
        fn begin(self) -> Box<dyn Writing>;
    }
}

/// A file on its way out.
pub(super) trait Writing {
    /// Writes on, until the output is full; at the latest after some thousands of series. Answers whether
    /// that was the end.
    fn step(&mut self, chosen: &Chosen<'_>, walk: &mut Walk, output: &mut Output) -> bool;
}

/// What is to be written.
pub(super) struct Chosen<'s> {
    pub(super) store: &'s Store,
    pub(super) filter: &'s Filter,
    first: Tick,
    last: Tick,
}

/// An export that comes in pieces: for hosts that have to do other things in between. The store must not
/// change before its end.
#[doc(hidden)]
pub struct ExportPieces<'p> {
    writing: Box<dyn Writing>,
    filter: Choice<'p>,
    bounds: (Tick, Tick),
    walk: Walk,
    output: Output,
    watch: Watch<'p>,
    progress: Progress,
    is_ended: bool,
}

impl ExportPieces<'_> {
    /// The next piece, of about 64 KiB and sometimes of nothing; none after the last.
    ///
    /// # Errors
    ///
    /// `aborted` when the caller stopped it.
    pub fn next(&mut self, store: &Store) -> Result<Option<&[u8]>, Error> {
        // What was handed out before is passed on now.
        self.progress.bytes += self.output.buffer.len() as u64;
        self.progress.lines = self.output.lines;
        self.output.buffer.clear();
        if self.is_ended {
            self.watch.tell(self.progress)?;
            return Ok(None);
        }
        self.watch.pass(self.progress)?;
        let chosen = Chosen {
            store,
            filter: self.filter.get(),
            first: self.bounds.0,
            last: self.bounds.1,
        };
        self.is_ended = self.writing.step(&chosen, &mut self.walk, &mut self.output);
        Ok(Some(&self.output.buffer))
    }

    /// How many statistics were written.
    #[must_use]
    pub const fn statistics(&self) -> usize {
        self.walk.written()
    }
}

impl fmt::Debug for ExportPieces<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExportPieces")
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}

impl<'p, F: ExportFormat> Export<'p, F> {
    pub(super) fn of(format: F) -> Self {
        Self {
            format,
            filter: Choice::Own(Filter::new()),
            watch: Watch::default(),
        }
    }

    /// Writes only the statistics that the filter chooses, and only the metrics that it names.
    pub fn filter(mut self, filter: &'p Filter) -> Self {
        self.filter = Choice::Of(filter);
        self
    }

    /// The same, for a file that comes in pieces.
    #[doc(hidden)]
    pub fn of_filter(mut self, filter: Filter) -> Self {
        self.filter = Choice::Own(filter);
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
        let mut pieces = self.in_pieces()?;
        while let Some(piece) = pieces.next(store)? {
            writer.write_all(piece).map_err(failed)?;
            if pieces.is_ended {
                writer.flush().map_err(failed)?;
            }
        }
        Ok(pieces.statistics())
    }

    /// Begins to write a file that comes in pieces.
    ///
    /// # Errors
    ///
    /// `invalid_date` when the filter was given a text that is no date.
    #[doc(hidden)]
    pub fn in_pieces(self) -> Result<ExportPieces<'p>, Error> {
        let bounds = self.filter.get().check()?.ticks();
        Ok(ExportPieces {
            writing: self.format.begin(),
            filter: self.filter,
            bounds,
            walk: Walk::default(),
            output: Output::new(),
            watch: self.watch,
            progress: Progress::default(),
            is_ended: false,
        })
    }
}

impl Chosen<'_> {
    pub(super) fn count(&self, found: &Found) -> usize {
        self.store
            .engine()
            .column(found.series)
            .slice(self.first, self.last)
            .len()
    }

    /// The points of a series behind so many.
    pub(super) fn points<'a>(
        &'a self,
        found: &Found,
        behind: usize,
    ) -> impl Iterator<Item = (Date, Option<Value>)> + 'a {
        let column = self.store.engine().column(found.series);
        let points = column.slice(self.first, self.last).iter().skip(behind);
        points.map(|(tick, value)| (Date::from_tick(tick), value))
    }
}

#[cold]
fn failed(error: io::Error) -> Error {
    Error::new(ErrorCode::Io, format!("writing failed: {error}")).with_source(error)
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
