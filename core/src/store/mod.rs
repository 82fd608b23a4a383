//! The store: what an application opens, records in and reads from.
//!
//! May import `error`, `time`, `model`, `engine` and `journal`. Always holds: what is recorded was checked
//! here, once, and went into the engine as an entry.

mod aggregate;
mod batch;
mod breakdown;
mod builder;
mod changes;
mod chosen;
mod compare;
mod declared;
mod delete;
mod fault;
mod filter;
mod found;
#[cfg(feature = "interchange")]
mod interchange;
#[cfg(feature = "files")]
mod keep;
mod listing;
mod narrow;
mod parts;
mod record;
mod register;
mod resolve;
mod rolling;
mod series;
mod series_by;
mod shape;
mod shared;
mod slice;
mod top;
mod total;
mod zone;

pub use aggregate::{Aggregate, AnyAggregate, Last, Maximum, Mean, Minimum, Sum};
pub use batch::Savepoint;
pub use breakdown::{Breakdown, BreakdownPart, BreakdownQuery};
pub use builder::StoreBuilder;
pub use compare::{CompareQuery, Comparison};
pub use filter::Filter;
#[cfg(feature = "interchange")]
pub use interchange::{
    BadLine, Csv, Django, Export, ExportFormat, ExportPieces, Import, ImportFormat, ImportPieces,
    ImportReport, JsonLines, Progress, Undeclared,
};
#[cfg(feature = "files")]
pub use keep::{Durability, FlushThread, Recovery, recover};
pub use listing::SeriesInfo;
pub use series::{SeriesList, SeriesQuery, SingleSeries};
pub use series_by::{SeriesBy, SeriesByQuery, SeriesPart};
pub use shape::Fill;
pub use slice::{SeriesSlice, SliceDays, SliceValues};
pub use total::{Total, TotalQuery};
pub use zone::SnapshotInfo;

pub(crate) use fault::StoreFault;

#[cfg(feature = "files")]
use keep::{Keeping, Kept};

use std::fmt;
use std::sync::Arc;
#[cfg(feature = "sql")]
use std::sync::atomic::AtomicBool;
#[cfg(feature = "sql")]
use std::time::Duration;

use crate::engine::{Engine, Mark};
use crate::time::{Clock, Date, Timestamp, Zone};

use declared::Declared;

/// Domains, metrics and their statistics, in one time zone.
///
/// # Example: declare, record, read
///
/// ```
/// use trackstats::{Period, Store, stats};
///
/// stats! {
///     shopping "Shopping" {
///         order_count "Number of orders sold",
///     }
/// }
///
/// let mut store = Store::in_memory();
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-22", 3)?;
/// store.increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
/// let series = store.series(shopping::ORDER_COUNT, Period::Day).read()?;
/// assert_eq!(series.values().collect::<Vec<_>>(), [Some(3), Some(1)]);
/// # Ok::<(), trackstats::Error>(())
/// ```
pub struct Store {
    /// Tells the handles of this store from those of another.
    id: u64,
    engine: Engine,
    zone: Arc<dyn Zone>,
    clock: Arc<dyn Clock>,
    declared: Declared,
    /// The place before the registration that the change under way has made.
    registering: Option<Mark>,
    /// Whether handles are kept by a caller who says when they are of no more use.
    hands_out_numbers: bool,
    /// Where the store is kept, unless it is in memory only.
    #[cfg(feature = "files")]
    kept: Option<Box<Kept>>,
    #[cfg(feature = "sql")]
    statements: Statements,
}

/// What was said of statements.
#[cfg(feature = "sql")]
#[derive(Default)]
pub(crate) struct Statements {
    /// The rows that one may read and return, the bytes it may hold and the time it may take, once they
    /// were set. Only the SQL floor knows what they are otherwise.
    pub(crate) limits: Option<(u64, u64, u64, Duration)>,
    /// Stops them while it is true.
    pub(crate) stop: Option<Arc<AtomicBool>>,
}

impl Store {
    /// The time zone that instants are dated in.
    #[must_use]
    pub fn zone(&self) -> &dyn Zone {
        &*self.zone
    }

    /// The present instant, by the clock of the store.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The present date in the zone of the store.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now().date_in(self.zone())
    }

    /// The number of statistics in the store.
    #[must_use]
    pub fn len(&self) -> usize {
        self.engine.len()
    }

    /// Whether the store holds no statistic.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn shared_zone(&self) -> Arc<dyn Zone> {
        Arc::clone(&self.zone)
    }

    #[cfg(feature = "sql")]
    pub(crate) fn statements(&self) -> &Statements {
        &self.statements
    }

    #[cfg(feature = "sql")]
    pub(crate) fn statements_mut(&mut self) -> &mut Statements {
        &mut self.statements
    }

    #[cfg(feature = "sql")]
    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn engine_mut(&mut self) -> &mut Engine {
        &mut self.engine
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("zone", &self.zone.name())
            .field("metrics", &self.metrics().count())
            .field("statistics", &self.len())
            .finish_non_exhaustive()
    }
}
