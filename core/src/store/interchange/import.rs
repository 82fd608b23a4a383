//! Reading a file into a store.

use std::fmt;
use std::io::BufRead;
use std::ops::ControlFlow;

use super::intake::Intake;
use super::progress::{Progress, Watch};
use super::report::ImportReport;
use super::source::Source;
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
/// assert!(error.to_string().starts_with("line 3: '2026-11-31' is no date"));
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
    watch: Watch<'p>,
}

/// A format that can be read: [`JsonLines`](crate::JsonLines), [`Csv`](crate::Csv) or
/// [`Django`](crate::Django). Sealed.
pub trait ImportFormat: sealed::ImportFormat {}

pub(super) mod sealed {
    use super::{Error, Intake, Source};

    pub trait ImportFormat: std::fmt::Debug {
        #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
        fn read(self, intake: &mut Intake<'_>, source: &mut Source<'_>) -> Result<(), Error>;
    }
}

impl<'p, F: ImportFormat> Import<'p, F> {
    pub(super) fn of(format: F) -> Self {
        Self {
            format,
            skip_bad_lines: false,
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

    /// Calls back after about every 64 KiB and at the end. Answering [`ControlFlow::Break`] stops the
    /// import with the code `aborted`.
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
        let Self {
            format,
            skip_bad_lines,
            watch,
        } = self;
        store.batch(|store| {
            let mut source = Source::open(&mut reader, watch)?;
            let mut intake = Intake::new(store, skip_bad_lines);
            format.read(&mut intake, &mut source)?;
            source.close()?;
            Ok(intake.finish())
        })
    }
}

impl<F: fmt::Debug> fmt::Debug for Import<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Import")
            .field("format", &self.format)
            .field("skip_bad_lines", &self.skip_bad_lines)
            .finish_non_exhaustive()
    }
}
