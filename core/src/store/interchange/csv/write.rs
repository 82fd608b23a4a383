//! Writing CSV.

use super::{Csv, cell};
use crate::model::Value;
use crate::store::interchange::export::{Chosen, ExportFormat, Writing, sealed, write_date};
use crate::store::interchange::json::write_value;
use crate::store::interchange::output::Output;
use crate::store::interchange::walk::{Rows, Walk};
use crate::store::narrow::Found;
use crate::time::Date;

/// A file on its way out.
struct Write {
    is_named: bool,
    rows: CsvRows,
}

struct CsvRows {
    format: Csv,
    /// The names of all dimensions that something is split by, sorted, as those of a slot are.
    names: Vec<String>,
    /// What stands before the date, and behind the value.
    before: Vec<u8>,
    after: Vec<u8>,
}

impl ExportFormat for Csv {}

impl sealed::ExportFormat for Csv {
    #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
    fn begin(self) -> Box<dyn Writing> {
        let rows = CsvRows {
            format: self,
            names: Vec::new(),
            before: Vec::new(),
            after: Vec::new(),
        };
        Box::new(Write {
            is_named: false,
            rows,
        })
    }
}

impl Writing for Write {
    fn step(&mut self, chosen: &Chosen<'_>, walk: &mut Walk, output: &mut Output) -> bool {
        if self.is_named {
            return walk.write(chosen, output, &mut self.rows);
        }
        let names = &mut self.rows.names;
        if walk.look(chosen, |found| learn(names, chosen, found)) {
            self.is_named = true;
            self.rows.write_names(output);
        }
        false
    }
}

impl CsvRows {
    fn write_names(&self, output: &mut Output) {
        output.buffer.extend_from_slice(b"metric,period,date,value");
        for name in &self.names {
            output.buffer.push(b',');
            let name = cell::guarded(name, self.format.for_spreadsheets);
            cell::write(&mut output.buffer, &name);
        }
        output.end_line();
    }
}

impl Rows for CsvRows {
    fn begin(&mut self, chosen: &Chosen<'_>, found: &Found) {
        let is_guarding = self.format.for_spreadsheets;
        let metric = chosen.store.engine().catalog().name(found.metric);
        self.before.clear();
        cell::write(&mut self.before, &cell::guarded(metric, is_guarding));
        self.before.push(b',');
        self.before
            .extend_from_slice(found.period.as_str().as_bytes());
        self.before.push(b',');
        self.after.clear();
        let mut dimensions = chosen.store.pairs(found.slot).peekable();
        for name in &self.names {
            self.after.push(b',');
            if let Some((_, value)) = dimensions.next_if(|(other, _)| other == name) {
                cell::write(&mut self.after, &cell::encode(value, is_guarding));
            }
        }
    }

    fn write(&self, out: &mut Vec<u8>, date: Date, value: Option<Value>) {
        out.extend_from_slice(&self.before);
        write_date(out, date);
        out.push(b',');
        if let Some(value) = value {
            write_value(out, value);
        }
        out.extend_from_slice(&self.after);
    }
}

fn learn(names: &mut Vec<String>, chosen: &Chosen<'_>, found: &Found) {
    for (name, _) in chosen.store.pairs(found.slot) {
        if let Err(place) = names.binary_search_by(|other| other.as_str().cmp(name)) {
            names.insert(place, name.to_owned());
        }
    }
}
