//! The statistics against figures from R's `survival`: every figure of each file is met.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by a panic"
)]

mod cohort;
mod figures;
mod rossi;
mod thinned;
