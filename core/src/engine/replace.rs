//! Taking over all that another engine holds.

use super::{Column, Engine, TextId};

impl Engine {
    /// Puts what another engine holds in the place of what this one does. The numbers of metrics, slots
    /// and series stay, so that what refers to them finds the same names as before.
    ///
    /// Nothing of it can be rolled back, and nobody is told.
    pub(crate) fn replace(&mut self, other: &mut Self) {
        self.confirm(usize::MAX);
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

#[cfg(test)]
mod tests {
    use crate::engine::{Applied, Engine, Entry, SeriesId};
    use crate::model::{NewMetric, ValueKind};
    use crate::time::Period;

    fn of_kind(kind: ValueKind) -> (Engine, SeriesId) {
        let mut engine = Engine::default();
        let metric = NewMetric::new("shop.sales").kind(kind);
        let Ok(Applied::Metric(id)) = engine.apply(Entry::Metric(&metric)) else {
            panic!("the metric is new");
        };
        let split = engine.add_split(id, &[]);
        let slot = engine.add_slot(split, &[]);
        let series = engine.series(slot, Period::Day);
        (engine, series)
    }

    #[test]
    fn a_series_that_stays_has_the_kind_that_its_metric_has_now() {
        let (mut engine, series) = of_kind(ValueKind::Integer);
        let mut other = Engine::default();
        let metric = NewMetric::new("shop.sales").kind(ValueKind::Float);
        other.apply(Entry::Metric(&metric)).unwrap();
        engine.replace(&mut other);
        assert_eq!(engine.column(series).kind(), ValueKind::Float);
    }
}
