//! Reading a series that is filled, rolled, accumulated or gathered.

use trackstats::{AnyAggregate, Bucket, Fill, Series, Value, ValueKind, Weekday};

use super::Engine;
use crate::fault::Fault;
use crate::number::check;
use crate::wire::Request;

/// The aggregates by number.
pub(super) const AGGREGATES: [AnyAggregate; 5] = [
    AnyAggregate::Sum,
    AnyAggregate::Mean,
    AnyAggregate::Minimum,
    AnyAggregate::Maximum,
    AnyAggregate::Last,
];

impl Engine {
    /// Reads a series with steps between what is stored and what is read.
    pub(super) fn read_shaped(&mut self, request: &mut Request<'_>) -> Result<(), Fault> {
        let handle = self.handle(request.count().unwrap_or(u32::MAX))?;
        let mut query = self
            .store
            .series(handle, request.period())
            .range(request.range());
        if let Some(fill) = request.one_of(&[Fill::Zero, Fill::Null, Fill::Previous]) {
            query = query.fill(fill);
        }
        let rolling = request.count();
        let by = request.one_of(&AGGREGATES).unwrap_or(AnyAggregate::Sum);
        if request.flag() {
            query = query.cumulative();
        }
        // A window counts more than what is accumulated, if both are asked for.
        if let Some(days) = rolling {
            query = query.rolling(days, by);
        }
        let span = request.count();
        let week_start = request.count().unwrap_or(0);
        let by = request.one_of(&AGGREGATES).unwrap_or(AnyAggregate::Sum);
        if let Some(span) = span {
            query = query.bucket(bucket(span, week_start), by);
        }
        let series = query.read()?;
        self.answer_with(&series)
    }

    fn answer_with(&mut self, series: &Series<Value>) -> Result<(), Fault> {
        let Self { answer, bigint, .. } = self;
        answer.clear();
        // Only what a bigint store holds as integers is given in 64 bits.
        let known = series.iter().find_map(|point| point.value);
        let are_integers = *bigint && known.is_some_and(|value| value.kind() == ValueKind::Integer);
        for point in series {
            let day = point.date.days_since_epoch();
            answer.days.push(day);
            let value = match point.value {
                Some(value) => Some(check(value, *bigint)?),
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

fn bucket(span: u32, week_start: u32) -> Bucket {
    match span {
        0 => Bucket::Day,
        1 => {
            let day = Weekday::ALL.get(week_start as usize);
            Bucket::Week(day.copied().unwrap_or(Weekday::Monday))
        }
        2 => Bucket::Month,
        3 => Bucket::Quarter,
        _ => Bucket::Year,
    }
}
