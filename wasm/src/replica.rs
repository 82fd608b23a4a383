//! The class `Replica`: a copy of a store that answers SQL.
//!
//! GlueSQL can panic and overflow the stack, after which nothing in the module works: the TypeScript
//! throws the whole module away then, and the store never noticed.

use std::time::Duration;

use serde::Serialize;
use trackstats::{ErrorCode, Rows, SqlLimits, SqlValue, Store, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::{Fault, OrThrow as _, Thrown};
use crate::host::{Today, copy};
use crate::number::{JsNumber, SAFE, check, date, to_js};

/// A copy of a store.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Replica {
    store: Store,
    today: Today,
    bigint: bool,
}

/// What a statement returned, to be read in parts. It does not need the replica any more.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Answer {
    rows: Rows,
    bigint: bool,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Cell {
    Null(Option<bool>),
    Boolean(bool),
    Number(JsNumber),
    Text(String),
}

#[wasm_bindgen]
impl Replica {
    /// A copy of the store that was written down as a snapshot in the zone of that name.
    ///
    /// # Errors
    ///
    /// `corrupt` when the bytes are no snapshot.
    #[wasm_bindgen(constructor)]
    pub fn new(zone: String, bigint: bool, snapshot: &[u8]) -> Result<Replica, JsValue> {
        let today = Today::default();
        Ok(Self {
            store: copy(zone, bigint, snapshot, &today).or_throw()?,
            today,
            bigint,
        })
    }

    /// Says which day today is.
    #[wasm_bindgen(js_name = setToday)]
    pub fn set_today(&mut self, day: i32) {
        self.today.set(day);
    }

    /// Limits the rows that a statement may read and return, the bytes it may hold, and the milliseconds it
    /// may take.
    #[wasm_bindgen(js_name = setLimits)]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the caller gives whole numbers"
    )]
    pub fn set_limits(&mut self, read: f64, returned: f64, held: f64, time: f64) {
        let limits = SqlLimits::new()
            .read(read as u64)
            .returned(returned as u64)
            .held(held as u64)
            .time(Duration::from_millis(time as u64));
        self.store.set_sql_limits(limits);
    }

    /// Makes the changes that the store made since.
    ///
    /// # Errors
    ///
    /// `corrupt` when the bytes are no changes, or not of this store.
    pub fn apply(&mut self, changes: &[u8]) -> Result<(), JsValue> {
        self.store.apply_changes(changes).or_throw()
    }

    /// Runs statements, and gives the answer of the last. A parameter is null, a boolean, a number, a
    /// bigint, a text, or an object with the `day` of a date.
    ///
    /// # Errors
    ///
    /// The `sql_…` codes.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "values from JavaScript come by value"
    )]
    pub fn run(&mut self, text: &str, params: Vec<JsValue>) -> Thrown<Answer> {
        let params = params.iter().map(param).collect::<Thrown<Vec<_>>>()?;
        let rows = self.store.sql_with(text, &params).or_throw()?;
        Ok(Answer {
            rows,
            bigint: self.bigint,
        })
    }

    /// What the statements changed since this was last asked, as bytes.
    ///
    /// # Errors
    ///
    /// None: no statement leaves a batch open.
    #[wasm_bindgen(js_name = drainChanges)]
    pub fn drain_changes(&mut self) -> Result<Vec<u8>, JsValue> {
        self.store.drain_changes().or_throw()
    }
}

#[wasm_bindgen]
impl Answer {
    /// The names of the columns.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        self.rows.columns().to_vec()
    }

    /// The number of rows.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn length(&self) -> usize {
        self.rows.len()
    }

    /// The number of rows that were changed.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn affected(&self) -> usize {
        self.rows.affected()
    }

    /// The cells of so many rows from one on, one row after the other.
    ///
    /// # Errors
    ///
    /// `unsafe_integer` when an integer does not fit a number.
    pub fn cells(&self, from: usize, count: usize) -> Result<JsValue, JsValue> {
        let rows = self.rows.iter().skip(from).take(count);
        let cells = rows.flatten().map(|value| cell(value, self.bigint));
        to_js(&cells.collect::<Thrown<Vec<_>>>()?, self.bigint)
    }
}

fn param(value: &JsValue) -> Thrown<SqlValue> {
    if value.is_null() || value.is_undefined() {
        return Ok(SqlValue::Null);
    }
    if let Some(boolean) = value.as_bool() {
        return Ok(SqlValue::Boolean(boolean));
    }
    if let Some(text) = value.as_string() {
        return Ok(SqlValue::Text(text));
    }
    if let Some(number) = value.as_f64() {
        return Ok(number_param(number));
    }
    if value.is_bigint() {
        let integer = i64::try_from(value.clone()).map_err(|_| {
            Fault::new(
                ErrorCode::InvalidValue,
                "a parameter is a bigint of more than 64 bits",
            )
        })?;
        return Ok(SqlValue::Integer(integer));
    }
    let day = js_sys::Reflect::get(value, &"day".into()).ok();
    match day.and_then(|day| day.as_f64()) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "what no calendar has is refused"
        )]
        Some(day) => date(day as i32).map(SqlValue::Date).or_throw(),
        None => Err(Fault::new(
            ErrorCode::InvalidValue,
            "a parameter is a number, a bigint, a text, a boolean, a date or null",
        )
        .into()),
    }
}

/// A whole number is an integer, as it is everywhere in JavaScript.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "only what is exact is taken for an integer"
)]
fn number_param(number: f64) -> SqlValue {
    if number.trunc() == number && number.abs() <= SAFE as f64 {
        SqlValue::Integer(number as i64)
    } else {
        SqlValue::Float(number)
    }
}

fn cell(value: &SqlValue, bigint: bool) -> Thrown<Cell> {
    Ok(match value {
        SqlValue::Null => Cell::Null(None),
        SqlValue::Boolean(value) => Cell::Boolean(*value),
        SqlValue::Integer(value) => Cell::Number(JsNumber(check(Value::Integer(*value), bigint)?)),
        SqlValue::Float(value) => Cell::Number(JsNumber(Value::Float(*value))),
        other => Cell::Text(other.to_string()),
    })
}
