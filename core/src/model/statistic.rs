//! One stored value and its key.

use super::Value;
use crate::time::{Date, Period};

/// One value at a metric, dimensions, a period and a date.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Statistic {
    /// The references of domain and metric with a dot between them.
    pub metric: String,
    /// The length of the window that ends on the date.
    pub period: Period,
    /// The last day of the window.
    pub date: Date,
    /// Names and values of the dimensions, sorted by name; empty for a total.
    #[cfg_attr(feature = "serde", serde(default, with = "super::wire::dimensions"))]
    pub dimensions: Vec<(String, String)>,
    /// The value; none where it is known to be missing.
    pub value: Option<Value>,
}
