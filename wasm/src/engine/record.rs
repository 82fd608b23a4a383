//! Recording: the methods that are called most.

use trackstats::{Error, ErrorCode, Value};
use wasm_bindgen::prelude::wasm_bindgen;

use super::Engine;
use crate::fault::Fault;
use crate::number::{date, period};
use crate::wire::Request;

#[wasm_bindgen]
impl Engine {
    /// Records an integer, which is a safe one.
    #[wasm_bindgen(js_name = recordInteger)]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the caller has seen that it is a safe integer"
    )]
    pub fn record_integer(&mut self, handle: u32, period: u8, day: i32, value: f64) -> bool {
        self.record(handle, period, day, Some(Value::Integer(value as i64)))
    }

    /// Records a float.
    #[wasm_bindgen(js_name = recordFloat)]
    pub fn record_float(&mut self, handle: u32, period: u8, day: i32, value: f64) -> bool {
        self.record(handle, period, day, Some(Value::Float(value)))
    }

    /// Records an integer of 64 bits.
    #[wasm_bindgen(js_name = recordBigint)]
    pub fn record_bigint(&mut self, handle: u32, period: u8, day: i32, value: i64) -> bool {
        self.record(handle, period, day, Some(Value::Integer(value)))
    }

    /// Records null.
    #[wasm_bindgen(js_name = recordNull)]
    pub fn record_null(&mut self, handle: u32, period: u8, day: i32) -> bool {
        self.record(handle, period, day, None)
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
}

impl Engine {
    fn record(&mut self, handle: u32, number: u8, day: i32, value: Option<Value>) -> bool {
        let outcome = self.recorded(handle, number, day, value);
        self.keep(outcome)
    }

    #[inline]
    fn recorded(
        &mut self,
        handle: u32,
        number: u8,
        day: i32,
        value: Option<Value>,
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

    /// Records values each at a handle of its own. A place is the day times 16, the period times 2, and 1
    /// where the metric holds floats; NaN is null.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the caller has seen that they are safe integers"
    )]
    pub(super) fn record_each(&mut self, request: &mut Request<'_>) -> Result<(), Fault> {
        let (handles, places, values) = (request.numbers(), request.days(), request.integers());
        for ((&handle, place), bits) in handles.iter().zip(places).zip(values) {
            let value = f64::from_bits(bits.cast_unsigned());
            let value = if value.is_nan() {
                None
            } else if place & 1 == 1 {
                Some(Value::Float(value))
            } else {
                Some(Value::Integer(value as i64))
            };
            let number = u8::try_from(place >> 1 & 7).unwrap_or(0);
            self.recorded(handle, number, place >> 4, value)?;
        }
        Ok(())
    }

    /// Records many values of one series, all or none; NaN is null. For a metric of integers the values
    /// are safe ones.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the caller has seen that they are safe integers"
    )]
    pub(super) fn record_all(&mut self, request: &mut Request<'_>) -> Result<(), Fault> {
        let are_integers = request.flag();
        self.record_many(request, &|bits| {
            let value = f64::from_bits(bits.cast_unsigned());
            if value.is_nan() {
                None
            } else if are_integers {
                Some(Value::Integer(value as i64))
            } else {
                Some(Value::Float(value))
            }
        })
    }

    /// Records many integers of 64 bits of one series, all or none.
    pub(super) fn record_all_bigints(&mut self, request: &mut Request<'_>) -> Result<(), Fault> {
        self.record_many(request, &|value| Some(Value::Integer(value)))
    }

    fn record_many(
        &mut self,
        request: &mut Request<'_>,
        value: &dyn Fn(i64) -> Option<Value>,
    ) -> Result<(), Fault> {
        let handle = self.handle(request.count().unwrap_or(u32::MAX))?;
        let period = request.period();
        let (days, values) = (request.days(), request.integers());
        if days.len() != values.len() {
            let text = format!(
                "{} dates do not go with {} values",
                days.len(),
                values.len()
            );
            return Err(Fault::new(ErrorCode::InvalidValue, text));
        }
        self.store.batch(|store| {
            for (&day, &given) in days.iter().zip(&values) {
                store.record(handle, period, date(day)?, value(given))?;
            }
            Ok(())
        })?;
        Ok(())
    }
}
