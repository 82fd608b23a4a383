//! The bytes that come in.

use std::io::{self, BufRead};

use super::fault::InterchangeFault;
use super::progress::{Progress, Watch};
use crate::{Error, ErrorCode};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How far the bytes of a file have been read, between its pieces.
#[derive(Debug, Default)]
pub(super) struct Reached {
    progress: Progress,
    /// The bytes of a byte order mark that were passed over.
    mark: usize,
    /// Whether the file has begun behind it.
    begun: bool,
}

/// The bytes of a file, counted. A byte order mark at the start is passed over.
pub(super) struct Source<'r, 'w> {
    reader: &'r mut (dyn BufRead + 'r),
    watch: &'r mut Watch<'w>,
    reached: &'r mut Reached,
    /// Whether the reader ends where the file does.
    is_last: bool,
    paused: bool,
}

impl<'r, 'w> Source<'r, 'w> {
    pub(super) fn of(
        reader: &'r mut (dyn BufRead + 'r),
        watch: &'r mut Watch<'w>,
        reached: &'r mut Reached,
        is_last: bool,
    ) -> Self {
        Self {
            reader,
            watch,
            reached,
            is_last,
            paused: false,
        }
    }

    /// Whether reading ended because more of the file is to come.
    pub(super) const fn is_paused(&self) -> bool {
        self.paused
    }

    /// Passes over a byte order mark and refuses other encodings. The mark may come in pieces; its first
    /// byte begins nothing else that could be read.
    pub(super) fn begin(&mut self) -> Result<(), Error> {
        while !self.reached.begun {
            let at = self.reached.mark;
            let Some(&wanted) = BYTE_ORDER_MARK.get(at) else {
                self.reached.begun = true;
                break;
            };
            match *self.fill()? {
                [byte, ..] if byte == wanted => {
                    self.reached.mark += 1;
                    self.consume(1);
                }
                [0 | 0xFE | 0xFF, ..] | [_, 0, ..] if at == 0 => {
                    return Err(InterchangeFault::Utf16.into());
                }
                _ if at == 0 => self.reached.begun = true,
                _ => return Err(InterchangeFault::NotText { byte: 0xEF }.into()),
            }
        }
        Ok(())
    }

    /// The bytes that are at hand, empty at the end. An error, with [`is_paused`](Source::is_paused), where
    /// more is to come: what was begun is begun again at the same place.
    #[inline]
    pub(super) fn fill(&mut self) -> Result<&[u8], Error> {
        self.watch.pass(self.reached.progress)?;
        loop {
            match self.reader.fill_buf() {
                Ok([]) if self.is_last => return Ok(&[]),
                Ok([]) => {
                    self.paused = true;
                    return Err(Error::aborted("more of the file is to come"));
                }
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(failed(error)),
            }
        }
        // The same bytes again: the borrow checker does not let them out of the loop.
        self.reader.fill_buf().map_err(failed)
    }

    #[inline]
    pub(super) fn consume(&mut self, bytes: usize) {
        self.reader.consume(bytes);
        self.reached.progress.bytes += bytes as u64;
    }

    pub(super) fn count_line(&mut self) {
        self.reached.progress.lines += 1;
    }

    /// Tells the end.
    pub(super) fn close(self) -> Result<(), Error> {
        self.watch.tell(self.reached.progress)
    }
}

#[cold]
fn failed(error: io::Error) -> Error {
    Error::new(ErrorCode::Io, format!("reading failed: {error}")).with_source(error)
}
