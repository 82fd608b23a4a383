use trackstats::{
    ErrorCode, Export, Filter, Import, ImportReport, MetricRef, Period, Store, Value, ValueKind,
};

use crate::{fixture, sample};

fn read(file: &str) -> Result<(Store, ImportReport), trackstats::Error> {
    let mut store = sample();
    let report = Import::csv().read(&mut store, file.as_bytes())?;
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
    Export::csv().write(&sample(), &mut file).unwrap();
    assert_eq!(
        String::from_utf8(file).unwrap(),
        fixture("interchange/sample.csv")
    );
}

#[test]
fn only_the_dimensions_that_are_written_have_columns() {
    let header = |filter: &Filter| {
        let mut file = Vec::new();
        Export::csv()
            .filter(filter)
            .write(&sample(), &mut file)
            .unwrap();
        String::from_utf8(file)
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        header(&Filter::new()),
        "metric,period,date,value,country,province,user"
    );
    assert_eq!(header(&Filter::new().totals()), "metric,period,date,value");
    assert_eq!(
        header(&Filter::new().object_type("user")),
        "metric,period,date,value,user"
    );
    assert_eq!(
        header(&Filter::new().on("2020-01-01")),
        "metric,period,date,value"
    );
}

#[test]
fn columns_come_in_any_order() {
    let file = "value,user,date,metric,period\n5,7,2026-11-23,shopping.order_count,86400\n";
    let (store, report) = read(file).unwrap();
    assert_eq!(report.created, 1);
    let by_user = MetricRef::new("shopping.order_count").at("user", 7);
    let value = store.value(&by_user, Period::Day, "2026-11-23").unwrap();
    assert_eq!(value, Some(Some(Value::Integer(5))));
}

#[test]
fn an_empty_value_is_null_and_an_empty_dimension_is_none() {
    let file = "metric,period,date,value,user\n\
        shopping.order_count,day,2026-12-01,,\n\
        shopping.order_count,day,2026-12-02,1,\"\"\"\"\"\"\n";
    let (store, _) = read(file).unwrap();
    let orders = MetricRef::new("shopping.order_count");
    assert_eq!(
        store.value(&orders, Period::Day, "2026-12-01").unwrap(),
        Some(None)
    );
    let nobody = orders.at("user", "");
    let value = store.value(&nobody, Period::Day, "2026-12-02").unwrap();
    assert_eq!(value, Some(Some(Value::Integer(1))));
}

#[test]
fn blank_rows_and_rows_of_empty_cells_are_passed_over() {
    let file =
        "metric,period,date,value\r\n\r\n,,,\r\nshopping.order_count,day,2026-12-01,1\r\n\r\n,,,";
    assert_eq!(read(file).unwrap().1.read, 1);
}

#[test]
fn a_metric_that_is_not_known_is_registered_by_its_first_number() {
    let file = "metric,period,date,value,x\n\
        new.floats,day,2026-12-01,,\n\
        new.floats,day,2026-12-02,,a\n\
        new.floats,day,2026-12-02,1.0,\n\
        new.floats,day,2026-12-01,2,\n\
        new.integers,day,2026-12-01,2,\n\
        new.nulls,day,2026-12-01,,\n";
    let (store, report) = read(file).unwrap();
    assert_eq!((report.created, report.changed), (5, 1));
    let kind = |name: &str| store.metric(name).unwrap().kind;
    assert_eq!(kind("new.floats"), ValueKind::Float);
    assert_eq!(kind("new.integers"), ValueKind::Integer);
    assert_eq!(kind("new.nulls"), ValueKind::Integer);
    let value = store
        .value("new.floats", Period::Day, "2026-12-01")
        .unwrap();
    assert_eq!(value, Some(Some(Value::Float(2.0))));
}

#[test]
fn a_metric_is_not_registered_by_a_bad_row() {
    let file = "metric,period,date,value\nnew.metric,day,2026-12-01,abc\n";
    let mut store = sample();
    let report = Import::csv()
        .skip_bad_lines()
        .read(&mut store, file.as_bytes())
        .unwrap();
    assert_eq!(report.skipped, 1);
    assert!(store.metric("new.metric").is_none());
}

