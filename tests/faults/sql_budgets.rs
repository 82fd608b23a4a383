//! SQL: whatever a statement says, it ends within its limits of work, memory and time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use allocation_counter::measure;
use trackstats::{ErrorCode, MetricRef, NewMetric, Period, Rows, SqlLimits, Store, Timestamp};

/// A store whose clock stands still, so that no deadline comes.
fn timeless() -> Store {
    Store::builder().clock(Timestamp::MIN).build()
}

fn filled(objects: i64, days: i64) -> Store {
    let mut store = timeless();
    store.register_metric(&NewMetric::new("a.n")).unwrap();
    store
        .register_metric(&NewMetric::new("a.by").by(["user"]))
        .unwrap();
    for day in 1..=days {
        let date = format!("2026-01-{day:02}");
        store.record("a.n", Period::Day, &date, day).unwrap();
        for object in 0..objects {
            let at = MetricRef::new("a.by").at("user", object);
            store.record(&at, Period::Day, &date, object).unwrap();
        }
    }
    store
}

#[track_caller]
fn limited(store: &Store, sql: &str, limit: &str) {
    match store.select(sql) {
        Ok(rows) => panic!("{sql}\nreturned {} rows", rows.len()),
        Err(error) => {
            assert_eq!(error.code(), ErrorCode::SqlLimit, "{sql}\n{error}");
            assert!(error.to_string().contains(limit), "{sql}\n{error}");
        }
    }
}

#[test]
fn what_is_held_is_limited_and_the_error_names_the_limit() {
    let mut store = filled(200, 20);
    store.set_sql_limits(SqlLimits::new().held(256 * 1024));
    for sql in [
        "SELECT REPEAT(REPEAT('x', 1000), 1000) FROM SERIES(100000)",
        "SELECT N FROM SERIES(100000) ORDER BY N LIMIT 1",
        "SELECT N FROM SERIES(100000) ORDER BY -N LIMIT 1",
        "SELECT DISTINCT N FROM SERIES(100000) LIMIT 1",
        "SELECT N FROM SERIES(100000)",
        "SELECT N, COUNT(*) FROM SERIES(100000) GROUP BY N LIMIT 1",
        "SELECT COUNT(*) FROM SERIES(100000) GROUP BY 'x' || N HAVING COUNT(*) > 1",
        "SELECT COUNT(DISTINCT N) FROM SERIES(100000)",
        "SELECT COUNT(DISTINCT 'x' || N) FROM SERIES(100000)",
        "SELECT SUM(DISTINCT N * 0.5) FROM SERIES(100000)",
        "SELECT COUNT(*) FROM (SELECT N FROM SERIES(100000) ORDER BY N) AS t",
        "SELECT COUNT(*) FROM (SELECT DISTINCT N FROM SERIES(100000)) AS t",
        "SELECT 1 WHERE 0 IN (SELECT N FROM SERIES(100000) ORDER BY N)",
        "SELECT a.N FROM SERIES(1500) AS a JOIN SERIES(1500) AS b ON a.N < b.N ORDER BY b.N LIMIT 1",
        "SELECT * FROM statistic_by_date_and_object",
        "SELECT value FROM statistic_by_date_and_object ORDER BY value LIMIT 1",
        "SELECT value, COUNT(*) FROM statistic_by_date_and_object GROUP BY value, date",
        "SELECT object_id, date FROM statistic_by_date_and_object GROUP BY object_id, date LIMIT 1",
        "SELECT COUNT(*) FROM statistic_by_date AS a JOIN statistic_by_date_and_object AS b ON a.metric = b.metric",
        "SELECT COUNT(*) FROM statistic_by_date AS a LEFT JOIN statistic_by_date_and_object AS b ON b.date = a.date",
    ] {
        limited(&store, sql, "the limit 'held'");
    }
    for sql in [
        "UPDATE statistic_by_date_and_object SET value = 1",
        "DELETE FROM statistic_by_date_and_object",
        "INSERT INTO statistic_by_date SELECT 'a', 'n', 'week', CURRENT_DATE - N * 0 , N FROM SERIES(3) AS t ORDER BY N",
    ] {
        assert!(store.sql(sql).is_err(), "{sql}");
    }
    assert_eq!(store.len(), 4_020);
}

