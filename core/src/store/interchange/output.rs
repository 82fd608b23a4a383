//! The bytes that go out.

/// So many bytes are gathered before they are written.
const FULL: usize = 64 * 1024;

/// Lines on their way out.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) buffer: Vec<u8>,
    pub(super) lines: u64,
}

impl Output {
    pub(super) fn new() -> Self {
        Self {
            buffer: Vec::with_capacity(FULL + 1024),
            lines: 0,
        }
    }

    /// Ends a line in the buffer.
    #[inline]
    pub(super) fn end_line(&mut self) {
        self.buffer.push(b'\n');
        self.lines += 1;
    }

    /// Whether it is time to write.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.buffer.len() >= FULL
    }
}
