//! A million statistics: how large they are in a file, and how soon they are there.

use std::fs;
use std::path::Path;
use std::time::Instant;

use rusqlite::Connection;
use trackstats::{Date, Period, Store, stats};

use crate::table::{Line, megabytes};
use crate::{Outcome, in_turn, median, sqlite};

stats! { shop { sales by product } }

const PRODUCTS: i32 = 1_000;
const DAYS: i32 = 1_000;
const TURNS: usize = 9;

/// Each statistic: product, day, value. There is a gap after every second day, and values are as those of
/// a shop: most are small, and no one follows from another.
fn statistics() -> impl Iterator<Item = (i32, i32, i64)> {
    (0..DAYS).flat_map(|day| {
        (0..PRODUCTS).map(move |product| {
            let mixed = (i64::from(day) * 7_919 + i64::from(product) * 104_729) % 1_000_003;
            (
                product,
                18_000 + day + day / 2,
                mixed % (10 + i64::from(product)),
            )
        })
    })
}

pub(crate) fn lines(folder: &Path) -> Outcome<Vec<Line>> {
    let ours = folder.join("large.stats");
    let peer = folder.join("large.sqlite");
    write_ours(&ours)?;
    write_peer(&peer)?;
    let sizes = (fs::metadata(&ours)?.len(), fs::metadata(&peer)?.len());
    let mut sums = (0, 0);
    let (our_time, peer_time) = in_turn(
        TURNS,
        || {
            let started = Instant::now();
            let store = Store::open(&ours)?;
            let taken = started.elapsed().as_secs_f64();
            sums.0 = sum(&store)?;
            Ok(taken)
        },
        || {
            let started = Instant::now();
            let connection = Connection::open(&peer)?;
            let scan = "SELECT sum(value) FROM statistic";
            sums.1 = connection.query_row(scan, [], |row| row.get(0))?;
            Ok(started.elapsed().as_secs_f64())
        },
    )?;
    if sums.0 != sums.1 {
        return Err(format!("the sums differ: {sums:?}").into());
    }
    let mut store = Store::open(&ours)?;
    let snapshot = store.snapshot().len() as u64;
    let mut compactions = Vec::new();
    for _ in 0..TURNS {
        let started = Instant::now();
        store.compact()?;
        compactions.push(started.elapsed().as_secs_f64());
    }
    store.close()?;
    Ok(vec![
        Line::at_most(
            "snapshot of 1000000 statistics in 1000 series",
            megabytes(snapshot),
            10.0,
            "MB",
        ),
        Line::at_most("opening them", our_time * 1e3, 100.0, "ms"),
        Line::at_most(
            "compacting them, while nobody reads",
            median(compactions) * 1e3,
            100.0,
            "ms",
        ),
        Line::time(
            "opening them: SQLite, first query and full scan",
            our_time,
            peer_time,
            5.0,
        ),
        Line::size(
            "the file: SQLite, primary key and covering index",
            sizes.0,
            sizes.1,
            4.0,
        ),
    ])
}

fn write_ours(path: &Path) -> Outcome<()> {
    let mut store = Store::open(path)?;
    for (product, day, value) in statistics() {
        let date = Date::from_days_since_epoch(day)?;
        store.record(shop::sales(product), Period::Day, date, value)?;
    }
    store.flush()?;
    store.compact()?;
    Ok(store.close()?)
}

fn sum(store: &Store) -> Outcome<i64> {
    let mut sum = 0;
    for statistic in store.statistics(&trackstats::Filter::new())? {
        let value = statistic.value.and_then(trackstats::Value::as_i64);
        sum += value.unwrap_or(0);
    }
    Ok(sum)
}

fn write_peer(path: &Path) -> Outcome<()> {
    let connection = sqlite::open(path)?;
    connection.execute_batch(
        "CREATE INDEX covering ON statistic (metric, period, date, value DESC, object); BEGIN;",
    )?;
    for (product, day, value) in statistics() {
        sqlite::record(&connection, product.into(), day.into(), value)?;
    }
    connection.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE); VACUUM;")?;
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(())
}