#[test]
fn what_is_not_held_is_not_counted() {
    let mut store = filled(60, 20);
    store.set_sql_limits(SqlLimits::new().held(48 * 1024));
    for (sql, rows) in [
        ("SELECT COUNT(*), SUM(N), MAX(N) FROM SERIES(5000)", 1),
        ("SELECT N FROM SERIES(5000) LIMIT 5", 5),
        (
            "SELECT N FROM SERIES(5000) WHERE N % 500 = 0 ORDER BY N DESC",
            10,
        ),
        ("SELECT COUNT(*) FROM (SELECT N FROM SERIES(5000)) AS t", 1),
        ("SELECT N % 5, COUNT(*) FROM SERIES(50) GROUP BY N % 5", 5),
        (
            "SELECT date, SUM(value) FROM statistic_by_date_and_object GROUP BY date",
            20,
        ),
        (
            "SELECT FORMAT(date, '%Y-%m') AS month, SUM(value) FROM statistic_by_date_and_object GROUP BY month",
            1,
        ),
        (
            "SELECT metric, COUNT(*) FROM statistic_by_date_and_object GROUP BY metric, period",
            1,
        ),
        (
            "SELECT CASE WHEN value > 30 THEN 'many' ELSE 'few' END AS c, COUNT(*) FROM statistic_by_date_and_object GROUP BY c",
            2,
        ),
        (
            "SELECT COUNT(DISTINCT date) FROM statistic_by_date_and_object",
            1,
        ),
        (
            "SELECT value FROM statistic_by_date_and_object WHERE date = '2026-01-03' ORDER BY value DESC LIMIT 3",
            3,
        ),
        // A sub-select holds its rows until it has been answered only.
        (
            "SELECT d.date, (SELECT o.value FROM statistic_by_date_and_object AS o WHERE o.date = d.date AND o.value < 20 ORDER BY o.value DESC LIMIT 1) AS top FROM statistic_by_date AS d",
            20,
        ),
        (
            "SELECT COUNT(*) FROM SERIES(300) AS a JOIN (SELECT DISTINCT metric FROM statistic_by_date) AS b",
            1,
        ),
    ] {
        match store.select(sql) {
            Ok(found) => assert_eq!(found.len(), rows, "{sql}"),
            Err(error) => panic!("{sql}\n{error}"),
        }
    }
}

#[test]
fn the_memory_of_a_statement_stays_near_its_limit() {
    const HELD: u64 = 4 << 20;

    let mut store = filled(1_000, 20);
    store.set_sql_limits(SqlLimits::new().held(HELD).returned(10_000_000));
    for sql in [
        "SELECT REPEAT(REPEAT('x', 1000), 1000) FROM SERIES(100)",
        "SELECT REPEAT('x', 200) || N FROM SERIES(100000)",
        "SELECT N FROM SERIES(100000) AS a ORDER BY 'x' || N",
        "SELECT DISTINCT 'x' || N FROM SERIES(100000)",
        "SELECT COUNT(*) FROM SERIES(100000) GROUP BY N",
        "SELECT COUNT(DISTINCT 'some more letters in front of ' || N) FROM SERIES(100000)",
        "SELECT COUNT(*), MIN(date), MAX(metric) FROM statistic_by_date_and_object GROUP BY object_id, date",
        "SELECT * FROM statistic_by_date_and_object ORDER BY value",
        "SELECT * FROM statistic_by_date_and_object",
        "SELECT DISTINCT * FROM (SELECT object_id, date, metric FROM statistic_by_date_and_object) AS t",
        "SELECT COUNT(*) FROM statistic_by_date AS a JOIN statistic_by_date_and_object AS b ON a.period = b.period",
        "SELECT a.value FROM statistic_by_date_and_object AS a JOIN statistic_by_date AS b ORDER BY a.value LIMIT 1",
        "SELECT title, title, title FROM metric JOIN SERIES(100000) AS s",
    ] {
        let mut outcome = None;
        let used = measure(|| outcome = Some(store.select(sql).map(|rows: Rows| rows.len())));
        let peak = used.bytes_max;
        let error = outcome.unwrap().expect_err(sql);
        assert_eq!(error.code(), ErrorCode::SqlLimit, "{sql}\n{error}");
        println!("{:>4} % {sql}", 100 * peak / HELD);
        assert!(peak < 5 * HELD / 2, "{sql}\n{peak} bytes at its peak");
    }
}

#[test]
fn the_texts_of_one_row_are_limited_too() {
    let store = timeless();
    let megabyte = "REPEAT(REPEAT('x', 1000), 1000)";
    let many = vec![megabyte; 100].join(", ");
    for sql in [
        format!("SELECT {many}"),
        format!("SELECT LENGTH(GREATEST({many}))"),
        format!("SELECT 'x' IN ({many})"),
        format!("SELECT LENGTH(COALESCE({many}))"),
        format!(
            "SELECT {}",
            vec![format!("MAX({megabyte})"); 100].join(", ")
        ),
        format!(
            "SELECT N FROM SERIES(2) ORDER BY {}",
            vec![format!("{megabyte} || N"); 100].join(", ")
        ),
    ] {
        assert_eq!(
            store.select(&sql).unwrap_err().code(),
            ErrorCode::SqlLimit,
            "{sql}"
        );
    }
    assert!(store.select(&format!("SELECT LENGTH({megabyte})")).is_ok());
}

