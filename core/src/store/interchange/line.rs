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
    /// The bytes of the line so far, of which those beyond the longest are not kept.
    length: usize,
    is_ended: bool,
}

impl Lines {
    /// Lines of which some were passed over.
    pub(super) fn after(number: u64) -> Self {
        Self {
            number,
            ..Self::default()
        }
    }

    /// The number of the line that was read last, from 1.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// The next line without its end; none at the end of the file. The outer error ends the reading.
    pub(super) fn next(
        &mut self,
        source: &mut Source<'_, '_>,
    ) -> Result<Option<Piece<&[u8]>>, Error> {
        if self.is_ended {
            self.line.clear();
            self.length = 0;
            self.is_ended = false;
        }
        loop {
            let bytes = source.fill()?;
            if bytes.is_empty() {
                if self.length == 0 {
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
            self.length += consumed;
            source.consume(consumed);
            if end.is_some() {
                break;
            }
        }
        self.is_ended = true;
        self.number += 1;
        source.count_line();
        if self.length > LONGEST {
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

/// The text of bytes, or which of them no text has.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, InterchangeFault> {
    std::str::from_utf8(bytes).map_err(|error| InterchangeFault::NotText {
        byte: bytes.get(error.valid_up_to()).copied().unwrap_or_default(),
    })
}
