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
    } else if text.contains('.') {
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
        text: text.chars().take(LONGEST).collect(),
        why,
    })
}

/// Takes `domain.metric` apart and checks both.
pub(crate) fn split(name: &str) -> Result<(&str, &str), ModelFault> {
    let Some((domain, metric)) = name.split_once('.') else {
        return Err(ModelFault::MetricName(
            name.chars().take(2 * LONGEST).collect(),
        ));
    };
    check(domain)?;
    check(metric)?;
    Ok((domain, metric))
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
