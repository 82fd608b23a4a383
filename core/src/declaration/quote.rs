//! Texts and keys in quotes.

use std::fmt::Write as _;

/// The language that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    TypeScript,
    Json,
}

impl Language {
    const fn quote(self) -> char {
        match self {
            Self::TypeScript => '\'',
            Self::Json => '"',
        }
    }

    /// A text in quotes. It holds no line break, and nothing that ends or opens a script element or a
    /// comment in HTML, so that it may stand in a page.
    pub(super) fn text(self, text: &str, into: &mut String) {
        let quote = self.quote();
        into.push(quote);
        let mut signs = text.chars().peekable();
        while let Some(sign) = signs.next() {
            let opens = sign == '<' && matches!(signs.peek(), Some('/' | '!' | 's' | 'S'));
            match sign {
                '\\' => into.push_str("\\\\"),
                '\n' => into.push_str("\\n"),
                '\r' => into.push_str("\\r"),
                '\t' => into.push_str("\\t"),
                _ if sign == quote => into.extend(['\\', quote]),
                '\u{2028}' | '\u{2029}' => escape(sign, into),
                _ if opens || sign.is_control() => escape(sign, into),
                _ => into.push(sign),
            }
        }
        into.push(quote);
    }

    /// A key of an object.
    pub(super) fn key(self, key: &str, into: &mut String) {
        match self {
            Self::TypeScript if key == "__proto__" => {
                // Without the brackets it would be no key but the prototype of the object.
                into.push('[');
                self.text(key, into);
                into.push(']');
            }
            Self::TypeScript if is_identifier(key) => into.push_str(key),
            Self::TypeScript | Self::Json => self.text(key, into),
        }
    }
}

/// As four hexadecimal digits. Every sign that gets here is below 2^16.
fn escape(sign: char, into: &mut String) {
    write!(into, "\\u{:04x}", u32::from(sign)).expect("a String takes every text");
}

/// Whether it needs no quotes as a key. Identifiers beyond ASCII are quoted: what they are depends on
/// the version of Unicode.
fn is_identifier(key: &str) -> bool {
    let inside = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '$');
    key.starts_with(|sign: char| inside(sign) && !sign.is_ascii_digit()) && key.chars().all(inside)
}

#[cfg(test)]
mod tests {
    use super::Language;

    fn text(language: Language, text: &str) -> String {
        let mut into = String::new();
        language.text(text, &mut into);
        into
    }

    fn key(key: &str) -> String {
        let mut into = String::new();
        Language::TypeScript.key(key, &mut into);
        into
    }

    #[test]
    fn a_text_cannot_end_its_quotes_or_its_line() {
        for (given, typescript, json) in [
            ("it's", r"'it\'s'", r#""it's""#),
            (r#"a "b""#, r#"'a "b"'"#, r#""a \"b\"""#),
            (r"a\'", r"'a\\\''", r#""a\\'""#),
            ("a\r\n\tb", r"'a\r\n\tb'", r#""a\r\n\tb""#),
            (
                "a\u{2028}b\u{2029}",
                r"'a\u2028b\u2029'",
                r#""a\u2028b\u2029""#,
            ),
            ("\0\u{7f}", r"'\u0000\u007f'", r#""\u0000\u007f""#),
            ("${a} `b`", "'${a} `b`'", "\"${a} `b`\""),
            ("€ 5 é", "'€ 5 é'", "\"€ 5 é\""),
        ] {
            assert_eq!(text(Language::TypeScript, given), typescript);
            assert_eq!(text(Language::Json, given), json);
        }
    }

    #[test]
    fn a_text_cannot_leave_a_script_element() {
        for given in ["</script>", "</SCRIPT >", "<!--", "<script>", "<Script"] {
            for language in [Language::TypeScript, Language::Json] {
                let found = text(language, given);
                assert!(!found.contains('<'), "{found}");
                assert!(found.contains(r"\u003c"), "{found}");
            }
        }
        assert_eq!(text(Language::Json, "a < b <"), "\"a < b <\"");
    }

    #[test]
    fn a_key_has_quotes_only_where_it_needs_them() {
        for plain in ["order_count", "$", "_1", "class", "Ab9"] {
            assert_eq!(key(plain), plain);
        }
        for quoted in ["order-count", "1st", "10", "größe", "a/b"] {
            assert_eq!(key(quoted), format!("'{quoted}'"));
        }
        assert_eq!(key("it's"), r"'it\'s'");
        assert_eq!(key("__proto__"), "['__proto__']");
    }
}
