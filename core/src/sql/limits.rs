//! The first guard: how large and how deep a text may be, before it is parsed.
//!
//! Parser and executor recurse over the tree of a statement. What passes here is shallow enough for
//! a stack of 1 MiB in an optimized build, and for the stack of `stack.rs` in any build.

use gluesql_core::sqlparser::dialect::PostgreSqlDialect;
use gluesql_core::sqlparser::keywords::Keyword;
use gluesql_core::sqlparser::tokenizer::{Token, TokenWithLocation, Tokenizer};

use super::fault::SqlFault;

/// The longest text, in bytes.
const BYTES: usize = 64 * 1024;
/// The most statements in a text.
const STATEMENTS: usize = 16;
/// The deepest nesting of brackets and CASEs.
const BRACKETS: usize = 32;
/// The longest chain of operators.
const CHAIN: usize = 256;
/// The deepest tree that chains and what is nested in them make.
const DEPTH: usize = 320;
/// The most joins, and the most UNIONs and the like, in a statement.
const JOINS: usize = 16;
/// How many operators a cast counts for: one takes several times their stack.
const CAST: usize = 4;

/// A text that may be parsed.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) tokens: Vec<TokenWithLocation>,
    /// No less than the depth of the deepest expression.
    pub(super) depth: usize,
}

/// Takes a text apart and refuses what is too large.
pub(super) fn measure(text: &str) -> Result<Measured, SqlFault> {
    if text.len() > BYTES {
        return Err(SqlFault::limit(format!(
            "{} bytes of text, and {BYTES} are allowed",
            text.len()
        )));
    }
    let tokens = Tokenizer::new(&PostgreSqlDialect {}, text)
        .tokenize_with_location()
        .map_err(|error| SqlFault::Syntax(error.to_string()))?;
    let mut meter = Meter::default();
    for token in &tokens {
        meter.token(&token.token)?;
    }
    Ok(Measured {
        tokens,
        depth: meter.deepest,
    })
}

/// One level of brackets.
#[derive(Debug, Default)]
struct Level {
    /// The operators since the last comma or clause.
    chain: usize,
    /// The depth of the tree that they make, with what is nested in it.
    depth: usize,
    /// The depth of the deepest part before the last comma or clause.
    before: usize,
    /// Whether it was opened by CASE, so that END closes it.
    case: bool,
}

#[derive(Debug, Default)]
struct Meter {
    /// The levels around the present one.
    outer: Vec<Level>,
    level: Level,
    statements: usize,
    joins: usize,
    /// Whether the present statement has any token.
    begun: bool,
    deepest: usize,
}

impl Meter {
    fn token(&mut self, token: &Token) -> Result<(), SqlFault> {
        if !matches!(token, Token::Whitespace(_) | Token::SemiColon | Token::EOF) && !self.begun {
            self.begun = true;
            self.statements += 1;
            if self.statements > STATEMENTS {
                return Err(SqlFault::limit(format!(
                    "more than {STATEMENTS} statements in one text"
                )));
            }
        }
        match token {
            Token::SemiColon => {
                self.outer.clear();
                self.level = Level::default();
                self.begun = false;
                self.joins = 0;
                Ok(())
            }
            Token::LParen | Token::LBracket | Token::LBrace => self.open(false),
            Token::RParen | Token::RBracket | Token::RBrace => {
                self.close();
                Ok(())
            }
            Token::Comma => {
                self.next_part();
                Ok(())
            }
            Token::DoubleColon => self.link(CAST),
            Token::Word(word) => self.word(word.keyword, word.quote_style.is_some()),
            other if is_operator(other) => self.link(1),
            _ => Ok(()),
        }
    }

    fn word(&mut self, keyword: Keyword, quoted: bool) -> Result<(), SqlFault> {
        match keyword {
            _ if quoted => Ok(()),
            Keyword::CASE => self.open(true),
            Keyword::END if self.level.case => {
                self.close();
                Ok(())
            }
            Keyword::SELECT
            | Keyword::FROM
            | Keyword::WHERE
            | Keyword::GROUP
            | Keyword::HAVING
            | Keyword::ORDER
            | Keyword::LIMIT
            | Keyword::OFFSET
            | Keyword::SET
            | Keyword::VALUES
            | Keyword::ON
            | Keyword::WHEN
            | Keyword::THEN
            | Keyword::ELSE => {
                self.next_part();
                Ok(())
            }
            Keyword::AND
            | Keyword::OR
            | Keyword::XOR
            | Keyword::NOT
            | Keyword::IS
            | Keyword::IN
            | Keyword::BETWEEN
            | Keyword::LIKE
            | Keyword::ILIKE
            | Keyword::SIMILAR
            | Keyword::RLIKE
            | Keyword::REGEXP
            | Keyword::ESCAPE
            | Keyword::COLLATE
            | Keyword::AT
            | Keyword::OPERATOR
            | Keyword::OVERLAPS
            | Keyword::DIV
            | Keyword::PRIOR
            | Keyword::INTERVAL
            | Keyword::ARRAY => self.link(1),
            Keyword::JOIN | Keyword::UNION | Keyword::EXCEPT | Keyword::INTERSECT => self.join(),
            _ => Ok(()),
        }
    }

    fn open(&mut self, case: bool) -> Result<(), SqlFault> {
        // A bracket is a node of the tree itself, and may follow what it applies to, as in `a[1]`.
        self.link(1)?;
        if self.outer.len() >= BRACKETS {
            return Err(SqlFault::limit(format!(
                "brackets or CASEs nested more than {BRACKETS} deep"
            )));
        }
        let inner = Level {
            case,
            ..Level::default()
        };
        self.outer.push(std::mem::replace(&mut self.level, inner));
        Ok(())
    }

