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
/// Texts are written as they are. A spreadsheet may take one that begins with `=` as a formula.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Csv {}

impl Import<'_, Csv> {
    /// Reads [CSV](Csv).
    pub fn csv() -> Self {
        Self::of(Csv {})
    }
}

impl Export<'_, Csv> {
    /// Writes [CSV](Csv), with a column for each dimension that is written.
    pub fn csv() -> Self {
        Self::of(Csv {})
    }
}
