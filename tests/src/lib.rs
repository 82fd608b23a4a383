//! Tests that stand on every crate of the workspace, and the peers they are measured against.

pub mod markup;
pub mod schema;
pub mod torture;
pub mod vectors;
