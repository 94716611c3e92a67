//! What a journey's facts say, and what may be written next.
//!
//! Two questions, both pure: [`Journey::from_facts`] reads a *set* of facts, and [`decide()`] answers
//! whether proposed facts may join it. The rules stand once: reading notes every fact that breaks
//! one as a [`Finding`], and deciding refuses exactly the proposals that reading would note.
//!
//! Invariants:
//! - total: no set of facts fails; impossible sequences are findings;
//! - order of arrival, duplicates and batching cannot matter: facts are told by the time that they
//!   occurred, then by the time that they were recorded, then by cause and effect, then by id;
//! - idempotent: decided again on its own result, a commit holds nothing new;
//! - no clock: nothing here knows what day it is, and nothing is overdue.
//!
//! To add a rule: a line in [`Rule`], the place where reading notes it, and a given-when-then row in
//! `tests/rules/`.

mod case;
mod decide;
pub mod directory;
mod finding;
mod journey;
pub mod machine;
mod order;
pub mod person;
pub mod referral;
mod standing;
mod tell;

pub use case::{
    Approval, Attachment, CONFIRM_AFTER_MONTHS, Goal, PLAN_WITHIN_MONTHS, Plan, Related,
    TRANSFER_ANSWER_DAYS, Transfer, TransferState,
};
pub use decide::{Decision, Refusal, decide};
pub use finding::{Finding, Rule};
pub use journey::{
    Assessment, Assistance, Case, Closure, Consent, Custody, Departure, DepartureKind, FollowUp,
    FollowUpState, Journey, Notice, Origin, Spell, SpellKind, Stage,
};
pub use person::Person;
