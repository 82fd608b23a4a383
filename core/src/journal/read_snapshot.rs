//! Reading a snapshot.

use super::column;
use super::fault::JournalFault;
use super::read_changes::{kind, period, version};
use super::snapshot::{MAGIC, VERSION};
use super::wire::Reader;
use crate::engine::{Applied, Engine, Entry, SplitId, TextId};
use crate::model::{
    MetricId, NewDomain, NewMetric, ValueKind, check_dimension_name, check_dimension_value,
};
use crate::time::primary;

/// What a snapshot holds.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) zone: String,
    pub(crate) engine: Engine,
}

pub(crate) fn read_snapshot(bytes: &[u8]) -> Result<Snapshot, JournalFault> {
    let mut reading = Reading::new(bytes);
    let zone = reading.zone()?;
    reading.all()?;
    Ok(Snapshot {
        zone,
        engine: reading.engine,
    })
}

/// The zone alone.
pub(crate) fn snapshot_zone(bytes: &[u8]) -> Result<String, JournalFault> {
    Ok(primary(&Reading::new(bytes).zone()?).into_owned())
}

/// What comes before the first place that is not readable; none if that is in the zone.
pub(crate) fn salvage_snapshot(bytes: &[u8]) -> Option<Snapshot> {
    let mut reading = Reading::new(bytes);
    let zone = reading.zone().ok()?;
    let _ = reading.all();
    Some(Snapshot {
        zone,
        engine: reading.engine,
    })
}

struct Split {
    id: SplitId,
    kind: ValueKind,
    names: usize,
}

struct Reading<'b> {
    reader: Reader<'b>,
    engine: Engine,
    metrics: Vec<MetricId>,
    texts: Vec<TextId>,
    splits: Vec<Split>,
}

