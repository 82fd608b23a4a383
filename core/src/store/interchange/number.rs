//! Numbers as files write them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, Visitor};

use super::fault::InterchangeFault;
use crate::model::{Value, ValueKind};

/// A number in JSON: an integer, or a float if it has a point or an exponent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Value(Value),
    /// An integer that does not fit. It is refused later, with the right code.
    Outside(u64),
}

impl Number {
    pub(super) fn value(self) -> Result<Value, InterchangeFault> {
        match self {
            Self::Value(value) => Ok(value),
            Self::Outside(number) => Err(InterchangeFault::Outside(number.to_string())),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numbers;

        impl Visitor<'_> for Numbers {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or null")
            }

            fn visit_i64<E>(self, number: i64) -> Result<Number, E> {
                Ok(Number::Value(Value::Integer(number)))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Number, E> {
                Ok(
                    i64::try_from(number).map_or(Number::Outside(number), |number| {
                        Number::Value(Value::Integer(number))
                    }),
                )
            }

            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Number, E> {
                if number.is_finite() {
                    Ok(Number::Value(Value::Float(number)))
                } else {
                    Err(E::custom("a float has to be finite"))
                }
            }
        }

        deserializer
            .deserialize_any(Numbers)
            .map_err(D::Error::custom)
    }
}

/// Reads a number of a metric whose kind is known.
///
/// An integer may have a fraction of zeros, because a column of integers in which one is missing is
/// a column of floats to many programs.
pub(super) fn read(text: &str, kind: ValueKind) -> Result<Value, InterchangeFault> {
    let integer = match kind {
        ValueKind::Integer => text
            .split_once('.')
            .filter(|(whole, zeros)| !whole.is_empty() && zeros.bytes().all(|byte| byte == b'0'))
            .map_or(text, |(whole, _)| whole),
        ValueKind::Float => text,
    };
    if is_integer(integer) {
        return match integer.parse() {
            Ok(integer) => Ok(Value::Integer(integer)),
            Err(_) => Err(InterchangeFault::Outside(integer.to_owned())),
        };
    }
    match text.parse() {
        // Not 'inf' and 'nan', which Rust would take.
        Ok(float) if is_float(text) && f64::is_finite(float) => Ok(Value::Float(float)),
        _ => Err(InterchangeFault::Number(text.to_owned())),
    }
}

/// What a number seems to be, where nothing else tells.
pub(super) fn kind(text: &str) -> ValueKind {
    if is_integer(text) {
        ValueKind::Integer
    } else {
        ValueKind::Float
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_float(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{Value, kind, read};
    use crate::model::ValueKind;

    fn integer(text: &str) -> Option<Value> {
        read(text, ValueKind::Integer).ok()
    }

    fn float(text: &str) -> Option<Value> {
        read(text, ValueKind::Float).ok()
    }

    #[test]
    fn integers_are_exact() {
        for number in [0, -1, i64::MIN, i64::MAX] {
            assert_eq!(integer(&number.to_string()), Some(Value::Integer(number)));
        }
        assert_eq!(integer("+7"), Some(Value::Integer(7)));
        assert_eq!(integer("9223372036854775808"), None);
    }

    #[test]
    fn an_integer_may_have_a_fraction_of_zeros() {
        assert_eq!(integer("3.0"), Some(Value::Integer(3)));
        assert_eq!(integer("-3.00"), Some(Value::Integer(-3)));
        assert_eq!(float("3.0"), Some(Value::Float(3.0)));
        // Refused where it meets the metric, which holds integers.
        assert_eq!(integer("3.5"), Some(Value::Float(3.5)));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", " ", "-", "+", ".", "e", "1 ", " 1", "1,5", "1_000", "0x1", "inf", "-inf", "nan",
            "NaN", "infinity", "1e400", "null", "１", "--1", "1.2.3", "\0",
        ] {
            assert_eq!(integer(text), None, "{text:?}");
            assert_eq!(float(text), None, "{text:?}");
        }
    }

    #[test]
    fn digits_alone_are_an_integer() {
        assert_eq!(kind("12"), ValueKind::Integer);
        assert_eq!(kind("12.0"), ValueKind::Float);
        assert_eq!(kind("1e3"), ValueKind::Float);
    }
}
