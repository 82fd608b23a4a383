//! The bytes that go out.

use std::io::{self, Write};

use super::progress::{Progress, Watch};
use crate::{Error, ErrorCode};

/// So many bytes are gathered before they are written.
const FULL: usize = 64 * 1024;

/// Lines on their way to a writer.
pub(super) struct Output<'w> {
    writer: &'w mut (dyn Write + 'w),
    watch: Watch<'w>,
    progress: Progress,
    pub(super) buffer: Vec<u8>,
}

impl<'w> Output<'w> {
    pub(super) fn open(writer: &'w mut (dyn Write + 'w), watch: Watch<'w>) -> Self {
        Self {
            writer,
            watch,
            progress: Progress::default(),
            buffer: Vec::with_capacity(FULL + 1024),
        }
    }

    /// Ends a line in the buffer.
    #[inline]
    pub(super) fn end_line(&mut self) -> Result<(), Error> {
        self.buffer.push(b'\n');
        self.progress.lines += 1;
        if self.buffer.len() >= FULL {
            self.write()
        } else {
            Ok(())
        }
    }

    fn write(&mut self) -> Result<(), Error> {
        self.writer.write_all(&self.buffer).map_err(failed)?;
        self.progress.bytes += self.buffer.len() as u64;
        self.buffer.clear();
        self.watch.pass(self.progress)
    }

    pub(super) fn close(mut self) -> Result<(), Error> {
        self.write()?;
        self.writer.flush().map_err(failed)?;
        self.watch.tell(self.progress)
    }
}

#[cold]
fn failed(error: io::Error) -> Error {
    Error::new(ErrorCode::Io, format!("writing failed: {error}")).with_source(error)
}
