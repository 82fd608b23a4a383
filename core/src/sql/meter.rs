//! The third guard: what a statement did so far, and where it ends.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::SqlLimits;
use super::fault::SqlFault;
use crate::time::Clock;

/// After so much work the clock and the flag are looked at, in expressions computed.
const LOOK: u64 = 16_384;

/// What a query holds while it runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Holding {
    /// The bytes of a row, but for the texts in it.
    pub(super) flat: u64,
    /// The tables whose rows are held, and how often their texts are.
    pub(super) texts: Vec<(usize, u64)>,
    /// No more rows than that are held, however many there are.
    pub(super) most: u64,
}

/// What a text may do before it is stopped, whatever the number of its statements.
#[derive(Clone, Copy)]
pub(super) struct Until<'e> {
    pub(super) clock: &'e dyn Clock,
    pub(super) deadline: Duration,
    pub(super) stop: Option<&'e AtomicBool>,
}

/// Counts what one statement does.
pub(super) struct Meter<'e> {
    limits: SqlLimits,
    until: Until<'e>,
    read: Cell<u64>,
    /// The expressions computed for a row, and those since the clock was looked at.
    weight: Cell<u64>,
    unseen: Cell<u64>,
    /// The bytes that each query holds, with the rows that it was told of, and their sum.
    held: RefCell<Vec<(u64, u64)>>,
    sum: Cell<u64>,
    /// Why the statement was stopped, if we stopped it.
    stopped: RefCell<Option<SqlFault>>,
}

impl<'e> Meter<'e> {
    pub(super) fn new(limits: SqlLimits, until: Until<'e>) -> Self {
        Self {
            limits,
            until,
            read: Cell::new(0),
            weight: Cell::new(1),
            unseen: Cell::new(LOOK),
            held: RefCell::default(),
            sum: Cell::new(0),
            stopped: RefCell::new(None),
        }
    }

    /// Begins a query of that many expressions, of which so many parts hold rows.
    pub(super) fn begin(&self, expressions: usize, parts: usize) {
        self.weight.set(expressions.max(1) as u64);
        self.held.replace(vec![(0, 0); parts]);
        self.sum.set(0);
    }

    /// Why the statement was stopped, if we stopped it.
    pub(super) fn take_stopped(&self) -> Option<SqlFault> {
        self.stopped.take()
    }

    /// Keeps the reason and gives what GlueSQL is told.
    pub(super) fn stop(&self, fault: SqlFault) -> String {
        let text = fault.to_string();
        self.stopped.replace(Some(fault));
        text
    }

    /// Counts a row.
    pub(super) fn row(&self) -> Result<(), SqlFault> {
        self.count(1)?;
        self.pass(self.weight.get())
    }

    /// Counts work that takes as long as that many rows.
    pub(super) fn work(&self, rows: u64) -> Result<(), SqlFault> {
        self.count(rows)?;
        self.pass(rows.saturating_mul(4))
    }

    /// Counts what was looked at without becoming a row.
    pub(super) fn pass(&self, expressions: u64) -> Result<(), SqlFault> {
        let unseen = self.unseen.get().saturating_add(expressions);
        if unseen < LOOK {
            self.unseen.set(unseen);
            return Ok(());
        }
        self.unseen.set(0);
        self.look()
    }

    /// Looks at the flag and at the clock.
    pub(super) fn look(&self) -> Result<(), SqlFault> {
        let Until {
            clock,
            deadline,
            stop,
        } = self.until;
        if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return Err(SqlFault::Stopped);
        }
        if clock.uptime() > deadline {
            return Err(SqlFault::limit(format!(
                "it takes longer than {:?}, the limit 'time'",
                self.limits.time
            )));
        }
        Ok(())
    }

    fn count(&self, rows: u64) -> Result<(), SqlFault> {
        let read = self.read.get().saturating_add(rows);
        self.read.set(read);
        if read > self.limits.read {
            return Err(SqlFault::limit(format!(
                "it reads more than {} rows, the limit 'read'",
                self.limits.read
            )));
        }
        Ok(())
    }

    /// Counts a row that a part holds, unless it holds no more.
    pub(super) fn hold_row(&self, part: usize, most: u64, bytes: u64) -> Result<(), SqlFault> {
        if let Some((_, rows)) = self.held.borrow_mut().get_mut(part) {
            *rows += 1;
            if *rows > most {
                return Ok(());
            }
        }
        self.hold(part, bytes)
    }

    /// Counts bytes that a part holds.
    pub(super) fn hold(&self, part: usize, bytes: u64) -> Result<(), SqlFault> {
        if let Some((held, _)) = self.held.borrow_mut().get_mut(part) {
            *held = held.saturating_add(bytes);
        }
        let sum = self.sum.get().saturating_add(bytes);
        self.sum.set(sum);
        if sum > self.limits.held {
            return Err(SqlFault::limit(format!(
                "it holds more than {} bytes, the limit 'held'",
                self.limits.held
            )));
        }
        Ok(())
    }

    /// A part begins anew, and holds nothing.
    pub(super) fn release(&self, part: usize) {
        if let Some(part) = self.held.borrow_mut().get_mut(part) {
            let (held, _) = std::mem::take(part);
            self.sum.set(self.sum.get().saturating_sub(held));
        }
    }
}
