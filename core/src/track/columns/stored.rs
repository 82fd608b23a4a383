//! The objects that are stored split by some dimensions.

use crate::engine::{Engine, TextId};
use crate::model::{MetricId, SlotId};

/// The names of the dimensions of a split, sorted, each with the value that all objects have in it.
#[derive(Clone, Debug)]
pub(super) struct StoredObjects(Vec<(String, Option<String>)>);

impl StoredObjects {
    pub(super) fn new<'d>(
        dimensions: impl IntoIterator<Item = (&'d str, Option<&'d str>)>,
    ) -> Self {
        let own = |(name, value): (&str, Option<&str>)| (name.to_owned(), value.map(str::to_owned));
        let mut dimensions: Vec<_> = dimensions.into_iter().map(own).collect();
        dimensions.sort_unstable();
        Self(dimensions)
    }

    /// The slots that have a series of any period.
    pub(super) fn slots(&self, engine: &Engine, metric: MetricId) -> Vec<SlotId> {
        self.find(engine, metric).unwrap_or_default()
    }

    fn find(&self, engine: &Engine, metric: MetricId) -> Option<Vec<SlotId>> {
        let names = self.0.iter().map(|(name, _)| engine.find_text(name));
        let names: Vec<TextId> = names.collect::<Option<_>>()?;
        let split = engine.find_split(metric, &names)?;
        let mut fixed = Vec::new();
        for (place, (_, value)) in self.0.iter().enumerate() {
            if let Some(value) = value {
                fixed.push((place, engine.find_text(value)?));
            }
        }
        let is_one = |slot: SlotId| {
            let values = engine.slot_values(slot);
            let mut fixed = fixed.iter();
            fixed.all(|&(place, value)| values.get(place) == Some(&value))
        };
        let series = crate::time::Period::ALL.map(|period| engine.split(split).series(period));
        let slots = series.into_iter().flatten().map(|&(slot, _)| slot);
        Some(slots.filter(|&slot| is_one(slot)).collect())
    }
}
