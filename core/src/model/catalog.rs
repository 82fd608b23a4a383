//! Everything declared and registered.

use super::{
    DomainInfo, Lookup, MetricInfo, ModelFault, NewDomain, NewMetric, TextHasher, ValueKind,
    metric::check_dimension_name, reference::head,
};
use crate::nearest::nearest;

/// The number of a metric in one store. Numbers are never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MetricId(pub(crate) u32);

/// The domains and metrics of a store.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    domains: Vec<DomainInfo>,
    metrics: Vec<Listed>,
    /// Those that are registered, in the order of their registration.
    order: Vec<MetricId>,
    by_name: Lookup,
    hasher: TextHasher,
    /// Those whose registration, kind or dimensions changed since they were last taken.
    changed: Vec<MetricId>,
}

#[derive(Debug)]
struct Listed {
    info: MetricInfo,
    name: String,
    /// False after the registration was rolled back; the number stays taken.
    registered: bool,
    /// Whether it is among those that changed.
    changed: bool,
}

/// What has to be put back to undo a registration.
#[derive(Debug)]
pub(crate) enum Registered {
    Domain {
        index: usize,
        before: Option<DomainInfo>,
    },
    Metric {
        id: MetricId,
        before: Option<MetricInfo>,
    },
}

impl Catalog {
    pub(crate) fn domains(&self) -> &[DomainInfo] {
        &self.domains
    }

    pub(crate) fn metrics(&self) -> impl Iterator<Item = (MetricId, &MetricInfo)> {
        self.order.iter().map(|&id| (id, self.metric(id)))
    }

    pub(crate) fn find(&self, name: &str) -> Option<MetricId> {
        self.numbered(name).filter(|&id| self.listed(id).registered)
    }

    /// What is said of a name that no metric has.
    pub(crate) fn unknown(&self, name: &str) -> ModelFault {
        let names = self.metrics().map(|(id, _)| self.name(id));
        ModelFault::UnknownMetric {
            name: head(name, 200),
            nearest: nearest(name, names).map(str::to_owned),
        }
    }

    /// The metric of that name, also if its registration was rolled back.
    fn numbered(&self, name: &str) -> Option<MetricId> {
        let is_named = |number| self.name(MetricId(number)) == name;
        let hash = self.hasher.hash(name);
        self.by_name.find(hash, is_named).map(MetricId)
    }

    pub(crate) fn metric(&self, id: MetricId) -> &MetricInfo {
        &self.listed(id).info
    }

    /// `domain.metric`.
    pub(crate) fn name(&self, id: MetricId) -> &str {
        &self.listed(id).name
    }

    fn listed(&self, id: MetricId) -> &Listed {
        &self.metrics[id.0 as usize]
    }

    /// Whether a metric may be split by a dimension of that name.
    pub(crate) fn check_dimension(&self, id: MetricId, name: &str) -> Result<(), ModelFault> {
        let info = self.metric(id);
        if info.dimensions.is_empty() {
            check_dimension_name(name)
        } else if info.dimensions.iter().any(|known| known == name) {
            Ok(())
        } else {
            Err(ModelFault::UnknownDimension {
                metric: self.name(id).to_owned(),
                name: name.to_owned(),
                known: info.dimensions.clone(),
            })
        }
    }

    /// Adds a domain, or changes the texts that are given.
    pub(crate) fn put_domain(&mut self, new: &NewDomain) -> Result<Registered, ModelFault> {
        new.check()?;
        let found = self
            .domains
            .iter()
            .position(|domain| domain.reference == new.reference);
        let index = found.unwrap_or_else(|| self.add_domain(&new.reference));
        let domain = &mut self.domains[index];
        let before = found.map(|_| domain.clone());
        assign(&mut domain.title, new.title.as_ref());
        assign(&mut domain.description, new.description.as_ref());
        Ok(Registered::Domain { index, before })
    }

