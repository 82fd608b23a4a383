//! How many records a second are durable.

use std::path::Path;
use std::time::Instant;

use trackstats::{Date, Durability, Period, Store, stats};

use crate::table::Line;
use crate::{Outcome, in_turn, sqlite};

stats! { shop { sales by product } }

const TURNS: usize = 9;
/// Records in a turn, one commit each.
const COMMITS: u32 = 200;
/// Records in a turn, written in groups. At this pace a group is much less than 100 ms.
const RECORDS: u32 = 100_000;
const GROUP: u32 = 1_000;

pub(crate) fn lines(folder: &Path) -> Outcome<Vec<Line>> {
    let open = |name: &str, durability| {
        let builder = Store::builder().durability(durability);
        builder.open(folder.join(name))
    };
    let mut single = open("single.stats", Durability::Immediate)?;
    let mut grouped = open("grouped.stats", Durability::OnFlush)?;
    let connection = sqlite::open(&folder.join("commits.sqlite"))?;
    let (mut next, mut next_of_peer, mut next_of_groups) = (0, 0, 0);

    let (ours, peer) = in_turn(
        TURNS,
        || {
            let started = Instant::now();
            for _ in 0..COMMITS {
                record(&mut single, next)?;
                next += 1;
            }
            Ok(started.elapsed().as_secs_f64() / f64::from(COMMITS))
        },
        || {
            let started = Instant::now();
            for _ in 0..COMMITS {
                let number = i64::from(next_of_peer);
                sqlite::record(&connection, number % 10, number / 10, number)?;
                next_of_peer += 1;
            }
            Ok(started.elapsed().as_secs_f64() / f64::from(COMMITS))
        },
    )?;
    let in_transactions = sqlite::open(&folder.join("transactions.sqlite"))?;
    let mut next_in_transactions = 0;
    let (in_groups, peer_in_groups) = in_turn(
        TURNS,
        || {
            let started = Instant::now();
            for number in 0..RECORDS {
                record(&mut grouped, next_of_groups)?;
                next_of_groups += 1;
                if number % GROUP == GROUP - 1 {
                    grouped.flush()?;
                }
            }
            Ok(started.elapsed().as_secs_f64() / f64::from(RECORDS))
        },
        || {
            let started = Instant::now();
            for number in 0..RECORDS {
                if number % GROUP == 0 {
                    in_transactions.execute_batch("BEGIN")?;
                }
                let next = i64::from(next_in_transactions);
                sqlite::record(&in_transactions, next % 10, next / 10, next)?;
                next_in_transactions += 1;
                if number % GROUP == GROUP - 1 {
                    in_transactions.execute_batch("COMMIT")?;
                }
            }
            Ok(started.elapsed().as_secs_f64() / f64::from(RECORDS))
        },
    )?;
    Ok(vec![
        Line::rate("durable records, one commit each: SQLite", ours, peer, 1.0),
        Line::beside(
            "durable records in groups of 1000: SQLite, transactions of 1000",
            in_groups,
            peer_in_groups,
        ),
        Line::rate(
            "durable records in groups of 1000: SQLite, one commit each",
            in_groups,
            peer,
            20.0,
        ),
    ])
}

fn record(store: &mut Store, number: i32) -> Outcome<()> {
    let date = Date::from_days_since_epoch(number / 10)?;
    let product = number % 10;
    store.record(shop::sales(product), Period::Day, date, number)?;
    Ok(())
}