#[test]
fn work_on_long_texts_counts_by_their_bytes() {
    let mut store = timeless();
    let like =
        "SELECT COUNT(*) FROM SERIES(2000) WHERE REPEAT(REPEAT('xy', 500), 1000) LIKE '%y%z%'";
    store.set_sql_limits(SqlLimits::new().read(400_000));
    limited(&store, like, "the limit 'read'");
    limited(
        &store,
        "SELECT COUNT(*) FROM SERIES(2000) WHERE LENGTH(REPEAT(REPEAT('xy', 500), 1000)) = 1",
        "the limit 'read'",
    );
    // Short ones count as their rows alone.
    let short = "SELECT COUNT(*) FROM SERIES(2000) WHERE REPEAT('xy', 500) LIKE '%y%z%'";
    store.set_sql_limits(SqlLimits::new().read(2_001));
    assert!(store.select(short).is_ok());
    // One alone may not take long, whatever the pattern.
    store.set_sql_limits(SqlLimits::new());
    let pattern = "_a%".repeat(300);
    let long = format!("SELECT REPEAT(REPEAT('xa', 500), 1000) LIKE '%{pattern}'");
    limited(&store, &long, "too long for its pattern");
    assert!(
        store
            .select("SELECT REPEAT(REPEAT('xy', 500), 1000) LIKE '%z%'")
            .is_ok()
    );
}

/// A store whose clock goes on by a second whenever it is looked at.
fn hurried() -> (Store, Arc<AtomicI64>) {
    let looks = Arc::new(AtomicI64::new(0));
    let counted = Arc::clone(&looks);
    let clock = move || {
        let seconds = 1_764_000_000 + counted.fetch_add(1, Ordering::Relaxed);
        Timestamp::from_seconds(seconds).unwrap_or(Timestamp::MAX)
    };
    (Store::builder().clock(clock).build(), looks)
}

#[test]
fn a_statement_ends_at_its_deadline() {
    let (mut store, looks) = hurried();
    store.set_sql_limits(SqlLimits::new().time(Duration::from_secs(20)));
    for sql in [
        "SELECT COUNT(*) FROM SERIES(100000) AS a JOIN SERIES(100000) AS b",
        "SELECT COUNT(*) FROM SERIES(100000) WHERE REPEAT(REPEAT('xy', 500), 100) LIKE '%y%z%'",
        "SELECT COUNT(*) FROM SERIES(100000) AS a WHERE EXISTS (SELECT 1 FROM SERIES(100000) AS b WHERE b.N > a.N + 99999)",
    ] {
        let before = looks.load(Ordering::Relaxed);
        limited(&store, sql, "the limit 'time'");
        let after = looks.load(Ordering::Relaxed);
        assert!(after - before < 40, "{sql}: {}", after - before);
    }
    // The statements of a text share its time.
    let many = "SELECT COUNT(*) FROM SERIES(2);".repeat(16);
    let error = store.sql(&many).unwrap_err();
    assert!(error.to_string().contains("the limit 'time'"), "{error}");
    store.set_sql_limits(SqlLimits::new().time(Duration::MAX));
    assert!(store.sql(&many).is_ok());
}

#[test]
fn a_flag_stops_a_statement_and_changes_stay_whole() {
    let stop = Arc::new(AtomicBool::new(false));
    let (looks, flag) = (Arc::new(AtomicI64::new(0)), Arc::clone(&stop));
    // The flag is set from elsewhere when the clock was looked at for the tenth time.
    let clock = move || {
        if looks.fetch_add(1, Ordering::Relaxed) == 10 {
            flag.store(true, Ordering::Relaxed);
        }
        Timestamp::MIN
    };
    let mut store = Store::builder().clock(clock).build();
    store.set_sql_stop(Some(Arc::clone(&stop)));
    let sql = "INSERT INTO domain (domain) VALUES ('a'); \
               INSERT INTO domain (domain) SELECT 'd' || a.N FROM SERIES(9) AS a JOIN SERIES(100000) AS b ON b.N > a.N + 99990";
    let error = store.sql(sql).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Aborted, "{error}");
    assert_eq!(store.domains().count(), 1);
    assert_eq!(
        store.select("SELECT 1").unwrap_err().code(),
        ErrorCode::Aborted
    );
    stop.store(false, Ordering::Relaxed);
    assert!(store.select("SELECT 1").is_ok());
    stop.store(true, Ordering::Relaxed);
    store.set_sql_stop(None);
    assert!(store.select("SELECT 1").is_ok());
}

