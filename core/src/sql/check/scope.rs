//! The names that an expression can use.

use gluesql_core::ast::Expr;

use super::form::Shape;
use super::{Checked, Checker, Result, SqlFault};
use crate::nearest::nearest;
use crate::sql::fault::excerpt;

/// A table, sub-select or series of a query.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) alias: String,
    pub(super) columns: Vec<(String, Shape)>,
    /// The table, and the names of its columns there.
    pub(super) place: Option<(usize, Vec<String>)>,
    /// The number of rows, where it is known.
    pub(super) rows: Option<u64>,
}

/// The sources of a query, within the query around it.
#[derive(Debug, Default)]
pub(super) struct Scope<'s> {
    pub(super) sources: Vec<Source>,
    pub(super) outer: Option<&'s Self>,
    pub(super) depth: usize,
}

/// A column that was found.
struct Found<'s> {
    at: usize,
    source: &'s Source,
    shape: Shape,
    depth: usize,
}

impl Scope<'_> {
    fn find(&self, alias: Option<&str>, name: &str) -> Result<Option<Found<'_>>> {
        let sources = self
            .sources
            .iter()
            .enumerate()
            .filter(|(_, source)| alias.is_none_or(|alias| source.alias == alias));
        let mut found = sources.flat_map(|(at, source)| {
            let columns = source.columns.iter();
            columns
                .filter(|(column, _)| column == name)
                .map(move |(_, shape)| (at, source, *shape))
        });
        match (found.next(), found.next()) {
            (Some((at, source, shape)), None) => Ok(Some(Found {
                at,
                source,
                shape,
                depth: self.depth,
            })),
            (Some(_), Some(_)) => Err(SqlFault::refused(format!(
                "the column '{}' is there more than once: write the table in front of it",
                excerpt(name)
            ))),
            (None, _) => match self.outer {
                Some(outer) => outer.find(alias, name),
                None => Ok(None),
            },
        }
    }

    /// Whether the name is a column here or further out.
    pub(super) fn has(&self, name: &str) -> bool {
        !matches!(self.find(None, name), Ok(None))
    }

    fn unknown(&self, alias: Option<&str>, name: &str) -> SqlFault {
        let mut known: Vec<_> = self
            .sources
            .iter()
            .flat_map(|source| &source.columns)
            .map(|(column, _)| column.as_str())
            .collect();
        known.dedup();
        let hint = match (alias, nearest(name, known.iter().copied())) {
            (_, Some(near)) => format!(": did you mean '{near}'?"),
            // Whoever wrote "x" may have meant a text.
            (None, None) => "; a text stands in single quotes".to_owned(),
            (Some(_), None) => String::new(),
        };
        let name = match alias {
            Some(alias) => format!("{}.{}", excerpt(alias), excerpt(name)),
            None => excerpt(name),
        };
        SqlFault::refused(if known.is_empty() {
            format!("there is no column '{name}' here{hint}")
        } else {
            format!(
                "there is no column '{name}' here, where there are {}{hint}",
                known.join(", ")
            )
        })
    }
}

impl Checker<'_> {
    /// Finds a column and names it with its table, so that GlueSQL finds the same one.
    pub(super) fn column(
        &mut self,
        scope: &Scope<'_>,
        alias: Option<&str>,
        name: &str,
    ) -> Result<Checked> {
        let found = scope.find(alias, name)?;
        let found = found.ok_or_else(|| scope.unknown(alias, name))?;
        let expr = Expr::CompoundIdentifier {
            alias: found.source.alias.clone(),
            ident: name.to_owned(),
        };
        let variety = self.variety_of(found.source, name);
        let mut loose = None;
        let mut uses = 0;
        if found.depth < scope.depth {
            self.outer
                .push((found.depth, expr.clone(), name.to_owned()));
        } else {
            uses = 1 << found.at;
            if !self.groups.contains(&expr) {
                loose = Some(name.to_owned());
            }
        }
        Ok(Checked {
            expr,
            shape: found.shape,
            loose,
            size: 1,
            uses,
            variety,
        })
    }
}
