//! Worklists: what is owed to whom, by which agency, by when. Rows hold days and instants, never
//! "overdue": the reference day or time comes with the question, so a date that passes moves the
//! counts without any event.
//!
//! One row a journey lists what it is owed. A *list* is data (a file in `worklists/`, or the words of
//! a request): which kinds, standing how relative to the reference, in which order, and who is told
//! when it stays undone. All lists are asked of one index in memory, sorted by deadline.

mod answer;
mod board;
mod kind;
mod list;
#[cfg(test)]
mod oracle;
mod ordered;
mod owed;
mod sheets;
mod walk;

use homeward_events::Family;
use homeward_journey::Person;

pub use answer::{
    After, Answer, Counts, Group, LevelCount, ListError, Next, Query, Reference, Shown, answer,
};
pub use board::Board;
pub use kind::{Kind, Standing};
pub use list::{Escalation, Order, Show, Span, Terms, Worklist, Worklists, shipped};
pub use owed::{Moment, Owed, Row};
pub(crate) use sheets::sheet;

use crate::index::Index;
use crate::model::{Contributions, ReadModel};

/// The read model.
pub static WORKLIST: ReadModel = ReadModel {
    name: "worklist",
    version: 1,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Screening,
        Family::Consent,
        Family::Assessment,
        Family::Plan,
        Family::Referral,
        Family::Assistance,
        Family::FollowUp,
        Family::Status,
        Family::Justice,
        Family::Departure,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: Some(|| Index::Board(Board::default())),
};

/// What lists are restricted and grouped by. `agency` is the one that must act; `about` says what it
/// is about (the need of a referral, the wave of a follow-up, the kind of a delivery); `priority` and
/// `clock` are of referrals; `standing` depends on the reference.
pub const DIMENSIONS: &[&str] = &[
    "kind",
    "standing",
    "ledger",
    "site",
    "agency",
    "programme",
    "return_type",
    "sex",
    "stage",
    "priority",
    "clock",
    "about",
];

/// What a dimension says where it does not apply.
pub const NONE: &str = "none";

const ROWS: &str = "of|";

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    for journey in person.journeys.iter().filter(|j| !j.is_nobodys()) {
        if let Some(row) = Row::of(journey) {
            out.row(format!("{ROWS}{}", journey.id), &row);
        }
    }
}