/// Statements that go on for ever, or fill the memory, if nobody counts.
fn adversarial() -> Vec<String> {
    let megabyte = "REPEAT(REPEAT('x', 1000), 1000)";
    let mut all = Vec::new();
    for text in [
        megabyte,
        "REPEAT('x', 10000)",
        "UPPER(REPEAT('ab', 9999))",
        "REPLACE(REPEAT('a', 1000), 'a', REPEAT('b', 1000))",
        "LPAD('', 10000, 'ab')",
    ] {
        for sql in [
            "SELECT @ FROM SERIES(100000)",
            "SELECT COUNT(*) FROM SERIES(100000) WHERE LENGTH(@) = N",
            "SELECT COUNT(*) FROM SERIES(100000) AS a JOIN SERIES(100000) AS b ON @ = 'x' || b.N",
            "SELECT COUNT(*) FROM SERIES(100000) WHERE @ LIKE '%x_y%'",
            "SELECT COUNT(DISTINCT @ || N) FROM SERIES(100000)",
            "SELECT MAX(@ || N) FROM SERIES(100000)",
            "SELECT N FROM SERIES(100000) GROUP BY N, @ || N",
            "SELECT N FROM SERIES(100000) ORDER BY @ || N",
            "SELECT (SELECT MIN(@) FROM SERIES(100000) AS b WHERE b.N > a.N) FROM SERIES(100000) AS a",
        ] {
            all.push(sql.replace('@', text));
        }
    }
    for sql in [
        "SELECT COUNT(*) FROM SERIES(100000) AS a JOIN SERIES(100000) AS b JOIN SERIES(100000) AS c",
        "SELECT COUNT(*) FROM statistic_by_date_and_object AS a JOIN statistic_by_date_and_object AS b JOIN statistic_by_date_and_object AS c",
        "SELECT COUNT(*) FROM statistic_by_date_and_object AS a LEFT JOIN statistic_by_date_and_object AS b ON a.domain = b.domain LEFT JOIN statistic_by_date_and_object AS c ON c.domain = b.domain",
        "SELECT (SELECT COUNT(*) FROM statistic_by_date_and_object AS b WHERE b.value > a.value) FROM statistic_by_date_and_object AS a",
        "SELECT a.value FROM statistic_by_date_and_object AS a WHERE a.value IN (SELECT b.value + 1000000 FROM statistic_by_date_and_object AS b JOIN SERIES(1000) AS s)",
        "SELECT COUNT(*) FROM SERIES(100000) WHERE N IN (SELECT a.N + 200000 FROM SERIES(100000) AS a)",
        "SELECT t.N FROM (SELECT s.N FROM SERIES(100000) AS s JOIN SERIES(100000) AS r ORDER BY s.N) AS t",
        "SELECT COUNT(*) FROM (SELECT DISTINCT s.N * r.N AS n FROM SERIES(100000) AS s JOIN SERIES(100000) AS r) AS t",
        // Nothing is found, many times.
        "SELECT COUNT(*) FROM SERIES(100000) AS a WHERE EXISTS (SELECT 1 FROM statistic_by_date_and_object AS o WHERE o.date > '2030-01-01')",
        "SELECT COUNT(*) FROM SERIES(100000) AS a WHERE EXISTS (SELECT 1 FROM statistic_by_date_and_object AS o WHERE o.object_id = a.N || 'x')",
    ] {
        all.push(sql.to_owned());
    }
    let wide = vec!["value * 2 + 1"; 3_000].join(", ");
    all.push(format!(
        "SELECT {wide} FROM statistic_by_date_and_object AS a JOIN SERIES(100000) AS b"
    ));
    let patterns: Vec<_> = (0..200)
        .map(|n| format!("object_id LIKE '%{n}_%{n}%'"))
        .collect();
    all.push(format!(
        "SELECT COUNT(*) FROM statistic_by_date_and_object JOIN SERIES(100000) AS s WHERE {}",
        patterns.join(" OR ")
    ));
    all
}

#[test]
fn adversarial_statements_end_after_counted_work() {
    const HELD: u64 = 4 << 20;

    let mut store = filled(300, 3);
    store.set_sql_limits(SqlLimits::new().read(5_000).held(HELD));
    for sql in adversarial() {
        let start: String = sql.chars().take(160).collect();
        let mut outcome = None;
        let used = measure(|| outcome = Some(store.select(&sql)));
        if let Err(error) = outcome.unwrap() {
            let fine = matches!(
                error.code(),
                ErrorCode::SqlLimit | ErrorCode::SqlUnsupported
            );
            assert!(fine, "{start}\n{error}");
        }
        // Work is seen as bytes that went through the allocator: each row and each text does.
        assert!(
            used.bytes_total < 4 << 30,
            "{start}\n{} bytes",
            used.bytes_total
        );
        assert!(
            used.bytes_max < 64 << 20,
            "{start}\n{} bytes",
            used.bytes_max
        );
    }
}
