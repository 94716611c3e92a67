//! Who is who: names, birth dates and documents, compared so that a person who comes back is found,
//! however the name was written this time. A finding for people to judge; nothing here links anybody.
//!
//! Kept in memory by whoever follows the log, and never in a read model: nothing in here is stored.
//!
//! ```text
//! facts -> what each says of the person -> words that sound, slip or answer alike -> who shares some
//!       -> compared field by field, each with its weight -> candidates that explain themselves
//! ```
//!
//! Invariants: pure and total; the same facts in any order, with any duplicates, give the same answers;
//! what was struck, replaced or erased is in no answer and in no word of the index; scores are whole
//! numbers; no `Debug` output holds a name.

mod birth;
mod compare;
mod evidence;
mod glance;
mod index;
mod look;
mod pairs;
mod people;
mod probe;
mod profile;
mod rules;
mod side;
mod statement;
mod vocabulary;
mod words;

pub use evidence::{Evidence, Field, How, Judgement};
pub use pairs::Duplicate;
pub use people::{Compared, Found, People, Search};
pub use rules::{Rules, RulesError};
pub use statement::Statement;
