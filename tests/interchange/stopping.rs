//! Progress, stopping, and writers that fail.

use std::error::Error as _;
use std::io::{self, Write};
use std::ops::ControlFlow;

use trackstats::{Date, ErrorCode, Export, Filter, Import, Period, Progress, Store};

use crate::sample;

fn large() -> Store {
    let mut store = sample();
    let first: Date = "2000-01-01".parse().unwrap();
    for day in 0..5_000 {
        let date = first.plus_days(day).unwrap();
        store
            .record("shopping.order_count", Period::Day, date, day)
            .unwrap();
    }
    store
}

struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.0.min(bytes.len());
        self.0 -= room;
        if room == 0 {
            Err(io::Error::other("no room"))
        } else {
            Ok(room)
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn progress_is_told_now_and_then_and_at_the_end() {
    let store = large();
    let mut file = Vec::new();
    let mut told: Vec<Progress> = Vec::new();
    let export = Export::json_lines().on_progress(|progress| {
        told.push(progress);
        ControlFlow::Continue(())
    });
    export.write(&store, &mut file).unwrap();
    assert!(told.len() > 3, "{told:?}");
    let last = *told.last().unwrap();
    let lines = String::from_utf8_lossy(&file).lines().count();
    assert_eq!((last.bytes, last.lines), (file.len() as u64, lines as u64));

    told.clear();
    let import = Import::json_lines().on_progress(|progress| {
        told.push(progress);
        ControlFlow::Continue(())
    });
    import
        .read(&mut Store::in_memory(), file.as_slice())
        .unwrap();
    assert!(
        told.len() > 3 && told.is_sorted_by_key(|progress| progress.bytes),
        "{told:?}"
    );
    let last = *told.last().unwrap();
    assert_eq!((last.bytes, last.lines), (file.len() as u64, lines as u64));
}

#[test]
fn an_import_can_be_stopped_and_leaves_nothing() {
    let mut file = Vec::new();
    Export::csv().write(&large(), &mut file).unwrap();
    let mut store = Store::in_memory();
    for at_end in [false, true] {
        let length = file.len() as u64;
        let import = Import::csv().skip_bad_lines().on_progress(|progress| {
            let stop = !at_end || progress.bytes == length;
            if stop {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        let error = import.read(&mut store, file.as_slice()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::Aborted);
        assert!(store.is_empty() && store.metrics().next().is_none());
    }
}

#[test]
fn an_endless_line_can_be_stopped() {
    let import = Import::json_lines()
        .skip_bad_lines()
        .on_progress(|progress| {
            if progress.bytes > 5_000_000 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
    let endless = io::BufReader::new(io::repeat(b' '));
    let error = import.read(&mut Store::in_memory(), endless).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Aborted);
}

#[test]
fn an_export_can_be_stopped() {
    let export = Export::csv().on_progress(|_| ControlFlow::Break(()));
    let error = export.write(&large(), io::sink()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Aborted);
}

#[test]
fn a_writer_that_fails_is_an_error_with_its_cause() {
    for room in [0, 10, 100_000] {
        let error = Export::json_lines()
            .write(&large(), Full(room))
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::Io);
        assert_eq!(error.to_string(), "writing failed: no room");
        assert_eq!(error.source().unwrap().to_string(), "no room");
    }
}

#[test]
fn a_filter_with_a_date_that_is_none_is_refused() {
    let filter = Filter::new().on("tomorrow");
    let error = Export::csv()
        .filter(&filter)
        .write(&sample(), io::sink())
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidDate);
}