impl<'b> Reading<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self {
            reader: Reader::new(bytes),
            engine: Engine::default(),
            metrics: Vec::new(),
            texts: Vec::new(),
            splits: Vec::new(),
        }
    }

    fn zone(&mut self) -> Result<String, JournalFault> {
        if self.reader.take(MAGIC.len(), "the magic")? != MAGIC {
            return Err(JournalFault::Damaged {
                what: "the magic",
                at: 0,
            });
        }
        version(&mut self.reader, VERSION)?;
        Ok(self.reader.text("the zone")?.to_owned())
    }

    fn all(&mut self) -> Result<(), JournalFault> {
        self.catalog()?;
        for text in self.reader.texts("a text")? {
            let id = self.engine.intern(text);
            self.texts.push(id);
        }
        for _ in 0..self.reader.count("the number of splits")? {
            self.split()?;
        }
        for _ in 0..self.reader.count("the number of series")? {
            self.series()?;
        }
        self.reader.end()
    }

    fn refused(&self, reason: impl std::fmt::Display) -> JournalFault {
        JournalFault::Refused {
            at: self.reader.at(),
            reason: reason.to_string(),
        }
    }

    fn catalog(&mut self) -> Result<(), JournalFault> {
        let domains = self.reader.count("the number of domains")?;
        for _ in 0..domains {
            let domain = NewDomain::new(self.reader.text("a domain")?)
                .title(self.reader.text("a title")?)
                .description(self.reader.text("a description")?);
            let applied = self.engine.apply(Entry::Domain(&domain));
            applied.map_err(|fault| self.refused(fault))?;
        }
        if self.engine.catalog().domains().len() != domains {
            return Err(self.reader.damaged("a domain that came before"));
        }
        for _ in 0..self.reader.count("the number of metrics")? {
            let metric = NewMetric::new(self.reader.text("a metric")?)
                .title(self.reader.text("a title")?)
                .description(self.reader.text("a description")?);
            let kind = kind(self.reader.byte("a kind")?);
            let metric = metric.kind(kind.ok_or_else(|| self.reader.damaged("a kind"))?);
            let metric = metric.by(self.reader.texts("a dimension")?);
            let known = self.engine.catalog().find(&metric.name).is_some();
            match self.engine.apply(Entry::Metric(&metric)) {
                Ok(Applied::Metric(id)) if !known => self.metrics.push(id),
                Ok(_) => return Err(self.reader.damaged("a metric")),
                Err(fault) => return Err(self.refused(fault)),
            }
            // A metric registers its domain where there is none.
            if self.engine.catalog().domains().len() != domains {
                return Err(self.reader.damaged("the domain of a metric"));
            }
        }
        Ok(())
    }

    /// The text of that number, which is read next.
    fn text(&mut self, what: &'static str) -> Result<TextId, JournalFault> {
        let number = self.reader.index(self.texts.len(), what)?;
        let text = self.texts.get(number).copied();
        text.ok_or_else(|| self.reader.damaged(what))
    }

    fn split(&mut self) -> Result<(), JournalFault> {
        let metric = self
            .reader
            .index(self.metrics.len(), "the metric of a split")?;
        let metric = self.metrics.get(metric).copied();
        let metric = metric.ok_or_else(|| self.reader.damaged("the metric of a split"))?;
        let names = (0..self.reader.count("the number of dimensions")?)
            .map(|_| self.text("a dimension"))
            .collect::<Result<Vec<_>, _>>()?;
        for &name in &names {
            check_dimension_name(self.engine.text(name)).map_err(|fault| self.refused(fault))?;
        }
        let texts = names.iter().map(|&name| self.engine.text(name));
        let known = self.engine.find_split(metric, &names).is_some();
        if known || !texts.is_sorted_by(|left, right| left < right) {
            return Err(self.reader.damaged("a split"));
        }
        self.splits.push(Split {
            id: self.engine.add_split(metric, &names),
            kind: self.engine.catalog().metric(metric).kind,
            names: names.len(),
        });
        Ok(())
    }

    fn series(&mut self) -> Result<(), JournalFault> {
        let number = self
            .reader
            .index(self.splits.len(), "the split of a series")?;
        let split = self.splits.get(number);
        let &Split { id, kind, names } =
            split.ok_or_else(|| self.reader.damaged("the split of a series"))?;
        let mut values = Vec::with_capacity(names);
        for _ in 0..names {
            let value = self.text("the value of a dimension")?;
            check_dimension_value(self.engine.text(value)).map_err(|fault| self.refused(fault))?;
            values.push(value);
        }
        let period = period(&mut self.reader)?;
        let slot = self.engine.add_slot(id, &values);
        if self.engine.find_series(slot, period).is_some() {
            return Err(self.reader.damaged("a series that came before"));
        }
        let series = self.engine.series(slot, period);
        let column = column::read(&mut self.reader, kind)?;
        self.engine.fill(series, column);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::wire::Writer;
    use super::*;

    fn snapshot(domains: &[&str], metrics: &[&str]) -> Vec<u8> {
        let mut writer = Writer(MAGIC.to_vec());
        writer.byte(VERSION);
        writer.text("UTC");
        writer.count(domains.len());
        for domain in domains {
            for text in [domain, "", ""] {
                writer.text(text);
            }
        }
        writer.count(metrics.len());
        for metric in metrics {
            for text in [metric, "", ""] {
                writer.text(text);
            }
            writer.byte(1);
            writer.count(0);
        }
        for _ in ["texts", "splits", "series"] {
            writer.count(0);
        }
        writer.0
    }

    #[test]
    fn a_domain_and_a_metric_are_there_once() {
        let read = |domains: &[&str], metrics: &[&str]| read_snapshot(&snapshot(domains, metrics));
        read(&["shop"], &[]).unwrap();
        read(&["shop"], &["shop.one", "shop.two"]).unwrap();
        for (domains, metrics) in [
            (["shop", "shop"].as_slice(), [].as_slice()),
            (&["shop"], &["shop.one", "shop.one"]),
            (&["shop"], &["web.one"]),
        ] {
            assert!(read(domains, metrics).is_err(), "{domains:?} {metrics:?}");
        }
    }
}
