//! What one object of a dump names another by.

use std::fmt;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

/// A primary key, or a natural key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Number(i64),
    Text(String),
    /// The texts of a natural key, those of keys inside it included.
    Natural(Vec<String>),
}

impl Key {
    /// What a key takes in memory without its texts.
    pub(super) const LEAST: usize = size_of::<Self>();

    /// About what it takes in memory.
    pub(super) fn size(&self) -> usize {
        let texts = match self {
            Self::Number(_) => 0,
            Self::Text(text) => text.len(),
            Self::Natural(texts) => texts
                .iter()
                .map(|text| text.len() + size_of::<String>())
                .sum(),
        };
        Self::LEAST + texts
    }
}

impl From<i64> for Key {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Natural(texts) => write!(f, "[{}]", texts.join(", ")),
        }
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key: a number, a text or a list of texts")
            }

            fn visit_i64<E>(self, number: i64) -> Result<Key, E> {
                Ok(Key::Number(number))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Key, E> {
                Ok(i64::try_from(number)
                    .map_or_else(|_| Key::Text(number.to_string()), Key::Number))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key, E> {
                Ok(Key::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Key, A::Error> {
                let mut texts = Vec::new();
                while let Some(key) = list.next_element()? {
                    match key {
                        Key::Number(number) => texts.push(number.to_string()),
                        Key::Text(text) => texts.push(text),
                        Key::Natural(inner) => texts.extend(inner),
                    }
                }
                Ok(Key::Natural(texts))
            }
        }

        deserializer.deserialize_any(Keys)
    }
}
