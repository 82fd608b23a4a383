//! What a value is recorded at, or read from: a metric, and where it is split, its dimensions.

use std::marker::PhantomData;

use super::{DimensionValue, Metric, MetricDeclaration, MetricRef, MetricValue, Value};

/// A declared metric at values of its dimensions, as the functions that `stats!` writes return it.
#[derive(Clone)]
pub struct MetricAt<'a, V, const N: usize> {
    declaration: &'static MetricDeclaration,
    values: [DimensionValue<'a>; N],
    value: PhantomData<fn() -> V>,
}

impl<'a, V, const N: usize> MetricAt<'a, V, N> {
    pub(crate) const fn new(
        declaration: &'static MetricDeclaration,
        values: [DimensionValue<'a>; N],
    ) -> Self {
        Self {
            declaration,
            values,
            value: PhantomData,
        }
    }

    /// What was declared, and the values of the dimensions in its order.
    pub(super) const fn parts(&self) -> (&'static MetricDeclaration, &[DimensionValue<'a>]) {
        (self.declaration, &self.values)
    }
}

/// A metric and its dimensions as one store has numbered them, for loops in which even looking up a
/// short text would cost. Made by [`Store::handle`](crate::Store::handle), and valid for that store: another
/// one, and one that was opened again or restored, refuses it with `invalid_state`. So does its own when the
/// registration of the metric was rolled back.
pub struct Handle<V> {
    store: u64,
    at: SlotAt,
    value: PhantomData<fn() -> V>,
}

impl<V> Clone for Handle<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Handle<V> {}

impl<V> Handle<V> {
    pub(crate) const fn new(store: u64, at: SlotAt) -> Self {
        Self {
            store,
            at,
            value: PhantomData,
        }
    }

    /// The store that made it, and the slot.
    pub(crate) const fn parts(self) -> (u64, SlotAt) {
        (self.store, self.at)
    }
}

/// The number of a metric at one combination of dimension values in one store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SlotId(pub(crate) u32);

/// A slot, and what its number stood for when it was given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SlotAt {
    pub(crate) slot: SlotId,
    pub(crate) generation: u32,
}

/// What a value can be recorded at: a [`Metric`] without dimensions, a [`MetricAt`], a [`Handle`], a
/// [`MetricRef`], or a text `domain.metric`. Sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say at which dimensions",
    label = "this metric is split by dimensions",
    note = "call the function of the same name in lower case with a value for each dimension",
    note = "for the value of all of them together, use `.total()`"
)]
pub trait Target: sealed::Target {
    /// The type of the values.
    type Value: MetricValue;
}

/// What names a metric, whatever it is split by: a [`Metric`] or a text `domain.metric`. Sealed.
pub trait AsMetric: sealed::AsMetric {
    /// The type of the values.
    type Value: MetricValue;
}

/// What `stats!` declared, as the way to a metric.
///
/// In the modules of the npm package nothing is declared by `stats!`: there the type has no value, and
/// the compiler leaves out all that leads on from one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declaration {
    metric: &'static MetricDeclaration,
    #[cfg(trackstats_declares_nothing)]
    _never: std::convert::Infallible,
}

impl Declaration {
    #[inline]
    pub(crate) const fn metric(self) -> &'static MetricDeclaration {
        self.metric
    }
}

/// How a target is found in a store.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key<'a> {
    Declared {
        metric: Declaration,
        values: &'a [DimensionValue<'a>],
    },
    Named {
        name: &'a str,
        dimensions: &'a [(String, DimensionValue<'static>)],
    },
    Numbered {
        store: u64,
        at: SlotAt,
    },
}

/// How a metric is found in a store.
#[derive(Clone, Copy, Debug)]
pub(crate) enum MetricKey<'a> {
    Declared(Declaration),
    Named(&'a str),
}

impl<'a> Key<'a> {
    #[inline]
    const fn declared(
        metric: &'static MetricDeclaration,
        values: &'a [DimensionValue<'a>],
    ) -> Self {
        match MetricKey::declared(metric) {
            MetricKey::Declared(metric) => Self::Declared { metric, values },
            MetricKey::Named(name) => Self::Named {
                name,
                dimensions: &[],
            },
        }
    }
}

impl MetricKey<'_> {
    #[inline]
    const fn declared(metric: &'static MetricDeclaration) -> Self {
        #[cfg(trackstats_declares_nothing)]
        return Self::Named(metric.reference);
        #[cfg(not(trackstats_declares_nothing))]
        Self::Declared(Declaration { metric })
    }
}

pub(crate) mod sealed {
    use super::{Key, MetricKey};

    pub trait Target {
        #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
        fn key(&self) -> Key<'_>;
    }

    pub trait AsMetric {
        #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
        fn metric_key(&self) -> MetricKey<'_>;
    }
}

macro_rules! target {
    ([$($generic:tt)*] $type:ty, $value:ty, $self:ident => $key:expr) => {
        impl<$($generic)*> sealed::Target for $type {
            #[inline]
            #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
            fn key(&$self) -> Key<'_> {
                $key
            }
        }

        impl<$($generic)*> Target for $type {
            type Value = $value;
        }
    };
}

target!([V: MetricValue] Metric<V, 0>, V, self => {
    Key::declared(self.declaration(), &[])
});
target!([V: MetricValue, const N: usize] MetricAt<'_, V, N>, V, self => {
    Key::declared(self.declaration, &self.values)
});
target!([V: MetricValue] Handle<V>, V, self => {
    Key::Numbered { store: self.store, at: self.at }
});
target!([] MetricRef, Value, self => Key::Named { name: &self.name, dimensions: &self.dimensions });
target!([] str, Value, self => Key::Named { name: self, dimensions: &[] });
target!([] String, Value, self => Key::Named { name: self, dimensions: &[] });
target!([T: Target + ?Sized] &T, T::Value, self => (**self).key());

macro_rules! as_metric {
    ([$($generic:tt)*] $type:ty, $value:ty, $self:ident => $key:expr) => {
        impl<$($generic)*> sealed::AsMetric for $type {
            #[inline]
            #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
            fn metric_key(&$self) -> MetricKey<'_> {
                $key
            }
        }

        impl<$($generic)*> AsMetric for $type {
            type Value = $value;
        }
    };
}

as_metric!([V: MetricValue, const N: usize] Metric<V, N>, V, self => {
    MetricKey::declared(self.declaration())
});
as_metric!([] str, Value, self => MetricKey::Named(self));
as_metric!([] String, Value, self => MetricKey::Named(self));
as_metric!([T: AsMetric + ?Sized] &T, T::Value, self => (**self).metric_key());
