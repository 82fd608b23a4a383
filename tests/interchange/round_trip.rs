use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use trackstats::{
    Date, Export, Filter, Import, MetricRef, NewDomain, NewMetric, Period, Store, Value, ValueKind,
};

use crate::{sample, statistics};

/// One value to record: metric, period, day, dimensions, number.
type Recorded = (
    usize,
    Period,
    Date,
    Vec<(String, String)>,
    Option<(i64, f64)>,
);

const METRICS: [(&str, ValueKind); 4] = [
    ("shopping.order_count", ValueKind::Integer),
    ("shopping.revenue", ValueKind::Float),
    ("été.\"q\",", ValueKind::Integer),
    ("été.=1+1", ValueKind::Float),
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "\"{1,4}",
        "[a-c]{1,2}",
        "[,;\"'\r\n\t\\\\ =\u{feff}é\u{0}-\u{1f}]{1,6}",
        any::<String>().prop_map(|text| text.chars().take(100).collect()),
    ]
}

fn date() -> impl Strategy<Value = Date> {
    let days = prop_oneof![
        20_000..20_040_i32,
        Date::MIN.days_since_epoch()..=Date::MAX.days_since_epoch(),
    ];
    days.prop_map(|days| Date::from_days_since_epoch(days).unwrap())
}

fn number() -> impl Strategy<Value = Option<(i64, f64)>> {
    let integer = prop_oneof![-3..3_i64, any::<i64>()];
    let float = prop_oneof![
        any::<f64>().prop_filter("finite", |float| float.is_finite()),
        (-5..5_i32).prop_map(f64::from),
        Just(-0.0),
    ];
    prop::option::weighted(0.8, (integer, float))
}

fn recorded() -> impl Strategy<Value = Recorded> {
    let dimensions = btree_map("[a-cé\"',]{1,2}", text(), 0..3);
    let period = prop::sample::select(Period::ALL.to_vec());
    (0..METRICS.len(), period, date(), dimensions, number()).prop_map(
        |(metric, period, date, dimensions, number)| {
            (
                metric,
                period,
                date,
                dimensions.into_iter().collect(),
                number,
            )
        },
    )
}

fn store(all: &[Recorded]) -> Store {
    let mut store = Store::in_memory();
    let domain = NewDomain::new("été")
        .title("L’été")
        .description("\u{0}\"\\");
    store.register_domain(&domain).unwrap();
    for (name, kind) in METRICS {
        store
            .register_metric(&NewMetric::new(name).kind(kind).title(name))
            .unwrap();
    }
    for (metric, period, date, dimensions, number) in all {
        let (name, kind) = METRICS[*metric];
        let target = dimensions
            .iter()
            .fold(MetricRef::new(name), |target, (name, value)| {
                target.at(name, value)
            });
        let value = number.map(|(integer, float)| match kind {
            ValueKind::Integer => Value::Integer(integer),
            ValueKind::Float => Value::Float(float),
        });
        store.record(&target, *period, *date, value).unwrap();
    }
    store
}

/// The statistics with floats as bits, because 0 and -0 are equal.
fn exact(store: &Store) -> Vec<String> {
    let bits = |value| match value {
        Some(Value::Float(float)) => format!("float {:x}", float.to_bits()),
        value => format!("{value:?}"),
    };
    let statistics = statistics(store).into_iter();
    statistics
        .map(|one| {
            let value = bits(one.value);
            format!(
                "{} {} {} {:?} {value}",
                one.metric, one.period, one.date, one.dimensions
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_lines_bring_everything_back(all in vec(recorded(), 0..40)) {
        let store = store(&all);
        let mut file = Vec::new();
        let written = Export::json_lines().write(&store, &mut file).unwrap();
        prop_assert_eq!(written, store.len());
        let mut back = Store::in_memory();
        let report = Import::json_lines().read(&mut back, file.as_slice()).unwrap();
        prop_assert_eq!(report.created, store.len() as u64);
        prop_assert_eq!(exact(&back), exact(&store));
        prop_assert!(back.metrics().eq(store.metrics()));
        prop_assert!(back.domains().eq(store.domains()));
        let mut again = Vec::new();
        Export::json_lines().write(&back, &mut again).unwrap();
        prop_assert_eq!(again, file);
    }

    #[test]
    fn csv_brings_the_statistics_back(all in vec(recorded(), 0..40)) {
        let store = store(&all);
        let mut file = Vec::new();
        let written = Export::csv().write(&store, &mut file).unwrap();
        prop_assert_eq!(written, store.len());
        let mut back = Store::in_memory();
        let report = Import::csv().read(&mut back, file.as_slice()).unwrap();
        prop_assert_eq!(report.created, store.len() as u64);
        prop_assert_eq!(exact(&back), exact(&store));
        for metric in back.metrics() {
            let name = metric.name();
            let filter = Filter::new().metric(name.as_str());
            let numbers = back.statistics(&filter).unwrap().iter().any(|one| one.value.is_some());
            if numbers {
                prop_assert_eq!(metric.kind, store.metric(&name).unwrap().kind);
            }
        }
    }

    #[test]
    fn any_bytes_are_answered_and_an_error_changes_nothing(
        bytes in prop_oneof![
            vec(any::<u8>(), 0..200),
            "(\\{|\\}|\\[|\\]|\"(metric|domain|model|fields|pk|value|date)\"|:|,|1|null| |\n|\\\\){0,60}"
                .prop_map(String::into_bytes),
            "(metric|period|date|value|,|\"|\r|\n|day|2026-01-01|a.b|1|x){0,60}"
                .prop_map(String::into_bytes),
        ],
        skip: bool,
    ) {
        let mut store = sample();
        let before = exact(&store);
        let (mut json, mut csv, mut django) = (Import::json_lines(), Import::csv(), Import::django());
        if skip {
            (json, csv, django) = (json.skip_bad_lines(), csv.skip_bad_lines(), django.skip_bad_lines());
        }
        if json.read(&mut store, bytes.as_slice()).is_err() {
            prop_assert_eq!(exact(&store), &before[..]);
        }
        let before = exact(&store);
        if csv.read(&mut store, bytes.as_slice()).is_err() {
            prop_assert_eq!(exact(&store), &before[..]);
        }
        let before = exact(&store);
        if django.read(&mut store, bytes.as_slice()).is_err() {
            prop_assert_eq!(exact(&store), before);
        }
    }
}

#[test]
fn a_store_with_a_little_of_everything_comes_back() {
    let store = sample();
    let mut file = Vec::new();
    Export::json_lines().write(&store, &mut file).unwrap();
    let mut back = Store::in_memory();
    Import::json_lines()
        .read(&mut back, file.as_slice())
        .unwrap();
    assert_eq!(exact(&back), exact(&store));
    assert!(back.metrics().eq(store.metrics()));
    assert!(back.domains().eq(store.domains()));
}

#[test]
fn reading_a_file_again_changes_nothing() {
    let store = sample();
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    Export::json_lines().write(&store, &mut lines).unwrap();
    Export::csv().write(&store, &mut rows).unwrap();
    let mut back = sample();
    let report = Import::json_lines()
        .read(&mut back, lines.as_slice())
        .unwrap();
    assert_eq!(
        (report.unchanged, report.statistics()),
        (store.len() as u64, store.len() as u64)
    );
    let report = Import::csv().read(&mut back, rows.as_slice()).unwrap();
    assert_eq!(
        (report.unchanged, report.statistics()),
        (store.len() as u64, store.len() as u64)
    );
    assert_eq!(exact(&back), exact(&store));
}
