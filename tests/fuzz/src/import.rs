//! Files of other programs: JSON Lines, CSV and the dump of django-trackstats.

use trackstats::{Error, ErrorCode, Export, Import, ImportFormat, Store};

use crate::sample::{store, written};

/// Reads bytes as JSON Lines.
///
/// # Panics
///
/// When an error changes the store or has a code that is not documented, or what was taken does not
/// come back from an export.
pub fn import_json_lines(bytes: &[u8]) {
    take(bytes, Import::json_lines);
    take(bytes, || Import::json_lines().any_time_zone());
}

/// Reads bytes as CSV.
///
/// # Panics
///
/// As [`import_json_lines`].
pub fn import_csv(bytes: &[u8]) {
    take(bytes, Import::csv);
}

/// Reads bytes as a dump of django-trackstats.
///
/// # Panics
///
/// As [`import_json_lines`].
pub fn import_django(bytes: &[u8]) {
    take(bytes, Import::django);
    take(bytes, || {
        let named = Import::django().content_type(4, "auth", "user");
        named.object_type("blog", "user", "reader")
    });
}

fn take<F: ImportFormat>(bytes: &[u8], import: impl Fn() -> Import<'static, F>) {
    let mut strict = store();
    let before = written(&strict, Export::json_lines());
    let taken = match import().read(&mut strict, bytes) {
        Ok(report) => {
            assert_eq!((report.skipped, report.bad_lines.len()), (0, 0));
            comes_back(&strict);
            true
        }
        Err(error) => {
            is_documented(&error);
            assert_eq!(written(&strict, Export::json_lines()), before);
            false
        }
    };

    let mut lenient = store();
    match import().skip_bad_lines().read(&mut lenient, bytes) {
        Ok(report) => {
            let known = report.statistics() + report.ignored + report.skipped;
            assert!(report.read >= known, "{report:?}");
            assert_eq!(lenient.len() as u64, store().len() as u64 + report.created);
            for bad in &report.bad_lines {
                is_documented(&bad.error);
                assert!(bad.line >= 1);
            }
            if taken {
                assert_eq!(report.skipped, 0);
                let other = written(&lenient, Export::json_lines());
                assert_eq!(other, written(&strict, Export::json_lines()));
            }
            comes_back(&lenient);
        }
        Err(error) => {
            assert!(!taken, "only without skipping it is taken: {error}");
            is_documented(&error);
            assert_eq!(written(&lenient, Export::json_lines()), before);
        }
    }
}

/// Reads what the store writes, which gives the same store.
fn comes_back(store: &Store) {
    let lines = written(store, Export::json_lines());
    let mut back = Store::in_memory();
    Import::json_lines()
        .read(&mut back, lines.as_bytes())
        .expect("exported lines can be read");
    assert_eq!(written(&back, Export::json_lines()), lines);

    let rows = written(store, Export::csv());
    let mut back = Store::in_memory();
    Import::csv()
        .read(&mut back, rows.as_bytes())
        .expect("exported rows can be read");
    assert_eq!(written(&back, Export::csv()), rows);
}

fn is_documented(error: &Error) {
    let known = matches!(
        error.code(),
        ErrorCode::InvalidValue
            | ErrorCode::InvalidReference
            | ErrorCode::InvalidDate
            | ErrorCode::UnknownMetric
            | ErrorCode::UnknownPeriod
            | ErrorCode::UnknownDimension
            | ErrorCode::KindMismatch
            | ErrorCode::NewerVersion
            | ErrorCode::ZoneMismatch
    );
    assert!(known, "{error:?}");
    assert!(!error.to_string().is_empty());
}
