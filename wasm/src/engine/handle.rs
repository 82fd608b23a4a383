//! From names to numbers.

use trackstats::{Handle, MetricRef, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Engine;
use crate::fault::OrThrow as _;

/// The answer where nothing was recorded.
const NOTHING: u32 = u32::MAX;

#[wasm_bindgen]
impl Engine {
    /// The number of a metric at values of dimensions, given as names and values in turn; made if it is
    /// new.
    ///
    /// # Errors
    ///
    /// `unknown_metric` and `unknown_dimension` when the store does not know it so, `invalid_value` when
    /// the value of a dimension is too long.
    pub fn resolve(&mut self, metric: &str, dimensions: Vec<String>) -> Result<u32, JsValue> {
        let handle = self.store.handle(&at(metric, dimensions)).or_throw()?;
        Ok(self.number(handle))
    }

    /// As [`resolve`](Engine::resolve), but makes nothing: 4294967295 where nothing was recorded.
    ///
    /// # Errors
    ///
    /// As [`resolve`](Engine::resolve).
    pub fn find(&mut self, metric: &str, dimensions: Vec<String>) -> Result<u32, JsValue> {
        let found = self.store.find_handle(&at(metric, dimensions)).or_throw()?;
        Ok(found.map_or(NOTHING, |handle| self.number(handle)))
    }

    pub(super) fn number(&mut self, handle: Handle<Value>) -> u32 {
        let number = u32::try_from(self.handles.len()).unwrap_or(NOTHING);
        self.handles.push(handle);
        number
    }
}

fn at(metric: &str, dimensions: Vec<String>) -> MetricRef {
    let mut target = MetricRef::new(metric);
    let mut texts = dimensions.into_iter();
    while let (Some(name), Some(value)) = (texts.next(), texts.next()) {
        target = target.at(name, value);
    }
    target
}
