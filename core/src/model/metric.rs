//! What is measured.

use std::marker::PhantomData;

use super::{DimensionValue, MetricAt, MetricValue, ModelFault, ValueKind, reference};

/// A metric that `stats!` declared: a constant that holds values of `V` and is split by `N`
/// dimensions. Copying it and recording through it look up no text.
///
/// # Example: a metric, its splits and its total
///
/// ```
/// use trackstats::{Period, Store, stats};
///
/// stats! { shopping { sales by (country, province) } }
///
/// let mut store = Store::in_memory();
/// store.record(shopping::sales("NL", "Utrecht"), Period::Day, "2026-11-23", 3)?;
/// store.record(shopping::SALES.total(), Period::Day, "2026-11-23", 8)?;
/// assert_eq!(shopping::SALES.dimensions(), ["country", "province"]);
/// # Ok::<(), trackstats::Error>(())
/// ```
pub struct Metric<V, const N: usize = 0> {
    declaration: &'static MetricDeclaration,
    value: PhantomData<fn() -> V>,
}

impl<V, const N: usize> Clone for Metric<V, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V, const N: usize> Copy for Metric<V, N> {}

impl<V, const N: usize> Metric<V, N> {
    /// All that was declared, whatever the type of the values.
    pub(super) const fn declared_as(self) -> &'static MetricDeclaration {
        self.declaration
    }
}

impl<V: MetricValue, const N: usize> Metric<V, N> {
    /// For `stats!`, which has seen to it that `V` and `N` are what the declaration says.
    #[doc(hidden)]
    #[must_use]
    pub const fn declared(declaration: &'static MetricDeclaration) -> Self {
        Self {
            declaration,
            value: PhantomData,
        }
    }

    /// The reference of the metric.
    #[must_use]
    pub const fn reference(self) -> &'static str {
        self.declaration.reference
    }

    /// The reference of its domain.
    #[must_use]
    pub const fn domain(self) -> &'static str {
        self.declaration.domain.reference
    }

    /// The names of its dimensions, in the order of the declaration.
    #[must_use]
    pub const fn dimensions(self) -> &'static [&'static str] {
        self.declaration.dimensions
    }

    /// The metric without dimensions: its total, which is recorded beside its splits.
    #[must_use]
    pub const fn total(self) -> MetricAt<'static, V, 0> {
        MetricAt::new(self.declaration, [])
    }

    /// The metric at values of its dimensions, in the order of the declaration.
    #[must_use]
    pub const fn at(self, values: [DimensionValue<'_>; N]) -> MetricAt<'_, V, N> {
        MetricAt::new(self.declaration, values)
    }

    /// All that was declared.
    #[must_use]
    pub const fn declaration(self) -> &'static MetricDeclaration {
        self.declaration
    }
}

/// What `stats!` writes down of a metric. Made by the macro only.
#[non_exhaustive]
pub struct MetricDeclaration {
    /// The domain.
    pub domain: &'static super::DomainDeclaration,
    /// The reference.
    pub reference: &'static str,
    /// The title, if one was written.
    pub title: Option<&'static str>,
    /// The doc comment, if one was written.
    pub description: Option<&'static str>,
    /// What its values are.
    pub kind: ValueKind,
    /// The names of the dimensions, in the order of the source.
    pub dimensions: &'static [&'static str],
}

impl MetricDeclaration {
    /// For `stats!`, which has checked the references.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        domain: &'static super::DomainDeclaration,
        reference: &'static str,
        title: Option<&'static str>,
        description: Option<&'static str>,
        kind: ValueKind,
        dimensions: &'static [&'static str],
    ) -> Self {
        Self {
            domain,
            reference,
            title,
            description,
            kind,
            dimensions,
        }
    }
}

/// A metric as the store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MetricInfo {
    /// The reference of its domain.
    pub domain: String,
    /// The reference.
    pub reference: String,
    /// The title; empty if none was given.
    pub title: String,
    /// The description; empty if none was given.
    pub description: String,
    /// What its values are.
    pub kind: ValueKind,
    /// The dimensions it may be split by; if empty, it may be split by any.
    pub dimensions: Vec<String>,
}

impl MetricInfo {
    /// The references of domain and metric with a dot between them.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.domain, self.reference)
    }
}

