//! Writing a snapshot.

use super::changes::{Texts, kind_byte, period_byte};
use super::column;
use super::wire::Writer;
use crate::engine::Engine;
use crate::model::MetricId;
use crate::time::primary;

pub(super) const MAGIC: &[u8; 4] = b"TKST";
pub(super) const VERSION: u8 = 1;

/// All that an engine holds, as bytes.
pub(crate) fn write_snapshot(engine: &Engine, zone: &str) -> Vec<u8> {
    let mut whole = Writer::default();
    whole.0.extend_from_slice(MAGIC);
    whole.byte(VERSION);
    whole.text(&primary(zone));
    let metrics = catalog(&mut whole, engine);

    let mut texts = Texts::default();
    let mut splits = Writer::default();
    let mut split_count = 0;
    let mut series = Writer::default();
    let mut series_count = 0;
    // Splits are numbered as they come up, so that those without a statistic leave no trace.
    let mut split_numbers: Vec<Option<usize>> = Vec::new();
    for (slot, period, column) in engine.all_series() {
        if column.len() == 0 {
            continue;
        }
        let id = engine.slot_split(slot);
        let place = id.0 as usize;
        if split_numbers.len() <= place {
            split_numbers.resize(place + 1, None);
        }
        let number = *split_numbers[place].get_or_insert_with(|| {
            let split = engine.split(id);
            let metric = metrics.iter().position(|&metric| metric == split.metric());
            splits.count(metric.expect("a metric with statistics is registered"));
            splits.count(split.names().len());
            for &name in split.names() {
                splits.count(texts.number(engine.text(name)));
            }
            split_count += 1;
            split_count - 1
        });
        series.count(number);
        for &value in engine.slot_values(slot) {
            series.count(texts.number(engine.text(value)));
        }
        series.byte(period_byte(period));
        column::write(&mut series, column);
        series_count += 1;
    }

    whole.count(texts.met.len());
    whole.0.append(&mut texts.written.0);
    whole.count(split_count);
    whole.0.append(&mut splits.0);
    whole.count(series_count);
    whole.0.append(&mut series.0);
    whole.0
}

/// Writes the domains and metrics, and gives the metrics in the order that numbers them.
fn catalog(to: &mut Writer, engine: &Engine) -> Vec<MetricId> {
    let catalog = engine.catalog();
    to.count(catalog.domains().len());
    for domain in catalog.domains() {
        to.text(&domain.reference);
        to.text(&domain.title);
        to.text(&domain.description);
    }
    to.count(catalog.metrics().count());
    let mut numbers = Vec::new();
    for (id, info) in catalog.metrics() {
        to.text(catalog.name(id));
        to.text(&info.title);
        to.text(&info.description);
        to.byte(kind_byte(info.kind));
        to.count(info.dimensions.len());
        for name in &info.dimensions {
            to.text(name);
        }
        numbers.push(id);
    }
    numbers
}