    fn close(&mut self) {
        let inner = self.level.depth.max(self.level.before);
        if let Some(outer) = self.outer.pop() {
            self.level = outer;
            self.level.depth = self.level.depth.max(inner + 1);
        }
    }

    /// Begins an expression beside the one before.
    fn next_part(&mut self) {
        let level = &mut self.level;
        level.before = level.before.max(level.depth);
        level.depth = 0;
        level.chain = 0;
    }

    fn link(&mut self, weight: usize) -> Result<(), SqlFault> {
        let level = &mut self.level;
        level.chain += weight;
        level.depth += weight;
        if level.chain > CHAIN {
            return Err(SqlFault::limit(format!(
                "a chain of more than {CHAIN} operators, of which a cast counts for {CAST}"
            )));
        }
        // Each level around is one node deeper at least.
        let depth = level.depth + self.outer.len();
        if depth > DEPTH {
            return Err(SqlFault::limit(format!(
                "an expression more than {DEPTH} operators deep"
            )));
        }
        self.deepest = self.deepest.max(depth);
        Ok(())
    }

    fn join(&mut self) -> Result<(), SqlFault> {
        self.next_part();
        self.joins += 1;
        if self.joins > JOINS {
            return Err(SqlFault::limit(format!(
                "more than {JOINS} joins in a statement"
            )));
        }
        Ok(())
    }
}

/// Whether a token makes the tree around it deeper. Unknown ones do.
fn is_operator(token: &Token) -> bool {
    !matches!(
        token,
        Token::EOF
            | Token::Number(..)
            | Token::Char(_)
            | Token::SingleQuotedString(_)
            | Token::DoubleQuotedString(_)
            | Token::EscapedStringLiteral(_)
            | Token::NationalStringLiteral(_)
            | Token::UnicodeStringLiteral(_)
            | Token::HexStringLiteral(_)
            | Token::DollarQuotedString(_)
            | Token::Whitespace(_)
            | Token::Placeholder(_)
            | Token::Period
    )
}

#[cfg(test)]
mod tests {
    use super::measure;
    use crate::error::Fault as _;

    fn passes(text: &str) -> bool {
        match measure(text) {
            Ok(_) => true,
            Err(fault) => {
                assert_eq!(fault.code().as_str(), "sql_limit", "{fault}");
                false
            }
        }
    }

    #[test]
    fn sixty_four_kibibytes_are_allowed() {
        assert!(passes(&format!("SELECT '{}'", "x".repeat(65_536 - 9))));
        assert!(!passes(&format!("SELECT '{}'", "x".repeat(65_536 - 8))));
    }

    #[test]
    fn sixteen_statements_are_allowed() {
        assert!(passes(&"SELECT 1;".repeat(16)));
        assert!(!passes(&"SELECT 1;".repeat(17)));
        assert!(passes(&";".repeat(1_000)));
    }

    #[test]
    fn brackets_and_cases_nest_to_thirty_two() {
        for (open, close) in [("(", ")"), ("[", "]"), ("CASE WHEN ", " END")] {
            let nested = |deep| format!("SELECT {}1{}", open.repeat(deep), close.repeat(deep));
            assert!(passes(&nested(32)), "{open}");
            assert!(!passes(&nested(33)), "{open}");
        }
    }

    #[test]
    fn a_chain_has_two_hundred_and_fifty_six_operators() {
        for operator in ["+1", " OR 1", " AND 1", "||1", "-1", " IS NULL", "!", "->1"] {
            assert!(
                passes(&format!("SELECT 1{}", operator.repeat(256))),
                "{operator}"
            );
            assert!(
                !passes(&format!("SELECT 1{}", operator.repeat(257))),
                "{operator}"
            );
        }
        for operator in ["NOT ", "- ", "~"] {
            assert!(
                !passes(&format!("SELECT {}1", operator.repeat(257))),
                "{operator}"
            );
        }
        assert!(passes(&format!("SELECT 1{}", "::INTEGER".repeat(64))));
        assert!(!passes(&format!("SELECT 1{}", "::INTEGER".repeat(65))));
    }

    #[test]
    fn the_depth_of_nested_chains_adds_up() {
        let chain = "+1".repeat(100);
        let nested = |deep: usize| {
            format!(
                "SELECT {}1{}",
                "(".repeat(deep),
                format!("{chain})").repeat(deep)
            )
        };
        assert!(passes(&nested(2)));
        assert!(!passes(&nested(4)));
    }

    #[test]
    fn what_stands_side_by_side_is_not_deep() {
        assert!(passes(&format!("SELECT {}1", "1+1,".repeat(1_000))));
        assert!(passes(&format!("SELECT {}1", "(1+1)*2,".repeat(1_000))));
        assert!(passes(&format!(
            "SELECT CASE {} END",
            "WHEN a = 1 THEN 2".repeat(1_000)
        )));
    }

    #[test]
    fn operators_in_texts_names_and_comments_are_none() {
        let many = "+".repeat(1_000);
        for text in [
            format!("SELECT '{many}'"),
            format!("SELECT \"{many}\""),
            format!("SELECT 1 /* {many} ((((( */"),
            format!("SELECT 1 -- {many}"),
        ] {
            assert!(passes(&text));
        }
    }

    #[test]
    fn a_text_that_does_not_end_is_no_sql() {
        let fault = measure("SELECT 'x").expect_err("the text is open");
        assert_eq!(fault.code().as_str(), "sql_syntax");
    }
}
