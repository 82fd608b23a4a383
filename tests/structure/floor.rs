//! Floors: an import goes down only, and only `sql` names `GlueSQL`.

use std::collections::HashMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Item, UseTree};

use crate::source::{File, files, is_path_sign, none, place};

/// The modules of a crate with their floors, from the ground.
pub(crate) struct Building {
    pub(crate) folder: &'static str,
    pub(crate) floors: &'static [(&'static str, u8)],
}

const CORE: Building = Building {
    folder: "core/src",
    floors: &[
        ("error", 0),
        ("nearest", 0),
        ("time", 1),
        ("model", 2),
        ("engine", 3),
        ("declaration", 3),
        ("journal", 4),
        ("store", 5),
        ("track", 6),
        ("sql", 6),
    ],
};

impl Building {
    fn floor(&self, module: &str) -> Option<u8> {
        let (_, floor) = self.floors.iter().find(|(name, _)| *name == module)?;
        Some(*floor)
    }

    /// The imports of the whole crate that go up or sideways.
    pub(crate) fn judge(&self) -> Vec<String> {
        let files = files(&[self.folder], &["rs"]);
        let lib = files
            .iter()
            .find(|file| file.below(self.folder) == Some("lib.rs"));
        let exports = Exports::read(&lib.expect("the crate is a library").syntax());
        files
            .iter()
            .flat_map(|file| self.faults(file, &exports))
            .collect()
    }

    /// The imports of one file that go up or sideways.
    fn faults(&self, file: &File, exports: &Exports) -> Vec<String> {
        let path = file.below(self.folder).expect("the file is in the crate");
        let mut modules: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
        if modules
            .last()
            .is_some_and(|last| ["lib", "mod"].contains(last))
        {
            modules.pop();
        }
        // lib.rs and its tests stand on all floors.
        let Some(own) = modules.first().copied().filter(|own| *own != "tests") else {
            return Vec::new();
        };
        let Some(height) = self.floor(own) else {
            return vec![format!("{}: `{own}` is on no floor", file.path)];
        };
        let judge = |token: &TokenTree| {
            let name = token.to_string();
            let place = place(&file.path, token);
            let folder = self.floor(&name).map(|_| name.as_str());
            match folder.or_else(|| exports.folder(&name)) {
                None => Some(format!("{place}: `{name}` comes from no floor")),
                Some(folder) if folder == own => None,
                Some(folder) => match self.floor(folder) {
                    Some(theirs) if theirs >= height => {
                        Some(format!("{place}: `{own}` imports `{name}` from `{folder}`"))
                    }
                    // Another crate is below the ground.
                    _ => None,
                },
            }
        };
        let mut imports = Vec::new();
        from_root(&file.tokens(), modules.len(), &mut imports);
        imports.iter().filter_map(judge).collect()
    }
}

/// Which folder each name that `lib.rs` exports comes from.
struct Exports(HashMap<String, String>);

impl Exports {
    fn read(lib: &syn::File) -> Self {
        // The macro is at the root wherever it is written, and passes on to the crate of macros.
        let mut names = HashMap::from([("stats".to_owned(), "trackstats_macros".to_owned())]);
        for item in &lib.items {
            if let Item::Use(import) = item
                && let UseTree::Path(path) = &import.tree
            {
                collect(&path.tree, &path.ident.to_string(), &mut names);
            }
        }
        Self(names)
    }

