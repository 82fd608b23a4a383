//! JSON Lines.

mod read;
mod write;

use super::export::Export;
use super::import::Import;

/// JSON Lines, as [`Import::json_lines`] reads and [`Export::json_lines`] writes them: UTF-8, and on
/// each line one JSON object. Blank lines, a byte order mark and `\r\n` are taken when reading.
///
/// # A line that begins a file
///
/// `{"trackstats": 1, "time_zone": "Europe/Amsterdam", "statistics": 365}`
///
/// The version of the format, which is 1, the time zone that the dates are of, and how many
/// statistics follow, which shows whether the end of the file was lost. A file that another program
/// writes may do without the line or without the last two. A higher version is refused with
/// `newer_version`, a zone of another name than the store's with `zone_mismatch`, unless
/// [`any_time_zone`](Import::any_time_zone) allows it. Files may be joined: the line may come again,
/// and the numbers are added up.
///
/// # A line for a domain
///
/// `{"domain": "shopping", "title": "Shopping", "description": "What the web shop sells"}`
///
/// Registers the domain, or changes the texts that are given.
///
/// # A line for a metric
///
/// `{"metric": "shopping.sales", "title": "Sales", "description": "…", "kind": "float", "dimensions":
/// ["country", "province"]}`
///
/// Registers the metric, or changes what is given, and its domain if there is none. `kind` is `integer`
/// or `float`; a new metric for which it is not given holds integers. Without `dimensions` it may be
/// split by any.
///
/// # A line for a statistic
///
/// `{"metric": "shopping.sales", "period": "day", "date": "2026-11-23", "dimensions": {"country":
/// "NL", "province": "Utrecht"}, "value": 3.5}`
///
/// The line that [`Statistic`](crate::Statistic) has with serde. The metric has to be known to the
/// store or from a line above. `period` is `day`, `week`, `days_28`, `month` or `lifetime`, or its number
/// of seconds: 86400, 604800, 2419200, 2592000 or 0. `dimensions` is left out for a total; its values are
/// texts, or integers, which are written in decimal. `value` is a number or `null`. An integer has
/// neither point nor exponent, and is taken for a float metric if a float equals it; a float is
/// refused for an integer metric.
///
/// # What is a bad line
///
/// One that has another key, a key twice, or a key on the wrong kind of line; one of more than 1 MiB;
/// and one with a value that the store refuses.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct JsonLines {
    any_time_zone: bool,
}

impl Import<'_, JsonLines> {
    /// Reads [JSON Lines](JsonLines).
    pub fn json_lines() -> Self {
        Self::of(JsonLines::default())
    }

    /// Takes the dates of the file as they are, although they are of another time zone.
    pub fn any_time_zone(mut self) -> Self {
        self.format.any_time_zone = true;
        self
    }
}

impl Export<'_, JsonLines> {
    /// Writes [JSON Lines](JsonLines): the domains and metrics too, with those that have no statistics.
    pub fn json_lines() -> Self {
        Self::of(JsonLines::default())
    }
}
