//! The bytes that come in.

use std::io::{self, BufRead};

use super::fault::InterchangeFault;
use super::progress::{Progress, Watch};
use crate::{Error, ErrorCode};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The bytes of a file, counted. A byte order mark at the start is passed over.
pub(super) struct Source<'r> {
    reader: &'r mut (dyn BufRead + 'r),
    watch: Watch<'r>,
    progress: Progress,
}

impl<'r> Source<'r> {
    pub(super) fn open(
        reader: &'r mut (dyn BufRead + 'r),
        watch: Watch<'r>,
    ) -> Result<Self, Error> {
        let mut source = Self {
            reader,
            watch,
            progress: Progress::default(),
        };
        source.skip_byte_order_mark()?;
        Ok(source)
    }

    /// The mark may come in pieces. Its first byte begins nothing else that could be read.
    fn skip_byte_order_mark(&mut self) -> Result<(), Error> {
        for (at, &mark) in BYTE_ORDER_MARK.iter().enumerate() {
            match self.fill()?.first() {
                Some(&byte) if byte == mark => self.consume(1),
                _ if at == 0 => break,
                _ => return Err(InterchangeFault::NotText.into()),
            }
        }
        Ok(())
    }

    /// The bytes that are at hand, empty at the end.
    #[inline]
    pub(super) fn fill(&mut self) -> Result<&[u8], Error> {
        self.watch.pass(self.progress)?;
        loop {
            match self.reader.fill_buf() {
                Ok([]) => return Ok(&[]),
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
        self.progress.bytes += bytes as u64;
    }

    pub(super) fn count_line(&mut self) {
        self.progress.lines += 1;
    }

    /// Tells the end.
    pub(super) fn close(mut self) -> Result<(), Error> {
        self.watch.tell(self.progress)
    }
}

#[cold]
fn failed(error: io::Error) -> Error {
    Error::new(ErrorCode::Io, format!("reading failed: {error}")).with_source(error)
}
