//! How a total is made up of its parts.

use serde::{Deserialize, Serialize};
use trackstats::{DateRange, Error, Last, Maximum, Minimum, Sum};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Engine;
use crate::fault::{OrThrow as _, Thrown};
use crate::number::{JsNumber, check, nearest, period, to_js};

/// Which breakdown is asked for.
#[derive(Debug, Deserialize)]
struct Asked {
    metric: String,
    period: u8,
    by: Vec<String>,
    at: Vec<(String, String)>,
    first: i32,
    last: i32,
    limit: Option<u32>,
    aggregate: Option<Aggregate>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Aggregate {
    Sum,
    Minimum,
    Maximum,
    Last,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Parts {
    parts: Vec<Part>,
    other: Option<JsNumber>,
    other_count: u32,
}

#[derive(Debug, Serialize)]
struct Part {
    at: Vec<String>,
    value: JsNumber,
}

#[wasm_bindgen]
impl Engine {
    /// A breakdown, largest part first.
    ///
    /// # Errors
    ///
    /// `unknown_metric`, `unknown_dimension`, `overflow` or `unsafe_integer`.
    pub fn breakdown(&self, asked: JsValue) -> Thrown<JsValue> {
        let asked: Asked = serde_wasm_bindgen::from_value(asked).or_throw()?;
        let mut query = self
            .store
            .breakdown(asked.metric.as_str(), period(asked.period))
            .range(DateRange::new(nearest(asked.first), nearest(asked.last)));
        for name in asked.by {
            query = query.by(name);
        }
        for (name, value) in asked.at {
            query = query.at(name, value);
        }
        if let Some(limit) = asked.limit {
            query = query.limit(limit as usize);
        }
        let query = match asked.aggregate.unwrap_or(Aggregate::Sum) {
            Aggregate::Sum => query.aggregate(Sum),
            Aggregate::Minimum => query.aggregate(Minimum),
            Aggregate::Maximum => query.aggregate(Maximum),
            Aggregate::Last => query.aggregate(Last),
        };
        let found: Result<_, Error> = query.read();
        let found = found.or_throw()?;
        let number = |value| check(value, self.bigint).map(JsNumber);
        let parts = found.parts.into_iter().map(|part| {
            Ok(Part {
                at: part.at,
                value: number(part.value)?,
            })
        });
        let answer = Parts {
            parts: parts.collect::<Thrown<_>>()?,
            other: found.other.map(number).transpose()?,
            other_count: u32::try_from(found.other_count).unwrap_or(u32::MAX),
        };
        to_js(&answer, self.bigint)
    }
}
