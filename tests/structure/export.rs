//! `lib.rs` and `mod.rs` export; what computes has a file of its own.

use proc_macro2::TokenTree;
use syn::visit::{self, Visit};

use crate::source::{File, files, none};

struct Computing<'a> {
    path: &'a str,
    faults: Vec<String>,
}

impl Computing<'_> {
    fn found(&mut self, what: &str, span: proc_macro2::Span) {
        let line = span.start().line;
        let text = format!(
            "{}:{line}: a `{what}` belongs into a file of its own",
            self.path
        );
        self.faults.push(text);
    }
}

impl<'ast> Visit<'ast> for Computing<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Mod(module) => &module.attrs,
            syn::Item::Fn(function) => &function.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !attributes.iter().any(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_expr(&mut self, expression: &'ast syn::Expr) {
        match expression {
            syn::Expr::Match(found) => self.found("match", found.match_token.span),
            syn::Expr::ForLoop(found) => self.found("for", found.for_token.span),
            syn::Expr::While(found) => self.found("while", found.while_token.span),
            syn::Expr::Loop(found) => self.found("loop", found.loop_token.span),
            _ => {}
        }
        visit::visit_expr(self, expression);
    }
}

/// `#[cfg(test)]` and `#[test]`.
fn is_for_tests(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("test")
        || attribute.meta.require_list().is_ok_and(|list| {
            let mut tokens = list.tokens.clone().into_iter();
            list.path.is_ident("cfg")
                && matches!(tokens.next(), Some(TokenTree::Ident(ident)) if ident == "test")
        })
}

fn faults(file: &File) -> Vec<String> {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    if name != "lib.rs" && name != "mod.rs" {
        return Vec::new();
    }
    let mut computing = Computing {
        path: &file.path,
        faults: Vec::new(),
    };
    computing.visit_file(&file.syntax());
    computing.faults
}

#[test]
fn files_that_export_do_not_compute() {
    let crates = files(&["core/src", "macros/src", "xtask/src"], &["rs"]);
    let faults: Vec<_> = crates.iter().flat_map(faults).collect();
    none(&faults);
}

#[test]
fn a_computation_among_exports_is_found() {
    let file = crate::source::file;
    for text in [
        "mod a; fn f(x: u8) -> u8 { match x { _ => 1 } }",
        "impl A { fn f() { for a in b {} } }",
        "fn f() { g(|| while true {}) }",
        "mod inner { fn f() { loop {} } }",
    ] {
        assert_eq!(
            faults(&file("core/src/time/mod.rs", text)).len(),
            1,
            "{text}"
        );
        none(&faults(&file("core/src/time/date.rs", text)));
    }
    let plain = "mod a; pub use a::A; impl A { fn len(&self) -> usize { self.0.len() } }";
    none(&faults(&file("core/src/lib.rs", plain)));
    let tests = "#[cfg(test)] mod tests { fn f() { loop {} } } #[test] fn g() { loop {} }";
    none(&faults(&file("core/src/lib.rs", tests)));
}
