//! What a declaration is read into.

use syn::{Attribute, Ident, LitStr, Visibility};

/// A group of metrics.
pub(crate) struct Domain {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) reference: Option<LitStr>,
    pub(crate) visibility: Visibility,
    pub(crate) name: Ident,
    pub(crate) title: Option<LitStr>,
    pub(crate) metrics: Vec<Metric>,
    /// Whether nothing stood in the braces, not even a mistake.
    pub(crate) is_empty: bool,
}

/// What is measured.
pub(crate) struct Metric {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) reference: Option<LitStr>,
    pub(crate) name: Ident,
    pub(crate) kind: Kind,
    pub(crate) dimensions: Vec<Ident>,
    pub(crate) title: Option<LitStr>,
}

/// The type of the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    #[default]
    Integer,
    Float,
}
