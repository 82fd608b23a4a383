//! The objects of a dump.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::key::Key;
use crate::Error;
use crate::store::interchange::json::{self, Check, Text, TextOrInteger};
use crate::store::interchange::number::Number;

/// What an object is of; the rest is read when that is known.
#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow)]
    model: Text<'a>,
}

/// An object of a known model. Fields that we do not know are passed over: other releases of
/// django-trackstats may have them.
#[derive(Deserialize)]
pub(super) struct Object<F> {
    pub(super) pk: Option<Key>,
    #[serde(
        deserialize_with = "json::object",
        bound(deserialize = "F: Deserialize<'de>")
    )]
    pub(super) fields: F,
}

/// The model of an object.
pub(super) fn model(text: &[u8]) -> Result<Text<'_>, Error> {
    let is_kind = |text: &[u8]| serde_json::from_slice::<Kind<'_>>(text).map(drop);
    json::read(text, is_kind).map(|Kind { model }| model)
}

/// Reads an object whose model is known. What is wrong in it is told by its field.
pub(super) fn read<'a, F: Deserialize<'a>>(
    text: &'a [u8],
    check: Check,
) -> Result<Object<F>, Error> {
    json::read(text, |text| {
        serde_json::from_slice::<Object<IgnoredAny>>(text).map(drop)
    })
    .map_err(|error| {
        let fields = serde_json::from_slice::<Outer>(text).ok();
        let field = fields.and_then(|Outer { fields }| json::wrong_field(&fields, check));
        field.map_or(error, Into::into)
    })
}

/// An object whose fields are looked at one by one.
#[derive(Deserialize)]
struct Outer {
    fields: serde_json::Map<String, serde_json::Value>,
}

#[derive(Deserialize)]
pub(super) struct ContentType {
    pub(super) app_label: String,
    pub(super) model: String,
}

#[derive(Deserialize)]
pub(super) struct Domain {
    #[serde(rename = "ref")]
    pub(super) reference: String,
    pub(super) name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Metric {
    pub(super) domain: Key,
    #[serde(rename = "ref")]
    pub(super) reference: String,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
}

impl Metric {
    /// About what it takes in memory.
    pub(super) fn size(&self) -> usize {
        let texts = [self.name.as_deref(), self.description.as_deref()];
        let texts: usize = texts.into_iter().flatten().map(str::len).sum();
        size_of::<Self>() + self.domain.size() + self.reference.len() + texts
    }
}

/// A statistic of either model; the one by date has no object.
#[derive(Deserialize)]
pub(super) struct Statistic<'a> {
    pub(super) metric: Key,
    pub(super) value: Option<Number>,
    pub(super) period: u64,
    #[serde(borrow)]
    pub(super) date: Text<'a>,
    pub(super) object_type: Option<Key>,
    pub(super) object_id: Option<TextOrInteger<'a>>,
}
