//! Dates and buckets are those of chrono.

use chrono::{Datelike as _, Days, NaiveDate};
use proptest::prelude::*;
use trackstats::{Bucket, Date, Weekday};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_date_is_the_same_day(days in -719_162..=2_932_896_i32) {
        let ours = Date::from_days_since_epoch(days).unwrap();
        let theirs = NaiveDate::from(ours);
        prop_assert_eq!((ours.year(), u32::from(ours.month()), u32::from(ours.day())),
            (theirs.year(), theirs.month(), theirs.day()));
        prop_assert_eq!(ours.weekday() as u32, theirs.weekday().num_days_from_monday());
        prop_assert_eq!(ours.to_string(), theirs.to_string());
        prop_assert_eq!(Date::try_from(theirs).unwrap(), ours);
        prop_assert_eq!(ours.to_string().parse::<Date>().unwrap(), ours);
    }

    #[test]
    fn a_text_is_a_date_for_both_or_for_none(year in 1..=9_999, month in 0..14_u8, day in 0..33_u8) {
        let text = format!("{year:04}-{month:02}-{day:02}");
        prop_assert_eq!(
            text.parse::<Date>().ok().map(NaiveDate::from),
            NaiveDate::from_ymd_opt(year, month.into(), day.into())
        );
    }

    #[test]
    fn a_bucket_holds_its_date(days in -719_000..=2_932_000_i32, first in 0..7_usize) {
        let date = Date::from_days_since_epoch(days).unwrap();
        let chrono = NaiveDate::from(date);
        let quarter = (chrono.month() - 1) / 3 * 3 + 1;
        let into = (chrono.weekday().num_days_from_monday() + 7 - u32::try_from(first).unwrap()) % 7;
        let starts = [
            (Bucket::Month, chrono.with_day(1).unwrap()),
            (Bucket::Quarter, NaiveDate::from_ymd_opt(chrono.year(), quarter, 1).unwrap()),
            (Bucket::Year, NaiveDate::from_ymd_opt(chrono.year(), 1, 1).unwrap()),
            (Bucket::Week(Weekday::ALL[first]), chrono - Days::new(into.into())),
        ];
        for (bucket, start) in starts {
            prop_assert_eq!(NaiveDate::from(bucket.start(date)), start);
            let range = bucket.range(date);
            prop_assert!(range.contains(date));
            prop_assert_eq!(Some(range.last().plus_days(1).unwrap()), bucket.next_start(date));
            prop_assert_eq!(bucket.start(range.last()), range.first());
        }
    }
}
