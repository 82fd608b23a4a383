//! `cargo xtask start`: builds all that the page needs, and serves it with the history of a folder.

use std::env;
use std::path::PathBuf;

use crate::command::{Failure, Outcome};
use crate::page;

pub(crate) fn one_folder(arguments: &[String]) -> Outcome {
    match arguments {
        [] | [_] => Ok(()),
        [_, extra, ..] => Err(Failure::Usage(format!("`{extra}` is not expected here"))),
    }
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    // The history that is read is that of the folder that its user stands in.
    let folder = here()?.join(arguments.first().map_or(".", String::as_str));
    page::build()?;
    page::read_history(&folder)?;
    page::serve()
}

fn here() -> Result<PathBuf, Failure> {
    env::current_dir()
        .map_err(|error| Failure::Text(format!("the current folder cannot be read: {error}")))
}
