//! Files that come in: encodings, fields, what waits, and forms that are none.

use std::fmt::Write as _;

use trackstats::{
    ErrorCode, Filter, Import, ImportReport, MetricRef, NewMetric, Period, Store, Value, ValueKind,
};

type Answer = Result<ImportReport, trackstats::Error>;
type Read = fn(&mut Store, &[u8]) -> Answer;

const FORMATS: [(&str, Read); 3] = [
    ("json_lines", |store, bytes| {
        Import::json_lines().read(store, bytes)
    }),
    ("csv", |store, bytes| Import::csv().read(store, bytes)),
    ("django", |store, bytes| Import::django().read(store, bytes)),
];

fn django(file: &str) -> Answer {
    Import::django().read(&mut Store::in_memory(), file.as_bytes())
}

fn json_lines(file: &str) -> Answer {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("shop.orders"))
        .unwrap();
    Import::json_lines().read(&mut store, file.as_bytes())
}

#[track_caller]
fn refused(answer: Answer, code: ErrorCode, texts: &[&str]) {
    let error = answer.unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    for text in texts {
        assert!(
            error.to_string().contains(text),
            "{error} does not say {text}"
        );
    }
}

const METRIC: &str = r#"{"model":"trackstats.domain","pk":1,"fields":{"ref":"shop"}}
{"model":"trackstats.metric","pk":1,"fields":{"domain":1,"ref":"orders"}}
"#;

