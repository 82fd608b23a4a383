//! What an entry can be refused for.

use std::fmt;

use crate::error::{ErrorCode, Fault};
use crate::model::ModelFault;

#[derive(Debug)]
pub(crate) enum EngineFault {
    Model(ModelFault),
    Overflow { metric: String },
    Unsafe(i64),
}

impl From<ModelFault> for EngineFault {
    fn from(fault: ModelFault) -> Self {
        Self::Model(fault)
    }
}

impl Fault for EngineFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Model(fault) => fault.code(),
            Self::Overflow { .. } => ErrorCode::Overflow,
            Self::Unsafe(_) => ErrorCode::UnsafeInteger,
        }
    }
}

impl fmt::Display for EngineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model(fault) => fault.fmt(f),
            Self::Unsafe(value) => write!(
                f,
                "{value} is outside ±9007199254740991, which a number of JavaScript holds exactly"
            ),
            Self::Overflow { metric } => {
                write!(f, "a sum of '{metric}' is out of the range of its values")
            }
        }
    }
}
