//! Random conditions.

use super::{Both, Generator, fill, same, two};

impl Generator {
    pub(super) fn condition(&mut self, depth: usize) -> Both {
        if depth > 0 && self.chance(60) {
            let one = self.condition(depth - 1);
            let other = self.condition(depth - 1);
            return fill(
                self.pick(&[
                    "({} AND {})",
                    "({} OR {})",
                    "{} AND {}",
                    "({} OR NOT {})",
                    "NOT ({} AND {})",
                ]),
                &[&one, &other],
            );
        }
        match self.below(14) {
            0 | 1 => {
                let (one, other) = (self.number(1), self.number(1));
                let form = self.pick(&[
                    "{} < {}", "{} <= {}", "{} > {}", "{} >= {}", "{} = {}", "{} <> {}",
                ]);
                fill(form, &[&one, &other])
            }
            2 | 3 => {
                let date = self.date(0);
                let day = format!("'2026-11-{}'", 10 + self.below(15));
                let form = self.pick(&[
                    "{} < {}", "{} <= {}", "{} > {}", "{} >= {}", "{} = {}", "{} <> {}",
                ]);
                fill(form, &[&date, &same(day)])
            }
            4 => {
                let text = self.text(0);
                let name =
                    self.pick(&["order_count", "revenue", "NL", "shopping", "day", "42", "x"]);
                fill(
                    self.pick(&["{} = {}", "{} <> {}", "{} > {}"]),
                    &[&text, &same(format!("'{name}'"))],
                )
            }
            5 => {
                let text = self.text(0);
                fill(
                    self.pick(&[
                        "{} IN ('order_count', 'NL', 'day')",
                        "{} NOT IN ('revenue', 'BE', '7')",
                        "{} IN ('shopping')",
                    ]),
                    &[&text],
                )
            }
            6 => {
                let number = self.number(0);
                fill(
                    self.pick(&["{} IN (1, 2.5, 3, 0)", "{} NOT IN (2, 5, 0.25)"]),
                    &[&number],
                )
            }
            other => self.range_or_pattern(other),
        }
    }

    fn range_or_pattern(&mut self, kind: usize) -> Both {
        match kind {
            7 => {
                let number = self.number(1);
                fill(
                    self.pick(&[
                        "{} BETWEEN 1 AND 6",
                        "{} NOT BETWEEN 0.5 AND 4",
                        "{} BETWEEN 2.5 AND 9",
                    ]),
                    &[&number],
                )
            }
            8 => {
                let date = self.date(0);
                fill(
                    self.pick(&[
                        "{} BETWEEN '2026-11-12' AND '2026-11-18'",
                        "{} NOT BETWEEN '2026-11-01' AND '2026-11-15'",
                        "{} IN ('2026-11-13', '2026-11-17')",
                    ]),
                    &[&date],
                )
            }
            9 if self.chance(40) => {
                let text = self.text(1);
                fill(
                    self.pick(&[
                        "{} LIKE '%o%'",
                        "{} NOT LIKE 'r_v%'",
                        "{} LIKE '_L'",
                        "{} LIKE '%.%'",
                        "{} LIKE 'ORDER%'",
                    ]),
                    &[&text],
                )
            }
            10 => {
                let number = self.number(1);
                fill(self.pick(&["{} IS NULL", "{} IS NOT NULL"]), &[&number])
            }
            11 => self.sub_select(),
            12 => {
                let date = self.date(0);
                two(
                    format!("{} > CURRENT_DATE - INTERVAL '6' DAY", date.ours),
                    format!("{} > date('2026-11-23', '-6 days')", date.theirs),
                )
            }
            _ => {
                let (one, other) = (self.text(1), self.text(1));
                fill(
                    self.pick(&["{} = {}", "{} < {}", "{} >= {}"]),
                    &[&one, &other],
                )
            }
        }
    }

    fn sub_select(&mut self) -> Both {
        let text = self.text(0);
        let number = self.number(0);
        let (outer, _) = self.tables[0].clone();
        let form = match self.below(5) {
            0 => {
                return fill(
                    "{} IN (SELECT metric FROM metric WHERE domain = 'shopping')",
                    &[&text],
                );
            }
            1 => {
                return fill(
                    "{} NOT IN (SELECT country FROM statistic_by_date_and_country_and_province)",
                    &[&text],
                );
            }
            2 => {
                return fill(
                    "{} > (SELECT AVG(value) FROM statistic_by_date)",
                    &[&number],
                );
            }
            3 => {
                "EXISTS (SELECT 1 FROM statistic_by_date_and_object AS s WHERE s.domain = @.domain AND s.value > 3)"
            }
            _ => "(SELECT COUNT(*) FROM statistic_by_date AS s WHERE s.metric = @.metric) > 2",
        };
        same(form.replace('@', &outer))
    }
}
