//! Trackers over events that are columns already, such as typed arrays.
//!
//! May import what a tracker may. Always holds: a run gives the report and the rows that a
//! [`Tracker`](super::Tracker) gives for the same events.

mod aggregation;
mod count;
mod events;
mod objects;
mod run;
mod scope;
mod stored;
mod tally;
mod tracker;

pub use aggregation::Aggregation;
pub use events::{ColumnValues, EventColumns};
pub use tracker::ColumnTracker;
