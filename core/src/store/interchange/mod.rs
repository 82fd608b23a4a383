//! Import and export: statistics and what they are of, to files and back.
//!
//! May import `error`, `time`, `model`, `engine` and the store. Always holds: a file goes in as one
//! change that is all or nothing; nothing is held in memory but one line, and what waits
//! for more of the file, which is bounded, so that files may be of any size; whatever bytes come in, the answer is a report or an error.
//!
//! Each format is described on its type: [`JsonLines`], [`Csv`] and [`Django`].

mod csv;
mod django;
mod export;
mod fault;
mod import;
mod intake;
mod json;
mod json_lines;
mod line;
mod number;
mod output;
mod period;
mod progress;
mod report;
mod source;
mod walk;

pub use csv::Csv;
pub use django::Django;
pub use export::{Export, ExportFormat, ExportPieces};
pub use import::{Import, ImportFormat, ImportPieces};
pub use json_lines::JsonLines;
pub use progress::Progress;
pub use report::{BadLine, ImportReport, Undeclared};
