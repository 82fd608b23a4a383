//! A value in a statement or in its answer.

use std::fmt;

use crate::model::Value;
use crate::time::{Date, Period};

/// A value that is bound to a parameter, or that a statement returned.
///
/// Whatever a statement computes that is none of the other kinds comes as text.
///
/// # Example: what can be bound
///
/// ```
/// use trackstats::{Date, SqlValue, params};
///
/// let day: Date = "2026-11-23".parse()?;
/// let bound = params!["order_count", day, 3, 0.5, None::<i64>];
/// assert_eq!(bound[1], SqlValue::Date(day));
/// assert_eq!(bound[4], SqlValue::Null);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SqlValue {
    /// A null.
    Null,
    /// True or false.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A float.
    Float(f64),
    /// A text.
    Text(String),
    /// A calendar day.
    Date(Date),
}

impl SqlValue {
    /// Whether it is null.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The integer, if it is one.
    #[must_use]
    pub const fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// The number as a float, if it is a number; an integer beyond 2^53 is rounded to the nearest.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "said in the description")]
    pub const fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The date, if it is one.
    #[must_use]
    pub const fn as_date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// What kind of value it is, in words.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a truth value",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Text(_) => "a text",
            Self::Date(_) => "a date",
        }
    }
}

/// Null is written as `null`, everything else as it is.
impl fmt::Display for SqlValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.pad("null"),
            Self::Boolean(value) => fmt::Display::fmt(value, f),
            Self::Integer(value) => fmt::Display::fmt(value, f),
            Self::Float(value) => fmt::Display::fmt(value, f),
            Self::Text(text) => f.pad(text),
            Self::Date(date) => fmt::Display::fmt(date, f),
        }
    }
}

macro_rules! from {
    ($($source:ty, $value:ident => $form:expr;)*) => {$(
        impl From<$source> for SqlValue {
            fn from($value: $source) -> Self {
                $form
            }
        }
    )*};
}

from! {
    bool, value => Self::Boolean(value);
    i8, value => Self::Integer(value.into());
    i16, value => Self::Integer(value.into());
    i32, value => Self::Integer(value.into());
    i64, value => Self::Integer(value);
    u8, value => Self::Integer(value.into());
    u16, value => Self::Integer(value.into());
    u32, value => Self::Integer(value.into());
    f32, value => Self::Float(value.into());
    f64, value => Self::Float(value);
    &str, text => Self::Text(text.to_owned());
    &String, text => Self::Text(text.clone());
    String, text => Self::Text(text);
    Date, date => Self::Date(date);
    Period, period => Self::Text(period.as_str().to_owned());
}

impl From<Value> for SqlValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Integer(value) => Self::Integer(value),
            Value::Float(value) => Self::Float(value),
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for SqlValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The values of the parameters `$1`, `$2` and so on, to be passed to
/// [`Store::sql_with`](crate::Store::sql_with) and [`Store::select_with`](crate::Store::select_with).
///
/// # Example: a name that somebody typed in
///
/// ```
/// use trackstats::{Store, params};
///
/// let store = Store::in_memory();
/// let typed = "'; DELETE FROM domain; --";
/// let rows = store.select_with("SELECT title FROM domain WHERE domain = $1", &params![typed])?;
/// assert!(rows.is_empty());
/// # Ok::<(), trackstats::Error>(())
/// ```
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        [$($crate::SqlValue::from($value)),*]
    };
}
