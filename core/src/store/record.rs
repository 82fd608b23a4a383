//! Recording values.

use super::Store;
use crate::Error;
use crate::engine::{Applied, Cell, Entry, SeriesId};
use crate::model::{
    Handle, IntoValue, MetricValue, ModelFault, Point, SlotId, Target, Value, ValueKind,
    exact_float, sealed,
};
use crate::time::{Date, Period};

impl Store {
    /// Records a value at a metric, a period and a date; what was recorded there before is replaced.
    ///
    /// `date` is a [`Date`] or a text `YYYY-MM-DD`; the window that the value describes ends on it.
    ///
    /// # Example: twice on one date
    ///
    /// ```
    /// use trackstats::{ErrorCode, Period, Store, stats};
    ///
    /// stats! { users { user_count } }
    ///
    /// let mut store = Store::in_memory();
    /// store.record(users::USER_COUNT, Period::Lifetime, "2026-11-23", 1204)?;
    /// store.record(users::USER_COUNT, Period::Lifetime, "2026-11-23", 1205)?;
    /// assert_eq!(store.value(users::USER_COUNT, Period::Lifetime, "2026-11-23")?, Some(Some(1205)));
    ///
    /// let error = store.record("users.user_count", Period::Day, "2026-11-23", 0.5).unwrap_err();
    /// assert_eq!(error.code(), ErrorCode::KindMismatch);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid_date` when the date is none; `invalid_value` when an integer does not fit or a float is
    /// not finite; `unknown_metric` and `unknown_dimension` when a metric is given by name and the store
    /// does not know it so; `kind_mismatch` when the metric holds values of another kind. Nothing is
    /// stored then.
    #[inline]
    pub fn record<T: Target>(
        &mut self,
        target: T,
        period: Period,
        date: impl TryInto<Date, Error: Into<Error>>,
        value: impl IntoValue<T::Value>,
    ) -> Result<(), Error> {
        let date = date.try_into().map_err(Into::into)?;
        let value = value.into_value()?.map(sealed::MetricValue::to_value);
        self.change(|store| {
            let slot = store.slot(&target.key())?;
            store.put::<T::Value>(slot, period, date, value).map(|_| ())
        })
    }

    /// Adds to the value of a date in the period `day`; where there is none, or null, it becomes the
    /// amount.
    ///
    /// # Example: one order more
    ///
    /// ```
    /// use trackstats::{ErrorCode, Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// store.increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
    /// store.increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
    /// assert_eq!(store.value(shopping::ORDER_COUNT, Period::Day, "2026-11-23")?, Some(Some(2)));
    ///
    /// let error = store.increment(shopping::ORDER_COUNT, "2026-11-23", i64::MAX).unwrap_err();
    /// assert_eq!(error.code(), ErrorCode::Overflow);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`record`](Store::record), and `overflow` when the sum does not fit; the value is then what it
    /// was.
    #[inline]
    pub fn increment<T: Target>(
        &mut self,
        target: T,
        date: impl TryInto<Date, Error: Into<Error>>,
        amount: impl IntoValue<T::Value>,
    ) -> Result<(), Error> {
        self.increment_in(target, Period::Day, date, amount)
    }

    /// Adds to the value of a date in any period; see [`increment`](Store::increment).
    ///
    /// # Errors
    ///
    /// As [`increment`](Store::increment).
    #[inline]
    pub fn increment_in<T: Target>(
        &mut self,
        target: T,
        period: Period,
        date: impl TryInto<Date, Error: Into<Error>>,
        amount: impl IntoValue<T::Value>,
    ) -> Result<(), Error> {
        let date = date.try_into().map_err(Into::into)?;
        let amount = amount.into_value()?.map(sealed::MetricValue::to_value);
        self.change(|store| {
            let slot = store.slot(&target.key())?;
            // Adding null would be adding nothing.
            let Some(amount) = amount else { return Ok(()) };
            let amount = store.fit::<T::Value>(slot, amount)?;
            let series = store.series_for(slot, period, Some(amount))?;
            store.engine.check_safe_sum(series, date.tick(), amount)?;
            store.engine.apply(Entry::Add {
                series,
                tick: date.tick(),
                amount,
            })?;
            Ok(())
        })
    }

    /// The metric and dimensions as this store has numbered them, to record at without looking up
    /// texts. A declared metric is registered by it. What a handle stands for takes its room until the store is
    /// dropped, also when all of its statistics were deleted.
    ///
    /// # Example: a hot loop
    ///
    /// ```
    /// use trackstats::{Date, Period, Store, stats};
    ///
    /// stats! { shopping { sales by (country, province) } }
    ///
    /// let mut store = Store::in_memory();
    /// let utrecht = store.handle(shopping::sales("NL", "Utrecht"))?;
    /// let first: Date = "2026-01-01".parse()?;
    /// for day in 0..365 {
    ///     store.record(utrecht, Period::Day, first.plus_days(day)?, day)?;
    /// }
    /// assert_eq!(store.total(utrecht, Period::Day).read()?.sum, 66_430);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`record`](Store::record).
    pub fn handle<T: Target>(&mut self, target: T) -> Result<Handle<T::Value>, Error> {
        let slot = self.change(|store| store.slot(&target.key()))?;
        if !self.hands_out_numbers {
            self.engine.pin(slot);
        }
        Ok(Handle::new(self.id, self.engine.slot_at(slot)))
    }

