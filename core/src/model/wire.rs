//! How what is stored travels through serde.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{self, Serialize, Serializer};

use super::{DimensionValue, MetricValue, Point, Series, Value};

/// For formats that do not say what a number is.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename = "Value", rename_all = "lowercase")]
enum Named {
    Integer(i64),
    Float(f64),
}

/// As a plain number in formats for people, where a float has a point or an exponent; named by its
/// kind in others.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            // JSON would make null of it, and null is a value of its own.
            Self::Float(value) if !value.is_finite() => Err(ser::Error::custom(format_args!(
                "{value} is not a value: a float has to be finite"
            ))),
            Self::Integer(value) if serializer.is_human_readable() => {
                serializer.serialize_i64(value)
            }
            Self::Float(value) if serializer.is_human_readable() => serializer.serialize_f64(value),
            Self::Integer(value) => Named::Integer(value).serialize(serializer),
            Self::Float(value) => Named::Float(value).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_any(Plain);
        }
        match Named::deserialize(deserializer)? {
            Named::Integer(value) => Ok(Self::Integer(value)),
            Named::Float(value) => Plain.visit_f64(value),
        }
    }
}

struct Plain;

impl Visitor<'_> for Plain {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a 64-bit integer or a float")
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        let fits = i64::try_from(value).map(Value::Integer);
        fits.map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        if value.is_finite() {
            Ok(Value::Float(value))
        } else {
            Err(E::invalid_value(
                de::Unexpected::Float(value),
                &"a finite float",
            ))
        }
    }
}

/// As text.
impl Serialize for DimensionValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| serializer.serialize_str(text))
    }
}

/// From text; in formats for people also from an integer.
impl<'de> Deserialize<'de> for DimensionValue<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;

        impl Visitor<'_> for Texts {
            type Value = DimensionValue<'static>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or an integer")
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(text.to_owned().into())
            }

            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(number.into())
            }

            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(number.into())
            }
        }

        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Texts)
        } else {
            deserializer.deserialize_str(Texts)
        }
    }
}

/// Dimensions as a map from names to values.
pub(super) mod dimensions {
    use std::fmt;
    use std::marker::PhantomData;

    use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
    use serde::ser::{Serialize, Serializer};

    pub(in crate::model) fn serialize<V: Serialize, S: Serializer>(
        pairs: &[(String, V)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(pairs.iter().map(|(name, value)| (name, value)))
    }

    /// Sorted by name, each name once.
    pub(in crate::model) fn deserialize<'de, V: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(String, V)>, D::Error> {
        struct Pairs<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Pairs<V> {
            type Value = Vec<(String, V)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names of dimensions with their values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs: Vec<(String, V)> = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, V>()? {
                    match pairs.binary_search_by(|(other, _)| other.cmp(&name)) {
                        Err(place) => pairs.insert(place, (name, value)),
                        Ok(_) => {
                            return Err(A::Error::custom(format_args!(
                                "the dimension '{name}' is given twice"
                            )));
                        }
                    }
                }
                Ok(pairs)
            }
        }

        deserializer.deserialize_map(Pairs(PhantomData))
    }
}

/// Refuses points that are not in date order.
impl<'de, V: MetricValue + Deserialize<'de>> Deserialize<'de> for Series<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let points = Vec::<Point<V>>::deserialize(deserializer)?;
        if points.is_sorted_by(|earlier, later| earlier.date < later.date) {
            Ok(Self::new(points))
        } else {
            Err(de::Error::custom(
                "the points of a series have to be in date order, each date once",
            ))
        }
    }
}
