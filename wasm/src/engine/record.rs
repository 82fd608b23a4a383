//! Recording.
//!
//! A *place* is the day times 16, the period times 2, and 1 where the metric holds floats: one number,
//! since many places go into the module at once. A value is a safe integer where it is none.

use trackstats::{Date, Error, ErrorCode, Period, Value};

use super::Engine;
use crate::fault::Fault;
use crate::number::{date, period};
use crate::wire::Request;

impl Engine {
    /// Records a value; NaN is null.
    pub(super) fn record(&mut self, handle: u32, place: i32, value: f64) -> bool {
        let outcome = self.recorded(handle, place, valued(place, value));
        self.keep(outcome)
    }

    pub(super) fn record_bigint(&mut self, handle: u32, place: i32, value: i64) -> bool {
        let outcome = self.recorded(handle, place, Some(Value::Integer(value)));
        self.keep(outcome)
    }

    pub(super) fn add(&mut self, handle: u32, place: i32, amount: f64) -> bool {
        let amount = valued(place, amount).unwrap_or(Value::Integer(0));
        let outcome = self.added(handle, place, amount);
        self.keep(outcome)
    }

    pub(super) fn add_bigint(&mut self, handle: u32, place: i32, amount: i64) -> bool {
        let outcome = self.added(handle, place, Value::Integer(amount));
        self.keep(outcome)
    }

    #[inline]
    fn recorded(&mut self, handle: u32, place: i32, value: Option<Value>) -> Result<(), Error> {
        let handle = self.handle(handle)?;
        let (period, date) = dated(place)?;
        self.store.record(handle, period, date, value)
    }

    #[inline]
    fn added(&mut self, handle: u32, place: i32, amount: Value) -> Result<(), Error> {
        let handle = self.handle(handle)?;
        let (period, date) = dated(place)?;
        self.store.increment_in(handle, period, date, amount)
    }

    /// Records values each at a handle and a place of its own.
    pub(super) fn record_each(&mut self, request: &mut Request<'_>) -> Result<(), Fault> {
        let (handles, places, values) = (request.numbers(), request.days(), request.integers());
        for ((&handle, place), bits) in handles.iter().zip(places).zip(values) {
            let value = f64::from_bits(bits.cast_unsigned());
            self.recorded(handle, place, valued(place, value))?;
        }
        Ok(())
    }

    /// Records many values of one series, all or none; NaN is null. For a metric of integers the values
    /// are safe ones.
    pub(super) fn record_all(&mut self, request: &mut Request<'_>) -> Result<(), Fault> {
        let place = i32::from(!request.flag());
        self.record_many(request, &|bits| {
            valued(place, f64::from_bits(bits.cast_unsigned()))
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
            Ok::<_, trackstats::Error>(())
        })?;
        Ok(())
    }
}

/// The period and the date of a place.
#[inline]
fn dated(place: i32) -> Result<(Period, Date), Error> {
    let number = u8::try_from(place >> 1 & 7).unwrap_or(0);
    Ok((period(number), date(place >> 4)?))
}

/// The value that a number is at a place; NaN is none.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the caller has seen that it is a safe integer"
)]
fn valued(place: i32, value: f64) -> Option<Value> {
    if value.is_nan() {
        None
    } else if place & 1 == 1 {
        Some(Value::Float(value))
    } else {
        Some(Value::Integer(value as i64))
    }
}
