//! What is stored: an integer or a float.

use std::fmt;
use std::str::FromStr;

use super::ModelFault;
use crate::Error;

/// What the values of a metric are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum ValueKind {
    /// 64-bit integers.
    #[default]
    Integer,
    /// 64-bit floats, finite.
    Float,
}

impl ValueKind {
    /// The text `integer` or `float`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Float => "float",
        }
    }
}

impl FromStr for ValueKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "integer" => Ok(Self::Integer),
            "float" => Ok(Self::Float),
            _ => Err(Error::new(
                crate::ErrorCode::InvalidValue,
                format!("'{text}' is not a kind: use integer or float"),
            )),
        }
    }
}

impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A value whose kind is known only at run time.
///
/// # Example: both kinds
///
/// ```
/// use trackstats::{Value, ValueKind};
///
/// assert_eq!((Value::from(3).kind(), Value::from(3.0).kind()), (ValueKind::Integer, ValueKind::Float));
/// assert_eq!(Value::Integer(3).as_f64(), 3.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A value of an integer metric.
    Integer(i64),
    /// A value of a float metric.
    Float(f64),
}

impl Value {
    /// The value as a float; an integer beyond 2^53 is rounded to the nearest.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "said in the description")]
    pub const fn as_f64(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    /// The value if it is an integer.
    #[must_use]
    pub const fn as_i64(self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(value),
            Self::Float(_) => None,
        }
    }

    /// Zero of a kind.
    pub(crate) const fn zero(kind: ValueKind) -> Self {
        match kind {
            ValueKind::Integer => Self::Integer(0),
            ValueKind::Float => Self::Float(0.0),
        }
    }

    /// What the value is.
    #[must_use]
    pub const fn kind(self) -> ValueKind {
        match self {
            Self::Integer(_) => ValueKind::Integer,
            Self::Float(_) => ValueKind::Float,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => fmt::Display::fmt(value, f),
            Self::Float(value) => fmt::Display::fmt(value, f),
        }
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

/// The Rust type of a metric's values: `i64`, `f64`, or [`Value`] where it is known only at run
/// time. Sealed.
pub trait MetricValue: Copy + fmt::Debug + PartialEq + sealed::MetricValue + 'static {}

impl MetricValue for i64 {}
impl MetricValue for f64 {}
impl MetricValue for Value {}

pub(crate) mod sealed {
    use super::{Value, ValueKind};

    pub trait MetricValue: Sized {
        /// The kind of the metric; none where it is known only at run time.
        const KIND: Option<ValueKind>;

        fn to_value(self) -> Value;

        /// The typed value. The store answers a typed question with values of that type only.
        fn of_value(value: Value) -> Self;

        /// A typed slice of stored integers, if that is what the type is.
        fn of_integers(_: &[i64]) -> Option<&[Self]> {
            None
        }

        /// A typed slice of stored floats, if that is what the type is.
        fn of_floats(_: &[f64]) -> Option<&[Self]> {
            None
        }
    }

    impl MetricValue for i64 {
        const KIND: Option<ValueKind> = Some(ValueKind::Integer);

        #[inline]
        fn to_value(self) -> Value {
            Value::Integer(self)
        }

        #[inline]
        #[expect(clippy::cast_possible_truncation, reason = "floats do not get here")]
        fn of_value(value: Value) -> Self {
            match value {
                Value::Integer(value) => value,
                Value::Float(value) => value as Self,
            }
        }

        #[inline]
        fn of_integers(values: &[i64]) -> Option<&[Self]> {
            Some(values)
        }
    }

    impl MetricValue for f64 {
        const KIND: Option<ValueKind> = Some(ValueKind::Float);

        #[inline]
        fn to_value(self) -> Value {
            Value::Float(self)
        }

        #[inline]
        fn of_value(value: Value) -> Self {
            value.as_f64()
        }

        #[inline]
        fn of_floats(values: &[f64]) -> Option<&[Self]> {
            Some(values)
        }
    }

    impl MetricValue for Value {
        const KIND: Option<ValueKind> = None;

        #[inline]
        fn to_value(self) -> Value {
            self
        }

        #[inline]
        fn of_value(value: Value) -> Self {
            value
        }
    }
}

/// The value of a statistic that is known to be missing.
///
/// # Example: missing is not zero
///
/// ```
/// use trackstats::{Null, Period, Store, stats};
///
/// stats! { weather { rain: f64 } }
///
/// let mut store = Store::in_memory();
/// store.record(weather::RAIN, Period::Day, "2026-11-23", Null)?;
/// assert_eq!(store.value(weather::RAIN, Period::Day, "2026-11-23")?, Some(None));
/// assert_eq!(store.value(weather::RAIN, Period::Day, "2026-11-24")?, None);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Null;

/// What can be recorded in a metric whose values are `V`: numbers that need no rounding, an `Option`
/// of them, and [`Null`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be recorded in a metric of `{V}`",
    label = "this metric holds `{V}`",
    note = "nothing is rounded: a metric of `f64` takes floats and integers of up to 32 bits, and one of \
            `i64` takes integers; `: f64` in `stats!` declares one for fractions"
)]
pub trait IntoValue<V> {
    /// The value, or none for null.
    ///
    /// # Errors
    ///
    /// `invalid_value` when an integer does not fit, or a float is not finite.
    fn into_value(self) -> Result<Option<V>, Error>;
}

