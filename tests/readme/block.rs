//! The blocks of code in a Markdown text.

/// What stands between two fences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// The line of the fence that opens it, counted from 1.
    pub(crate) line: usize,
    /// What stands behind that fence.
    pub(crate) language: String,
    pub(crate) text: String,
    /// For Rust, what it prints: the text of a `text` block with nothing but blank lines between.
    pub(crate) printed: Option<String>,
}

impl Block {
    /// Whether it has a `main` of its own. One that has none continues those before it.
    pub(crate) fn stands_alone(&self) -> bool {
        self.text.lines().any(|line| line.starts_with("fn main("))
    }
}

/// Takes a text apart. A `text` block that shows what a Rust block prints is part of that block.
pub(crate) fn read(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    // Whether something was written since the last block.
    let mut prose = false;
    for (number, line) in markdown.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some(Block {
                    line: number + 1,
                    language: language.trim().to_owned(),
                    ..Block::default()
                });
            }
            (None, None) => prose |= !line.trim().is_empty(),
            (Some(_), Some("")) => {
                blocks.extend(open.take());
                join(&mut blocks, prose);
                prose = false;
            }
            (Some(block), _) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
        }
    }
    blocks
}

/// Makes the last block the output of the one before, if that is what it is.
fn join(blocks: &mut Vec<Block>, prose: bool) {
    if let [.., code, output] = blocks.as_mut_slice()
        && !prose
        && (code.language.as_str(), output.language.as_str()) == ("rust", "text")
        && code.printed.is_none()
    {
        code.printed = Some(std::mem::take(&mut output.text));
        blocks.pop();
    }
}
