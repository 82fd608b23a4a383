//! From what a caller names to the numbers of the engine.

use super::declared::{Known, Order, address};
use super::{Store, StoreFault};
use crate::Error;
use crate::engine::{SplitId, TextId};
use crate::model::{
    Declaration, DimensionValue, Domain, Handle, Key, MetricDeclaration, MetricId, MetricKey,
    ModelFault, NewMetric, SlotAt, SlotId, ValueKind, check_dimension_value,
};

/// The numbers of a few dimension values, on the stack unless there are many.
struct Numbers {
    few: [TextId; 4],
    many: Vec<TextId>,
    len: usize,
}

impl Numbers {
    /// Gathers one number a value in the order of the split; none if one has no number.
    fn gather(
        values: &[DimensionValue<'_>],
        order: &Order,
        mut number: impl FnMut(&str) -> Result<Option<TextId>, Error>,
    ) -> Result<Option<Self>, Error> {
        let mut numbers = Self {
            few: [TextId(0); 4],
            many: Vec::new(),
            len: values.len(),
        };
        for place in 0..values.len() {
            let from = order.as_ref().map_or(place, |order| order[place]);
            let Some(id) = values[from].with_text(&mut number)? else {
                return Ok(None);
            };
            match numbers.few.get_mut(place) {
                Some(slot) if values.len() <= 4 => *slot = id,
                _ => numbers.many.push(id),
            }
        }
        Ok(Some(numbers))
    }

    fn as_slice(&self) -> &[TextId] {
        if self.len <= 4 {
            &self.few[..self.len]
        } else {
            &self.many
        }
    }
}

impl Store {
    /// The slot of a target, which is made if it is new. Registers a declared metric at its first use.
    #[inline]
    pub(super) fn slot(&mut self, key: &Key<'_>) -> Result<SlotId, Error> {
        match *key {
            Key::Numbered { store, at } => self.own(store, at),
            Key::Declared { metric, values: [] } => match self.declared.find(metric) {
                Some(known) => Ok(known.total),
                None => Ok(self.know(metric)?.total),
            },
            Key::Declared { metric, values } => self.declared_slot(metric, values),
            Key::Named { name, dimensions } => self.named_slot(name, dimensions),
        }
    }

    /// The slot of a handle of this store.
    pub(crate) fn slot_of<V>(&self, handle: Handle<V>) -> Result<SlotId, Error> {
        let (store, at) = handle.parts();
        self.own(store, at)
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "where a module is built for size, a call costs more than the comparison"
    )]
    fn own(&self, store: u64, at: SlotAt) -> Result<SlotId, Error> {
        if store == self.id && self.engine.is_slot_at(at) {
            Ok(at.slot)
        } else {
            Err(self.refuse_handle(store))
        }
    }

    #[cold]
    fn refuse_handle(&self, store: u64) -> Error {
        if store == self.id {
            StoreFault::OutdatedHandle.into()
        } else {
            StoreFault::ForeignHandle.into()
        }
    }

