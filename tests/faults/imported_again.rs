//! What comes in again, in another order, or under another declaration.

use trackstats::{Import, ImportReport, MetricRef, NewMetric, Period, Store, Value};

type Read = fn(&mut Store, &[u8]) -> Result<ImportReport, trackstats::Error>;

const FORMATS: [(&str, Read); 2] = [
    ("json_lines", |store, bytes| {
        Import::json_lines().read(store, bytes)
    }),
    ("csv", |store, bytes| Import::csv().read(store, bytes)),
];

const SALES: &str = r#"{"trackstats":1,"time_zone":"UTC"}
{"metric":"shop.sales","kind":"integer","dimensions":["country","region"]}
"#;

#[test]
fn dimensions_may_come_in_any_order() {
    let lines = format!(
        "{SALES}{}\n",
        r#"{"metric":"shop.sales","period":"day","date":"2026-11-20","dimensions":{"region":"north","country":"NL"},"value":7}"#
    );
    let table = "metric,period,date,region,country,value\nshop.sales,day,2026-11-20,north,NL,7\n";
    let place = MetricRef::new("shop.sales")
        .at("country", "NL")
        .at("region", "north");
    for ((name, read), file) in FORMATS.into_iter().zip([lines.as_str(), table]) {
        let mut store = Store::in_memory();
        let metric = NewMetric::new("shop.sales").by(["country", "region"]);
        store.register_metric(&metric).unwrap();
        read(&mut store, file.as_bytes()).unwrap();
        let value = store.value(&place, Period::Day, "2026-11-20").unwrap();
        assert_eq!(value, Some(Some(Value::Integer(7))), "{name}");
    }
}

#[test]
fn what_a_line_between_does_not_declare_any_more_is_told() {
    let statistic = |date: u8| {
        format!(
            r#"{{"metric":"shop.sales","period":"day","date":"2026-11-{date}","dimensions":{{"country":"NL"}},"value":1}}"#
        )
    };
    let metric = r#"{"metric":"shop.sales","dimensions":["region"]}"#;
    let file = format!("{SALES}{}\n{metric}\n{}\n", statistic(20), statistic(21));
    let mut store = Store::in_memory();
    let report = Import::json_lines()
        .read(&mut store, file.as_bytes())
        .unwrap();
    let told: Vec<_> = report
        .undeclared
        .iter()
        .map(|told| (told.metric.as_str(), told.dimension.as_str()))
        .collect();
    assert_eq!(told, [("shop.sales", "country")]);
}

#[test]
fn a_null_that_is_there_already_is_unchanged() {
    let file = format!(
        "{SALES}{}\n",
        r#"{"metric":"shop.sales","period":"day","date":"2026-11-20","value":null}"#
    );
    let mut store = Store::in_memory();
    for (created, unchanged) in [(1, 0), (0, 1)] {
        let report = Import::json_lines()
            .read(&mut store, file.as_bytes())
            .unwrap();
        assert_eq!((report.created, report.unchanged), (created, unchanged));
        assert_eq!(report.changed, 0);
    }
}
