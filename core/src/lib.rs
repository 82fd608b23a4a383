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
    AsMetric, DimensionValue, Domain, DomainDeclaration, DomainInfo, Handle, IntoValue, Metric,
    MetricAt, MetricDeclaration, MetricInfo, MetricRef, MetricValue, NewDomain, NewMetric, Null,
    Point, Series, Statistic, Target, Value, ValueKind, mix_hash_seeds,
};
#[cfg(feature = "sql")]
pub use sql::{Rows, SqlLimits, SqlValue};
pub use store::{
    Aggregate, AnyAggregate, Breakdown, BreakdownPart, BreakdownQuery, CompareQuery, Comparison,
    Fill, Filter, Last, Maximum, Mean, Minimum, Savepoint, SeriesBy, SeriesByQuery, SeriesInfo,
    SeriesList, SeriesPart, SeriesQuery, SeriesSlice, SingleSeries, SliceDays, SliceValues,
    SnapshotInfo, Store, StoreBuilder, Sum, Total, TotalQuery,
};
#[cfg(feature = "interchange")]
pub use store::{
    BadLine, Csv, Django, Export, ExportFormat, ExportPieces, Import, ImportFormat, ImportPieces,
    ImportReport, JsonLines, Progress, Undeclared,
};
#[cfg(feature = "files")]
pub use store::{Durability, FlushThread, Recovery, recover};
#[cfg(feature = "zones")]
pub use time::NamedZone;
pub use time::{
    Bucket, Clock, Date, DateRange, EventTime, FixedOffset, IntoDateRange, IntoEventTime, Period,
    SystemClock, Timestamp, Utc, Weekday, Zone, start_of_day, start_of_hour,
};
pub use track::{
    Aggregation, AnyTracker, ColumnTracker, ColumnValues, EventColumns, EventDimension,
    FloatMetric, TrackReport, TrackRun, TrackSince, Tracker, TrackerBuilder, track_all,
};
#[doc(hidden)]
pub use trackstats_macros::declare as __declare;
