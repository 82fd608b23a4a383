//! Random SELECTs, each in our SQL and in that of SQLite.

mod condition;
mod value;

/// The same text in both dialects.
#[derive(Clone, Debug)]
pub(crate) struct Both {
    pub ours: String,
    pub theirs: String,
}

fn same(text: impl Into<String>) -> Both {
    let text = text.into();
    Both {
        ours: text.clone(),
        theirs: text,
    }
}

fn two(ours: impl Into<String>, theirs: impl Into<String>) -> Both {
    Both {
        ours: ours.into(),
        theirs: theirs.into(),
    }
}

/// Puts parts into the places of `{}`, in both dialects.
fn fill(form: &str, parts: &[&Both]) -> Both {
    fill_two(form, form, parts)
}

fn fill_two(ours: &str, theirs: &str, parts: &[&Both]) -> Both {
    let put = |form: &str, part: fn(&Both) -> &str| {
        let mut parts = parts.iter();
        let mut pieces = form.split("{}");
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            text.push_str(part(parts.next().expect("a part for each place")));
            text.push_str(piece);
        }
        text
    };
    two(
        put(ours, |part| &part.ours),
        put(theirs, |part| &part.theirs),
    )
}

fn join(parts: &[Both], between: &str) -> Both {
    let list = |part: fn(&Both) -> &str| parts.iter().map(part).collect::<Vec<_>>().join(between);
    two(list(|part| &part.ours), list(|part| &part.theirs))
}

/// A query, and whether its rows have one order only.
#[derive(Debug)]
pub(crate) struct Generated {
    pub query: Both,
    pub ordered: bool,
}

