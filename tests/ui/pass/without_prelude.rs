//! A crate that has nothing in scope.
#![no_implicit_prelude]
#![deny(missing_docs, warnings)]

::trackstats::stats! {
    pub shop "Shop" {
        /// Sold.
        orders "Orders",
        revenue: f64 by (country, province),
    }
}

fn main() {
    let _ = shop::ORDERS;
    let _ = shop::revenue("NL", 1);
}
