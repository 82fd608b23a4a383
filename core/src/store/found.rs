//! What there is of a target to read from.

use super::Store;
use super::series::Found;
use crate::Error;
use crate::model::{SlotId, Target, ValueKind, sealed};
use crate::time::Period;

impl Store {
    /// What there is of a target to read from.
    #[inline]
    pub(super) fn found<T: Target>(&self, target: &T, period: Period) -> Result<Found, Error> {
        let key = target.key();
        let known = <T::Value as sealed::MetricValue>::KIND;
        let slot = self.slot_to_read(&key, known, period)?;
        let kind = match (known, slot) {
            (Some(kind), _) => kind,
            (None, Some(slot)) => self.slot_kind(slot),
            (None, None) => self.kind_of::<T::Value>(&key),
        };
        Ok(Found { slot, kind })
    }

    pub(super) fn slot_kind(&self, slot: SlotId) -> ValueKind {
        self.engine()
            .catalog()
            .metric(self.engine().slot_metric(slot))
            .kind
    }

    pub(super) fn slot_metric_name(&self, slot: SlotId) -> String {
        self.engine()
            .catalog()
            .name(self.engine().slot_metric(slot))
            .to_owned()
    }
}
