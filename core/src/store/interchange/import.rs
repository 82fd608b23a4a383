//! Reading a file into a store.

use std::fmt;
use std::io::BufRead;
use std::ops::ControlFlow;

use super::intake::{Intake, Taken};
use super::progress::{Progress, Watch};
use super::report::ImportReport;
use super::source::{Reached, Source};
use crate::Error;
use crate::store::Store;

/// Reads statistics and what they are of into a store: from [JSON Lines](crate::JsonLines), from
/// [CSV](crate::Csv), or from a [dump of django-trackstats](crate::Django).
///
/// All of the file is taken or nothing: if a line is bad, reading fails or the caller stops it, the
/// store is as it was before. What is in the store already stays, and where the file has a value for
/// the same metric, dimensions, period and date, that of the file stands.
///
/// # Example: statistics from another program
///
/// ```
/// use trackstats::{Import, Period, Store};
///
/// let file = r#"
/// {"metric": "shopping.order_count", "title": "Number of orders sold"}
/// {"metric": "shopping.order_count", "period": "day", "date": "2026-11-22", "value": 3}
/// {"metric": "shopping.order_count", "period": "day", "date": "2026-11-23", "value": 5}
/// "#;
/// let mut store = Store::in_memory();
/// let report = Import::json_lines().read(&mut store, file.as_bytes())?;
/// assert_eq!((report.read, report.created), (3, 2));
/// assert_eq!(store.value("shopping.order_count", Period::Day, "2026-11-23")?, Some(Some(5.into())));
/// # Ok::<(), trackstats::Error>(())
/// ```
///
/// # Example: a bad line
///
/// ```
/// use trackstats::{ErrorCode, Import, Store};
///
/// let file = "\
/// metric,period,date,value
/// shopping.order_count,day,2026-11-22,3
/// shopping.order_count,day,2026-11-31,5
/// ";
/// let mut store = Store::in_memory();
/// let error = Import::csv().read(&mut store, file.as_bytes()).unwrap_err();
/// assert_eq!(error.code(), ErrorCode::InvalidDate);
/// assert!(error.to_string().starts_with("line 3: '2026-11-31' is not a date"));
/// assert!(store.is_empty());
///
/// let report = Import::csv().skip_bad_lines().read(&mut store, file.as_bytes())?;
/// assert_eq!((report.created, report.skipped), (1, 1));
/// assert_eq!(report.bad_lines[0].line, 3);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[must_use = "give it something to read"]
pub struct Import<'p, F> {
    pub(super) format: F,
    skip_bad_lines: bool,
    memory_limit: usize,
    watch: Watch<'p>,
}

/// What may be held of a file where nothing else is said: 64 MiB.
const MEMORY: usize = 64 * 1024 * 1024;

/// A format that can be read: [`JsonLines`](crate::JsonLines), [`Csv`](crate::Csv) or
/// [`Django`](crate::Django). Sealed.
pub trait ImportFormat: sealed::ImportFormat {}

pub(super) mod sealed {
    use super::Reading;

    pub trait ImportFormat: std::fmt::Debug {
        #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
        fn begin(self) -> Box<dyn Reading>;
    }
}

/// A file on its way in.
pub(super) trait Reading {
    /// Reads until the bytes end. Where the source pauses, what was begun goes on with the next call.
    fn read(&mut self, intake: &mut Intake<'_>, source: &mut Source<'_, '_>) -> Result<(), Error>;
}

/// An import of a file that comes in pieces: for hosts that have to do other things in between.
///
/// What a piece brings is in the store at once. After an error, also of the last call, the store holds what
/// came before it: have it be a copy, or [roll it back](Store::rollback_to).
#[doc(hidden)]
pub struct ImportPieces<'p> {
    reading: Box<dyn Reading>,
    taken: Taken,
    watch: Watch<'p>,
    reached: Reached,
}

impl ImportPieces<'_> {
    /// Reads the next piece; whether it is the last one is said with it.
    ///
    /// # Errors
    ///
    /// As [`Import::read`].
    pub fn read(
        &mut self,
        store: &mut Store,
        mut reader: impl BufRead,
        is_last: bool,
    ) -> Result<(), Error> {
        let mut source = Source::of(&mut reader, &mut self.watch, &mut self.reached, is_last);
        let mut intake = Intake::new(store, &mut self.taken);
        let result = source
            .begin()
            .and_then(|()| self.reading.read(&mut intake, &mut source));
        match result {
            Err(_) if source.is_paused() => Ok(()),
            Ok(()) => source.close(),
            failed => failed,
        }
    }

    /// What was read, changed and skipped.
    #[must_use]
    pub fn into_report(self) -> ImportReport {
        self.taken.report
    }
}

