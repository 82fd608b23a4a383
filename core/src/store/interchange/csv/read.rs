//! Reading CSV.

use super::record::{Record, Records};
use super::{Csv, cell};
use crate::Error;
use crate::model::{HashMap, HashSet, MetricId, NewMetric, ValueKind, check_dimension_name};
use crate::store::interchange::fault::InterchangeFault;
use crate::store::interchange::import::{ImportFormat, Reading, sealed};
use crate::store::interchange::intake::{Intake, Place, on_line};
use crate::store::interchange::number;
use crate::store::interchange::period;
use crate::store::interchange::source::Source;
use crate::time::{Date, Period};

/// Where the columns are.
struct Columns {
    metric: usize,
    period: usize,
    date: usize,
    value: usize,
    dimensions: Vec<(usize, String)>,
    count: usize,
}

/// A null of a metric of which nothing tells yet what it holds.
struct Waiting {
    line: u64,
    dimensions: Vec<(String, String)>,
    period: Period,
    date: Date,
}

type WaitingNulls = HashMap<String, Vec<Waiting>>;

/// A file on its way in.
struct Read {
    records: Records,
    columns: Option<Columns>,
    waiting: WaitingNulls,
}

impl ImportFormat for Csv {}

impl sealed::ImportFormat for Csv {
    #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
    fn begin(self) -> Box<dyn Reading> {
        Box::new(Read {
            records: Records::new(),
            columns: None,
            waiting: WaitingNulls::default(),
        })
    }
}

impl Reading for Read {
    fn read(&mut self, intake: &mut Intake<'_>, source: &mut Source<'_, '_>) -> Result<(), Error> {
        let Self {
            records,
            columns,
            waiting,
        } = self;
        let columns = match columns {
            Some(columns) => &*columns,
            None => match records.next(source)? {
                None => return Err(InterchangeFault::NoHeader.into()),
                Some((line, record)) => {
                    let read = record.and_then(|record| Columns::read(record).map_err(Into::into));
                    columns.insert(read.map_err(|error| on_line(line, &error))?)
                }
            },
        };
        while let Some((line, record)) = records.next(source)? {
            if record.as_ref().is_ok_and(Record::is_empty) {
                continue;
            }
            intake.count_read();
            let row = record.and_then(|record| Row::read(columns, record));
            match row {
                Ok(row) => take(line, row, intake, waiting)?,
                Err(error) => intake.judge(line, Err(error))?,
            }
        }
        for (name, nulls) in std::mem::take(waiting) {
            settle(&name, ValueKind::Integer, nulls, intake)?;
        }
        Ok(())
    }
}

impl Waiting {
    /// About what it takes in memory.
    fn size(&self) -> usize {
        let pair = |(name, value): &(String, String)| {
            size_of::<(String, String)>() + name.len() + value.len()
        };
        size_of::<Self>() + self.dimensions.iter().map(pair).sum::<usize>()
    }
}

impl Columns {
    fn read(header: Record<'_>) -> Result<Self, InterchangeFault> {
        if header.iter().any(|name| name.contains('\0')) {
            return Err(InterchangeFault::Utf16);
        }
        let place = |name| {
            header
                .iter()
                .position(|other| other == name)
                .ok_or_else(|| {
                    let found = header.iter().collect::<Vec<_>>().join(", ");
                    InterchangeFault::ColumnMissing { name, found }
                })
        };
        let (metric, period) = (place("metric")?, place("period")?);
        let (date, value) = (place("date")?, place("value")?);
        let mut dimensions = Vec::new();
        let mut seen = HashSet::default();
        for (at, name) in header.iter().enumerate() {
            let name = cell::unguarded(name);
            if !seen.insert(name) {
                return Err(InterchangeFault::ColumnTwice(name.to_owned()));
            }
            if ![metric, period, date, value].contains(&at) {
                check_dimension_name(name).map_err(|why| InterchangeFault::Column {
                    number: at + 1,
                    why: why.to_string(),
                })?;
                dimensions.push((at, name.to_owned()));
            }
        }
        Ok(Self {
            metric,
            period,
            date,
            value,
            dimensions,
            count: header.len(),
        })
    }
}

