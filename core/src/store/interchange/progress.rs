//! How far an import or export has come.

use std::ops::ControlFlow;

use crate::Error;

/// How far an import or export has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Progress {
    /// The bytes that were read or written.
    pub bytes: u64,
    /// The lines that were read or written.
    pub lines: u64,
}

/// So many bytes go by between two calls.
const STEP: u64 = 64 * 1024;

type Call<'p> = Box<dyn FnMut(Progress) -> ControlFlow<()> + 'p>;

/// Calls back now and then, and turns the wish to stop into an error.
#[derive(Default)]
pub(super) struct Watch<'p> {
    call: Option<Call<'p>>,
    told: u64,
}

impl<'p> Watch<'p> {
    pub(super) fn new(call: impl FnMut(Progress) -> ControlFlow<()> + 'p) -> Self {
        Self {
            call: Some(Box::new(call)),
            told: 0,
        }
    }

    /// Tells it if enough has gone by.
    #[inline]
    pub(super) fn pass(&mut self, progress: Progress) -> Result<(), Error> {
        if progress.bytes - self.told < STEP {
            return Ok(());
        }
        self.tell(progress)
    }

    pub(super) fn tell(&mut self, progress: Progress) -> Result<(), Error> {
        self.told = progress.bytes;
        match self.call.as_mut().map(|call| call(progress)) {
            Some(ControlFlow::Break(())) => Err(Error::aborted(format!(
                "stopped by the caller after {} lines",
                progress.lines
            ))),
            _ => Ok(()),
        }
    }
}
