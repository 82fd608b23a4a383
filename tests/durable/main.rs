//! Stores that are kept: in files, on a disk that loses power, beside other owners.
#![cfg(test)]

mod damage;
mod files;
mod flushing;
mod io_errors;
mod model;
mod old_files;
mod owners;
mod planted_bugs;
mod power_loss;
mod recovering;
