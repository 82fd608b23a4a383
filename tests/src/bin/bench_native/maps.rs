//! What an expert writes by hand: a map by series, one by date, both kept up to date.

use std::collections::BTreeMap;

use trackstats::Date;

use crate::Outcome;
use crate::contender::{self, Contender, Counts, Largest, Points};
use crate::workload::{Event, Row, Size, Span};

const DAY: u8 = 0;
const WEEK: u8 = 1;
const LIFETIME: u8 = 2;
const PARTS: usize = contender::PARTS as usize;
/// In the place of an object, for what is not split.
const WHOLE: u32 = 0;

#[derive(Debug, Default)]
pub(crate) struct Maps {
    /// By metric, period, object and date.
    by_series: BTreeMap<(u16, u8, u32, Date), i64>,
    /// By metric, period, date and object.
    by_date: BTreeMap<(u16, u8, Date, u32), i64>,
}

impl Maps {
    fn put(&mut self, metric: u16, period: u8, object: u32, date: Date, value: i64) {
        self.by_series.insert((metric, period, object, date), value);
        self.by_date.insert((metric, period, date, object), value);
    }

    fn whole(&self, period: u8) -> Points {
        let all = (0, period, WHOLE, Date::MIN)..=(0, period, WHOLE, Date::MAX);
        let points = self.by_series.range(all);
        points
            .map(|(&(_, _, _, date), &value)| (date, value))
            .collect()
    }
}

impl Contender for Maps {
    type Series = Points;
    type Top = Largest;

    fn empty(_: Size) -> Outcome<Self> {
        Ok(Self::default())
    }

    fn record(&mut self, rows: &[Row]) -> Outcome<()> {
        for row in rows {
            self.put(row.metric, DAY, row.object, row.date, row.value);
        }
        Ok(())
    }

    fn series(&self, spans: &[Span], mut take: impl FnMut(Points)) -> Outcome<()> {
        for span in spans {
            let key = |date| (span.metric, DAY, span.object, date);
            let points = self.by_series.range(key(span.first)..=key(span.last));
            take(
                points
                    .map(|(&(_, _, _, date), &value)| (date, value))
                    .collect(),
            );
        }
        Ok(())
    }

    fn points(series: Points) -> Points {
        series
    }

    fn totals(&self, spans: &[Span], mut take: impl FnMut((i64, u32))) -> Outcome<()> {
        for span in spans {
            let key = |date| (span.metric, DAY, span.object, date);
            let points = self.by_series.range(key(span.first)..=key(span.last));
            let (mut sum, mut count) = (0_i64, 0);
            for (_, &value) in points {
                sum = sum.checked_add(value).ok_or("the sum does not fit")?;
                count += 1;
            }
            take((sum, count));
        }
        Ok(())
    }

    fn tops(&self, dates: &[Date], mut take: impl FnMut(Largest)) -> Outcome<()> {
        for &date in dates {
            let parts = self
                .by_date
                .range((0, DAY, date, 1)..=(0, DAY, date, u32::MAX));
            // In ascending order, so that most parts are compared once.
            let mut largest: Vec<(i64, u32)> = Vec::with_capacity(PARTS + 1);
            let (mut others, mut count) = (0_i64, 0);
            for (&(_, _, _, object), &value) in parts {
                others = others.checked_add(value).ok_or("the sum does not fit")?;
                count += 1;
                let smallest = largest.first();
                if largest.len() < PARTS || smallest.is_some_and(|&(least, _)| value > least) {
                    let place = largest.partition_point(|&(other, _)| other < value);
                    largest.insert(place, (value, object));
                    if largest.len() > PARTS {
                        largest.remove(0);
                    }
                }
            }
            for (value, _) in &largest {
                others -= value;
                count -= 1;
            }
            let parts = largest.iter().rev().map(|&(value, object)| (object, value));
            take((parts.collect(), others, count));
        }
        Ok(())
    }

    fn largest(top: Largest) -> Outcome<Largest> {
        Ok(top)
    }

    fn keep(&mut self, _: &[Event]) -> Outcome<()> {
        Ok(())
    }

    /// One pass over the events, into a table of objects and days; then the rows, in the order of each
    /// map.
    fn count(&mut self, events: &[Event], size: Size) -> Outcome<()> {
        let Some(first) = events.first() else {
            return Ok(());
        };
        let base = first.at.as_seconds().div_euclid(86_400);
        let days = usize::try_from(size.days)?;
        let objects = usize::try_from(size.objects)? + 1;
        let mut table = vec![0_u32; days * objects];
        for event in events {
            let day = usize::try_from(event.at.as_seconds().div_euclid(86_400) - base)?;
            table[day * objects + event.object as usize] += 1;
        }
        let base = i32::try_from(base)?;
        let dates: Vec<Date> = (base..base + size.days)
            .map(Date::from_days_since_epoch)
            .collect::<Result<_, _>>()?;
        let by_day: Vec<i64> = table
            .chunks(objects)
            .map(|day| day.iter().copied().map(i64::from).sum())
            .collect();
        let (mut week, mut lifetime) = (0, 0);
        for (day, (&date, &count)) in dates.iter().zip(&by_day).enumerate() {
            lifetime += count;
            week += count;
            week -= day.checked_sub(7).map_or(0, |left| by_day[left]);
            self.put(0, DAY, WHOLE, date, count);
            self.put(0, WEEK, WHOLE, date, week);
            self.put(0, LIFETIME, WHOLE, date, lifetime);
        }
        for object in 1..=size.objects {
            for (day, &date) in dates.iter().enumerate() {
                let count = table[day * objects + object as usize];
                if count > 0 {
                    self.by_series.insert((0, DAY, object, date), count.into());
                }
            }
        }
        for (counts, &date) in table.chunks(objects).zip(&dates) {
            for (object, &count) in (0..).zip(counts) {
                if count > 0 {
                    self.by_date.insert((0, DAY, date, object), count.into());
                }
            }
        }
        Ok(())
    }

    fn counts(&self) -> Outcome<Counts> {
        let objects = self
            .by_series
            .range((0, DAY, 1, Date::MIN)..=(0, DAY, u32::MAX, Date::MAX));
        Ok(Counts {
            days: self.whole(DAY),
            weeks: self.whole(WEEK),
            lifetimes: self.whole(LIFETIME),
            objects: objects
                .map(|(&(_, _, object, date), &count)| (object, date, count))
                .collect(),
        })
    }
}
