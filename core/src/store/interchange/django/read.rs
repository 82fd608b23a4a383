//! Reading the dump of django-trackstats.

use super::Django;
use super::key::Key;
use super::object::{ContentType, Domain, Kind, Metric, Object, Statistic};
use super::scan::Objects;
use super::tables::{Names, Tables};
use crate::Error;
use crate::model::{MetricId, NewDomain, NewMetric, Value};
use crate::store::interchange::fault::InterchangeFault;
use crate::store::interchange::import::{ImportFormat, sealed};
use crate::store::interchange::intake::{Intake, Place};
use crate::store::interchange::json;
use crate::store::interchange::line::{Lines, is_blank};
use crate::store::interchange::number::Number;
use crate::store::interchange::source::Source;
use crate::time::{Date, Period};

/// One dump on its way in. What names an object that has not come yet waits for the end.
struct Dump<'i, 's> {
    intake: &'i mut Intake<'s>,
    names: Names,
    tables: Tables,
    metrics: Vec<(u64, Option<Key>, Metric)>,
    statistics: Vec<(u64, Waiting)>,
}

struct Waiting {
    metric: Key,
    object: Option<(Key, String)>,
    period: Period,
    date: Date,
    value: Option<Value>,
}

impl ImportFormat for Django {}

impl sealed::ImportFormat for Django {
    #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
    fn read(self, intake: &mut Intake<'_>, source: &mut Source<'_>) -> Result<(), Error> {
        let mut dump = Dump {
            intake,
            names: self.names,
            tables: Tables::default(),
            metrics: Vec::new(),
            statistics: Vec::new(),
        };
        // `jsonl` has an object on each line, `json` a list of them.
        if source.fill()?.first() == Some(&b'{') {
            let mut lines = Lines::default();
            while let Some((line, bytes)) = lines.next(source)? {
                if bytes.as_ref().is_ok_and(|bytes| is_blank(bytes)) {
                    continue;
                }
                dump.judge(line, bytes)?;
            }
        } else {
            let mut objects = Objects::new();
            while let Some((line, bytes)) = objects.next(source)? {
                dump.judge(line, bytes)?;
            }
        }
        dump.settle()
    }
}

impl Dump<'_, '_> {
    fn judge(&mut self, line: u64, bytes: Result<&[u8], Error>) -> Result<(), Error> {
        self.intake.count_read();
        let result = bytes.and_then(|bytes| self.take(line, bytes));
        self.intake.judge(line, result)
    }

    fn take(&mut self, line: u64, bytes: &[u8]) -> Result<(), Error> {
        let Kind { model } = json::read(bytes)?;
        match model.as_ref() {
            "trackstats.statisticbydate" => {
                let Object { fields, .. } = json::read(bytes)?;
                self.statistic(line, fields, false)
            }
            "trackstats.statisticbydateandobject" => {
                let Object { fields, .. } = json::read(bytes)?;
                self.statistic(line, fields, true)
            }
            "trackstats.metric" => {
                let Object { pk, fields } = json::read(bytes)?;
                self.metric(line, pk, fields)
            }
            "trackstats.domain" => self.domain(json::read(bytes)?),
            "contenttypes.contenttype" => {
                let Object {
                    pk,
                    fields: ContentType { app_label, model },
                } = json::read(bytes)?;
                // Without a number nothing can name it but its texts, which are known.
                if let Some(pk) = pk {
                    self.names.add(pk, app_label, model);
                }
                Ok(())
            }
            _ => {
                self.intake.count_ignored();
                Ok(())
            }
        }
    }

    fn domain(&mut self, object: Object<Domain>) -> Result<(), Error> {
        let Object {
            pk,
            fields: Domain { reference, name },
        } = object;
        let mut new = NewDomain::new(&reference);
        new.title = given(name);
        self.intake.domain(&new)?;
        self.tables.add_domain(pk, &reference);
        Ok(())
    }

