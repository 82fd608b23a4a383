//! CSV.

mod cell;
mod read;
mod record;
mod write;

use super::export::Export;
use super::import::Import;

/// CSV, as [`Import::csv`] reads and [`Export::csv`] writes it: UTF-8, commas, quotation marks as in
/// RFC 4180, a first row that names the columns, one row a statistic. It is what spreadsheets and data
/// frames read: `pandas.read_csv(…, parse_dates=["date"])` needs nothing else.
///
/// # Columns
///
/// `metric`, `period`, `date` and `value` have to be there, in any order. Every other column is a dimension,
/// called by its name; a name that no dimension can have is an error, and so is a cell in a column
/// that the metric of the row is not split by.
///
/// | column | holds |
/// |---|---|
/// | `metric` | `shopping.order_count` |
/// | `period` | `day`, `week`, `days_28`, `month` or `lifetime`, or its seconds: 86400, 604800, 2419200, 2592000 or 0 |
/// | `date` | `2026-11-23` |
/// | `value` | digits, with a point before a fraction; an empty cell is null |
/// | a dimension | the value; an empty cell means that the row is not split by it |
///
/// The empty text as the value of a dimension is written as two quotation marks, which in a file are
/// `""""""` because of the quoting; a text that is nothing but an even number of quotation marks gets two more.
/// Numbers are written so that they read back the same; floats always with a point or an exponent. In
/// the column of an integer metric `3.0` is read as 3, because programs that know no missing
/// integers write that.
///
/// # What is lost
///
/// Domains, titles, descriptions, the kinds of metrics and what they may be split by. A metric that the
/// store does not know is registered: it holds integers if the first number in the file has digits
/// only, and floats otherwise; integers if there is no number but null. So register the metrics first,
/// or use [`JsonLines`](crate::JsonLines), which loses nothing. CSV does not show either whether the end
/// of the file was lost.
///
/// # What is taken when reading
///
/// `\n` or `\r\n`, a byte order mark, and rows that are blank or of empty cells only, which are passed over.
/// A row of another number of cells than the first is bad, and so is one of more than 1 MiB. A quotation mark
/// that is not closed makes all that follows one row.
///
/// # Spreadsheets
///
/// A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end as a formula. Names and
/// values of dimensions are written as they are, unless
/// [`for_spreadsheets`](Export::for_spreadsheets) asks for an apostrophe before such a text, which makes the
/// spreadsheet show it as a text. Reading takes the apostrophe away again, whether the file was written so
/// or not; a text that begins with an apostrophe and one of those signs itself is written with one more.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Csv {
    for_spreadsheets: bool,
}

impl Import<'_, Csv> {
    /// Reads [CSV](Csv).
    pub fn csv() -> Self {
        Self::of(Csv::default())
    }
}

impl Export<'_, Csv> {
    /// Writes [CSV](Csv), with a column for each dimension that is written.
    pub fn csv() -> Self {
        Self::of(Csv::default())
    }

    /// Makes texts that a spreadsheet would run as formulas harmless, by an apostrophe before them.
    ///
    /// # Example: a name that somebody chose
    ///
    /// ```
    /// use trackstats::{Export, Filter, Import, MetricRef, Period, Store};
    ///
    /// let mut store = Store::in_memory();
    /// let page = MetricRef::new("site.views").at("page", "=HYPERLINK(\"x.example\")");
    /// store.register_metric(&trackstats::NewMetric::new("site.views"))?;
    /// store.record(&page, Period::Day, "2026-11-23", 3)?;
    ///
    /// let mut file = Vec::new();
    /// Export::csv().for_spreadsheets().write(&store, &mut file)?;
    /// assert!(String::from_utf8_lossy(&file).contains(r#""'=HYPERLINK(""x.example"")""#));
    ///
    /// let mut copy = Store::in_memory();
    /// Import::csv().read(&mut copy, file.as_slice())?;
    /// assert_eq!(copy.statistics(&Filter::new())?, store.statistics(&Filter::new())?);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn for_spreadsheets(mut self) -> Self {
        self.format.for_spreadsheets = true;
        self
    }
}
