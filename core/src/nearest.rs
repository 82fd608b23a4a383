//! The name that was probably meant, for the message of an error.
//!
//! May import nothing. Always holds: it looks at so many names of such a length only, so that an error
//! costs little however many names there are.

const MOST: usize = 10_000;
const LONGEST: usize = 100;

/// Of some names, the one that differs from what was given in the fewest letters, if those are few.
pub(crate) fn nearest<'n>(
    given: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let given: Vec<u8> = given
        .bytes()
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    if given.len() > LONGEST {
        return None;
    }
    let mut least = 2 + given.len() / 4;
    let mut best = None;
    for name in names.into_iter().take(MOST) {
        // A metric without its domain is far from the whole.
        let place = name.len().wrapping_sub(given.len());
        if let Some((domain, own)) = name.as_bytes().split_at_checked(place)
            && domain.ends_with(b".")
            && own.eq_ignore_ascii_case(&given)
        {
            return Some(name);
        }
        if name.len().abs_diff(given.len()) < least {
            let differing = distance(&given, name.as_bytes());
            if differing < least {
                least = differing;
                best = Some(name);
            }
        }
    }
    best
}

/// How many letters have to be put in, taken out or replaced; small and large ones are the same.
fn distance(left: &[u8], right: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.iter().enumerate() {
        let mut before = at;
        let mut last = at + 1;
        for (place, other) in row.iter_mut().skip(1).zip(right) {
            let replaced = before + usize::from(*letter != other.to_ascii_lowercase());
            before = *place;
            last = replaced.min(before + 1).min(last + 1);
            *place = last;
        }
        if let Some(none) = row.first_mut() {
            *none = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_without_its_domain_is_the_whole_one() {
        let names = ["shop.order_count", "shop.Sales", "orders"];
        assert_eq!(nearest("order_count", names), Some("shop.order_count"));
        assert_eq!(nearest("sales", names), Some("shop.Sales"));
        assert_eq!(nearest("Sales", names), Some("shop.Sales"));
        assert_eq!(nearest("count_of_all", names), None);
    }

    #[test]
    fn few_letters_tell_the_name_that_was_meant() {
        let names = ["order_count", "revenue", "sales"];
        for (given, meant) in [
            ("order_cuont", Some("order_count")),
            ("orderCount", Some("order_count")),
            ("SALES", Some("sales")),
            ("sale", Some("sales")),
            ("revenues", Some("revenue")),
            ("visits", None),
            ("", None),
        ] {
            assert_eq!(nearest(given, names), meant, "{given}");
        }
        assert_eq!(nearest(&"x".repeat(101), names), None);
    }

    #[test]
    fn the_distance_counts_letters() {
        for (left, right, letters) in [
            ("", "", 0),
            ("", "ab", 2),
            ("ab", "", 2),
            ("kitten", "sitting", 3),
            ("ab", "ba", 2),
        ] {
            assert_eq!(distance(left.as_bytes(), right.as_bytes()), letters);
        }
    }
}
