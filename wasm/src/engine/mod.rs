//! The class `Engine`: a store in memory, by numbers.
//!
//! A *handle* is the number of a metric at values of its dimensions; a *period* is its place in the
//! list day, week, `days_28`, month, lifetime; a *day* counts from 1970-01-01; a value is an `f64`,
//! which the caller has seen to be a safe integer where the metric holds integers.

mod breakdown;
mod catalog;
mod change;
mod handle;
mod list;
mod read;
mod record;
mod shape;
mod track;

use trackstats::{Error, Handle, Store, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::{OrThrow as _, Thrown, thrown};
use crate::host::{HostZone, Today};
use read::Answer;

/// A store, as JavaScript holds it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    store: Store,
    today: Today,
    handles: Vec<Handle<Value>>,
    /// Whether integers are given as bigints.
    bigint: bool,
    error: Option<JsValue>,
    answer: Answer,
}

#[wasm_bindgen]
impl Engine {
    /// An empty store in the zone of that name, or one restored from the bytes of a snapshot.
    ///
    /// # Errors
    ///
    /// `corrupt`, `newer_version` or `zone_mismatch` as a name, when the bytes are none of ours.
    #[wasm_bindgen(constructor)]
    pub fn new(zone: String, bigint: bool, snapshot: Option<Vec<u8>>) -> Result<Engine, JsValue> {
        let today = Today::default();
        let builder = Store::builder().zone(HostZone(zone)).clock(today.clone());
        let store = match snapshot {
            Some(bytes) => builder.restore(&bytes).or_throw()?,
            None => builder.build(),
        };
        Ok(Self {
            store,
            today,
            handles: Vec::new(),
            bigint,
            error: None,
            answer: Answer::default(),
        })
    }

    /// Says which day today is.
    #[wasm_bindgen(js_name = setToday)]
    pub fn set_today(&mut self, day: i32) {
        self.today.set(day);
    }

    /// The number of statistics.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 fit in memory")]
    pub fn len(&self) -> f64 {
        self.store.len() as f64
    }

    /// Whether there is no statistic.
    #[must_use]
    #[wasm_bindgen(js_name = isEmpty)]
    pub fn is_empty(&self) -> bool {
        self.store.is_empty()
    }

    /// The error of the call that answered `false`.
    #[must_use]
    #[wasm_bindgen(js_name = takeError)]
    pub fn take_error(&mut self) -> JsValue {
        self.error.take().unwrap_or(JsValue::UNDEFINED)
    }

    /// Keeps the error for the caller to take; answers whether there was none.
    #[inline]
    fn keep(&mut self, outcome: Result<(), Error>) -> bool {
        match outcome {
            Ok(()) => true,
            Err(error) => {
                self.error = Some(thrown(&error));
                false
            }
        }
    }

    /// A handle that JavaScript was given.
    #[inline]
    fn handle(&self, number: u32) -> Result<Handle<Value>, Error> {
        self.handles
            .get(number as usize)
            .copied()
            .ok_or_else(|| Error::aborted("there is no handle of that number"))
    }

    fn known_handle(&self, number: u32) -> Thrown<Handle<Value>> {
        self.handle(number).or_throw()
    }
}
