//! Which persons a group of commits may have moved, and by facts of which families: a model looks again
//! only at those whose new facts it reads, and at those of whom a journey is new.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Family;
use homeward_events::id::{JourneyId, LedgerId};
use homeward_journey::Person;
use homeward_projections::ReadModel;

use crate::told::{SharedJourneys, Told};

/// The families of facts that came to each journey.
pub(crate) type Came = BTreeMap<JourneyId, BTreeSet<Family>>;

/// Facts of a ledger after one sequence and up to another, by journey. What nobody can read moves nobody;
/// where something is corrected, a fact of any family may be what a correction names.
pub(crate) fn came(told: &SharedJourneys, ledger: &LedgerId, (after, to): (u64, u64)) -> Came {
    let came = told.iter().filter_map(|(journey, told)| {
        let new = told.iter().filter(|told| {
            told.place.ledger == *ledger && (after + 1..=to).contains(&told.place.sequence)
        });
        let family = |told: &Told| Some(told.event.as_ref().ok()?.body.family());
        let mut families: BTreeSet<Family> = new.filter_map(family).collect();
        let corrected = told
            .iter()
            .any(|told| family(told) == Some(Family::Correction));
        if corrected && !families.is_empty() {
            families.extend(Family::ALL);
        }
        (!families.is_empty()).then_some((*journey, families))
    });
    came.collect()
}

/// Persons who share journeys before or after, and so can only be told together, with the families of
/// what came to any of them.
#[derive(Debug, Default)]
pub(crate) struct Moved<'p, 'f> {
    pub(crate) before: Vec<&'p Person<'f>>,
    pub(crate) after: Vec<&'p Person<'f>>,
    families: BTreeSet<Family>,
    /// A journey is here that was not there before.
    has_new: bool,
}

impl<'p, 'f> Moved<'p, 'f> {
    /// Whether a model has to look at them.
    pub(crate) fn moves(&self, model: &ReadModel) -> bool {
        self.has_new
            || model
                .reads
                .iter()
                .any(|family| self.families.contains(family))
    }

    /// Sorts persons by who has to be told with whom.
    pub(crate) fn among(
        before: &'p [Person<'f>],
        after: &'p [Person<'f>],
        came: &Came,
    ) -> Vec<Self> {
        let (mut groups, mut group_of) = (BTreeMap::<usize, Self>::new(), BTreeMap::new());
        let before = before.iter().map(|person| (person, false));
        let after = after.iter().map(|person| (person, true));
        for (nth, (person, now)) in before.chain(after).enumerate() {
            let ids = || person.journeys.iter().map(|journey| journey.id);
            let known: BTreeSet<usize> =
                ids().filter_map(|id| group_of.get(&id).copied()).collect();
            let at = known.first().copied().unwrap_or(nth);
            for other in known.iter().skip(1) {
                let joined = groups.remove(other).unwrap_or_default();
                let persons = joined.before.iter().chain(&joined.after);
                let ids = persons.flat_map(|person| &person.journeys);
                group_of.extend(ids.map(|journey| (journey.id, at)));
                let group = groups.entry(at).or_default();
                group.before.extend(joined.before);
                group.after.extend(joined.after);
            }
            group_of.extend(ids().map(|id| (id, at)));
            let group = groups.entry(at).or_default();
            if now {
                group.after.push(person);
            } else {
                group.before.push(person);
            }
        }
        for (journey, families) in came {
            let group = group_of.get(journey).and_then(|at| groups.get_mut(at));
            if let Some(group) = group {
                group.families.extend(families);
            }
        }
        let mut groups: Vec<Self> = groups.into_values().collect();
        for group in &mut groups {
            // Who was there stays: more journeys are new ones.
            let journeys = |persons: &[&Person<'_>]| -> usize {
                persons.iter().map(|person| person.journeys.len()).sum()
            };
            group.has_new = journeys(&group.before) != journeys(&group.after);
        }
        groups
    }
}
