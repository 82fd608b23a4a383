//! The files of the tree.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// A file by its path from the root of the workspace, with `/` between folders.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn tokens(&self) -> TokenStream {
        self.text
            .parse()
            .unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }

    pub(crate) fn syntax(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }

    /// The path below a folder, where it is in it.
    pub(crate) fn below(&self, folder: &str) -> Option<&str> {
        self.path.strip_prefix(folder)?.strip_prefix('/')
    }
}

pub(crate) fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the crate is in the workspace")
        .to_owned()
}

/// Every file with one of the extensions below the folders, in the order of their paths.
pub(crate) fn files(folders: &[&str], extensions: &[&str]) -> Vec<File> {
    let mut files = Vec::new();
    for folder in folders {
        walk(&root().join(folder), extensions, &mut files);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!files.is_empty(), "no {extensions:?} below {folders:?}");
    files
}

/// Every Rust file of every crate.
pub(crate) fn rust() -> Vec<File> {
    files(&["core", "macros", "tests", "xtask"], &["rs"])
}

fn walk(folder: &Path, extensions: &[&str], files: &mut Vec<File>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let built = ["target", "node_modules"].contains(&name.as_str());
            if !built && (!name.starts_with('.') || name == ".ci") {
                walk(&path, extensions, files);
            }
        } else if path
            .extension()
            .is_some_and(|end| extensions.iter().any(|one| end == *one))
        {
            files.push(read(&path));
        }
    }
}

fn read(path: &Path) -> File {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let from_root = path.strip_prefix(root()).unwrap().to_string_lossy();
    File {
        path: from_root.replace('\\', "/"),
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// Calls `see` with the tokens of the stream and of each group in it, the outer before the inner.
pub(crate) fn each_level(stream: &TokenStream, see: &mut impl FnMut(&[TokenTree])) {
    let tokens: Vec<TokenTree> = stream.clone().into_iter().collect();
    see(&tokens);
    for token in &tokens {
        if let TokenTree::Group(group) = token {
            each_level(&group.stream(), see);
        }
    }
}

pub(crate) fn is_ident(token: Option<&TokenTree>, name: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == name)
}

pub(crate) fn is_punct(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Whether `::` stands at this place.
pub(crate) fn is_path_sign(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':')
}

/// The line of a token, as in `core/src/lib.rs:12`.
pub(crate) fn place(path: &str, token: &TokenTree) -> String {
    format!("{path}:{}", token.span().start().line)
}

/// Fails with all faults, one on a line.
pub(crate) fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A file for the tests of the checks.
pub(crate) fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
