//! What a run did.

use crate::time::Date;

/// What a run of a tracker read, passed over and wrote.
///
/// # Example: an order that came in late, and how to take it
///
/// ```
/// use trackstats::{Date, Period, Store, Timestamp, Tracker, stats};
///
/// stats! { shopping { order_count } }
///
/// let now: Timestamp = "2026-11-23T12:00:00Z".parse()?;
/// let mut store = Store::builder().clock(now).build();
/// let days = |texts: &[&str]| texts.iter().map(|text| text.parse()).collect();
/// let orders: Result<Vec<Date>, _> = days(&["2026-11-19", "2026-11-20", "2026-11-23"]);
/// let days_of_orders = Tracker::count(shopping::ORDER_COUNT, Period::Day).at(|date: &Date| *date);
/// let first = days_of_orders.track(&mut store, &orders?)?;
/// assert_eq!((first.late, first.look_back), (0, None));
///
/// let orders: Result<Vec<Date>, _> =
///     days(&["2026-11-19", "2026-11-20", "2026-11-20", "2026-11-23"]);
/// let orders = orders?;
/// let second = days_of_orders.track(&mut store, &orders)?;
/// assert_eq!(second.outdated, ["2026-11-20".parse()?]);
/// assert_eq!((second.late, second.look_back), (2, Some(3)));
///
/// let third = days_of_orders.look_back(3).track(&mut store, &orders)?;
/// assert_eq!((third.changed, third.late), (1, 0));
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TrackReport {
    /// The events that the source gave, less those that the filter kept out.
    pub events: u64,
    /// The rows that were not there before.
    pub created: u64,
    /// The rows that held another value before.
    pub changed: u64,
    /// The rows that held the same value already.
    pub unchanged: u64,
    /// The events without a time.
    pub undated: u64,
    /// The events dated after today.
    pub future: u64,
    /// The events of a `day` tracker dated before the day at which their object resumed. Mostly they are
    /// in the rows of those days already.
    pub earlier: u64,
    /// The events of a `day` tracker that belong to outdated rows.
    pub late: u64,
    /// The earliest date of a late event.
    pub oldest_late: Option<Date>,
    /// The events without a value for a dimension that the tracker splits by.
    pub no_object: u64,
    /// The dates whose rows, of any object, were left as they are and hold another value than the
    /// events give: computed again with [`range`](crate::Tracker::range) or
    /// [`look_back`](crate::Tracker::look_back), they change.
    pub outdated: Vec<Date>,
    /// How many days a run has to look back to compute all outdated rows again.
    pub look_back: Option<u32>,
    /// From when on a `day` tracker needed events, where the source begins later: days before its first
    /// event were left as they are, and if they had events of their own these are missing.
    pub needed_since: Option<Date>,
}

impl TrackReport {
    /// The rows that are new or hold another value.
    #[must_use]
    pub const fn written(&self) -> u64 {
        self.created + self.changed
    }
}
