//! The class `Journal`: what is to be done to the file of a store, which JavaScript carries out.
//!
//! A plan is asked for, carried out operation by operation, and completed before the next one is asked for.
//! Operations are bytes: one for what is done, then the place and the length as floats of eight bytes,
//! little-endian, then what is written.

use std::ops::Range;

use trackstats::Error;
use trackstats::journal::{Journal as File, Operation, Plan, open, salvage};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The file of a store, and the plan that is being carried out.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Journal {
    file: File,
    plan: Plan,
    /// Where the snapshot and the frames begin and end.
    places: Vec<f64>,
    /// The operations of the plan.
    operations: Vec<u8>,
}

#[wasm_bindgen]
impl Journal {
    /// A new file with a snapshot; its plan makes it.
    #[must_use]
    pub fn create(id: &[u8], snapshot: &[u8]) -> Self {
        let (id, _) = id.split_first_chunk().unwrap_or((&[0; 16], &[]));
        let (file, plan) = File::create(*id, snapshot);
        Self {
            file,
            plan,
            places: Vec::new(),
            operations: Vec::new(),
        }
    }

    /// Reads the bytes of a file; its plan repairs what a crash left, for who owns it.
    ///
    /// # Errors
    ///
    /// A text: the code, `corrupt` or `newer_version`, a space, and what is wrong.
    pub fn open(bytes: &[u8]) -> Result<Journal, JsValue> {
        let opened = open(bytes).map_err(|error| text(&error))?;
        Ok(Self {
            plan: opened.repair(),
            places: places(std::iter::once(&opened.snapshot).chain(&opened.frames)),
            file: opened.journal,
            operations: Vec::new(),
        })
    }

    /// Where the snapshot begins and ends in the bytes that were read, and then each commit.
    #[must_use]
    pub fn places(&self) -> Vec<f64> {
        self.places.clone()
    }

    /// What is readable of a damaged file: 1 if the snapshot is damaged, how many commits there are and how
    /// many of them come before every damage, where the snapshot begins and ends, each commit, and each part
    /// that is lost. Nothing, if nothing is readable.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 fit in memory")]
    pub fn salvage(bytes: &[u8]) -> Vec<f64> {
        let Some(found) = salvage(bytes) else {
            return Vec::new();
        };
        let mut told = vec![
            f64::from(u8::from(found.snapshot_damaged)),
            found.frames.len() as f64,
            found.before_damage().len() as f64,
        ];
        let frames = found.frames.iter().chain(&found.lost);
        told.extend(places(std::iter::once(&found.snapshot).chain(frames)));
        told
    }

    /// Where the next commit is going to be.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "files are smaller than 2^53 bytes"
    )]
    pub fn end(&self) -> f64 {
        self.file.end() as f64
    }

    /// Reads on: where in these bytes, which are those from the end on, each commit begins and ends.
    #[must_use]
    pub fn follow(&mut self, bytes: &[u8]) -> Vec<f64> {
        places(self.file.follow(bytes).iter())
    }

    /// How many snapshots were written before this one, and one.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "nobody writes 2^53 snapshots")]
    pub fn generation(&self) -> f64 {
        self.file.generation() as f64
    }

    /// Whether changes of that length fit a commit.
    #[must_use]
    pub fn fits(length: usize) -> bool {
        File::fits(length)
    }

    /// Whether a new snapshot is worth writing.
    #[must_use]
    #[wasm_bindgen(js_name = isLong)]
    pub fn is_long(&self) -> bool {
        self.file.is_long()
    }

    /// Whether it is after a commit of changes of that length.
    #[must_use]
    #[wasm_bindgen(js_name = isLongAfter)]
    pub fn is_long_after(&self, length: usize) -> bool {
        self.file.is_long_after(length)
    }

    /// Whether nothing is written any more, since nobody knows what is on the disk.
    #[must_use]
    #[wasm_bindgen(js_name = isRefused)]
    pub fn is_refused(&self) -> bool {
        self.file.is_refused()
    }

    /// Plans to append the changes of a commit.
    ///
    /// # Errors
    ///
    /// As [`open`](Journal::open): what does not fit a file.
    pub fn commit(&mut self, changes: &[u8]) -> Result<(), JsValue> {
        self.plan = self.file.commit(changes).map_err(|error| text(&error))?;
        Ok(())
    }

    /// Plans to write a new snapshot in the place of the old one and its commits.
    ///
    /// # Errors
    ///
    /// As [`open`](Journal::open): what does not fit a file.
    pub fn compact(&mut self, snapshot: &[u8]) -> Result<(), JsValue> {
        self.plan = self.file.compact(snapshot).map_err(|error| text(&error))?;
        Ok(())
    }

    /// Plans to say that this is all.
    pub fn close(&mut self) {
        self.plan = self.file.close();
    }

    /// Writes down the operations of the plan, and answers where they are. They stay there until the next call.
    #[must_use]
    #[wasm_bindgen(js_name = acts)]
    pub fn operations(&mut self) -> *const u8 {
        self.operations.clear();
        // A plan that was large is not kept.
        self.operations.shrink_to(1 << 16);
        for operation in self.plan.operations() {
            write(&mut self.operations, operation);
        }
        self.operations.as_ptr()
    }

    /// How many bytes the operations are that were written down.
    #[must_use]
    #[wasm_bindgen(js_name = actsLength)]
    pub fn operations_length(&self) -> usize {
        self.operations.len()
    }

    /// Takes note of how many of the operations were done.
    #[wasm_bindgen(js_name = settle)]
    pub fn complete(&mut self, done: usize) {
        self.file.complete(std::mem::take(&mut self.plan), done);
    }
}

fn text(error: &Error) -> JsValue {
    format!("{} {error}", error.code().as_str()).into()
}

#[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 fit in memory")]
fn places<'r>(ranges: impl Iterator<Item = &'r Range<usize>>) -> Vec<f64> {
    ranges
        .flat_map(|range| [range.start as f64, range.end as f64])
        .collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "files are smaller than 2^53 bytes"
)]
fn write(to: &mut Vec<u8>, operation: &Operation) {
    let mut left = [0; 16];
    let (what, at, bytes): (u8, u64, &[u8]) = match operation {
        Operation::Fence(fence) => {
            let end = fence.end.map_or(f64::NAN, |end| end as f64);
            left[..8].copy_from_slice(&fence.sum.to_le_bytes());
            left[8..].copy_from_slice(&end.to_le_bytes());
            (8, fence.at, &left)
        }
        Operation::Write { at, bytes } => (0, *at, bytes),
        Operation::Sync => (1, 0, &[]),
        Operation::WriteBeside(bytes) => (2, 0, bytes),
        Operation::SyncBeside => (3, 0, &[]),
        Operation::Rename => (4, 0, &[]),
        Operation::SyncFolder => (5, 0, &[]),
        Operation::CopyAside(version) => (6, u64::from(*version), &[]),
        Operation::SetLen(length) => (7, *length, &[]),
    };
    to.push(what);
    to.extend_from_slice(&(at as f64).to_le_bytes());
    to.extend_from_slice(&(bytes.len() as f64).to_le_bytes());
    to.extend_from_slice(bytes);
}