impl<V> IntoValue<V> for Null {
    fn into_value(self) -> Result<Option<V>, Error> {
        Ok(None)
    }
}

impl<V, T: IntoValue<V>> IntoValue<V> for Option<T> {
    #[inline]
    fn into_value(self) -> Result<Option<V>, Error> {
        self.map_or(Ok(None), T::into_value)
    }
}

impl IntoValue<f64> for f64 {
    #[inline]
    fn into_value(self) -> Result<Option<f64>, Error> {
        if self.is_finite() {
            Ok(Some(self))
        } else {
            Err(ModelFault::NotFinite(self).into())
        }
    }
}

impl IntoValue<f64> for f32 {
    fn into_value(self) -> Result<Option<f64>, Error> {
        f64::from(self).into_value()
    }
}

impl IntoValue<Self> for Value {
    #[inline]
    fn into_value(self) -> Result<Option<Self>, Error> {
        match self {
            Self::Integer(_) => Ok(Some(self)),
            Self::Float(value) => value.into_value(),
        }
    }
}

impl IntoValue<Value> for f64 {
    fn into_value(self) -> Result<Option<Value>, Error> {
        let value: Option<Self> = self.into_value()?;
        Ok(value.map(Value::Float))
    }
}

impl IntoValue<Value> for f32 {
    fn into_value(self) -> Result<Option<Value>, Error> {
        f64::from(self).into_value()
    }
}

macro_rules! integers {
    ($($number:ty)*) => {$(
        impl IntoValue<i64> for $number {
            #[inline]
            #[allow(
                clippy::allow_attributes,
                clippy::useless_conversion,
                irrefutable_let_patterns,
                reason = "one of the types is i64 itself, and some conversions cannot fail"
            )]
            fn into_value(self) -> Result<Option<i64>, Error> {
                match i64::try_from(self) {
                    Ok(value) => Ok(Some(value)),
                    Err(_) => Err(ModelFault::IntegerOutside(self.to_string()).into()),
                }
            }
        }

        impl IntoValue<Value> for $number {
            #[inline]
            fn into_value(self) -> Result<Option<Value>, Error> {
                let value: Option<i64> = self.into_value()?;
                Ok(value.map(Value::Integer))
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// So that a value may be recorded where it lies, also from an `Option` of a reference.
macro_rules! by_reference {
    ($($number:ty => $value:ty),*) => {$(
        impl IntoValue<$value> for &$number {
            #[inline]
            fn into_value(self) -> Result<Option<$value>, Error> {
                (*self).into_value()
            }
        }
    )*};
}

by_reference!(
    i32 => i64, i64 => i64, u32 => i64, u64 => i64, usize => i64, i32 => f64, u32 => f64, f32 => f64,
    f64 => f64, i32 => Value, i64 => Value, u32 => Value, u64 => Value, usize => Value, f64 => Value,
    Value => Value
);

macro_rules! exact_floats {
    ($($number:ty)*) => {$(
        impl IntoValue<f64> for $number {
            #[inline]
            fn into_value(self) -> Result<Option<f64>, Error> {
                Ok(Some(f64::from(self)))
            }
        }
    )*};
}

exact_floats!(i8 i16 i32 u8 u16 u32);

/// The float of the same value.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "the conversion is taken back to see whether it was exact"
)]
pub(crate) fn exact_float(integer: i64) -> Result<f64, ModelFault> {
    let float = integer as f64;
    // 2^63 is a float but no i64; casting it back would come out at i64::MAX.
    if float < 9_223_372_036_854_775_808.0 && float as i64 == integer {
        Ok(float)
    } else {
        Err(ModelFault::NotExact(integer))
    }
}

/// The integer of the same value, if there is one.
#[inline]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::float_cmp,
    reason = "the conversion is taken back to see whether it was exact"
)]
pub(crate) fn exact_integer(float: f64) -> Option<i64> {
    let integer = float as i64;
    // A float of 2^63 becomes i64::MAX, whose float is 2^63 again.
    (integer as f64 == float && float < 9_223_372_036_854_775_808.0).then_some(integer)
}
