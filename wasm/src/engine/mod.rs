//! The core module: stores in memory, by numbers.
//!
//! A *handle* is the number of a metric at values of its dimensions; a *period* is its place in the
//! list day, week, `days_28`, month, lifetime; a *day* counts from 1970-01-01; a value is an `f64`,
//! which the caller has seen to be a safe integer where the metric holds integers.
//!
//! What is called often is a [function](call) that takes and gives numbers. All else is a [question](question) as
//! bytes, so that no object of JavaScript is read or made here: that would be a third of the module.

mod batch;
mod breakdown;
mod call;
mod catalog;
mod columns;
mod handle;
mod keys;
mod later;
mod list;
mod question;
mod read;
mod record;
mod shape;
#[cfg(test)]
mod tests;
mod track;

pub use call::*;

use trackstats::{Error, Handle, Savepoint, Store, Value};

use crate::fault::Fault;
use crate::host::{HostZone, Today, builder};
use crate::wire::{Reply, Request};
use columns::Columns;
use read::Answer;

/// A store, as JavaScript holds it.
#[derive(Debug)]
struct Engine {
    store: Store,
    today: Today,
    handles: Vec<Handle<Value>>,
    /// How many handles were given before these: no number is given twice.
    before_handles: u32,
    /// How many of them there were before the last list.
    before_list: usize,
    /// The places that open batches go back to, the innermost last.
    savepoints: Vec<Savepoint>,
    /// Whether integers are given as bigints.
    bigint: bool,
    error: Option<Fault>,
    answer: Answer,
    /// The events of runs that are being gathered.
    columns: Vec<Option<Columns>>,
    request: Vec<u8>,
    reply: Vec<u8>,
}

impl Engine {
    /// An empty store in UTC, to be opened.
    fn new() -> Self {
        let today = Today::default();
        Self {
            store: Store::builder().clock(today.clone()).build(),
            today,
            handles: Vec::new(),
            before_handles: 0,
            before_list: 0,
            savepoints: Vec::new(),
            bigint: false,
            error: None,
            answer: Answer::default(),
            columns: Vec::new(),
            request: Vec::new(),
            reply: Vec::new(),
        }
    }

    /// The number of statistics.
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 fit in memory")]
    fn len(&self) -> f64 {
        self.store.len() as f64
    }

    /// Puts an empty store in the zone of that name in the place of the one in UTC.
    fn open(&mut self, request: &mut Request<'_>) {
        let zone = HostZone(request.text());
        self.bigint = request.flag();
        let builder = builder(self.bigint).zone(zone);
        self.put(builder.clock(self.today.clone()).build());
    }

    /// Puts a store in the place of the one there is.
    fn put(&mut self, mut store: Store) {
        store.hand_out_numbers();
        self.forget_handles();
        self.store = store;
    }

    fn forget_handles(&mut self) {
        self.before_handles = self.next_handle();
        self.handles.clear();
    }

    fn next_handle(&self) -> u32 {
        let given = u32::try_from(self.handles.len()).unwrap_or(u32::MAX);
        self.before_handles.saturating_add(given)
    }

    /// Gives back what series without statistics take, where there are many; answers 1 if all handles are of no more
    /// use. Not while a run gathers events, which knows its objects by handles.
    fn give_back(&mut self, reply: &mut Reply) {
        let is_done = self.columns.iter().all(Option::is_none) && self.store.give_back();
        if is_done {
            self.forget_handles();
        }
        reply.number(u8::from(is_done).into());
    }

    /// Keeps the error for the caller to take; answers whether there was none.
    #[inline]
    fn keep(&mut self, outcome: Result<(), impl Into<Fault>>) -> bool {
        match outcome {
            Ok(()) => true,
            Err(error) => {
                self.error = Some(error.into());
                false
            }
        }
    }

    /// A handle that JavaScript was given.
    #[inline]
    fn handle(&self, number: u32) -> Result<Handle<Value>, Error> {
        let place = number.checked_sub(self.before_handles);
        place
            .and_then(|place| self.handles.get(place as usize).copied())
            .ok_or_else(outdated)
    }
}

#[cold]
fn outdated() -> Error {
    Error::invalid_state("what the handle stands for was deleted: look it up anew")
}
