//! What the keys of a dump stand for.

use super::key::Key;
use crate::model::{HashMap, MetricId, check_dimension_name};
use crate::store::interchange::fault::InterchangeFault;

/// A model: its app and its name.
type Model = (String, String);

/// Content types and the dimensions that their objects become.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    models: HashMap<Key, Model>,
    renamed: HashMap<Model, String>,
    /// The model that became a dimension.
    taken: HashMap<String, Model>,
    /// The dimension of a key that was asked for before.
    known: HashMap<Key, String>,
}

impl Names {
    pub(super) fn add(&mut self, key: Key, app: String, model: String) {
        self.known.remove(&key);
        self.models.insert(key, (app, model));
    }

    pub(super) fn rename(&mut self, app: String, model: String, dimension: String) {
        self.renamed.insert((app, model), dimension);
    }

    /// The name of the dimension; none if nothing has told what the number stands for.
    pub(super) fn dimension(&mut self, key: &Key) -> Result<Option<&str>, InterchangeFault> {
        // Asked twice, because the borrow checker keeps what is returned borrowed to the end.
        if !self.known.contains_key(key) {
            let Some(name) = self.find(key)? else {
                return Ok(None);
            };
            self.known.insert(key.clone(), name);
        }
        Ok(self.known.get(key).map(String::as_str))
    }

    fn find(&mut self, key: &Key) -> Result<Option<String>, InterchangeFault> {
        let model = match key {
            Key::Natural(texts) => match texts.as_slice() {
                [app, model] => (app.clone(), model.clone()),
                _ => return Err(InterchangeFault::ContentTypeKey(key.to_string())),
            },
            _ => match self.models.get(key) {
                Some(model) => model.clone(),
                None => return Ok(None),
            },
        };
        let name = self.renamed.get(&model).unwrap_or(&model.1).clone();
        let written = |(app, model): &Model| format!("{app}.{model}");
        if let Err(fault) = check_dimension_name(&name) {
            let why = fault.to_string();
            return Err(InterchangeFault::DimensionName {
                object_type: written(&model),
                why,
            });
        }
        match self.taken.get(&name) {
            Some(other) if *other != model => {
                let (first, second) = (written(other), written(&model));
                Err(InterchangeFault::SameDimension {
                    name,
                    first,
                    second,
                })
            }
            Some(_) => Ok(Some(name)),
            None => {
                self.taken.insert(name.clone(), model);
                Ok(Some(name))
            }
        }
    }
}

/// The domains and metrics of a dump.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) domains: HashMap<Key, String>,
    pub(super) metrics: HashMap<Key, MetricId>,
}

impl Tables {
    pub(super) fn add_domain(&mut self, pk: Option<Key>, reference: &str) {
        self.domains.insert(
            Key::Natural(vec![reference.to_owned()]),
            reference.to_owned(),
        );
        if let Some(pk) = pk {
            self.domains.insert(pk, reference.to_owned());
        }
    }

    pub(super) fn add_metric(
        &mut self,
        pk: Option<Key>,
        domain: &str,
        reference: &str,
        id: MetricId,
    ) {
        let natural = vec![domain.to_owned(), reference.to_owned()];
        self.metrics.insert(Key::Natural(natural), id);
        if let Some(pk) = pk {
            self.metrics.insert(pk, id);
        }
    }
}
