//! The statistics store that every app can carry inside it.
//!
//! An application declares its metrics once, with [`stats!`], records values by date in a [`Store`],
//! and reads them back as series, breakdowns and SQL.

// Lets the code that `stats!` writes name this crate inside the crate itself.
extern crate self as trackstats;

pub mod declaration;
mod engine;
mod error;
pub mod journal;
mod model;
mod nearest;
#[cfg(feature = "sql")]
pub mod sql;
mod store;
mod time;
mod track;

pub use error::{Error, ErrorCode};
pub use model::{
    AnyMetric, At, DimensionValue, Domain, DomainDeclaration, DomainInfo, Handle, IntoValue, Kind,
    Metric, MetricDeclaration, MetricInfo, MetricRef, NewDomain, NewMetric, Null, Number, Point,
    Series, Statistic, Target, Value, mix_hash_seeds,
};
#[cfg(feature = "sql")]
pub use sql::{Rows, SqlLimits, SqlValue};
pub use store::{
    Aggregate, AnyAggregate, Breakdown, BreakdownQuery, CompareQuery, Comparison, Fill, Filter,
    Last, Many, Maximum, Mean, Minimum, One, Part, Savepoint, SeriesBy, SeriesByQuery, SeriesInfo,
    SeriesPart, SeriesQuery, SeriesSlice, SliceDays, SliceValues, SnapshotInfo, Store,
    StoreBuilder, Sum, Total, TotalQuery,
};
#[cfg(feature = "interchange")]
pub use store::{
    BadLine, Csv, Django, Export, ExportFormat, ExportPieces, Import, ImportFormat, ImportPieces,
    ImportReport, JsonLines, Progress, Undeclared,
};
#[cfg(feature = "files")]
pub use store::{Durability, Flushing, Recovery, recover};
#[cfg(feature = "zones")]
pub use time::NamedZone;
pub use time::{
    Bucket, Clock, Date, DateRange, FixedOffset, IntoDateRange, IntoMoment, Moment, Period,
    SystemClock, Timestamp, Utc, Weekday, Zone, first_instant, hour_start,
};
pub use track::{
    Aggregation, AnyTracker, By, ColumnTracker, ColumnValues, EventColumns, HoldsFloats, Report,
    Since, TrackRun, Tracker, Undated, track_all,
};
#[doc(hidden)]
pub use trackstats_macros::declare as __declare;
