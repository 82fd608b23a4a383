//! The days of one object that have events, with their counts.

use crate::engine::Column;
use crate::model::Kind;
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
    pub(super) fn column(&self, kind: Kind) -> Option<Column> {
        let ticks = self.ticks.get(..self.len)?.to_vec();
        let counts = self.counts.get(..self.len)?;
        match kind {
            Kind::Integer => Column::of_integers(ticks, counts.to_vec(), Vec::new()),
            Kind::Float => {
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
