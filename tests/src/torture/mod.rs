//! What a store that is kept has to stand: power cuts, failing disks, damaged files, kills.
//!
//! Each module has one kind, as a function from how much of it is wanted to what was counted, or to the
//! first thing that went wrong. The test `durable` asks for little of each, `cargo xtask torture` for all.

pub mod damage;
pub mod disk;
pub mod fault;
pub mod image;
pub mod kill;
pub mod lock;
pub mod model;
pub mod naive;
pub mod planted;
pub mod power;
pub mod program;
pub mod random;
pub mod workload;
