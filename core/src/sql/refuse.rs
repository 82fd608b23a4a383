//! The second guard, first half: what GlueSQL would drop from a statement without a word.
//!
//! Each structure is taken apart without `..` wherever the translation looks at a part of it only, so
//! that a part which a new release of the parser adds does not compile until it was looked at. What
//! the translation refuses itself is left to it.

use gluesql_core::sqlparser::ast::{
    CastKind, Delete, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause,
    FunctionArgumentList, FunctionArguments, GroupByExpr, Insert, Interval, Join, JoinConstraint,
    JoinOperator, OrderBy, OrderByExpr, Query, Select, SelectItem, SetExpr, Statement, TableAlias,
    TableFactor, TableFunctionArgs, TableWithJoins, WildcardAdditionalOptions,
};

use super::fault::SqlFault;

type Checked = Result<(), SqlFault>;

/// Refuses a part that is there.
fn none(there: bool, what: &str) -> Checked {
    if there {
        Err(SqlFault::refused(format!("{what} is not supported")))
    } else {
        Ok(())
    }
}

/// Refuses statements of other kinds, and parts that would be dropped.
pub(super) fn statement(statement: &Statement) -> Checked {
    match statement {
        Statement::Query(body) => query(body),
        Statement::Insert(body) => insert(body),
        Statement::Update {
            table,
            assignments,
            from,
            selection,
            returning,
        } => {
            none(from.is_some(), "UPDATE with FROM")?;
            none(returning.is_some(), "RETURNING")?;
            changed_table(table)?;
            assignments.iter().try_for_each(|one| expr(&one.value))?;
            selection.iter().try_for_each(expr)
        }
        Statement::Delete(body) => delete(body),
        _ => Err(SqlFault::refused(
            "only SELECT, INSERT, UPDATE and DELETE are possible: tables come with the metrics",
        )),
    }
}

fn insert(insert: &Insert) -> Checked {
    let Insert {
        or,
        ignore,
        into: _,
        table_name: _,
        table_alias,
        columns: _,
        overwrite,
        source,
        partitioned,
        after_columns,
        table,
        on,
        returning,
        replace_into,
        priority,
        insert_alias,
    } = insert;
    none(or.is_some(), "INSERT OR")?;
    none(*ignore, "INSERT IGNORE")?;
    none(
        table_alias.is_some() || insert_alias.is_some(),
        "an alias in INSERT",
    )?;
    none(*overwrite, "INSERT OVERWRITE")?;
    none(
        partitioned.is_some() || !after_columns.is_empty(),
        "PARTITION",
    )?;
    none(*table, "INSERT INTO TABLE")?;
    none(
        on.is_some(),
        "ON CONFLICT: INSERT replaces the value of a key anyway; it",
    )?;
    none(returning.is_some(), "RETURNING")?;
    none(
        *replace_into,
        "REPLACE: INSERT replaces the value of a key anyway; it",
    )?;
    none(priority.is_some(), "a priority")?;
    source.iter().try_for_each(|source| query(source))
}

fn delete(delete: &Delete) -> Checked {
    let Delete {
        tables,
        from,
        using,
        selection,
        returning,
        order_by,
        limit,
    } = delete;
    none(!tables.is_empty(), "DELETE of several tables")?;
    none(using.is_some(), "USING")?;
    none(returning.is_some(), "RETURNING")?;
    none(
        !order_by.is_empty() || limit.is_some(),
        "DELETE with ORDER BY or LIMIT",
    )?;
    let (gluesql_core::sqlparser::ast::FromTable::WithFromKeyword(from)
    | gluesql_core::sqlparser::ast::FromTable::WithoutKeyword(from)) = from;
    none(from.len() != 1, "DELETE from several tables")?;
    from.iter().try_for_each(changed_table)?;
    selection.iter().try_for_each(expr)
}

/// The table of an UPDATE or DELETE: just a name.
fn changed_table(table: &TableWithJoins) -> Checked {
    none(!table.joins.is_empty(), "a join in UPDATE and DELETE")?;
    if let TableFactor::Table { alias, .. } = &table.relation {
        none(alias.is_some(), "an alias in UPDATE and DELETE")?;
    }
    factor(&table.relation)
}

