//! Writing JSON Lines.

use super::JsonLines;
use crate::Error;
use crate::store::interchange::export::{Chosen, ExportFormat, sealed, write_date};
use crate::store::interchange::json::{write_text, write_value};
use crate::store::interchange::output::Output;
use crate::store::narrow::Found;

impl ExportFormat for JsonLines {}

impl sealed::ExportFormat for JsonLines {
    #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
    fn write(self, chosen: &Chosen<'_>, output: &mut Output<'_>) -> Result<usize, Error> {
        let mut count = 0;
        chosen.each_series(|found| {
            count += chosen.count(found);
            Ok(())
        })?;
        write_header(chosen, count, output)?;
        write_catalog(chosen, output)?;
        let mut before = Vec::new();
        let mut between = Vec::new();
        chosen.each_series(|found| {
            // All lines of a series differ in the date and the value only.
            write_frame(chosen, found, &mut before, &mut between);
            for (date, value) in chosen.points(found) {
                let out = &mut output.buffer;
                out.extend_from_slice(&before);
                write_date(out, date);
                out.extend_from_slice(&between);
                match value {
                    Some(value) => write_value(out, value),
                    None => out.extend_from_slice(b"null"),
                }
                out.push(b'}');
                output.end_line()?;
            }
            Ok(())
        })?;
        Ok(count)
    }
}

fn write_header(chosen: &Chosen<'_>, count: usize, output: &mut Output<'_>) -> Result<(), Error> {
    let out = &mut output.buffer;
    out.extend_from_slice(b"{\"trackstats\":1,\"time_zone\":");
    write_text(out, chosen.store.zone().name());
    out.extend_from_slice(format!(",\"statistics\":{count}}}").as_bytes());
    output.end_line()
}

fn write_catalog(chosen: &Chosen<'_>, output: &mut Output<'_>) -> Result<(), Error> {
    let catalog = chosen.store.engine().catalog();
    let metrics = chosen.store.find_metrics(chosen.filter);
    for domain in catalog.domains() {
        let named = |id| catalog.metric(id).domain == domain.reference;
        if !chosen.filter.is_for_all_metrics() && !metrics.iter().copied().any(named) {
            continue;
        }
        begin(output, "domain", &domain.reference);
        write_field(output, "title", &domain.title);
        write_field(output, "description", &domain.description);
        output.buffer.push(b'}');
        output.end_line()?;
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
        output.end_line()?;
    }
    Ok(())
}

fn begin(output: &mut Output<'_>, key: &str, name: &str) {
    output.buffer.extend_from_slice(b"{\"");
    output.buffer.extend_from_slice(key.as_bytes());
    output.buffer.extend_from_slice(b"\":");
    write_text(&mut output.buffer, name);
}

/// Writes a text that is not given if it is empty.
fn write_field(output: &mut Output<'_>, key: &str, text: &str) {
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
