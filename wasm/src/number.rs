//! Numbers between 64 bits and JavaScript.

use trackstats::{Date, Error, ErrorCode, Period, Value};

use crate::fault::Fault;

/// The largest integer of which JavaScript's numbers can tell the neighbours.
pub(crate) const SAFE: i64 = (1 << 53) - 1;

/// Whether an integer is one that JavaScript's numbers hold exactly.
#[inline]
pub(crate) const fn is_safe(value: i64) -> bool {
    value <= SAFE && value >= -SAFE
}

/// The error for an integer that is not.
pub(crate) fn unsafe_integer(value: i64) -> Fault {
    let text = format!(
        "{value} is outside ±9007199254740991, which a number holds exactly: \
         open the store with bigint: true"
    );
    Fault::new(ErrorCode::UnsafeInteger, text)
}

/// Refuses an integer that a number cannot hold, where numbers are wanted.
pub(crate) fn check(value: Value, bigint: bool) -> Result<Value, Fault> {
    match value {
        Value::Integer(integer) if !bigint && !is_safe(integer) => Err(unsafe_integer(integer)),
        _ => Ok(value),
    }
}

/// The period of a number: its place in the list day, week, `days_28`, month, lifetime.
#[inline]
pub(crate) fn period(number: u8) -> Period {
    Period::ALL
        .get(usize::from(number))
        .copied()
        .unwrap_or(Period::Day)
}

/// The date of a number of days since 1970-01-01.
#[inline]
pub(crate) fn date(day: i32) -> Result<Date, Error> {
    Date::from_days_since_epoch(day)
}

#[cfg(feature = "objects")]
mod object {
    //! Numbers inside JavaScript's objects.

    use serde::{Serialize, Serializer};
    use serde_wasm_bindgen::Serializer as ToJs;
    use trackstats::Value;
    use wasm_bindgen::JsValue;

    use crate::fault::{OrThrow as _, Thrown};

    /// A value as JavaScript is given it: integers as numbers, or as bigints where the store was
    /// opened so.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct JsNumber(pub(crate) Value);

    impl Serialize for JsNumber {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self.0 {
                Value::Integer(value) => serializer.serialize_i64(value),
                Value::Float(value) => serializer.serialize_f64(value),
            }
        }
    }

    /// Gives something to JavaScript as plain objects; with `bigint`, what is `i64` becomes a bigint.
    pub(crate) fn to_js(value: &impl Serialize, bigint: bool) -> Thrown<JsValue> {
        let serializer = ToJs::new()
            .serialize_maps_as_objects(true)
            .serialize_missing_as_null(true)
            .serialize_large_number_types_as_bigints(bigint);
        value.serialize(&serializer).or_throw()
    }
}

#[cfg(feature = "sql")]
pub(crate) use object::JsNumber;
#[cfg(feature = "objects")]
pub(crate) use object::to_js;
