//! What a store looks like in bytes: the changes of a commit, the snapshot of everything, and the file
//! that keeps both.
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
//!
//! # File
//!
//! | from byte | part |
//! |---|---|
//! | 0 | slot 0 |
//! | 512 | slot 1 |
//! | 1024 | the snapshot, then zeros up to a multiple of 8 |
//! | behind it | frames, one a commit |
//! | behind them | room for more: zeros |
//!
//! Numbers are unsigned and little-endian. A checksum is XXH3 of 64 bits with a seed. The seed of what
//! follows the slots is the checksum of the id of the store, seeded with the generation, so that parts of
//! other files, and of what this one was before, never fit.
//!
//! A slot is one sector, which a disk writes as a whole or not at all:
//!
//! | from byte | bytes | holds |
//! |---|---|---|
//! | 0 | 8 | `trckstat` |
//! | 8 | 1 | version of the file, 1 |
//! | 9 | 1 | state: 0 open, frames may follow the end; 1 closed, none do |
//! | 10 | 6 | zeros |
//! | 16 | 16 | id, drawn at random when the store was made |
//! | 32 | 8 | generation: 1, and one more at each new snapshot |
//! | 40 | 8 | sequence: one more at each slot that is written; slot 0 holds even ones, slot 1 odd ones |
//! | 48 | 8 | length of the snapshot |
//! | 56 | 8 | checksum of the snapshot |
//! | 64 | 8 | end: where the frames ended when the slot was written |
//! | 72 | 8 | checksum of the last frame before the end; that of the snapshot if there is none |
//! | 80 | 8 | room: the length that the file has at least |
//! | 88 | 416 | zeros |
//! | 504 | 8 | checksum of the 504 bytes before, seeded with the number of the slot |
//!
//! The first nine bytes and the checksum of a slot are the same in every version of the format. The
//! slot with the larger sequence counts, and the other one has the sequence before it. If one is not
//! readable, the other counts, unless the unreadable one has a generation or sequence that is later than
//! the next: then the slots are of different files.
//!
//! A frame begins at a multiple of 8:
//!
//! | from byte | bytes | holds |
//! |---|---|---|
//! | 0 | 8 | checksum of all that follows in the frame |
//! | 8 | 4 | length of the changes, at least 1 and at most 2^28 |
//! | 12 | 4 | the same with each bit inverted |
//! | 16 | 8 | checksum of the frame before; that of the snapshot in the first one |
//! | 24 | | changes, then zeros up to a multiple of 8 |
//!
//! ## Writing
//!
//! Before anything is written, an owner looks whether the file still has its name, its lock, the checksum of
//! the last frame (in a slot, if there is none) where that was, and zeros where the next one goes.
//!
//! A frame is written where the last one ended, and waited for, before the next one is written. Before
//! anything else after a closing, a slot that says "open" is written and waited for. When there is no
//! room for a frame, zeros are written and waited for, then a slot says so: growing a file costs a second
//! wait for the disk, and so one growth serves many frames.
//!
//! An owner waits for the folder before the first frame, and for the file before the first slot, since the
//! owner before may have been killed before it did.
//!
//! Closing writes both slots, one after the other, each waited for. A new snapshot is a new file: both
//! slots, closed, and the snapshot. It is written beside the old one, waited for, renamed onto it, and
//! the folder is waited for. So a file is made, too.
//!
//! ## Reading
//!
//! Frames are read while they are whole and name the checksum of the one before. The end that the slot
//! tells has to be among their ends, with the checksum it tells; and the file is not shorter than its
//! room. Anything else is damage. In a closed file, the frames end there, zeros follow, and the file is as
//! long as its room.
//!
//! In an open one, what follows the last whole frame is of a commit that a crash cut short: it was never
//! acknowledged, and the owner writes zeros over it and waits, before anything else. But if a whole frame
//! follows it, it was acknowledged, since frames are waited for: that is damage, and nothing is cut off.
//!
//! # Owners
//!
//! A file has one owner, who holds the lock file `<name>.lock` beside it: two lines, which Rust and JavaScript
//! write alike. The first one names the owner: `rust` or `node`, the process id, when the process began, the boot
//! of the machine, the namespaces of process ids and of the time since the boot, the host, and a number of 16
//! hexadecimal digits that no other lock has; `-` stands for what is not told. The second one is written anew each
//! second: hundredths of a second since the boot, or a count. Whoever only reads needs none: a slot or a
//! frame that is being written is one that is not whole, and a file that is being replaced is the old one
//! or the new one.

#[cfg(feature = "files")]
mod backend;
mod changes;
mod column;
mod fault;
mod file;
mod planted;
mod read_changes;
mod read_snapshot;
mod snapshot;
mod wire;

#[cfg(feature = "files")]
pub use backend::{MemoryBackend, StorageBackend};
pub use file::{Fence, Journal, Opened, Operation, Plan, Salvaged, TruncatedTail, open, salvage};

#[cfg(feature = "files")]
pub(crate) use backend::{
    Disk, DiskFault, Holder, LockFault, Owner, OwnerFault, Read, io_code, store_id,
};

#[cfg(feature = "planted")]
#[doc(hidden)]
pub use planted::Bug;
#[cfg(all(feature = "files", not(feature = "planted")))]
pub(crate) use planted::Bug;

pub(crate) use changes::write_changes;
pub(crate) use read_changes::apply_changes;
pub(crate) use read_snapshot::snapshot_zone;
pub(crate) use read_snapshot::{Snapshot, read_snapshot, salvage_snapshot};
pub(crate) use snapshot::write_snapshot;
