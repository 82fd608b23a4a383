//! The tables that a statement can name.

use std::collections::BTreeSet;

use super::check::Form;
use super::fault::{SqlFault, excerpt};
use crate::engine::Engine;

const STATISTIC_BY_DATE: &str = "statistic_by_date";
const STATISTIC_BY_DATE_AND_OBJECT: &str = "statistic_by_date_and_object";

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Domain,
    Metric,
    /// Statistics without dimensions.
    Total,
    /// Statistics with one dimension.
    Object,
    /// Statistics with these two or more dimensions, sorted.
    Split(Vec<String>),
}

impl Table {
    /// The table of that name.
    pub(super) fn find(engine: &Engine, name: &str) -> Result<Self, SqlFault> {
        let known = match name {
            "domain" => Some(Self::Domain),
            "metric" => Some(Self::Metric),
            STATISTIC_BY_DATE => Some(Self::Total),
            STATISTIC_BY_DATE_AND_OBJECT => Some(Self::Object),
            _ => None,
        };
        if let Some(table) = known {
            return Ok(table);
        }
        let splits = splits(engine);
        let mut found = splits.iter().filter(|split| split_name(split) == name);
        match (found.next(), found.next()) {
            (Some(split), None) => Ok(Self::Split(split.clone())),
            (Some(one), Some(other)) => Err(SqlFault::refused(format!(
                "'{}' names the table of the dimensions {} and that of {}",
                excerpt(name),
                one.join(", "),
                other.join(", ")
            ))),
            (None, _) => {
                let mut names = vec![
                    "domain".to_owned(),
                    "metric".to_owned(),
                    STATISTIC_BY_DATE.to_owned(),
                    STATISTIC_BY_DATE_AND_OBJECT.to_owned(),
                ];
                names.extend(splits.iter().map(|split| split_name(split)));
                Err(SqlFault::refused(format!(
                    "there is no table '{}': the tables are {}",
                    excerpt(name),
                    names.join(", ")
                )))
            }
        }
    }

    /// Names and forms of the columns.
    pub(super) fn columns(&self) -> Vec<(&str, Form)> {
        let text = |name| (name, Form::Text);
        let mut columns: Vec<_> = match self {
            Self::Domain => ["domain", "title", "description"].map(text).into(),
            Self::Metric => [
                "domain",
                "metric",
                "kind",
                "title",
                "description",
                "dimensions",
            ]
            .map(text)
            .into(),
            Self::Total | Self::Object | Self::Split(_) => {
                ["domain", "metric", "period"].map(text).into()
            }
        };
        match self {
            Self::Domain | Self::Metric => return columns,
            Self::Total => {}
            Self::Object => columns.extend(["object_type", "object_id"].map(text)),
            Self::Split(names) => columns.extend(names.iter().map(|name| text(name))),
        }
        columns.push(("date", Form::Date));
        columns.push(("value", Form::Number));
        columns
    }

    /// Whether the table holds statistics.
    pub(super) fn is_of_statistics(&self) -> bool {
        !matches!(self, Self::Domain | Self::Metric)
    }

    /// Whether the statistics that are split by these names, sorted, are in this table.
    pub(super) fn holds(&self, names: &[&str]) -> bool {
        match self {
            Self::Domain | Self::Metric => false,
            Self::Total => names.is_empty(),
            Self::Object => names.len() == 1,
            Self::Split(own) => own == names,
        }
    }
}

/// The sets of two or more dimensions that were declared or used.
fn splits(engine: &Engine) -> BTreeSet<Vec<String>> {
    let declared = engine.catalog().metrics().map(|(_, info)| {
        let mut names = info.dimensions.clone();
        names.sort();
        names
    });
    let used = engine.splits().map(|(_, split)| {
        let names = split.names().iter();
        names.map(|&name| engine.text(name).to_owned()).collect()
    });
    declared
        .chain(used)
        .filter(|names: &Vec<String>| names.len() > 1)
        .collect()
}

fn split_name(names: &[String]) -> String {
    format!("{STATISTIC_BY_DATE}_and_{}", names.join("_and_"))
}
