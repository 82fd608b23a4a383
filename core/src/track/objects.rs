//! From the dimensions of an event to its object.

use super::By;
use super::days::Days;
use super::resume::Span;
use super::tally::Tally;
use crate::Error;
use crate::engine::{Engine, SplitId, TextId};
use crate::model::{DimensionValue, HashMap, SlotId, check_dimension_value};
use crate::time::{Period, Tick};

/// How many integers lead to their objects without a search; the table takes half a megabyte at most.
const SMALL: usize = 1 << 16;

/// What is known of one object, or of the whole.
#[derive(Debug)]
pub(super) struct Object<T> {
    pub(super) slot: SlotId,
    /// The first day to compute, as far as the stored rows tell.
    pub(super) resume: Option<Tick>,
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
    /// The object of each slot that has one, by the number of the slot.
    by_slot: Vec<Option<u32>>,
    /// Where there is one dimension and its values are integers, they lead to the objects.
    by_integer: HashMap<i64, u32>,
    /// The same for integers below [`SMALL`], which most programs number their objects by.
    by_small: Vec<Option<u32>>,
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
            by_slot: Vec::new(),
            by_integer: HashMap::default(),
            by_small: Vec::new(),
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
        if let [Place::Of(closure)] = self.places.as_slice() {
            // Not moved out: to read at once, as one, what was just written in parts makes the processor wait.
            let by = closure(event);
            let Some(value) = &by.0 else {
                return Ok(None);
            };
            let known = value.as_integer().and_then(|integer| self.known(integer));
            return match known {
                Some(object) => Ok(Some(object)),
                None => self.meet(engine, value, span).map(Some),
            };
        }
        self.locate_combination(engine, event, span)
    }

    #[inline]
    fn known(&self, integer: i64) -> Option<u32> {
        match usize::try_from(integer) {
            Ok(small) if small < SMALL => self.by_small.get(small).copied().flatten(),
            _ => self.by_integer.get(&integer).copied(),
        }
    }

    /// The object of the only value, which is a text or an integer that is not known yet.
    fn meet(
        &mut self,
        engine: &mut Engine,
        value: &DimensionValue<'_>,
        span: &Span,
    ) -> Result<u32, Error> {
        self.values.clear();
        self.values.push(number(engine, value)?);
        let object = self.object(engine, span);
        match value
            .as_integer()
            .map(|integer| (integer, usize::try_from(integer)))
        {
            Some((_, Ok(small))) if small < SMALL => {
                if self.by_small.len() <= small {
                    self.by_small.resize(small + 1, None);
                }
                self.by_small[small] = Some(object);
            }
            Some((integer, _)) => {
                self.by_integer.insert(integer, object);
            }
            None => {}
        }
        Ok(object)
    }

    fn locate_combination(
        &mut self,
        engine: &mut Engine,
        event: &E,
        span: &Span,
    ) -> Result<Option<u32>, Error> {
        self.values.clear();
        for place in &self.places {
            self.values.push(match place {
                Place::Fixed(value) => *value,
                Place::Of(closure) => {
                    let By(Some(value)) = closure(event) else {
                        return Ok(None);
                    };
                    number(engine, &value)?
                }
            });
        }
        Ok(Some(self.object(engine, span)))
    }

    /// The object of the values that were gathered.
    fn object(&mut self, engine: &mut Engine, span: &Span) -> u32 {
        let slot = engine.add_slot(self.split, &self.values);
        match self.by_slot.get(slot.0 as usize) {
            Some(&Some(object)) => object,
            _ => self.add(engine, slot, span),
        }
    }

    fn add(&mut self, engine: &Engine, slot: SlotId, span: &Span) -> u32 {
        let object = u32::try_from(self.list.len())
            .expect("a store has fewer than 2^32 slots, see its index");
        let column = engine
            .find_series(slot, span.period)
            .map(|series| engine.column(series));
        let place = slot.0 as usize;
        if self.by_slot.len() <= place {
            self.by_slot.resize(place + 1, None);
        }
        self.by_slot[place] = Some(object);
        self.list.push(Object {
            slot,
            resume: span.resume(column),
            days: Days::new(),
        });
        object
    }
}

/// The number of a dimension value in the store.
fn number(engine: &mut Engine, value: &DimensionValue<'_>) -> Result<TextId, Error> {
    value.with_text(|text| {
        check_dimension_value(text)?;
        Ok(engine.intern(text))
    })
}

impl<T> Object<T> {
    /// Whether an event of that day can change any row; otherwise it is too old.
    #[inline]
    pub(super) fn takes(&self, tick: Tick, span: &Span) -> bool {
        span.period != Period::Day || self.resume.is_none_or(|resume| tick >= resume)
    }
}

impl<T: Tally> Object<T> {
    /// Adds an event, unless it is too old to change any row; answers whether it did.
    #[inline]
    pub(super) fn add(&mut self, tick: Tick, tally: &T, span: &Span) -> bool {
        let in_time = self.takes(tick, span);
        if in_time {
            self.days.add(tick, tally);
        }
        in_time
    }
}
