//! Reading a series that is filled, rolled, accumulated or gathered.

use serde::Deserialize;
use trackstats::{
    Bucket, DateRange, Fill, Kind, Last, Maximum, Mean, Minimum, Number, One, Series, SeriesQuery,
    Sum, Value, Weekday,
};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Engine;
use crate::fault::{OrThrow as _, Thrown, thrown_as};
use crate::number::{check, nearest, period};

/// What is made of the stored points.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shape {
    fill: Option<Fill>,
    /// Days of the rolling window.
    rolling: Option<u32>,
    rolling_by: Option<By>,
    cumulative: Option<bool>,
    bucket: Option<Span>,
    week_start: Option<Weekday>,
    bucket_by: Option<By>,
}

/// How several values become one.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum By {
    Sum,
    Mean,
    Minimum,
    Maximum,
    Last,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Span {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// A question whose values are of the kind of the metric, or floats because of a mean.
enum Query<'s> {
    Values(SeriesQuery<'s, Value, One>),
    Floats(SeriesQuery<'s, f64, One>),
}

/// Gives the query an aggregate that is known only now.
macro_rules! by {
    ($query:expr, $by:expr, |$inner:ident, $aggregate:ident| $call:expr) => {
        match ($query, $by) {
            (Query::Values($inner), By::Sum) => {
                let $aggregate = Sum;
                Query::Values($call)
            }
            (Query::Values($inner), By::Mean) => {
                let $aggregate = Mean;
                Query::Floats($call)
            }
            (Query::Values($inner), By::Minimum) => {
                let $aggregate = Minimum;
                Query::Values($call)
            }
            (Query::Values($inner), By::Maximum) => {
                let $aggregate = Maximum;
                Query::Values($call)
            }
            (Query::Values($inner), By::Last) => {
                let $aggregate = Last;
                Query::Values($call)
            }
            (Query::Floats($inner), By::Sum) => {
                let $aggregate = Sum;
                Query::Floats($call)
            }
            (Query::Floats($inner), By::Mean) => {
                let $aggregate = Mean;
                Query::Floats($call)
            }
            (Query::Floats($inner), By::Minimum) => {
                let $aggregate = Minimum;
                Query::Floats($call)
            }
            (Query::Floats($inner), By::Maximum) => {
                let $aggregate = Maximum;
                Query::Floats($call)
            }
            (Query::Floats($inner), By::Last) => {
                let $aggregate = Last;
                Query::Floats($call)
            }
        }
    };
}

#[wasm_bindgen]
impl Engine {
    /// Reads a series with steps between what is stored and what is read.
    ///
    /// # Errors
    ///
    /// `invalid_value` when a step is none, `overflow` when a sum does not fit, `unsafe_integer` when one
    /// does not fit a number.
    #[wasm_bindgen(js_name = readShaped)]
    pub fn read_shaped(
        &mut self,
        handle: u32,
        number: u8,
        first: i32,
        last: i32,
        shape: JsValue,
    ) -> Result<(), JsValue> {
        let shape: Shape = serde_wasm_bindgen::from_value(shape).or_throw()?;
        let handle = self.known_handle(handle)?;
        let mut query = self
            .store
            .series(handle, period(number))
            .range(DateRange::new(nearest(first), nearest(last)));
        if let Some(fill) = shape.fill {
            query = query.fill(fill);
        }
        let mut query = Query::Values(query);
        if let Some(days) = shape.rolling {
            let by = shape.rolling_by.unwrap_or(By::Sum);
            query = by!(query, by, |inner, aggregate| inner.rolling(days, aggregate));
        } else if shape.cumulative == Some(true) {
            query = match query {
                Query::Values(inner) => Query::Values(inner.cumulative()),
                Query::Floats(inner) => Query::Floats(inner.cumulative()),
            };
        }
        if let Some(span) = shape.bucket {
            let bucket = match span {
                Span::Day => Bucket::Day,
                Span::Week => Bucket::Week(shape.week_start.unwrap_or(Weekday::Monday)),
                Span::Month => Bucket::Month,
                Span::Quarter => Bucket::Quarter,
                Span::Year => Bucket::Year,
            };
            let by = shape.bucket_by.unwrap_or(By::Sum);
            query = by!(query, by, |inner, aggregate| inner
                .bucket(bucket, aggregate));
        }
        match query {
            Query::Values(query) => {
                let series = query.read().or_throw()?;
                self.answer_with(&series, |value| value)
            }
            Query::Floats(query) => {
                let series = query.read().or_throw()?;
                self.answer_with(&series, Value::Float)
            }
        }
    }

    /// Starts of calendar spans: of the one that a day lies in, and of the next.
    ///
    /// # Errors
    ///
    /// `invalid_value` when the span or the weekday is none.
    #[wasm_bindgen(js_name = bucketOf)]
    pub fn bucket_of(day: i32, span: &str, week_start: &str) -> Result<Vec<i32>, JsValue> {
        let bucket = match span {
            "day" => Bucket::Day,
            "week" => Bucket::Week(week_start.parse::<Weekday>().or_throw()?),
            "month" => Bucket::Month,
            "quarter" => Bucket::Quarter,
            "year" => Bucket::Year,
            _ => {
                let text = format!("'{span}' is no bucket: use day, week, month, quarter or year");
                return Err(thrown_as("invalid_value", &text));
            }
        };
        let range = bucket.range(nearest(day));
        let last = range.last().days_since_epoch();
        Ok(vec![range.first().days_since_epoch(), last + 1])
    }
}

impl Engine {
    fn answer_with<V: Number>(
        &mut self,
        series: &Series<V>,
        value: impl Fn(V) -> Value,
    ) -> Thrown<()> {
        let Self { answer, bigint, .. } = self;
        answer.clear();
        // Only what a bigint store holds as integers is given in 64 bits.
        let mut values = series.values().flatten().map(&value);
        let are_integers = *bigint
            && values
                .next()
                .is_some_and(|value| value.kind() == Kind::Integer);
        for point in series {
            let day = point.date.days_since_epoch();
            answer.days.push(day);
            let value = match point.value {
                Some(given) => Some(check(value(given), *bigint)?),
                None => None,
            };
            if value.is_none() {
                answer.nulls.push(day);
            }
            if are_integers {
                answer
                    .integers
                    .push(value.and_then(Value::as_i64).unwrap_or(0));
            } else {
                answer.floats.push(value.map_or(f64::NAN, Value::as_f64));
            }
        }
        answer.give(are_integers);
        Ok(())
    }
}
