//! Rolling values, in a time that does not depend on the length of the window.

use super::StoreFault;
use super::aggregate::{AnyAggregate, Folding};
use crate::model::{Point, Value, ValueKind};
use crate::time::Date;

/// Up to so many points, floats are added one after the other from the first to the last.
pub(super) const IN_ORDER: usize = 64;

/// The aggregate of the `days` that end on each point from `from` on.
///
/// The points of a window are in two halves, which are folded apart and put together: of the older one,
/// all folds up to its end are made at once, and the newer one grows by one point at a time. So each
/// point is folded twice, however long the window is. Where floats are added, that is another order than
/// the one of the points; it is taken for windows of more than [`IN_ORDER`] points only.
pub(super) fn rolling(
    points: &[Point<Value>],
    (days, fold): (u32, AnyAggregate),
    from: Date,
    metric: &str,
) -> Result<Vec<Point<Value>>, StoreFault> {
    let mut rolled = Vec::new();
    let mut window = Window::new(points, fold);
    for point in points {
        window.grow(point.date.saturating_plus(1 - i64::from(days)));
        if point.date >= from {
            rolled.push(Point {
                date: point.date,
                value: window.fold(metric)?,
            });
        }
    }
    Ok(rolled)
}

struct Window<'p> {
    points: &'p [Point<Value>],
    fold: AnyAggregate,
    start: usize,
    /// The folds from each place of the older half to its end, the one from `start` last.
    older: Vec<Folding>,
    newer: Folding,
    /// One past the last point.
    end: usize,
}

impl<'p> Window<'p> {
    fn new(points: &'p [Point<Value>], fold: AnyAggregate) -> Self {
        Self {
            points,
            fold,
            start: 0,
            older: Vec::new(),
            newer: Folding::new(fold),
            end: 0,
        }
    }

    /// Takes the next point in, and lets go of those before a date.
    fn grow(&mut self, oldest: Date) {
        self.newer.push(self.points[self.end].value);
        self.end += 1;
        // The point that was taken in is not before the date.
        while self.points[self.start].date < oldest {
            if self.older.is_empty() {
                self.turn();
            }
            self.older.pop();
            self.start += 1;
        }
    }

    /// Makes the older half of all there is.
    fn turn(&mut self) {
        let mut suffix = Folding::new(self.fold);
        for point in self.points[self.start..self.end].iter().rev() {
            let mut longer = Folding::new(self.fold);
            longer.push(point.value);
            longer.join(suffix);
            self.older.push(longer);
            suffix = longer;
        }
        self.newer = Folding::new(self.fold);
    }

    fn fold(&self, metric: &str) -> Result<Option<Value>, StoreFault> {
        let mut whole = self
            .older
            .last()
            .copied()
            .unwrap_or_else(|| Folding::new(self.fold));
        whole.join(self.newer);
        let inside = &self.points[self.start..self.end];
        // Only sums of floats depend on the order; one that left their range is looked at again.
        if whole.adds(ValueKind::Float) && (inside.len() <= IN_ORDER || !whole.is_finite()) {
            return super::shape::aggregate(inside, self.fold, metric);
        }
        whole.finish(metric)
    }
}
