//! How the value of a dimension stands in a cell.

use std::borrow::Cow;

/// The cell of a text. An empty cell means that there is no text, so that the empty text is written
/// as a pair of quotation marks, and what is made of such pairs gets one more.
pub(super) fn encode(text: &str) -> Cow<'_, str> {
    if is_pairs(text) {
        Cow::Owned(format!("\"\"{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text of a cell; none if it is empty.
pub(super) fn decode(cell: &str) -> Option<&str> {
    if cell.is_empty() {
        None
    } else if is_pairs(cell) {
        cell.get(2..)
    } else {
        Some(cell)
    }
}

fn is_pairs(text: &str) -> bool {
    text.len().is_multiple_of(2) && text.bytes().all(|byte| byte == b'"')
}

/// Writes a cell, in quotation marks where it needs them.
pub(super) fn write(out: &mut Vec<u8>, cell: &str) {
    if !cell
        .bytes()
        .any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r'))
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
    use super::{decode, encode};

    #[test]
    fn every_text_has_a_cell_of_its_own() {
        for text in [
            "", "\"", "\"\"", "\"\"\"", "\"\"\"\"", "a", "\"a\"", " ", "é\"\"",
        ] {
            let cell = encode(text);
            assert!(!cell.is_empty());
            assert_eq!(decode(&cell), Some(text));
        }
        assert_eq!(decode(""), None);
        assert_eq!(encode(""), "\"\"");
    }
}
