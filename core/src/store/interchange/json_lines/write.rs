//! Writing JSON Lines.

use hashbrown::HashSet;

use super::JsonLines;
use crate::model::{MetricId, Value};
use crate::store::interchange::export::{Chosen, ExportFormat, Writing, sealed, write_date};
use crate::store::interchange::json::{write_text, write_value};
use crate::store::interchange::output::Output;
use crate::store::interchange::walk::{Rows, Walk};
use crate::store::narrow::Found;
use crate::time::Date;

/// A file on its way out.
#[derive(Default)]
struct Write {
    /// How many statistics there are, which stands at the start.
    count: usize,
    is_counted: bool,
    rows: JsonRows,
}

#[derive(Default)]
struct JsonRows {
    /// What stands before the date, and between it and the value.
    before: Vec<u8>,
    between: Vec<u8>,
}

impl ExportFormat for JsonLines {}

impl sealed::ExportFormat for JsonLines {
    #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
    fn begin(self) -> Box<dyn Writing> {
        Box::new(Write::default())
    }
}

impl Writing for Write {
    fn step(&mut self, chosen: &Chosen<'_>, walk: &mut Walk, output: &mut Output) -> bool {
        if self.is_counted {
            return walk.write(chosen, output, &mut self.rows);
        }
        let count = &mut self.count;
        if walk.look(chosen, |found| *count += chosen.count(found)) {
            self.is_counted = true;
            write_header(chosen, self.count, output);
            write_catalog(chosen, output);
        }
        false
    }
}

impl Rows for JsonRows {
    fn begin(&mut self, chosen: &Chosen<'_>, found: &Found) {
        write_frame(chosen, found, &mut self.before, &mut self.between);
    }

    fn write(&self, out: &mut Vec<u8>, date: Date, value: Option<Value>) {
        out.extend_from_slice(&self.before);
        write_date(out, date);
        out.extend_from_slice(&self.between);
        match value {
            Some(value) => write_value(out, value),
            None => out.extend_from_slice(b"null"),
        }
        out.push(b'}');
    }
}

fn write_header(chosen: &Chosen<'_>, count: usize, output: &mut Output) {
    let out = &mut output.buffer;
    out.extend_from_slice(b"{\"trackstats\":1,\"time_zone\":");
    write_text(out, chosen.store.zone().name());
    out.extend_from_slice(format!(",\"statistics\":{count}}}").as_bytes());
    output.end_line();
}

fn write_catalog(chosen: &Chosen<'_>, output: &mut Output) {
    let catalog = chosen.store.engine().catalog();
    let metrics: HashSet<MetricId> = chosen
        .store
        .find_metrics(chosen.filter)
        .into_iter()
        .collect();
    let of_metrics: HashSet<&str> = metrics
        .iter()
        .map(|&id| catalog.metric(id).domain.as_str())
        .collect();
    for domain in catalog.domains() {
        if !chosen.filter.is_for_all_metrics() && !of_metrics.contains(domain.reference.as_str()) {
            continue;
        }
        begin(output, "domain", &domain.reference);
        write_field(output, "title", &domain.title);
        write_field(output, "description", &domain.description);
        output.buffer.push(b'}');
        output.end_line();
    }
    for (id, metric) in catalog.metrics().filter(|(id, _)| metrics.contains(id)) {
        begin(output, "metric", catalog.name(id));
        write_field(output, "title", &metric.title);
        write_field(output, "description", &metric.description);
        write_field(output, "kind", metric.kind.as_str());
        for (place, name) in metric.dimensions.iter().enumerate() {
            let start: &[u8] = if place == 0 {
                b",\"dimensions\":["
            } else {
                b","
            };
            output.buffer.extend_from_slice(start);
            write_text(&mut output.buffer, name);
        }
        let end: &[u8] = if metric.dimensions.is_empty() {
            b"}"
        } else {
            b"]}"
        };
        output.buffer.extend_from_slice(end);
        output.end_line();
    }
}

fn begin(output: &mut Output, key: &str, name: &str) {
    output.buffer.extend_from_slice(b"{\"");
    output.buffer.extend_from_slice(key.as_bytes());
    output.buffer.extend_from_slice(b"\":");
    write_text(&mut output.buffer, name);
}

/// Writes a text that is not given if it is empty.
fn write_field(output: &mut Output, key: &str, text: &str) {
    if !text.is_empty() {
        output.buffer.extend_from_slice(b",\"");
        output.buffer.extend_from_slice(key.as_bytes());
        output.buffer.extend_from_slice(b"\":");
        write_text(&mut output.buffer, text);
    }
}

/// What stands before the date, and between it and the value.
fn write_frame(chosen: &Chosen<'_>, found: &Found, before: &mut Vec<u8>, between: &mut Vec<u8>) {
    before.clear();
    before.extend_from_slice(b"{\"metric\":");
    write_text(before, chosen.store.engine().catalog().name(found.metric));
    before.extend_from_slice(b",\"period\":\"");
    before.extend_from_slice(found.period.as_str().as_bytes());
    before.extend_from_slice(b"\",\"date\":\"");
    between.clear();
    between.push(b'"');
    let dimensions: Vec<_> = chosen.store.pairs(found.slot).collect();
    for (place, (name, value)) in dimensions.iter().enumerate() {
        let start: &[u8] = if place == 0 {
            b",\"dimensions\":{"
        } else {
            b","
        };
        between.extend_from_slice(start);
        write_text(between, name);
        between.push(b':');
        write_text(between, value);
    }
    let end: &[u8] = if dimensions.is_empty() {
        b",\"value\":"
    } else {
        b"},\"value\":"
    };
    between.extend_from_slice(end);
}
