//! A store that is only read follows its owner.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use trackstats::journal::MemoryBackend;
use trackstats::{ErrorCode, Filter, NamedZone, NewMetric, Period, Statistic, Store, stats};

stats! { shop { orders, sales by country } }

const DATE: &str = "2026-11-23";

fn beside(backend: &MemoryBackend) -> Store {
    let builder = Store::builder().read_only(true);
    builder.open_with(backend.clone()).unwrap()
}

/// All that a store holds. Bytes would tell apart in which order texts were met.
fn all(store: &Store) -> (Vec<String>, Vec<Statistic>) {
    let metrics = store
        .metrics()
        .map(|metric| format!("{metric:?}"))
        .collect();
    (metrics, store.statistics(&Filter::new()).unwrap())
}

/// What an owner does, and when its reader looks.
#[derive(Clone, Debug)]
enum Call {
    Set(u8, i64),
    Add(u8, i64),
    Delete,
    Register(u8),
    Flush,
    Compact,
    Reopen,
    Look,
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        3 => (0..4_u8, -9..9_i64).prop_map(|(country, value)| Call::Set(country, value)),
        3 => (0..4_u8, -9..9_i64).prop_map(|(country, value)| Call::Add(country, value)),
        1 => Just(Call::Delete),
        1 => any::<u8>().prop_map(Call::Register),
        4 => Just(Call::Flush),
        1 => Just(Call::Compact),
        1 => Just(Call::Reopen),
        4 => Just(Call::Look),
    ]
}

proptest! {
    #[test]
    fn a_reader_is_at_the_last_commit_whenever_it_looks(calls in vec(call(), 1..60)) {
        let backend = MemoryBackend::new();
        let mut owner = Store::builder().open_with(backend.clone()).unwrap();
        let mut reader = beside(&backend);
        let mut committed = all(&owner);
        for call in calls {
            match call {
                Call::Set(country, value) => {
                    owner.record(shop::sales(country), Period::Day, DATE, value).unwrap();
                }
                Call::Add(country, value) => {
                    owner.increment(shop::sales(country), DATE, value).unwrap();
                }
                Call::Delete => drop(owner.delete(&Filter::new())),
                Call::Register(number) => {
                    owner.register_metric(&NewMetric::new(format!("shop.more{number}"))).unwrap();
                }
                Call::Flush => owner.flush().unwrap(),
                Call::Compact => owner.compact().unwrap(),
                Call::Reopen => {
                    owner.close().unwrap();
                    owner = Store::builder().open_with(backend.clone()).unwrap();
                }
                Call::Look => {
                    let before = all(&reader);
                    let changed = reader.refresh().unwrap();
                    prop_assert_eq!(&all(&reader), &all(&beside(&backend)));
                    prop_assert_eq!(&all(&reader), &committed);
                    prop_assert!(changed || all(&reader) == before);
                    continue;
                }
            }
            if matches!(call, Call::Flush | Call::Compact | Call::Reopen) {
                committed = all(&owner);
            }
        }
    }
}

#[test]
fn a_reader_finds_objects_that_came_later() {
    let backend = MemoryBackend::new();
    let mut owner = Store::builder().open_with(backend.clone()).unwrap();
    owner
        .record(shop::sales("NL"), Period::Day, DATE, 1)
        .unwrap();
    owner.flush().unwrap();
    let mut reader = beside(&backend);
    for (value, compacts) in [(2, false), (3, true), (4, false)] {
        owner
            .record(shop::sales("NL"), Period::Day, DATE, value)
            .unwrap();
        owner
            .record(shop::sales("BE"), Period::Day, DATE, value)
            .unwrap();
        if compacts {
            owner.compact().unwrap();
        } else {
            owner.flush().unwrap();
        }
        assert!(reader.refresh().unwrap());
        for country in ["NL", "BE"] {
            let sales = reader
                .value(shop::sales(country), Period::Day, DATE)
                .unwrap();
            assert_eq!(sales, Some(Some(value)));
        }
    }
}

#[test]
fn another_store_in_the_place_of_the_file_is_followed_or_refused() {
    let backend = MemoryBackend::new();
    let mut owner = Store::builder().open_with(backend.clone()).unwrap();
    owner.increment(shop::ORDERS, DATE, 1).unwrap();
    owner.close().unwrap();
    let mut reader = beside(&backend);
    let replace = |builder: trackstats::StoreBuilder, by| {
        let other = MemoryBackend::new();
        let mut store = builder.open_with(other.clone()).unwrap();
        store.increment(shop::ORDERS, DATE, by).unwrap();
        store.close().unwrap();
        trackstats::journal::StorageBackend::write_beside(&mut backend.clone(), &other.bytes())
            .unwrap();
        trackstats::journal::StorageBackend::rename(&mut backend.clone()).unwrap();
    };
    replace(Store::builder(), 7);
    assert!(reader.refresh().unwrap());
    let orders = |store: &Store| store.value(shop::ORDERS, Period::Day, DATE).unwrap();
    assert_eq!(orders(&reader), Some(Some(7)));
    replace(
        Store::builder().zone(NamedZone::new("Asia/Tokyo").unwrap()),
        9,
    );
    assert_eq!(
        reader.refresh().unwrap_err().code(),
        ErrorCode::ZoneMismatch
    );
    assert_eq!(orders(&reader), Some(Some(7)));
}

#[test]
fn a_write_to_a_reader_is_refused_by_its_own_code() {
    let backend = MemoryBackend::new();
    let owner = Store::builder().open_with(backend.clone()).unwrap();
    let mut reader = beside(&backend);
    let refused = [
        reader.increment(shop::ORDERS, DATE, 1).unwrap_err(),
        reader.register(shop::DOMAIN).unwrap_err(),
        reader.compact().unwrap_err(),
        reader.savepoint().unwrap_err(),
        reader.batch(|_| Ok(())).unwrap_err(),
        reader.delete(&Filter::new()).unwrap_err(),
        reader.sql("DELETE FROM statistic_by_date").unwrap_err(),
    ];
    for error in refused {
        assert_eq!(error.code(), ErrorCode::ReadOnly, "{error}");
    }
    let mut owner = owner;
    assert!(!owner.refresh().unwrap());
    assert!(!Store::in_memory().refresh().unwrap());
}
