//! Recording: the methods that are called most.

use trackstats::{Error, Handle, IntoValue, Null, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Engine;
use crate::fault::{OrThrow as _, thrown_as};
use crate::number::{date, period};

#[wasm_bindgen]
impl Engine {
    /// Records an integer, which is a safe one.
    #[wasm_bindgen(js_name = recordInteger)]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the caller has seen that it is a safe integer"
    )]
    pub fn record_integer(&mut self, handle: u32, period: u8, day: i32, value: f64) -> bool {
        self.record(handle, period, day, Value::Integer(value as i64))
    }

    /// Records a float.
    #[wasm_bindgen(js_name = recordFloat)]
    pub fn record_float(&mut self, handle: u32, period: u8, day: i32, value: f64) -> bool {
        self.record(handle, period, day, Value::Float(value))
    }

    /// Records an integer of 64 bits.
    #[wasm_bindgen(js_name = recordBigint)]
    pub fn record_bigint(&mut self, handle: u32, period: u8, day: i32, value: i64) -> bool {
        self.record(handle, period, day, Value::Integer(value))
    }

    /// Records null.
    #[wasm_bindgen(js_name = recordNull)]
    pub fn record_null(&mut self, handle: u32, period: u8, day: i32) -> bool {
        self.record(handle, period, day, Null)
    }

    /// Adds an integer, which is a safe one.
    #[wasm_bindgen(js_name = addInteger)]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the caller has seen that it is a safe integer"
    )]
    pub fn add_integer(&mut self, handle: u32, period: u8, day: i32, amount: f64) -> bool {
        self.add(handle, period, day, Value::Integer(amount as i64))
    }

    /// Adds a float.
    #[wasm_bindgen(js_name = addFloat)]
    pub fn add_float(&mut self, handle: u32, period: u8, day: i32, amount: f64) -> bool {
        self.add(handle, period, day, Value::Float(amount))
    }

    /// Adds an integer of 64 bits.
    #[wasm_bindgen(js_name = addBigint)]
    pub fn add_bigint(&mut self, handle: u32, period: u8, day: i32, amount: i64) -> bool {
        self.add(handle, period, day, Value::Integer(amount))
    }

    /// Records many values of one series, all or none; NaN is null. For a metric of integers the values
    /// are safe ones.
    ///
    /// # Errors
    ///
    /// As recording them one by one, and `invalid_value` when there are not as many days as values.
    #[wasm_bindgen(js_name = recordAll)]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the caller has seen that they are safe integers"
    )]
    pub fn record_all(
        &mut self,
        handle: u32,
        number: u8,
        days: &[i32],
        values: &[f64],
        integers: bool,
    ) -> Result<(), JsValue> {
        self.record_many(handle, number, days, values, |&value| {
            if value.is_nan() {
                None
            } else if integers {
                Some(Value::Integer(value as i64))
            } else {
                Some(Value::Float(value))
            }
        })
    }

    /// Records many integers of 64 bits of one series, all or none.
    ///
    /// # Errors
    ///
    /// As [`record_all`](Engine::record_all).
    #[wasm_bindgen(js_name = recordAllBigints)]
    pub fn record_all_bigints(
        &mut self,
        handle: u32,
        number: u8,
        days: &[i32],
        values: &[i64],
    ) -> Result<(), JsValue> {
        self.record_many(handle, number, days, values, |&value| {
            Some(Value::Integer(value))
        })
    }
}

impl Engine {
    #[inline]
    fn record(&mut self, handle: u32, number: u8, day: i32, value: impl IntoValue<Value>) -> bool {
        let outcome = self.recorded(handle, number, day, value);
        self.keep(outcome)
    }

    #[inline]
    fn recorded(
        &mut self,
        handle: u32,
        number: u8,
        day: i32,
        value: impl IntoValue<Value>,
    ) -> Result<(), Error> {
        let handle = self.handle(handle)?;
        self.store.record(handle, period(number), date(day)?, value)
    }

    #[inline]
    fn add(&mut self, handle: u32, number: u8, day: i32, amount: Value) -> bool {
        let outcome = self.handle(handle).and_then(|handle| {
            self.store
                .increment_in(handle, period(number), date(day)?, amount)
        });
        self.keep(outcome)
    }

    fn record_many<T>(
        &mut self,
        handle: u32,
        number: u8,
        days: &[i32],
        values: &[T],
        value: impl Fn(&T) -> Option<Value>,
    ) -> Result<(), JsValue> {
        if days.len() != values.len() {
            let text = format!(
                "{} dates do not go with {} values",
                days.len(),
                values.len()
            );
            return Err(thrown_as("invalid_value", &text));
        }
        let handle: Handle<Value> = self.known_handle(handle)?;
        let recorded = self.store.batch(|store| {
            days.iter().zip(values).try_for_each(|(&day, given)| {
                store.record(handle, period(number), date(day)?, value(given))
            })
        });
        recorded.or_throw()
    }
}
