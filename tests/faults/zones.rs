//! One zone is one zone, by whichever of its names it is called.

use trackstats::journal::MemoryBackend;
use trackstats::{
    Error, ErrorCode, Export, Filter, FixedOffset, Import, NamedZone, Period, SnapshotInfo, Store,
    StoreBuilder, Timestamp, Utc, Zone, stats,
};

stats! { shop { orders } }

/// Names of one zone, the primary one first.
const NAMES: [&[&str]; 5] = [
    &[
        "Asia/Kolkata",
        "Asia/Calcutta",
        "asia/kolkata",
        "ASIA/CALCUTTA",
    ],
    &["Europe/Amsterdam", "europe/amsterdam"],
    &["Europe/Kyiv", "Europe/Kiev"],
    &["America/New_York", "US/Eastern", "us/eastern"],
    &["UTC", "Etc/UTC", "GMT", "zulu"],
];

fn in_zone(name: &str) -> Result<StoreBuilder, Error> {
    Ok(Store::builder().zone(NamedZone::new(name)?))
}

/// A zone whose host calls it by a name that is not the primary one.
#[derive(Debug)]
struct Host(&'static str);

impl Zone for Host {
    fn name(&self) -> &str {
        self.0
    }

    fn offset_at(&self, _: Timestamp) -> i32 {
        19_800
    }
}

fn recorded(mut store: Store) -> Result<Store, Error> {
    store.record(shop::ORDERS, Period::Day, "2026-11-23", 3)?;
    Ok(store)
}

#[test]
fn every_name_of_a_zone_opens_what_another_one_made() -> Result<(), Error> {
    for names in NAMES {
        for made in names {
            let store = recorded(in_zone(made)?.build())?;
            assert_eq!(store.zone().name(), names[0]);
            let bytes = store.snapshot();
            assert_eq!(SnapshotInfo::read(&bytes)?.zone, names[0]);
            let backend = MemoryBackend::new();
            in_zone(made)?.open_with(backend.clone())?.close()?;
            let mut file = Vec::new();
            Export::json_lines().write(&store, &mut file)?;
            for opened in names {
                assert_eq!(
                    in_zone(opened)?.restore(&bytes)?.len(),
                    1,
                    "{made} {opened}"
                );
                in_zone(opened)?.open_with(backend.clone())?.close()?;
                let mut other = in_zone(opened)?.build();
                Import::json_lines().read(&mut other, file.as_slice())?;
                let mut shared = in_zone(opened)?.build();
                shared.rebase(Some(&bytes), &[], &[])?;
                assert_eq!((other.len(), shared.len()), (1, 1));
            }
            let refused = in_zone("Asia/Tokyo")?.restore(&bytes).unwrap_err();
            assert_eq!(refused.code(), ErrorCode::ZoneMismatch);
        }
    }
    Ok(())
}

#[test]
fn bytes_are_the_same_by_whichever_name() -> Result<(), Error> {
    let first = recorded(in_zone("Asia/Kolkata")?.build())?.snapshot();
    let host = recorded(Store::builder().zone(Host("asia/calcutta")).build())?;
    assert_eq!(host.snapshot(), first);
    assert_eq!(
        Store::builder().restore(&host.snapshot())?.zone().name(),
        "Asia/Kolkata"
    );
    Ok(())
}

#[test]
fn what_is_stored_says_the_zone_where_nobody_names_one() -> Result<(), Error> {
    let berlin = recorded(in_zone("Europe/Berlin")?.build())?.snapshot();
    let restored = Store::builder().restore(&berlin)?;
    assert_eq!(restored.zone().name(), "Europe/Berlin");
    let traveller = Store::builder().new_zone(NamedZone::new("Asia/Tokyo")?);
    assert_eq!(traveller.restore(&berlin)?.zone().name(), "Europe/Berlin");
    let backend = MemoryBackend::new();
    let traveller = || Ok::<_, Error>(Store::builder().new_zone(NamedZone::new("Asia/Tokyo")?));
    traveller()?.open_with(backend.clone())?.close()?;
    assert_eq!(
        Store::builder().open_with(backend)?.zone().name(),
        "Asia/Tokyo"
    );
    assert_eq!(Store::builder().build().zone().name(), "UTC");
    let both = traveller()?.zone(Utc).build();
    assert_eq!(both.zone().name(), "UTC");
    let unknown = recorded(Store::builder().zone(Host("Ship")).build())?.snapshot();
    let error = Store::builder().restore(&unknown).unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownZone);
    assert_eq!(
        Store::builder()
            .new_zone(Host("Ship"))
            .restore(&unknown)?
            .len(),
        1
    );
    Ok(())
}

#[test]
fn a_store_is_moved_to_another_zone_with_its_dates() -> Result<(), Error> {
    let backend = MemoryBackend::new();
    let mut store = recorded(in_zone("Europe/Berlin")?.open_with(backend.clone())?)?;
    let before = store.statistics(&Filter::new())?;
    let refused = store.batch(|store| store.move_to_zone(Utc)).unwrap_err();
    assert!(refused.to_string().contains("batch"), "{refused}");
    store.move_to_zone(FixedOffset::hours(9)?)?;
    assert_eq!(store.statistics(&Filter::new())?, before);
    store.increment(shop::ORDERS, "2026-11-23", 1)?;
    store.close()?;
    let error = in_zone("Europe/Berlin")?
        .open_with(backend.clone())
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::ZoneMismatch);
    assert!(error.to_string().contains("'+09:00'"), "{error}");
    let store = Store::builder().open_with(backend)?;
    assert_eq!(store.zone().name(), "+09:00");
    assert_eq!(
        store.value(shop::ORDERS, Period::Day, "2026-11-23")?,
        Some(Some(4))
    );
    Ok(())
}

#[test]
fn an_offset_of_any_number_is_a_zone_or_refused() {
    use trackstats::FixedOffset;

    for seconds in [i32::MIN, i32::MIN + 1, -86_400, 86_400, i32::MAX] {
        let error = FixedOffset::seconds(seconds).unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnknownZone, "{seconds}");
        let error = FixedOffset::hours(seconds).unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnknownZone, "{seconds} hours");
    }
    assert!(FixedOffset::seconds(-86_399).is_ok());
}
