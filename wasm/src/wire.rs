//! Questions and answers as bytes, for what is not asked often.
//!
//! A number is a float of eight bytes, little-endian; a text or a list is its length as a number, and
//! its bytes or items. NaN is what is not given: a number, or the length of a text or a list. A column
//! is its length in bytes and those bytes, each item as the memory of the module holds it. `engine.ts`
//! writes and reads the same. Bytes that are none of its make no errors but defaults.

use trackstats::{Date, DateRange, Period, Value};

/// A question, read from its front.
#[derive(Debug)]
pub(crate) struct Request<'b>(&'b [u8]);

impl<'b> Request<'b> {
    pub(crate) const fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// A number, if it is given.
    pub(crate) fn number(&mut self) -> Option<f64> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        let number = f64::from_le_bytes(*number);
        (!number.is_nan()).then_some(number)
    }

    #[expect(clippy::cast_possible_truncation, reason = "the caller gives days")]
    pub(crate) fn day(&mut self) -> Option<i32> {
        self.number().map(|number| number as i32)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the caller gives whole numbers, of which this takes the nearest"
    )]
    pub(crate) fn count(&mut self) -> Option<u32> {
        self.number().map(|number| number as u32)
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.number() == Some(1.0)
    }

    /// One of a list, by its place.
    pub(crate) fn one_of<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let place = self.count()?;
        list.get(place as usize).copied()
    }

    pub(crate) fn period(&mut self) -> Period {
        self.one_of(&Period::ALL).unwrap_or(Period::Day)
    }

    /// The dates from a day to another.
    pub(crate) fn range(&mut self) -> DateRange {
        let (first, last) = (self.day(), self.day());
        let all = DateRange::ALL;
        DateRange::new(
            first.map_or(all.first(), Date::nearest_to_days),
            last.map_or(all.last(), Date::nearest_to_days),
        )
    }

    /// So many bytes as the number in front says.
    pub(crate) fn bytes(&mut self) -> Option<&'b [u8]> {
        let length = self.count()?;
        let (bytes, rest) = self.0.split_at_checked(length as usize)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(crate) fn optional_text(&mut self) -> Option<String> {
        let bytes = self.bytes()?;
        String::from_utf8(bytes.to_vec()).ok()
    }

    pub(crate) fn text(&mut self) -> String {
        self.optional_text().unwrap_or_default()
    }

    pub(crate) fn optional_texts(&mut self) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        for _ in 0..self.count()? {
            texts.push(self.optional_text()?);
        }
        Some(texts)
    }

    pub(crate) fn texts(&mut self) -> Vec<String> {
        self.optional_texts().unwrap_or_default()
    }

    /// Names and values, which the list holds in turn.
    pub(crate) fn optional_pairs(&mut self) -> Option<Vec<(String, String)>> {
        let mut texts = self.optional_texts()?.into_iter();
        let mut pairs = Vec::new();
        while let (Some(name), Some(value)) = (texts.next(), texts.next()) {
            pairs.push((name, value));
        }
        Some(pairs)
    }

    pub(crate) fn pairs(&mut self) -> Vec<(String, String)> {
        self.optional_pairs().unwrap_or_default()
    }

    /// A column of items of four bytes.
    pub(crate) fn days(&mut self) -> Vec<i32> {
        let (items, _) = self.bytes().unwrap_or_default().as_chunks();
        items.iter().map(|item| i32::from_le_bytes(*item)).collect()
    }

    /// A column of items of four bytes without a sign.
    pub(crate) fn numbers(&mut self) -> Vec<u32> {
        let (items, _) = self.bytes().unwrap_or_default().as_chunks();
        items.iter().map(|item| u32::from_le_bytes(*item)).collect()
    }

    /// A column of items of eight bytes.
    pub(crate) fn integers(&mut self) -> Vec<i64> {
        let (items, _) = self.bytes().unwrap_or_default().as_chunks();
        items.iter().map(|item| i64::from_le_bytes(*item)).collect()
    }

    /// What is left.
    pub(crate) const fn rest(&self) -> &'b [u8] {
        self.0
    }
}

/// An answer.
#[derive(Debug, Default)]
pub(crate) struct Reply(pub(crate) Vec<u8>);

impl Reply {
    pub(crate) fn number(&mut self, number: f64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 fit in memory")]
    pub(crate) fn length(&mut self, length: usize) {
        self.number(length as f64);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.length(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn texts(&mut self, texts: &[String]) {
        self.length(texts.len());
        for text in texts {
            self.text(text);
        }
    }

    pub(crate) fn pairs(&mut self, pairs: &[(String, String)]) {
        self.length(2 * pairs.len());
        for (name, value) in pairs {
            self.text(name);
            self.text(value);
        }
    }

    /// 0 for null; 1 and a number; or 2 and an integer of eight bytes, where bigints are wanted.
    #[expect(
        clippy::cast_precision_loss,
        reason = "an integer that is given as a number is a safe one"
    )]
    pub(crate) fn value(&mut self, value: Option<Value>, bigint: bool) {
        match value {
            None => self.number(0.0),
            Some(Value::Integer(value)) if bigint => {
                self.number(2.0);
                self.0.extend_from_slice(&value.to_le_bytes());
            }
            Some(Value::Integer(value)) => {
                self.number(1.0);
                self.number(value as f64);
            }
            Some(Value::Float(value)) => {
                self.number(1.0);
                self.number(value);
            }
        }
    }
}
