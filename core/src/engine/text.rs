//! Texts by number: the names and values of dimensions.

use crate::model::{Lookup, TextHasher};

/// The number of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TextId(pub(crate) u32);

/// Each text once, in one allocation.
#[derive(Debug, Default)]
pub(super) struct Texts {
    bytes: String,
    /// Where each text ends; it begins where the one before ends.
    ends: Vec<usize>,
    numbers: Lookup,
    hasher: TextHasher,
}

impl Texts {
    pub(super) fn text(&self, id: TextId) -> &str {
        let index = id.0 as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[index]]
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
        let number = u32::try_from(self.ends.len()).expect("a store has fewer than 2^32 texts");
        self.bytes.push_str(wanted);
        self.ends.push(self.bytes.len());
        self.numbers.insert(hash, number);
        TextId(number)
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
}
