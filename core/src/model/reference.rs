//! The stable names of domains, metrics and dimensions.

use super::ModelFault;

/// The longest reference, in characters.
const LONGEST: usize = 100;

/// Accepts 1 to 100 characters without a dot, white space or a control character.
pub(crate) fn check(text: &str) -> Result<(), ModelFault> {
    let why = if text.is_empty() {
        "is empty: it needs 1 to 100 characters"
    } else if text.chars().count() > LONGEST {
        "is too long: it may have 100 characters"
    } else if dot(text).is_some() {
        "has a dot in it: a dot stands between a domain and a metric"
    } else if text.chars().any(char::is_whitespace) {
        "has white space in it"
    } else if text.chars().any(char::is_control) {
        "has a control character in it"
    } else {
        return Ok(());
    };
    // A text of any length may have been passed; the message stays short.
    Err(ModelFault::Reference {
        text: head(text, LONGEST),
        why,
    })
}

/// Takes `domain.metric` apart and checks both.
pub(crate) fn split(name: &str) -> Result<(&str, &str), ModelFault> {
    let Some(dot) = dot(name) else {
        return Err(ModelFault::MetricName(head(name, 2 * LONGEST)));
    };
    let (domain, metric) = (&name[..dot], &name[dot + 1..]);
    check(domain)?;
    check(metric)?;
    Ok((domain, metric))
}

/// Where the first dot is. As bytes: searching for a character is more code, and the texts are short.
pub(super) fn dot(text: &str) -> Option<usize> {
    text.bytes().position(|byte| byte == b'.')
}

/// So many characters of a text from its front, for a message.
pub(crate) fn head(text: &str, characters: usize) -> String {
    let end = text.char_indices().nth(characters);
    end.map_or(text, |(end, _)| &text[..end]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{check, split};

    #[test]
    fn a_hundred_characters_are_allowed() {
        assert!(check(&"é".repeat(100)).is_ok());
        assert!(check(&"é".repeat(101)).is_err());
    }

    #[test]
    fn what_would_break_a_name_is_refused() {
        for text in ["", "a.b", "a b", "a\u{a0}b", "a\tb", "a\0b", "a\u{85}b"] {
            assert!(check(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_metric_name_has_exactly_one_dot() {
        assert!(split("shopping.order_count").is_ok());
        for name in ["", "shopping", ".", "a.", ".a", "a.b.c"] {
            assert!(split(name).is_err(), "{name:?}");
        }
    }
}
