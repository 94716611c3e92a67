//! Relatives: what both sides say of each other, and who lives together.

use std::collections::BTreeMap;

use homeward_events::id::{EventId, HouseholdId, JourneyId, LedgerId};
use homeward_events::lifecycle::Relation;
use homeward_events::time::RecordedAt;
use serde::Serialize;
use serde_with::skip_serializing_none;

use super::row::{Case, Said};
use super::{HOUSEHOLD, RELATED};
use crate::model::{Table, TableError, read_row};
use crate::referrals::collect;

/// Most members of one household that are listed.
pub const HOUSEHOLD_MAX: usize = 50;

/// A relative, as both sides say last.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relative {
    /// The other journey.
    pub journey: JourneyId,
    /// What that person is to this one; none for somebody who only lives in the same household.
    pub relation: Option<Relation>,
    /// The household that both live in.
    pub household: Option<HouseholdId>,
}

/// Who is related to the person of a journey, by the last word of both sides, and who else lives in
/// their households; by id. What is told in a ledger that is not `open` to whoever asks is left out.
///
/// # Errors
/// The store cannot be read.
pub fn relatives_of(
    table: &dyn Table,
    journey: JourneyId,
    case: &Case,
    open: &dyn Fn(&LedgerId) -> bool,
) -> Result<Vec<Relative>, TableError> {
    let prefix = format!("{RELATED}{journey}|");
    let is_open = |said: &Said| said.ledger.as_ref().is_some_and(open);
    let said: Vec<Said> = collect(table, &prefix, &prefix, usize::MAX, is_open)?;
    // By other journey: the last word, seen from this side.
    let mut words: BTreeMap<JourneyId, (RecordedAt, EventId, Relative)> = BTreeMap::new();
    let here = case.relatives.iter().map(|said| (said, said.relation));
    let there = said
        .iter()
        .map(|said| (said, said.relation.map(Relation::inverse)));
    for (said, relation) in here.chain(there) {
        let relative = Relative {
            journey: said.other,
            relation,
            household: said.household,
        };
        let word = (said.recorded, said.event, relative);
        match words.get(&said.other) {
            Some((recorded, event, _)) if (*recorded, *event) >= (word.0, word.1) => {}
            Some(_) | None => {
                words.insert(said.other, word);
            }
        }
    }
    let mut relatives: BTreeMap<JourneyId, Relative> = words
        .into_values()
        .filter(|(_, _, relative)| relative.relation.is_some())
        .map(|(_, _, relative)| (relative.journey, relative))
        .collect();
    let households: Vec<HouseholdId> = relatives.values().filter_map(|r| r.household).collect();
    for household in households {
        for member in members(table, household, open)? {
            if member != journey {
                relatives.entry(member).or_insert(Relative {
                    journey: member,
                    relation: None,
                    household: Some(household),
                });
            }
        }
    }
    Ok(relatives.into_values().collect())
}

/// The journeys of a household, as any of them tells.
fn members(
    table: &dyn Table,
    household: HouseholdId,
    open: &dyn Fn(&LedgerId) -> bool,
) -> Result<Vec<JourneyId>, TableError> {
    let prefix = format!("{HOUSEHOLD}{household}|");
    let (mut members, mut failed) = (Vec::new(), None);
    table.rows_from(&prefix, &mut |key, bytes| {
        let Some(pair) = key.strip_prefix(&prefix) else {
            return false;
        };
        match read_row::<Option<LedgerId>>(key, bytes) {
            Ok(ledger) if ledger.as_ref().is_some_and(open) => {
                members.extend(
                    pair.split('|')
                        .filter_map(|id| id.parse::<JourneyId>().ok()),
                );
            }
            Ok(_) => {}
            Err(error) => failed = Some(error),
        }
        failed.is_none() && members.len() < 2 * HOUSEHOLD_MAX
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    members.sort();
    members.dedup();
    members.truncate(HOUSEHOLD_MAX);
    Ok(members)
}
