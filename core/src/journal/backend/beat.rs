//! The sign of life of an owner, for those who cannot see its process.

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::process::uptime;

const PAUSE: Duration = Duration::from_secs(1);

/// Writes again and again into a file, until it is dropped.
#[derive(Debug)]
pub(super) struct Beat {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    ended: Mutex<bool>,
    wakes: Condvar,
    /// Whether there was a beat since this was last asked.
    passed: AtomicBool,
}

/// What a beat writes: what has passed since the boot or, where nobody tells, how many there were.
pub(super) fn text(count: u64) -> String {
    format!("{:012}\n", uptime().unwrap_or(count))
}

impl Beat {
    /// Writes to that place of the file.
    pub(super) fn start(mut file: File, at: u64) -> Self {
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        let beat = move || {
            for count in 1.. {
                let ended = own.ended.lock().unwrap_or_else(PoisonError::into_inner);
                let waited = own.wakes.wait_timeout_while(ended, PAUSE, |ended| !*ended);
                if *waited.unwrap_or_else(PoisonError::into_inner).0 {
                    break;
                }
                own.passed.store(true, Ordering::Relaxed);
                // What cannot be written is missed by others, who then take the owner for dead.
                let _ = file
                    .seek(SeekFrom::Start(at))
                    .and_then(|_| file.write_all(text(count).as_bytes()));
            }
        };
        let thread = thread::Builder::new().name("trackstats".to_owned());
        Self {
            shared,
            // Where there are no threads, there are no other processes.
            thread: thread.spawn(beat).ok(),
        }
    }

    /// Whether there was one since this was last asked.
    pub(super) fn has_passed(&self) -> bool {
        self.shared.passed.swap(false, Ordering::Relaxed)
    }
}

impl Drop for Beat {
    fn drop(&mut self) {
        let mut ended = self
            .shared
            .ended
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *ended = true;
        drop(ended);
        self.shared.wakes.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
