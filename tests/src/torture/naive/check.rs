//! What has to be so at every time.

use std::collections::BTreeMap;

use trackstats::{Date, ErrorCode, Export, Filter, Import, Period, Store, Value};

use super::model::{METRICS, Model, name};
use super::{Run, text};

impl Run {
    pub(super) fn check(&mut self) -> Result<(), String> {
        compare(&self.store, &self.model)?;
        self.send()?;
        compare(&self.copy, &self.model).map_err(|error| format!("the second store: {error}"))?;
        self.series()?;
        self.parts()?;
        let restored = Store::builder().restore(&self.store.snapshot());
        let mut restored = restored.map_err(text)?;
        compare(&restored, &self.model).map_err(|error| format!("restored: {error}"))?;
        let mut file = Vec::new();
        Export::json_lines()
            .write(&self.store, &mut file)
            .map_err(text)?;
        let mut imported = Store::in_memory();
        Import::json_lines()
            .read(&mut imported, file.as_slice())
            .map_err(text)?;
        let same = imported.statistics(&Filter::new()).map_err(text)?;
        if same != self.model.statistics() {
            return Err("an export, imported, is another store".to_owned());
        }
        let deleted = restored.delete(&Filter::new()).map_err(text)?;
        if deleted != self.model.values.len() || !restored.is_empty() {
            return Err(format!("{deleted} deleted of {}", self.model.values.len()));
        }
        Ok(())
    }

    /// Every series can be read, by its handle and by its name.
    fn series(&self) -> Result<(), String> {
        let list = self.store.list_series(&Filter::new()).map_err(text)?;
        for one in &list {
            let mut target = trackstats::MetricRef::new(&one.metric);
            for (name, value) in &one.dimensions {
                target = target.at(name.as_str(), value.as_str());
            }
            let by_handle = self.store.series(one.handle, one.period).read();
            let by_name = self.store.series(&target, one.period).read();
            let (by_handle, by_name) = (by_handle.map_err(text)?, by_name.map_err(text)?);
            if by_handle != by_name || by_name.len() != one.len {
                return Err(format!("{one:?} is not what its name gives"));
            }
        }
        Ok(())
    }

    /// Breakdowns, and totals of what has parts only.
    fn parts(&mut self) -> Result<(), String> {
        for metric in 0..METRICS {
            if !self.model.metrics.contains_key(&metric) {
                continue;
            }
            let total = self.store.total(name(metric).as_str(), Period::Day).read();
            let split = self.model.split(metric, Period::Day, &[], None);
            match (total, split) {
                (Err(error), Some(split)) if !split.is_empty() => {
                    if error.code() != ErrorCode::UnknownDimension {
                        return Err(text(error));
                    }
                }
                // Sums of large integers need not fit.
                (Err(error), _) if error.code() == ErrorCode::Overflow => {}
                (Err(error), _) => return Err(text(error)),
                (Ok(_), Some(split)) if !split.is_empty() => {
                    return Err(format!(
                        "a total of {} was read, which has parts only",
                        name(metric)
                    ));
                }
                (Ok(_), _) => {}
            }
            for by in ["country", "region"] {
                self.breakdown(metric, by)?;
            }
        }
        Ok(())
    }

    fn breakdown(&mut self, metric: usize, by: &str) -> Result<(), String> {
        let day = 20_765 + i32::try_from(self.random.below(20)).unwrap_or(0);
        let date = Date::from_days_since_epoch(day).map_err(text)?;
        let split = self
            .model
            .split(metric, Period::Day, &[by.to_owned()], Some(date));
        let asked = self.store.breakdown(name(metric).as_str(), Period::Day);
        let found = match (asked.by(by).on(date).read(), &split) {
            (Ok(found), _) => found,
            (Err(error), _) if error.code() == ErrorCode::Overflow => return Ok(()),
            (Err(error), None) if error.code() == ErrorCode::UnknownDimension => return Ok(()),
            (Err(error), _) => return Err(text(error)),
        };
        let mut parts: BTreeMap<&str, f64> = BTreeMap::new();
        for ((place, period, on), value) in &self.model.values {
            let is_read = place.metric == metric && *period == Period::Day && *on == date;
            if !is_read || Some(place.names()) != split {
                continue;
            }
            if let (Some(value), Some((_, part))) =
                (value, place.dimensions.iter().find(|(name, _)| name == by))
            {
                *parts.entry(part.as_str()).or_default() += value.as_f64();
            }
        }
        let found_parts: BTreeMap<&str, f64> = found
            .parts
            .iter()
            .map(|part| (part.at[0].as_str(), Value::as_f64(part.value)))
            .collect();
        let is_near = |(left, right): (&f64, &f64)| (left - right).abs() <= 1e-9 * right.abs();
        let same = found_parts.len() == parts.len()
            && found_parts.keys().eq(parts.keys())
            && found_parts.values().zip(parts.values()).all(is_near);
        if !same || split.is_some_and(|split| split != found.split_by) {
            return Err(format!("the breakdown {found:?} is {parts:?} by the model"));
        }
        Ok(())
    }
}

/// Whether a store holds what the model does.
fn compare(store: &Store, model: &Model) -> Result<(), String> {
    let found = store.statistics(&Filter::new()).map_err(text)?;
    let expected = model.statistics();
    if found != expected {
        let differs = found
            .iter()
            .zip(&expected)
            .find(|(left, right)| left != right);
        return Err(format!(
            "{} statistics, {} by the model; first other one: {differs:?}",
            found.len(),
            expected.len()
        ));
    }
    let metrics = store.metrics().map(|info| {
        (
            info.name(),
            info.kind,
            info.dimensions.clone(),
            info.title.clone(),
        )
    });
    let expected = model.order.iter().map(|metric| {
        let known = &model.metrics[metric];
        (
            name(*metric),
            known.kind,
            known.names.clone(),
            known.title.clone(),
        )
    });
    let (metrics, expected): (Vec<_>, Vec<_>) = (metrics.collect(), expected.collect());
    if metrics != expected {
        return Err(format!(
            "the metrics are {metrics:?}, by the model {expected:?}"
        ));
    }
    Ok(())
}
