//! Outcomes, services and referrals, given facts: what was asked, how life went, who got what, and who
//! kept whom waiting.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test that cannot go on says so by failing; facts are written as they are read"
)]

mod casework;
mod five_w;
mod manifests;
mod numbers;
mod outcomes;
mod referrals;
mod scribe;
mod steps;
