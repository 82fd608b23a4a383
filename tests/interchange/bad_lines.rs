//! Skipping bad lines, and lines that are made to hurt.

use std::fmt::Write as _;
use std::io::{BufReader, Read};

use trackstats::{ErrorCode, Import, Store};

use crate::{sample, statistics};

const MEBIBYTE: usize = 1024 * 1024;

const GOOD: &str =
    r#"{"metric":"shopping.order_count","period":"day","date":"2026-12-01","value":1}"#;

#[test]
fn all_but_the_bad_lines_are_taken_and_the_bad_ones_named() {
    let bad = GOOD.replace("day", "year");
    let file = format!("{bad}\n{GOOD}\n\n{{\n{GOOD}\n{bad}");
    let mut store = sample();
    let report = Import::json_lines()
        .skip_bad_lines()
        .read(&mut store, file.as_bytes())
        .unwrap();
    assert_eq!(
        (
            report.read,
            report.created,
            report.unchanged,
            report.skipped
        ),
        (5, 1, 1, 3)
    );
    let lines: Vec<_> = report
        .bad_lines
        .iter()
        .map(|bad| (bad.line, bad.error.code()))
        .collect();
    let expected = [
        (1, ErrorCode::UnknownPeriod),
        (4, ErrorCode::InvalidValue),
        (6, ErrorCode::UnknownPeriod),
    ];
    assert_eq!(lines, expected);
    assert_eq!(
        report.bad_lines[1].error.to_string(),
        "the file ends in the middle of it"
    );
}

#[test]
fn without_the_request_a_bad_line_takes_everything_back() {
    let file = format!(
        "{{\"domain\":\"other\"}}\n{{\"metric\":\"other.metric\"}}\n{{\"domain\":\"shopping\",\"title\":\"X\"}}\n\
         {GOOD}\n{}\nbad",
        GOOD.replace("2026-12-01", "2026-11-22")
    );
    let mut store = sample();
    let error = Import::json_lines()
        .read(&mut store, file.as_bytes())
        .unwrap_err();
    assert!(error.to_string().starts_with("line 6: "), "{error}");
    assert_eq!(statistics(&store), statistics(&sample()));
    assert!(store.metrics().eq(sample().metrics()));
    assert!(store.domains().eq(sample().domains()));
}

#[test]
fn a_hundred_bad_lines_are_named_and_all_are_counted() {
    let file = "bad\n".repeat(1_000);
    let mut store = Store::in_memory();
    let report = Import::json_lines()
        .skip_bad_lines()
        .read(&mut store, file.as_bytes())
        .unwrap();
    assert_eq!(
        (report.read, report.skipped, report.bad_lines.len()),
        (1_000, 1_000, 100)
    );
}

#[test]
fn a_line_of_a_mebibyte_is_read_and_a_longer_one_is_bad() {
    let read = |length: usize| {
        let file = format!("{GOOD}{}\n{GOOD}", " ".repeat(length - GOOD.len() - 1));
        Import::json_lines().read(&mut sample(), file.as_bytes())
    };
    assert!(read(MEBIBYTE).is_ok());
    let error = read(MEBIBYTE + 1).unwrap_err();
    assert_eq!(error.to_string(), "line 1: longer than 1048576 bytes");
}

#[test]
fn long_lines_are_passed_over_without_being_kept() {
    let long = || std::io::repeat(b'x').take(64 * MEBIBYTE as u64);
    let mut store = sample();
    let end = format!("\n{GOOD}\n");
    let file = BufReader::new(long().chain(end.as_bytes()));
    let report = Import::json_lines()
        .skip_bad_lines()
        .read(&mut store, file)
        .unwrap();
    assert_eq!(
        (report.skipped, report.bad_lines[0].line, report.created),
        (1, 1, 1)
    );

    let start = "metric,period,date,value,user\nshopping.order_count,day,2026-12-02,1,\"";
    let end = "\"\nshopping.order_count,day,2026-12-02,1,";
    let file = BufReader::new(start.as_bytes().chain(long()).chain(end.as_bytes()));
    let report = Import::csv()
        .skip_bad_lines()
        .read(&mut store, file)
        .unwrap();
    assert_eq!(
        (report.skipped, report.bad_lines[0].line, report.created),
        (1, 2, 1)
    );

    let start = "[\n{\"model\":\"";
    let end = "\"},{\"model\":\"auth.user\"}]";
    let file = BufReader::new(start.as_bytes().chain(long()).chain(end.as_bytes()));
    let report = Import::django()
        .skip_bad_lines()
        .read(&mut store, file)
        .unwrap();
    assert_eq!(
        (report.skipped, report.bad_lines[0].line, report.ignored),
        (1, 2, 1)
    );
}

#[test]
fn deep_nesting_is_refused() {
    for open in ["[", "{\"a\":", "{\"metric\":["] {
        let deep = open.repeat(100_000);
        for file in [
            deep.clone(),
            format!("[{{\"model\":{deep}"),
            format!("{{\"fields\":{deep}"),
        ] {
            assert!(
                Import::json_lines()
                    .read(&mut Store::in_memory(), file.as_bytes())
                    .is_err()
            );
            assert!(
                Import::django()
                    .read(&mut Store::in_memory(), file.as_bytes())
                    .is_err()
            );
        }
    }
    let deep = format!(
        r#"[{{"model":"auth.user","fields":{}{}}}]"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    // Of a model that is not ours, so that nothing of it is kept.
    if let Ok(report) = Import::django().read(&mut Store::in_memory(), deep.as_bytes()) {
        assert_eq!(report.ignored, 1);
    }
}

#[test]
fn a_row_of_very_many_cells_is_bad() {
    let mut file = "metric,period,date,value\n".to_owned();
    file += &",".repeat(3 * MEBIBYTE);
    file += "\nshopping.order_count,day,2026-12-02,1\n";
    let mut store = sample();
    let report = Import::csv()
        .skip_bad_lines()
        .read(&mut store, file.as_bytes())
        .unwrap();
    assert_eq!((report.created, report.skipped), (1, 1));
}

#[test]
fn very_many_columns_are_read() {
    let mut file = "metric,period,date,value".to_owned();
    for column in 0..10_000 {
        write!(file, ",d{column}").unwrap();
    }
    file += "\nshopping.order_count,day,2026-12-02,1";
    file += &",".repeat(9_999);
    file += ",x\n";
    assert_eq!(
        Import::csv()
            .read(&mut sample(), file.as_bytes())
            .unwrap()
            .created,
        1
    );
}

#[test]
fn a_quotation_mark_that_is_not_closed_makes_one_row_of_the_rest() {
    let file = "metric,period,date,value,user\n\
        shopping.order_count,day,2026-12-02,1,\"open\n\
        shopping.order_count,day,2026-12-03,1,\n";
    let report = Import::csv().read(&mut sample(), file.as_bytes()).unwrap();
    assert_eq!(report.created, 1);
}
