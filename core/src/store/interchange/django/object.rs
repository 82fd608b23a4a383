//! The objects of a dump.

use serde::Deserialize;

use super::key::Key;
use crate::store::interchange::json::{Text, TextOrInteger};
use crate::store::interchange::number::Number;

/// What an object is of; the rest is read when that is known.
#[derive(Deserialize)]
pub(super) struct Kind<'a> {
    #[serde(borrow)]
    pub(super) model: Text<'a>,
}

/// An object of a known model. Fields that we do not know are passed over: other releases of
/// django-trackstats may have them.
#[derive(Deserialize)]
pub(super) struct Object<F> {
    pub(super) pk: Option<Key>,
    pub(super) fields: F,
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
