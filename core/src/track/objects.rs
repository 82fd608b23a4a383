//! From the dimensions of an event to its object.

use hashbrown::HashMap;

use super::By;
use super::days::Days;
use super::resume::Span;
use super::tally::Tally;
use crate::Error;
use crate::engine::{Engine, SplitId, TextId};
use crate::model::{DimensionValue, Form, SlotId, check_dimension_value};
use crate::time::{Period, Tick};

/// What is known of one object, or of the whole.
#[derive(Debug)]
pub(super) struct Object<T> {
    pub(super) slot: SlotId,
    /// The first day to compute, as far as the stored rows tell.
    pub(super) resume: Option<Tick>,
    pub(super) first_event: Option<Tick>,
    pub(super) days: Days<T>,
}

/// Where the value of a dimension comes from.
pub(super) enum Place<'f, E> {
    Fixed(TextId),
    Of(&'f dyn for<'e> Fn(&'e E) -> By<'e>),
}

/// The objects of a run, by number.
pub(super) struct Objects<'f, E, T> {
    pub(super) list: Vec<Object<T>>,
    split: SplitId,
    /// One for each name of the split, in its order.
    places: Vec<Place<'f, E>>,
    is_split: bool,
    by_slot: HashMap<SlotId, u32>,
    /// What the store calls an integer, so that it is written in decimal only once.
    integers: HashMap<i64, TextId>,
    values: Vec<TextId>,
}

impl<'f, E, T: Tally> Objects<'f, E, T> {
    pub(super) fn new(
        engine: &mut Engine,
        split: SplitId,
        places: Vec<Place<'f, E>>,
        span: &Span,
    ) -> Self {
        let is_split = places.iter().any(|place| matches!(place, Place::Of(_)));
        let mut objects = Self {
            list: Vec::new(),
            split,
            places,
            is_split,
            by_slot: HashMap::new(),
            integers: HashMap::new(),
            values: Vec::new(),
        };
        if !is_split {
            // The whole, or the fixed object, is there even without events.
            let fixed = objects.places.iter().filter_map(|place| match place {
                Place::Fixed(value) => Some(*value),
                Place::Of(_) => None,
            });
            let slot = engine.add_slot(split, &fixed.collect::<Vec<_>>());
            objects.add(engine, slot, span);
        }
        objects
    }

    /// The number of the event's object; none if it has no value for a dimension.
    #[inline]
    pub(super) fn locate(
        &mut self,
        engine: &mut Engine,
        event: &E,
        span: &Span,
    ) -> Result<Option<u32>, Error> {
        if !self.is_split {
            return Ok(Some(0));
        }
        self.values.clear();
        for place in &self.places {
            let value = match place {
                Place::Fixed(value) => *value,
                Place::Of(closure) => {
                    let By(Some(value)) = closure(event) else {
                        return Ok(None);
                    };
                    number(engine, &mut self.integers, &value)?
                }
            };
            self.values.push(value);
        }
        let slot = engine.add_slot(self.split, &self.values);
        Ok(Some(match self.by_slot.get(&slot) {
            Some(&object) => object,
            None => self.add(engine, slot, span),
        }))
    }

    fn add(&mut self, engine: &Engine, slot: SlotId, span: &Span) -> u32 {
        let object = u32::try_from(self.list.len())
            .expect("a store has fewer than 2^32 slots, see its index");
        let column = engine
            .find_series(slot, span.period)
            .map(|series| engine.column(series));
        self.by_slot.insert(slot, object);
        self.list.push(Object {
            slot,
            resume: span.resume(column),
            first_event: None,
            days: Days::new(),
        });
        object
    }
}

/// The number of a dimension value in the store.
fn number(
    engine: &mut Engine,
    integers: &mut HashMap<i64, TextId>,
    value: &DimensionValue<'_>,
) -> Result<TextId, Error> {
    let integer = match value.0 {
        Form::Signed(integer) => Some(integer),
        Form::Unsigned(integer) => i64::try_from(integer).ok(),
        Form::Text(_) => None,
    };
    if let Some(integer) = integer {
        let entry = integers.entry(integer);
        return Ok(*entry.or_insert_with(|| value.with_text(|text| engine.intern(text))));
    }
    value.with_text(|text| {
        check_dimension_value(text)?;
        Ok(engine.intern(text))
    })
}

impl<T: Tally> Object<T> {
    /// Adds an event, unless it is too old to change any row; answers whether it was.
    #[inline]
    pub(super) fn add(&mut self, tick: Tick, tally: &T, span: &Span) -> bool {
        self.first_event = Some(self.first_event.map_or(tick, |first| first.min(tick)));
        if span.period == Period::Day && self.resume.is_some_and(|resume| tick < resume) {
            return false;
        }
        self.days.add(tick, tally);
        true
    }
}
