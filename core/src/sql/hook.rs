//! The functions of our own that a checked statement calls: what GlueSQL computes otherwise, and what
//! tells the meter of work and memory.
//!
//! GlueSQL hands a storage no arguments, only names. So the body of a function looks at its arguments,
//! and calls another function whose name says what the meter has to know.

use gluesql_core::ast::{BinaryOperator, DataType, Expr, Function as Call, OperateFunctionArg};
use gluesql_core::data::CustomFunction as Function;
use gluesql_core::prelude::Value;

/// True, and counts a row; stands where rows arise without a scan.
pub(super) const COUNTED: &str = "trackstats_counted";
/// The same float; fails if it is infinite or no number.
pub(super) const FINITE: &str = "trackstats_finite";
/// A variance; where rounding made it less than nothing, nothing.
pub(super) const SPREAD: &str = "trackstats_spread";
/// The divisor that leaves the same rest, and is not -1.
pub(super) const DIVISOR: &str = "trackstats_divisor";
/// The place of a text in another one, from 1; an empty one is at the first.
pub(super) const POSITION: &str = "trackstats_position";
/// A text with another text in the places of a third; an empty one has none.
pub(super) const REPLACE: &str = "trackstats_replace";
/// The same text; counts its bytes as work.
pub(super) const LONG: &str = "trackstats_long";
/// The same text; counts the work of matching it with a pattern of that many bytes.
pub(super) const MATCHED: &str = "trackstats_matched";

const INFINITE: &str = "trackstats_infinite";
const TOO_LONG: &str = "trackstats_too_long";
const WORK: &str = "trackstats_work_";
const HOLD: &str = "trackstats_hold_";
const HELD: &str = "trackstats_held_";
const KEPT: &str = "trackstats_kept_";

/// The longest text, in bytes, whose making counts for nothing beside its row.
const SHORT: i64 = 4_096;
/// The most bytes of text times bytes of pattern that LIKE takes.
const MATCHABLE: i64 = 8 << 20;
/// A row's worth of text, in bytes.
const ROW: i64 = 256;
/// A row's worth of matching, in bytes of text times bytes of pattern. The regular expressions of the
/// worst patterns take 10 ns for each.
const MATCHED_ROW: i64 = 64;

/// True, and tells that a row of that query is held.
pub(super) fn hold(query: usize) -> String {
    format!("{HOLD}{query}")
}

/// The same text, and tells that that query holds it.
pub(super) fn kept(query: usize) -> String {
    format!("{KEPT}{query}")
}

/// Whether LIKE needs to look how long a text is, of at most so many bytes, for such a pattern.
pub(super) fn is_long_match(bytes: usize, pattern: usize) -> bool {
    bytes.saturating_mul(pattern) > usize::try_from(SHORT * MATCHED_ROW).unwrap_or(usize::MAX)
}

/// Whether the making of a text of at most so many bytes counts.
pub(super) fn is_long(bytes: usize) -> bool {
    bytes > usize::try_from(SHORT).unwrap_or(usize::MAX)
}

/// What the meter has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A row arises.
    Row,
    /// Work that takes as long as that many rows.
    Work(u64),
    /// A query holds another row.
    Hold(usize),
    /// A query holds that many bytes more.
    Held(usize, u64),
    /// A float is infinite or no number.
    Infinite,
    /// A text is too long for a pattern.
    TooLong,
}

/// The functions of one statement.
pub(super) struct Hooks {
    truth: Function,
    own: [Function; 8],
    kept: Vec<Function>,
}

impl Hooks {
    /// For a statement in which so many queries hold rows.
    pub(super) fn new(queries: usize) -> Self {
        Self {
            truth: function("trackstats_truth", [], truth()),
            own: [
                Function {
                    args: ["left", "right"]
                        .map(|name| OperateFunctionArg {
                            default: Some(Expr::Value(Value::Null)),
                            ..argument(name, DataType::Boolean)
                        })
                        .into(),
                    ..function(COUNTED, [], truth())
                },
                finite(),
                spread(),
                divisor(),
                position(),
                replace(),
                long(),
                matched(),
            ],
            kept: (0..queries).map(keeping).collect(),
        }
    }

    /// The function of that name, and what its call tells.
    pub(super) fn find(&self, name: &str) -> Option<(&Function, Option<Event>)> {
        let number = |text: &str| text.parse().ok();
        let event = if let Some(rows) = name.strip_prefix(WORK) {
            Event::Work(number(rows)?)
        } else if let Some(query) = name.strip_prefix(HOLD) {
            Event::Hold(usize::try_from(number(query)?).ok()?)
        } else if let Some(both) = name.strip_prefix(HELD) {
            let (query, bytes) = both.split_once('_')?;
            Event::Held(usize::try_from(number(query)?).ok()?, number(bytes)?)
        } else if let Some(query) = name.strip_prefix(KEPT) {
            let query = usize::try_from(number(query)?).ok()?;
            return Some((self.kept.get(query)?, None));
        } else {
            match name {
                INFINITE => Event::Infinite,
                TOO_LONG => Event::TooLong,
                _ => {
                    let own = self.own.iter().find(|own| own.func_name == name)?;
                    return Some((own, (name == COUNTED).then_some(Event::Row)));
                }
            }
        };
        Some((&self.truth, Some(event)))
    }
}

fn finite() -> Function {
    let float = |value| Expr::Value(Value::F64(value));
    // Not BETWEEN, which is true for what is no number.
    let bounds = operation(
        operation(name("x"), BinaryOperator::GtEq, float(f64::MIN)),
        BinaryOperator::And,
        operation(name("x"), BinaryOperator::LtEq, float(f64::MAX)),
    );
    let missing = Expr::IsNull(name("x").into());
    let body = case(vec![(bounds, name("x")), (missing, null())], tell(INFINITE));
    function(FINITE, [argument("x", DataType::Float)], body)
}

