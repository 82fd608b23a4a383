//! How a store is made.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Store;
use super::resolve::Declared;
use crate::engine::Engine;
use crate::time::{Clock, SystemClock, Utc, Zone};

/// A store in the making. Made by [`Store::builder`].
#[must_use = "build the store"]
pub struct StoreBuilder {
    zone: Arc<dyn Zone>,
    clock: Arc<dyn Clock>,
}

impl Store {
    /// A store that lives as long as the value, in UTC, with the clock of the machine.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::builder().build()
    }

    /// A store in the making, to choose its zone and its clock.
    ///
    /// # Example: a shop in Amsterdam
    ///
    /// ```
    /// # #[cfg(feature = "zones")] {
    /// use trackstats::{NamedZone, Store, Timestamp};
    ///
    /// let late: Timestamp = "2026-11-22T23:30:00Z".parse()?;
    /// let store = Store::builder().zone(NamedZone::new("Europe/Amsterdam")?).clock(late).build();
    /// assert_eq!(store.today().to_string(), "2026-11-23");
    /// # }
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn builder() -> StoreBuilder {
        StoreBuilder {
            zone: Arc::new(Utc),
            clock: Arc::new(SystemClock),
        }
    }
}

impl StoreBuilder {
    /// Sets the time zone that instants are dated in; UTC if it is not set.
    pub fn zone(mut self, zone: impl Zone + 'static) -> Self {
        self.zone = Arc::new(zone);
        self
    }

    /// Sets the clock that tells what today is; that of the machine if it is not set.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The store, empty.
    #[must_use]
    pub fn build(self) -> Store {
        self.with(Engine::default())
    }

    pub(super) fn zone_name(&self) -> &str {
        self.zone.name()
    }

    pub(super) fn with(self, engine: Engine) -> Store {
        // Numbers that are never used twice in a process; which store gets which does not matter.
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Store {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            engine,
            zone: self.zone,
            clock: self.clock,
            declared: Declared::default(),
            #[cfg(feature = "sql")]
            statement_rows: None,
        }
    }
}

impl fmt::Debug for StoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreBuilder")
            .field("zone", &self.zone.name())
            .finish_non_exhaustive()
    }
}
