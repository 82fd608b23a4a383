//! Declarations inside functions, and several in one crate.
#![deny(missing_docs, warnings)]

use trackstats::stats;

stats! { pub shop { orders } }

fn reference() -> &'static str {
    stats! { shop { visits by page } }
    let _ = shop::visits("/");
    shop::VISITS.reference()
}

fn main() {
    stats! { users { signups: f64 } }
    stats! { pages { visits by page } }
    assert_eq!(reference(), "visits");
    assert_eq!(shop::ORDERS.reference(), "orders");
    assert_eq!(users::SIGNUPS.domain(), "users");
    let _ = pages::visits(1);
}
