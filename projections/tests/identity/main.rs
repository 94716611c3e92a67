//! Identity: who is found, and that nothing but facts decides.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by failing, and says what it has counted"
)]

mod crowd;
mod facts;
mod linkage;
mod links;
mod names;
mod written;
