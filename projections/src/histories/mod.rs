//! Histories: of each person everything that a definition may ask about, and nothing that it decides.
//!
//! One row a person, in days and whole numbers: receptions with what they are counted by, criminal
//! cases, breaches, custody, departures, and spells of housing, work and schooling. What counts as a
//! failure, which window is asked for and which day it is come with the question, so a new definition
//! needs no new fold. Persons who were never received have no time to count from and no row.
//!
//! [`Histories`] keeps the rows read in memory, fed by every change of a row; it is never stored.

mod history;
mod tell;

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Family;
use homeward_events::id::{LedgerId, ProgrammeId, SiteId};
use homeward_events::place::CountryCode;
use homeward_journey::Person;

pub use history::{
    Arrival, Case, Custody, Dimension, History, NoSuchColumn, Parting, PartingKind, Past, Spell,
    SpellOf, Told,
};
pub use tell::history;

use crate::index::Index;
use crate::model::{Contributions, ReadModel, TableError, read_row};

/// The read model.
pub static HISTORIES: ReadModel = ReadModel {
    name: "histories",
    version: 1,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Status,
        Family::Justice,
        Family::Departure,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: Some(|| Index::Histories(Histories::default())),
};

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    if let (Some(first), Some(history)) = (person.first(), history(person)) {
        out.row(format!("person|{}", first.id), &history);
    }
}

/// The rows, read: histories by the key of their row.
#[derive(Debug, Clone, Default)]
pub struct Histories {
    by_key: BTreeMap<Box<str>, History>,
    names: Names,
}

/// Names that many persons share are kept once.
#[derive(Debug, Clone, Default)]
struct Names {
    ledgers: BTreeSet<LedgerId>,
    sites: BTreeSet<SiteId>,
    programmes: BTreeSet<ProgrammeId>,
    countries: BTreeSet<CountryCode>,
}

/// Equal when they tell the same, whatever names they have seen.
impl PartialEq for Histories {
    fn eq(&self, other: &Self) -> bool {
        self.by_key == other.by_key
    }
}

impl Eq for Histories {}

impl Histories {
    /// Every person's history, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = &History> {
        self.by_key.values()
    }

    /// How many persons there are.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// Notes that a row was written, or (`None`) removed.
    ///
    /// # Errors
    /// The row is no history.
    pub fn note_row(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), TableError> {
        self.by_key.remove(key);
        if let Some(row) = row {
            let mut history: History = read_row(key, row)?;
            self.names.share(&mut history);
            self.by_key.insert(key.into(), history);
        }
        Ok(())
    }
}

impl Names {
    fn share(&mut self, history: &mut History) {
        history.journeys.shrink_to_fit();
        for past in &mut history.journeys {
            share(&mut self.ledgers, past.ledger.as_mut());
            if let Some(arrival) = &mut past.arrival {
                share(&mut self.sites, arrival.site.as_mut());
                share(&mut self.programmes, arrival.programme.as_mut());
                share(&mut self.countries, Some(&mut arrival.sending_country));
            }
        }
    }
}

/// Puts the name that is kept in the place of an equal one.
fn share<T: Ord + Clone>(kept: &mut BTreeSet<T>, name: Option<&mut T>) {
    let Some(name) = name else { return };
    match kept.get(name) {
        Some(known) => *name = known.clone(),
        None => {
            kept.insert(name.clone());
        }
    }
}
