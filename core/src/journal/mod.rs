//! What a store looks like in bytes: the changes of a commit, and the snapshot of everything.
//!
//! May import `error`, `time`, `model` and `engine`. Always holds: bytes are little-endian; the same
//! store gives the same bytes on every machine; whatever bytes are read, the answer is the data or an
//! error. Reading refuses what names nothing and what comes twice; the order of texts and the form of
//! a column may be others than those that would be written.
//!
//! # Numbers and texts
//!
//! | written as | how |
//! |---|---|
//! | number | LEB128: seven bits a byte, the lowest first, the high bit set on all but the last byte |
//! | signed | zigzag, `(n << 1) ^ (n >> 63)`, then as a number |
//! | float | the eight bytes of IEEE 754 binary64 |
//! | text | the number of its bytes, then UTF-8 |
//! | maybe a text | one byte, 0 or 1, and after a 1 the text |
//!
//! A tick is a signed number. A period is its number of days, 0 for a lifetime.
//!
//! # Changes
//!
//! One commit, all of it or nothing. It stands by itself: nothing in it refers to what was written
//! before.
//!
//! | part | how |
//! |---|---|
//! | version | one byte, 1 |
//! | texts | their number, then each: names of metrics, names and values of dimensions |
//! | series | their number, then each: the text of the metric, period, the number of dimensions, for each the text of its name and of its value |
//! | entries | their number, then each: one byte that tells what it is, and what belongs to it |
//!
//! | byte | entry | what belongs to it |
//! |---|---|---|
//! | 0 | a domain is called that | reference, maybe a title, maybe a description |
//! | 1 | a metric is called that | name, maybe a title, maybe a description, kind (0 not said, 1 integer, 2 float), dimensions (0 not said, else their number plus one, then the names) |
//! | 2 | a key holds null | series, tick |
//! | 3 | a key holds an integer | series, tick, signed |
//! | 4 | a key holds a float | series, tick, float |
//! | 5 | add an integer | series, tick, signed |
//! | 6 | add a float | series, tick, float |
//! | 7 | delete | series, first tick, number of ticks after it |
//!
//! A tick is written as its distance from the tick of the entry before it, 0 for the first.
//!
//! # Snapshot
//!
//! | part | how |
//! |---|---|
//! | magic | the four bytes `TKST` |
//! | version | one byte, 1 |
//! | zone | the text of its name |
//! | domains | their number, then each: reference, title, description |
//! | metrics | their number, then each: name, title, description, kind (1 integer, 2 float), the number of dimensions, their names |
//! | texts | their number, then each: names and values of dimensions |
//! | splits | their number, then each: the number of the metric, the number of names, the texts of the names, ascending |
//! | series | their number, then each as a column |
//!
//! A column is: the number of its split, the texts of the values, period, number of statistics, first
//! tick, ticks, nulls, values.
//!
//! | part | how |
//! |---|---|
//! | ticks | one byte: 0 if they follow each other, or 1 and for each after the first its distance from the one before |
//! | nulls | their number, then the distance of each place from the one before, the first from 0 |
//! | values | one byte: 0 for signed numbers, 1 for signed differences from the value before, 2 for floats |
//!
//! A place is the index of a statistic in its column; the value at the place of a null is 0.

mod changes;
mod column;
mod fault;
mod read_changes;
mod read_snapshot;
mod snapshot;
mod wire;

pub(crate) use changes::write_changes;
pub(crate) use read_changes::apply_changes;
pub(crate) use read_snapshot::read_snapshot;
pub(crate) use snapshot::write_snapshot;
