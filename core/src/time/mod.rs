//! Calendar dates, periods, ranges, buckets, instants and time zones.
//!
//! May import `error` only. Always holds: a [`Date`] lies in 0001-01-01 to 9999-12-31; nothing here
//! reads the machine's zone, and only [`SystemClock`] reads its clock. The engine above sees a date
//! as a plain integer, a [`Tick`]; only this floor knows that a tick is a day.

mod bucket;
mod clock;
mod date;
mod event_time;
mod fault;
mod iso8601;
#[cfg(feature = "jiff")]
mod jiff_times;
mod period;
mod range;
#[cfg(feature = "time")]
mod time_times;
mod timestamp;
mod zone;
mod zone_name;

pub use bucket::{Bucket, Weekday};
pub use clock::{Clock, SystemClock};
pub use date::Date;
pub use event_time::{EventTime, IntoEventTime};
pub use period::Period;
pub use range::{DateRange, IntoDateRange};
pub use timestamp::Timestamp;
pub use zone::{FixedOffset, Utc, Zone, start_of_day, start_of_hour};

#[cfg(feature = "zones")]
pub use zone::NamedZone;

pub(crate) use date::Tick;
pub(crate) use fault::TimeFault;
pub(crate) use zone::zone_of;
pub(crate) use zone_name::{is_same_zone, primary};
