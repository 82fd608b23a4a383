//! The one error of the crate and its codes.
//!
//! Every floor has a small private enum of what can go wrong on it; each is a [`Fault`] and is
//! converted here into the public [`Error`]. This is the ground floor: it imports nothing.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;

/// What went wrong, as a name that does not change.
///
/// The same texts are the `code` of a `TrackstatsError` in JavaScript.
///
/// # Example: tell one failure from another
///
/// ```
/// use trackstats::{Date, ErrorCode};
///
/// let error = "2026-02-30".parse::<Date>().unwrap_err();
/// assert_eq!(error.code(), ErrorCode::InvalidDate);
/// assert_eq!(error.code().as_str(), "invalid_date");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum ErrorCode {
    /// A reference is empty, too long, or has a dot, white space or a control character.
    InvalidReference,
    /// A text is no calendar date, or a date lies outside 0001-01-01 to 9999-12-31.
    InvalidDate,
    /// A value, an option or a line of input is not acceptable.
    InvalidValue,
    /// A call at a time, or on a thing, that does not admit it: a handle of another store, a call inside
    /// a batch.
    InvalidState,
    /// An option or a key of a filter that nobody knows, or that is there without a value.
    UnknownOption,
    /// An integer lies outside ±(2^53 − 1) and JavaScript asked for a number.
    UnsafeInteger,
    /// A sum does not fit the integers of the store.
    Overflow,
    /// No metric of that name is known to the store.
    UnknownMetric,
    /// A text names no period.
    UnknownPeriod,
    /// A metric is not split by that dimension.
    UnknownDimension,
    /// A text names no time zone.
    UnknownZone,
    /// A value of one kind was given to a metric of another kind.
    KindMismatch,
    /// The store has another owner at the moment.
    InUse,
    /// The store was opened for reading only.
    ReadOnly,
    /// What others changed meanwhile made the change impossible.
    Conflict,
    /// The store was closed.
    Closed,
    /// Stored bytes are damaged.
    Corrupt,
    /// Stored bytes were written by a newer release.
    NewerVersion,
    /// The store was created in another time zone.
    ZoneMismatch,
    /// The medium has no room left.
    StorageFull,
    /// Reading or writing failed.
    Io,
    /// A part that the call needs is not to be had here.
    Unavailable,
    /// A text is no SQL statement.
    SqlSyntax,
    /// A statement is larger, deeper or longer-running than is allowed.
    SqlLimit,
    /// A statement asks for what the store does not do.
    SqlUnsupported,
    /// A statement failed while it ran.
    SqlFailed,
    /// The caller stopped the work.
    Aborted,
    /// A fault of this library.
    Internal,
}

impl ErrorCode {
    /// The code as it is written in JavaScript and in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidReference => "invalid_reference",
            Self::InvalidDate => "invalid_date",
            Self::InvalidValue => "invalid_value",
            Self::InvalidState => "invalid_state",
            Self::UnknownOption => "unknown_option",
            Self::UnsafeInteger => "unsafe_integer",
            Self::Overflow => "overflow",
            Self::UnknownMetric => "unknown_metric",
            Self::UnknownPeriod => "unknown_period",
            Self::UnknownDimension => "unknown_dimension",
            Self::UnknownZone => "unknown_zone",
            Self::KindMismatch => "kind_mismatch",
            Self::InUse => "in_use",
            Self::ReadOnly => "read_only",
            Self::Conflict => "conflict",
            Self::Closed => "closed",
            Self::Corrupt => "corrupt",
            Self::NewerVersion => "newer_version",
            Self::ZoneMismatch => "zone_mismatch",
            Self::StorageFull => "storage_full",
            Self::Io => "io",
            Self::Unavailable => "unavailable",
            Self::SqlSyntax => "sql_syntax",
            Self::SqlLimit => "sql_limit",
            Self::SqlUnsupported => "sql_unsupported",
            Self::SqlFailed => "sql_failed",
            Self::Aborted => "aborted",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The error of every fallible call: a [code](Error::code), a text for people, and the cause.
///
/// # Example: a text that names the bad value
///
/// ```
/// use trackstats::Date;
///
/// let error = "tomorrow".parse::<Date>().unwrap_err();
/// assert_eq!(error.to_string(), "'tomorrow' is not a date: write it as YYYY-MM-DD");
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    code: ErrorCode,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// The text is cut where it is too long to be read: what it names may be a name of a mebibyte.
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::of(code, cut(message.into()))
    }

    fn of(code: ErrorCode, message: String) -> Self {
        Self(Box::new(Inner {
            code,
            message,
            source: None,
        }))
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// An error of one's own, to give up a [batch](crate::Store::batch) or an import; its code is
    /// `aborted`.
    #[must_use]
    pub fn aborted(reason: impl Into<String>) -> Self {
        Self::of(ErrorCode::Aborted, reason.into())
    }

    /// For what numbers handles by itself.
    #[doc(hidden)]
    #[must_use]
    pub fn invalid_state(reason: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidState, reason)
    }

    /// What went wrong, to branch on.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }
}

/// At most 60 characters of a text that somebody passed, so that a message stays readable.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => text
            .get(..end)
            .map_or_else(String::new, |head| format!("{head}…")),
        None => text.to_owned(),
    }
}

/// The longest text of an error, in bytes.
const LONGEST: usize = 2_000;

fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        let mut end = LONGEST;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push('…');
    }
    text
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| source.as_ref() as _)
    }
}

/// What can go wrong on one floor: a text by `Display`, and a code.
#[diagnostic::on_unimplemented(
    message = "`trackstats::Error` is not made from `{Self}`",
    label = "this is not an error of the store: return a type that both become, such as \
             `Box<dyn std::error::Error>`, or `map_err` it to `trackstats::Error::aborted`"
)]
pub(crate) trait Fault: fmt::Display {
    fn code(&self) -> ErrorCode;
}

impl<F: Fault> From<F> for Error {
    fn from(fault: F) -> Self {
        Self::new(fault.code(), fault.to_string())
    }
}

/// Lets `TryFrom` conversions that cannot fail stand where fallible ones are accepted.
impl Fault for Infallible {
    fn code(&self) -> ErrorCode {
        match *self {}
    }
}