/// A row, as far as it can be read without knowing its metric.
struct Row<'a> {
    metric: &'a str,
    dimensions: Vec<(&'a str, &'a str)>,
    period: Period,
    date: Date,
    value: &'a str,
}

impl<'a> Row<'a> {
    fn read(columns: &'a Columns, record: Record<'a>) -> Result<Self, Error> {
        if record.len() != columns.count {
            let fault = InterchangeFault::Fields {
                found: record.len(),
                wanted: columns.count,
            };
            return Err(fault.into());
        }
        let dimension = |(at, name): &'a (usize, String)| {
            cell::decode(record.cell(*at)).map(|value| (name.as_str(), value))
        };
        Ok(Self {
            metric: cell::unguarded(record.cell(columns.metric)),
            dimensions: columns.dimensions.iter().filter_map(dimension).collect(),
            period: period::read(record.cell(columns.period))?,
            date: record.cell(columns.date).parse()?,
            value: record.cell(columns.value),
        })
    }

    fn record(mut self, metric: MetricId, intake: &mut Intake<'_>) -> Result<(), Error> {
        let value = match self.value {
            "" => None,
            text => Some(number::read(text, intake.kind(metric))?),
        };
        let mut place = Place {
            metric,
            dimensions: &mut self.dimensions,
            period: self.period,
            date: self.date,
        };
        intake.record(&mut place, value)
    }

    fn wait(self, line: u64) -> Waiting {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Waiting {
            line,
            dimensions: self.dimensions.into_iter().map(owned).collect(),
            period: self.period,
            date: self.date,
        }
    }
}

fn take(
    line: u64,
    row: Row<'_>,
    intake: &mut Intake<'_>,
    waiting: &mut WaitingNulls,
) -> Result<(), Error> {
    if let Some(metric) = intake.find_metric(row.metric) {
        let result = row.record(metric, intake);
        return intake.judge(line, result);
    }
    if row.value.is_empty() {
        let metric = row.metric;
        let null = row.wait(line);
        let name = if waiting.contains_key(metric) {
            0
        } else {
            size_of_name(metric)
        };
        let what = "nulls of metrics of which no number has come";
        intake.hold(name + null.size(), what);
        intake
            .check_held()
            .map_err(|fault| on_line(line, &fault.into()))?;
        waiting.entry_ref(metric).or_default().push(null);
        return Ok(());
    }
    // A number that is none must not make a metric.
    let kind = number::kind(row.value);
    let registered = number::read(row.value, kind)
        .map_err(Error::from)
        .and_then(|_| intake.metric(&NewMetric::new(row.metric).kind(kind)));
    let metric = match registered {
        Ok(metric) => metric,
        Err(error) => return intake.judge(line, Err(error)),
    };
    // Those that came first go in first, so that the last one of a key stands.
    let nulls = waiting.remove(row.metric).unwrap_or_default();
    settle(row.metric, kind, nulls, intake)?;
    let result = row.record(metric, intake);
    intake.judge(line, result)
}

/// About what the name of a metric takes in memory whose nulls wait.
fn size_of_name(name: &str) -> usize {
    size_of::<(String, Vec<Waiting>)>() + name.len()
}

/// Records the nulls of a metric that have waited for its kind.
fn settle(
    name: &str,
    kind: ValueKind,
    nulls: Vec<Waiting>,
    intake: &mut Intake<'_>,
) -> Result<(), Error> {
    if !nulls.is_empty() {
        intake.release(size_of_name(name));
    }
    for mut null in nulls {
        intake.release(null.size());
        let metric = match intake.find_metric(name) {
            Some(metric) => Ok(metric),
            None => intake.metric(&NewMetric::new(name).kind(kind)),
        };
        let result = metric.and_then(|metric| {
            let mut place = Place {
                metric,
                dimensions: &mut null.dimensions,
                period: null.period,
                date: null.date,
            };
            intake.record(&mut place, None)
        });
        intake.judge(null.line, result)?;
    }
    Ok(())
}
