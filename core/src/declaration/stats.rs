//! The macro that declares.

/// Declares domains and metrics, at compile time.
///
/// ```
/// trackstats::stats! {
///     /// What the web shop sells.
///     pub shopping "Shopping" {
///         /// Paid orders only.
///         order_count "Number of orders sold",
///         revenue: f64 "Revenue, in euro",
///         sales by (country, province) "Items sold, by region",
///         #[reference("returned-items")]
///         returns by product,
///     }
/// }
///
/// assert_eq!(shopping::ORDER_COUNT.to_string(), "shopping.order_count");
/// assert_eq!(shopping::sales("NL", "Utrecht").to_string(), "shopping.sales(country: NL, province: Utrecht)");
/// ```
///
/// A domain is a name, a title if wanted, and its metrics in braces; it becomes a module of that name,
/// private unless a visibility is written before it. A metric is a name, then where they are wanted
/// `: i64` or `: f64` (`i64` if not written), `by` and its dimensions, and a title. It becomes a
/// constant in upper case, and where it has dimensions, also a function in lower case that takes their
/// values. Doc comments become descriptions. `#[reference("…")]` sets the stable name where it is not
/// the name in the source; a reference has 1 to 100 characters without a dot or white space.
///
/// `#[cfg(…)]`, `#[deprecated]` and levels of lints such as `#[allow(dead_code)]` may stand before a
/// domain or a metric, and hold for its items. A crate that calls this one by another name, or passes it
/// on to others, declares by the path that it has: `ts::stats! { … }`.
///
/// Every mistake is reported at once; what is right is declared all the same.
#[macro_export]
macro_rules! stats {
    ($($declaration:tt)*) => {
        $crate::__declare! { $crate; $($declaration)* }
    };
}
