//! From the tallies of days to rows. `none` is the tally of no events, as it is finished.

use super::days::Days;
use super::tally::{Finished, Tally};
use crate::time::Tick;

/// A value on its way to a row; none where a sum does not fit.
pub(super) type Row = (Tick, Finished);

/// One row for every day from `first` to `last`: of the `length` days that end on it.
pub(super) fn windows<T: Tally>(
    days: &Days<T>,
    none: T,
    length: u32,
    first: Tick,
    last: Tick,
    mut row: impl FnMut(Row),
) {
    let length = Tick::try_from(length).unwrap_or(Tick::MAX);
    let whole = |tick: Tick| {
        let mut window = none;
        for day in tick.saturating_sub(length - 1)..=tick {
            window.merge(&days.get(day));
        }
        window
    };
    let mut window = whole(first);
    row((first, window.finish()));
    for tick in first.saturating_add(1)..=last {
        let (entering, leaving) = (days.get(tick), days.get(tick.saturating_sub(length)));
        if leaving.is_empty() || window.unmerge(&leaving) {
            window.merge(&entering);
        } else {
            window = whole(tick);
        }
        row((tick, window.finish()));
    }
}

/// One row for every day from `first` to `last`: of everything up to it.
pub(super) fn lifetimes<T: Tally>(
    days: &Days<T>,
    none: T,
    first: Tick,
    last: Tick,
    mut row: impl FnMut(Row),
) {
    let mut sum = none;
    let mut rest = days.iter().peekable();
    for tick in first..=last {
        while let Some((_, tally)) = rest.next_if(|&(day, _)| day <= tick) {
            sum.merge(&tally);
        }
        row((tick, sum.finish()));
    }
}

/// The value of the window that ends on a day; of one day, of so many days, or of everything up to it.
pub(super) fn value_at<T: Tally>(
    days: &Days<T>,
    none: T,
    length: Option<u32>,
    tick: Tick,
) -> Finished {
    let mut window = none;
    match length {
        Some(length) => {
            let length = Tick::try_from(length).unwrap_or(Tick::MAX);
            for day in tick.saturating_sub(length - 1)..=tick {
                window.merge(&days.get(day));
            }
        }
        None => {
            for (_, tally) in days.iter().take_while(|&(day, _)| day <= tick) {
                window.merge(&tally);
            }
        }
    }
    window.finish()
}
