//! Objects that are known by whole numbers, which lie close together.

use trackstats::{EventColumns, Handle, MetricRef, Store, Value};

use crate::fault::Fault;
use crate::wire::Request;

/// What whole numbers in the place of objects stand for.
pub(super) struct Keys {
    /// The dimension that they are values of.
    name: String,
    /// Whether they have a sign.
    signed: bool,
    /// Dimensions that all objects have at the same value.
    fixed: Vec<(String, String)>,
}

impl Keys {
    /// None if the objects of a run are places of handles.
    pub(super) fn read(request: &mut Request<'_>) -> Option<Self> {
        Some(Self {
            name: request.optional_text()?,
            signed: request.flag(),
            fixed: request.pairs(),
        })
    }

    /// Puts the places of handles in the place of the keys, and answers the handles, in the order in which
    /// their keys come first.
    pub(super) fn meet(
        &self,
        store: &mut Store,
        metric: &str,
        keys: &mut [u32],
    ) -> Result<Vec<Handle<Value>>, Fault> {
        // Keys in the order of their values: with a sign, those below zero come first.
        let flip = if self.signed { 1 << 31 } else { 0 };
        let least = keys.iter().map(|key| key ^ flip).min().unwrap_or(0);
        // One more than the place of each key from the least on; 0 is one that was not met. JavaScript has seen
        // that there are no more than keys.
        let mut known = vec![0; keys.len()];
        let mut handles = Vec::new();
        for key in keys {
            let Some(place) = known.get_mut(((*key ^ flip) - least) as usize) else {
                *key = EventColumns::NO_OBJECT;
                continue;
            };
            if *place == 0 {
                let value = i64::from(*key ^ flip) - i64::from(flip);
                handles.push(self.handle(store, metric, value)?);
                *place = u32::try_from(handles.len()).unwrap_or(u32::MAX);
            }
            *key = *place - 1;
        }
        Ok(handles)
    }

    #[cold]
    fn handle(&self, store: &mut Store, metric: &str, key: i64) -> Result<Handle<Value>, Fault> {
        let mut target = MetricRef::new(metric);
        for (name, value) in &self.fixed {
            target = target.at(name.as_str(), value.as_str());
        }
        Ok(store.handle(&target.at(self.name.as_str(), key))?)
    }
}
