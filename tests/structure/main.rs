//! Whether the tree is built as the design says: floors, sizes, names, and what must not be there.
//!
//! Each module judges one thing. It holds a function from the text of a file to its faults, a test
//! of the tree, and tests that the function finds what it is for.
#![cfg(test)]

mod clock;
mod export;
mod fixture;
mod floor;
mod leftover;
mod name;
mod packed;
mod retired;
mod signature;
mod size;
mod source;
mod stage;
