//! What a statistic is split by.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::ModelFault;
use crate::time::Date;

/// The longest value of a dimension, in bytes.
const LONGEST: usize = 1_000;

/// The value of a dimension: a text of at most 1,000 bytes. Integers are written in decimal, so
/// that `42` and `"42"` are the same value. A `bool`, a `char`, a [`Date`] and, with the feature `uuid`, a
/// UUID are taken too, as their texts.
///
/// # Example: an integer and its text are one object
///
/// ```
/// use trackstats::DimensionValue;
///
/// assert_eq!(DimensionValue::from(42).to_string(), DimensionValue::from("42").to_string());
/// ```
#[derive(Clone, Debug)]
pub struct DimensionValue<'a>(Form<'a>);

/// Numbers are kept as numbers until they are looked up, so that passing one allocates nothing.
#[derive(Clone, Debug)]
enum Form<'a> {
    Text(Cow<'a, str>),
    Signed(i64),
    Unsigned(u64),
}

impl DimensionValue<'_> {
    /// Calls `with` with the text.
    #[inline]
    pub(crate) fn with_text<R>(&self, with: impl FnOnce(&str) -> R) -> R {
        match &self.0 {
            Form::Text(text) => with(text),
            Form::Signed(number) => with(Digits::new(number.unsigned_abs(), *number < 0).as_str()),
            Form::Unsigned(number) => with(Digits::new(*number, false).as_str()),
        }
    }

    /// The number, if it was given as one that fits.
    #[inline]
    pub(crate) fn as_integer(&self) -> Option<i64> {
        match self.0 {
            Form::Signed(number) => Some(number),
            Form::Unsigned(number) => i64::try_from(number).ok(),
            Form::Text(_) => None,
        }
    }

    /// The same value without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DimensionValue<'static> {
        DimensionValue(match self.0 {
            Form::Text(text) => Form::Text(Cow::Owned(text.into_owned())),
            Form::Signed(number) => Form::Signed(number),
            Form::Unsigned(number) => Form::Unsigned(number),
        })
    }
}

/// Values are what their texts are, so that a number equals its text.
impl PartialEq for DimensionValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.with_text(|text| other.with_text(|other| text == other))
    }
}

impl Eq for DimensionValue<'_> {}

impl Hash for DimensionValue<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.with_text(|text| text.hash(state));
    }
}

/// In the order of the texts.
impl Ord for DimensionValue<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.with_text(|text| other.with_text(|other| text.cmp(other)))
    }
}

impl PartialOrd for DimensionValue<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for DimensionValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.pad(text))
    }
}

pub(crate) fn check_value(text: &str) -> Result<(), ModelFault> {
    if text.len() > LONGEST {
        Err(ModelFault::DimensionValue(text.len()))
    } else {
        Ok(())
    }
}

/// A number in decimal, without an allocation.
pub(crate) struct Digits {
    bytes: [u8; 20],
    start: usize,
}

impl Digits {
    pub(crate) fn new(mut number: u64, negative: bool) -> Self {
        let mut bytes = [b'0'; 20];
        let mut start = bytes.len();
        for slot in bytes.iter_mut().rev() {
            *slot = b'0' + u8::try_from(number % 10).unwrap_or(0);
            number /= 10;
            start -= 1;
            if number == 0 {
                break;
            }
        }
        // The smallest i64 has 19 digits, which leaves room for its sign.
        if negative {
            start -= 1;
            bytes[start] = b'-';
        }
        Self { bytes, start }
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[self.start..]).expect("digits and a sign are ASCII")
    }
}

impl<'a> From<&'a str> for DimensionValue<'a> {
    #[inline]
    fn from(text: &'a str) -> Self {
        Self(Form::Text(Cow::Borrowed(text)))
    }
}

impl<'a> From<&'a String> for DimensionValue<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for DimensionValue<'_> {
    fn from(text: String) -> Self {
        Self(Form::Text(Cow::Owned(text)))
    }
}

impl<'a> From<Cow<'a, str>> for DimensionValue<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self(Form::Text(text))
    }
}

macro_rules! numbers {
    ($($number:ty => $form:ident),*) => {$(
        impl From<$number> for DimensionValue<'_> {
            #[inline]
            fn from(number: $number) -> Self {
                Self(Form::$form(number.into()))
            }
        }

        impl From<&$number> for DimensionValue<'_> {
            #[inline]
            fn from(number: &$number) -> Self {
                (*number).into()
            }
        }
    )*};
}

numbers!(
    i8 => Signed, i16 => Signed, i32 => Signed, i64 => Signed,
    u8 => Unsigned, u16 => Unsigned, u32 => Unsigned, u64 => Unsigned
);

/// What has a text that says all of it; it is written down when it is passed.
macro_rules! written {
    ($($type:ty),*) => {$(
        impl From<$type> for DimensionValue<'_> {
            fn from(value: $type) -> Self {
                value.to_string().into()
            }
        }

        impl From<&$type> for DimensionValue<'_> {
            fn from(value: &$type) -> Self {
                value.to_string().into()
            }
        }
    )*};
}

written!(char, i128, u128, Date);

#[cfg(feature = "uuid")]
written!(uuid::Uuid);

/// `true` or `false`.
impl From<bool> for DimensionValue<'_> {
    fn from(value: bool) -> Self {
        Self(Form::Text(Cow::Borrowed(if value {
            "true"
        } else {
            "false"
        })))
    }
}

impl From<&bool> for DimensionValue<'_> {
    fn from(value: &bool) -> Self {
        (*value).into()
    }
}

impl<'a> From<&'a DimensionValue<'_>> for DimensionValue<'a> {
    fn from(value: &'a DimensionValue<'_>) -> Self {
        match &value.0 {
            Form::Text(text) => Self(Form::Text(Cow::Borrowed(text))),
            Form::Signed(number) => Self(Form::Signed(*number)),
            Form::Unsigned(number) => Self(Form::Unsigned(*number)),
        }
    }
}

impl From<&usize> for DimensionValue<'_> {
    fn from(number: &usize) -> Self {
        (*number).into()
    }
}

impl From<usize> for DimensionValue<'_> {
    fn from(number: usize) -> Self {
        Self(Form::Unsigned(number as u64))
    }
}

impl From<isize> for DimensionValue<'_> {
    fn from(number: isize) -> Self {
        Self(Form::Signed(number as i64))
    }
}

#[cfg(test)]
mod tests {
    use super::DimensionValue;

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0, 1, -1, 42, i64::MIN, i64::MAX] {
            assert_eq!(DimensionValue::from(number).to_string(), number.to_string());
        }
        assert_eq!(
            DimensionValue::from(u64::MAX).to_string(),
            u64::MAX.to_string()
        );
        assert_eq!(
            DimensionValue::from(u128::MAX).to_string(),
            u128::MAX.to_string()
        );
    }

    #[test]
    fn what_has_a_text_is_written_as_it() {
        let date: crate::Date = "2026-11-23".parse().unwrap();
        for (value, text) in [
            (DimensionValue::from(true), "true"),
            (DimensionValue::from(&false), "false"),
            (DimensionValue::from('é'), "é"),
            (DimensionValue::from(date), "2026-11-23"),
            (DimensionValue::from(&7_u64), "7"),
            (DimensionValue::from(&DimensionValue::from(-7)), "-7"),
        ] {
            assert_eq!(value.to_string(), text);
        }
    }
}
