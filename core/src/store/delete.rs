//! Deleting statistics.

use super::{Filter, Store};
use crate::Error;
use crate::engine::{Applied, Entry};
use crate::time::{Date, DateRange};

impl Store {
    /// Deletes the statistics that a filter chooses, and tells how many they were. Domains and metrics
    /// stay.
    ///
    /// # Example: a day that was wrong
    ///
    /// ```
    /// use trackstats::{Filter, Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-22", 3)?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 5)?;
    /// let wrong = Filter::new().metric(shopping::ORDER_COUNT).on("2026-11-22");
    /// assert_eq!(store.delete(&wrong)?, 1);
    /// assert_eq!(store.len(), 1);
    /// assert!(store.delete(&Filter::new().on("yesterday")).is_err());
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid_date` when the filter was given a text that is no date; nothing is deleted then.
    pub fn delete(&mut self, filter: &Filter) -> Result<usize, Error> {
        let range = filter.check()?;
        self.delete_in(filter, range)
    }

    /// Retains the newest `days` of what a filter chooses, today included, and deletes what is older.
    ///
    /// # Example: retain a year of daily values; weeks and lifetimes stay for ever
    ///
    /// ```
    /// use trackstats::{Filter, Period, Store, Timestamp, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let noon: Timestamp = "2026-11-23T12:00:00Z".parse()?;
    /// let mut store = Store::builder().clock(noon).build();
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2025-10-19", 1)?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2025-10-20", 1)?;
    /// let deleted = store.retain_days(&Filter::new().period(Period::Day), 400)?;
    /// assert_eq!((deleted, store.len()), (1, 1));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid_date` when the filter was given a text that is no date; nothing is deleted then.
    pub fn retain_days(&mut self, filter: &Filter, days: u32) -> Result<usize, Error> {
        let newest_deleted = i64::from(self.today().days_since_epoch()) - i64::from(days);
        // Where that is before the calendar begins, there is nothing older.
        if newest_deleted < i64::from(Date::MIN.days_since_epoch()) {
            return Ok(0);
        }
        let last = self.today().saturating_plus(-i64::from(days));
        let range = filter
            .check()?
            .intersection(DateRange::new(Date::MIN, last));
        self.delete_in(filter, range)
    }

    fn delete_in(&mut self, filter: &Filter, range: DateRange) -> Result<usize, Error> {
        let deleted = self.change(|store| store.delete_found(filter, range))?;
        self.tidy();
        Ok(deleted)
    }

    fn delete_found(&mut self, filter: &Filter, range: DateRange) -> Result<usize, Error> {
        let (first, last) = range.ticks();
        let mut deleted = 0;
        for found in self.find(filter) {
            let entry = Entry::Delete {
                series: found.series,
                first,
                last,
            };
            if let Applied::Deleted(count) = self.engine.apply(entry)? {
                deleted += count;
            }
        }
        Ok(deleted)
    }
}
