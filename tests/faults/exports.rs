//! Files that go out: formulas, and files that come in and go out in pieces.

use proptest::prelude::*;
use trackstats::{Export, Filter, Import, MetricRef, NewMetric, Period, Statistic, Store};

const HARMFUL: [&str; 7] = ["=", "+", "-", "@", "\t", "\r", "\n"];

fn statistics(store: &Store) -> Vec<Statistic> {
    store.statistics(&Filter::new()).unwrap()
}

fn store_of(values: &[String]) -> Store {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("=shop.+views"))
        .unwrap();
    for (at, value) in values.iter().enumerate() {
        let place = MetricRef::new("=shop.+views")
            .at("@page", value)
            .at("by", "-1");
        store
            .record(
                &place,
                Period::Day,
                "2026-11-23",
                i64::try_from(at).unwrap(),
            )
            .unwrap();
    }
    store
}

fn written(store: &Store, for_spreadsheets: bool) -> String {
    let mut file = Vec::new();
    let export = if for_spreadsheets {
        Export::csv().for_spreadsheets()
    } else {
        Export::csv()
    };
    export.write(store, &mut file).unwrap();
    String::from_utf8(file).unwrap()
}

/// The cells of a file, as a spreadsheet sees them.
fn cells(file: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for sign in file.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' | '\n' if !quoted => cells.push(String::new()),
            sign => cells.last_mut().unwrap().push(sign),
        }
    }
    cells
}

#[test]
fn no_cell_of_a_file_for_spreadsheets_is_a_formula() {
    let values: Vec<String> = HARMFUL
        .iter()
        .flat_map(|sign| {
            [
                (*sign).to_owned(),
                format!("{sign}HYPERLINK(\"x\",\"y\")"),
                format!("'{sign}1"),
            ]
        })
        .chain(["a=b".to_owned(), "'".to_owned(), String::new()])
        .collect();
    let store = store_of(&values);
    let file = written(&store, true);
    for cell in cells(&file) {
        assert!(
            !HARMFUL.iter().any(|sign| cell.starts_with(sign)),
            "{cell:?} in {file}"
        );
    }
    assert!(written(&store, false).contains("\n=shop.+views,"));
}

#[test]
fn negative_numbers_stay_numbers() {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("shop.balance"))
        .unwrap();
    store
        .record("shop.balance", Period::Day, "2026-11-23", -5_i64)
        .unwrap();
    assert!(written(&store, true).contains("shop.balance,day,2026-11-23,-5\n"));
}

proptest! {
    #[test]
    fn texts_read_back_the_same_whether_guarded_or_not(
        values in prop::collection::vec("['=+@\\-\t\r\n\", a＝]{0,5}", 1..8)
    ) {
        let store = store_of(&values);
        for for_spreadsheets in [false, true] {
            let file = written(&store, for_spreadsheets);
            let mut copy = Store::in_memory();
            Import::csv().read(&mut copy, file.as_bytes()).unwrap();
            prop_assert_eq!(statistics(&copy), statistics(&store), "{}", file);
        }
    }

    /// Pieces may end anywhere.
    #[test]
    fn a_file_in_pieces_is_the_file(sizes in prop::collection::vec(0_usize..40, 1..60)) {
        let store = store_of(&["a\n\"b".to_owned(), "é".to_owned(), "=1".to_owned(), String::new()]);
        let mut lines = Vec::new();
        Export::json_lines().write(&store, &mut lines).unwrap();
        let csv = written(&store, true).into_bytes();
        let dump = "\n[{\"model\":\"trackstats.domain\",\"pk\":1,\"fields\":{\"ref\":\"é\"}},\n \
                    {\"model\":\"trackstats.metric\",\"pk\":1,\"fields\":{\"domain\":1,\"ref\":\"{\\\"\"}}, \
                    {\"model\":\"trackstats.statisticbydate\",\"pk\":1,\"fields\":{\"metric\":1,\"value\":1,\
                    \"period\":0,\"date\":\"2026-11-23\"}}]";
        let dump_lines = dump.trim().trim_matches(['[', ']']).replace("}},", "}}\n");
        let files = [lines, csv, dump.as_bytes().to_vec(), dump_lines.into_bytes()];
        for (at, file) in files.iter().enumerate() {
            let file = [b"\xEF\xBB\xBF", file.as_slice()].concat();
            let mut whole = Store::in_memory();
            let mut pieced = Store::in_memory();
            let mut pieces = match at {
                0 => Import::json_lines().in_pieces(),
                1 => Import::csv().in_pieces(),
                _ => Import::django().in_pieces(),
            };
            match at {
                0 => Import::json_lines().read(&mut whole, file.as_slice()).unwrap(),
                1 => Import::csv().read(&mut whole, file.as_slice()).unwrap(),
                _ => Import::django().read(&mut whole, file.as_slice()).unwrap(),
            };
            let mut rest = file.as_slice();
            for size in sizes.iter().cycle().take(2_000) {
                let (piece, behind) = rest.split_at((*size).min(rest.len()));
                pieces.read(&mut pieced, piece, false).unwrap();
                rest = behind;
            }
            pieces.read(&mut pieced, rest, true).unwrap();
            prop_assert_eq!(pieced.snapshot(), whole.snapshot());
        }
    }
}

#[test]
fn an_export_in_pieces_is_the_export() {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("shop.views"))
        .unwrap();
    for at in 0..9_000 {
        let place = MetricRef::new("shop.views").at("page", format!("/{at}"));
        store.record(&place, Period::Day, "2026-11-23", at).unwrap();
    }
    let first: trackstats::Date = "1990-01-01".parse().unwrap();
    for at in 0..9_000 {
        store
            .record("shop.views", Period::Week, first.plus_days(at).unwrap(), at)
            .unwrap();
    }
    for is_csv in [false, true] {
        let mut whole = Vec::new();
        let (count, mut pieces) = if is_csv {
            (
                Export::csv().write(&store, &mut whole),
                Export::csv().in_pieces().unwrap(),
            )
        } else {
            (
                Export::json_lines().write(&store, &mut whole),
                Export::json_lines().in_pieces().unwrap(),
            )
        };
        assert_eq!(count.unwrap(), 18_000);
        let (mut joined, mut longest) = (Vec::new(), 0);
        while let Some(piece) = pieces.next(&store).unwrap() {
            joined.extend_from_slice(piece);
            longest = longest.max(piece.len());
        }
        assert!(joined == whole && longest < 80_000, "{longest}");
        assert_eq!(pieces.statistics(), 18_000);
    }
}
