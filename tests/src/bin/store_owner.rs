//! A program in Rust that has the file of a store, beside those in Node: `tests/js/owners.test.js` starts it.
//!
//! `store_owner <path> increment <amount>` adds to the orders of a day and prints them, `read` prints them
//! as a reader, `hold` opens the file and waits to be killed, `same <count> open` makes the commits that the
//! test makes and ends without closing, `close` opens and closes, `model <seed> <calls>` makes the calls of a
//! seed beside a map and leaves the file of that. What goes wrong is printed as its code.

use std::env;
use std::process::exit;
use std::time::Duration;

use trackstats::{Error, MetricRef, NewDomain, NewMetric, Period, Store, StoreBuilder, ValueKind};
use trackstats_tests::torture::program;

const DAY: &str = "2026-11-23";

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(text) => println!("{text}"),
        Err(error) => println!("{}", error.code().as_str()),
    }
}

fn run(arguments: &[String]) -> Result<String, Error> {
    let word = |at: usize| arguments.get(at).map_or("", String::as_str);
    let number = |at: usize| word(at).parse::<i64>().unwrap_or(0);
    let path = word(0);
    let builder = || -> StoreBuilder { Store::builder().store_id([7; 16]) };
    match word(1) {
        "read" => orders(&builder().read_only(true).open(path)?),
        "hold" => {
            let _store = builder().open(path)?;
            println!("open");
            std::thread::sleep(Duration::from_mins(1));
            Ok(String::new())
        }
        "same" => {
            let mut store = builder().open(path)?;
            register(&mut store)?;
            store.flush()?;
            for count in 1..=number(2) {
                store.increment(MetricRef::new("shop.orders"), DAY, 1)?;
                let page = format!("page {}", count % 10);
                let visits = MetricRef::new("shop.visits").at("page", page);
                store.record(visits, Period::Week, DAY, count)?;
                store.flush()?;
            }
            // Not dropped, so that it is not closed; the lock says that its owner is dead.
            exit(0)
        }
        "model" => {
            let calls = usize::try_from(number(3)).unwrap_or(0);
            Ok(match program::file(number(2).unsigned_abs(), calls) {
                Ok(bytes) => std::fs::write(path, bytes)
                    .map_or_else(|error| error.to_string(), |()| String::new()),
                Err(difference) => difference,
            })
        }
        "close" => {
            builder().open(path)?.close()?;
            Ok(String::new())
        }
        _ => {
            let mut store = builder().open(path)?;
            register(&mut store)?;
            store.increment(MetricRef::new("shop.orders"), DAY, number(2))?;
            let text = orders(&store)?;
            store.close()?;
            Ok(text)
        }
    }
}

/// As the test declares it; nothing if it is registered already.
fn register(store: &mut Store) -> Result<(), Error> {
    if store.domain("shop").is_some() {
        return Ok(());
    }
    store.register_domain(&NewDomain::new("shop"))?;
    let orders = NewMetric::new("shop.orders").title("Orders");
    let none: [&str; 0] = [];
    store.register_metric(&orders.kind(ValueKind::Integer).by(none))?;
    let visits = NewMetric::new("shop.visits").kind(ValueKind::Integer);
    store.register_metric(&visits.by(["page"]))
}

fn orders(store: &Store) -> Result<String, Error> {
    let value = store.value(MetricRef::new("shop.orders"), Period::Day, DAY)?;
    Ok(value.flatten().map_or(String::new(), |value| match value {
        trackstats::Value::Integer(value) => value.to_string(),
        trackstats::Value::Float(value) => value.to_string(),
    }))
}
