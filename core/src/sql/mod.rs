//! SQL.
mod bounds;
mod budget;
mod check;
mod fault;
mod limits;
mod parse;
mod read;
mod refuse;
mod row;
mod rows;
mod scan;
mod stack;
mod store;
mod table;
mod value;
mod view;
mod write;

pub use budget::SqlLimits;
pub use rows::{Iter, Rows, SqlColumn};
pub use value::SqlValue;
