//! Taking a file apart into lines.

use super::fault::InterchangeFault;
use super::source::Source;
use crate::Error;

/// The longest line, in bytes: a limit, so that no input can take all memory.
pub(super) const LONGEST: usize = 1024 * 1024;

/// A piece of a file with the number of the line that it starts on, from 1, or what is wrong with it.
pub(super) type Piece<T> = (u64, Result<T, Error>);

/// One line at a time, in a buffer that is used again and never gets longer than [`LONGEST`].
#[derive(Debug, Default)]
pub(super) struct Lines {
    line: Vec<u8>,
    number: u64,
}

impl Lines {
    /// The number of the line that was read last, from 1.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// The next line without its end; none at the end of the file. The outer error ends the reading.
    pub(super) fn next(&mut self, source: &mut Source<'_>) -> Result<Option<Piece<&[u8]>>, Error> {
        self.line.clear();
        let mut length = 0;
        loop {
            let bytes = source.fill()?;
            if bytes.is_empty() {
                if length == 0 {
                    return Ok(None);
                }
                break;
            }
            let end = bytes.iter().position(|&byte| byte == b'\n');
            let piece = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
            let room = LONGEST.saturating_sub(self.line.len());
            self.line
                .extend_from_slice(piece.get(..room).unwrap_or(piece));
            let consumed = piece.len() + usize::from(end.is_some());
            length += consumed;
            source.consume(consumed);
            if end.is_some() {
                break;
            }
        }
        self.number += 1;
        source.count_line();
        if length > LONGEST {
            return Ok(Some((self.number, Err(InterchangeFault::TooLong.into()))));
        }
        let line = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
        Ok(Some((self.number, Ok(line))))
    }
}

/// Whether there is nothing to read on a line.
pub(super) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}
