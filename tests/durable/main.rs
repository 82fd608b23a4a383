//! Stores that are kept: in files, on a disk that loses power, beside other owners.
#![cfg(test)]

mod files;
