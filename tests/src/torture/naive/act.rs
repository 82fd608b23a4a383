//! The calls, and what the model makes of them.

use std::fmt::Write as _;

use trackstats::{
    Date, Error, ErrorCode, Filter, Import, NewMetric, Null, Period, Savepoint, Value, ValueKind,
};

use super::model::{Key, METRICS, Metric, Place, kind, name, value};
use super::{Held, Run, text};

/// The sets of dimensions that are declared and recorded by.
const SETS: [&[&str]; 5] = [
    &[],
    &["country"],
    &["region"],
    &["country", "region"],
    &["country", "shop"],
];

impl Run {
    pub(super) fn call(&mut self) -> Result<(), String> {
        self.counts.calls += 1;
        let call = self.random.below(60);
        match call {
            0 => return self.reopen(false),
            1 => return self.reopen(true),
            2 => self.store.compact().map_err(text)?,
            3..=6 => self.store.flush().map_err(text)?,
            7..=9 => self.check()?,
            10 => self.import()?,
            11..=18 => self.batch(0)?,
            _ => self.change()?,
        }
        if self.durability == trackstats::Durability::Immediate || (2..=6).contains(&call) {
            self.durable = self.model.clone();
        }
        self.send()
    }

    /// Several changes, which may be rolled back; with others inside.
    fn batch(&mut self, depth: usize) -> Result<(), String> {
        let before = self.model.clone();
        let savepoint = self.store.savepoint().map_err(text)?;
        for _ in 0..=self.random.below(6) {
            if depth < 3 && self.random.once_in(5) {
                self.batch(depth + 1)?;
            } else {
                self.change()?;
            }
        }
        match self.random.below(6) {
            0..=2 => self.store.release(savepoint).map_err(text)?,
            3 if depth > 0 => self.stale.push(savepoint),
            _ => {
                self.store.rollback_to(savepoint).map_err(text)?;
                self.model.roll_back_to(&before);
            }
        }
        if depth == 0 {
            // Those that were left open inside ended with this one.
            for stale in std::mem::take(&mut self.stale) {
                refused(self.end(stale), ErrorCode::InvalidState)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, savepoint: Savepoint) -> Result<(), Error> {
        if self.random.once_in(2) {
            self.store.release(savepoint)
        } else {
            self.store.rollback_to(savepoint)
        }
    }

    /// One call; if it is refused, nothing changed.
    fn change(&mut self) -> Result<(), String> {
        let before = self.store.snapshot();
        let result = match self.random.below(20) {
            0..=2 => self.register(),
            3..=10 => self.record(),
            11..=12 => self.handle(),
            13..=16 => self.record_by_handle(),
            17 => self.delete(),
            18 => self.retain(),
            _ => self.sql(),
        }?;
        if !result {
            self.counts.refused += 1;
            if self.store.snapshot() != before {
                return Err("a call that was refused changed something".to_owned());
            }
        }
        Ok(())
    }

    fn register(&mut self) -> Result<bool, String> {
        let metric = self.random.below(METRICS);
        let kind = (!self.random.once_in(2)).then(|| kind(&mut self.random));
        let names = (!self.random.once_in(3)).then(|| SETS[self.random.below(SETS.len())]);
        let title = self
            .random
            .once_in(2)
            .then(|| format!("title {}", self.random.below(9)));
        let mut new = NewMetric::new(name(metric));
        if let Some(kind) = kind {
            new = new.kind(kind);
        }
        if let Some(names) = names {
            new = new.by(names.iter().copied());
        }
        if let Some(title) = &title {
            new = new.title(title.as_str());
        }
        let registered = self.store.register_metric(&new);
        let known = self.model.metrics.get(&metric);
        if known.is_some_and(|known| kind.is_some_and(|kind| kind != known.kind)) {
            refused(registered, ErrorCode::KindMismatch)?;
            return Ok(false);
        }
        registered.map_err(text)?;
        if known.is_none() {
            self.model.order.push(metric);
        }
        let known = self.model.metrics.entry(metric).or_insert(Metric {
            kind: ValueKind::Integer,
            names: Vec::new(),
            title: String::new(),
        });
        known.kind = kind.unwrap_or(known.kind);
        if let Some(names) = names {
            known.names = names.iter().map(|&name| name.to_owned()).collect();
        }
        known.title = title.unwrap_or_else(|| known.title.clone());
        Ok(true)
    }

    fn place(&mut self) -> Place {
        let names = SETS[self.random.below(SETS.len())];
        let mut dimensions = Vec::new();
        for name in names {
            // A few objects that come often, and many that come once.
            let most = self.random.below(60) + 1;
            let object = self.random.below(most);
            dimensions.push(((*name).to_owned(), format!("object {object}")));
        }
        Place {
            metric: self.random.below(METRICS),
            dimensions,
        }
    }

    fn key(&mut self, place: Place) -> Key {
        let period = [Period::Day, Period::Day, Period::Week][self.random.below(3)];
        let day = 20_765 + i32::try_from(self.random.below(20)).unwrap_or(0);
        let date = Date::from_days_since_epoch(day).unwrap_or(Date::MIN);
        (place, period, date)
    }

    fn record(&mut self) -> Result<bool, String> {
        let mut place = self.place();
        let is_too_long = !place.dimensions.is_empty() && self.random.once_in(9);
        if is_too_long {
            place.dimensions[0].1 = "x".repeat(2_000);
        }
        let expected = match self.model.metrics.get(&place.metric) {
            None => Some(ErrorCode::UnknownMetric),
            Some(_) if !self.model.declares(&place) => Some(ErrorCode::UnknownDimension),
            Some(_) if is_too_long => Some(ErrorCode::InvalidValue),
            Some(_) => None,
        };
        let target = place.target();
        self.put(&target, place, expected)
    }

    fn handle(&mut self) -> Result<bool, String> {
        let place = self.place();
        let made = self.store.handle(&place.target());
        if !self.model.declares(&place) {
            return made.map_or(
                Ok(false),
                |_| Err("a handle of what is not declared".into()),
            );
        }
        self.handles.push(Held {
            handle: made.map_err(text)?,
            rolled_back: self.model.times_rolled_back(place.metric),
            place,
            opened: self.opened,
        });
        Ok(true)
    }

    fn record_by_handle(&mut self) -> Result<bool, String> {
        let place = self.random.below(self.handles.len());
        let Some(held) = self.handles.get(place).cloned() else {
            return Ok(true);
        };
        let is_outdated = held.opened != self.opened
            || held.rolled_back != self.model.times_rolled_back(held.place.metric);
        let expected = is_outdated.then_some(ErrorCode::InvalidState);
        self.put(held.handle, held.place, expected)
    }

    /// Records or adds, at a key where it is expected to be refused or not.
    fn put(
        &mut self,
        target: impl trackstats::Target<Value = Value>,
        place: Place,
        expected: Option<ErrorCode>,
    ) -> Result<bool, String> {
        let metric = self.model.metrics.get(&place.metric).cloned();
        let value = value(&mut self.random);
        let key = self.key(place);
        let adds = self.random.once_in(3) && key.1 == Period::Day;
        let result = match value {
            Some(value) if adds => self.store.increment(target, key.2, value),
            Some(value) => self.store.record(target, key.1, key.2, value),
            None => self.store.record(target, key.1, key.2, Null),
        };
        if let Some(code) = expected {
            refused(result, code)?;
            return Ok(false);
        }
        let kind = metric.map_or(ValueKind::Integer, |metric| metric.kind);
        let value = match (kind, value) {
            (ValueKind::Integer, Some(Value::Float(_))) => {
                refused(result, ErrorCode::KindMismatch)?;
                return Ok(false);
            }
            (ValueKind::Float, Some(Value::Integer(integer))) => {
                if !is_exact(integer) {
                    refused(result, ErrorCode::InvalidValue)?;
                    return Ok(false);
                }
                #[expect(clippy::cast_precision_loss, reason = "it is exact")]
                Some(Value::Float(integer as f64))
            }
            (_, value) => value,
        };
        let held = self.model.values.get(&key).copied().flatten();
        let value = match (held, value) {
            (Some(Value::Integer(held)), Some(Value::Integer(amount))) if adds => {
                let Some(sum) = held.checked_add(amount) else {
                    refused(result, ErrorCode::Overflow)?;
                    return Ok(false);
                };
                Some(Value::Integer(sum))
            }
            (Some(Value::Float(held)), Some(Value::Float(amount))) if adds => {
                Some(Value::Float(held + amount))
            }
            (_, value) => value,
        };
        result.map_err(text)?;
        self.model.values.insert(key, value);
        Ok(true)
    }

    fn delete(&mut self) -> Result<bool, String> {
        let first = self.key(Place::default_of(0)).2;
        let last = first.plus_days(3).map_err(text)?;
        let metric = self.random.below(METRICS + 1);
        let mut filter = Filter::new().range(first..=last);
        if metric < METRICS {
            filter = filter.metric(name(metric));
        }
        let before = self.model.values.len();
        self.model.values.retain(|(place, _, date), _| {
            (metric < METRICS && place.metric != metric) || !(first..=last).contains(date)
        });
        let deleted = self.store.delete(&filter).map_err(text)?;
        same(deleted, before - self.model.values.len(), "deleted")
    }

    fn retain(&mut self) -> Result<bool, String> {
        let days = u32::try_from(self.random.below(30)).unwrap_or(0);
        let today = self.store.today();
        let before = self.model.values.len();
        self.model.values.retain(|(_, _, date), _| {
            i64::from(date.days_since_epoch())
                > i64::from(today.days_since_epoch()) - i64::from(days)
        });
        let deleted = self.store.retain_days(&Filter::new(), days).map_err(text)?;
        same(deleted, before - self.model.values.len(), "no longer kept")
    }

    fn sql(&mut self) -> Result<bool, String> {
        let (place, _, date) = self.key(Place::default_of(0));
        let (metric, value) = (self.random.below(METRICS), self.random.below(100));
        let place = Place { metric, ..place };
        let statement = format!(
            "INSERT INTO statistic_by_date (domain, metric, period, date, value) \
             VALUES ('m', 'm{metric}', 'day', '{date}', {value})"
        );
        let result = self.store.sql(&statement).map(drop);
        let Some(known) = self.model.metrics.get(&metric) else {
            return match result {
                Err(_) => Ok(false),
                Ok(()) => Err("SQL wrote to a metric that is not there".to_owned()),
            };
        };
        result.map_err(text)?;
        let value = i32::try_from(value).unwrap_or(0);
        let value = match known.kind {
            ValueKind::Integer => Value::Integer(value.into()),
            ValueKind::Float => Value::Float(value.into()),
        };
        self.model
            .values
            .insert((place, Period::Day, date), Some(value));
        Ok(true)
    }

    /// A file with statistics by whatever dimensions; with a bad line, nothing of it is taken.
    fn import(&mut self) -> Result<(), String> {
        let mut lines = String::new();
        let before = self.model.clone();
        let is_bad = self.random.once_in(2);
        let metrics: Vec<usize> = self.model.order.clone();
        if metrics.is_empty() {
            return Ok(());
        }
        for number in 0..4_i32 {
            let mut place = self.place();
            place.metric = metrics[self.random.below(metrics.len())];
            let (place, period, date) = self.key(place);
            let by = place.dimensions.iter();
            let by: Vec<String> = by
                .map(|(name, value)| format!("{name:?}:{value:?}"))
                .collect();
            let metric = name(place.metric);
            let by = by.join(",");
            let _ = writeln!(
                lines,
                "{{\"metric\":\"{metric}\",\"period\":\"{period}\",\"date\":\"{date}\",\"dimensions\":{{{by}}},\
                 \"value\":{number}}}"
            );
            let value = match self.model.metrics[&place.metric].kind {
                ValueKind::Integer => Value::Integer(number.into()),
                ValueKind::Float => Value::Float(number.into()),
            };
            self.model.values.insert((place, period, date), Some(value));
        }
        if is_bad {
            lines +=
                "{\"metric\":\"m.m9\",\"title\":\"met in a file that is refused\"}\n{\"metric\":\n";
            self.model.roll_back_to(&before);
        }
        let snapshot = self.store.snapshot();
        let result = Import::json_lines().read(&mut self.store, lines.as_bytes());
        if is_bad {
            if result.is_ok() || self.store.snapshot() != snapshot {
                return Err("a file with a bad line changed something".to_owned());
            }
            return Ok(());
        }
        result.map(drop).map_err(text)
    }
}

impl Place {
    fn default_of(metric: usize) -> Self {
        Self {
            metric,
            dimensions: Vec::new(),
        }
    }
}

fn is_exact(integer: i64) -> bool {
    integer.unsigned_abs() < 1 << 53
}

fn refused<T>(result: Result<T, Error>, code: ErrorCode) -> Result<(), String> {
    match result {
        Err(error) if error.code() == code => Ok(()),
        Err(error) => Err(format!("{code:?} was expected, and not {}", text(error))),
        Ok(_) => Err(format!("{code:?} was expected, and it was done")),
    }
}

fn same(found: usize, expected: usize, what: &str) -> Result<bool, String> {
    if found == expected {
        return Ok(true);
    }
    Err(format!("{found} {what}, and {expected} by the model"))
}
