//! Events as columns.

use std::borrow::Cow;

use super::super::TrackFault;
use super::Aggregation;
use crate::Error;
use crate::time::{Date, Tick};

/// Events, one entry of each column for each.
///
/// The columns are borrowed, and their length is looked at when a
/// [`ColumnTracker`](super::ColumnTracker) runs.
#[derive(Clone, Copy, Debug)]
#[must_use = "give it to a `ColumnTracker`"]
pub struct EventColumns<'e> {
    pub(super) days: &'e [i32],
    /// How many events each day stands for; without them, for one.
    pub(super) lengths: Option<&'e [u32]>,
    pub(super) objects: Option<&'e [u32]>,
    pub(super) values: Option<ColumnValues<'e>>,
    pub(super) items: Option<&'e [u32]>,
}

/// The value of each event.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum ColumnValues<'e> {
    /// Integers, none of them null.
    Integers(&'e [i64]),
    /// Integers, where `None` is null.
    Nullable(&'e [Option<i64>]),
    /// Floats, where NaN is null. For a metric that holds integers each has to be a whole number.
    Floats(&'e [f64]),
}

impl ColumnValues<'_> {
    const fn len(self) -> usize {
        match self {
            Self::Integers(values) => values.len(),
            Self::Nullable(values) => values.len(),
            Self::Floats(values) => values.len(),
        }
    }

    /// Tells the sign of each value that is there.
    pub(super) fn each_sign(self, mut tell: impl FnMut(i64)) {
        match self {
            Self::Integers(values) => values.iter().for_each(|value| tell(value.signum())),
            Self::Nullable(values) => {
                let values = values.iter().flatten();
                values.for_each(|value| tell(value.signum()));
            }
            Self::Floats(values) => values.iter().for_each(|&value| {
                tell(i64::from(value > 0.0) - i64::from(value < 0.0));
            }),
        }
    }

    /// The integer at a place; none for a null, nor in a column of floats.
    #[inline]
    pub(super) fn integer(self, at: usize) -> Option<i64> {
        match self {
            Self::Integers(values) => values.get(at).copied(),
            Self::Nullable(values) => values.get(at).copied().flatten(),
            Self::Floats(_) => None,
        }
    }
}

impl<'e> EventColumns<'e> {
    /// The day of an event without a time.
    pub const UNDATED: i32 = i32::MIN;

    /// The object of an event that has none.
    pub const NO_OBJECT: u32 = u32::MAX;

    /// The item of an event that has none.
    pub const NO_ITEM: u32 = u32::MAX;

    /// The date of each event as days since 1970-01-01, in the zone of the store, or
    /// [`UNDATED`](Self::UNDATED).
    pub const fn new(days: &'e [i32]) -> Self {
        Self {
            days,
            lengths: None,
            objects: None,
            values: None,
            items: None,
        }
    }

    /// As [`new`](Self::new), where each date stands for so many events one after another: events in the
    /// order of their times are a few runs, and are then read without a date for each.
    ///
    /// # Example: three orders on one day and one on the next
    ///
    /// ```
    /// use trackstats::{Aggregation, ColumnTracker, EventColumns, Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// let handle = store.handle(shopping::ORDER_COUNT)?;
    /// ColumnTracker::new(shopping::ORDER_COUNT, Period::Day, Aggregation::Count)
    ///     .today("2024-10-05".parse()?)
    ///     .track_one(&mut store, handle, &EventColumns::in_runs(&[20_000, 20_001], &[3, 1]))?;
    /// let days = store.series(handle, Period::Day).read()?;
    /// assert_eq!(days.values().collect::<Vec<_>>(), [Some(3), Some(1)]);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub const fn in_runs(days: &'e [i32], lengths: &'e [u32]) -> Self {
        let mut events = Self::new(days);
        events.lengths = Some(lengths);
        events
    }

    /// For each event the place of its handle among those that the run is given, or
    /// [`NO_OBJECT`](Self::NO_OBJECT). Without it, all events are of the one handle.
    pub const fn objects(mut self, objects: &'e [u32]) -> Self {
        self.objects = Some(objects);
        self
    }

    /// The values to add up, to take the mean of, or to choose from.
    pub const fn values(mut self, values: ColumnValues<'e>) -> Self {
        self.values = Some(values);
        self
    }

    /// For each event the number of the item to count once, or [`NO_ITEM`](Self::NO_ITEM). The same
    /// item has the same number.
    pub const fn items(mut self, items: &'e [u32]) -> Self {
        self.items = Some(items);
        self
    }

    /// Refuses columns that do not fit each other, the aggregation, or so many handles. Tells the first
    /// and the last date, if there is one.
    pub(super) fn check(
        &self,
        aggregation: Aggregation,
        handles: usize,
    ) -> Result<Option<(Tick, Tick)>, Error> {
        let events = self.count()?;
        let columns = [
            ("objects", self.objects.map(<[u32]>::len)),
            ("values", self.values.map(ColumnValues::len)),
            ("items", self.items.map(<[u32]>::len)),
        ];
        for (column, length) in columns {
            if let Some(length) = length.filter(|&length| length != events) {
                return Err(TrackFault::ColumnLength {
                    column,
                    length,
                    events,
                }
                .into());
            }
        }
        let needed = match aggregation {
            Aggregation::Count => None,
            Aggregation::Distinct => self.items.is_none().then_some("items"),
            _ => self.values.is_none().then_some("values"),
        };
        if let Some(column) = needed {
            return Err(TrackFault::NoColumn {
                aggregation,
                column,
            }
            .into());
        }
        self.check_objects(handles)?;
        self.extent()
    }

    /// How many events there are, which are few enough to be counted in 32 bits.
    fn count(&self) -> Result<usize, TrackFault> {
        let events = match self.lengths {
            None => self.days.len() as u64,
            Some(lengths) if lengths.len() != self.days.len() => {
                return Err(TrackFault::ColumnLength {
                    column: "lengths",
                    length: lengths.len(),
                    events: self.days.len(),
                });
            }
            Some(lengths) => lengths.iter().map(|&length| u64::from(length)).sum(),
        };
        match u32::try_from(events) {
            Ok(events) => Ok(events as usize),
            Err(_) => Err(TrackFault::TooManyEvents { events }),
        }
    }

    /// How many events there are, after they were looked at.
    pub(super) fn len(&self) -> usize {
        self.count().unwrap_or(0)
    }

    /// The day of each event.
    pub(super) fn each_day(&self) -> Cow<'e, [Tick]> {
        let Some(lengths) = self.lengths else {
            return Cow::Borrowed(self.days);
        };
        let runs = self.days.iter().zip(lengths);
        Cow::Owned(
            runs.flat_map(|(&day, &length)| std::iter::repeat_n(day, length as usize))
                .collect(),
        )
    }

    fn check_objects(&self, handles: usize) -> Result<(), TrackFault> {
        let Some(objects) = self.objects else {
            return if handles == 1 || self.days.is_empty() {
                Ok(())
            } else {
                Err(TrackFault::NoObjects { handles })
            };
        };
        let handles = u32::try_from(handles).unwrap_or(u32::MAX);
        // One more than an object, of which none has the least: the largest tells about all of them.
        let after = |object: u32| object.wrapping_add(1);
        let most = objects
            .iter()
            .fold(0, |most, &object| most.max(after(object)));
        if most <= handles {
            return Ok(());
        }
        let object = most - 1;
        Err(TrackFault::ObjectOutside { object, handles })
    }

    /// The first and the last date.
    fn extent(&self) -> Result<Option<(Tick, Tick)>, Error> {
        let (mut first, mut last) = (Tick::MAX, Self::UNDATED);
        for &day in self.days {
            first = first.min(if day == Self::UNDATED { Tick::MAX } else { day });
            last = last.max(day);
        }
        if last == Self::UNDATED {
            return Ok(None);
        }
        for day in [first, last] {
            Date::from_days_since_epoch(day)?;
        }
        Ok(Some((first, last)))
    }
}
