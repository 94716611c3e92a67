//! How a command ends: what scripts go by.

use std::process::ExitCode;

/// The end of a command that did what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything is as it should be: 0.
    Done,
    /// Some commits were refused; the others are in the log: 3.
    SomeRefused,
    /// What was compared differs: 4.
    Differs,
}

/// The command failed: 1. (2 is a command line that cannot be read.)
pub(crate) const FAILED: u8 = 1;

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::SomeRefused => 3,
            Outcome::Differs => 4,
        })
    }
}