fn spread() -> Function {
    let zero = || Expr::Value(Value::F64(0.0));
    let negative = operation(name("x"), BinaryOperator::Lt, zero());
    let body = case(vec![(negative, zero())], name("x"));
    function(SPREAD, [argument("x", DataType::Float)], body)
}

fn divisor() -> Function {
    let integer = |value| Expr::Value(Value::I64(value));
    let unfit = operation(name("x"), BinaryOperator::Eq, integer(-1));
    let body = case(vec![(unfit, integer(1))], name("x"));
    function(DIVISOR, [argument("x", DataType::Int)], body)
}

fn position() -> Function {
    let found = Call::Position {
        from_expr: name("text"),
        sub_expr: name("part"),
    };
    let first = case(
        vec![(Expr::IsNull(name("text").into()), null())],
        Expr::Value(Value::I64(1)),
    );
    let body = case(
        vec![(is_empty("part"), first)],
        Expr::Function(found.into()),
    );
    function(POSITION, ["text", "part"].map(text), body)
}

fn replace() -> Function {
    let replaced = Call::Replace {
        expr: name("text"),
        old: name("old"),
        new: name("new"),
    };
    let same = case(
        vec![(Expr::IsNull(name("new").into()), null())],
        name("text"),
    );
    let body = case(
        vec![(is_empty("old"), same)],
        Expr::Function(replaced.into()),
    );
    function(REPLACE, ["text", "old", "new"].map(text), body)
}

fn long() -> Function {
    let length = || Expr::Function(Call::Length(name("x")).into());
    let body = steps(length, SHORT, 2 << 20, &name("x"), |bytes| {
        format!("{WORK}{}", bytes / ROW)
    });
    function(LONG, [text("x")], body)
}

fn matched() -> Function {
    let product = || {
        let length = Expr::Function(Call::Length(name("x")).into());
        // The length is no integer to GlueSQL, but an unsigned one.
        let length = Expr::Function(
            Call::Cast {
                expr: length,
                data_type: DataType::Int,
            }
            .into(),
        );
        operation(length, BinaryOperator::Multiply, name("pattern"))
    };
    let weighed = steps(
        product,
        SHORT * MATCHED_ROW,
        MATCHABLE,
        &name("x"),
        |bytes| format!("{WORK}{}", bytes / MATCHED_ROW),
    );
    let body = case(
        vec![(
            operation(
                product(),
                BinaryOperator::Gt,
                Expr::Value(Value::I64(MATCHABLE)),
            ),
            tell(TOO_LONG),
        )],
        weighed,
    );
    let pattern = argument("pattern", DataType::Int);
    function(MATCHED, [text("x"), pattern], body)
}

fn keeping(query: usize) -> Function {
    let length = || Expr::Function(Call::Length(name("x")).into());
    let weighed = steps(length, 128, 2 << 20, &name("x"), |bytes| {
        format!("{HELD}{query}_{bytes}")
    });
    let short = operation(length(), BinaryOperator::LtEq, Expr::Value(Value::I64(128)));
    let counted = case(
        vec![(tell(&format!("{HELD}{query}_128")), name("x"))],
        null(),
    );
    let body = case(vec![(short, counted)], weighed);
    function(&kept(query), [text("x")], body)
}

/// The value itself; where the measure is above `start`, after a call that says to which step it goes.
fn steps(
    measure: impl Fn() -> Expr,
    start: i64,
    end: i64,
    value: &Expr,
    call: impl Fn(i64) -> String,
) -> Expr {
    let start_of = operation(
        measure(),
        BinaryOperator::LtEq,
        Expr::Value(Value::I64(start)),
    );
    let mut branches = vec![
        (start_of, value.clone()),
        (Expr::IsNull(value.clone().into()), null()),
    ];
    let mut step = start;
    while step < end {
        step = (4 * step).min(end);
        let within = operation(
            measure(),
            BinaryOperator::LtEq,
            Expr::Value(Value::I64(step)),
        );
        let told = case(vec![(tell(&call(step)), value.clone())], null());
        branches.push((within, told));
    }
    // Nothing is longer than the end.
    case(branches, tell(TOO_LONG))
}

fn function<const N: usize>(name: &str, args: [OperateFunctionArg; N], body: Expr) -> Function {
    Function {
        func_name: name.to_owned(),
        args: args.into(),
        body,
    }
}

fn argument(name: &str, data_type: DataType) -> OperateFunctionArg {
    OperateFunctionArg {
        name: name.to_owned(),
        data_type,
        default: None,
    }
}

fn text(name: &str) -> OperateFunctionArg {
    argument(name, DataType::Text)
}

fn name(name: &str) -> Expr {
    Expr::Identifier(name.to_owned())
}

fn null() -> Expr {
    Expr::Value(Value::Null)
}

fn truth() -> Expr {
    Expr::Value(Value::Bool(true))
}

fn tell(name: &str) -> Expr {
    Expr::Function(
        Call::Custom {
            name: name.to_owned(),
            exprs: Vec::new(),
        }
        .into(),
    )
}

fn is_empty(text: &str) -> Expr {
    let empty = Expr::Value(Value::Str(String::new()));
    operation(name(text), BinaryOperator::Eq, empty)
}

fn operation(left: Expr, op: BinaryOperator, right: Expr) -> Expr {
    Expr::BinaryOp {
        left: left.into(),
        op,
        right: right.into(),
    }
}

fn case(when_then: Vec<(Expr, Expr)>, otherwise: Expr) -> Expr {
    Expr::Case {
        operand: None,
        when_then,
        else_result: Some(otherwise.into()),
    }
}
