//! A group of metrics.

use super::{MetricDeclaration, ModelFault, reference};

/// A domain that `stats!` declared.
///
/// # Example: what was declared, without a store
///
/// ```
/// trackstats::stats! {
///     /// What the web shop sells.
///     shopping "Shopping" { order_count, revenue: f64 }
/// }
///
/// assert_eq!(shopping::DOMAIN.reference(), "shopping");
/// assert_eq!(shopping::DOMAIN.title(), Some("Shopping"));
/// assert_eq!(shopping::DOMAIN.description(), Some("What the web shop sells."));
/// let names: Vec<_> = shopping::DOMAIN.metrics().iter().map(|metric| metric.reference).collect();
/// assert_eq!(names, ["order_count", "revenue"]);
/// ```
#[derive(Clone, Copy)]
pub struct Domain(&'static DomainDeclaration);

/// What `stats!` writes down of a domain. Made by the macro only.
#[non_exhaustive]
pub struct DomainDeclaration {
    /// The reference.
    pub reference: &'static str,
    /// The title, if one was written.
    pub title: Option<&'static str>,
    /// The doc comment, if one was written.
    pub description: Option<&'static str>,
    /// The metrics in the order of the source.
    pub metrics: &'static [MetricDeclaration],
}

impl DomainDeclaration {
    /// For `stats!`, which has checked the reference.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        reference: &'static str,
        title: Option<&'static str>,
        description: Option<&'static str>,
        metrics: &'static [MetricDeclaration],
    ) -> Self {
        Self {
            reference,
            title,
            description,
            metrics,
        }
    }
}

impl Domain {
    /// For `stats!`.
    #[doc(hidden)]
    #[must_use]
    pub const fn declared(declaration: &'static DomainDeclaration) -> Self {
        Self(declaration)
    }

    /// The reference.
    #[must_use]
    pub const fn reference(self) -> &'static str {
        self.0.reference
    }

    /// The title, if one was declared.
    #[must_use]
    pub const fn title(self) -> Option<&'static str> {
        self.0.title
    }

    /// The description, if one was declared.
    #[must_use]
    pub const fn description(self) -> Option<&'static str> {
        self.0.description
    }

    /// For `stats!`: the metric of a reference, which is there.
    #[doc(hidden)]
    #[must_use]
    pub const fn declaration_of(self, reference: &str) -> &'static MetricDeclaration {
        // By its reference and not by its place, which depends on conditions that the compiler knows.
        let mut rest = self.0.metrics;
        while let [metric, others @ ..] = rest {
            if is_same(metric.reference, reference) {
                return metric;
            }
            rest = others;
        }
        unreachable!()
    }

    /// The metrics in the order of the source.
    #[must_use]
    pub const fn metrics(self) -> &'static [MetricDeclaration] {
        self.0.metrics
    }
}

/// Whether two texts are equal, while the program is compiled.
const fn is_same(left: &str, right: &str) -> bool {
    let (mut left, mut right) = (left.as_bytes(), right.as_bytes());
    while let ([first, rest @ ..], [other, others @ ..]) = (left, right) {
        if *first != *other {
            return false;
        }
        (left, right) = (rest, others);
    }
    left.is_empty() && right.is_empty()
}

/// A domain as the store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DomainInfo {
    /// The reference.
    pub reference: String,
    /// The title; empty if none was given.
    pub title: String,
    /// The description; empty if none was given.
    pub description: String,
}

/// A domain to register at run time. Texts that are not given keep what is stored.
///
/// # Example: register twice
///
/// ```
/// use trackstats::{NewDomain, Store};
///
/// let mut store = Store::in_memory();
/// store.register_domain(&NewDomain::new("shopping").title("Shopping"))?;
/// store.register_domain(&NewDomain::new("shopping").description("What we sell"))?;
/// assert_eq!(store.domain("shopping").unwrap().title, "Shopping");
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[must_use = "register it with the store"]
pub struct NewDomain {
    pub(crate) reference: String,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
}

impl NewDomain {
    /// A domain of that reference; it is checked when it is registered.
    pub fn new(reference: impl Into<String>) -> Self {
        Self {
            reference: reference.into(),
            title: None,
            description: None,
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

    pub(crate) fn check(&self) -> Result<(), ModelFault> {
        reference::check(&self.reference)
    }
}

impl From<Domain> for NewDomain {
    fn from(domain: Domain) -> Self {
        Self {
            reference: domain.reference().to_owned(),
            title: domain.title().map(str::to_owned),
            description: domain.description().map(str::to_owned),
        }
    }
}
