//! The time zone of a store.

use std::sync::Arc;

use super::{Store, StoreBuilder, StoreFault};
use crate::Error;
use crate::journal::snapshot_zone;
use crate::time::{Zone, is_same_zone, zone_of};

/// What a [snapshot](Store::snapshot) says of itself, without a store being made of it.
///
/// # Example: the zone of a snapshot
///
/// ```
/// use trackstats::{ErrorCode, FixedOffset, SnapshotInfo, Store};
///
/// let store = Store::builder().zone(FixedOffset::hours(2)?).build();
/// assert_eq!(SnapshotInfo::read(&store.snapshot())?.zone, "+02:00");
/// assert_eq!(SnapshotInfo::read(b"PK").unwrap_err().code(), ErrorCode::Corrupt);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SnapshotInfo {
    /// The primary name of its time zone.
    pub zone: String,
}

impl SnapshotInfo {
    /// Reads the beginning of a snapshot. What follows is not looked at.
    ///
    /// # Errors
    ///
    /// `corrupt` when the bytes do not begin as a snapshot does; `newer_version` when a later release
    /// wrote it.
    pub fn read(snapshot: &[u8]) -> Result<Self, Error> {
        Ok(Self {
            zone: snapshot_zone(snapshot)?,
        })
    }
}

impl StoreBuilder {
    /// Sets the time zone of the store. One that is there, in a file or as a snapshot, has to be of this
    /// zone; by which of its names, and in which case, does not matter. If it is not set, a store that is
    /// there keeps its own, and a new one is in UTC.
    pub fn zone(mut self, zone: impl Zone + 'static) -> Self {
        self.zone = Some(Arc::new(zone));
        self
    }

    /// Sets the time zone of a new store. One that is there keeps its own.
    ///
    /// # Example: a traveller
    ///
    /// ```
    /// use trackstats::{FixedOffset, Store};
    ///
    /// let bytes = Store::builder().zone(FixedOffset::hours(2)?).build().snapshot();
    /// let here = || FixedOffset::hours(-5);
    /// assert_eq!(Store::builder().new_zone(here()?).build().zone().name(), "-05:00");
    /// assert_eq!(Store::builder().new_zone(here()?).restore(&bytes)?.zone().name(), "+02:00");
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn new_zone(mut self, zone: impl Zone + 'static) -> Self {
        self.new_zone = Some(Arc::new(zone));
        self
    }

    /// Takes the zone of what is stored, unless another one was asked for.
    pub(super) fn take_zone(&mut self, stored: &str) -> Result<(), Error> {
        if let Some(own) = &self.zone {
            return check_zone(stored, own.name());
        }
        // A zone of that name that the caller made knows what it does.
        let given = self.new_zone.take();
        let given = given.filter(|zone| is_same_zone(zone.name(), stored));
        self.zone = Some(match given {
            Some(zone) => zone,
            None => zone_of(stored)?,
        });
        Ok(())
    }
}

/// Refuses what is of another zone.
pub(super) fn check_zone(stored: &str, own: &str) -> Result<(), Error> {
    if is_same_zone(stored, own) {
        return Ok(());
    }
    Err(StoreFault::OtherZone {
        stored: stored.to_owned(),
        own: own.to_owned(),
    }
    .into())
}

impl Store {
    /// Moves the store to another time zone, for good. What is recorded stays on its dates, which from now
    /// on are those of the new zone: nothing is counted again. What is recorded without a date, and what
    /// trackers count, is dated in the new zone from now on.
    ///
    /// # Example: the shop moved
    ///
    /// ```
    /// use trackstats::{FixedOffset, Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 3)?;
    /// store.move_to_zone(FixedOffset::hours(2)?)?;
    /// assert_eq!(store.zone().name(), "+02:00");
    /// assert_eq!(store.value(shopping::ORDER_COUNT, Period::Day, "2026-11-23")?, Some(Some(3)));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Inside a [batch](Store::batch), as [`drain_changes`](Store::drain_changes). For a store that is kept in
    /// a file, also what [`compact`](Store::compact) answers, and the zone is what it was.
    pub fn move_to_zone(&mut self, zone: impl Zone + 'static) -> Result<(), Error> {
        if self.engine.is_marked() {
            return Err(StoreFault::InsideBatch.into());
        }
        let before = std::mem::replace(&mut self.zone, Arc::new(zone));
        #[cfg(feature = "files")]
        if self.kept.is_some()
            && let Err(error) = self.compact()
        {
            self.zone = before;
            return Err(error);
        }
        drop(before);
        Ok(())
    }
}
