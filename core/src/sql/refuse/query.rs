//! Queries, and what they read from.

use gluesql_core::sqlparser::ast::{
    GroupByExpr, Join, JoinConstraint, JoinOperator, OrderBy, OrderByExpr, Query, Select,
    SelectItem, SetExpr, TableAlias, TableFactor, TableFunctionArgs, TableWithJoins,
    WildcardAdditionalOptions,
};

use super::expr::{argument, expr};
use super::part::{Checked, none};

pub(super) fn query(query: &Query) -> Checked {
    let Query {
        with,
        body,
        order_by,
        limit,
        limit_by,
        offset,
        fetch,
        locks,
        for_clause,
        settings,
        format_clause,
    } = query;
    none(with.is_some(), "WITH")?;
    none(!limit_by.is_empty(), "LIMIT BY")?;
    none(fetch.is_some(), "FETCH: write LIMIT; it")?;
    none(!locks.is_empty() || for_clause.is_some(), "FOR")?;
    none(settings.is_some(), "SETTINGS")?;
    none(format_clause.is_some(), "FORMAT after a query")?;
    match &**body {
        SetExpr::Select(body) => select(body)?,
        SetExpr::Values(values) => values.rows.iter().flatten().try_for_each(expr)?,
        SetExpr::SetOperation { op, .. } => none(true, &op.to_string())?,
        _ => none(true, "a query of this form")?,
    }
    if let Some(OrderBy { exprs, interpolate }) = order_by {
        none(interpolate.is_some(), "INTERPOLATE")?;
        exprs.iter().try_for_each(order)?;
    }
    limit.iter().try_for_each(expr)?;
    offset.iter().try_for_each(|offset| expr(&offset.value))
}

fn select(select: &Select) -> Checked {
    let Select {
        distinct: _,
        top,
        top_before_distinct: _,
        projection,
        into,
        from,
        lateral_views,
        prewhere,
        selection,
        group_by,
        cluster_by,
        distribute_by,
        sort_by,
        having,
        named_window,
        qualify,
        window_before_qualify: _,
        value_table_mode,
        connect_by,
    } = select;
    none(top.is_some(), "TOP: write LIMIT; it")?;
    none(into.is_some(), "SELECT INTO")?;
    none(!lateral_views.is_empty(), "LATERAL VIEW")?;
    none(prewhere.is_some(), "PREWHERE")?;
    none(
        !(cluster_by.is_empty() && distribute_by.is_empty() && sort_by.is_empty()),
        "CLUSTER, DISTRIBUTE and SORT BY",
    )?;
    none(!named_window.is_empty(), "WINDOW")?;
    none(qualify.is_some(), "QUALIFY")?;
    none(value_table_mode.is_some(), "SELECT AS")?;
    none(connect_by.is_some(), "CONNECT BY")?;
    none(from.len() > 1, "a comma between tables: write JOIN; it")?;
    match group_by {
        GroupByExpr::Expressions(exprs, modifiers) => {
            none(!modifiers.is_empty(), "a modifier of GROUP BY")?;
            exprs.iter().try_for_each(expr)?;
        }
        GroupByExpr::All(_) => none(true, "GROUP BY ALL")?,
    }
    for item in projection {
        match item {
            SelectItem::UnnamedExpr(value) | SelectItem::ExprWithAlias { expr: value, .. } => {
                expr(value)?;
            }
            SelectItem::QualifiedWildcard(_, options) | SelectItem::Wildcard(options) => {
                let WildcardAdditionalOptions {
                    opt_ilike,
                    opt_exclude,
                    opt_except,
                    opt_replace,
                    opt_rename,
                } = options;
                let plain = opt_ilike.is_none()
                    && opt_exclude.is_none()
                    && opt_except.is_none()
                    && opt_replace.is_none()
                    && opt_rename.is_none();
                none(!plain, "an option of *")?;
            }
        }
    }
    for TableWithJoins { relation, joins } in from {
        factor(relation)?;
        joins.iter().try_for_each(join)?;
    }
    selection.iter().chain(having).try_for_each(expr)
}

fn join(join: &Join) -> Checked {
    let Join {
        relation,
        global,
        join_operator,
    } = join;
    none(*global, "GLOBAL")?;
    match join_operator {
        JoinOperator::Inner(on) | JoinOperator::LeftOuter(on) => match on {
            JoinConstraint::On(on) => expr(on)?,
            JoinConstraint::None => {}
            JoinConstraint::Using(_) => none(true, "USING: write ON; it")?,
            JoinConstraint::Natural => none(true, "NATURAL: write ON; it")?,
        },
        _ => none(true, "a join other than JOIN and LEFT JOIN")?,
    }
    factor(relation)
}

pub(super) fn factor(factor: &TableFactor) -> Checked {
    match factor {
        TableFactor::Table {
            name: _,
            alias,
            args,
            with_hints,
            version,
            with_ordinality,
            partitions,
        } => {
            none(!with_hints.is_empty(), "a table hint")?;
            none(version.is_some(), "a table version")?;
            none(*with_ordinality, "WITH ORDINALITY")?;
            none(!partitions.is_empty(), "PARTITION")?;
            if let Some(TableFunctionArgs { args, settings }) = args {
                none(settings.is_some(), "SETTINGS")?;
                columns_of(alias.as_ref())?;
                args.iter().try_for_each(argument)?;
            }
            Ok(())
        }
        TableFactor::Derived {
            lateral,
            subquery,
            alias: _,
        } => {
            none(*lateral, "LATERAL")?;
            query(subquery)
        }
        _ => none(true, "a source other than a table and a sub-select"),
    }
}

/// The column of a series is called N, whatever the alias says.
fn columns_of(alias: Option<&TableAlias>) -> Checked {
    none(
        alias.is_some_and(|alias| !alias.columns.is_empty()),
        "a name for the column of SERIES",
    )
}

fn order(order: &OrderByExpr) -> Checked {
    let OrderByExpr {
        expr: value,
        asc: _,
        nulls_first,
        with_fill,
    } = order;
    none(nulls_first.is_some(), "NULLS FIRST or LAST")?;
    none(with_fill.is_some(), "WITH FILL")?;
    expr(value)
}
