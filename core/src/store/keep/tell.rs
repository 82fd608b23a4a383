//! Telling of what fails where no caller waits for an answer.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::Error;

type Call = dyn Fn(&Error) + Send + Sync;

/// Who is told; a line on the standard error if nobody is.
#[derive(Clone, Default)]
pub(in crate::store) struct Tell(Option<Arc<Call>>);

impl Tell {
    pub(in crate::store) fn new(call: impl Fn(&Error) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(call)))
    }

    pub(super) fn tell(&self, error: &Error) {
        match &self.0 {
            // A store may be dropped while a panic unwinds, where a second one would end the program.
            Some(call) => drop(catch_unwind(AssertUnwindSafe(|| call(error)))),
            None => eprintln!("trackstats: {error}"),
        }
    }
}

impl fmt::Debug for Tell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Tell" } else { "stderr" })
    }
}
