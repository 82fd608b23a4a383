//! Reading JSON Lines.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::JsonLines;
use crate::Error;
use crate::model::{NewDomain, NewMetric};
use crate::store::interchange::fault::InterchangeFault;
use crate::store::interchange::import::{ImportFormat, Reading, sealed};
use crate::store::interchange::intake::{Intake, Place, on_line};
use crate::store::interchange::json::{self, Text, TextOrInteger};
use crate::store::interchange::line::{Lines, is_blank};
use crate::store::interchange::number::Number;
use crate::store::interchange::period;
use crate::store::interchange::source::Source;
use crate::time::is_same_zone;

/// Any line. Which it is shows only when all of it was read, because keys come in any order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    trackstats: Option<u64>,
    #[serde(borrow)]
    time_zone: Option<Text<'a>>,
    statistics: Option<u64>,
    domain: Option<Text<'a>>,
    metric: Option<Text<'a>>,
    title: Option<Text<'a>>,
    description: Option<Text<'a>>,
    kind: Option<Text<'a>>,
    dimensions: Option<Dimensions<'a>>,
    period: Option<TextOrInteger<'a>>,
    date: Option<Text<'a>>,
    #[serde(default, deserialize_with = "json::present")]
    #[expect(clippy::option_option, reason = "null and nothing are two things")]
    value: Option<Option<Number>>,
}

enum Dimensions<'a> {
    Names(Vec<String>),
    Values(Vec<(TextOrInteger<'a>, TextOrInteger<'a>)>),
}

/// A file on its way in.
struct Read {
    format: JsonLines,
    lines: Lines,
    count: Count,
}

/// How many statistics the first lines of the file have promised, and how many came.
#[derive(Default)]
struct Count {
    said: Option<u64>,
    found: u64,
    headers: u64,
}

impl ImportFormat for JsonLines {}

impl sealed::ImportFormat for JsonLines {
    #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
    fn begin(self) -> Box<dyn Reading> {
        Box::new(Read {
            format: self,
            lines: Lines::default(),
            count: Count::default(),
        })
    }
}

impl Reading for Read {
    fn read(&mut self, intake: &mut Intake<'_>, source: &mut Source<'_, '_>) -> Result<(), Error> {
        let Self {
            format,
            lines,
            count,
        } = self;
        while let Some((number, bytes)) = lines.next(source)? {
            if bytes.as_ref().is_ok_and(|bytes| is_blank(bytes)) {
                continue;
            }
            intake.count_read();
            let line: Result<Line<'_>, Error> = bytes.and_then(|bytes| json::read(bytes, is_line));
            match line {
                // What is wrong here is wrong with all lines that follow.
                Ok(line) if line.trackstats.is_some() => format
                    .header(&line, intake.zone(), count)
                    .map_err(|error| on_line(number, &error))?,
                line => {
                    let result = line.and_then(|line| take(line, intake, count));
                    intake.judge(number, result)?;
                }
            }
        }
        let skipped = intake.report().skipped;
        match count.said {
            // A line that was skipped may have been a statistic.
            Some(said) if count.found > said || count.found + skipped < said => {
                let fault = InterchangeFault::Count {
                    said,
                    found: count.found,
                };
                intake.judge(lines.number() + 1, Err(fault.into()))
            }
            _ => Ok(()),
        }
    }
}

fn is_line(text: &[u8]) -> serde_json::Result<()> {
    serde_json::from_slice::<Line<'_>>(text).map(drop)
}

impl JsonLines {
    fn header(self, line: &Line<'_>, zone: &str, count: &mut Count) -> Result<(), Error> {
        match line.trackstats {
            Some(1) => {}
            Some(0) | None => return Err(InterchangeFault::Missing("trackstats").into()),
            Some(newer) => return Err(InterchangeFault::Version(newer).into()),
        }
        if let Some(key) = line.key_beside(&["trackstats", "time_zone", "statistics"]) {
            return Err(InterchangeFault::Misplaced {
                key,
                line: "trackstats",
            }
            .into());
        }
        match &line.time_zone {
            Some(Text(file)) if !is_same_zone(file, zone) && !self.any_time_zone => {
                return Err(InterchangeFault::Zone {
                    file: file.clone().into_owned(),
                    store: zone.to_owned(),
                }
                .into());
            }
            _ => {}
        }
        // Where one of several joined files does not say, the sum is not known.
        count.said = match (count.headers, count.said, line.statistics) {
            (0, _, said) => said,
            (_, Some(before), Some(said)) => before.checked_add(said),
            _ => None,
        };
        count.headers += 1;
        Ok(())
    }
}

