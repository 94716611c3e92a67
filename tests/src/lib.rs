//! What tests of the whole house share: a house of their own, on loopback, in a folder of their own.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on says so by failing"
)]

pub mod dice;
pub mod facts;
pub mod house;
