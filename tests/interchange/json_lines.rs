use trackstats::{
    ErrorCode, Export, Filter, FixedOffset, Import, ImportReport, Period, Store, Value, ValueKind,
};

use crate::{fixture, sample, statistics};

fn read(file: &str) -> Result<(Store, ImportReport), trackstats::Error> {
    let mut store = sample();
    let report = Import::json_lines().read(&mut store, file.as_bytes())?;
    Ok((store, report))
}

#[track_caller]
fn refused(file: &str, code: ErrorCode, text: &str) {
    let error = read(file).unwrap_err();
    assert_eq!(error.to_string(), text);
    assert_eq!(error.code(), code);
}

#[test]
fn an_export_is_the_file_that_is_kept() {
    let mut file = Vec::new();
    Export::json_lines().write(&sample(), &mut file).unwrap();
    assert_eq!(
        String::from_utf8(file).unwrap(),
        fixture("interchange/version_1.jsonl")
    );
}

#[test]
fn a_filter_chooses_statistics_and_the_metrics_it_names() {
    let filter = Filter::new()
        .metric("shopping.sales")
        .period(Period::Week)
        .on("2026-11-23");
    let mut file = Vec::new();
    let written = Export::json_lines()
        .filter(&filter)
        .write(&sample(), &mut file)
        .unwrap();
    assert_eq!(written, 1);
    let file = String::from_utf8(file).unwrap();
    let lines: Vec<_> = file.lines().skip(1).map(|line| &line[..20]).collect();
    assert_eq!(
        lines,
        [
            "{\"domain\":\"shopping\"",
            "{\"metric\":\"shopping.",
            "{\"metric\":\"shopping."
        ]
    );
    assert!(
        file.ends_with(
            r#""period":"week","date":"2026-11-23","value":2.0}"#
                .to_owned()
                .as_str()
        ) || file.ends_with("\"date\":\"2026-11-23\",\"value\":2.0}\n")
    );
}

#[test]
fn a_line_is_what_a_statistic_is_with_serde() {
    let store = sample();
    let mut file = String::new();
    for statistic in statistics(&store) {
        file += &serde_json::to_string(&statistic).unwrap();
        file.push('\n');
    }
    let (_, report) = read(&file).unwrap();
    assert_eq!(report.unchanged, store.len() as u64);
}

#[test]
fn the_lines_that_this_program_did_not_write_are_read_too() {
    let file = r#"
        { "value": 7, "date": "2026-11-24", "period": 86400, "metric": "shopping.order_count", "dimensions": {} }

        { "metric": "shopping.order_count", "period": "86400", "date": "2026-11-25", "value": 8 }
        { "metric": "shopping.order_count", "period": 0, "date": "2026-11-25", "dimensions": { "user": 42 }, "value": 9 }
        { "metric": "shopping.sales", "period": "day", "date": "2026-11-25", "value": 3 }
        { "metric": "new.metric", "kind": "float" }
        { "metric": "new.metric", "period": "day", "date": "2026-11-25", "value": 0.5 }
    "#;
    let (store, report) = read(file).unwrap();
    assert_eq!((report.read, report.created), (6, 5));
    let orders = store
        .value("shopping.order_count", Period::Day, "2026-11-25")
        .unwrap();
    assert_eq!(orders, Some(Some(Value::Integer(8))));
    let sales = store
        .value("shopping.sales", Period::Day, "2026-11-25")
        .unwrap();
    assert_eq!(sales, Some(Some(Value::Float(3.0))));
    assert_eq!(store.metric("new.metric").unwrap().kind, ValueKind::Float);
    assert!(store.domain("new").is_some());
}

#[test]
fn texts_that_are_not_given_stay() {
    let file = r#"{"domain": "shopping"}
{"metric": "shopping.order_count", "description": "Paid ones"}"#;
    let (store, _) = read(file).unwrap();
    assert_eq!(store.domain("shopping").unwrap().title, "Shopping");
    let orders = store.metric("shopping.order_count").unwrap();
    assert_eq!(orders.title, "Number of orders sold");
    assert_eq!(orders.description, "Paid ones");
}

#[test]
fn a_newer_version_is_refused() {
    let text =
        "line 1: the file is of version 2 and this release reads version 1: use a newer release";
    refused(r#"{"trackstats": 2}"#, ErrorCode::NewerVersion, text);
    let mut store = sample();
    let import = Import::json_lines().skip_bad_lines();
    let error = import
        .read(&mut store, &br#"{"trackstats": 2}"#[..])
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::NewerVersion);
}

#[test]
fn another_time_zone_is_refused_unless_it_is_allowed() {
    let file = br#"{"trackstats": 1, "time_zone": "Asia/Tokyo"}
{"metric": "shopping.order_count", "period": "day", "date": "2026-11-23", "value": 1}"#;
    let mut store = Store::builder()
        .zone(FixedOffset::hours(9).unwrap())
        .build();
    let error = Import::json_lines()
        .read(&mut store, &file[..])
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::ZoneMismatch);
    assert!(error.to_string().contains("'Asia/Tokyo'") && error.to_string().contains("'+09:00'"));
    let mut store = sample();
    let report = Import::json_lines()
        .any_time_zone()
        .read(&mut store, &file[..])
        .unwrap();
    assert_eq!(report.changed, 1);
}

