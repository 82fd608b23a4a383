//! What the page shows as the Rust for a view: a test of the page compares the two.

use trackstats::{AnyAggregate, Bucket, Fill, MetricRef, NamedZone, Period, Store};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut store = Store::builder()
        .zone(NamedZone::new("Europe/Amsterdam")?)
        .restore(&std::fs::read("trackstats.snapshot")?)?;

    let metric = MetricRef::new("shop.orders").at("country", "N\"L\n\u{202e}\\");
    let series = store
        .series(&metric, Period::Day)
        .range("2026-01-01"..="2026-02-28")
        .fill(Fill::Zero)
        .rolling(7, AnyAggregate::Mean)
        .bucket(Bucket::Month, AnyAggregate::Last)
        .read()?;
    for point in series {
        println!("{}  {:?}", point.date, point.value);
    }

    let top = store
        .breakdown("shop.orders", Period::Days28)
        .by("country")
        .range("2026-01-01"..="2026-02-28")
        .aggregate(AnyAggregate::Last)
        .limit(5)
        .read()?;
    for part in top.parts {
        println!("{}  {}", part.at[0], part.value);
    }

    let today = store.today();
    store.increment_in(MetricRef::new("shop.orders"), Period::Lifetime, today, 1)?;
    store.increment_in(
        MetricRef::new("shop.orders").at("country", "NL"),
        Period::Lifetime,
        today,
        1,
    )?;
    Ok(())
}