#[test]
fn integers_may_have_a_fraction_of_zeros() {
    let file = "metric,period,date,value\nshopping.order_count,day,2026-12-01,3.0\n";
    let (store, _) = read(file).unwrap();
    let value = store
        .value("shopping.order_count", Period::Day, "2026-12-01")
        .unwrap();
    assert_eq!(value, Some(Some(Value::Integer(3))));
}

#[test]
fn the_first_row_is_checked() {
    use ErrorCode::{InvalidReference, InvalidValue};

    refused(
        "",
        InvalidValue,
        "the file is empty: its first row has to name the columns",
    );
    for (row, code, text) in [
        (
            "metric;period;date;value",
            InvalidValue,
            "there is no column 'metric' among metric;period;date;value: metric, period, date and value \
             are needed, with commas between them",
        ),
        (
            "metric,period,date,value,date",
            InvalidValue,
            "the column 'date' is there twice",
        ),
        (
            "metric,period,date,value,user,user",
            InvalidValue,
            "the column 'user' is there twice",
        ),
        (
            ",metric,period,date,value",
            InvalidReference,
            "column 1 is not a dimension: the reference '' is empty: it needs 1 to 100 characters",
        ),
        (
            "metric,period,date,value, user",
            InvalidReference,
            "column 5 is not a dimension: the reference ' user' has white space in it",
        ),
        (
            "metric,period,date,value,domain",
            InvalidReference,
            "column 5 is not a dimension: the reference 'domain' is reserved: a dimension may not be called \
             domain, metric, period, date or value",
        ),
    ] {
        refused(row, code, &format!("line 1: {text}"));
        let mut store = sample();
        assert!(
            Import::csv()
                .skip_bad_lines()
                .read(&mut store, row.as_bytes())
                .is_err()
        );
    }
}

#[test]
fn the_first_bad_row_is_named() {
    use ErrorCode as E;

    let header = "metric,period,date,value,country,user\n";
    for (row, code, text) in [
        (
            "shopping.order_count,day,2026-12-01,1,",
            E::InvalidValue,
            "5 fields where the first row has 6",
        ),
        (
            "shopping.order_count,day,1/12/2026,1,,",
            E::InvalidDate,
            "'1/12/2026' is not a date: write it as YYYY-MM-DD",
        ),
        (
            "shopping.order_count,day,2026-12-01,\"1,5\",,",
            E::InvalidValue,
            "'1,5' is not a number: write digits, with a point before the fraction, or nothing for null",
        ),
        (
            "shopping.order_count,day,2026-12-01,1.5,,",
            E::KindMismatch,
            "the metric 'shopping.order_count' holds integers and 1.5 is not one",
        ),
        (
            "shopping.sales,day,2026-12-01,9007199254740993,,",
            E::InvalidValue,
            "9007199254740993 has no exact float, and nothing is rounded",
        ),
        (
            "orders,day,2026-12-01,1,,",
            E::InvalidReference,
            "'orders' names no metric: write the references of its domain and of the metric with a dot \
             between them, such as 'shopping.order_count'",
        ),
    ] {
        refused(
            &format!("{header}\n{row}\n"),
            code,
            &format!("line 3: {text}"),
        );
    }
}

#[test]
fn a_dimension_that_is_not_declared_is_taken_and_told() {
    let file = "metric,period,date,value,country,usr\n\
        shopping.sales,day,2026-12-01,1,NL,7\n\
        shopping.sales,day,2026-12-02,2,NL,8\n\
        shopping.sales,day,2026-12-02,3,NL,\n";
    let (_, report) = read(file).unwrap();
    assert_eq!(report.created, 3);
    let told: Vec<_> = report
        .undeclared
        .iter()
        .map(|told| (told.metric.as_str(), told.dimension.as_str()))
        .collect();
    assert_eq!(told, [("shopping.sales", "usr")]);
}

#[test]
fn a_row_of_several_lines_is_named_by_its_first() {
    let file = "metric,period,date,value,user\r\n\
        shopping.order_count,day,2026-12-01,1,\"a\r\nb\"\r\n\
        \r\n\
        shopping.order_count,day,2026-12-32,1,\"a\r\n\r\nb\"\r\n";
    let error = read(file).unwrap_err().to_string();
    assert!(error.starts_with("line 5: '2026-12-32'"), "{error}");
}
