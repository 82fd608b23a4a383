//! What a user of the crate can rely on, one statement a test, through the public API.

mod batches;
mod breakdowns;
mod against_a_map;
mod dates_against_chrono;
mod deleting;
mod recording;
mod series;
mod trackers_against_a_recount;
