//! Where GlueSQL runs: on a stack that is large enough, and with panics caught.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::fault::SqlFault;
use crate::Error;

/// How deep an expression may be to be computed on the stack of the caller. Without optimization a
/// level of GlueSQL takes more than 100 KiB.
#[cfg(not(target_arch = "wasm32"))]
const SHALLOW: usize = if cfg!(debug_assertions) { 2 } else { 16 };
/// The stack for what is deeper. It is reserved, and used only as far as the depth needs.
#[cfg(not(target_arch = "wasm32"))]
const STACK: usize = 64 * 1024 * 1024;

/// Runs GlueSQL on what was measured to be of that depth, and makes a panic an error.
///
/// `work` only reads what it borrows, so that nothing is left half done. The hook that prints panics
/// belongs to the application and is left alone.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn guarded<R: Send>(
    depth: usize,
    work: impl FnOnce() -> Result<R, Error> + Send,
) -> Result<R, Error> {
    if depth <= SHALLOW {
        return catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(failed(&*panic)));
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("trackstats-sql".to_owned())
            .stack_size(STACK);
        match thread.spawn_scoped(scope, work) {
            Ok(running) => running.join().unwrap_or_else(|panic| Err(failed(&*panic))),
            Err(error) => Err(Error::from(SqlFault::failed(
                "no thread could be started for a deep statement",
            ))
            .with_source(error)),
        }
    })
}

/// In a browser a panic ends the module, and its host starts another one.
#[cfg(target_arch = "wasm32")]
pub(super) fn guarded<R: Send>(
    _depth: usize,
    work: impl FnOnce() -> Result<R, Error> + Send,
) -> Result<R, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(failed(&*panic)))
}

fn failed(panic: &(dyn Any + Send)) -> Error {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given");
    SqlFault::failed(format!("it made GlueSQL panic: {text}")).into()
}
