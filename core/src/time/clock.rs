//! Where "now" comes from.

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
use std::sync::OnceLock;
use std::time::Duration;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
use std::time::{Instant, SystemTime};

use super::Timestamp;

/// Tells the time. A store is given one, so that a test, or a browser, can bring its own.
///
/// # Example: a store whose day does not change
///
/// ```
/// use trackstats::{Store, Timestamp};
///
/// let noon: Timestamp = "2026-11-23T12:00:00Z".parse()?;
/// let store = Store::builder().clock(noon).build();
/// assert_eq!(store.today().to_string(), "2026-11-23");
/// # Ok::<(), trackstats::Error>(())
/// ```
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;

    /// The time since some instant, to measure spans by. Unless a clock says otherwise, that of
    /// [`now`](Clock::now), in whole seconds.
    fn uptime(&self) -> Duration {
        let seconds = self.now().as_seconds() - Timestamp::MIN.as_seconds();
        Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
    }
}

/// The clock of the machine. Where the platform has none, it stands at 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    fn now(&self) -> Timestamp {
        SystemTime::now()
            .try_into()
            .unwrap_or(Timestamp::unchecked(0))
    }

    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    fn uptime(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    fn now(&self) -> Timestamp {
        Timestamp::unchecked(0)
    }
}

/// A clock that stands still.
impl Clock for Timestamp {
    fn now(&self) -> Timestamp {
        *self
    }
}

impl<F: Fn() -> Timestamp + Send + Sync> Clock for F {
    fn now(&self) -> Timestamp {
        self()
    }
}
