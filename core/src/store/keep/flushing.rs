//! Flushing again and again, beside the program.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::Error;

/// Flushes at regular times in a thread of its own, until it is dropped; then once more.
///
/// # Example: at most 100 ms are lost in a crash
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use std::time::Duration;
/// use trackstats::journal::MemoryMedium;
/// use trackstats::{Flushing, Period, Store, stats};
///
/// stats! { shopping { order_count } }
///
/// let medium = MemoryMedium::new();
/// let store = Arc::new(Mutex::new(Store::builder().open_on(medium.clone())?));
/// let shared = Arc::clone(&store);
/// let flushing = Flushing::every(Duration::from_millis(100), move || {
///     shared.lock().expect("nobody panicked with it").flush()
/// });
/// store.lock().expect("nobody panicked with it").increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
/// drop(flushing);
/// assert_eq!(Store::builder().read_only(true).open_on(medium)?.len(), 1);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[must_use = "flushing ends when this is dropped"]
pub struct Flushing {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    ended: bool,
    error: Option<Error>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Flushing {
    /// Calls `flush` each time so long has passed. What it needs of the store, such as a lock, is up
    /// to it.
    pub fn every(
        pause: Duration,
        mut flush: impl FnMut() -> Result<(), Error> + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            loop {
                let waited = own
                    .ended
                    .wait_timeout_while(own.state(), pause, |state| !state.ended);
                let ended = waited.unwrap_or_else(PoisonError::into_inner).0.ended;
                let result = flush();
                if let Err(error) = result {
                    own.state().error = Some(error);
                }
                if ended {
                    break;
                }
            }
        });
        Self {
            shared,
            thread: Some(thread),
        }
    }

    /// The error of the latest flush that failed, once. What it could not write is tried again.
    #[must_use]
    pub fn take_error(&self) -> Option<Error> {
        self.shared.state().error.take()
    }
}

impl Drop for Flushing {
    fn drop(&mut self) {
        self.shared.state().ended = true;
        self.shared.ended.notify_all();
        if let Some(thread) = self.thread.take() {
            // A panic in `flush` has been told already.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Flushing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flushing").finish_non_exhaustive()
    }
}
