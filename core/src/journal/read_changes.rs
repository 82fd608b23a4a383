//! Reading the changes of a commit, and applying them.

use super::changes::{
    ADD_FLOAT, ADD_INTEGER, DELETE, DOMAIN, METRIC, SET_FLOAT, SET_INTEGER, SET_NULL, VERSION,
};
use super::fault::JournalFault;
use super::wire::Reader;
use crate::engine::{Engine, Entry, SeriesId, TextId};
use crate::model::{
    MetricId, NewDomain, NewMetric, Value, ValueKind, check_dimension_name, check_dimension_value,
};
use crate::time::{Date, Period, Tick};

/// Applies the changes of a commit, all of them or none. Gives the metrics whose statistics they are
/// of.
pub(crate) fn apply_changes(
    engine: &mut Engine,
    bytes: &[u8],
) -> Result<Vec<MetricId>, JournalFault> {
    let mark = engine.mark();
    let mut reading = Reading {
        reader: Reader::new(bytes),
        keys: Vec::new(),
        texts: Vec::new(),
        tick: 0,
        touched: Vec::new(),
    };
    match reading.all(engine) {
        Ok(()) => {
            engine.release(mark);
            Ok(reading.touched)
        }
        Err(fault) => {
            engine.rollback_to(mark);
            Err(fault)
        }
    }
}

/// A series as the bytes name it. It is looked up at its first use, because its metric may be
/// registered by an entry before that.
struct Key {
    metric: usize,
    period: Period,
    /// Pairs of name and value, ascending by name.
    dimensions: Vec<(usize, usize)>,
    found: Option<SeriesId>,
}

struct Reading<'b> {
    reader: Reader<'b>,
    texts: Vec<&'b str>,
    keys: Vec<Key>,
    tick: Tick,
    touched: Vec<MetricId>,
}

impl Reading<'_> {
    fn all(&mut self, engine: &mut Engine) -> Result<(), JournalFault> {
        version(&mut self.reader, VERSION)?;
        self.texts = self.reader.texts("a text")?;
        for _ in 0..self.reader.count("the number of series")? {
            let key = self.key()?;
            self.keys.push(key);
        }
        for _ in 0..self.reader.count("the number of entries")? {
            self.entry(engine)?;
        }
        self.reader.end()
    }

    fn key(&mut self) -> Result<Key, JournalFault> {
        let metric = self.text("the metric of a series")?;
        let period = period(&mut self.reader)?;
        let dimensions = (0..self.reader.count("the number of dimensions")?)
            .map(|_| Ok((self.text("a dimension")?, self.text("a dimension")?)))
            .collect::<Result<Vec<_>, _>>()?;
        let names = dimensions.iter().map(|&(name, _)| self.texts.get(name));
        if !names.is_sorted_by(|left, right| left < right) {
            return Err(self.reader.damaged("the order of dimensions"));
        }
        Ok(Key {
            metric,
            period,
            dimensions,
            found: None,
        })
    }

    /// The number of a text.
    fn text(&mut self, what: &'static str) -> Result<usize, JournalFault> {
        self.reader.index(self.texts.len(), what)
    }

    fn entry(&mut self, engine: &mut Engine) -> Result<(), JournalFault> {
        let start = self.reader.at();
        let refused = |reason: String| JournalFault::Refused { at: start, reason };
        let what = self.reader.byte("an entry")?;
        match what {
            DOMAIN => {
                let new = self.domain()?;
                engine.apply(Entry::Domain(&new))
            }
            METRIC => {
                let new = self.metric()?;
                engine.apply(Entry::Metric(&new))
            }
            SET_NULL => {
                let (series, tick) = self.place(engine)?;
                engine.apply(Entry::Set {
                    series,
                    tick,
                    value: None,
                })
            }
            SET_INTEGER | SET_FLOAT => {
                let (series, tick) = self.place(engine)?;
                let value = Some(self.value(what == SET_FLOAT)?);
                engine.apply(Entry::Set {
                    series,
                    tick,
                    value,
                })
            }
            ADD_INTEGER | ADD_FLOAT => {
                let (series, tick) = self.place(engine)?;
                let amount = self.value(what == ADD_FLOAT)?;
                engine.apply(Entry::Add {
                    series,
                    tick,
                    amount,
                })
            }
            DELETE => {
                let (series, first) = self.place(engine)?;
                let more = self.reader.number("the length of a range")?;
                let last = Tick::try_from(more).ok();
                let last = last.and_then(|more| first.checked_add(more));
                let last = last.ok_or_else(|| self.reader.damaged("the length of a range"))?;
                engine.apply(Entry::Delete {
                    series,
                    first,
                    last,
                })
            }
            _ => return Err(self.reader.damaged("an entry")),
        }
        .map(|_| ())
        .map_err(|fault| refused(fault.to_string()))
    }

    fn value(&mut self, float: bool) -> Result<Value, JournalFault> {
        if float {
            self.reader.float("a value").map(Value::Float)
        } else {
            self.reader.signed("a value").map(Value::Integer)
        }
    }

    /// The series and the tick of an entry.
    fn place(&mut self, engine: &mut Engine) -> Result<(SeriesId, Tick), JournalFault> {
        let number = self.reader.index(self.keys.len(), "a series")?;
        let step = self.reader.signed("a date")?;
        let tick = i64::from(self.tick).checked_add(step);
        let tick = tick.and_then(|tick| Tick::try_from(tick).ok());
        self.tick = tick
            .filter(|&tick| is_date(tick))
            .ok_or_else(|| self.reader.damaged("a date"))?;
        let series = match self.keys.get(number) {
            Some(Key {
                found: Some(series),
                ..
            }) => *series,
            _ => self.find(engine, number)?,
        };
        Ok((series, self.tick))
    }

    fn find(&mut self, engine: &mut Engine, number: usize) -> Result<SeriesId, JournalFault> {
        let damaged = || self.reader.damaged("a series");
        let key = self.keys.get(number).ok_or_else(damaged)?;
        let text = |number: usize| self.texts.get(number).copied().ok_or_else(damaged);
        let refused = |reason: String| JournalFault::Refused {
            at: self.reader.at(),
            reason,
        };
        let name = text(key.metric)?;
        let metric = engine
            .catalog()
            .find(name)
            .ok_or_else(|| refused(format!("no metric '{name}' is registered")))?;
        let mut names: Vec<TextId> = Vec::with_capacity(key.dimensions.len());
        let mut values: Vec<TextId> = Vec::with_capacity(key.dimensions.len());
        for &(name, value) in &key.dimensions {
            let (name, value) = (text(name)?, text(value)?);
            // Not what the metric is declared to be split by: that may have changed since, or be changed again.
            check_dimension_name(name).map_err(|fault| refused(fault.to_string()))?;
            check_dimension_value(value).map_err(|fault| refused(fault.to_string()))?;
            names.push(engine.intern(name));
            values.push(engine.intern(value));
        }
        let split = engine.add_split(metric, &names);
        let slot = engine.add_slot(split, &values);
        let series = engine.series(slot, key.period);
        if let Some(key) = self.keys.get_mut(number) {
            key.found = Some(series);
        }
        if !self.touched.contains(&metric) {
            self.touched.push(metric);
        }
        Ok(series)
    }

    fn domain(&mut self) -> Result<NewDomain, JournalFault> {
        let reader = &mut self.reader;
        let mut new = NewDomain::new(reader.text("a domain")?);
        new.title = reader.maybe_text("a title")?.map(str::to_owned);
        new.description = reader.maybe_text("a description")?.map(str::to_owned);
        Ok(new)
    }

    fn metric(&mut self) -> Result<NewMetric, JournalFault> {
        let reader = &mut self.reader;
        let mut new = NewMetric::new(reader.text("a metric")?);
        new.title = reader.maybe_text("a title")?.map(str::to_owned);
        new.description = reader.maybe_text("a description")?.map(str::to_owned);
        new.kind = match reader.byte("a kind")? {
            0 => None,
            byte => Some(kind(byte).ok_or_else(|| reader.damaged("a kind"))?),
        };
        let names = reader.count("the number of dimensions")?;
        if let Some(names) = names.checked_sub(1) {
            let names = (0..names).map(|_| reader.text("a dimension").map(str::to_owned));
            new.dimensions = Some(names.collect::<Result<_, _>>()?);
        }
        Ok(new)
    }
}

