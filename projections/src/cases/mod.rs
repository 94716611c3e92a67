//! Cases: what a case worker sees of one journey besides its referrals and plans: consents, what was
//! given, transfers, attachments, relatives, and what is to be done next, with whose turn it is.
//!
//! One row a journey. What it is to other journeys is told on either side, so a row lies under the
//! other journey as well; the last word of both sides counts when the question is asked. Relatives
//! stay human beings of their own: nobody is folded together for being related.

mod next;
mod relatives;
mod row;

use homeward_events::Family;
use homeward_events::id::JourneyId;
use homeward_journey::Person;

pub use relatives::{HOUSEHOLD_MAX, Relative, relatives_of};
pub use row::{Attachment, Case, Consent, Given, Next, Said, Transfer};

use crate::model::{Contributions, ReadModel, Table, TableError, read_row};

/// The read model.
pub static CASES: ReadModel = ReadModel {
    name: "cases",
    version: 1,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Consent,
        Family::Plan,
        Family::Assistance,
        Family::FollowUp,
        Family::Departure,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: None,
};

const JOURNEY: &str = "journey|";
/// Keys by the other journey: who says that they are related to it.
const RELATED: &str = "related|";
/// Keys by household: who lives in it.
const HOUSEHOLD: &str = "household|";

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    for journey in &person.journeys {
        let case = Case::of(journey);
        for said in &case.relatives {
            let back = Said {
                other: journey.id,
                ..said.clone()
            };
            out.row(format!("{RELATED}{}|{}", said.other, journey.id), &back);
            if let Some(household) = said.household {
                // Both sides live in it.
                out.row(
                    format!("{HOUSEHOLD}{household}|{}|{}", journey.id, said.other),
                    &journey.ledger,
                );
            }
        }
        if case != Case::default() {
            out.row(format!("{JOURNEY}{}", journey.id), &case);
        }
    }
}

/// A journey's case; empty where nothing of it is told.
///
/// # Errors
/// The store cannot be read.
pub fn of(table: &dyn Table, journey: JourneyId) -> Result<Case, TableError> {
    let key = format!("{JOURNEY}{journey}");
    let bytes = table.row(&key)?;
    Ok(bytes
        .map(|bytes| read_row(&key, &bytes))
        .transpose()?
        .unwrap_or_default())
}
