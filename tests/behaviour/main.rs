//! What a user of the crate can rely on, one statement a test, through the public API.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod against_a_map;
mod batches;
mod breakdowns;
mod columns_against_a_tracker;
mod dates_against_chrono;
mod deleting;
mod event_columns;
mod narrowed_trackers;
mod recording;
mod same_bytes_as_javascript;
mod series;
mod slices;
mod snapshots_and_changes;
mod tracked_values;
mod trackers_against_a_recount;
