//! The time of the host: JavaScript knows the zones and the clock, so the store only keeps their
//! answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
#[cfg(feature = "objects")]
use std::time::Duration;

use trackstats::{Clock, Date, Timestamp, Zone};

/// A zone by name. Instants never reach the store from JavaScript, which dates them with `Intl`
/// itself, so that the offset is not asked for.
#[derive(Clone, Debug)]
pub(crate) struct HostZone(pub(crate) String);

impl Zone for HostZone {
    fn name(&self) -> &str {
        &self.0
    }

    fn offset_at(&self, _: Timestamp) -> i32 {
        0
    }
}

/// The date of today, as JavaScript said last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Today(Arc<AtomicI32>);

impl Today {
    /// Days since 1970-01-01; what no calendar has becomes its first or last day.
    pub(crate) fn set(&self, day: i32) {
        let day = day.clamp(Date::MIN.days_since_epoch(), Date::MAX.days_since_epoch());
        self.0.store(day, Ordering::Relaxed);
    }
}

impl Clock for Today {
    fn now(&self) -> Timestamp {
        let seconds = i64::from(self.0.load(Ordering::Relaxed)) * 86_400;
        Timestamp::from_seconds(seconds).unwrap_or(Timestamp::MIN)
    }

    /// By the clock of the host, which may be put back: what is measured takes longer then.
    #[cfg(feature = "objects")]
    fn uptime(&self) -> Duration {
        Duration::try_from_secs_f64(js_sys::Date::now() / 1_000.0).unwrap_or_default()
    }
}

/// A store in the making: where integers are given as numbers, one that holds no others.
pub(crate) fn builder(bigint: bool) -> trackstats::StoreBuilder {
    let builder = trackstats::Store::builder();
    if bigint {
        builder
    } else {
        builder.safe_integers()
    }
}

/// A copy of the store that was written down in the zone of that name. It remembers its changes.
#[cfg(feature = "objects")]
pub(crate) fn copy(
    zone: String,
    bigint: bool,
    snapshot: &[u8],
    today: &Today,
) -> Result<trackstats::Store, trackstats::Error> {
    let builder = builder(bigint).zone(HostZone(zone)).clock(today.clone());
    let mut store = builder.restore(snapshot)?;
    store.capture_changes();
    Ok(store)
}