    fn metric(&mut self, line: u64, pk: Option<Key>, metric: Metric) -> Result<(), Error> {
        let Some(domain) = self.tables.domains.get(&metric.domain).cloned() else {
            self.metrics.push((line, pk, metric));
            return Ok(());
        };
        self.register(&domain, pk, metric)
    }

    fn register(&mut self, domain: &str, pk: Option<Key>, metric: Metric) -> Result<(), Error> {
        let Metric {
            reference,
            name,
            description,
            ..
        } = metric;
        let mut new = NewMetric::new(format!("{domain}.{reference}"));
        new.title = given(name);
        new.description = given(description);
        let id = self.intake.metric(&new)?;
        self.tables.add_metric(pk, domain, &reference, id);
        Ok(())
    }

    fn statistic(
        &mut self,
        line: u64,
        statistic: Statistic<'_>,
        by_object: bool,
    ) -> Result<(), Error> {
        let missing = InterchangeFault::Missing;
        let Statistic {
            metric,
            value,
            period,
            date,
            object_type,
            object_id,
        } = statistic;
        let object = if by_object {
            let object_type = object_type.ok_or(missing("object_type"))?;
            Some((
                object_type,
                object_id.ok_or(missing("object_id"))?.0.into_owned(),
            ))
        } else {
            None
        };
        let waiting = Waiting {
            metric,
            object,
            period: Period::from_seconds(period)?,
            date: date.as_ref().parse()?,
            value: value.map(Number::value).transpose()?,
        };
        if let Ok((metric, dimension)) = self.resolve(&waiting)? {
            return self.record(metric, dimension, waiting);
        }
        self.statistics.push((line, waiting));
        Ok(())
    }

    /// The metric and the dimension, or which of them is not known yet.
    fn resolve(
        &mut self,
        waiting: &Waiting,
    ) -> Result<Result<(MetricId, Option<String>), InterchangeFault>, Error> {
        let Some(&metric) = self.tables.metrics.get(&waiting.metric) else {
            return Ok(Err(InterchangeFault::UnknownMetric(
                waiting.metric.to_string(),
            )));
        };
        let Some((object_type, _)) = &waiting.object else {
            return Ok(Ok((metric, None)));
        };
        Ok(match self.names.dimension(object_type)? {
            Some(name) => Ok((metric, Some(name.to_owned()))),
            None => Err(InterchangeFault::UnknownContentType(
                object_type.to_string(),
            )),
        })
    }

    fn record(
        &mut self,
        metric: MetricId,
        dimension: Option<String>,
        waiting: Waiting,
    ) -> Result<(), Error> {
        let Waiting {
            object,
            period,
            date,
            value,
            ..
        } = waiting;
        let mut dimensions: Vec<_> = dimension
            .zip(object)
            .map(|(name, (_, id))| (name, id))
            .into_iter()
            .collect();
        let mut place = Place {
            metric,
            dimensions: &mut dimensions,
            period,
            date,
        };
        self.intake.record(&mut place, value)
    }

    /// Takes what has waited for the end.
    fn settle(mut self) -> Result<(), Error> {
        for (line, pk, metric) in std::mem::take(&mut self.metrics) {
            let result = match self.tables.domains.get(&metric.domain).cloned() {
                Some(domain) => self.register(&domain, pk, metric),
                None => Err(InterchangeFault::UnknownDomain(metric.domain.to_string()).into()),
            };
            self.intake.judge(line, result)?;
        }
        for (line, waiting) in std::mem::take(&mut self.statistics) {
            let result = match self.resolve(&waiting) {
                Ok(Ok((metric, dimension))) => self.record(metric, dimension, waiting),
                Ok(Err(fault)) => Err(fault.into()),
                Err(error) => Err(error),
            };
            self.intake.judge(line, result)?;
        }
        Ok(())
    }
}

/// An empty text is none.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}
