//! What can go wrong with names and values.

use std::fmt;

use super::{FloatText, Value, ValueKind, reference};
use crate::error::{ErrorCode, Fault};
use crate::nearest::nearest;

#[derive(Debug)]
pub(crate) enum ModelFault {
    Reference {
        text: String,
        why: &'static str,
    },
    MetricName(String),
    DimensionValue(usize),
    DimensionTwice(String),
    UnknownMetric {
        name: String,
        nearest: Option<String>,
    },
    UnknownDimension {
        metric: String,
        name: String,
        known: Vec<String>,
    },
    NotFinite(f64),
    IntegerOutside(String),
    NotExact(i64),
    Kind {
        metric: String,
        kind: ValueKind,
        value: Value,
    },
    KindChanged {
        metric: String,
        stored: ValueKind,
    },
}

impl Fault for ModelFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Reference { .. } | Self::MetricName(_) => ErrorCode::InvalidReference,
            Self::DimensionValue(_)
            | Self::NotFinite(_)
            | Self::IntegerOutside(_)
            | Self::NotExact(_) => ErrorCode::InvalidValue,
            Self::UnknownMetric { .. } => ErrorCode::UnknownMetric,
            Self::DimensionTwice(_) | Self::UnknownDimension { .. } => ErrorCode::UnknownDimension,
            Self::Kind { .. } | Self::KindChanged { .. } => ErrorCode::KindMismatch,
        }
    }
}

impl fmt::Display for ModelFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reference { text, why } => write!(f, "the reference '{text}' {why}"),
            Self::MetricName(text) => write!(
                f,
                "'{text}' names no metric: write the references of its domain and of the metric with a \
                 dot between them, such as 'shopping.order_count'"
            ),
            Self::DimensionValue(length) => write!(
                f,
                "a dimension value of {length} bytes is too long: at most 1000 are allowed"
            ),
            Self::DimensionTwice(name) => write!(f, "the dimension '{name}' is given twice"),
            Self::UnknownMetric {
                name,
                nearest: Some(nearest),
            } => write!(
                f,
                "the metric '{name}' is not known to this store: did you mean '{nearest}'?"
            ),
            Self::UnknownMetric { name, .. } if reference::dot(name).is_none() => write!(
                f,
                "the metric '{name}' is not known to this store: write the reference of its domain and \
                 a dot before it, as in 'shopping.order_count'"
            ),
            Self::UnknownMetric { name, .. } => {
                write!(
                    f,
                    "the metric '{name}' is not known to this store: register it first"
                )
            }
            Self::UnknownDimension {
                metric,
                name,
                known,
            } => {
                write!(f, "the metric '{metric}' has no dimension '{name}': ")?;
                if let Some(nearest) = nearest(name, known.iter().map(String::as_str)) {
                    write!(f, "did you mean '{nearest}'? ")?;
                }
                f.write_str("it is split by ")?;
                for (place, known) in known.iter().enumerate() {
                    let comma = if place > 0 { ", " } else { "" };
                    write!(f, "{comma}{known}")?;
                }
                Ok(())
            }
            Self::NotFinite(value) => {
                let value = FloatText(*value);
                write!(f, "{value} cannot be stored: a float has to be finite")
            }
            Self::IntegerOutside(value) => write!(
                f,
                "{value} cannot be stored: an integer has to be from {} to {}",
                i64::MIN,
                i64::MAX
            ),
            Self::NotExact(value) => {
                write!(f, "{value} has no exact float, and nothing is rounded")
            }
            Self::Kind {
                metric,
                kind,
                value,
            } => {
                write!(f, "the metric '{metric}' holds {kind}s and ")?;
                match value {
                    Value::Integer(value) => write!(f, "{value} is not one"),
                    Value::Float(value) => write!(f, "{} is not one", FloatText(*value)),
                }
            }
            Self::KindChanged { metric, stored } => {
                write!(
                    f,
                    "the metric '{metric}' holds {stored}s and cannot change its kind"
                )
            }
        }
    }
}
