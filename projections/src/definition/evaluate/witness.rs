//! Who listens to the walk: what is judged, and what is made of it.

use jiff::civil::Date;

use super::Gap;
use super::judge::Fact;
use crate::definition::terms::{NotAtRisk, OriginEvent};
use crate::histories::{PartingKind, Past};

/// Something that is judged.
#[derive(Debug, Clone, Copy)]
pub(in crate::definition) enum What<'h> {
    Origin(OriginEvent),
    Fact(Fact<'h>),
    Parting(PartingKind),
    Gap(NotAtRisk, Gap),
    Day,
}

/// What is made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::definition) enum Verdict {
    Begins,
    NotFirst,
    NotKnownYet,
    OutsidePopulation(&'static str),
    Fails { first: bool },
    Not(NoFailure),
    Competes,
    Censors,
    TakenBack,
    EndsNothing,
    BeforeOrigin,
    NotAtRisk,
    Completes,
    Open,
    NotMature,
}

/// Why a fact is no failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::definition) enum NoFailure {
    NotKnownYet,
    BeforeOrigin,
    OffenceBeforeOrigin,
    InGrace,
    TooEarly,
    TooLate,
    OtherClass,
    OtherSeverity,
    OtherReason,
    OtherReturnType,
    NotDisposed,
    Quashed,
    ProvenTooLate,
    NotAtRisk,
    AfterTheEnd,
    SameAsBefore,
}

/// Is told of every judgement.
pub(in crate::definition) trait Witness {
    fn note(&mut self, day: Date, what: What<'_>, verdict: Verdict);
    /// A new origin is looked at.
    fn turn(&mut self, _past: &Past) {}
}

/// Nobody listens.
impl Witness for () {
    fn note(&mut self, _: Date, _: What<'_>, _: Verdict) {}
}
