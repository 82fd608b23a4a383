//! How a store is made.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Store;
use super::declared::Declared;
use crate::engine::Engine;
use crate::time::{Clock, SystemClock, Utc, Zone};

/// A store in the making. Made by [`Store::builder`].
#[must_use = "build the store"]
pub struct StoreBuilder {
    /// None until it is set: UTC for a new store, and what it has for one that is there.
    pub(super) zone: Option<Arc<dyn Zone>>,
    /// The zone of a new store, if `zone` is not set.
    pub(super) new_zone: Option<Arc<dyn Zone>>,
    clock: Arc<dyn Clock>,
    is_safe: bool,
    #[cfg(feature = "files")]
    pub(super) keeping: super::Keeping,
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
            zone: None,
            new_zone: None,
            clock: Arc::new(SystemClock),
            is_safe: false,
            #[cfg(feature = "files")]
            keeping: super::Keeping::default(),
        }
    }
}

/// As [`Store::in_memory`].
impl Default for Store {
    fn default() -> Self {
        Self::in_memory()
    }
}

impl Store {
    /// An empty store in the same zone, with the same clock.
    pub(super) fn beside(&self) -> Self {
        StoreBuilder {
            zone: Some(self.shared_zone()),
            clock: Arc::clone(&self.clock),
            ..Self::builder()
        }
        .build()
    }
}

impl StoreBuilder {
    /// Sets the clock that tells what today is; that of the machine if it is not set.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Refuses to write integers that a number of JavaScript cannot hold, beyond ±(2^53 - 1): for a store
    /// that is read there. What is stored already stays readable.
    ///
    /// # Example: the last one that fits
    ///
    /// ```
    /// use trackstats::{ErrorCode, Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::builder().safe_integers().build();
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 9_007_199_254_740_991_i64)?;
    /// let error = store.increment(shopping::ORDER_COUNT, "2026-11-23", 1).unwrap_err();
    /// assert_eq!(error.code(), ErrorCode::UnsafeInteger);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn safe_integers(mut self) -> Self {
        self.is_safe = true;
        self
    }

    /// The store, empty.
    #[must_use]
    pub fn build(self) -> Store {
        self.with(Engine::default())
    }

    pub(super) fn zone_name(&self) -> &str {
        let zone = self.zone.as_deref().or(self.new_zone.as_deref());
        zone.map_or(Utc.name(), Zone::name)
    }

    pub(super) fn with(self, mut engine: Engine) -> Store {
        // Numbers that are never used twice in a process; which store gets which does not matter.
        static NEXT: AtomicU64 = AtomicU64::new(1);
        if self.is_safe {
            engine.stay_safe();
        }
        Store {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            engine,
            zone: self.zone.or(self.new_zone).unwrap_or_else(|| Arc::new(Utc)),
            clock: self.clock,
            declared: Declared::default(),
            registering: None,
            hands_out_numbers: false,
            #[cfg(feature = "files")]
            kept: None,
            #[cfg(feature = "sql")]
            statements: super::Statements::default(),
        }
    }
}

impl fmt::Debug for StoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreBuilder")
            .field("zone", &self.zone_name())
            .finish_non_exhaustive()
    }
}
