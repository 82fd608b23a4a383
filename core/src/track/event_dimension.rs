//! What a tracker's closure returns for a dimension.

use std::borrow::Cow;

use crate::model::DimensionValue;
use crate::time::Date;

/// The value of a dimension of an event, or none. Closures make it with `into()` from texts, integers
/// and an `Option` of them.
///
/// # Example: from a number and from nothing
///
/// ```
/// use trackstats::EventDimension;
///
/// struct Comment {
///     user: Option<u64>,
/// }
///
/// let by_user = |comment: &Comment| -> EventDimension<'static> { comment.user.into() };
/// assert!(by_user(&Comment { user: Some(42) }).is_some());
/// assert!(!by_user(&Comment { user: None }).is_some());
/// ```
#[derive(Clone, Debug)]
pub struct EventDimension<'e>(pub(super) Option<DimensionValue<'e>>);

impl EventDimension<'_> {
    /// Whether there is a value.
    #[must_use]
    pub const fn is_some(&self) -> bool {
        self.0.is_some()
    }
}

impl<'e> From<DimensionValue<'e>> for EventDimension<'e> {
    fn from(value: DimensionValue<'e>) -> Self {
        Self(Some(value))
    }
}

macro_rules! by {
    ($($type:ty),*) => {$(
        impl<'e> From<$type> for EventDimension<'e> {
            #[inline]
            fn from(value: $type) -> Self {
                Self(Some(value.into()))
            }
        }

        impl<'e> From<Option<$type>> for EventDimension<'e> {
            #[inline]
            fn from(value: Option<$type>) -> Self {
                Self(value.map(Into::into))
            }
        }
    )*};
}

by!(
    &'e str,
    &'e String,
    String,
    Cow<'e, str>,
    i8,
    i16,
    i32,
    i64,
    isize,
    u8,
    u16,
    u32,
    u64,
    usize,
    &'e i32,
    &'e i64,
    &'e u32,
    &'e u64,
    i128,
    u128,
    bool,
    char,
    Date
);

#[cfg(feature = "uuid")]
by!(uuid::Uuid, &'e uuid::Uuid);

impl<'e> From<&'e Option<String>> for EventDimension<'e> {
    fn from(value: &'e Option<String>) -> Self {
        Self(value.as_ref().map(Into::into))
    }
}
