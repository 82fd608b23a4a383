//! The store as bytes, and what changed since.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Engine;
use crate::fault::OrThrow as _;

#[wasm_bindgen]
impl Engine {
    /// All that the store holds, as bytes.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        self.store.snapshot()
    }

    /// From now on, remembers every change until it is taken.
    #[wasm_bindgen(js_name = keepChanges)]
    pub fn keep_changes(&mut self) {
        self.store.keep_changes();
    }

    /// The changes since they were last taken, as bytes.
    ///
    /// # Errors
    ///
    /// `invalid_value` inside a batch.
    #[wasm_bindgen(js_name = takeChanges)]
    pub fn take_changes(&mut self) -> Result<Vec<u8>, JsValue> {
        self.store.take_changes().or_throw()
    }

    /// Makes the changes that another store made, all of them or none.
    ///
    /// # Errors
    ///
    /// `corrupt` or `newer_version` when the bytes are none of ours.
    #[wasm_bindgen(js_name = applyChanges)]
    pub fn apply_changes(&mut self, changes: &[u8]) -> Result<(), JsValue> {
        self.store.apply_changes(changes).or_throw()
    }
}
