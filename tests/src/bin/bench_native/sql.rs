//! Whether SQL reads a series as fast from a large store as from a small one.

use std::hint::black_box;
use std::time::Duration;

use trackstats::{NewMetric, Period, Store};

use crate::Outcome;
use crate::measure::{in_turn, timed};
use crate::table::Line;
use crate::workload::date;

/// Of each metric.
const DAYS: i32 = 1_000;
const READS: usize = 50;
const READ: &str = "
    SELECT date, value FROM statistic_by_date
    WHERE metric = 'metric_7' AND period = 'day'
    AND date BETWEEN '2024-01-01' AND '2024-12-30'";
/// The days of this statement.
const ROWS: usize = 365;

pub(crate) fn line() -> Outcome<Line> {
    let small = store(10)?;
    let large = store(1_000)?;
    let [large, small] = in_turn([&mut || read(&large), &mut || read(&small)])?;
    let name = format!("{READS} series by SQL from 1000000 rows: from 10000 rows");
    Ok(Line::grows(name, large, small, 2.0))
}

fn store(metrics: usize) -> Outcome<Store> {
    let mut store = Store::in_memory();
    for metric in 0..metrics {
        let name = format!("measured.metric_{metric}");
        store.register_metric(&NewMetric::new(&name))?;
        let handle = store.handle(&name)?;
        for day in 0..DAYS {
            store.record(handle, Period::Day, date(day)?, i64::from(day))?;
        }
    }
    Ok(store)
}

fn read(store: &Store) -> Outcome<Duration> {
    timed(|| {
        for _ in 0..READS {
            let rows = store.select(READ)?;
            if rows.len() != ROWS {
                return Err(format!("SQL answers {} rows instead of {ROWS}", rows.len()).into());
            }
            black_box(rows);
        }
        Ok(())
    })
}
