//! Taking over all that another engine holds.

use super::{Column, Engine, TextId};

impl Engine {
    /// Puts what another engine holds in the place of what this one does. The numbers of metrics, slots
    /// and series stay, so that what refers to them finds the same names as before.
    ///
    /// Nothing of it can be taken back, and nobody is told.
    pub(crate) fn replace(&mut self, other: &mut Self) {
        self.settle(usize::MAX);
        for column in &mut self.columns {
            *column = Column::new(column.kind());
        }
        self.catalog.replace(&other.catalog);
        self.emptied = self.columns.len();
        let keys: Vec<_> = other.index.keys().to_vec();
        for (number, (slot, period)) in keys.into_iter().enumerate() {
            let split = other.split(other.slot_split(slot));
            let Some(metric) = self.catalog.find(other.catalog.name(split.metric())) else {
                continue;
            };
            let mut texts = |ids: &[TextId]| -> Vec<TextId> {
                let texts = ids.iter().map(|&id| other.texts.text(id));
                texts.map(|text| self.texts.intern(text)).collect()
            };
            let names = texts(split.names());
            let values = texts(other.slot_values(slot));
            let split = self.add_split(metric, &names);
            let slot = self.add_slot(split, &values);
            let series = self.series(slot, period);
            let empty = Column::new(other.columns[number].kind());
            let column = std::mem::replace(&mut other.columns[number], empty);
            self.columns[series.0 as usize] = column;
        }
        let gone: Vec<_> = self.catalog.unregistered().collect();
        for id in gone {
            self.index.outdate(id);
        }
        let metrics: Vec<_> = self.catalog.metrics().map(|(id, _)| id).collect();
        for id in metrics {
            self.give_kind_to_columns(id);
        }
    }
}
