//! Columns for series that hold nothing yet: of the counts of one object, and of rows.

use super::window::Row;
use crate::engine::Column;
use crate::model::{Value, ValueKind};
use crate::time::Tick;

/// Used for one object after another, so that its room is taken once.
#[derive(Debug, Default)]
pub(super) struct HeldCounts {
    ticks: Vec<Tick>,
    counts: Vec<i64>,
    /// How many there are; what stands behind them is left from before.
    len: usize,
}

impl HeldCounts {
    /// Reads the counts of one object, from its first day on.
    pub(super) fn read(&mut self, first: Tick, counts: &[u32]) {
        if self.ticks.len() < counts.len() {
            self.ticks.resize(counts.len(), 0);
            self.counts.resize(counts.len(), 0);
        }
        let mut len = 0;
        // Every day is written, and its place taken only if it has events: a branch would often be
        // foreseen wrongly.
        for (tick, &count) in (first..).zip(counts) {
            if let (Some(held), Some(value)) = (self.ticks.get_mut(len), self.counts.get_mut(len)) {
                *held = tick;
                *value = count.into();
            }
            len += usize::from(count > 0);
        }
        self.len = len;
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// A column of them, for a series that holds nothing yet.
    pub(super) fn column(&self, kind: ValueKind) -> Option<Column> {
        let ticks = self.ticks.get(..self.len)?.to_vec();
        let counts = self.counts.get(..self.len)?;
        match kind {
            ValueKind::Integer => Column::of_integers(ticks, counts.to_vec(), Vec::new()),
            ValueKind::Float => {
                let floats = counts.iter().map(|&count| float_of(count));
                Column::of_floats(ticks, floats.collect(), Vec::new())
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count has 32 bits")]
const fn float_of(count: i64) -> f64 {
    count as f64
}

/// A value as the metric holds it: a count in a float metric is the float of the same number.
pub(super) fn of_kind(kind: ValueKind, value: Option<Value>) -> Option<Value> {
    match (kind, value) {
        (ValueKind::Float, Some(value)) => Some(Value::Float(value.as_f64())),
        (_, value) => value,
    }
}

/// The rows of a series that holds nothing yet; none where a sum does not fit.
pub(super) fn whole_column(rows: &[Row], kind: ValueKind) -> Option<Column> {
    let mut nulls = Vec::new();
    for &(tick, value) in rows {
        if value?.is_none() {
            nulls.push(tick);
        }
    }
    let ticks = rows.iter().map(|&(tick, _)| tick).collect();
    let values = rows.iter().map(|&(_, value)| value.flatten());
    match kind {
        ValueKind::Integer => {
            let values = values.map(|value| value.and_then(Value::as_i64).unwrap_or(0));
            Column::of_integers(ticks, values.collect(), nulls)
        }
        ValueKind::Float => {
            let values = values.map(|value| value.map_or(0.0, Value::as_f64));
            Column::of_floats(ticks, values.collect(), nulls)
        }
    }
}
