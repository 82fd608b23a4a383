//! What a time zone is called: one zone has one name, its primary one.

use std::borrow::Cow;

use super::Utc;
use crate::time::Zone as _;

/// The primary names of zones, each with its other names behind it.
///
/// Made of the files `backward` and `etcetera` of the IANA time zone database 2025b, which is in the public
/// domain, as ECMA-402 reads them: a name of `zone.tab` is primary, any other leads on to what it is linked
/// to, and what is never ahead of UTC is `UTC`. `wasm/js/zones.ts` has the same lines.
#[cfg(any(feature = "zones", feature = "interchange"))]
const LINKS: &str = include_str!("links.txt");

/// The name that a zone is stored by and compared by: of several names of one zone always the same one,
/// written as the IANA time zone database writes it. What is no name of a zone is given back.
pub(crate) fn primary(name: &str) -> Cow<'_, str> {
    if let Some(seconds) = offset_of(name) {
        return offset_name(seconds).into();
    }
    #[cfg(any(feature = "zones", feature = "interchange"))]
    for line in LINKS.lines() {
        let mut names = line.split(' ');
        let first = names.next().unwrap_or_default();
        if name.eq_ignore_ascii_case(first) || names.any(|other| name.eq_ignore_ascii_case(other)) {
            return first.into();
        }
    }
    #[cfg(feature = "zones")]
    for zone in chrono_tz::TZ_VARIANTS {
        if name.eq_ignore_ascii_case(zone.name()) {
            return zone.name().into();
        }
    }
    name.into()
}

/// Whether two names are of one zone.
pub(crate) fn is_same_zone(left: &str, right: &str) -> bool {
    left == right || primary(left).eq_ignore_ascii_case(&primary(right))
}

/// The seconds of a name like `+05:45`, `+0545` or `+05`.
pub(super) fn offset_of(name: &str) -> Option<i32> {
    let (sign, digits) = match name.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, rest) = digits.split_at_checked(2)?;
    let minutes = rest.strip_prefix(':').unwrap_or(rest);
    let number = |text: &str, most| {
        let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse()
            .ok()
            .filter(|number| is_number && *number <= most)
    };
    let minutes = if rest.is_empty() {
        0
    } else {
        number(minutes, 59)?
    };
    Some(sign * (number(hours, 23)? * 3_600 + minutes * 60))
}

/// The name of the zone that is always so far ahead of UTC.
pub(super) fn offset_name(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    match (seconds.abs() / 3_600, seconds.abs() / 60 % 60) {
        (0, 0) => Utc.name().to_owned(),
        (hours, minutes) => format!("{sign}{hours:02}:{minutes:02}"),
    }
}

#[cfg(all(test, feature = "zones"))]
mod tests {
    use chrono::{DateTime, Offset as _, TimeZone as _};
    use chrono_tz::{TZ_VARIANTS, Tz};

    use super::{LINKS, is_same_zone, offset_of, primary};

    #[test]
    fn names_of_one_zone_have_one_primary_name() {
        for (name, expected) in [
            ("Asia/Calcutta", "Asia/Kolkata"),
            ("asia/calcutta", "Asia/Kolkata"),
            ("EUROPE/KIEV", "Europe/Kyiv"),
            ("europe/amsterdam", "Europe/Amsterdam"),
            ("Europe/Amsterdam", "Europe/Amsterdam"),
            ("US/Eastern", "America/New_York"),
            ("Iceland", "Atlantic/Reykjavik"),
            ("utc", "UTC"),
            ("Etc/UTC", "UTC"),
            ("GMT", "UTC"),
            ("+00:00", "UTC"),
            ("-00:00", "UTC"),
            ("+0200", "+02:00"),
            ("-03", "-03:00"),
            ("Etc/GMT+5", "Etc/GMT+5"),
            ("Ship", "Ship"),
            ("", ""),
        ] {
            assert_eq!(primary(name), expected, "{name}");
            assert!(is_same_zone(name, expected), "{name}");
        }
        assert!(!is_same_zone("Asia/Kolkata", "Asia/Kathmandu"));
        assert!(!is_same_zone("Europe/Amsterdam", "Europe/Brussels"));
        for (name, minutes) in [("+05:30", 330), ("-03:30", -210), ("-0330", -210)] {
            assert_eq!(offset_of(name), Some(minutes * 60), "{name}");
        }
        for name in ["+2", "+24:00", "+02:60", "+02:0", "+ab", "02:00", "+é"] {
            assert_eq!(offset_of(name), None, "{name}");
        }
    }

    #[test]
    fn every_zone_has_a_primary_name_that_is_its_own() {
        for zone in TZ_VARIANTS {
            let first = primary(zone.name()).into_owned();
            assert_eq!(primary(&first), first, "{}", zone.name());
            assert_eq!(primary(&zone.name().to_lowercase()), first);
        }
    }

    #[test]
    fn names_that_are_linked_show_the_same_time() {
        let offset = |zone: Tz, seconds| {
            let utc = DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
            zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()
        };
        for line in LINKS.lines() {
            let zones: Vec<Tz> = line.split(' ').map(|name| name.parse().unwrap()).collect();
            assert!(zones.len() > 1, "{line}");
            // Each fifth day from 1993 to 2037: older times of some that were joined differ.
            for day in (8_400..24_800).step_by(5) {
                let seconds = i64::from(day) * 86_400;
                let first = offset(zones[0], seconds);
                assert!(
                    zones.iter().all(|&zone| offset(zone, seconds) == first),
                    "{line}"
                );
            }
        }
    }
}
