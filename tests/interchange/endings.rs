//! Line endings, byte order marks, and files that come in pieces.

use std::io::{self, BufRead, BufReader, Read};

use trackstats::{ErrorCode, Import, Store};

use crate::fixture;

type Read2 = fn(&mut Store, &mut dyn BufRead) -> Result<u64, trackstats::Error>;

const FORMATS: [(&str, Read2); 4] = [
    ("interchange/version_1.jsonl", |store, reader| {
        Import::json_lines()
            .read(store, reader)
            .map(|report| report.statistics())
    }),
    ("interchange/sample.csv", |store, reader| {
        Import::csv()
            .read(store, reader)
            .map(|report| report.statistics())
    }),
    ("django/content_types.json", |store, reader| {
        Import::django()
            .read(store, reader)
            .map(|report| report.statistics())
    }),
    ("django/late_content_types.jsonl", |store, reader| {
        Import::django()
            .read(store, reader)
            .map(|report| report.statistics())
    }),
];

/// Gives one byte at a time, is interrupted between them, and fails where it is told to.
struct Slow<'a> {
    bytes: &'a [u8],
    interrupted: bool,
    fails: bool,
}

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match (self.bytes.split_first(), buffer.first_mut()) {
            (Some((&byte, rest)), Some(place)) => {
                *place = byte;
                self.bytes = rest;
                Ok(1)
            }
            _ if self.fails => Err(io::Error::other("the disk is on fire")),
            _ => Ok(0),
        }
    }
}

#[test]
fn lines_may_end_as_on_windows_and_files_begin_with_a_mark() {
    for (name, read) in FORMATS {
        let file = fixture(name);
        let plain = read(&mut Store::in_memory(), &mut file.as_bytes()).unwrap();
        assert!(plain > 0);
        // A text in the sample has a line end of its own, which has to stay what it is.
        let windows = file.replace("\r\n", "\n").replace('\n', "\r\n");
        for file in [
            format!("\u{feff}{file}"),
            windows.clone(),
            format!("\u{feff}{windows}"),
        ] {
            assert_eq!(
                read(&mut Store::in_memory(), &mut file.as_bytes()).unwrap(),
                plain,
                "{name}"
            );
        }
    }
}

#[test]
fn files_may_come_in_pieces_with_interruptions() {
    for (name, read) in FORMATS {
        let file = fixture(name);
        let plain = read(&mut Store::in_memory(), &mut file.as_bytes()).unwrap();
        for start in ["", "\u{feff}"] {
            let file = format!("{start}{file}");
            let slow = Slow {
                bytes: file.as_bytes(),
                interrupted: false,
                fails: false,
            };
            let mut reader = BufReader::with_capacity(3, slow);
            assert_eq!(
                read(&mut Store::in_memory(), &mut reader).unwrap(),
                plain,
                "{name}"
            );
        }
    }
}

#[test]
fn the_last_line_needs_no_end() {
    for (name, read) in FORMATS {
        let file = fixture(name);
        let plain = read(&mut Store::in_memory(), &mut file.as_bytes()).unwrap();
        let short = file.trim_end();
        assert_eq!(
            read(&mut Store::in_memory(), &mut short.as_bytes()).unwrap(),
            plain,
            "{name}"
        );
    }
}

#[test]
fn a_reader_that_fails_is_an_error_with_its_cause_and_changes_nothing() {
    use std::error::Error as _;

    for (name, read) in FORMATS {
        let file = fixture(name);
        let slow = Slow {
            bytes: file.as_bytes(),
            interrupted: false,
            fails: true,
        };
        let mut store = Store::in_memory();
        let error = read(&mut store, &mut BufReader::new(slow)).unwrap_err();
        assert_eq!(error.code(), ErrorCode::Io);
        assert_eq!(error.to_string(), "reading failed: the disk is on fire");
        assert_eq!(error.source().unwrap().to_string(), "the disk is on fire");
        assert!(store.is_empty() && store.metrics().next().is_none());
    }
}

#[test]
fn other_encodings_are_refused() {
    for bytes in [
        &b"\xFF\xFE{\0"[..],
        b"\xFE\xFF\0{",
        b"\xEF\xBB",
        b"metric,period,date,value,\xE9\n",
    ] {
        for (name, read) in FORMATS {
            let error = read(&mut Store::in_memory(), &mut &*bytes).unwrap_err();
            assert!(
                matches!(
                    error.code(),
                    ErrorCode::InvalidValue | ErrorCode::InvalidReference
                ),
                "{name} {bytes:?} {error}"
            );
        }
    }
}
