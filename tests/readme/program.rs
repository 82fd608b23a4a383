//! The blocks of Rust as one program, with a test for each that stands alone and one for the rest.

use std::fmt::Write as _;

use crate::block::Block;

/// Code in a README is read, not linted.
const LINTS: &str = "#[allow(warnings, clippy::all, clippy::pedantic, clippy::allow_attributes, \
                     reason = \"it is written for readers\")]";

pub(crate) fn write(blocks: &[Block]) -> String {
    let mut text = String::new();
    let rust = || blocks.iter().filter(|block| block.language == "rust");
    for block in rust().filter(|block| block.stands_alone()) {
        alone(&mut text, block);
    }
    let chain: Vec<&Block> = rust().filter(|block| !block.stands_alone()).collect();
    if !chain.is_empty() {
        continued(&mut text, &chain);
    }
    text
}

fn alone(text: &mut String, block: &Block) {
    let Block {
        line, text: code, ..
    } = block;
    let printed = block.printed.as_deref();
    let _ = write!(
        text,
        "{LINTS}\nmod line_{line} {{\n{code}\n    #[test]\n    fn runs() {{\n        \
         crate::output::ended(main());\n        \
         crate::output::compare({line}, {printed:?});\n    }}\n}}\n\n"
    );
}

/// Each block inside the scope of the one before, so that it sees its names and may take them anew.
fn continued(text: &mut String, blocks: &[&Block]) {
    let _ = write!(
        text,
        "{LINTS}\n#[test]\nfn what_continues_runs() \
         -> Result<(), Box<dyn std::error::Error>> {{\n"
    );
    for block in blocks {
        let Block {
            line, text: code, ..
        } = block;
        let printed = block.printed.as_deref();
        let _ = write!(
            text,
            "// README.md:{line}\n{{\n{code}\n\
             crate::output::compare({line}, {printed:?});\n"
        );
    }
    let _ = write!(text, "Ok(())\n{}}}\n", "}".repeat(blocks.len()));
}