pub(crate) struct Generator {
    state: u64,
    /// The alias of each table that can be named, with its name.
    tables: Vec<(String, &'static str)>,
}

const TABLES: [&str; 4] = [
    "statistic_by_date",
    "statistic_by_date_and_object",
    "statistic_by_date_and_country_and_province",
    "metric",
];

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            tables: Vec::new(),
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % end as u64).unwrap_or(0)
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn query(&mut self) -> Generated {
        self.tables.clear();
        if self.chance(12) {
            return self.derived();
        }
        let mut from = self.table();
        while self.tables.len() < 3 && self.chance(if self.tables.len() == 1 { 30 } else { 6 }) {
            from = self.joined(&from);
        }
        let grouped = self.chance(35);
        let mut query = if grouped {
            self.grouped(&from)
        } else {
            self.plain(&from)
        };
        let ordered = self.end(&mut query);
        Generated {
            query: query.text,
            ordered,
        }
    }

    fn table(&mut self) -> Both {
        let name = self.pick(&TABLES);
        let alias = format!("t{}", self.tables.len());
        self.tables.push((alias.clone(), name));
        same(format!("{name} AS {alias}"))
    }

    fn joined(&mut self, from: &Both) -> Both {
        let left = self.tables.len() - 1;
        let right = self.table();
        let (a, one) = self.tables[left].clone();
        let (b, other) = self.tables[left + 1].clone();
        let column = match (one, other) {
            ("metric", _) | (_, "metric") => self.pick(&["domain", "metric"]),
            _ => self.pick(&["date", "metric", "period", "date"]),
        };
        let mut on = same(format!("{a}.{column} = {b}.{column}"));
        if self.chance(40) {
            let more = self.condition(1);
            on = fill(self.pick(&["{} AND {}", "{} AND ({})"]), &[&on, &more]);
        } else if self.chance(20) {
            let more = self.condition(1);
            on = fill("({} OR {}) AND t0.domain = 'shopping'", &[&on, &more]);
        } else if self.chance(35) {
            on = self.pair(&a, &b);
        }
        fill(
            self.pick(&["{} JOIN {} ON {}", "{} LEFT JOIN {} ON {}"]),
            &[from, &right, &on],
        )
    }

    /// An equality of anything with anything: of constants, of columns of one table or of both.
    fn pair(&mut self, left: &str, right: &str) -> Both {
        let mut side = || {
            let (one, other) = (self.pick(&[left, right]), self.pick(&[left, right]));
            let forms = [
                "'shopping'".to_owned(),
                "'order_count' || ''".to_owned(),
                format!("{one}.domain"),
                format!("{one}.metric"),
                format!("{one}.domain || {other}.metric"),
                format!("UPPER({one}.metric)"),
                format!("REPLACE({one}.domain, {other}.domain, 'users')"),
            ];
            forms[self.below(forms.len())].clone()
        };
        let (one, other) = (side(), side());
        same(format!("{one} = {other}"))
    }

    fn derived(&mut self) -> Generated {
        let inner = self.table();
        let condition = self.condition(2);
        let number = self.number(1);
        let inside = fill(
            "SELECT t0.metric AS name, {} AS number FROM {} WHERE {}",
            &[&number, &inner, &condition],
        );
        let outer = self.pick(&[
            "SELECT d.name, COUNT(*), SUM(d.number) FROM ({}) AS d GROUP BY d.name",
            "SELECT d.name, d.number FROM ({}) AS d WHERE d.number > 3",
            "SELECT COUNT(*), MIN(name), MAX(d.number) FROM ({}) AS d",
        ]);
        Generated {
            query: fill(outer, &[&inside]),
            ordered: false,
        }
    }

    fn plain(&mut self, from: &Both) -> Query {
        let count = 1 + self.below(4);
        let items: Vec<_> = (0..count).map(|_| self.item()).collect();
        let distinct = if self.chance(20) { "DISTINCT " } else { "" };
        let mut text = fill(
            &format!("SELECT {distinct}{{}} FROM {{}}"),
            &[&join(&items, ", "), from],
        );
        if self.chance(80) {
            let condition = self.condition(3);
            text = fill("{} WHERE {}", &[&text, &condition]);
        }
        Query {
            text,
            columns: count,
        }
    }

    fn grouped(&mut self, from: &Both) -> Query {
        let count = 1 + self.below(2);
        let mut items: Vec<_> = (0..count).map(|_| self.key()).collect();
        let groups = join(&items, ", ");
        let aggregates = 1 + self.below(3);
        for _ in 0..aggregates {
            let aggregate = self.aggregate();
            items.push(aggregate);
        }
        let mut text = fill("SELECT {} FROM {}", &[&join(&items, ", "), from]);
        if self.chance(60) {
            let condition = self.condition(2);
            text = fill("{} WHERE {}", &[&text, &condition]);
        }
        text = fill("{} GROUP BY {}", &[&text, &groups]);
        if self.chance(30) {
            let aggregate = self.aggregate();
            let bound = self.below(20).to_string();
            let form = self.pick(&[
                "{} HAVING {} > {}",
                "{} HAVING NOT ({} <= {})",
                "{} HAVING {} <> {}",
            ]);
            text = fill(form, &[&text, &aggregate, &same(bound)]);
        }
        Query {
            text,
            columns: count + aggregates,
        }
    }

    /// ORDER BY and LIMIT; the order is complete, or there is no LIMIT.
    fn end(&mut self, query: &mut Query) -> bool {
        if self.chance(50) {
            return false;
        }
        let mut keys = Vec::new();
        for column in 1..=query.columns {
            keys.push(if self.chance(50) {
                two(format!("{column}"), format!("{column} NULLS LAST"))
            } else {
                two(
                    format!("{column} DESC"),
                    format!("{column} DESC NULLS FIRST"),
                )
            });
        }
        query.text = fill("{} ORDER BY {}", &[&query.text, &join(&keys, ", ")]);
        if self.chance(60) {
            let limit = self.below(12);
            query.text = fill(&format!("{{}} LIMIT {limit}"), &[&query.text]);
            if self.chance(40) {
                let offset = self.below(6);
                query.text = fill(&format!("{{}} OFFSET {offset}"), &[&query.text]);
            }
        }
        true
    }

    fn column(&mut self, of: fn(&str) -> &'static [&'static str]) -> Option<Both> {
        let at = self.below(self.tables.len());
        let (alias, table) = self.tables[at].clone();
        let columns = of(table);
        if columns.is_empty() {
            return None;
        }
        Some(same(format!("{alias}.{}", self.pick(columns))))
    }

    fn item(&mut self) -> Both {
        match self.below(5) {
            0 => self.text(2),
            1 => self.date(2),
            2 => {
                let condition = self.condition(1);
                fill("({})", &[&condition])
            }
            _ => self.number(2),
        }
    }

    fn key(&mut self) -> Both {
        match self.below(4) {
            0 => self.date(0),
            1 => {
                let text = self.text(0);
                fill("UPPER({})", &[&text])
            }
            2 => {
                let date = self.date(0);
                fill_two("FORMAT({}, '%Y-%m')", "strftime('%Y-%m', {})", &[&date])
            }
            _ => self.text(0),
        }
    }

    fn aggregate(&mut self) -> Both {
        let number = self.number(1);
        match self.below(8) {
            0 => same("COUNT(*)"),
            1 => {
                let text = self.text(1);
                fill(
                    self.pick(&["COUNT({})", "COUNT(DISTINCT {})", "MIN({})", "MAX({})"]),
                    &[&text],
                )
            }
            2 => {
                let date = self.date(1);
                fill(self.pick(&["MIN({})", "MAX({})"]), &[&date])
            }
            3 => {
                let condition = self.condition(1);
                fill(
                    "SUM(CASE WHEN {} THEN {} ELSE 0 END)",
                    &[&condition, &number],
                )
            }
            _ => fill(
                self.pick(&["SUM({})", "MIN({})", "MAX({})", "AVG({})", "COUNT({})"]),
                &[&number],
            ),
        }
    }
}

struct Query {
    text: Both,
    columns: usize,
}
