//! Figures explained: who and what is behind them, and what moved them.
#![cfg(test)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "a test that cannot go on says so by failing; facts are written as they are read"
)]

mod equalities;
mod log;
mod passing_over;
mod told;
