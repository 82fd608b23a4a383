//! Times written as text: by RFC 3339, by ISO 8601 with and without separators, and as `PostgreSQL`
//! writes them; a date alone and a time without an offset are accepted too.

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

/// Reads `YYYY-MM-DD` or `YYYYMMDD`, or one of them with `T` or a space and `HH[:MM[:SS]]` or
/// `HH[MM[SS]]`, whose last part may have a fraction, and after it `Z` or `±HH[:MM[:SS]]`, whose colons
/// may be left out. A leap second, `:60`, is taken as the second before it.
pub(super) fn read(text: &str) -> Option<Reading> {
    let (date, rest) = day(text.as_bytes())?;
    let Some((separator, rest)) = rest.split_first() else {
        return Some(Reading {
            date,
            second: None,
            offset: None,
        });
    };
    if !matches!(separator, b'T' | b't' | b' ') {
        return None;
    }
    let (parts, rest) = parts(rest, [23, 59, 60])?;
    let (part_of_last, rest) = fraction(rest, parts.unit)?;
    Some(Reading {
        date,
        second: Some(parts.seconds + part_of_last),
        offset: offset(rest)?,
    })
}

/// The date that a text begins with, and what follows it.
fn day(text: &[u8]) -> Option<(Date, &[u8])> {
    if let Some((day, rest)) = text.split_at_checked(10)
        && let Some(date) = date::parse(day)
    {
        return Some((date, rest));
    }
    let (day, rest) = text.split_at_checked(8)?;
    let [y1, y2, y3, y4, m1, m2, d1, d2] = *day else {
        return None;
    };
    let date = date::parse(&[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2])?;
    Some((date, rest))
}

/// Hours, and where they are there, minutes and seconds.
struct Parts {
    seconds: i64,
    /// How many seconds one of the last part is.
    unit: i64,
}

/// Reads up to three numbers of two digits, all with a colon before the next or none.
fn parts(text: &[u8], most: [i64; 3]) -> Option<(Parts, &[u8])> {
    let [hour, minute, second] = most;
    let (hours, mut rest) = two_digits(text, hour)?;
    let colon: &[u8] = if rest.starts_with(b":") { b":" } else { b"" };
    let mut seconds = hours * 3_600;
    let mut unit = 3_600;
    for most in [minute, second] {
        let Some(next) = rest.strip_prefix(colon) else {
            break;
        };
        if colon.is_empty() && !next.first().is_some_and(u8::is_ascii_digit) {
            break;
        }
        let (number, after) = two_digits(next, most)?;
        unit /= 60;
        seconds += number.min(59) * unit;
        rest = after;
    }
    Some((Parts { seconds, unit }, rest))
}

/// How many whole seconds `.` or `,` and at least one digit are of a unit, if they are there.
fn fraction(rest: &[u8], unit: i64) -> Option<(i64, &[u8])> {
    let Some((b'.' | b',', digits)) = rest.split_first() else {
        return Some((0, rest));
    };
    let end = digits
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(digits.len());
    let (digits, rest) = digits.split_at_checked(end)?;
    if digits.is_empty() {
        return None;
    }
    let mut number = 0;
    let mut whole = 1;
    // Further digits are less than a second of any unit.
    for digit in digits.iter().take(9) {
        number = number * 10 + i64::from(digit - b'0');
        whole *= 10;
    }
    Some((number * unit / whole, rest))
}

/// `Some(None)` where the text ends without an offset; none where it ends in something else. A space
/// may stand before it.
#[expect(
    clippy::option_option,
    reason = "no offset and a wrong offset are two things"
)]
fn offset(rest: &[u8]) -> Option<Option<i64>> {
    if rest.is_empty() {
        return Some(None);
    }
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    let (sign, rest) = match rest {
        [b'Z' | b'z'] => return Some(Some(0)),
        [b'+', rest @ ..] => (1, rest),
        // The second is the minus sign of Unicode, which ISO 8601 prefers.
        [b'-', rest @ ..] | [0xE2, 0x88, 0x92, rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (ahead, rest) = parts(rest, [23, 59, 59])?;
    rest.is_empty().then_some(Some(sign * ahead.seconds))
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
    fn every_form_of_an_instant_is_read() {
        for text in [
            "2026-11-23T23:30:30Z",
            "20261123T233030Z",
            "20261123 23:30:30Z",
            "2026-11-23T233030Z",
            "2026-11-23 23:30:30+00",
            "2026-11-23 23:30:30.999999+00",
            "2026-11-23 23:30:30 +0000",
            "2026-11-24T00:30:30+0100",
            "2026-11-24 00:30:30+01",
            "2026-11-23T20:00:30-0330",
            "2026-11-23T20:00:30−03:30",
            "20261124T050030,5+0530",
            "2026-11-23 23:50:02+00:19:32",
            "2026-11-23T23:30,5Z",
        ] {
            assert_eq!(instant(text), instant("2026-11-23T23:30:30Z"), "{text}");
        }
        assert_eq!(instant("1970-01-01T01Z"), Some(3_600));
        assert_eq!(instant("1970-01-01T01.25Z"), Some(4_500));
        assert_eq!(instant("19700101T0102Z"), Some(3_720));
        assert_eq!(instant("1970-01-01T00:00:00.9999999999999Z"), Some(0));
        assert_eq!(instant("1970-01-01T00.999999999999999999999Z"), Some(3_599));
    }

    #[test]
    fn a_text_without_an_offset_is_no_instant() {
        assert_eq!(instant("2024-01-01T00:00:00"), None);
        assert_eq!(instant("2024-01-01"), None);
        for text in [
            "2024-01-01T00:00",
            "20240101",
            "20240101T00",
            "2024-01-01 00:00:00.5",
        ] {
            let date = read(text).map(|reading| reading.date.to_string());
            assert_eq!(date.as_deref(), Some("2024-01-01"), "{text}");
        }
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
            "2024-01-01T00:00:00+",
            "2024-01-01T00:00:00+24",
            "2024-01-01T00:00:00+010",
            "2024-01-01T00:00:00+01:00:00:00",
            "2024-01-01T00:00:00+01:0000",
            "2024-01-01T00:00:00  +01",
            "2024-01-01T00:00:00 ",
            "2024-01-01T00:0000Z",
            "2024-01-01T0000:00Z",
            "2024-01-01T000Z",
            "2024-01-01T00:00:61Z",
            "2024-01-01T00:60Z",
            "2024-01-01Z",
            "2024-01-01é00:00",
            "2024-0101",
            "2024-0101T00Z",
            "202401-01",
            "2024010",
            "202401011",
            "20240101000000",
            "20241301",
            "２024-01-01",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
