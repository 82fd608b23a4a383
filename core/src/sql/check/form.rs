//! What is known of a value before it is computed.

use std::fmt;

/// The form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sql) enum Form {
    Null,
    Boolean,
    Integer,
    Float,
    /// Integers in some rows and floats in others.
    Number,
    Text,
    Date,
}

impl Form {
    pub(super) fn is_number(self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Float | Self::Number | Self::Null
        )
    }

    /// Whether floats may be among the values, so that equality needs care.
    pub(super) fn may_be_float(self) -> bool {
        matches!(self, Self::Float | Self::Number)
    }

    /// The form of something that is the one or the other.
    pub(super) fn either(self, other: Self) -> Option<Self> {
        match (self, other) {
            (same, again) if same == again => Some(same),
            (Self::Null, form) | (form, Self::Null) => Some(form),
            (left, right) if left.is_number() && right.is_number() => Some(Self::Number),
            _ => None,
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Null => "null",
            Self::Boolean => "a truth value",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Date => "a date",
        })
    }
}

/// The form of a value, whether it may be null, and how long a text of it may get.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) form: Form,
    pub(super) nullable: bool,
    pub(super) bytes: usize,
    /// Whether a float of it is finite for sure.
    pub(super) finite: bool,
}

/// The longest number, truth value or date as a text. The longest float has 309 digits before the
/// point, the shortest 324 after it and up to 17 of its own.
const SHORT: usize = 350;

impl Shape {
    pub(super) fn new(form: Form, nullable: bool) -> Self {
        Self {
            form,
            nullable,
            bytes: SHORT,
            finite: true,
        }
    }

    pub(super) fn text(nullable: bool, bytes: usize) -> Self {
        Self {
            form: Form::Text,
            nullable,
            bytes,
            finite: true,
        }
    }

    /// The shape of a float that may be infinite, or no number.
    pub(super) fn unbounded(nullable: bool) -> Self {
        Self {
            finite: false,
            ..Self::new(Form::Float, nullable)
        }
    }

    /// The shape of something that has the one or the other.
    pub(super) fn either(self, other: Self) -> Option<Self> {
        Some(Self {
            form: self.form.either(other.form)?,
            nullable: self.nullable || other.nullable,
            bytes: self.bytes.max(other.bytes),
            finite: self.finite && other.finite,
        })
    }
}
