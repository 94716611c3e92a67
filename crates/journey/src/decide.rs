//! May these facts join the journey? Pure and idempotent: the rules are those of telling, and a
//! proposal is refused exactly when telling the journey with it would note it.

use homeward_events::Event;
use homeward_events::id::{EventId, JourneyId};

use crate::finding::{Finding, Rule};
use crate::journey::Journey;

/// What may be done with a proposed commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Every fact is known already: answer as the first time.
    NothingNew,
    /// These facts, by their index in the proposal, are new and may be appended.
    Append(Vec<usize>),
    /// At least one rule is broken; nothing may be appended.
    Refuse(Vec<Refusal>),
}

/// Why one proposed fact may not join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Index within the proposal.
    pub index: usize,
    /// The fact.
    pub event: EventId,
    /// The rule that it breaks.
    pub rule: Rule,
    /// What was found, without personal data.
    pub detail: String,
}

/// Decides on a commit proposed for the journey `id`, of which `known` is everything in the log.
///
/// Late facts with true dates are welcome. Where a late fact makes a *later* one impossible, the
/// late one is taken all the same and the other becomes a finding: two agencies may both be telling
/// what they saw, and a person must sort it out.
pub fn decide(id: JourneyId, known: &[Event], proposed: &[Event]) -> Decision {
    let mut new = Vec::new();
    let mut reused = Vec::new();
    for (index, event) in proposed.iter().enumerate() {
        let earlier = proposed.iter().take(index);
        match known
            .iter()
            .chain(earlier)
            .find(|other| other.id == event.id)
        {
            None => new.push(index),
            // Known, or said twice in the proposal.
            Some(other) if other.says_the_same(event) => {}
            Some(_) => reused.push(Refusal {
                index,
                event: event.id,
                rule: Rule::EventIdReused,
                detail: "another fact of this journey carries this id".to_owned(),
            }),
        }
    }
    if !reused.is_empty() {
        return Decision::Refuse(reused);
    }
    if new.is_empty() {
        return Decision::NothingNew;
    }
    let joined = Journey::from_facts(id, known.iter().chain(proposed));
    let mut refusals: Vec<Refusal> = joined
        .findings
        .into_iter()
        .filter_map(
            |Finding {
                 event,
                 rule,
                 detail,
             }| {
                let is_it =
                    |index: &&usize| proposed.get(**index).is_some_and(|new| new.id == event);
                let index = *new.iter().find(is_it)?;
                Some(Refusal {
                    index,
                    event,
                    rule,
                    detail,
                })
            },
        )
        .collect();
    refusals.sort_by_key(|refusal| (refusal.index, refusal.rule));
    if refusals.is_empty() {
        Decision::Append(new)
    } else {
        Decision::Refuse(refusals)
    }
}