fn take(line: Line<'_>, intake: &mut Intake<'_>, count: &mut Count) -> Result<(), Error> {
    if line.domain.is_some() {
        domain(line, intake)
    } else if line.metric.is_none() {
        Err(InterchangeFault::Nameless.into())
    } else if line.period.is_some() || line.date.is_some() || line.value.is_some() {
        count.found += 1;
        let taken = statistic(line, intake);
        if taken.is_err() {
            count.found -= 1;
        }
        taken
    } else {
        metric(line, intake)
    }
}

fn domain(line: Line<'_>, intake: &mut Intake<'_>) -> Result<(), Error> {
    if let Some(key) = line.key_beside(&["domain", "title", "description"]) {
        return Err(InterchangeFault::Misplaced {
            key,
            line: "a domain",
        }
        .into());
    }
    let mut new = NewDomain::new(line.domain.map(owned).unwrap_or_default());
    new.title = line.title.map(owned);
    new.description = line.description.map(owned);
    intake.domain(&new)
}

fn metric(line: Line<'_>, intake: &mut Intake<'_>) -> Result<(), Error> {
    let keys = ["metric", "title", "description", "kind", "dimensions"];
    if let Some(key) = line.key_beside(&keys) {
        return Err(InterchangeFault::Misplaced {
            key,
            line: "a metric",
        }
        .into());
    }
    let mut new = NewMetric::new(line.metric.map(owned).unwrap_or_default());
    new.title = line.title.map(owned);
    new.description = line.description.map(owned);
    new.kind = line.kind.map(|kind| kind.0.parse()).transpose()?;
    new.dimensions = match line.dimensions {
        None => None,
        Some(Dimensions::Names(names)) => Some(names),
        Some(Dimensions::Values(_)) => return Err(InterchangeFault::DimensionList.into()),
    };
    intake.metric(&new).map(|_| ())
}

fn statistic(line: Line<'_>, intake: &mut Intake<'_>) -> Result<(), Error> {
    let keys = ["metric", "dimensions", "period", "date", "value"];
    if let Some(key) = line.key_beside(&keys) {
        return Err(InterchangeFault::Misplaced {
            key,
            line: "a statistic",
        }
        .into());
    }
    let missing = InterchangeFault::Missing;
    let name = line.metric.ok_or(missing("metric"))?.0;
    let period = line.period.ok_or(missing("period"))?.0;
    let date = line.date.ok_or(missing("date"))?.0;
    let value = line.value.ok_or(missing("value"))?;
    let mut dimensions = match line.dimensions {
        None => Vec::new(),
        Some(Dimensions::Values(dimensions)) => dimensions,
        Some(Dimensions::Names(_)) => return Err(InterchangeFault::DimensionMap.into()),
    };
    let Some(metric) = intake.find_metric(&name) else {
        return Err(intake.unknown_metric(&name).into());
    };
    let mut place = Place {
        metric,
        dimensions: &mut dimensions,
        period: period::read(&period)?,
        date: date.parse()?,
    };
    intake.record(&mut place, value.map(Number::value).transpose()?)
}

fn owned(text: Text<'_>) -> String {
    text.0.into_owned()
}

impl Line<'_> {
    /// The first key that is there and not among the given ones.
    fn key_beside(&self, allowed: &[&str]) -> Option<&'static str> {
        [
            ("trackstats", self.trackstats.is_some()),
            ("time_zone", self.time_zone.is_some()),
            ("statistics", self.statistics.is_some()),
            ("domain", self.domain.is_some()),
            ("metric", self.metric.is_some()),
            ("title", self.title.is_some()),
            ("description", self.description.is_some()),
            ("kind", self.kind.is_some()),
            ("dimensions", self.dimensions.is_some()),
            ("period", self.period.is_some()),
            ("date", self.date.is_some()),
            ("value", self.value.is_some()),
        ]
        .into_iter()
        .find(|(key, present)| *present && !allowed.contains(key))
        .map(|(key, _)| key)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Dimensions<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Dimensions<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of names, or names with values")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut names = Vec::new();
                while let Some(Text(name)) = list.next_element()? {
                    names.push(name.into_owned());
                }
                Ok(Dimensions::Names(names))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::new();
                while let Some((Text(name), value)) = map.next_entry()? {
                    values.push((TextOrInteger(name), value));
                }
                Ok(Dimensions::Values(values))
            }
        }

        deserializer.deserialize_any(Either)
    }
}