impl fmt::Debug for ImportPieces<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImportPieces")
            .field("reached", &self.reached)
            .finish_non_exhaustive()
    }
}

impl<'p, F: ImportFormat> Import<'p, F> {
    pub(super) fn of(format: F) -> Self {
        Self {
            format,
            skip_bad_lines: false,
            memory_limit: MEMORY,
            watch: Watch::default(),
        }
    }

    /// Skips the lines that are bad and takes the others. The report counts them and says what was
    /// wrong with the first 100.
    ///
    /// What makes the whole file unreadable is still an error: a newer version of the format, another
    /// time zone, a first row of CSV that does not name the columns, a dump that is no JSON.
    pub fn skip_bad_lines(mut self) -> Self {
        self.skip_bad_lines = true;
        self
    }

    /// How many bytes may be held of what waits for something further down in the file: in [CSV](crate::Csv)
    /// nulls of a metric of which no number has come yet, in a [dump](crate::Django) what comes before that
    /// which it names, and the names themselves. It is 64 MiB where nothing is said; what a file needs beyond
    /// it is an error with the code `invalid_value`. A line is held besides, of at most 1 MiB, and what
    /// is taken, which the store holds.
    ///
    /// # Example: a file that only waits
    ///
    /// ```
    /// use trackstats::{Import, Store};
    ///
    /// let file = "metric,period,date,value\n".to_owned()
    ///     + &"shopping.order_count,day,2026-11-23,\n".repeat(1_000);
    /// let mut store = Store::in_memory();
    /// let error = Import::csv().memory_limit(10_000).read(&mut store, file.as_bytes()).unwrap_err();
    /// assert!(error.to_string().contains("more than 10000 bytes"));
    /// assert!(Import::csv().read(&mut store, file.as_bytes()).is_ok());
    /// ```
    pub fn memory_limit(mut self, bytes: usize) -> Self {
        self.memory_limit = bytes;
        self
    }

    /// Calls back after about every 64 KiB and at the end. Answering [`ControlFlow::Break`] stops the
    /// import with the code `aborted`, which also bounds the time that a file may take.
    ///
    /// # Example: stop after a while
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use trackstats::{ErrorCode, Import, Store};
    ///
    /// let file = "metric,period,date,value\n".to_owned()
    ///     + &"shopping.order_count,day,2026-11-23,3\n".repeat(10_000);
    /// let mut store = Store::in_memory();
    /// let import = Import::csv().on_progress(|progress| {
    ///     if progress.lines > 5_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    /// });
    /// let error = import.read(&mut store, file.as_bytes()).unwrap_err();
    /// assert_eq!(error.code(), ErrorCode::Aborted);
    /// assert!(store.is_empty());
    /// ```
    pub fn on_progress(mut self, call: impl FnMut(Progress) -> ControlFlow<()> + 'p) -> Self {
        self.watch = Watch::new(call);
        self
    }

    /// Reads the file. A `File` goes into a [`BufReader`](std::io::BufReader) first.
    ///
    /// # Errors
    ///
    /// The code of what is wrong with the first bad line, with the number of the line at the start of
    /// the text: `invalid_value` when it is not of the format, and what
    /// [`record`](Store::record) answers. `newer_version` and `zone_mismatch` as the format says, `io`
    /// when reading fails, `aborted` when the caller stopped it. Nothing has changed then.
    pub fn read(self, store: &mut Store, mut reader: impl BufRead) -> Result<ImportReport, Error> {
        let mut pieces = self.in_pieces();
        store.batch(|store| pieces.read(store, &mut reader, true))?;
        Ok(pieces.into_report())
    }

    /// Begins to read a file that comes in pieces.
    #[doc(hidden)]
    pub fn in_pieces(self) -> ImportPieces<'p> {
        ImportPieces {
            reading: self.format.begin(),
            taken: Taken::new(self.skip_bad_lines, self.memory_limit),
            watch: self.watch,
            reached: Reached::default(),
        }
    }
}

impl<F: fmt::Debug> fmt::Debug for Import<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Import")
            .field("format", &self.format)
            .field("skip_bad_lines", &self.skip_bad_lines)
            .field("memory_limit", &self.memory_limit)
            .finish_non_exhaustive()
    }
}
