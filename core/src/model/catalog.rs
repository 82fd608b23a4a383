//! Everything declared and registered.

use super::{
    DomainInfo, Kind, Lookup, MetricInfo, ModelFault, NewDomain, NewMetric, TextHasher,
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
}

#[derive(Debug)]
struct Listed {
    info: MetricInfo,
    name: String,
    /// False after the registration was taken back; the number stays taken.
    registered: bool,
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

    /// The metric of that name, also if its registration was taken back.
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
                kind: Kind::Integer,
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
        assign(&mut listed.info.title, new.title.as_ref());
        assign(&mut listed.info.description, new.description.as_ref());
        assign(&mut listed.info.kind, new.kind.as_ref());
        assign(&mut listed.info.dimensions, new.dimensions.as_ref());
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
        for listed in &mut self.metrics {
            listed.registered = false;
        }
        self.order.clear();
        self.domains.clone_from(&other.domains);
        for &theirs in &other.order {
            let theirs = other.listed(theirs);
            let (domain, reference) = (&theirs.info.domain, &theirs.info.reference);
            let id = match self.numbered(&theirs.name) {
                Some(id) => id,
                None => self.add_metric(&theirs.name, domain, reference),
            };
            let listed = &mut self.metrics[id.0 as usize];
            listed.info = theirs.info.clone();
            listed.registered = true;
            self.order.push(id);
        }
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
                kind: Kind::Integer,
                dimensions: Vec::new(),
            },
            name: name.to_owned(),
            registered: false,
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
