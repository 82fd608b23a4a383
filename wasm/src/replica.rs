//! The class `Replica`: a copy of a store that answers SQL.

use trackstats::{Store, Timestamp};
use wasm_bindgen::prelude::wasm_bindgen;

/// A copy of a store.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Replica {
    store: Store,
}

#[wasm_bindgen]
impl Replica {
    /// An empty copy whose clock stands at that many seconds after 1970.
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

    /// The number of rows that a statement answers.
    ///
    /// # Errors
    ///
    /// The text of the error when the statement fails.
    pub fn run(&mut self, text: &str) -> Result<usize, String> {
        let rows = self.store.sql(text).map_err(|error| error.to_string())?;
        Ok(rows.len())
    }
}
