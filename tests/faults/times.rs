//! Times are read as programs write them.

use proptest::prelude::*;
use trackstats::{Date, Error, ErrorCode, EventTime, Period, Store, Timestamp, Tracker, stats};

stats! { shop { orders } }

/// What each text says, in UTC.
const TEXTS: [(&str, &str); 14] = [
    ("2023-02-10 15:41:33+01", "2023-02-10T14:41:33Z"),
    ("2023-02-10 15:41:33.123456+01", "2023-02-10T14:41:33Z"),
    ("2023-02-10 15:41:33+05:30", "2023-02-10T10:11:33Z"),
    ("1890-01-01 00:19:32+00:19:32", "1890-01-01T00:00:00Z"),
    ("2026-11-23T23:30:30+00", "2026-11-23T23:30:30Z"),
    ("2026-11-23T23:30:30+0000", "2026-11-23T23:30:30Z"),
    ("2026-11-23 23:30:30 +0000", "2026-11-23T23:30:30Z"),
    ("2026-11-23T23:30:30-0330", "2026-11-24T03:00:30Z"),
    ("2026-11-23T23Z", "2026-11-23T23:00:00Z"),
    ("2026-11-23T23:30,5Z", "2026-11-23T23:30:30Z"),
    ("20261123T233030Z", "2026-11-23T23:30:30Z"),
    ("20261123T2330+0100", "2026-11-23T22:30:00Z"),
    ("2024-01-05T23:59:60Z", "2024-01-05T23:59:59Z"),
    ("2024-01-06T00:59:60+01:00", "2024-01-05T23:59:59Z"),
];

#[test]
fn instants_are_read_in_every_form() -> Result<(), Error> {
    for (text, utc) in TEXTS {
        let instant: Timestamp = text.parse()?;
        assert_eq!(instant.to_string(), utc, "{text}");
        assert_eq!(
            text.parse::<EventTime>()?,
            EventTime::Instant(instant),
            "{text}"
        );
    }
    Ok(())
}

#[test]
fn a_tracker_takes_what_a_database_wrote() -> Result<(), Error> {
    let mut store = Store::in_memory();
    Tracker::count(shop::ORDERS, Period::Day)
        .at(|text: &&str| *text)
        .track(&mut store, ["20231231", "2023-12-31 23:00:00-02"])?;
    for date in ["2023-12-31", "2024-01-01"] {
        assert_eq!(store.value(shop::ORDERS, Period::Day, date)?, Some(Some(1)));
    }
    Ok(())
}

#[test]
fn what_says_no_time_is_refused_by_name() {
    for text in [
        "2024-01-05T24:00:00Z",
        "20240105T1Z",
        "2024-01-05 1:00",
        "infinity",
        "2024-W01-5",
    ] {
        let error = text.parse::<EventTime>().unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidDate, "{text}");
        assert!(error.to_string().contains(text), "{error}");
    }
}

proptest! {
    /// Whatever separators are left out, the instant is the same.
    #[test]
    fn all_forms_of_an_instant_say_the_same(
        seconds in Timestamp::MIN.as_seconds() + 86_400..Timestamp::MAX.as_seconds() - 86_400,
        offset in -23 * 60..=23 * 60_i64,
        forms in any::<[bool; 5]>(),
    ) {
        let local = Timestamp::from_seconds(seconds + offset * 60).unwrap().to_string();
        let [basic_date, basic_time, basic_offset, space, comma] = forms;
        let mut date = local[..10].to_owned();
        let mut time = local[11..19].to_owned();
        let sign = if offset < 0 { '-' } else { '+' };
        let mut ahead = format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60);
        if basic_date { date = date.replace('-', ""); }
        if basic_time { time = time.replace(':', ""); }
        if basic_offset { ahead = ahead.replace(':', ""); }
        let separator = if space { ' ' } else { 'T' };
        let fraction = if comma { ",25" } else { ".25" };
        for text in [
            format!("{date}{separator}{time}{ahead}"),
            format!("{date}{separator}{time}{fraction}{ahead}"),
            format!("{date}{separator}{time} {ahead}"),
        ] {
            prop_assert_eq!(text.parse::<Timestamp>().unwrap().as_seconds(), seconds, "{}", text);
        }
        let expected: Date = local[..10].parse().unwrap();
        let dated: EventTime = format!("{date}{separator}{time}").parse().unwrap();
        prop_assert_eq!(dated, EventTime::Date(expected));
    }
}
