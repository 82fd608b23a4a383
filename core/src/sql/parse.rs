//! From a text to the statements in it.

use gluesql_core::sqlparser::ast::Statement;
use gluesql_core::sqlparser::dialect::PostgreSqlDialect;
use gluesql_core::sqlparser::parser::{Parser, ParserError};
use gluesql_core::sqlparser::tokenizer::{Token, TokenWithLocation};

use super::fault::{SqlFault, excerpt};
use super::limits::Measured;

/// The most expressions and queries that the parser is in at a time: each takes some of the stack.
const NESTED: usize = 50;

/// Parses in the dialect that GlueSQL translates from.
pub(super) fn parse(measured: Measured) -> Result<Vec<Statement>, SqlFault> {
    let mut tokens = measured.tokens;
    for token in &mut tokens {
        if token.token == Token::Question {
            return Err(SqlFault::Syntax(
                "write the parameters as $1, $2 and so on in the place of ?".to_owned(),
            ));
        }
        write_out(token)?;
    }
    let statements = Parser::new(&PostgreSqlDialect {})
        .with_recursion_limit(NESTED)
        .with_tokens_with_locations(tokens)
        .parse_statements()
        .map_err(|error| match error {
            ParserError::RecursionLimitExceeded => SqlFault::limit(format!(
                "more than {NESTED} expressions and queries in each other"
            )),
            ParserError::TokenizerError(text) | ParserError::ParserError(text) => {
                SqlFault::Syntax(text)
            }
        })?;
    if statements.is_empty() {
        return Err(SqlFault::Syntax("there is no statement in it".to_owned()));
    }
    Ok(statements)
}

/// Writes a float with a point and without an exponent: the parser makes a decimal of it, which keeps
/// neither, so that `1e3` and `7.` would be integers from there on.
fn write_out(token: &mut TokenWithLocation) -> Result<(), SqlFault> {
    let Token::Number(text, _) = &mut token.token else {
        return Ok(());
    };
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    match text.parse::<f64>() {
        Ok(float) if float.is_finite() => {
            let mut digits = float.to_string();
            if !digits.contains('.') {
                digits.push_str(".0");
            }
            *text = digits;
            Ok(())
        }
        _ => Err(SqlFault::refused(format!(
            "the number {} is out of the range of floats",
            excerpt(text)
        ))),
    }
}

#[cfg(test)]
mod tests {
    use gluesql_core::sqlparser::tokenizer::{Location, Token, TokenWithLocation};

    use super::write_out;

    fn written(text: &str) -> Option<String> {
        let location = Location { line: 1, column: 1 };
        let mut token = TokenWithLocation {
            token: Token::Number(text.to_owned(), false),
            location,
        };
        write_out(&mut token).ok()?;
        match token.token {
            Token::Number(text, _) => Some(text),
            _ => None,
        }
    }

    #[test]
    fn integers_stay_and_floats_get_a_point() {
        for (text, wanted) in [
            ("1000", "1000"),
            ("9223372036854775808", "9223372036854775808"),
            ("1e3", "1000.0"),
            ("1E+3", "1000.0"),
            (".5e1", "5.0"),
            ("1.5e1", "15.0"),
            ("7.", "7.0"),
            ("2.50", "2.5"),
            ("25e-1", "2.5"),
        ] {
            assert_eq!(written(text).as_deref(), Some(wanted), "{text}");
        }
        assert_eq!(written("1e309"), None);
        assert_eq!(written("1e-400").as_deref(), Some("0.0"));
    }

    #[test]
    fn every_float_is_read_back_as_it_was() {
        for float in [
            5e-324,
            f64::MAX,
            f64::MIN_POSITIVE,
            0.1,
            1.0e22,
            123_456_789.123_456_79,
        ] {
            let text = written(&format!("{float:e}")).and_then(|text| text.parse().ok());
            assert_eq!(text, Some(float));
        }
    }
}
