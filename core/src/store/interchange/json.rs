//! What the readers of JSON share.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value as Json};

use super::fault::InterchangeFault;
use super::line::text_of;
use crate::Error;
use crate::model::Value;

/// A text, borrowed from the line unless something in it was escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;

        impl<'de> Visitor<'de> for Texts {
            type Value = Cow<'de, str>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Cow::Borrowed(text))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Cow::Owned(text.to_owned()))
            }
        }

        deserializer.deserialize_str(Texts).map(Self)
    }
}

/// A text, or an integer, which is written in decimal.
#[derive(Debug)]
pub(super) struct TextOrInteger<'a>(pub(super) Cow<'a, str>);

impl AsRef<str> for TextOrInteger<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for TextOrInteger<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Cow<'de, str>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or an integer")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Cow::Borrowed(text))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Cow::Owned(text.to_owned()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Cow::Owned(number.to_string()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Cow::Owned(number.to_string()))
            }
        }

        deserializer.deserialize_any(Either).map(Self)
    }
}

/// Tells null from nothing: `Some(None)` is null. To be used with `default`.
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Reads a text of JSON as something, to see whether it is that.
pub(super) type Check = fn(&[u8]) -> serde_json::Result<()>;

/// Reads one JSON object that fills the whole text. Serde would take a list for one, whose values have no
/// names.
pub(super) fn read<'a, T: Deserialize<'a>>(text: &'a [u8], check: Check) -> Result<T, Error> {
    if let Some(fault) = not_an_object(text) {
        return Err(fault.into());
    }
    serde_json::from_slice(text).map_err(|error| {
        let object = if error.is_data() {
            serde_json::from_slice(text).ok()
        } else {
            None
        };
        let field = object.and_then(|object| wrong_field(&object, check));
        field.map_or_else(|| fault(text, &error), Into::into)
    })
}

/// The first field that is wrong by itself.
#[cold]
pub(super) fn wrong_field(object: &Map<String, Json>, check: Check) -> Option<InterchangeFault> {
    object.iter().find_map(|(name, value)| {
        let alone = serde_json::to_vec(&Map::from_iter([(name.clone(), value.clone())])).ok()?;
        let error = check(&alone).err()?;
        let (why, _) = message(&error);
        // Of those that are not in it either.
        if why.starts_with("missing field") || why.starts_with("unknown field") {
            return None;
        }
        let (name, value) = (name.clone(), value.to_string());
        Some(InterchangeFault::Field { name, value, why })
    })
}

/// Reads an object inside another, which is no list either.
pub(super) fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    struct Objects<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Objects<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }
    }

    deserializer.deserialize_map(Objects(PhantomData))
}

fn not_an_object(text: &[u8]) -> Option<InterchangeFault> {
    let text = text.trim_ascii_start();
    match text.first() {
        Some(b'{') | None => None,
        Some(_) => {
            let _: IgnoredAny = serde_json::from_slice(text).ok()?;
            let written = String::from_utf8_lossy(text);
            Some(InterchangeFault::NoObject(written.into_owned()))
        }
    }
}

#[cold]
fn fault(text: &[u8], error: &serde_json::Error) -> Error {
    if let Err(fault) = text_of(text) {
        return fault.into();
    }
    if text.contains(&0) {
        return InterchangeFault::Utf16.into();
    }
    if error.is_eof() {
        return InterchangeFault::Cut.into();
    }
    let (message, column) = message(error);
    InterchangeFault::Json { message, column }.into()
}

/// What is wrong, and the column where it is on the first line; 0 elsewhere.
fn message(error: &serde_json::Error) -> (String, usize) {
    // The number of the line in the text of the error counts from where the reading began.
    let place = format!(" at line {} column {}", error.line(), error.column());
    let text = error.to_string();
    let message = text.strip_suffix(&place).unwrap_or(&text).to_owned();
    let column = if error.line() == 1 { error.column() } else { 0 };
    (message, column)
}

pub(super) fn write_text(out: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(out, text).expect("memory takes all that is written to it");
}

/// Writes a float with the fewest digits that read back the same, and with a point or an exponent.
pub(super) fn write_value(out: &mut Vec<u8>, value: Value) {
    match value {
        Value::Integer(integer) => serde_json::to_writer(out, &integer),
        Value::Float(float) => serde_json::to_writer(out, &float),
    }
    .expect("memory takes all that is written to it");
}
