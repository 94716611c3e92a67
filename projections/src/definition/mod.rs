//! Definitions as data: what a figure about returns to offending, or to the road, counts.
//!
//! A definition is a file in TOML: from when time is counted and for whom, what counts as a failure
//! and on which day, in which windows, what competes and what censors, what is no time at risk, and
//! when an answer stands. [`Definition::evaluate`] applies it to a person's history; [`trace()`] tells
//! step by step how; [`sentence`] says it in the reader's language. All three read the same fields, so
//! none can say what another does not do.
//!
//! Invariants: pure and total; what lies after the reference day is not known; nothing is a "no"
//! before its time has come.
//!
//! To ship a definition: a file in `definitions/`, and a line in [`shelf`].

mod check;
mod evaluate;
pub mod sentence;
pub mod shelf;
mod terms;
pub mod trace;

use std::fmt::Write as _;
use std::sync::Arc;

use homeward_events::time::add_months;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

pub use check::DefinitionError;
pub use evaluate::{Failed, Gap, Outcome, Stop, StopKind};
pub use sentence::Language;
pub use shelf::{Definitions, ShelfError};
pub use terms::{
    Clock, Counting, Ends, Failure, FailureEvent, Grace, NotAtRisk, Origin, OriginEvent,
    Population, Terms, Unit, Which, Windows,
};
pub use trace::{Trace, trace};

/// A definition that was read and found sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    terms: Terms,
    /// Distinct causes, in the order of their first rule.
    causes: Vec<String>,
    digest: String,
    text: Arc<str>,
}

impl Definition {
    /// Reads a definition. `file` is what errors call it.
    ///
    /// # Errors
    /// It is no TOML, has a field too many or too few, or says something that cannot be meant.
    pub fn parse(file: &str, text: &str) -> Result<Self, DefinitionError> {
        let terms = check::read(file, text)?;
        let mut causes: Vec<String> = Vec::new();
        for failure in &terms.failure {
            if !causes.contains(&failure.cause) {
                causes.push(failure.cause.clone());
            }
        }
        let digest = Sha256::digest(text.as_bytes());
        Ok(Self {
            terms,
            causes,
            digest: digest.iter().fold(String::new(), |mut hex, byte| {
                // Writing to a string cannot fail.
                write!(hex, "{byte:02x}").unwrap_or_default();
                hex
            }),
            text: text.into(),
        })
    }

    /// What it says, field by field.
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Id and version, `rearrest@1`.
    pub fn name(&self) -> String {
        format!("{}@{}", self.terms.id, self.terms.version)
    }

    /// SHA-256 of the file's bytes, as 64 hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The file itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Distinct causes of failure, in the order of their first rule; [`Failed::cause`] counts them.
    pub fn causes(&self) -> &[String] {
        &self.causes
    }

    /// Whether it is in force on a day.
    pub fn in_force(&self, day: Date) -> bool {
        self.terms.effective_from.0 <= day
            && self.terms.effective_to.is_none_or(|last| day <= last.0)
    }

    /// Months after the origin from which on no failure can count any more, if there are such.
    pub(crate) fn horizon_months(&self) -> Option<u16> {
        let bounds = self.terms.failure.iter().map(|rule| {
            let proven = match self.terms.clock {
                Clock::Disposal => rule.proven_before_months,
                Clock::Event if rule.event == FailureEvent::Convicted => rule.proven_before_months,
                Clock::Event | Clock::Offence | Clock::Recorded => None,
            };
            rule.before_months.into_iter().chain(proven).min()
        });
        bounds
            .into_iter()
            .collect::<Option<Vec<u16>>>()?
            .into_iter()
            .max()
    }

    /// The day from which on everything that can be proven in time is known; the origin itself where
    /// nothing has to be.
    pub(crate) fn mature_on(&self, origin: Date) -> Date {
        let months = self
            .terms
            .failure
            .iter()
            .filter_map(|rule| rule.proven_before_months);
        months
            .max()
            .map_or(origin, |months| add_months(origin, i32::from(months)))
    }
}
