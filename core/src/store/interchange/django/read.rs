//! Reading the dump of django-trackstats.

use super::Django;
use super::key::Key;
use super::object::{self, ContentType, Domain, Metric, Object, Statistic};
use super::scan::Objects;
use super::tables::{Names, Tables};
use crate::Error;
use crate::model::{MetricId, NewDomain, NewMetric, Value};
use crate::store::interchange::fault::InterchangeFault;
use crate::store::interchange::import::{ImportFormat, Reading, sealed};
use crate::store::interchange::intake::{Intake, Place, in_field, on_line};
use crate::store::interchange::line::{Lines, is_blank};
use crate::store::interchange::number::Number;
use crate::store::interchange::source::Source;
use crate::time::{Date, Period};

/// One dump on its way in. What names an object that has not come yet waits for the end.
struct Dump {
    form: Form,
    names: Names,
    tables: Tables,
    metrics: Vec<(u64, Option<Key>, Metric)>,
    statistics: Vec<(u64, Waiting)>,
}

/// How the objects stand in the file.
enum Form {
    /// Not known yet, after so many lines without anything.
    Unknown(u64),
    /// `jsonl`: an object on each line.
    Lines(Lines),
    /// `json`: a list of objects.
    List(Objects),
}

struct Waiting {
    metric: Key,
    object: Option<(Key, String)>,
    period: Period,
    date: Date,
    value: Option<Value>,
}

/// What is held where a dump names something before it comes.
const EARLY: &str = "objects of the dump that come before what they name";
const NAMES: &str = "the names of the dump";

impl ImportFormat for Django {}

impl sealed::ImportFormat for Django {
    #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
    fn begin(self) -> Box<dyn Reading> {
        Box::new(Dump {
            form: Form::Unknown(0),
            names: self.names,
            tables: Tables::default(),
            metrics: Vec::new(),
            statistics: Vec::new(),
        })
    }
}

impl Reading for Dump {
    fn read(&mut self, intake: &mut Intake<'_>, source: &mut Source<'_, '_>) -> Result<(), Error> {
        self.find_form(source)?;
        // Taken out, so that the rest of the dump can be changed meanwhile.
        let mut form = std::mem::replace(&mut self.form, Form::Unknown(0));
        let result = self.objects(&mut form, intake, source);
        self.form = form;
        result?;
        self.settle(intake)
    }
}

impl Dump {
    /// Passes over what is blank, to the first sign of the form.
    fn find_form(&mut self, source: &mut Source<'_, '_>) -> Result<(), Error> {
        while let Form::Unknown(lines) = &mut self.form {
            let lines_before = *lines;
            match source.fill()?.first() {
                Some(b'{') => self.form = Form::Lines(Lines::after(lines_before)),
                Some(byte) if byte.is_ascii_whitespace() => {
                    *lines += u64::from(*byte == b'\n');
                    source.consume(1);
                }
                _ => self.form = Form::List(Objects::after(lines_before)),
            }
        }
        Ok(())
    }

    fn objects(
        &mut self,
        form: &mut Form,
        intake: &mut Intake<'_>,
        source: &mut Source<'_, '_>,
    ) -> Result<(), Error> {
        match form {
            Form::Unknown(_) => {}
            Form::Lines(lines) => {
                while let Some((line, bytes)) = lines.next(source)? {
                    if bytes.as_ref().is_ok_and(|bytes| is_blank(bytes)) {
                        continue;
                    }
                    self.judge(line, bytes, intake)?;
                }
            }
            Form::List(objects) => {
                while let Some((line, bytes)) = objects.next(source)? {
                    self.judge(line, bytes, intake)?;
                }
            }
        }
        Ok(())
    }

    fn judge(
        &mut self,
        line: u64,
        bytes: Result<&[u8], Error>,
        intake: &mut Intake<'_>,
    ) -> Result<(), Error> {
        intake.count_read();
        let result = bytes.and_then(|bytes| self.take(line, bytes, intake));
        intake.judge(line, result)?;
        intake
            .check_held()
            .map_err(|fault| on_line(line, &fault.into()))
    }