fn query(query: &Query) -> Checked {
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

fn factor(factor: &TableFactor) -> Checked {
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

fn argument(argument: &FunctionArg) -> Checked {
    match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) => expr(value),
        FunctionArg::Unnamed(_) => Ok(()),
        FunctionArg::Named { .. } => none(true, "a named argument"),
    }
}

fn function(function: &Function) -> Checked {
    let Function {
        name,
        parameters,
        args,
        filter,
        null_treatment,
        over,
        within_group,
    } = function;
    none(over.is_some(), "OVER")?;
    none(
        filter.is_some(),
        "FILTER: write SUM(CASE WHEN … THEN … END); it",
    )?;
    none(null_treatment.is_some(), "IGNORE or RESPECT NULLS")?;
    none(!within_group.is_empty(), "WITHIN GROUP")?;
    none(
        !matches!(parameters, FunctionArguments::None),
        "a second list of arguments",
    )?;
    match args {
        FunctionArguments::None => Ok(()),
        FunctionArguments::Subquery(_) => none(true, "a query as the argument of a function"),
        FunctionArguments::List(FunctionArgumentList {
            duplicate_treatment,
            args,
            clauses,
        }) => {
            if let Some(clause) = clauses.first() {
                let what = match clause {
                    FunctionArgumentClause::OrderBy(_) => "ORDER BY inside an aggregate",
                    _ => "a clause inside the arguments of a function",
                };
                none(true, what)?;
            }
            let aggregate = matches!(
                name.to_string().to_uppercase().as_str(),
                "COUNT" | "SUM" | "MIN" | "MAX" | "AVG" | "VARIANCE" | "STDEV"
            );
            none(
                duplicate_treatment.is_some() && !aggregate,
                "DISTINCT in a function that is no aggregate",
            )?;
            args.iter().try_for_each(argument)
        }
    }
}

fn expr(value: &Expr) -> Checked {
    match value {
        Expr::IsNull(inner)
        | Expr::IsNotNull(inner)
        | Expr::Nested(inner)
        | Expr::UnaryOp { expr: inner, .. }
        | Expr::Extract { expr: inner, .. }
        | Expr::Ceil { expr: inner, .. }
        | Expr::Floor { expr: inner, .. } => expr(inner),
        Expr::Cast {
            expr: inner, kind, ..
        } => {
            none(
                !matches!(kind, CastKind::Cast | CastKind::DoubleColon),
                "a cast other than CAST and ::",
            )?;
            expr(inner)
        }
        Expr::InList {
            expr: inner, list, ..
        } => std::iter::once(&**inner).chain(list).try_for_each(expr),
        Expr::InSubquery {
            expr: inner,
            subquery,
            ..
        } => {
            expr(inner)?;
            query(subquery)
        }
        Expr::Between {
            expr: inner,
            low,
            high,
            ..
        } => [inner, low, high].into_iter().try_for_each(|one| expr(one)),
        Expr::Like {
            any,
            expr: inner,
            pattern,
            escape_char,
            ..
        }
        | Expr::ILike {
            any,
            expr: inner,
            pattern,
            escape_char,
            ..
        } => {
            none(*any, "LIKE ANY")?;
            none(escape_char.is_some(), "ESCAPE")?;
            expr(inner)?;
            expr(pattern)
        }
        Expr::BinaryOp { left, right, .. } => {
            expr(left)?;
            expr(right)
        }
        Expr::Position { expr: inner, r#in } => {
            expr(inner)?;
            expr(r#in)
        }
        Expr::Trim {
            expr: inner,
            trim_what,
            ..
        } => {
            expr(inner)?;
            trim_what.iter().try_for_each(|what| expr(what))
        }
        Expr::Function(body) => function(body),
        Expr::Case {
            operand,
            conditions,
            results,
            else_result,
        } => operand
            .iter()
            .chain(else_result)
            .map(|one| &**one)
            .chain(conditions)
            .chain(results)
            .try_for_each(expr),
        Expr::Exists { subquery, .. } | Expr::Subquery(subquery) => query(subquery),
        Expr::Interval(Interval {
            value,
            leading_field: _,
            leading_precision,
            last_field: _,
            fractional_seconds_precision,
        }) => {
            none(
                leading_precision.is_some() || fractional_seconds_precision.is_some(),
                "the precision of an INTERVAL",
            )?;
            expr(value)
        }
        // Names and constants, and what the translation knows nothing of and refuses.
        _ => Ok(()),
    }
}
