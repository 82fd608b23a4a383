//! Where an object goes on.

use crate::engine::Column;
use crate::time::{Date, DateRange, IntoDateRange, Period, Tick, Timestamp};
use crate::{Error, ErrorCode};

/// From when on a run needs events; see [`Tracker::track_since`](super::Tracker::track_since).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrackSince {
    /// The first date that matters.
    pub date: Date,
    /// The first instant of that date in the zone of the run.
    pub instant: Timestamp,
}

/// Which rows a tracker is told to compute.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub(super) look_back: Option<u32>,
    /// What is no range is an error of the run: an option has no place for one.
    range: Result<Option<DateRange>, (ErrorCode, String)>,
    pub(super) recompute: bool,
    /// From when on the source gives all events.
    pub(super) since: Option<Date>,
}

impl Chosen {
    pub(super) const fn new() -> Self {
        Self {
            look_back: None,
            range: Ok(None),
            recompute: false,
            since: None,
        }
    }

    pub(super) fn set_range(&mut self, range: impl IntoDateRange) {
        self.range = range
            .into_date_range()
            .map(Some)
            .map_err(|error| (error.code(), error.to_string()));
    }

    /// The span of a run on that day.
    pub(super) fn span(&self, period: Period, today: Date) -> Result<Span, Error> {
        let range = match &self.range {
            Ok(range) => *range,
            Err((code, text)) => return Err(Error::new(*code, text.clone())),
        };
        Ok(Span {
            period,
            today: today.tick(),
            look_back: self.look_back,
            range,
            recompute: self.recompute,
            since: self.since.map(Date::tick),
        })
    }
}

/// Which rows a run computes, chosen by the options of the tracker.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) period: Period,
    pub(super) today: Tick,
    /// How many days before its newest row an object resumes, if it was said.
    pub(super) look_back: Option<u32>,
    pub(super) range: Option<DateRange>,
    pub(super) recompute: bool,
    /// From when on the source gives all events, if it was said.
    pub(super) since: Option<Tick>,
}

impl Span {
    /// The first day to compute for an object, as far as the stored rows tell; none if there are none
    /// and it starts at its first event.
    pub(super) fn resume(&self, column: Option<&Column>) -> Option<Tick> {
        if let Some(range) = self.range {
            return Some(range.first().tick());
        }
        if self.recompute {
            return None;
        }
        let (_, newest) = column?.extent()?;
        Some(self.back_from(newest))
    }

    /// Where an object resumes whose newest row is that.
    pub(super) fn back_from(&self, newest: Tick) -> Tick {
        // The rules of django-trackstats: a lifetime is computed again from its newest row on, every
        // other period from the day before it, for events that came in around midnight.
        let by_default = u32::from(self.period != Period::Lifetime);
        let back = self.look_back.unwrap_or(by_default);
        let newest = Date::from_tick(newest.min(self.today));
        newest.saturating_plus(-i64::from(back)).tick()
    }

    /// Whether the run was told to compute dates again, so that rows without events are computed too.
    pub(super) const fn is_again(&self) -> bool {
        self.recompute || self.range.is_some() || self.look_back.is_some() || self.since.is_some()
    }

    /// The last row to compute.
    pub(super) fn last(&self) -> Tick {
        self.range
            .map_or(self.today, |range| self.today.min(range.last().tick()))
    }
}
