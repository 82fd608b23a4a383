//! The class `Engine`: a store in memory.

use trackstats::{Store, Timestamp};
use wasm_bindgen::prelude::wasm_bindgen;

/// A store, as JavaScript holds it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    store: Store,
}

#[wasm_bindgen]
impl Engine {
    /// An empty store whose clock stands at that many seconds after 1970.
    ///
    /// # Errors
    ///
    /// The text of the error when no calendar has that time.
    #[wasm_bindgen(constructor)]
    pub fn new(now: f64) -> Result<Self, String> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "what is outside is refused below"
        )]
        let now = Timestamp::from_seconds(now as i64).map_err(|error| error.to_string())?;
        Ok(Self {
            store: Store::builder().clock(now).build(),
        })
    }

    /// The number of days from 1970-01-01 to today.
    #[must_use]
    pub fn today(&self) -> i32 {
        self.store.today().days_since_epoch()
    }
}