#[test]
fn a_file_that_lost_its_end_is_refused() {
    let whole = fixture("interchange/version_1.jsonl");
    let (lost, _) = whole.trim_end().rsplit_once('\n').unwrap();
    let error = read(lost).unwrap_err();
    assert!(
        error.to_string().ends_with("it may have been cut off"),
        "{error}"
    );
    for end in 1..whole.len() - 1 {
        if whole.is_char_boundary(end) {
            assert!(read(&whole[..end]).is_err(), "{end}");
        }
    }
}

#[test]
fn files_may_be_joined() {
    let orders = Filter::new().metric("shopping.order_count");
    let sales = Filter::new().metric("shopping.sales");
    let mut file = Vec::new();
    Export::json_lines()
        .filter(&orders)
        .write(&sample(), &mut file)
        .unwrap();
    Export::json_lines()
        .filter(&sales)
        .write(&sample(), &mut file)
        .unwrap();
    let mut store = Store::in_memory();
    Import::json_lines()
        .read(&mut store, file.as_slice())
        .unwrap();
    assert_eq!(statistics(&store), statistics(&sample()));
}

#[test]
fn the_first_bad_line_is_named() {
    use ErrorCode as E;

    let line = |rest: &str| format!("\n{{\"metric\":\"shopping.order_count\",{rest}}}\n");
    for (rest, code, text) in [
        (
            r#""period":"day","date":"2026-11-23""#,
            E::InvalidValue,
            "'value' is missing",
        ),
        (
            r#""period":"day","value":1"#,
            E::InvalidValue,
            "'date' is missing",
        ),
        (
            r#""date":"2026-11-23","value":1"#,
            E::InvalidValue,
            "'period' is missing",
        ),
        (
            r#""period":"year","date":"2026-11-23","value":1"#,
            E::UnknownPeriod,
            "'year' is not a period: use day, week, days_28, month or lifetime",
        ),
        (
            r#""period":1,"date":"2026-11-23","value":1"#,
            E::UnknownPeriod,
            "1 is the length of no period: use 86400, 604800, 2419200, 2592000 or 0",
        ),
        (
            r#""period":"day","date":"2026-02-30","value":1"#,
            E::InvalidDate,
            "'2026-02-30' is not a date: there is no such day from 0001-01-01 to 9999-12-31",
        ),
        (
            r#""period":"day","date":"2026-11-23","value":0.5"#,
            E::KindMismatch,
            "the metric 'shopping.order_count' holds integers and 0.5 is not one",
        ),
        (
            r#""period":"day","date":"2026-11-23","value":9223372036854775808"#,
            E::InvalidValue,
            "9223372036854775808 cannot be stored: an integer has to be from -9223372036854775808 to \
             9223372036854775807",
        ),
        (
            r#""period":"day","date":"2026-11-23","value":1,"title":"x""#,
            E::InvalidValue,
            "'title' does not belong on a line of a statistic",
        ),
        (
            r#""period":"day","date":"2026-11-23","value":1,"dimensions":["user"]"#,
            E::InvalidValue,
            "the dimensions of a statistic are names with values, such as {\"country\": \"NL\"}",
        ),
        (
            r#""period":"day","date":"2026-11-23","value":1,"dimensions":{"user":"1","user":"2"}"#,
            E::UnknownDimension,
            "the dimension 'user' is given twice",
        ),
        (
            r#""dimensions":{"user":"1"}"#,
            E::InvalidValue,
            "the dimensions of a metric are a list of names, such as [\"country\"]",
        ),
        (
            r#""kind":"float""#,
            E::KindMismatch,
            "the metric 'shopping.order_count' holds integers and cannot change its kind",
        ),
        (
            r#""kind":"text""#,
            E::InvalidValue,
            "'text' is not a kind: use integer or float",
        ),
    ] {
        refused(&line(rest), code, &format!("line 2: {text}"));
    }
    refused(
        r#"{"metric":"a.b","period":"day","date":"2026-11-23","value":1}"#,
        E::UnknownMetric,
        "line 1: the metric 'a.b' is not known to this store: register it first",
    );
    refused(
        r#"{"title":"x"}"#,
        E::InvalidValue,
        "line 1: nothing says what the line is: it needs a 'metric', a 'domain' or a 'trackstats'",
    );
}

#[test]
fn what_is_no_json_or_has_other_keys_is_named_with_its_column() {
    use ErrorCode::InvalidValue;

    refused(
        "{\"metric\" 1}",
        InvalidValue,
        "line 1: expected `:` at column 11",
    );
    refused(
        "{\"metric\":",
        InvalidValue,
        "line 1: the file ends in the middle of it",
    );
    refused(
        "{} {}",
        InvalidValue,
        "line 1: trailing characters at column 4",
    );
    let error = read("{\"metrics\":\"a.b\"}").unwrap_err().to_string();
    assert!(
        error.starts_with("line 1: unknown field `metrics`, expected one of"),
        "{error}"
    );
    let error = read("{\"metric\":\"a.b\",\"metric\":\"a.b\"}")
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("line 1: duplicate field `metric`"),
        "{error}"
    );
    for line in ["NaN", "[]", "1", "null", "\"a\"", "{\"metric\":\"\0\"}"] {
        assert_eq!(read(line).unwrap_err().code(), InvalidValue, "{line:?}");
    }
}
