//! From a text to the statements in it.

use gluesql_core::sqlparser::ast::Statement;
use gluesql_core::sqlparser::dialect::PostgreSqlDialect;
use gluesql_core::sqlparser::parser::{Parser, ParserError};

use super::fault::SqlFault;
use super::limits::Measured;

/// Parses in the dialect that GlueSQL translates from.
pub(super) fn parse(measured: Measured) -> Result<Vec<Statement>, SqlFault> {
    let statements = Parser::new(&PostgreSqlDialect {})
        .with_tokens_with_locations(measured.tokens)
        .parse_statements()
        .map_err(|error| match error {
            ParserError::RecursionLimitExceeded => {
                SqlFault::limit("nested deeper than the parser goes")
            }
            ParserError::TokenizerError(text) | ParserError::ParserError(text) => {
                SqlFault::Syntax(text)
            }
        })?;
    if statements.is_empty() {
        return Err(SqlFault::Syntax("there is no statement in it".to_owned()));
    }
    Ok(statements)
}
