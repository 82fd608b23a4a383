//! Writing the changes of a commit.

use super::wire::Writer;
use crate::engine::{Change, Engine, SeriesId};
use crate::model::{Lookup, NewDomain, NewMetric, TextHasher, Value, ValueKind, hash_numbers};
use crate::time::{Period, Tick};

pub(super) const VERSION: u8 = 1;

pub(super) const DOMAIN: u8 = 0;
pub(super) const METRIC: u8 = 1;
pub(super) const SET_NULL: u8 = 2;
pub(super) const SET_INTEGER: u8 = 3;
pub(super) const SET_FLOAT: u8 = 4;
pub(super) const ADD_INTEGER: u8 = 5;
pub(super) const ADD_FLOAT: u8 = 6;
pub(super) const DELETE: u8 = 7;

/// Changes that the engine gathered, as bytes.
pub(crate) fn write_changes(engine: &Engine, changes: &[Change]) -> Vec<u8> {
    let mut lists = Lists {
        engine,
        texts: Texts::default(),
        series: Lookup::default(),
        met: Vec::new(),
        keys: Writer::default(),
        entries: Writer::default(),
        tick: 0,
    };
    for change in changes {
        lists.entry(change);
    }
    let mut whole = Writer::default();
    whole.byte(VERSION);
    whole.count(lists.texts.met.len());
    whole.0.append(&mut lists.texts.written.0);
    whole.count(lists.met.len());
    whole.0.append(&mut lists.keys.0);
    whole.count(changes.len());
    whole.0.append(&mut lists.entries.0);
    whole.0
}

/// Texts, each written once.
#[derive(Default)]
pub(super) struct Texts<'e> {
    pub(super) met: Vec<&'e str>,
    numbers: Lookup,
    hasher: TextHasher,
    pub(super) written: Writer,
}

impl<'e> Texts<'e> {
    pub(super) fn number(&mut self, text: &'e str) -> usize {
        let hash = self.hasher.hash(text);
        let is_it = |number: u32| self.met.get(number as usize) == Some(&text);
        if let Some(number) = self.numbers.find(hash, is_it) {
            return number as usize;
        }
        let number = self.met.len();
        self.numbers.insert(hash, short(number));
        self.met.push(text);
        self.written.text(text);
        number
    }
}

struct Lists<'e> {
    engine: &'e Engine,
    texts: Texts<'e>,
    /// The series in the order in which they came up.
    met: Vec<SeriesId>,
    series: Lookup,
    keys: Writer,
    entries: Writer,
    /// The tick of the entry before.
    tick: Tick,
}

impl Lists<'_> {
    fn entry(&mut self, change: &Change) {
        match change {
            Change::Domain(new) => {
                self.entries.byte(DOMAIN);
                domain(&mut self.entries, new);
            }
            Change::Metric(new) => {
                self.entries.byte(METRIC);
                metric(&mut self.entries, new);
            }
            Change::Set {
                series,
                tick,
                value,
            } => match value {
                None => self.place(SET_NULL, *series, *tick),
                Some(value) => self.value([SET_INTEGER, SET_FLOAT], *series, *tick, *value),
            },
            Change::Add {
                series,
                tick,
                amount,
            } => self.value([ADD_INTEGER, ADD_FLOAT], *series, *tick, *amount),
            Change::Delete {
                series,
                first,
                last,
            } => {
                self.place(DELETE, *series, *first);
                let more = i64::from(*last) - i64::from(*first);
                self.entries.number(more.unsigned_abs());
            }
        }
    }

    fn place(&mut self, what: u8, series: SeriesId, tick: Tick) {
        let number = self.series(series);
        self.entries.byte(what);
        self.entries.count(number);
        self.entries.signed(i64::from(tick) - i64::from(self.tick));
        self.tick = tick;
    }

    fn value(&mut self, what: [u8; 2], series: SeriesId, tick: Tick, value: Value) {
        let [integer, float] = what;
        match value {
            Value::Integer(value) => {
                self.place(integer, series, tick);
                self.entries.signed(value);
            }
            Value::Float(value) => {
                self.place(float, series, tick);
                self.entries.float(value);
            }
        }
    }

    fn series(&mut self, series: SeriesId) -> usize {
        let hash = hash_numbers([series.0]);
        let is_it = |number: u32| self.met.get(number as usize) == Some(&series);
        if let Some(number) = self.series.find(hash, is_it) {
            return number as usize;
        }
        let engine = self.engine;
        let (slot, period) = engine.series_key(series);
        let name = engine.catalog().name(engine.slot_metric(slot));
        let name = self.texts.number(name);
        self.keys.count(name);
        self.keys.byte(period_byte(period));
        let names = engine.split(engine.slot_split(slot)).names();
        self.keys.count(names.len());
        for (&name, &value) in names.iter().zip(engine.slot_values(slot)) {
            for text in [name, value] {
                let number = self.texts.number(engine.text(text));
                self.keys.count(number);
            }
        }
        let number = self.met.len();
        self.series.insert(hash, short(number));
        self.met.push(series);
        number
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).expect("a store has fewer than 2^32 texts and series")
}

pub(super) fn period_byte(period: Period) -> u8 {
    period.days().map_or(0, |days| {
        u8::try_from(days).expect("no period is longer than 30 days")
    })
}

fn domain(to: &mut Writer, new: &NewDomain) {
    to.text(&new.reference);
    to.maybe_text(new.title.as_deref());
    to.maybe_text(new.description.as_deref());
}

fn metric(to: &mut Writer, new: &NewMetric) {
    to.text(&new.name);
    to.maybe_text(new.title.as_deref());
    to.maybe_text(new.description.as_deref());
    to.byte(new.kind.map_or(0, kind_byte));
    match &new.dimensions {
        None => to.count(0),
        Some(names) => {
            to.count(names.len() + 1);
            for name in names {
                to.text(name);
            }
        }
    }
}

pub(super) fn kind_byte(kind: ValueKind) -> u8 {
    match kind {
        ValueKind::Integer => 1,
        ValueKind::Float => 2,
    }
}
