//! The `stats!` declaration of trackstats.
//!
//! One stage a file: `ast` reads the tokens, `check` judges what was read, `fallback` rescues what was
//! wrong so that one mistake gives one error, `expand` writes the items. `report` collects the mistakes
//! of the first two; `name` knows what an item is called. `declare` runs the stages.

mod ast;
mod check;
mod declare;
mod expand;
mod fallback;
mod name;
mod report;
#[cfg(test)]
mod tests;

/// Declares domains and metrics, at compile time.
///
/// ```text
/// stats! {
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
/// ```
///
/// A domain is a name, a title if wanted, and its metrics in braces; it becomes a module of that name,
/// private unless a visibility is written before it. A metric is a name, then where they are wanted
/// `: i64` or `: f64` (`i64` if not written), `by` and its dimensions, and a title. It becomes a
/// constant in upper case, and where it has dimensions, also a function in lower case that takes their
/// values. Doc comments become descriptions. `#[reference("…")]` sets the stable name where it is not
/// the name in the source; a reference has 1 to 100 characters without a dot or white space.
///
/// Every mistake is reported at once; what is right is declared all the same.
#[proc_macro]
pub fn stats(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    declare::declare(input.into()).into()
}