    fn folder(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

fn collect(tree: &UseTree, folder: &str, names: &mut HashMap<String, String>) {
    match tree {
        UseTree::Path(path) => collect(&path.tree, folder, names),
        UseTree::Group(group) => {
            for tree in &group.items {
                collect(tree, folder, names);
            }
        }
        UseTree::Name(name) => {
            names.insert(name.ident.to_string(), folder.to_owned());
        }
        UseTree::Rename(name) => {
            names.insert(name.rename.to_string(), folder.to_owned());
        }
        // A name that comes by a glob is found in no folder, and so is a fault where it is used.
        UseTree::Glob(_) => {}
    }
}

/// The names that stand right below the root of the crate in a path: after `crate::`, after
/// `trackstats::`, and after as many `super::` as lead there. `depth` is how deep the module is.
fn from_root(stream: &TokenStream, depth: usize, found: &mut Vec<TokenTree>) {
    let tokens: Vec<TokenTree> = stream.clone().into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let after_path = at > 1 && is_path_sign(&tokens, at - 2);
        match token {
            TokenTree::Ident(ident) if ident == "mod" => {
                if let Some(TokenTree::Group(body)) = tokens.get(at + 2) {
                    from_root(&body.stream(), depth + 1, found);
                    at += 2;
                }
            }
            TokenTree::Ident(ident) if !after_path && is_path_sign(&tokens, at + 1) => {
                let mut ups = depth;
                if ident == "super" {
                    ups = 1;
                    while is_super(&tokens, at + 3) {
                        at += 3;
                        ups += 1;
                    }
                }
                if ident == "crate" || ident == "trackstats" || (ident == "super" && ups >= depth) {
                    heads(tokens.get(at + 3), found);
                }
            }
            TokenTree::Group(group) => from_root(&group.stream(), depth, found),
            _ => {}
        }
        at += 1;
    }
}

fn is_super(tokens: &[TokenTree], at: usize) -> bool {
    crate::source::is_ident(tokens.get(at), "super") && is_path_sign(tokens, at + 1)
}

/// The first name of a path, or of each path in braces.
fn heads(token: Option<&TokenTree>, found: &mut Vec<TokenTree>) {
    match token {
        Some(TokenTree::Group(group)) => {
            let mut first = true;
            for token in group.stream() {
                if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
                    first = true;
                } else if first {
                    heads(Some(&token), found);
                    first = false;
                }
            }
        }
        Some(TokenTree::Ident(ident)) if ident != "self" => {
            found.push(TokenTree::Ident(ident.clone()));
        }
        _ => {}
    }
}

/// Where a file outside `sql` names `GlueSQL`.
fn gluesql(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    if file.below("core/src/sql").is_none() {
        crate::source::each_level(&file.tokens(), &mut |tokens| {
            for token in tokens {
                if token.to_string().starts_with("gluesql_") {
                    faults.push(format!(
                        "{}: only `sql` names GlueSQL",
                        place(&file.path, token)
                    ));
                }
            }
        });
    }
    faults
}

#[test]
fn imports_go_down_only() {
    none(&CORE.judge());
}

#[test]
fn only_sql_names_gluesql() {
    let sources = files(&["core/src", "macros/src"], &["rs"]);
    let faults: Vec<_> = sources.iter().flat_map(gluesql).collect();
    none(&faults);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::file;

    const LIB: &str = "mod time; pub use time::{Date, Zone}; pub use store::Store; \
                       pub use trackstats_macros::stats;";

    fn judge(path: &str, text: &str) -> Vec<String> {
        CORE.faults(
            &file(path, text),
            &Exports::read(&syn::parse_file(LIB).unwrap()),
        )
    }

    #[test]
    fn an_import_from_above_is_found_however_it_is_written() {
        for text in [
            "use crate::store::Store;",
            "use crate::{time::Date, store};",
            "use crate::Store;",
            "use super::super::store::Store;",
            "use super::super::{store, time};",
            "fn f() { crate::store::open(); }",
            "macro_rules! m { () => { crate::store::open() } }",
            "mod inner { use super::super::super::Store; }",
            "use trackstats::Store;",
        ] {
            assert_eq!(judge("core/src/engine/index.rs", text).len(), 1, "{text}");
        }
        let text = "use super::store::Store;";
        assert_eq!(judge("core/src/engine/mod.rs", text).len(), 1);
    }

    #[test]
    fn an_import_from_below_or_beside_in_the_folder_is_none() {
        for text in [
            "use crate::time::Date;",
            "use crate::{Date, error::Error};",
            "use super::column::Column;",
            "use crate::engine::Entry;",
            "mod inner { use super::super::Entry; }",
            "pub(crate) fn f() {}",
            "use crate::stats;",
            "use other::store::Store;",
        ] {
            none(&judge("core/src/engine/index.rs", text));
        }
    }

    #[test]
    fn the_highest_floors_do_not_know_each_other() {
        assert_eq!(
            judge("core/src/track/run.rs", "use crate::sql::Rows;").len(),
            1
        );
        assert_eq!(
            judge("core/src/sql/rows.rs", "use crate::track::TrackReport;").len(),
            1
        );
    }

    #[test]
    fn what_is_on_no_floor_is_a_fault() {
        assert_eq!(judge("core/src/extra/file.rs", "").len(), 1);
        assert_eq!(
            judge("core/src/time/date.rs", "use crate::Unknown;").len(),
            1
        );
    }

    #[test]
    fn gluesql_outside_sql_is_found() {
        let text = "fn f() { gluesql_core::prelude::Glue::new(); }";
        assert_eq!(gluesql(&file("core/src/store/mod.rs", text)).len(), 1);
        none(&gluesql(&file("core/src/sql/glue.rs", text)));
        none(&gluesql(&file(
            "core/src/store/mod.rs",
            "// gluesql_core is not used here",
        )));
    }
}
