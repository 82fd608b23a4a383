//! What can be wrong with a file.

use std::fmt;

use crate::error::{ErrorCode, Fault, shorten};

use super::line::LONGEST;

#[derive(Debug)]
pub(super) enum InterchangeFault {
    TooLong,
    NotText {
        byte: u8,
    },
    Utf16,
    /// A field of an object: its name, what is written there, and what is wrong with it.
    Field {
        name: String,
        value: String,
        why: String,
    },
    NoObject(String),
    Waiting {
        bytes: usize,
        what: &'static str,
    },
    Json {
        message: String,
        column: usize,
    },
    Cut,
    Version(u64),
    Zone {
        file: String,
        store: String,
    },
    Count {
        said: u64,
        found: u64,
    },
    Missing(&'static str),
    Misplaced {
        key: &'static str,
        line: &'static str,
    },
    Nameless,
    DimensionList,
    DimensionMap,
    Number(String),
    Outside(String),
    Column {
        number: usize,
        why: String,
    },
    ColumnTwice(String),
    ColumnMissing {
        name: &'static str,
        found: String,
    },
    NoHeader,
    Fields {
        found: usize,
        wanted: usize,
    },
    Structure {
        wanted: &'static str,
        found: Option<u8>,
    },
    UnknownDomain(String),
    UnknownMetric(String),
    UnknownContentType(String),
    ContentTypeKey(String),
    SameDimension {
        name: String,
        first: String,
        second: String,
    },
    DimensionName {
        object_type: String,
        why: String,
    },
}

impl Fault for InterchangeFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Version(_) => ErrorCode::NewerVersion,
            Self::Zone { .. } => ErrorCode::ZoneMismatch,
            Self::UnknownMetric(_) => ErrorCode::UnknownMetric,
            Self::UnknownContentType(_) | Self::ContentTypeKey(_) | Self::SameDimension { .. } => {
                ErrorCode::UnknownDimension
            }
            Self::Column { .. } | Self::DimensionName { .. } => ErrorCode::InvalidReference,
            _ => ErrorCode::InvalidValue,
        }
    }
}

impl fmt::Display for InterchangeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "longer than {LONGEST} bytes"),
            Self::NotText { byte } => write!(
                f,
                "not UTF-8, because of the byte 0x{byte:02X}: save the file in that encoding"
            ),
            Self::Utf16 => f.write_str("the file is in UTF-16: save it as UTF-8"),
            Self::Field { name, value, why } => {
                let (name, value) = (shorten(name), shorten(value));
                write!(f, "{why} (the field '{name}' is {value})")
            }
            Self::NoObject(text) => write!(
                f,
                "{} is not an object: names and values in braces are expected",
                shorten(text)
            ),
            Self::Waiting { bytes, what } => write!(
                f,
                "more than {bytes} bytes are held for {what}: put those first, or raise the \
                 memory limit"
            ),
            Self::Json { message, column: 0 } => f.write_str(message),
            Self::Json { message, column } => write!(f, "{message} at column {column}"),
            Self::Cut => f.write_str("the file ends in the middle of it"),
            Self::Version(version) => write!(
                f,
                "the file is of version {version} and this release reads version 1: use a newer release"
            ),
            Self::Zone { file, store } => write!(
                f,
                "the dates of the file are of the time zone '{file}' and those of the store of \
                 '{store}': allow any time zone if they are to be taken as they are"
            ),
            Self::Count { said, found } => write!(
                f,
                "the file says that it has {said} statistics and has {found}: it may have been cut off"
            ),
            Self::Missing(key) => write!(f, "'{key}' is missing"),
            Self::Misplaced { key, line } => write!(f, "'{key}' does not belong on a line of {line}"),
            Self::Nameless => f.write_str(
                "nothing says what the line is: it needs a 'metric', a 'domain' or a 'trackstats'",
            ),
            Self::DimensionList => f.write_str(
                "the dimensions of a metric are a list of names, such as [\"country\"]",
            ),
            Self::DimensionMap => f.write_str(
                "the dimensions of a statistic are names with values, such as {\"country\": \"NL\"}",
            ),
            Self::Number(text) => write!(
                f,
                "'{}' is not a number: write digits, with a point before the fraction, or nothing for null",
                shorten(text)
            ),
            Self::Outside(text) => write!(
                f,
                "{} cannot be stored: an integer has to be from {} to {}",
                shorten(text),
                i64::MIN,
                i64::MAX
            ),
            Self::Column { number, why } => write!(f, "column {number} is not a dimension: {why}"),
            Self::ColumnTwice(name) => write!(f, "the column '{name}' is there twice"),
            Self::ColumnMissing { name, found } => write!(
                f,
                "there is no column '{name}' among {}: metric, period, date and value are needed, with \
                 commas between them",
                shorten(found)
            ),
            Self::NoHeader => f.write_str("the file is empty: its first row has to name the columns"),
            Self::Fields { found, wanted } => {
                write!(f, "{found} fields where the first row has {wanted}")
            }
            Self::Structure { wanted, found: Some(byte) } => {
                write!(f, "{wanted} is expected and '{}' found", byte.escape_ascii())
            }
            Self::Structure { wanted, found: None } => {
                write!(f, "{wanted} is expected and the file ends: it may have been cut off")
            }
            Self::UnknownDomain(key) => not_in_dump(f, "domain", key),
            Self::UnknownMetric(key) => not_in_dump(f, "metric", key),
            Self::UnknownContentType(key) => write!(
                f,
                "the content type {key} is not in the dump: run 'manage.py dumpdata contenttypes \
                 trackstats', or name it with content_type()"
            ),
            Self::ContentTypeKey(key) => {
                write!(f, "{key} is not a content type: a number or [app, model] is expected")
            }
            Self::SameDimension { name, first, second } => write!(
                f,
                "objects of {first} and of {second} would both become the dimension '{name}': give one \
                 another name with object_type()"
            ),
            Self::DimensionName { object_type, why } => write!(
                f,
                "objects of {object_type} need another name as a dimension, given with object_type(): \
                 {why}"
            ),
        }
    }
}

fn not_in_dump(f: &mut fmt::Formatter<'_>, what: &str, key: &str) -> fmt::Result {
    write!(
        f,
        "the {what} {key} is not in the dump: dump all of trackstats, without --natural-primary"
    )
}
