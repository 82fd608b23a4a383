//! What bytes are that are no store.

use super::header::{MAGIC, SLOT};

/// How some files begin.
const KINDS: [(&[u8], &str); 9] = [
    (b"SQLite format 3\0", "a database of SQLite"),
    (b"TKST", "a snapshot, which a store begins with in memory"),
    (b"\x1F\x8B", "a file that gzip made"),
    (b"PK\x03\x04", "a ZIP archive, or a document that is one"),
    (b"%PDF", "a document in PDF"),
    (b"\x89PNG", "an image"),
    (b"\xFF\xD8\xFF", "an image"),
    (b"PAR1", "a file of Parquet"),
    (b"\x7FELF", "a program"),
];

/// What the bytes are, if they do not say that they are a store.
pub(super) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let begins = |at: usize| bytes.get(at..).is_some_and(|rest| rest.starts_with(&MAGIC));
    // One damaged slot is damage.
    if begins(0) || begins(SLOT) {
        return None;
    }
    let known = KINDS.iter().find(|(begin, _)| bytes.starts_with(begin));
    if let Some((_, kind)) = known {
        return Some(kind);
    }
    let head = bytes.get(..bytes.len().min(1 << 12)).unwrap_or_default();
    let is_text = |text: &str| !text.contains(|c: char| c.is_control() && !c.is_whitespace());
    match std::str::from_utf8(head) {
        _ if head.iter().all(|&byte| byte == 0) => Some("nothing but zeros at its start"),
        Ok(text) if is_text(text) => Some("a text"),
        // The last character may be cut.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => Some("a text"),
        _ => Some("a file of another kind, or damaged at its start"),
    }
}

/// Whether a file that begins so may be one that an owner left unfinished.
#[cfg(feature = "files")]
pub(crate) fn is_ours(head: &[u8]) -> bool {
    head.starts_with(&MAGIC) || MAGIC.starts_with(head) || head.iter().all(|&byte| byte == 0)
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn what_is_no_store_is_named() {
        let zeros = [0; 5_000];
        for (bytes, kind) in [
            (&b"SQLite format 3\0 and so on"[..], "SQLite"),
            (b"TKST\x01", "snapshot"),
            ("date,value\n2026-11-23,\u{e9}\n".as_bytes(), "a text"),
            (&zeros, "zeros"),
            (b"\x01\x02\xFF\xFE", "another kind"),
        ] {
            let found = foreign(bytes).unwrap_or_default();
            assert!(found.contains(kind), "{found}");
        }
        let mut damaged = zeros.to_vec();
        damaged[512..520].copy_from_slice(b"trckstat");
        assert_eq!(foreign(&damaged), None);
    }

    #[test]
    fn a_text_that_is_cut_within_a_character_is_one() {
        let text = "\u{e9}".repeat(3_000);
        assert_eq!(foreign(&text.as_bytes()[..4_095]), Some("a text"));
    }
}