#[test]
fn utf_16_is_named_with_its_mark_and_without() {
    let text = "{\"metric\":\"shop.orders\"}\n";
    let files = [
        "[{\"model\":\"auth.user\"}]",
        text,
        "metric,period,date,value\n",
    ];
    for (name, read) in FORMATS {
        for file in files {
            for mark in ["\u{feff}", ""] {
                let units: Vec<u16> = mark.encode_utf16().chain(file.encode_utf16()).collect();
                for bytes in [
                    units
                        .iter()
                        .flat_map(|unit| unit.to_le_bytes())
                        .collect::<Vec<u8>>(),
                    units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
                ] {
                    let error = read(&mut Store::in_memory(), &bytes).unwrap_err();
                    assert_eq!(error.code(), ErrorCode::InvalidValue, "{name}");
                    assert!(
                        error.to_string().contains("UTF-16"),
                        "{name} {bytes:?}: {error}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_byte_that_no_utf_8_has_is_named() {
    let csv = b"metric,period,date,value,city\nshop.orders,day,2026-11-23,3,K\xF6ln\n";
    let lines = b"{\"metric\":\"shop.K\xF6ln\"}\n";
    let dump = b"[{\"model\":\"trackstats.domain\",\"pk\":1,\"fields\":{\"ref\":\"K\xF6ln\"}}]";
    for (at, file) in [(1, &csv[..]), (0, &lines[..]), (2, &dump[..])] {
        let error = (FORMATS[at].1)(&mut Store::in_memory(), file).unwrap_err();
        assert!(error.to_string().contains("0xF6"), "{error}");
        assert!(error.to_string().starts_with("line "), "{error}");
    }
}

#[test]
fn a_wrong_field_of_a_dump_is_named_with_its_value_and_line() {
    let statistic = |fields: &str| {
        format!(
            "{METRIC}{{\"model\":\"trackstats.statisticbydateandobject\",\"pk\":1,\"fields\":{{{fields}}}}}\n"
        )
    };
    let good = [
        ("metric", "1"),
        ("value", "3"),
        ("period", "86400"),
        ("date", "\"2026-11-23\""),
        ("object_type", "[\"auth\",\"user\"]"),
        ("object_id", "42"),
    ];
    let with = |name: &str, value: &str| {
        let fields: Vec<_> = good
            .iter()
            .map(|&(other, good)| {
                format!("\"{other}\":{}", if other == name { value } else { good })
            })
            .collect();
        django(&statistic(&fields.join(",")))
    };
    assert!(with("", "").is_ok());
    for (name, value, code) in [
        ("metric", "null", ErrorCode::InvalidValue),
        ("metric", "{\"a\":1}", ErrorCode::InvalidValue),
        ("value", "\"many\"", ErrorCode::InvalidValue),
        ("value", "[1]", ErrorCode::InvalidValue),
        ("value", "18446744073709551615", ErrorCode::InvalidValue),
        ("period", "\"day\"", ErrorCode::InvalidValue),
        ("period", "5", ErrorCode::UnknownPeriod),
        ("date", "20261123", ErrorCode::InvalidValue),
        ("date", "\"2026-02-30\"", ErrorCode::InvalidDate),
        ("object_id", "1.5", ErrorCode::InvalidValue),
        ("object_type", "{}", ErrorCode::InvalidValue),
    ] {
        let shown = value.trim_matches('"');
        refused(
            with(name, value),
            code,
            &["line 3: ", &format!("'{name}'"), shown],
        );
    }
    for (file, field) in [
        (
            r#"{"model":"trackstats.domain","pk":1,"fields":{"ref":5}}"#,
            "'ref' is 5",
        ),
        (
            r#"{"model":"trackstats.domain","pk":{},"fields":{"ref":"a"}}"#,
            "'pk' is {}",
        ),
        (
            r#"{"model":"trackstats.domain","pk":1,"fields":[1]}"#,
            "'fields' is [1]",
        ),
        (r#"{"model":5}"#, "'model' is 5"),
    ] {
        refused(django(file), ErrorCode::InvalidValue, &["line 1: ", field]);
    }
}

#[test]
fn a_wrong_field_of_a_line_is_named_with_its_value() {
    for (line, code, texts) in [
        (
            r#"{"metric":"shop.orders","period":"day","date":5,"value":3}"#,
            ErrorCode::InvalidValue,
            ["'date' is 5", "a text"],
        ),
        (
            r#"{"metric":"shop.orders","period":"day","date":"2026-11-31","value":3}"#,
            ErrorCode::InvalidDate,
            ["'2026-11-31' is not a date", "2026"],
        ),
        (
            r#"{"metric":"shop.orders","period":"hour","date":"2026-11-23","value":3}"#,
            ErrorCode::UnknownPeriod,
            ["'hour' is not a period", "day"],
        ),
        (
            r#"{"metric":"shop.orders","period":"day","date":"2026-11-23","value":"3"}"#,
            ErrorCode::InvalidValue,
            ["'value' is \"3\"", "a number"],
        ),
        (
            r#"{"metric":["shop.orders"],"title":"x"}"#,
            ErrorCode::InvalidValue,
            ["'metric' is [\"shop.orders\"]", "a text"],
        ),
    ] {
        refused(json_lines(line), code, &["line 1: ", texts[0], texts[1]]);
    }
}

#[test]
fn a_list_is_no_line_and_no_object() {
    // In the order of the fields, which a reader by their places would take.
    let list = r#"[null,null,null,null,"shop.orders",null,null,null,null,"day","2026-11-23",3]"#;
    refused(
        json_lines(list),
        ErrorCode::InvalidValue,
        &["line 1: ", "is not an object"],
    );
    let dump = r#"["trackstats.domain",1,{"ref":"shop"}]"#;
    refused(
        django(&format!("[{dump}]")),
        ErrorCode::InvalidValue,
        &["line 1: ", "an object"],
    );
    refused(
        django(&format!("{METRIC}{dump}")),
        ErrorCode::InvalidValue,
        &["line 3: ", "is not an object"],
    );
    for line in ["5", "\"text\"", "null", "true"] {
        refused(
            json_lines(line),
            ErrorCode::InvalidValue,
            &["line 1: ", "is not an object"],
        );
    }
}

#[test]
fn what_is_blank_before_a_dump_is_passed_over_and_counted() {
    let bad = r#"{"model":"trackstats.domain","pk":1,"fields":{"ref":""}}"#;
    for blank in ["\n", "\r\n \n\t\n", "\u{feff}\n\n"] {
        assert_eq!(django(&format!("{blank}{METRIC}")).unwrap().read, 2);
        let list = METRIC.trim_end().replace('\n', ",");
        assert_eq!(django(&format!("{blank}[{list}]")).unwrap().read, 2);
        let line = blank.matches('\n').count() + 1;
        for file in [format!("{blank}{bad}"), format!("{blank}[{bad}]")] {
            let error = django(&file).unwrap_err();
            assert!(
                error.to_string().starts_with(&format!("line {line}: ")),
                "{error}"
            );
        }
    }
}

#[test]
fn what_waits_for_the_rest_of_a_file_is_bounded() {
    let nulls = |metrics: usize| {
        let mut file = "metric,period,date,value\n".to_owned();
        for at in 0..3_000 {
            writeln!(file, "shop.m{},day,2026-11-23,", at % metrics).unwrap();
        }
        file
    };
    let statistics = |pk: &str| {
        let mut file = String::new();
        for at in 0..3_000 {
            writeln!(
                file,
                "{{\"model\":\"trackstats.statisticbydate\",\"pk\":{at},\"fields\":{{\"metric\":{pk},\
                 \"value\":1,\"period\":86400,\"date\":\"2026-11-23\"}}}}"
            )
            .unwrap();
        }
        file + METRIC
    };
    let mut content_types = String::new();
    for at in 0..3_000 {
        writeln!(
            content_types,
            "{{\"model\":\"contenttypes.contenttype\",\"pk\":{at},\"fields\":{{\"app_label\":\"a\",\"model\":\"m{at}\"}}}}"
        )
        .unwrap();
    }
    let limit = 50_000;
    for (file, read) in [
        (
            nulls(1),
            (|store, bytes| Import::csv().memory_limit(50_000).read(store, bytes)) as Read,
        ),
        (nulls(3_000), |store, bytes| {
            Import::csv().memory_limit(50_000).read(store, bytes)
        }),
        (statistics("1"), |store, bytes| {
            Import::django().memory_limit(50_000).read(store, bytes)
        }),
        (content_types, |store, bytes| {
            // A file that is refused is refused whole, also where bad lines are skipped.
            Import::django()
                .memory_limit(50_000)
                .skip_bad_lines()
                .read(store, bytes)
        }),
    ] {
        let mut store = Store::in_memory();
        let error = read(&mut store, file.as_bytes()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidValue);
        let text = error.to_string();
        assert!(
            text.starts_with("line ") && text.contains(&format!("more than {limit} bytes")),
            "{text}"
        );
        assert!(store.is_empty() && store.metrics().next().is_none());
    }
    let mut store = Store::in_memory();
    Import::csv().read(&mut store, nulls(1).as_bytes()).unwrap();
    assert_eq!(store.len(), 1);
    let report = django(&statistics("1")).unwrap();
    assert_eq!((report.created, report.unchanged), (1, 2_999));
}

#[test]
fn what_has_come_out_of_waiting_is_held_no_longer() {
    let mut file = "metric,period,date,value\n".to_owned();
    for metric in 0..200 {
        for day in 1..=20 {
            writeln!(file, "shop.m{metric},day,2026-11-{day:02},").unwrap();
        }
        writeln!(file, "shop.m{metric},day,2026-11-21,1").unwrap();
    }
    let mut store = Store::in_memory();
    Import::csv()
        .memory_limit(5_000)
        .read(&mut store, file.as_bytes())
        .unwrap();
    assert_eq!(store.len(), 200 * 21);
}

#[test]
fn a_null_that_waited_goes_in_before_what_came_later() {
    let mut store = Store::in_memory();
    let file =
        "metric,period,date,value\nshop.orders,day,2026-11-23,\nshop.orders,day,2026-11-23,3\n";
    let report = Import::csv().read(&mut store, file.as_bytes()).unwrap();
    assert_eq!((report.created, report.changed), (1, 1));
    let value = store
        .value("shop.orders", Period::Day, "2026-11-23")
        .unwrap();
    assert_eq!(value, Some(Some(Value::Integer(3))));

    let mut store = Store::in_memory();
    let file = "metric,period,date,value\nshop.orders,day,2026-11-22,\nshop.orders,day,2026-11-23,\n\
                shop.orders,day,2026-11-24,0.5\nshop.orders,day,2026-11-24,\n";
    Import::csv().read(&mut store, file.as_bytes()).unwrap();
    assert_eq!(store.metrics().next().unwrap().kind, ValueKind::Float);
    let values: Vec<_> = store
        .statistics(&Filter::new())
        .unwrap()
        .iter()
        .map(|one| one.value)
        .collect();
    assert_eq!(values, [None, None, None]);
}

#[test]
fn a_metric_that_is_registered_again_in_a_file_changes_where_its_lines_go() {
    // Another registration may change what a metric is split by: the place of the line before is not used.
    let file = r#"{"metric":"shop.sales","dimensions":["country"]}
{"metric":"shop.sales","period":"day","date":"2026-11-23","dimensions":{"country":"NL"},"value":1}
{"metric":"shop.sales","dimensions":["region"]}
{"metric":"shop.sales","period":"day","date":"2026-11-24","dimensions":{"region":"north"},"value":2}
"#;
    let mut store = Store::in_memory();
    Import::json_lines()
        .read(&mut store, file.as_bytes())
        .unwrap();
    let sales = MetricRef::new("shop.sales");
    let north = store
        .value(&sales.at("region", "north"), Period::Day, "2026-11-24")
        .unwrap();
    assert_eq!(north, Some(Some(Value::Integer(2))));
}

#[test]
fn a_name_of_a_mebibyte_is_not_repeated_in_the_error() {
    let name = "x".repeat(500_000);
    for (file, read) in [
        (
            format!("metric,period,date,value\n{name},day,2026-11-23,1\n"),
            FORMATS[1].1,
        ),
        (format!("{{\"metric\":\"{name}\"}}\n"), FORMATS[0].1),
        (
            METRIC.replace("\"orders\"", &format!("\"{name}\"")),
            FORMATS[2].1,
        ),
    ] {
        let error = read(&mut Store::in_memory(), file.as_bytes()).unwrap_err();
        assert!(
            error.to_string().len() < 4_100,
            "{}",
            error.to_string().len()
        );
    }
    let file = format!(
        "metric,period,date,value\n{}",
        format!("{name},day,2026-11-23,1\n").repeat(3)
    );
    let import = Import::csv().skip_bad_lines();
    let report = import
        .read(&mut Store::in_memory(), file.as_bytes())
        .unwrap();
    assert_eq!(report.skipped, 3);
    assert!(
        report
            .bad_lines
            .iter()
            .all(|bad| bad.error.to_string().len() < 4_100)
    );
}
