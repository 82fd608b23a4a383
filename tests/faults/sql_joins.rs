//! SQL: a join joins the pairs that its condition is true for, in whatever form it is written.

use trackstats::{NewMetric, Period, SqlValue, Store};

fn store() -> Store {
    let mut store = Store::in_memory();
    for (name, title) in [("a.x", "T"), ("a.y", "integer"), ("b.z", "T1"), ("b.w", "")] {
        store
            .register_metric(&NewMetric::new(name).title(title))
            .unwrap();
    }
    for day in 1..=3 {
        let date = format!("2026-01-0{day}");
        store.record("a.x", Period::Day, &date, day).unwrap();
        store.record("b.z", Period::Week, &date, 4 - day).unwrap();
    }
    store
}

fn rows(store: &Store, sql: &str) -> Vec<Vec<String>> {
    let found = match store.select(sql) {
        Ok(found) => found,
        Err(error) => panic!("{sql}\n{error}"),
    };
    let row = |row: &[SqlValue]| row.iter().map(ToString::to_string).collect();
    let mut rows: Vec<Vec<String>> = found.iter().map(row).collect();
    rows.sort();
    rows
}

const LEFT: [(&str, &str); 4] = [
    ("SERIES(2) AS a", "a.N"),
    ("metric AS a", "a.metric"),
    ("statistic_by_date AS a", "a.date"),
    ("(SELECT title AS t, kind AS k FROM metric) AS a", "a.t"),
];

/// What may stand on either side of an equality: constants, columns of the one and the other table, and
/// expressions of one, both or none.
const SIDES: [&str; 14] = [
    "'T'",
    "'T' || ''",
    "b.title",
    "b.kind",
    "b.metric",
    "b.title || b.kind",
    "LOWER(b.metric)",
    "CASE WHEN b.title = 'T' THEN b.metric ELSE b.kind END",
    "CAST(a.@ AS TEXT)",
    "'' || a.@",
    "'T' || CAST(a.@ AS TEXT)",
    "CAST(a.@ AS TEXT) || b.kind",
    "(SELECT MAX(title) FROM metric)",
    "(SELECT MIN(m.title) FROM metric AS m WHERE m.metric = b.metric)",
];

#[test]
fn a_condition_of_a_join_is_one_of_where() {
    let store = store();
    let mut joined = 0;
    for (turn, (left, column)) in LEFT.into_iter().enumerate() {
        let own = column.trim_start_matches("a.");
        for (row, one) in SIDES.into_iter().enumerate() {
            // Each pair with two of the tables on the left.
            for (at, other) in SIDES.into_iter().enumerate() {
                if (turn + row + at) % 2 == 1 {
                    continue;
                }
                let (one, other) = (one.replace('@', own), other.replace('@', own));
                // In turn, so that each left and each side meets all forms.
                let forms = [
                    format!("{one} = {other}"),
                    format!("{one} = {other} AND b.kind = 'integer'"),
                    format!("b.domain = 'a' AND ({one} = {other})"),
                    format!("NOT ({one} <> {other})"),
                    format!("{one} = {other} OR b.metric = 'w'"),
                ];
                let on = &forms[(turn + 2 * row + at) % forms.len()];
                let columns = format!("{column}, b.metric");
                let found = rows(
                    &store,
                    &format!("SELECT {columns} FROM {left} JOIN metric AS b ON {on}"),
                );
                let expected = format!("SELECT {columns} FROM {left} JOIN metric AS b WHERE {on}");
                assert_eq!(found, rows(&store, &expected), "{left} ON {on}");
                // A left join has those, and each row of the left that is in none.
                let outer = rows(
                    &store,
                    &format!("SELECT {columns} FROM {left} LEFT JOIN metric AS b ON {on}"),
                );
                let some: Vec<_> = outer
                    .iter()
                    .filter(|row| row[1] != "null")
                    .cloned()
                    .collect();
                assert_eq!(some, found, "{left} LEFT ON {on}");
                let all = rows(&store, &format!("SELECT {column} FROM {left}"));
                let mut alone = all.clone();
                for row in &found {
                    alone.retain(|one| one[0] != row[0]);
                }
                assert_eq!(outer.len() - some.len(), alone.len(), "{left} LEFT ON {on}");
                joined += usize::from(!found.is_empty());
            }
        }
    }
    assert!(joined > 80, "{joined}");
}

#[test]
fn the_joins_that_users_wrote_are_joined() {
    let store = store();
    for (sql, expected) in [
        (
            "SELECT a.N, b.metric FROM SERIES(2) AS a JOIN metric AS b ON 'T' = b.title",
            2,
        ),
        (
            "SELECT b.metric FROM SERIES(3) AS a JOIN metric AS b ON b.title = b.kind",
            3,
        ),
        (
            "SELECT b.metric FROM SERIES(2) AS a JOIN metric AS b ON ('T' || a.N) = b.title",
            1,
        ),
        (
            "SELECT b.metric FROM metric AS a JOIN metric AS b ON (a.title || b.kind) = 'Tinteger'",
            4,
        ),
        (
            "SELECT b.metric FROM metric AS a JOIN metric AS b ON a.title = a.kind",
            4,
        ),
        (
            "SELECT c.value FROM domain AS a JOIN metric AS b ON b.domain = a.domain JOIN statistic_by_date AS c ON c.metric = b.metric AND a.domain = 'b'",
            3,
        ),
        (
            "SELECT c.value FROM domain AS a JOIN metric AS b ON b.domain = a.domain JOIN statistic_by_date AS c ON a.domain || b.metric = c.domain || c.metric",
            6,
        ),
        (
            "SELECT m.metric FROM metric AS m WHERE EXISTS (SELECT 1 FROM domain AS d JOIN metric AS o ON o.title = m.kind)",
            4,
        ),
        (
            "SELECT m.metric FROM metric AS m WHERE EXISTS (SELECT 1 FROM domain AS d JOIN metric AS o ON d.domain = o.domain AND o.metric = m.metric)",
            4,
        ),
        (
            "SELECT b.metric FROM SERIES(2) AS a LEFT JOIN metric AS b ON 'none' = b.title",
            2,
        ),
    ] {
        assert_eq!(rows(&store, sql).len(), expected, "{sql}");
    }
}
