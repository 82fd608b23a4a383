//! What a store is about: domains, metrics, dimensions, values, statistics and series.
//!
//! May import `error` and `time`. Always holds: a reference that got into a [`Catalog`] is valid, a
//! float in a [`Value`] is finite.

mod catalog;
mod dimension;
mod domain;
mod fault;
mod float_text;
mod hash;
mod identity;
mod lookup;
mod metric;
mod reference;
mod series;
mod statistic;
mod target;
mod value;
#[cfg(feature = "serde")]
mod wire;

pub use dimension::DimensionValue;
pub use domain::{Domain, DomainDeclaration, DomainInfo, NewDomain};
pub use metric::{Metric, MetricDeclaration, MetricInfo, MetricRef, NewMetric};
pub use series::{Point, Series};
pub use statistic::Statistic;
pub use target::{AsMetric, Handle, MetricAt, Target};
pub use value::{IntoValue, MetricValue, Null, Value, ValueKind};

pub(crate) use catalog::{Catalog, MetricId, Registered};
pub(crate) use dimension::check_value as check_dimension_value;
pub(crate) use fault::ModelFault;
pub(crate) use float_text::FloatText;
pub(crate) use hash::HashMap;
#[cfg(feature = "interchange")]
pub(crate) use hash::HashSet;
pub use hash::mix_hash_seeds;
pub(crate) use hash::{TextHasher, hash_address, hash_numbers};
pub(crate) use lookup::Lookup;
pub(crate) use metric::check_dimension_name;
pub(crate) use target::{Declaration, Key, MetricKey, SlotAt, SlotId};
pub(crate) use value::{exact_float, exact_integer, sealed};
