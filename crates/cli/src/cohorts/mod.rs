//! Cohorts: many journeys made from something else than a publisher.
//!
//! - [`rossi`]: a real study, told as journeys;
//! - [`synthetic`]: invented journeys, labelled so in every event.
//!
//! Both are the same events on every machine and every day: ids, dates and times of recording follow
//! from the study's rows or from a seed. No clock is read and nothing is drawn from the system.

use std::fmt;
use std::str::FromStr;

pub mod rossi;
pub mod synthetic;

/// A value from text that this module itself writes.
#[expect(clippy::expect_used, reason = "texts of our own, each met by a test")]
fn word<T: FromStr<Err: fmt::Debug>>(text: &str) -> T {
    text.parse().expect("a text of our own is well formed")
}
