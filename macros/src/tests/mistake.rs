//! One mistake, one error.

use super::{declare, mistakes};

#[test]
fn a_declaration_without_mistakes_has_no_errors() {
    let text = "
        /// Sold.
        pub shopping \"Shopping\" {
            order_count \"Orders\", revenue: f64 \"Euro\", sales: i64 by (country, province),
            #[reference(\"returned-items\")] returns by product,
        }
        #[deprecated(note = \"old\")] #[cfg(test)] old { #[cfg(a)] a, #[cfg(b)] a: f64, #[allow(dead_code)] b }
        #[cfg(not(test))] old { a by b }
        users { by, by_user by by, gen by type, Type by r#type, i64: i64, f64 by f64 \"F\" }
    ";
    assert_eq!(mistakes(text), 0, "{}", declare(text));
    let expanded = declare(text).to_string();
    assert!(expanded.contains("\"returned-items\""), "{expanded}");
    assert!(expanded.contains("fn sales"), "{expanded}");
}

#[test]
fn one_mistake_is_one_error() {
    for text in MISTAKES {
        assert_eq!(mistakes(text), 1, "{text}: {}", declare(text));
    }
}

#[test]
fn every_mistake_is_reported_at_once() {
    assert_eq!(
        mistakes("shop { a: u8, a, b by date } shop { c } empty { }"),
        5
    );
}

#[test]
fn what_cannot_be_a_type_takes_nothing_else_with_it() {
    let text = "shop { a, b: [c, (d)], e, #[1 2] f, g } users { h }";
    let expanded = declare(text).to_string();
    for name in ["A", "B", "E", "G", "H"] {
        assert!(expanded.contains(&format!("const {name} :")), "{expanded}");
    }
    assert_eq!(mistakes(text), 2, "{expanded}");
}

/// Declarations with one mistake each.
const MISTAKES: &[&str] = &[
    "shop { a } shop { b }",
    "shop { a, a }",
    "shop { Order, order }",
    "shop { domain }",
    "shop { a by (x, x) }",
    "shop { a by period }",
    "shop { }",
    "shop { a: u32 }",
    "shop { #[reference(\"a.b\")] a }",
    "shop { #[reference(\"a b\")] a }",
    "shop { #[reference(\"\")] a }",
    "shop { a b }",
    "shop { a \"A\" b: f64 }",
    "shop < a, b >",
    "shop ( a, b )",
    "shop [ a, b ]",
    "shop { a by }",
    "shop { a by, b }",
    "shop { a by () }",
    "shop { type }",
    "fn { a }",
    "shop { \"a\" }",
    "shop { a; b }",
    "shop { pub a }",
    "shop { a \"A\": f64 }",
    "shop { #[test] a }",
    "shop { a: f64 = \"A\" }",
    "shop { #[cfg(test)] a, #[cfg(test)] a }",
    "shop { #[cfg(test)] a, a }",
    "#[cfg(test)] shop { a } shop { b }",
    "shop { a }; users { b }",
    "shop",
    "shop { 7, a }",
    "shop { a: &'static str }",
    "shop { a: Vec<u8> }",
    "shop { a: [b, (c)] }",
    "shop { a: [b, c] by d }",
    "shop { a: (b; c), d }",
    "shop { a: Map<u8, f64> }",
    "shop { a: 'static str, b }",
    "shop { a: i32 | f64, b }",
    "shop { a: u8 by b \"A\" }",
    "shop { a: }",
    "shop { a:, b }",
    "shop { a = i64 }",
    "shop { a = u8 }",
    "shop { a => f64 \"A\" }",
    "shop { a -> f64 by b }",
    "shop { a = \"A\" }",
    "shop { a: \"A\" }",
    "shop { a f64 \"A\", b }",
    "shop { a: i64: i64 }",
    "shop { a: i64: u8 by b }",
    "shop { a: i64: }",
    "shop { a by b: f64 }",
    "shop { a by b by c }",
    "shop { a by b by b }",
    "shop { a by b by (b, c) }",
    "shop { a \"A\" by b }",
    "shop { a \"A\": f64 by b }",
    "shop { a by b \"A\": f64 }",
    "shop { a \"A\" \"B\" }",
    "shop { a by [b, c] }",
    "shop { a by [] }",
    "shop { a by {b} }",
    "shop { a by \"A\" }",
    "shop { a by (b c) }",
    "shop { a by (b: u8, c) }",
    "shop { a by (b, \"c\") }",
    "shop { a by (b, 7) }",
    "shop { a by (,) }",
    "shop { a by (b,, c) }",
    "shop { a by (b, Self) }",
    "shop { a by _ }",
    "shop { a by (b, B) }",
    "shop { a by b-c }",
    "shop { a by b.c, d }",
    "shop { a-b }",
    "web-shop { a }",
    "shop { a.b, c }",
    "shop { a { b } }",
    "shop { a, b { c, d }, e }",
    "shop { const a }",
    "mod shop { a }",
    "pub mod shop \"Shop\" { a }",
    "domain shop { a }",
    "pub(up) shop { a }",
    "shop \"Shop\" \"Shop\" { a }",
    "shop: \"Shop\" { a }",
    "shop = \"Shop\" { a }",
    "shop { a } \"Shop\" users { b }",
    "\"shop\" { a }",
    "shop: Shop { a }",
    "a, b, c",
    "shop { a }, users { b }",
    "self { a }",
    "_ { a }",
    "shop { _ }",
    "shop { self, a }",
    "shop { Super by b }",
    "shop { _1 by b }",
    "shop { domain by b }",
    "shop { ß by b, ẞ by c }",
    "shop { #[reference(\"x\")] a, #[reference(\"y\")] a }",
    "shop { #[reference(\"x\")] a, #[reference(\"x\")] b }",
    "shop { #[reference(\"b\")] a, b }",
    "#[reference(\"x\")] shop { a } shop { b }",
    "#[reference(\"x\")] shop { a } x { b }",
    "shop { #[reference(\"a\")] #[reference(\"b\")] a }",
    "shop { #[reference] a }",
    "shop { #[reference()] a }",
    "shop { #[reference(a)] a }",
    "shop { #[reference(7)] a }",
    "shop { #[reference(\"a\", \"b\")] a }",
    "shop { #[reference = \"a\"] a }",
    "shop { #[reference = 7] a }",
    "shop { #[reference(\"\\u{1}\")] a }",
    "shop { //! Docs.\n a }",
    "//! Docs.\n shop { a }",
    "shop { a, /// Docs.\n }",
    "shop { a } /// Docs.\n",
    "shop { a } pub",
    "shop { a: i64 b }",
    "shop { a by, b }",
];