    fn declared_slot(
        &mut self,
        metric: Declaration,
        values: &[DimensionValue<'_>],
    ) -> Result<SlotId, Error> {
        if self
            .declared
            .find(metric)
            .is_none_or(|known| known.split.is_none())
        {
            // What is refused registers nothing.
            for value in values {
                value.with_text(check_dimension_value)?;
            }
            self.know(metric)?;
        }
        let Self {
            engine, declared, ..
        } = self;
        let (split, order) = declared
            .find(metric)
            .and_then(|known| known.split.as_ref())
            .expect("a metric with dimensions has a split from its registration on");
        let numbers = Numbers::gather(values, order, |text| {
            check_dimension_value(text)?;
            Ok(Some(engine.intern(text)))
        })?
        .expect("every text was given a number");
        let numbers = numbers.as_slice();
        Ok(engine
            .find_slot(*split, numbers)
            .unwrap_or_else(|| engine.add_slot(*split, numbers)))
    }

    /// Registers a declared metric and remembers its numbers. If the change that it is part of is refused,
    /// the registration is rolled back.
    #[cold]
    fn know(&mut self, declaration: Declaration) -> Result<&Known, Error> {
        let is_open = |mark| self.engine.is_open_mark(mark);
        if !self.registering.is_some_and(is_open) {
            self.registering = Some(self.engine.mark());
        }
        let metric = self.register_declared(declaration)?;
        let root = self.engine.add_split(metric, &[]);
        let total = self.engine.add_slot(root, &[]);
        let split = (!declaration.metric().dimensions.is_empty()).then(|| {
            let (names, order) = sort_names(declaration.metric().dimensions);
            let names: Vec<_> = names.iter().map(|name| self.engine.intern(name)).collect();
            (self.engine.add_split(metric, &names), order)
        });
        Ok(self.declared.put(Known {
            address: address(declaration),
            metric,
            total,
            split,
        }))
    }

    fn named_slot(
        &mut self,
        name: &str,
        dimensions: &[(String, DimensionValue<'static>)],
    ) -> Result<SlotId, Error> {
        let metric = self.named_metric(name)?;
        let engine = &mut self.engine;
        let sorted = sort_dimensions(dimensions)?;
        for (name, _) in &sorted {
            engine.catalog().check_dimension(metric, name)?;
        }
        for (_, value) in &sorted {
            value.with_text(check_dimension_value)?;
        }
        let mut names = Vec::with_capacity(sorted.len());
        let mut values = Vec::with_capacity(sorted.len());
        for (name, value) in sorted {
            names.push(engine.intern(name));
            values.push(value.with_text(|text| engine.intern(text)));
        }
        let split = engine.add_split(metric, &names);
        Ok(engine.add_slot(split, &values))
    }

    fn named_metric(&self, name: &str) -> Result<MetricId, Error> {
        let catalog = self.engine.catalog();
        catalog
            .find(name)
            .ok_or_else(|| catalog.unknown(name).into())
    }

    /// The slot of a target to read from; none if nothing was ever recorded there.
    pub(super) fn find_slot(
        &self,
        key: &Key<'_>,
        kind: Option<ValueKind>,
    ) -> Result<Option<SlotId>, Error> {
        match *key {
            Key::Numbered { store, at } => self.own(store, at).map(Some),
            Key::Declared { metric, values: [] } => match self.declared.find(metric) {
                Some(known) => Ok(Some(known.total)),
                None => self.find_declared_slot(metric, &[], kind),
            },
            Key::Declared { metric, values } => match self.declared.find(metric) {
                Some(Known {
                    split: Some((split, order)),
                    ..
                }) => self.find_values(*split, order, values),
                _ => self.find_declared_slot(metric, values, kind),
            },
            Key::Named { name, dimensions } => {
                let metric = self.named_metric(name)?;
                let sorted = sort_dimensions(dimensions)?;
                for (name, _) in &sorted {
                    self.check_dimension(metric, name)?;
                }
                let find = |text: &str| self.engine.find_text(text);
                let (mut names, mut values) = (Vec::new(), Vec::new());
                for (name, value) in sorted {
                    let (Some(name), Some(value)) = (find(name), value.with_text(find)) else {
                        return Ok(None);
                    };
                    names.push(name);
                    values.push(value);
                }
                Ok(self.lookup(metric, Some(names), Some(values)))
            }
        }
    }

    fn find_values(
        &self,
        split: SplitId,
        order: &Order,
        values: &[DimensionValue<'_>],
    ) -> Result<Option<SlotId>, Error> {
        let numbers = Numbers::gather(values, order, |text| Ok(self.engine.find_text(text)))?;
        Ok(numbers.and_then(|numbers| self.engine.find_slot(split, numbers.as_slice())))
    }

    /// For a metric that this store has not met through its declaration yet: it may still hold it,
    /// registered at run time or imported.
    #[cold]
    fn find_declared_slot(
        &self,
        metric: Declaration,
        values: &[DimensionValue<'_>],
        kind: Option<ValueKind>,
    ) -> Result<Option<SlotId>, Error> {
        let Some(id) = self.find_declared(metric) else {
            return Ok(None);
        };
        let stored = self.engine.catalog().metric(id).kind;
        if kind.is_some_and(|kind| kind != stored) {
            let metric = self.engine.catalog().name(id).to_owned();
            return Err(ModelFault::KindChanged { metric, stored }.into());
        }
        let names = if values.is_empty() {
            &[]
        } else {
            metric.metric().dimensions
        };
        let (names, order) = sort_names(names);
        let names = names
            .iter()
            .map(|name| self.engine.find_text(name))
            .collect::<Option<Vec<_>>>();
        let numbers = Numbers::gather(values, &order, |text| Ok(self.engine.find_text(text)))?;
        Ok(self.lookup(
            id,
            names,
            numbers.map(|numbers| numbers.as_slice().to_vec()),
        ))
    }

    /// Whether a metric may be read by a dimension: one that is declared, or one that it was recorded by under an
    /// earlier declaration.
    pub(super) fn check_dimension(&self, metric: MetricId, name: &str) -> Result<(), Error> {
        let engine = &self.engine;
        let checked = engine.catalog().check_dimension(metric, name);
        let Err(fault) = checked else { return Ok(()) };
        let is_used = engine.find_text(name).is_some_and(|name| {
            let mut splits = engine.splits_of(metric);
            splits.any(|(_, split)| split.names().contains(&name) && engine.is_used(split))
        });
        if is_used { Ok(()) } else { Err(fault.into()) }
    }

    fn lookup(
        &self,
        metric: MetricId,
        names: Option<Vec<TextId>>,
        values: Option<Vec<TextId>>,
    ) -> Option<SlotId> {
        let split = self.engine.find_split(metric, &names?)?;
        self.engine.find_slot(split, &values?)
    }

    /// The number of a metric; none for a declared one that was never used.
    pub(crate) fn find_metric(&self, key: MetricKey<'_>) -> Result<Option<MetricId>, Error> {
        match key {
            MetricKey::Declared(declaration) => Ok(match self.declared.find(declaration) {
                Some(known) => Some(known.metric),
                None => self.find_declared(declaration),
            }),
            MetricKey::Named(name) => self.named_metric(name).map(Some),
        }
    }

    /// The number of a metric to write to. Registers a declared metric at its first use.
    pub(crate) fn metric_to_write(&mut self, key: MetricKey<'_>) -> Result<MetricId, Error> {
        match key {
            MetricKey::Declared(declaration) => match self.declared.find(declaration) {
                Some(known) => Ok(known.metric),
                None => Ok(self.know(declaration)?.metric),
            },
            MetricKey::Named(name) => self.named_metric(name),
        }
    }

    fn find_declared(&self, declaration: Declaration) -> Option<MetricId> {
        self.engine
            .catalog()
            .find(&declared_name(declaration.metric()))
    }

    fn register_declared(&mut self, declaration: Declaration) -> Result<MetricId, Error> {
        // The metric first: it may be refused, and a domain may not.
        let metric = self.put_new_metric(&NewMetric::from(declaration.metric()))?;
        self.put_new_domain(&Domain::declared(declaration.metric().domain).into())?;
        Ok(metric)
    }
}

pub(super) fn declared_name(declaration: &MetricDeclaration) -> String {
    format!("{}.{}", declaration.domain.reference, declaration.reference)
}

/// Names sorted by text, and where each stood.
fn sort_names<'n>(names: &[&'n str]) -> (Vec<&'n str>, Order) {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&place| names[place]);
    let sorted = order.iter().map(|&place| names[place]).collect();
    let same = order.is_sorted();
    (sorted, (!same).then(|| order.into_boxed_slice()))
}

/// Dimensions sorted by name, each given once.
fn sort_dimensions<'d>(
    dimensions: &'d [(String, DimensionValue<'static>)],
) -> Result<Vec<&'d (String, DimensionValue<'static>)>, Error> {
    let mut sorted: Vec<_> = dimensions.iter().collect();
    sorted.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
    for pair in sorted.windows(2) {
        if let [(left, _), (right, _)] = pair
            && left == right
        {
            return Err(ModelFault::DimensionTwice(left.clone()).into());
        }
    }
    Ok(sorted)
}
