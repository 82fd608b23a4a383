//! What can go wrong with a statement.

use std::fmt;

use crate::error::{ErrorCode, Fault};

#[derive(Debug)]
pub(super) enum SqlFault {
    Syntax(String),
    Limit(String),
    Refused(String),
    Failed(String),
    /// By the flag of the caller.
    Stopped,
}

impl SqlFault {
    pub(super) fn limit(text: impl Into<String>) -> Self {
        Self::Limit(text.into())
    }

    pub(super) fn refused(text: impl Into<String>) -> Self {
        Self::Refused(text.into())
    }

    pub(super) fn failed(text: impl Into<String>) -> Self {
        Self::Failed(text.into())
    }
}

impl Fault for SqlFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Syntax(_) => ErrorCode::SqlSyntax,
            Self::Limit(_) => ErrorCode::SqlLimit,
            Self::Refused(_) => ErrorCode::SqlUnsupported,
            Self::Failed(_) => ErrorCode::SqlFailed,
            Self::Stopped => ErrorCode::Aborted,
        }
    }
}

impl fmt::Display for SqlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(text) => write!(f, "this is not SQL: {text}"),
            Self::Limit(text) => write!(f, "the statement is too large: {text}"),
            Self::Refused(text) => write!(f, "the statement is refused: {text}"),
            Self::Failed(text) => write!(f, "the statement failed: {text}"),
            Self::Stopped => f.write_str("the caller stopped the statement"),
        }
    }
}

/// A part of what a caller wrote, short enough for an error text.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
