//! An answer is of the kind of its metric.

use trackstats::{
    AnyAggregate, Error, Fill, MetricRef, NewMetric, Period, SliceValues, Store, Value, ValueKind,
};

fn store() -> Result<Store, Error> {
    let mut store = Store::in_memory();
    store.register_metric(&NewMetric::new("shop.sales").by(["country"]))?;
    store.register_metric(&NewMetric::new("shop.revenue").kind(ValueKind::Float))?;
    let dutch = MetricRef::new("shop.sales").at("country", "NL");
    store.record(&dutch, Period::Day, "2026-11-22", 458)?;
    Ok(store)
}

#[test]
fn the_mean_of_an_integer_on_a_date_is_that_integer_as_a_float() -> Result<(), Error> {
    let mut store = store()?;
    let mean = |store: &Store, last: &str| {
        store
            .breakdown("shop.sales", Period::Day)
            .range("2026-11-22"..=last)
            .aggregate(AnyAggregate::Mean)
            .read()
    };
    assert_eq!(
        mean(&store, "2026-11-22")?.parts[0].value,
        Value::Float(458.0)
    );
    let on = store
        .breakdown("shop.sales", Period::Day)
        .on("2026-11-22")
        .aggregate(AnyAggregate::Mean)
        .read()?;
    assert_eq!(on.parts[0].value, Value::Float(458.0));
    let dutch = MetricRef::new("shop.sales").at("country", "NL");
    store.record(&dutch, Period::Day, "2026-11-23", 459)?;
    assert_eq!(
        mean(&store, "2026-11-23")?.parts[0].value,
        Value::Float(458.5)
    );
    Ok(())
}

#[test]
fn every_aggregate_of_one_date_is_of_its_kind() -> Result<(), Error> {
    let store = store()?;
    for aggregate in [
        AnyAggregate::Sum,
        AnyAggregate::Minimum,
        AnyAggregate::Maximum,
        AnyAggregate::Last,
    ] {
        let read = store
            .breakdown("shop.sales", Period::Day)
            .on("2026-11-22")
            .aggregate(aggregate)
            .read()?;
        assert_eq!(read.parts[0].value, Value::Integer(458), "{aggregate:?}");
    }
    Ok(())
}

#[test]
fn nothing_of_a_float_metric_is_a_float() -> Result<(), Error> {
    let store = store()?;
    let zero = Value::Float(0.0);
    let by_dimension = MetricRef::new("shop.revenue").at("country", "NL");
    for revenue in [MetricRef::new("shop.revenue"), by_dimension] {
        assert_eq!(store.total(&revenue, Period::Day).read()?.sum, zero);
        let compared = store
            .compare(&revenue, Period::Day)
            .range("2026-11")
            .read()?;
        assert_eq!((compared.current.sum, compared.before.sum), (zero, zero));
        let filled = || {
            let series = store
                .series(&revenue, Period::Day)
                .range("2026-11-22".."2026-11-24");
            series.fill(Fill::Zero)
        };
        assert_eq!(
            filled().read()?.values().collect::<Vec<_>>(),
            [Some(zero); 2]
        );
        let rolled = filled().rolling(2, AnyAggregate::Sum).read()?;
        assert_eq!(rolled.values().collect::<Vec<_>>(), [Some(zero); 2]);
        let summed = filled().cumulative().read()?;
        assert_eq!(summed.values().collect::<Vec<_>>(), [Some(zero); 2]);
        let several = store
            .series_of([&revenue], Period::Day)
            .range("2026-11-22")
            .fill(Fill::Zero)
            .read()?;
        assert_eq!(several[0].last().and_then(|point| point.value), Some(zero));
        let slice = store.slice(&revenue, Period::Day, ..)?;
        assert_eq!(slice.values(), SliceValues::Floats(&[]));
    }
    assert_eq!(
        store.total("shop.sales", Period::Week).read()?.sum,
        Value::Integer(0)
    );
    Ok(())
}
