//! No type of `GlueSQL` or chrono in what `core` makes public, but for conversions from and to it.

use std::collections::HashSet;

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{ImplItem, Item, UseTree, Visibility};

use crate::source::{File, each_level, files, is_path_sign, none};

/// The crates whose types stay inside, by the beginning of their names.
const FOREIGN: [&str; 3] = ["chrono", "gluesql", "sqlparser"];

fn is_foreign(name: &str) -> bool {
    FOREIGN.iter().any(|start| name.starts_with(start))
}

/// The names that a file imports from foreign crates.
#[derive(Default)]
struct Imported(HashSet<String>);

impl<'ast> Visit<'ast> for Imported {
    fn visit_item_use(&mut self, import: &'ast syn::ItemUse) {
        if let UseTree::Path(path) = &import.tree
            && is_foreign(&path.ident.to_string())
        {
            self.collect(&path.tree);
        }
    }
}

impl Imported {
    fn collect(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.collect(&path.tree),
            UseTree::Name(name) => drop(self.0.insert(name.ident.to_string())),
            UseTree::Rename(name) => drop(self.0.insert(name.rename.to_string())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.collect(tree)),
            UseTree::Glob(_) => {}
        }
    }
}

struct Public<'a> {
    path: &'a str,
    imported: Imported,
    faults: Vec<String>,
}

impl Public<'_> {
    fn judge(&mut self, part: &impl ToTokens) {
        if let Some(name) = self.names(part) {
            let line = part.span().start().line;
            self.faults
                .push(format!("{}:{line}: `{name}` is public", self.path));
        }
    }

    /// The foreign name in a part of the source.
    fn names(&self, part: &impl ToTokens) -> Option<String> {
        let mut named = None;
        each_level(&part.to_token_stream(), &mut |tokens| {
            for (at, token) in tokens.iter().enumerate() {
                let name = token.to_string();
                let foreign = is_foreign(&name) && is_path_sign(tokens, at + 1);
                if matches!(token, TokenTree::Ident(_))
                    && (foreign || self.imported.0.contains(&name))
                {
                    named = Some(name);
                }
            }
        });
        named
    }

    fn implementation(&mut self, implementation: &syn::ItemImpl) {
        if let Some((path, _)) = &implementation.trait_ {
            // A foreign trait is implemented for what is private here, and a trait of ours or of
            // std for a foreign type is a conversion from it.
            if self.names(path).is_none() {
                for item in &implementation.items {
                    if let ImplItem::Type(associated) = item {
                        self.judge(&associated.ty);
                    }
                }
            }
            return;
        }
        for item in &implementation.items {
            match item {
                ImplItem::Fn(function) if is_public(&function.vis) => self.judge(&function.sig),
                ImplItem::Const(constant) if is_public(&constant.vis) => self.judge(&constant.ty),
                _ => {}
            }
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

impl<'ast> Visit<'ast> for Public<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Fn(item) if is_public(&item.vis) => self.judge(&item.sig),
            Item::Const(item) if is_public(&item.vis) => self.judge(&item.ty),
            Item::Type(item) if is_public(&item.vis) => self.judge(&item.ty),
            Item::Use(item) if is_public(&item.vis) => self.judge(&item.tree),
            Item::Struct(item) if is_public(&item.vis) => {
                for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                    self.judge(&field.ty);
                }
                self.judge(&item.generics);
            }
            Item::Enum(item) if is_public(&item.vis) => self.judge(&item.variants),
            Item::Trait(item) if is_public(&item.vis) => {
                self.judge(&item.supertraits);
                for item in &item.items {
                    if let syn::TraitItem::Fn(function) = item {
                        self.judge(&function.sig);
                    }
                }
            }
            Item::Impl(item) => self.implementation(item),
            _ => {}
        }
        visit::visit_item(self, item);
    }
}

fn faults(file: &File) -> Vec<String> {
    let syntax = file.syntax();
    let mut imported = Imported::default();
    imported.visit_file(&syntax);
    let mut public = Public {
        path: &file.path,
        imported,
        faults: Vec::new(),
    };
    public.visit_file(&syntax);
    public.faults
}

#[test]
fn no_foreign_type_is_public() {
    let faults: Vec<_> = files(&["core/src"], &["rs"])
        .iter()
        .flat_map(faults)
        .collect();
    none(&faults);
}

#[test]
fn a_foreign_type_that_is_public_is_found() {
    let file = |text| crate::source::file("core/src/a.rs", text);
    for text in [
        "pub fn f(date: chrono::NaiveDate) {}",
        "use chrono::NaiveDate; impl A { pub fn f(&self) -> Option<NaiveDate> { None } }",
        "use gluesql_core::prelude::{Value as Cell}; pub struct Row { pub cell: Cell }",
        "pub use chrono::NaiveDate;",
        "use chrono::Tz; pub enum Zone { Named(Tz) }",
        "pub type Rows = Vec<gluesql_core::prelude::Value>;",
        "pub trait Source: chrono::Datelike {}",
        "pub trait Source { fn at(&self) -> chrono::NaiveDate; }",
        "impl Iterator for Rows { type Item = gluesql_core::prelude::Value; }",
        "mod inner { use chrono::Tz; pub const UTC: Tz = Tz::UTC; }",
    ] {
        assert_eq!(faults(&file(text)).len(), 1, "{text}");
    }
}

#[test]
fn a_conversion_and_what_is_private_are_none() {
    let file = |text| crate::source::file("core/src/a.rs", text);
    for text in [
        "impl From<Date> for chrono::NaiveDate { fn from(date: Date) -> Self { x } }",
        "impl TryFrom<chrono::NaiveDate> for Date { }",
        "impl gluesql_core::store::Store for View { type A = gluesql_core::data::Key; }",
        "use chrono::NaiveDate; pub(crate) fn f(date: NaiveDate) {}",
        "use gluesql_core::prelude::Value; pub struct Row { cell: Value }",
        "use chrono::Tz; impl A { fn f() -> Tz { x } }",
    ] {
        none(&faults(&file(text)));
    }
}
