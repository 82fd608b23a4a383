//! Texts by number: the names and values of dimensions.

use crate::model::{Lookup, TextHasher};

/// The number of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TextId(pub(crate) u32);

/// Each text once, in one allocation. The number of one that is of no more use is given to another.
#[derive(Debug, Default)]
pub(super) struct Texts {
    bytes: String,
    spans: Vec<Span>,
    /// Numbers that stand for no text, the smallest last.
    free: Vec<TextId>,
    numbers: Lookup,
    hasher: TextHasher,
}

/// Where a text begins, and in the low bits how long it is.
#[derive(Clone, Copy, Debug)]
struct Span(u64);

const LENGTH_BITS: u32 = 20;

impl Span {
    fn new(start: usize, length: usize) -> Self {
        let fits = length < 1 << LENGTH_BITS && (start as u64) < 1 << (64 - LENGTH_BITS);
        assert!(fits, "names and values of dimensions are short");
        Self((start as u64) << LENGTH_BITS | length as u64)
    }

    const fn range(self) -> std::ops::Range<usize> {
        let start = (self.0 >> LENGTH_BITS) as usize;
        start..start + (self.0 & ((1 << LENGTH_BITS) - 1)) as usize
    }
}

impl Texts {
    pub(super) fn text(&self, id: TextId) -> &str {
        &self.bytes[self.spans[id.0 as usize].range()]
    }

    pub(super) fn find(&self, wanted: &str) -> Option<TextId> {
        self.find_hashed(self.hasher.hash(wanted), wanted)
    }

    fn find_hashed(&self, hash: u64, wanted: &str) -> Option<TextId> {
        let is_wanted = |number| self.text(TextId(number)) == wanted;
        self.numbers.find(hash, is_wanted).map(TextId)
    }

    pub(super) fn intern(&mut self, wanted: &str) -> TextId {
        let hash = self.hasher.hash(wanted);
        if let Some(id) = self.find_hashed(hash, wanted) {
            return id;
        }
        let span = Span::new(self.bytes.len(), wanted.len());
        self.bytes.push_str(wanted);
        let id = if let Some(id) = self.free.pop() {
            self.spans[id.0 as usize] = span;
            id
        } else {
            let number =
                u32::try_from(self.spans.len()).expect("a store has fewer than 2^32 texts");
            self.spans.push(span);
            TextId(number)
        };
        self.numbers.insert(hash, id.0);
        id
    }

    /// Keeps the texts that are used, by number, and gives the room of the others back.
    pub(super) fn retain(&mut self, used: &[bool]) {
        let bytes = std::mem::take(&mut self.bytes);
        self.numbers = Lookup::default();
        self.free.clear();
        let len = used
            .iter()
            .rposition(|&used| used)
            .map_or(0, |last| last + 1);
        self.spans.truncate(len);
        for (number, span) in (0_u32..).zip(&mut self.spans) {
            let text = &bytes[span.range()];
            if !used.get(number as usize).copied().unwrap_or(false) {
                *span = Span(0);
                self.free.push(TextId(number));
                continue;
            }
            *span = Span::new(self.bytes.len(), text.len());
            self.bytes.push_str(text);
            self.numbers.insert(self.hasher.hash(text), number);
        }
        self.free.reverse();
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn a_text_has_one_number() {
        let mut texts = Texts::default();
        let numbers: Vec<_> = (0..1_000)
            .map(|n| texts.intern(&format!("text {n}")))
            .collect();
        let empty = texts.intern("");
        for (n, &number) in numbers.iter().enumerate() {
            assert_eq!(texts.text(number), format!("text {n}"));
            assert_eq!(texts.intern(&format!("text {n}")), number);
        }
        assert_eq!(texts.text(empty), "");
        assert_eq!(texts.find("text 1000"), None);
    }

    #[test]
    fn a_text_that_is_used_keeps_its_number_and_the_others_give_theirs_back() {
        let mut texts = Texts::default();
        let numbers: Vec<_> = (0..100)
            .map(|n| texts.intern(&format!("text {n}")))
            .collect();
        let used: Vec<bool> = (0..100).map(|n| n % 3 == 0 && n < 70).collect();
        texts.retain(&used);
        for (n, &number) in numbers.iter().enumerate() {
            let text = format!("text {n}");
            let kept = n % 3 == 0 && n < 70;
            assert_eq!(texts.find(&text), kept.then_some(number), "{text}");
        }
        assert_eq!(texts.len(), 70);
        assert_eq!(texts.intern("another"), numbers[1]);
        for n in 0..45 {
            texts.intern(&format!("more {n}"));
        }
        assert_eq!(texts.len(), 70);
        assert_eq!(texts.text(numbers[69]), "text 69");
        assert_eq!(texts.text(numbers[1]), "another");
    }
}