    fn take(&mut self, line: u64, bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), Error> {
        match object::model(bytes)?.as_ref() {
            "trackstats.statisticbydate" => {
                let fields = object::read(bytes, |text| {
                    serde_json::from_slice::<Statistic<'_>>(text).map(drop)
                })?
                .fields;
                self.statistic(line, fields, false, intake)
            }
            "trackstats.statisticbydateandobject" => {
                let fields = object::read(bytes, |text| {
                    serde_json::from_slice::<Statistic<'_>>(text).map(drop)
                })?
                .fields;
                self.statistic(line, fields, true, intake)
            }
            "trackstats.metric" => {
                let Object { pk, fields } = object::read(bytes, |text| {
                    serde_json::from_slice::<Metric>(text).map(drop)
                })?;
                self.metric(line, pk, fields, intake)
            }
            "trackstats.domain" => self.domain(
                object::read(bytes, |text| {
                    serde_json::from_slice::<Domain>(text).map(drop)
                })?,
                intake,
            ),
            "contenttypes.contenttype" => {
                let Object {
                    pk,
                    fields: ContentType { app_label, model },
                } = object::read(bytes, |text| {
                    serde_json::from_slice::<ContentType>(text).map(drop)
                })?;
                // Without a number nothing can name it but its texts, which are known.
                if let Some(pk) = pk {
                    intake.hold(pk.size() + app_label.len() + model.len(), NAMES);
                    self.names.add(pk, app_label, model);
                }
                Ok(())
            }
            _ => {
                intake.count_ignored();
                Ok(())
            }
        }
    }

    fn domain(&mut self, object: Object<Domain>, intake: &mut Intake<'_>) -> Result<(), Error> {
        let Object {
            pk,
            fields: Domain { reference, name },
        } = object;
        let mut new = NewDomain::new(&reference);
        new.title = given(name);
        intake.domain(&new)?;
        intake.hold(3 * reference.len() + Key::LEAST, NAMES);
        self.tables.add_domain(pk, &reference);
        Ok(())
    }

    fn metric(
        &mut self,
        line: u64,
        pk: Option<Key>,
        metric: Metric,
        intake: &mut Intake<'_>,
    ) -> Result<(), Error> {
        let Some(domain) = self.tables.domains.get(&metric.domain).cloned() else {
            intake.hold(metric.size(), EARLY);
            self.metrics.push((line, pk, metric));
            return Ok(());
        };
        self.register(&domain, pk, metric, intake)
    }

    fn register(
        &mut self,
        domain: &str,
        pk: Option<Key>,
        metric: Metric,
        intake: &mut Intake<'_>,
    ) -> Result<(), Error> {
        let Metric {
            reference,
            name,
            description,
            ..
        } = metric;
        let mut new = NewMetric::new(format!("{domain}.{reference}"));
        new.title = given(name);
        new.description = given(description);
        let id = intake.metric(&new)?;
        intake.hold(domain.len() + reference.len() + 2 * Key::LEAST, NAMES);
        self.tables.add_metric(pk, domain, &reference, id);
        Ok(())
    }

    fn statistic(
        &mut self,
        line: u64,
        statistic: Statistic<'_>,
        by_object: bool,
        intake: &mut Intake<'_>,
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
            period: Period::from_seconds(period).map_err(|error| in_field("period", &error))?,
            date: date
                .as_ref()
                .parse()
                .map_err(|error| in_field("date", &error))?,
            value: value
                .map(Number::value)
                .transpose()
                .map_err(|fault| in_field("value", &fault.into()))?,
        };
        if let Ok((metric, dimension)) = self.resolve(&waiting)? {
            return record(metric, dimension, waiting, intake);
        }
        intake.hold(waiting.size(), EARLY);
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

    /// Takes what has waited for the end.
    fn settle(&mut self, intake: &mut Intake<'_>) -> Result<(), Error> {
        for (line, pk, metric) in std::mem::take(&mut self.metrics) {
            intake.release(metric.size());
            let result = match self.tables.domains.get(&metric.domain).cloned() {
                Some(domain) => self.register(&domain, pk, metric, intake),
                None => Err(InterchangeFault::UnknownDomain(metric.domain.to_string()).into()),
            };
            intake.judge(line, result)?;
        }
        for (line, waiting) in std::mem::take(&mut self.statistics) {
            intake.release(waiting.size());
            let result = match self.resolve(&waiting) {
                Ok(Ok((metric, dimension))) => record(metric, dimension, waiting, intake),
                Ok(Err(fault)) => Err(fault.into()),
                Err(error) => Err(error),
            };
            intake.judge(line, result)?;
        }
        Ok(())
    }
}

impl Waiting {
    /// About what it takes in memory.
    fn size(&self) -> usize {
        let object = self.object.as_ref();
        let object = object.map_or(0, |(key, id)| key.size() + id.len());
        size_of::<Self>() + self.metric.size() + object
    }
}

fn record(
    metric: MetricId,
    dimension: Option<String>,
    waiting: Waiting,
    intake: &mut Intake<'_>,
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
    intake.record(&mut place, value)
}

/// An empty text is none.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}
