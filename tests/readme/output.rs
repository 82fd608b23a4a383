//! What the blocks print, caught instead of shown.

use std::cell::RefCell;
use std::fmt::Display;

thread_local! {
    static PRINTED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Called by the macros that stand for `print!` and `println!`.
pub(crate) fn print(text: &str) {
    PRINTED.with_borrow_mut(|printed| printed.push_str(text));
}

/// Compares what was printed since the last call with what the README shows below the block.
pub(crate) fn compare(line: usize, shown: Option<&str>) {
    let printed = PRINTED.take();
    match shown {
        Some(shown) => assert_eq!(printed.trim_end(), shown.trim_end(), "README.md:{line}"),
        None => assert_eq!(printed, "", "README.md:{line} does not show what it prints"),
    }
}

/// What a `main` may answer.
pub(crate) trait Ended {
    fn check(self);
}

impl Ended for () {
    fn check(self) {}
}

impl<E: Display> Ended for Result<(), E> {
    fn check(self) {
        if let Err(error) = self {
            panic!("{error}");
        }
    }
}

pub(crate) fn ended(end: impl Ended) {
    end.check();
}
