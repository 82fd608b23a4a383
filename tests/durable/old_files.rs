//! Files that earlier releases wrote are read for ever.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use trackstats::journal::MemoryBackend;
use trackstats::{Durability, Error, Null, Period, Store, stats};

stats! {
    shop "Shop" {
        orders "Orders sold",
        revenue: f64,
        sales by (country, province) "Items sold, by region",
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/stores")
        .join(name)
}

/// What each of the files holds, as today's release would write it.
fn write(backend: &MemoryBackend) -> Result<Store, Error> {
    let builder = Store::builder().durability(Durability::Immediate);
    let mut store = builder
        .store_id(*b"a stored fixture")
        .open_with(backend.clone())?;
    store.register(shop::DOMAIN)?;
    for day in 1..=9 {
        let date = format!("2026-11-0{day}");
        store.record(shop::ORDERS, Period::Day, date.as_str(), day * day)?;
    }
    store.record(shop::REVENUE, Period::Month, "2026-11-09", 0.1)?;
    store.compact()?;
    store.increment(shop::ORDERS, "2026-11-09", 19)?;
    store.record(shop::REVENUE, Period::Month, "2026-11-10", Null)?;
    store.batch(|store| {
        store.record(
            shop::sales("NL", "Utrecht"),
            Period::Lifetime,
            "9999-12-31",
            i64::MAX,
        )?;
        store.record(
            shop::sales("BE", "Liège 🙂"),
            Period::Lifetime,
            "0001-01-01",
            i64::MIN,
        )
    })?;
    store.delete(&trackstats::Filter::new().on("2026-11-02"))?;
    Ok(store)
}

fn check(store: &Store) -> Result<(), Error> {
    let orders = store.series(shop::ORDERS, Period::Day).read()?;
    let values: Vec<_> = orders.values().flatten().collect();
    assert_eq!(values, [1, 9, 16, 25, 36, 49, 64, 100]);
    let revenue = store.series(shop::REVENUE, Period::Month).read()?;
    assert_eq!(revenue.values().collect::<Vec<_>>(), [Some(0.1), None]);
    let utrecht = store.value(shop::sales("NL", "Utrecht"), Period::Lifetime, "9999-12-31")?;
    assert_eq!(utrecht, Some(Some(i64::MAX)));
    let liege = store.value(
        shop::sales("BE", "Liège 🙂"),
        Period::Lifetime,
        "0001-01-01",
    )?;
    assert_eq!(liege, Some(Some(i64::MIN)));
    assert_eq!(store.len(), 12);
    let orders = store.metric("shop.orders").expect("it was registered");
    assert_eq!(orders.title, "Orders sold");
    Ok(())
}

#[test]
fn a_file_of_each_format_is_read_and_written() {
    for name in ["format_1.stats", "format_1_open.stats"] {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join(name);
        fs::copy(fixture(name), &path).unwrap();
        let reader = Store::builder().read_only(true).open(&path).unwrap();
        check(&reader).unwrap();
        assert_eq!(
            reader.truncated_tail().is_some(),
            name == "format_1_open.stats"
        );
        let mut store = Store::open(&path).unwrap();
        check(&store).unwrap();
        store
            .record(shop::ORDERS, Period::Day, "2026-11-11", 1)
            .unwrap();
        store.close().unwrap();
        assert_eq!(Store::open(&path).unwrap().len(), 13);
    }
}

/// Any change here is a new format: another implementation would write other bytes.
#[test]
fn the_present_format_is_written_to_the_byte() {
    let backend = MemoryBackend::new();
    let store = write(&backend).unwrap();
    check(&store).unwrap();
    // The beginning of one more commit.
    let mut open = backend.bytes();
    let frames = trackstats::journal::open(&open).unwrap().frames;
    let end = frames.last().unwrap().end.next_multiple_of(8);
    open[end..end + 20].copy_from_slice(b"torn torn torn torn ");
    store.close().unwrap();
    for (name, bytes) in [
        ("format_1.stats", backend.bytes()),
        ("format_1_open.stats", open),
    ] {
        let path = fixture(name);
        if std::env::var_os("TRACKSTATS_WRITE_FIXTURES").is_some() && !path.exists() {
            fs::write(&path, &bytes).unwrap();
        }
        assert!(fs::read(&path).unwrap() == bytes, "{name}");
    }
}
