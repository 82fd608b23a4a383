//! Trackers: from events to statistics, in one pass.
//!
//! May import `store` and what is below it. Always holds: a run reads its source to the end before it
//! writes anything, it deletes nothing, it writes no value that is already there, and it overwrites
//! nothing that was made of events that the source lacks.
//!
//! Each event gets its calendar date, is put to its object, and is added to the tally of its day: the
//! store is not touched by that. Then it is judged how far back the source goes, each object resumes at
//! its newest stored row, and the tallies become rows: of single days, of windows that end on each day,
//! or of everything up to each day.

mod builder;
mod columns;
mod dating;
mod days;
mod distinct;
mod event_dimension;
mod fault;
mod gather;
mod held;
mod keys;
mod name;
mod push;
mod reach;
mod report;
mod resume;
mod run;
mod sparse;
mod tally;
mod tracker;
mod window;
mod write;

pub use builder::TrackerBuilder;
pub use columns::{Aggregation, ColumnTracker, ColumnValues, EventColumns};
pub use event_dimension::EventDimension;
pub use push::{AnyTracker, TrackRun, track_all};
pub use report::TrackReport;
pub use resume::TrackSince;
pub use tracker::{FloatMetric, Tracker};

pub(crate) use fault::TrackFault;
