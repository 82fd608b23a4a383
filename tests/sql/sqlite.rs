//! The same questions to SQLite, over the same tables, have the same answers.

use std::cmp::Ordering;

use rusqlite::Connection;
use rusqlite::types::{Value as Theirs, ValueRef};
use trackstats::{
    ErrorCode, MetricRef, NewMetric, Null, Period, SqlValue, Store, Timestamp, ValueKind,
};

use crate::generate::Generator;

/// How many queries have to be answered by both.
const ANSWERED: usize = 5_000;

fn store() -> Store {
    let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    let mut store = Store::builder().clock(now).build();
    let sales = NewMetric::new("shopping.sales").title("Items sold");
    for metric in [
        NewMetric::new("shopping.order_count").title("Orders"),
        NewMetric::new("shopping.revenue")
            .kind(ValueKind::Float)
            .title("In euro."),
        sales.by(["country", "province"]),
        NewMetric::new("users.comment_count").by(["user"]),
    ] {
        store.register_metric(&metric).unwrap();
    }
    let places = [("NL", "Utrecht"), ("NL", "Zeeland"), ("BE", "Namur")];
    for day in 10_i64..18 {
        let date = format!("2026-11-{day}");
        let period = if day % 4 == 0 {
            Period::Week
        } else {
            Period::Day
        };
        if day % 5 == 2 {
            store
                .record("shopping.order_count", period, &date, Null)
                .unwrap();
        } else {
            store
                .record("shopping.order_count", period, &date, day * 7 % 11 - 2)
                .unwrap();
        }
        let revenue = [0.25, 1.5, 2.0, -0.5, 6.75][usize::try_from(day % 5).unwrap()];
        store
            .record("shopping.revenue", Period::Day, &date, revenue)
            .unwrap();
        let user = MetricRef::new("users.comment_count").at("user", day % 3 * 35 + 7);
        store.record(&user, period, &date, day % 6).unwrap();
        let (country, province) = places[usize::try_from(day % 3).unwrap()];
        let at = MetricRef::new("shopping.sales")
            .at("country", country)
            .at("province", province);
        store.record(&at, Period::Day, &date, day % 4).unwrap();
        store
            .record("shopping.sales", Period::Day, &date, day)
            .unwrap();
    }
    store
}

fn copy(store: &Store) -> Connection {
    let copy = Connection::open_in_memory().unwrap();
    copy.execute_batch("PRAGMA case_sensitive_like = ON")
        .unwrap();
    for table in [
        "domain",
        "metric",
        "statistic_by_date",
        "statistic_by_date_and_object",
        "statistic_by_date_and_country_and_province",
    ] {
        let rows = store.select(&format!("SELECT * FROM {table}")).unwrap();
        assert!(!rows.is_empty());
        // Columns without a type hold each value as it is.
        let columns = rows.columns().join(", ");
        copy.execute(&format!("CREATE TABLE {table} ({columns})"), [])
            .unwrap();
        let places = vec!["?"; rows.columns().len()].join(", ");
        let mut insert = copy
            .prepare(&format!("INSERT INTO {table} VALUES ({places})"))
            .unwrap();
        for row in &rows {
            let row = row.iter().map(|value| match value {
                SqlValue::Null => Theirs::Null,
                SqlValue::Integer(value) => Theirs::Integer(*value),
                SqlValue::Float(value) => Theirs::Real(*value),
                other => Theirs::Text(other.to_string()),
            });
            insert.execute(rusqlite::params_from_iter(row)).unwrap();
        }
    }
    copy
}

/// A cell in a form that both can be brought to.
#[derive(Clone, Debug)]
enum Cell {
    Null,
    Number(f64),
    Text(String),
}

impl Cell {
    #[expect(
        clippy::cast_precision_loss,
        reason = "the numbers in the tables are small"
    )]
    fn of_theirs(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Integer(value) => Self::Number(value as f64),
            ValueRef::Real(value) => Self::Number(value),
            ValueRef::Text(text) => Self::Text(String::from_utf8(text.to_vec()).unwrap()),
            ValueRef::Null | ValueRef::Blob(_) => Self::Null,
        }
    }

    fn of_ours(value: &SqlValue) -> Self {
        match value {
            SqlValue::Null => Self::Null,
            // SQLite has no truth values.
            SqlValue::Boolean(value) => Self::Number(f64::from(u8::from(*value))),
            SqlValue::Integer(_) | SqlValue::Float(_) => Self::Number(value.as_f64().unwrap()),
            other => Self::Text(other.to_string()),
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Null, Self::Null) => Ordering::Equal,
            (Self::Null, _) | (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (_, Self::Null) | (Self::Text(_), Self::Number(_)) => Ordering::Greater,
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
        }
    }

    /// Sums of quotients depend on their order in the last digits.
    fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => {
                (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
            }
            _ => self.order(other) == Ordering::Equal,
        }
    }
}

type Table = Vec<Vec<Cell>>;

fn ask_theirs(copy: &Connection, sql: &str) -> Table {
    let mut statement = copy
        .prepare(sql)
        .unwrap_or_else(|error| panic!("{sql}\n{error}"));
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut table = Vec::new();
    while let Some(row) = rows.next().unwrap_or_else(|error| panic!("{sql}\n{error}")) {
        let cell = |column| Cell::of_theirs(row.get_ref(column).unwrap());
        table.push((0..columns).map(cell).collect());
    }
    table
}

fn sorted(mut table: Table) -> Table {
    table.sort_by(|one, other| {
        let mut pairs = one.iter().zip(other).map(|(one, other)| one.order(other));
        pairs.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    table
}

fn equal(one: &Table, other: &Table) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.equals(other))
        })
}

#[test]
fn generated_selects_give_the_rows_that_sqlite_gives() {
    let store = store();
    let copy = copy(&store);
    let (mut answered, mut refused, mut with_rows, mut seed) = (0, 0, 0, 0);
    while answered < ANSWERED {
        seed += 1;
        let generated = Generator::new(seed).query();
        let ours = match store.select(&generated.query.ours) {
            Ok(rows) => rows,
            Err(error) if error.code() == ErrorCode::SqlUnsupported => {
                refused += 1;
                assert!(
                    refused < ANSWERED,
                    "most are refused, such as this: {generated:?}\n{error}"
                );
                continue;
            }
            Err(error) => panic!("{}\n{error:?}", generated.query.ours),
        };
        let ours: Table = ours
            .iter()
            .map(|row| row.iter().map(Cell::of_ours).collect())
            .collect();
        let theirs = ask_theirs(&copy, &generated.query.theirs);
        let (one, other) = if generated.ordered {
            (ours, theirs)
        } else {
            (sorted(ours), sorted(theirs))
        };
        assert!(
            equal(&one, &other),
            "seed {seed}\n{}\n{}\nours   {one:?}\ntheirs {other:?}",
            generated.query.ours,
            generated.query.theirs
        );
        answered += 1;
        with_rows += usize::from(!one.is_empty());
    }
    println!(
        "{answered} SELECTs as SQLite answers them, {with_rows} of them with rows; {refused} refused"
    );
    assert!(with_rows > ANSWERED / 2);
}
