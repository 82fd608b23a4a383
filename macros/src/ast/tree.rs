//! What a declaration is read into.

use quote::ToTokens as _;
use syn::{Attribute, Ident, LitStr, Visibility};

/// A group of metrics.
pub(crate) struct Domain {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) passed: Passed,
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
    pub(crate) passed: Passed,
    pub(crate) reference: Option<LitStr>,
    pub(crate) name: Ident,
    pub(crate) kind: ValueKind,
    pub(crate) dimensions: Vec<Ident>,
    /// Whether its dimension stands behind `by` without parentheses.
    pub(crate) by_one: bool,
    pub(crate) title: Option<LitStr>,
}

/// Attributes that the items get as they are written: conditions, deprecations and lint levels.
#[derive(Default)]
pub(crate) struct Passed(pub(crate) Vec<Attribute>);

impl Passed {
    /// Those that say whether an item is there at all.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Attribute> {
        self.0
            .iter()
            .filter(|attribute| attribute.path().is_ident("cfg"))
    }

    /// The conditions as a text; none where an item is always there.
    pub(crate) fn condition(&self) -> Option<String> {
        let mut texts = self
            .conditions()
            .map(|attribute| attribute.to_token_stream().to_string());
        texts
            .next()
            .map(|first| texts.fold(first, |all, one| all + &one))
    }
}

/// The type of the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ValueKind {
    #[default]
    Integer,
    Float,
}