    /// As [`handle`](Store::handle), for reading: numbers and registers nothing. None if the store has
    /// no number for the metric at these dimensions, so that nothing was ever recorded there. Once all of its
    /// statistics were deleted, the handle may be refused with `invalid_state`.
    ///
    /// # Example: a country that sold nothing yet
    ///
    /// ```
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { shopping { sales by country } }
    ///
    /// let mut store = Store::in_memory();
    /// assert!(store.find_handle(shopping::sales("NL"))?.is_none());
    /// store.record(shopping::sales("NL"), Period::Day, "2026-11-23", 3)?;
    /// let dutch = store.find_handle(shopping::sales("NL"))?.expect("recorded above");
    /// assert_eq!(store.value(dutch, Period::Day, "2026-11-23")?, Some(Some(3)));
    /// assert!(store.find_handle("shopping.returns").is_err());
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `unknown_metric`, `unknown_dimension` or `kind_mismatch`, as for [`record`](Store::record).
    pub fn find_handle<T: Target>(&self, target: T) -> Result<Option<Handle<T::Value>>, Error> {
        let slot = self.find_slot(&target.key(), <T::Value as sealed::MetricValue>::KIND)?;
        Ok(slot.map(|slot| Handle::new(self.id, self.engine.slot_at(slot))))
    }

    /// The value of a date: none if nothing was recorded, `Some(None)` if null was.
    ///
    /// # Errors
    ///
    /// `invalid_date`, `unknown_metric`, `unknown_dimension` or `kind_mismatch`, as for
    /// [`record`](Store::record).
    pub fn value<T: Target>(
        &self,
        target: T,
        period: Period,
        date: impl TryInto<Date, Error: Into<Error>>,
    ) -> Result<Option<Option<T::Value>>, Error> {
        let date = date.try_into().map_err(Into::into)?;
        let found = self.slot_to_read(
            &target.key(),
            <T::Value as sealed::MetricValue>::KIND,
            period,
        )?;
        let series = found.and_then(|slot| self.engine.find_series(slot, period));
        Ok(
            series.and_then(|series| match self.engine.column(series).get(date.tick()) {
                Cell::Missing => None,
                Cell::Held(value) => Some(value.map(sealed::MetricValue::of_value)),
            }),
        )
    }

    /// The newest point of a series.
    ///
    /// # Errors
    ///
    /// `unknown_metric`, `unknown_dimension` or `kind_mismatch`, as for [`record`](Store::record).
    pub fn latest<T: Target>(
        &self,
        target: T,
        period: Period,
    ) -> Result<Option<Point<T::Value>>, Error> {
        let found = self.slot_to_read(
            &target.key(),
            <T::Value as sealed::MetricValue>::KIND,
            period,
        )?;
        let series = found.and_then(|slot| self.engine.find_series(slot, period));
        Ok(series.and_then(|series| {
            let column = self.engine.column(series);
            let (_, last) = column.extent()?;
            let Cell::Held(value) = column.get(last) else {
                return None;
            };
            Some(Point {
                date: Date::from_tick(last),
                value: value.map(sealed::MetricValue::of_value),
            })
        }))
    }

    /// Sets one key, as an entry. `V` is the type that the caller knew the value by.
    #[inline]
    pub(crate) fn put<V: MetricValue>(
        &mut self,
        slot: SlotId,
        period: Period,
        date: Date,
        value: Option<Value>,
    ) -> Result<Applied, Error> {
        let value = match value {
            Some(value) => {
                self.engine.check_safe(value)?;
                Some(self.fit::<V>(slot, value)?)
            }
            None => None,
        };
        let series = self.series_for(slot, period, value)?;
        Ok(self.engine.put(series, date.tick(), value)?)
    }

    /// The series to put a value into; one that will be refused makes none.
    #[inline]
    fn series_for(
        &mut self,
        slot: SlotId,
        period: Period,
        value: Option<Value>,
    ) -> Result<SeriesId, Error> {
        match self.engine.find_series(slot, period) {
            Some(series) => Ok(series),
            None => self.new_series(slot, period, value),
        }
    }

    #[cold]
    fn new_series(
        &mut self,
        slot: SlotId,
        period: Period,
        value: Option<Value>,
    ) -> Result<SeriesId, Error> {
        let kind = self.slot_kind(slot);
        if let Some(value) = value
            && value.kind() != kind
        {
            let metric = self.slot_metric_name(slot);
            return Err(ModelFault::Kind {
                metric,
                kind,
                value,
            }
            .into());
        }
        Ok(self.engine.series(slot, period))
    }

    /// An integer for a float metric becomes the float that equals it, if there is one.
    #[inline]
    fn fit<V: MetricValue>(&self, slot: SlotId, value: Value) -> Result<Value, Error> {
        if <V as sealed::MetricValue>::KIND.is_some() {
            return Ok(value);
        }
        let metric = self.engine.slot_metric(slot);
        match (self.engine.catalog().metric(metric).kind, value) {
            (ValueKind::Float, Value::Integer(integer)) => Ok(Value::Float(exact_float(integer)?)),
            _ => Ok(value),
        }
    }
}
