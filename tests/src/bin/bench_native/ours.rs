//! The library, used as its documentation tells.

use trackstats::{
    Breakdown, Date, Filter, Handle, Period, Series, Store, Timestamp, Tracker, stats,
};

use crate::Outcome;
use crate::contender::{Contender, Counts, Largest, PARTS, Points};
use crate::workload::{Event, Row, Size, Span};

stats! {
    measured {
        measure_0 by user,
        measure_1 by user,
        measure_2 by user,
        measure_3 by user,
        measure_4 by user,
        measure_5 by user,
        measure_6 by user,
        measure_7 by user,
        measure_8 by user,
        measure_9 by user,
    }
}

#[derive(Debug)]
pub(crate) struct Ours {
    store: Store,
    /// By metric and object.
    handles: Vec<Vec<Handle<i64>>>,
}

impl Ours {
    fn handle(&self, metric: u16, object: u32) -> Handle<i64> {
        self.handles[usize::from(metric)][object as usize - 1]
    }

    fn whole(&self, period: Period) -> Outcome<Points> {
        let series = self
            .store
            .series(measured::MEASURE_0.total(), period)
            .read()?;
        Ok(Self::points(series))
    }
}

fn handles(store: &mut Store, metric: u16, objects: u32) -> Outcome<Vec<Handle<i64>>> {
    let mut handles = Vec::new();
    for object in 1..=objects {
        handles.push(match metric {
            0 => store.handle(measured::measure_0(object)),
            1 => store.handle(measured::measure_1(object)),
            2 => store.handle(measured::measure_2(object)),
            3 => store.handle(measured::measure_3(object)),
            4 => store.handle(measured::measure_4(object)),
            5 => store.handle(measured::measure_5(object)),
            6 => store.handle(measured::measure_6(object)),
            7 => store.handle(measured::measure_7(object)),
            8 => store.handle(measured::measure_8(object)),
            _ => store.handle(measured::measure_9(object)),
        }?);
    }
    Ok(handles)
}

impl Contender for Ours {
    type Series = Series<i64>;
    type Top = Breakdown<i64>;

    fn empty(size: Size) -> Outcome<Self> {
        let last = crate::workload::date(size.days - 1)?;
        let noon = i64::from(last.days_since_epoch()) * 86_400 + 43_200;
        let today = Timestamp::from_seconds(noon)?;
        let mut store = Store::builder().clock(today).build();
        let handles = (0..size.metrics)
            .map(|metric| handles(&mut store, metric, size.objects))
            .collect::<Outcome<_>>()?;
        Ok(Self { store, handles })
    }

    fn record(&mut self, rows: &[Row]) -> Outcome<()> {
        for row in rows {
            let handle = self.handle(row.metric, row.object);
            self.store
                .record(handle, Period::Day, row.date, row.value)?;
        }
        Ok(())
    }

    fn series(&self, spans: &[Span], mut take: impl FnMut(Series<i64>)) -> Outcome<()> {
        for span in spans {
            let handle = self.handle(span.metric, span.object);
            let series = self.store.series(handle, Period::Day);
            take(series.range(span.first..=span.last).read()?);
        }
        Ok(())
    }

    fn points(series: Series<i64>) -> Points {
        series
            .iter()
            .filter_map(|point| Some((point.date, point.value?)))
            .collect()
    }

    fn totals(&self, spans: &[Span], mut take: impl FnMut((i64, u32))) -> Outcome<()> {
        for span in spans {
            let handle = self.handle(span.metric, span.object);
            let total = self.store.total(handle, Period::Day);
            let total = total.range(span.first..=span.last).read()?;
            take((total.sum, u32::try_from(total.count)?));
        }
        Ok(())
    }

    fn tops(&self, dates: &[Date], mut take: impl FnMut(Breakdown<i64>)) -> Outcome<()> {
        for &date in dates {
            let breakdown = self.store.breakdown(measured::MEASURE_0, Period::Day);
            take(breakdown.by("user").on(date).limit(PARTS as usize).read()?);
        }
        Ok(())
    }

    fn largest(top: Breakdown<i64>) -> Outcome<Largest> {
        let mut parts = Vec::new();
        for part in &top.parts {
            let object = part.at.first().ok_or("a part has no object")?;
            parts.push((object.parse()?, part.value));
        }
        let others = u32::try_from(top.other_count)?;
        Ok((parts, top.other.unwrap_or_default(), others))
    }

    fn keep(&mut self, _: &[Event]) -> Outcome<()> {
        Ok(())
    }

    fn count(&mut self, events: &[Event], _: Size) -> Outcome<()> {
        for period in [Period::Day, Period::Week, Period::Lifetime] {
            Tracker::count(measured::MEASURE_0, period)
                .at(|event: &Event| event.at)
                .track(&mut self.store, events)?;
        }
        Tracker::count(measured::MEASURE_0, Period::Day)
            .at(|event: &Event| event.at)
            .by("user", |event| event.object.into())
            .track(&mut self.store, events)?;
        Ok(())
    }

    fn counts(&self) -> Outcome<Counts> {
        let mut objects = Vec::new();
        let all = Filter::new().metric(measured::MEASURE_0);
        for statistic in self.store.statistics(&all)? {
            let Some((_, object)) = statistic.dimensions.first() else {
                continue;
            };
            let value = statistic.value.and_then(trackstats::Value::as_i64);
            let count = value.ok_or("a count is no integer")?;
            objects.push((object.parse()?, statistic.date, count));
        }
        objects.sort_unstable();
        Ok(Counts {
            days: self.whole(Period::Day)?,
            weeks: self.whole(Period::Week)?,
            lifetimes: self.whole(Period::Lifetime)?,
            objects,
        })
    }
}
