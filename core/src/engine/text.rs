//! Texts by number: the names and values of dimensions.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

/// The number of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TextId(pub(crate) u32);

/// Each text once, in one allocation. The hasher is seeded, because the texts may come from people
/// who would like them to collide.
#[derive(Debug, Default)]
pub(super) struct Texts {
    bytes: String,
    /// Where each text ends; it begins where the one before ends.
    ends: Vec<usize>,
    numbers: HashTable<TextId>,
    hasher: DefaultHashBuilder,
}

impl Texts {
    pub(super) fn text(&self, id: TextId) -> &str {
        text(&self.bytes, &self.ends, id)
    }

    pub(super) fn find(&self, wanted: &str) -> Option<TextId> {
        let hash = self.hasher.hash_one(wanted);
        self.numbers
            .find(hash, |&id| self.text(id) == wanted)
            .copied()
    }

    pub(super) fn intern(&mut self, wanted: &str) -> TextId {
        if let Some(id) = self.find(wanted) {
            return id;
        }
        let number = u32::try_from(self.ends.len()).expect("a store has fewer than 2^32 texts");
        let id = TextId(number);
        self.bytes.push_str(wanted);
        self.ends.push(self.bytes.len());
        let Self {
            bytes,
            ends,
            numbers,
            hasher,
        } = self;
        numbers.insert_unique(hasher.hash_one(wanted), id, |&id| {
            hasher.hash_one(text(bytes, ends, id))
        });
        id
    }
}

fn text<'a>(bytes: &'a str, ends: &[usize], id: TextId) -> &'a str {
    let index = id.0 as usize;
    let start = index.checked_sub(1).map_or(0, |before| ends[before]);
    &bytes[start..ends[index]]
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
