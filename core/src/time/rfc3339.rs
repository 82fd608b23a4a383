//! Times written as text, by RFC 3339 section 5.6, with a date alone and a time without an offset
//! accepted too.

use super::{Date, Timestamp, date};

/// What a text said: a date, and where it had them, the second of the day and the offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) date: Date,
    second: Option<i64>,
    offset: Option<i64>,
}

impl Reading {
    /// The instant, if the text fixed one.
    pub(super) fn instant(self) -> Option<Timestamp> {
        let local = i64::from(self.date.days_since_epoch()) * 86_400 + self.second?;
        Timestamp::from_seconds(local - self.offset?).ok()
    }

    /// Whether the text had an offset, and so claims to be an instant.
    pub(super) fn has_offset(self) -> bool {
        self.offset.is_some()
    }
}

/// Reads `YYYY-MM-DD`, or that with `T` or a space and `HH:MM[:SS[.fraction]]`, and after it `Z` or
/// `±HH:MM`. A leap second, `:60`, is taken as the second before it.
pub(super) fn read(text: &str) -> Option<Reading> {
    let (day, rest) = text.as_bytes().split_at_checked(10)?;
    let date = date::parse(day)?;
    let Some((separator, clock)) = rest.split_first() else {
        return Some(Reading {
            date,
            second: None,
            offset: None,
        });
    };
    if !matches!(separator, b'T' | b't' | b' ') {
        return None;
    }
    let (hour, rest) = two_digits(clock, 23)?;
    let (minute, rest) = two_digits(rest.strip_prefix(b":")?, 59)?;
    let (second, rest) = match rest.strip_prefix(b":") {
        Some(rest) => {
            let (second, rest) = two_digits(rest, 60)?;
            (second.min(59), fraction(rest)?)
        }
        None => (0, rest),
    };
    Some(Reading {
        date,
        second: Some(hour * 3_600 + minute * 60 + second),
        offset: offset(rest)?,
    })
}

/// Passes over `.` and at least one digit, if they are there.
fn fraction(rest: &[u8]) -> Option<&[u8]> {
    let Some(digits) = rest.strip_prefix(b".") else {
        return Some(rest);
    };
    let end = digits
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(digits.len());
    if end == 0 { None } else { digits.get(end..) }
}

/// `Some(None)` where the text ends without an offset; none where it ends in something else.
#[expect(
    clippy::option_option,
    reason = "no offset and a wrong offset are two things"
)]
fn offset(rest: &[u8]) -> Option<Option<i64>> {
    let sign = match rest.split_first() {
        None => return Some(None),
        Some((b'Z' | b'z', [])) => return Some(Some(0)),
        Some((b'+', _)) => 1,
        Some((b'-', _)) => -1,
        Some(_) => return None,
    };
    let (hours, rest) = two_digits(rest.get(1..)?, 23)?;
    let (minutes, rest) = two_digits(rest.strip_prefix(b":")?, 59)?;
    rest.is_empty()
        .then_some(Some(sign * (hours * 3_600 + minutes * 60)))
}

fn two_digits(text: &[u8], most: i64) -> Option<(i64, &[u8])> {
    let (digits, rest) = text.split_at_checked(2)?;
    let number = digits.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + i64::from(byte - b'0'))
    })?;
    (number <= most).then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::read;

    fn instant(text: &str) -> Option<i64> {
        read(text)?.instant().map(super::Timestamp::as_seconds)
    }

    #[test]
    fn an_offset_is_taken_off() {
        assert_eq!(instant("1970-01-01T01:00:00+01:00"), Some(0));
        assert_eq!(instant("1970-01-01 00:00:01.999-00:30"), Some(1801));
        assert_eq!(instant("1969-12-31t23:59:60z"), Some(-1));
    }

    #[test]
    fn a_text_without_an_offset_is_no_instant() {
        assert_eq!(instant("2024-01-01T00:00:00"), None);
        assert_eq!(instant("2024-01-01"), None);
        assert!(read("2024-01-01T00:00").is_some());
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2024-01-0",
            "2024-13-01",
            "2024-01-01T",
            "2024-01-01T24:00:00Z",
            "2024-01-01T1:00Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00ZZ",
            "2024-01-01T00:00:00+1:00",
            "2024-01-01T00:00:00+01:0",
            "2024-01-01T00:00:00+01:00x",
            "2024-01-01é00:00",
            "２024-01-01",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
