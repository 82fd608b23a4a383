//! How the value of a dimension stands in a cell.

use std::borrow::Cow;

/// The cell of a text. An empty cell means that there is no text, so that the empty text is written
/// as a pair of quotation marks, and what is made of such pairs gets one more.
pub(super) fn encode(text: &str, is_guarding: bool) -> Cow<'_, str> {
    if is_pairs(text) {
        Cow::Owned(format!("\"\"{text}"))
    } else {
        guarded(text, is_guarding)
    }
}

/// The text of a cell; none if it is empty.
pub(super) fn decode(cell: &str) -> Option<&str> {
    if cell.is_empty() {
        None
    } else if is_pairs(cell) {
        cell.get(2..)
    } else {
        Some(unguarded(cell))
    }
}

/// The cell of a text that a spreadsheet would run as a formula: with an apostrophe before it, where it is to
/// be guarded. What begins as such a cell gets an apostrophe in any case, so that it reads back the same.
pub(super) fn guarded(text: &str, is_guarding: bool) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches('\'')) && (is_guarding || text.starts_with('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text of a cell that may be guarded.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text.trim_start_matches('\'')) => text,
        _ => cell,
    }
}

/// Whether spreadsheets may take a text for a formula: also after a tab or a line end, and with the wide
/// signs of Chinese and Japanese keyboards.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn is_pairs(text: &str) -> bool {
    text.len().is_multiple_of(2) && text.bytes().all(|byte| byte == b'"')
}

/// Writes a cell, in quotation marks where it needs them.
pub(super) fn write(out: &mut Vec<u8>, cell: &str) {
    if !cell
        .bytes()
        .any(|byte| matches!(byte, b'"' | b',' | b';' | b'\t' | b'\n' | b'\r'))
    {
        return out.extend_from_slice(cell.as_bytes());
    }
    out.push(b'"');
    for byte in cell.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::{decode, encode, guarded, unguarded};

    const TEXTS: [&str; 22] = [
        "", "\"", "\"\"", "\"\"\"", "\"\"\"\"", "a", "\"a\"", " ", "é\"\"", "=", "=A1", "'=A1",
        "''=A1", "'", "''", "'a", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝A1",
    ];

    #[test]
    fn every_text_has_a_cell_of_its_own() {
        for is_guarding in [false, true] {
            let mut cells = Vec::new();
            for text in TEXTS {
                let cell = encode(text, is_guarding);
                assert!(!cell.is_empty());
                assert_eq!(decode(&cell), Some(text));
                assert!(!cells.contains(&cell), "{cell}");
                cells.push(cell);
            }
        }
        assert_eq!(decode(""), None);
        assert_eq!(encode("", false), "\"\"");
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded_on_request() {
        for text in [
            "=A1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝A1", "＋1", "－1", "＠x",
        ] {
            assert_eq!(guarded(text, false), text);
            let cell = guarded(text, true);
            assert_eq!(cell, format!("'{text}"));
            assert_eq!(unguarded(&cell), text);
        }
        for text in ["a=b", " =A1", "'a", "1", ""] {
            assert_eq!(guarded(text, true), text);
        }
    }
}
