//! What must hold for any tokens at all.

use std::str::FromStr as _;

use proc_macro2::TokenStream;
use proptest::prelude::*;

fn declare(text: &str) -> TokenStream {
    crate::declare(TokenStream::from_str(text).unwrap())
}

fn mistakes(text: &str) -> usize {
    declare(text).to_string().matches("compile_error").count()
}

#[test]
fn a_declaration_without_mistakes_has_no_errors() {
    let text = "
        /// Sold.
        pub shopping \"Shopping\" {
            order_count \"Orders\", revenue: f64 \"Euro\", sales: i64 by (country, province),
            #[reference(\"returned-items\")] returns by product,
        }
        users { user_count }
    ";
    assert_eq!(mistakes(text), 0, "{}", declare(text));
    let expanded = declare(text).to_string();
    assert!(expanded.contains("\"returned-items\""), "{expanded}");
    assert!(expanded.contains("fn sales"), "{expanded}");
}

#[test]
fn one_mistake_is_one_error() {
    for text in [
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
        "shop { #[cfg(test)] a }",
        "shop { a }; users { b }",
        "shop",
        "shop { 7, a }",
    ] {
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

proptest! {
    #[test]
    fn any_tokens_give_items_and_no_panic(
        words in proptest::collection::vec(
            prop_oneof![
                Just("shop"), Just("a"), Just("by"), Just("type"), Just("\"t\""), Just(","), Just(":"),
                Just("f64"), Just("u8"), Just("("), Just(")"), Just("{"), Just("}"), Just("<"),
                Just(">"), Just(";"), Just("#[reference(\"r\")]"), Just("pub"), Just("7"), Just("r#fn"),
                Just("///d\n"), Just("date"), Just("self"), Just("_"), Just("'a"), Just("::"),
            ],
            0..40,
        )
    ) {
        if let Ok(tokens) = TokenStream::from_str(&words.join(" ")) {
            let _ = crate::declare(tokens);
        }
    }
}
