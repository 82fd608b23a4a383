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

/// What `trackstats::stats!` calls, which knows how the crate is called where it stands: the path to it,
/// `;`, and the declaration.
#[proc_macro]
pub fn declare(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    declare::passed_on(input.into()).into()
}