/// Refuses versions of later releases.
pub(super) fn version(reader: &mut Reader<'_>, known: u8) -> Result<(), JournalFault> {
    match reader.byte("the version")? {
        0 => Err(reader.damaged("the version")),
        version if version > known => Err(JournalFault::Newer { version, known }),
        _ => Ok(()),
    }
}

pub(super) fn period(reader: &mut Reader<'_>) -> Result<Period, JournalFault> {
    let byte = reader.byte("a period")?;
    let mut all = Period::ALL.into_iter();
    all.find(|&period| super::changes::period_byte(period) == byte)
        .ok_or_else(|| reader.damaged("a period"))
}

pub(super) fn kind(byte: u8) -> Option<ValueKind> {
    match byte {
        1 => Some(ValueKind::Integer),
        2 => Some(ValueKind::Float),
        _ => None,
    }
}

pub(super) fn is_date(tick: Tick) -> bool {
    (Date::MIN.tick()..=Date::MAX.tick()).contains(&tick)
}

#[cfg(test)]
mod tests {
    use super::super::changes::period_byte;
    use super::super::wire::Writer;
    use super::*;

    /// One value of a series at these dimensions, by the numbers of their texts.
    fn changes(dimensions: &[(usize, usize)], tick: i64) -> Vec<u8> {
        let long = "x".repeat(1 << 16);
        let texts = ["shop.sales", "country", "NL", "region", "north", &long];
        let mut writer = Writer(Vec::new());
        writer.byte(VERSION);
        writer.count(texts.len());
        for text in texts {
            writer.text(text);
        }
        writer.count(1);
        writer.count(0);
        writer.byte(period_byte(Period::Day));
        writer.count(dimensions.len());
        for &(name, value) in dimensions {
            writer.count(name);
            writer.count(value);
        }
        writer.count(1);
        writer.byte(SET_INTEGER);
        writer.count(0);
        writer.signed(tick);
        writer.signed(7);
        writer.0
    }

    #[test]
    fn a_place_that_no_store_has_is_not_read() {
        let read = |dimensions: &[(usize, usize)], tick: i64| {
            let mut engine = Engine::default();
            let metric = NewMetric::new("shop.sales").by(["country", "region"]);
            engine.apply(Entry::Metric(&metric)).unwrap();
            apply_changes(&mut engine, &changes(dimensions, tick)).map(|_| ())
        };
        let last = i64::from(Date::MAX.tick());
        let first = i64::from(Date::MIN.tick());
        for tick in [0, first, last] {
            read(&[(1, 2), (3, 4)], tick).unwrap();
        }
        for dimensions in [
            [(3, 4), (1, 2)],
            [(1, 2), (1, 2)],
            [(1, 2), (3, 5)],
            [(1, 2), (5, 4)],
            [(1, 2), (6, 4)],
        ] {
            assert!(read(&dimensions, 0).is_err(), "{dimensions:?}");
        }
        for tick in [first - 1, last + 1, i64::MAX] {
            assert!(read(&[(1, 2)], tick).is_err(), "{tick}");
        }
    }
}
