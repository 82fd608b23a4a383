//! What a run did.

use crate::time::Date;

/// What a run of a tracker read, passed over and wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Report {
    /// The events that the source gave, less those that the filter kept out.
    pub events: u64,
    /// The rows that were not there before.
    pub created: u64,
    /// The rows that held another value before.
    pub changed: u64,
    /// The rows that held the same value already.
    pub unchanged: u64,
    /// The events without a time.
    pub undated: u64,
    /// The events dated after today.
    pub future: u64,
    /// The events of a `day` tracker dated before the day at which their object resumed.
    pub late: u64,
    /// The earliest date of a late event.
    pub oldest_late: Option<Date>,
    /// The events without a value for a dimension that the tracker splits by.
    pub no_object: u64,
}

impl Report {
    /// The rows that are new or hold another value.
    #[must_use]
    pub const fn written(&self) -> u64 {
        self.created + self.changed
    }

    pub(super) fn add_late(&mut self, date: Date, events: u64) {
        self.late += events;
        self.oldest_late = Some(self.oldest_late.map_or(date, |oldest| oldest.min(date)));
    }
}
