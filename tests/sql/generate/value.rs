//! Random values.

use super::{Both, Generator, fill, fill_two, same, two};

impl Generator {
    pub(super) fn number(&mut self, depth: usize) -> Both {
        let value = self.column(|table| if table == "metric" { &[] } else { &["value"] });
        if depth == 0 || self.chance(30) {
            return match value {
                Some(value) if self.chance(70) => value,
                _ if self.chance(50) => same(self.below(12).to_string()),
                _ => same(self.pick(&[
                    "0.5", "2.25", "-3", "7.0", "-0.75", "10", "1e1", "2.5E-1", "3.", ".5e1",
                ])),
            };
        }
        let one = self.number(depth - 1);
        let other = self.number(depth - 1);
        match self.below(12) {
            0 => {
                let condition = self.condition(1);
                fill(
                    "CASE WHEN {} THEN {} ELSE {} END",
                    &[&condition, &one, &other],
                )
            }
            1 => fill("COALESCE({}, {})", &[&one, &other]),
            2 => {
                let text = self.text(1);
                fill("LENGTH({})", &[&text])
            }
            3 => {
                let date = self.date(1);
                let (field, letter) = self.pick(&[("YEAR", "Y"), ("MONTH", "m"), ("DAY", "d")]);
                fill_two(
                    &format!("EXTRACT({field} FROM {{}})"),
                    &format!("CAST(strftime('%{letter}', {{}}) AS INTEGER)"),
                    &[&date],
                )
            }
            4 => fill("ABS({})", &[&one]),
            5 => fill("-({})", &[&one]),
            6 => fill("ROUND({})", &[&one]),
            7 => {
                let dates = (self.date(0), self.date(0));
                fill_two(
                    "({} - {})",
                    "CAST(julianday({}) - julianday({}) AS INTEGER)",
                    &[&dates.0, &dates.1],
                )
            }
            8 if self.chance(50) => fill(self.pick(&["({} / 4)", "({} * 2)"]), &[&one]),
            8 => {
                let (text, part) = (self.text(0), self.text(0));
                match self.below(3) {
                    0 => fill("(LENGTH({}) % 3 - 1)", &[&text]),
                    1 => fill("(LENGTH({}) % (0 - 1 - LENGTH({})))", &[&text, &part]),
                    _ => {
                        let part = self.pick(&["''", "'o'", "'on'", "'zz'"]);
                        two(
                            format!("POSITION({part} IN {})", text.ours),
                            format!("instr({}, {part})", text.theirs),
                        )
                    }
                }
            }
            _ => fill(
                self.pick(&["({} + {})", "({} - {})", "({} * {})"]),
                &[&one, &other],
            ),
        }
    }

    pub(super) fn text(&mut self, depth: usize) -> Both {
        let column = self.column(|table| match table {
            "metric" => &["domain", "metric", "title"],
            "statistic_by_date_and_object" => &["metric", "period", "object_type", "object_id"],
            "statistic_by_date" => &["domain", "metric", "period"],
            _ => &["metric", "country", "province"],
        });
        let column = column.unwrap_or_else(|| same("'x'"));
        if depth == 0 || self.chance(50) {
            return column;
        }
        let one = self.text(depth - 1);
        match self.below(9) {
            0 => fill("UPPER({})", &[&one]),
            1 => fill("SUBSTR({}, 2, 3)", &[&one]),
            2 => fill_two("LEFT({}, 3)", "substr({}, 1, 3)", &[&one]),
            3 => fill(
                self.pick(&["REPLACE({}, 'o', '--')", "REPLACE({}, '', '-')"]),
                &[&one],
            ),
            4 => fill(
                self.pick(&["TRIM({} || '  ')", "LTRIM('  ' || {})", "TRIM('   ')"]),
                &[&one],
            ),
            5 => {
                let condition = self.condition(0);
                fill("CASE WHEN {} THEN {} END", &[&condition, &one])
            }
            6 => {
                let date = self.date(0);
                fill_two("({} || {})", "({} || {})", &[&one, &date])
            }
            7 => fill("LOWER(SUBSTR({}, 1, 4))", &[&one]),
            _ => fill("({} || '-' || {})", &[&one, &column]),
        }
    }

    pub(super) fn date(&mut self, depth: usize) -> Both {
        let column = self.column(|table| if table == "metric" { &[] } else { &["date"] });
        let column = match column {
            Some(column) if self.chance(95) => column,
            _ => {
                let day = 10 + self.below(15);
                two(format!("DATE '2026-11-{day}'"), format!("'2026-11-{day}'"))
            }
        };
        if depth == 0 || self.chance(60) {
            return column;
        }
        let one = self.date(depth - 1);
        let days = self.below(40);
        match self.below(2) {
            0 => fill_two(
                &format!("({{}} + INTERVAL '{days}' DAY)"),
                &format!("date({{}}, '+{days} days')"),
                &[&one],
            ),
            _ => fill_two(
                &format!("({{}} - INTERVAL '{days}' DAY)"),
                &format!("date({{}}, '-{days} days')"),
                &[&one],
            ),
        }
    }
}