    /// Adds a metric, or changes what is given. The domain has to be there.
    pub(crate) fn put_metric(
        &mut self,
        new: &NewMetric,
    ) -> Result<(MetricId, Registered), ModelFault> {
        let (domain, reference) = new.check()?;
        let id = match self.numbered(&new.name) {
            Some(id) => id,
            None => self.add_metric(&new.name, domain, reference),
        };
        let listed = &mut self.metrics[id.0 as usize];
        let before = listed.registered.then(|| listed.info.clone());
        if let (Some(kind), Some(before)) = (new.kind, &before)
            && kind != before.kind
        {
            return Err(ModelFault::KindChanged {
                metric: new.name.clone(),
                stored: before.kind,
            });
        }
        if before.is_none() {
            listed.info = MetricInfo {
                kind: ValueKind::Integer,
                title: String::new(),
                description: String::new(),
                dimensions: Vec::new(),
                ..listed.info.clone()
            };
        }
        if before.is_none() {
            listed.registered = true;
            self.order.push(id);
        }
        let dimensions = before.as_ref().map(|before| &before.dimensions);
        let is_same = dimensions.is_some_and(|before| {
            let given = new.dimensions.as_ref();
            given.is_none_or(|given| given == before)
        });
        assign(&mut listed.info.title, new.title.as_ref());
        assign(&mut listed.info.description, new.description.as_ref());
        assign(&mut listed.info.kind, new.kind.as_ref());
        assign(&mut listed.info.dimensions, new.dimensions.as_ref());
        if !is_same {
            self.note_change(id);
        }
        Ok((id, Registered::Metric { id, before }))
    }

    /// Rolls a registration back; gives the metric that is not there any more.
    pub(crate) fn undo(&mut self, registered: Registered) -> Option<MetricId> {
        match registered {
            Registered::Domain {
                index,
                before: Some(before),
            } => self.domains[index] = before,
            // Rolled back in the opposite order, so that a new domain is the last one.
            Registered::Domain {
                index,
                before: None,
            } => self.domains.truncate(index),
            Registered::Metric { id, before } => {
                self.note_change(id);
                let listed = &mut self.metrics[id.0 as usize];
                let Some(before) = before else {
                    listed.registered = false;
                    // As of domains: the last one.
                    self.order.pop();
                    return Some(id);
                };
                listed.info = before;
            }
        }
        None
    }

    /// The metrics whose numbers are taken, but which are not registered.
    pub(crate) fn unregistered(&self) -> impl Iterator<Item = MetricId> {
        (0_u32..)
            .zip(&self.metrics)
            .filter(|(_, listed)| !listed.registered)
            .map(|(number, _)| MetricId(number))
    }

    /// Has what another catalogue has, and no more. Metrics keep their numbers.
    pub(crate) fn replace(&mut self, other: &Self) {
        // Those that were registered and were not met yet.
        let mut gone: Vec<_> = self.metrics.iter().map(|one| one.registered).collect();
        self.order.clear();
        self.domains.clone_from(&other.domains);
        for &theirs in &other.order {
            let theirs = other.listed(theirs);
            let (domain, reference) = (&theirs.info.domain, &theirs.info.reference);
            let id = match self.numbered(&theirs.name) {
                Some(id) => id,
                None => self.add_metric(&theirs.name, domain, reference),
            };
            let was_there = gone.get_mut(id.0 as usize).is_some_and(std::mem::take);
            let listed = &mut self.metrics[id.0 as usize];
            listed.registered = true;
            if !was_there || listed.info != theirs.info {
                listed.info = theirs.info.clone();
                self.note_change(id);
            }
            self.order.push(id);
        }
        for (number, _) in (0..).zip(gone).filter(|&(_, is_gone)| is_gone) {
            self.metrics[number as usize].registered = false;
            self.note_change(MetricId(number));
        }
    }

    fn note_change(&mut self, id: MetricId) {
        let listed = &mut self.metrics[id.0 as usize];
        if !listed.changed {
            listed.changed = true;
            self.changed.push(id);
        }
    }

