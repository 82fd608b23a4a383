//! From the dimensions of an event to the number of its object.

use super::distinct::Items;
use super::tracker::Item;
use crate::Error;
use crate::model::{DimensionValue, Lookup, check_dimension_value, hash_numbers};

/// How many integers lead to their objects without a search; the table takes a quarter of a megabyte at
/// most.
const SMALL: usize = 1 << 16;

/// In a table of objects: none yet.
const NONE: u32 = u32::MAX;

/// The objects that were met, by numbers of their own: reading events changes no store.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// The values of each dimension that splits, by number.
    values: Vec<Values>,
    /// The objects of integers below [`SMALL`], which most programs number their objects by.
    small: Vec<u32>,
    combinations: Lookup,
    /// The numbers of the values of each object, one object after another.
    objects: Vec<u32>,
}

#[derive(Debug, Default)]
struct Values {
    numbers: Items,
    texts: Vec<Box<str>>,
}

impl Values {
    fn number(&mut self, value: &DimensionValue<'_>) -> Result<u32, Error> {
        let number = self.numbers.number(value);
        if number as usize == self.texts.len() {
            self.texts.push(value.with_text(|text| text.into()));
            value.with_text(check_dimension_value)?;
        }
        Ok(number)
    }
}

impl Keys {
    pub(super) fn new(dimensions: usize) -> Self {
        let mut keys = Self::default();
        keys.values.resize_with(dimensions, Values::default);
        keys
    }

    /// How many objects there are. Without a dimension that splits there is one, also without events.
    pub(super) fn len(&self) -> usize {
        match self.values.as_slice() {
            [] => 1,
            [only] => only.texts.len(),
            several => self.objects.len() / several.len(),
        }
    }

    /// The number of the event's object; none if it has no value for a dimension.
    #[inline]
    pub(super) fn locate<E>(
        &mut self,
        by: &[(String, Item<'_, E>)],
        event: &E,
    ) -> Result<Option<u32>, Error> {
        match by {
            [] => Ok(Some(0)),
            [(_, closure)] => {
                // Not moved out: to read at once, as one, what was just written in parts makes the
                // processor wait.
                let by = closure(event);
                let Some(value) = &by.0 else {
                    return Ok(None);
                };
                let small = value
                    .as_integer()
                    .and_then(|integer| usize::try_from(integer).ok());
                match small.and_then(|small| self.small.get(small)) {
                    Some(&object) if object != NONE => Ok(Some(object)),
                    _ => self.meet(value, small).map(Some),
                }
            }
            _ => self.combination(by, event),
        }
    }

    /// The object of the only value.
    fn meet(&mut self, value: &DimensionValue<'_>, small: Option<usize>) -> Result<u32, Error> {
        let Some(values) = self.values.first_mut() else {
            return Ok(0);
        };
        let object = values.number(value)?;
        if let Some(small) = small.filter(|&small| small < SMALL) {
            if self.small.len() <= small {
                self.small.resize(small + 1, NONE);
            }
            self.small[small] = object;
        }
        Ok(object)
    }

    fn combination<E>(
        &mut self,
        by: &[(String, Item<'_, E>)],
        event: &E,
    ) -> Result<Option<u32>, Error> {
        let start = self.objects.len();
        for ((_, closure), values) in by.iter().zip(&mut self.values) {
            let number = match closure(event).0 {
                None => None,
                Some(value) => match values.number(&value) {
                    Ok(number) => Some(number),
                    Err(error) => {
                        self.objects.truncate(start);
                        return Err(error);
                    }
                },
            };
            let Some(number) = number else {
                self.objects.truncate(start);
                return Ok(None);
            };
            self.objects.push(number);
        }
        let (known, new) = self.objects.split_at(start);
        let length = new.len();
        let hash = hash_numbers(new.iter().copied());
        let is_it = |object: u32| {
            known
                .get(object as usize * length..)
                .is_some_and(|all| all.starts_with(new))
        };
        if let Some(object) = self.combinations.find(hash, is_it) {
            self.objects.truncate(start);
            return Ok(Some(object));
        }
        let object = u32::try_from(start / length).expect("a run has fewer than 2^32 objects");
        self.combinations.insert(hash, object);
        Ok(Some(object))
    }

    /// The value of a dimension of an object.
    pub(super) fn text(&self, object: usize, dimension: usize) -> &str {
        let number = match self.values.len() {
            1 => Some(object),
            several => {
                let number = self.objects.get(object * several + dimension);
                number.map(|&number| number as usize)
            }
        };
        let texts = self.values.get(dimension).map(|values| &values.texts);
        texts
            .zip(number)
            .and_then(|(texts, number)| texts.get(number))
            .map_or("", |text| text)
    }
}
