//! Titles and doc comments, as they are written.
#![deny(missing_docs, warnings, rustdoc::all)]

use trackstats::stats;

stats! {
    /// What the *web shop* sells.
    ///
    /// By day.
    pub shop "Shop [beta] & <friends>" {
        /// Paid ones, see [`Option`].
        orders "Number of `orders`",
        revenue "",
        #[doc = "Those who came."]
        visits " Visits\n  of all ",
        #[reference("`returns`")]
        returns,
    }
}

fn main() {
    assert_eq!(shop::DOMAIN.title(), Some("Shop [beta] & <friends>"));
    assert_eq!(shop::DOMAIN.description(), Some("What the *web shop* sells.\n\nBy day."));
    let [orders, revenue, visits, returns] = shop::DOMAIN.metrics() else {
        return;
    };
    assert_eq!(orders.title, Some("Number of `orders`"));
    assert_eq!(orders.description, Some("Paid ones, see [`Option`]."));
    assert_eq!((revenue.title, revenue.description), (Some(""), None));
    assert_eq!(visits.description, Some("Those who came."));
    assert_eq!(visits.title, Some(" Visits\n  of all "));
    assert_eq!(returns.reference, "`returns`");
}