    /// The metrics whose registration, kind or dimensions changed since this was last called; those that are not
    /// registered any more are without what is known of them.
    pub(crate) fn take_changed(&mut self) -> impl Iterator<Item = (&str, Option<&MetricInfo>)> {
        let changed = std::mem::take(&mut self.changed);
        for &id in &changed {
            self.metrics[id.0 as usize].changed = false;
        }
        changed.into_iter().map(|id| {
            let listed = self.listed(id);
            (&*listed.name, listed.registered.then_some(&listed.info))
        })
    }

    pub(crate) fn has_domain(&self, reference: &str) -> bool {
        self.domains
            .iter()
            .any(|domain| domain.reference == reference)
    }

    fn add_domain(&mut self, reference: &str) -> usize {
        self.domains.push(DomainInfo {
            reference: reference.to_owned(),
            title: String::new(),
            description: String::new(),
        });
        self.domains.len() - 1
    }

    fn add_metric(&mut self, name: &str, domain: &str, reference: &str) -> MetricId {
        let number =
            u32::try_from(self.metrics.len()).expect("a store has fewer than 2^32 metrics");
        self.metrics.push(Listed {
            info: MetricInfo {
                domain: domain.to_owned(),
                reference: reference.to_owned(),
                title: String::new(),
                description: String::new(),
                kind: ValueKind::Integer,
                dimensions: Vec::new(),
            },
            name: name.to_owned(),
            registered: false,
            changed: false,
        });
        self.by_name.insert(self.hasher.hash(name), number);
        MetricId(number)
    }
}

fn assign<T: Clone>(target: &mut T, given: Option<&T>) {
    if let Some(given) = given {
        target.clone_from(given);
    }
}

#[cfg(test)]
mod tests {
    use super::{Catalog, NewDomain, NewMetric};

    fn taken(catalog: &mut Catalog) -> Vec<(String, bool)> {
        let changed = catalog.take_changed();
        changed
            .map(|(name, info)| (name.to_owned(), info.is_some()))
            .collect()
    }

    fn told(name: &str, is_there: bool) -> Vec<(String, bool)> {
        vec![(name.to_owned(), is_there)]
    }

    #[test]
    fn a_metric_is_told_once_when_it_changed() {
        let mut catalog = Catalog::default();
        catalog.put_domain(&NewDomain::new("a")).unwrap();
        let by = |names: &[&str]| NewMetric::new("a.x").by(names.iter().copied());
        let (_, first) = catalog.put_metric(&by(&["page"])).unwrap();
        assert_eq!(taken(&mut catalog), told("a.x", true));
        assert_eq!(taken(&mut catalog), []);
        catalog.put_metric(&by(&["page"]).title("X")).unwrap();
        catalog.put_metric(&NewMetric::new("a.x")).unwrap();
        assert_eq!(taken(&mut catalog), []);
        let (_, second) = catalog.put_metric(&by(&["country"])).unwrap();
        assert_eq!(taken(&mut catalog), told("a.x", true));
        catalog.undo(second);
        assert_eq!(taken(&mut catalog), told("a.x", true));
        catalog.undo(first);
        assert_eq!(taken(&mut catalog), told("a.x", false));
    }

    #[test]
    fn taking_over_another_catalogue_tells_what_differs() {
        let other = |names: &[&str]| {
            let mut other = Catalog::default();
            for name in names {
                other.put_metric(&NewMetric::new(*name)).unwrap();
            }
            other
        };
        let mut catalog = other(&["a.x", "a.y"]);
        taken(&mut catalog);
        catalog.replace(&other(&["a.x", "a.y"]));
        assert_eq!(taken(&mut catalog), []);
        catalog.replace(&other(&["a.y"]));
        assert_eq!(taken(&mut catalog), told("a.x", false));
        catalog.replace(&other(&["a.x", "a.y"]));
        assert_eq!(taken(&mut catalog), told("a.x", true));
    }
}