/// A metric to register at run time. What is not given keeps what is stored; a new metric holds
/// integers and may be split by any dimension.
///
/// # Example: a metric that a user of the application invented
///
/// ```
/// use trackstats::{MetricRef, NewMetric, Period, Store, ValueKind};
///
/// let mut store = Store::in_memory();
/// store.register_metric(&NewMetric::new("plants.height").title("Height, in cm").kind(ValueKind::Float))?;
/// let ficus = MetricRef::new("plants.height").at("plant", "ficus");
/// store.record(&ficus, Period::Day, "2026-11-23", 41.5)?;
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[must_use = "register it with the store"]
pub struct NewMetric {
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) kind: Option<ValueKind>,
    pub(crate) dimensions: Option<Vec<String>>,
}

impl NewMetric {
    /// A metric of that name, `domain.metric`; it is checked when it is registered.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            title: None,
            description: None,
            kind: None,
            dimensions: None,
        }
    }

    /// Sets the title.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets what its values are.
    pub fn kind(mut self, kind: ValueKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Sets the dimensions that it may be split by.
    pub fn by<T: Into<String>>(mut self, dimensions: impl IntoIterator<Item = T>) -> Self {
        self.dimensions = Some(dimensions.into_iter().map(Into::into).collect());
        self
    }

    /// The references of domain and metric, both valid, if everything else is too.
    pub(crate) fn check(&self) -> Result<(&str, &str), ModelFault> {
        let references = reference::split(&self.name)?;
        let names = self.dimensions.as_deref().unwrap_or_default();
        for (index, name) in names.iter().enumerate() {
            check_dimension_name(name)?;
            if names.iter().take(index).any(|other| other == name) {
                return Err(ModelFault::DimensionTwice(name.clone()));
            }
        }
        Ok(references)
    }
}

impl From<&MetricDeclaration> for NewMetric {
    fn from(metric: &MetricDeclaration) -> Self {
        Self {
            name: format!("{}.{}", metric.domain.reference, metric.reference),
            title: metric.title.map(str::to_owned),
            description: metric.description.map(str::to_owned),
            kind: Some(metric.kind),
            dimensions: Some(
                metric
                    .dimensions
                    .iter()
                    .map(|&name| name.to_owned())
                    .collect(),
            ),
        }
    }
}

/// A metric that is known only at run time, by name, and where it is split, the dimensions.
///
/// A plain `"domain.metric"` text stands for its total wherever this is taken.
///
/// # Example: a height by plant
///
/// ```
/// use trackstats::{ErrorCode, MetricRef, NewMetric, Period, Store, ValueKind};
///
/// let mut store = Store::in_memory();
/// store.register_metric(&NewMetric::new("plants.height").kind(ValueKind::Float))?;
/// let ficus = MetricRef::new("plants.height").at("plant", "ficus");
/// store.record(&ficus, Period::Day, "2026-11-23", 41.5)?;
/// assert_eq!(store.value(&ficus, Period::Day, "2026-11-23")?, Some(Some(41.5.into())));
///
/// let error = store.record("plants.hieght", Period::Day, "2026-11-23", 1.0).unwrap_err();
/// assert_eq!(error.code(), ErrorCode::UnknownMetric);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct MetricRef {
    pub(crate) name: String,
    #[cfg_attr(feature = "serde", serde(default, with = "super::wire::dimensions"))]
    pub(crate) dimensions: Vec<(String, DimensionValue<'static>)>,
}

impl MetricRef {
    /// The metric of that name, `domain.metric`.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            dimensions: Vec::new(),
        }
    }

    /// The metric at a value of a dimension.
    #[must_use]
    pub fn at<'a>(
        mut self,
        dimension: impl Into<String>,
        value: impl Into<DimensionValue<'a>>,
    ) -> Self {
        self.dimensions
            .push((dimension.into(), value.into().into_owned()));
        self
    }
}

/// The names that the tables have columns for; a dimension of such a name could not be queried.
const RESERVED: [&str; 5] = ["domain", "metric", "period", "date", "value"];

pub(crate) fn check_dimension_name(name: &str) -> Result<(), ModelFault> {
    reference::check(name)?;
    if RESERVED.contains(&name) {
        return Err(ModelFault::Reference {
            text: name.to_owned(),
            why: "is reserved: a dimension may not be called domain, metric, period, date or value",
        });
    }
    Ok(())
}
