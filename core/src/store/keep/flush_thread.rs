//! Flushing again and again, beside the program.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::super::Store;
use super::tell::Tell;
use crate::Error;
use crate::error::ErrorCode;

/// Flushes at regular times in a thread of its own, until it is dropped; then once more.
///
/// A flush that fails is tried again, and so is one that panics: the thread goes on. What fails is told
/// by [`take_error`](FlushThread::take_error), and to whom [`on_error`](FlushThread::on_error) names; a line on
/// the standard error if nobody is. Until a flush succeeds again that happens once.
///
/// # Example: at most 100 ms are lost in a crash
///
/// A panic while the lock is held, as in a handler of a server, poisons it. The store is whole then: what
/// a [batch](Store::batch) had begun is rolled back. So who takes the lock passes over the poison.
///
/// ```
/// use std::sync::{Arc, Mutex, PoisonError};
/// use std::time::Duration;
/// use trackstats::journal::MemoryBackend;
/// use trackstats::{FlushThread, Period, Store, stats};
///
/// stats! { shopping { order_count } }
///
/// let backend = MemoryBackend::new();
/// let store = Arc::new(Mutex::new(Store::builder().open_with(backend.clone())?));
/// let flush_thread = FlushThread::shared(Duration::from_millis(100), &store);
/// # let own = Arc::clone(&store);
/// # let handler = std::thread::spawn(move || {
/// #     let _held = own.lock();
/// #     std::panic::resume_unwind(Box::new("a mistake"));
/// # });
/// # assert!(handler.join().is_err() && store.is_poisoned());
///
/// let mut locked = store.lock().unwrap_or_else(PoisonError::into_inner);
/// locked.increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
/// drop(locked);
/// drop(flush_thread);
/// assert_eq!(Store::builder().read_only(true).open_with(backend)?.len(), 1);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[must_use = "flushing ends when this is dropped"]
pub struct FlushThread {
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
    tell: Tell,
    /// Whether what fails was told since the last flush that succeeded.
    told: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of what came of a flush.
    fn note(&self, result: Result<(), Error>) {
        let Err(error) = result else {
            self.state().told = false;
            return;
        };
        let (tell, told) = {
            let mut state = self.state();
            (state.tell.clone(), std::mem::replace(&mut state.told, true))
        };
        // Without the lock, which whoever is told may want.
        if !told {
            tell.tell(&error);
        }
        self.state().error = Some(error);
    }
}

impl FlushThread {
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
                let flushed = catch_unwind(AssertUnwindSafe(&mut flush));
                own.note(flushed.unwrap_or_else(|panic| Err(panicked(&*panic))));
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

    /// Flushes a store that several threads share, each time so long has passed. That somebody panicked
    /// with the lock keeps nothing from being flushed.
    pub fn shared(pause: Duration, store: &Arc<Mutex<Store>>) -> Self {
        let store = Arc::clone(store);
        Self::every(pause, move || {
            store.lock().unwrap_or_else(PoisonError::into_inner).flush()
        })
    }

    /// Sets who is told of what fails; a line on the standard error if it is not set.
    ///
    /// # Example: a flush that panics is told, and the next one is made
    ///
    /// ```
    /// use std::sync::mpsc::channel;
    /// use std::time::Duration;
    /// use trackstats::{ErrorCode, FlushThread};
    ///
    /// let (to, told) = channel();
    /// let mut is_first = true;
    /// let (flushed, flushes) = channel();
    /// let flush_thread = FlushThread::every(Duration::from_millis(20), move || {
    ///     assert!(!std::mem::take(&mut is_first), "a mistake");
    ///     let _ = flushed.send(());
    ///     Ok(())
    /// });
    /// let flush_thread = flush_thread.on_error(move |error| drop(to.send(error.code())));
    /// assert_eq!(told.recv(), Ok(ErrorCode::InvalidState));
    /// assert_eq!(flushes.recv(), Ok(()));
    /// drop(flush_thread);
    /// ```
    pub fn on_error(self, call: impl Fn(&Error) + Send + Sync + 'static) -> Self {
        self.shared.state().tell = Tell::new(call);
        self
    }

    /// The error of the latest flush that failed, once. What it could not write is tried again.
    #[must_use]
    pub fn take_error(&self) -> Option<Error> {
        self.shared.state().error.take()
    }
}

/// A panic as an error.
fn panicked(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    let text = text.unwrap_or("nothing was said");
    Error::new(
        ErrorCode::InvalidState,
        format!("flushing panicked: {text}"),
    )
}

impl Drop for FlushThread {
    fn drop(&mut self) {
        self.shared.state().ended = true;
        self.shared.ended.notify_all();
        if let Some(thread) = self.thread.take() {
            // Its panics were caught and told.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for FlushThread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlushThread").finish_non_exhaustive()
    }
}
