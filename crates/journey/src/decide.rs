//! May these facts join the journey? Pure and idempotent: the rules are those of telling, and a
//! proposal is refused exactly when telling the journey with it would note it.

use std::collections::BTreeSet;

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
    let mut refusals = Vec::new();
    let mut new = Vec::new();
    for (index, event) in proposed.iter().enumerate() {
        match known.iter().find(|other| other.id == event.id) {
            None => new.push(index),
            Some(other) if other.says_the_same(event) => {}
            Some(_) => refusals.push(Refusal {
                index,
                event: event.id,
                rule: Rule::EventIdReused,
                detail: "another fact of this journey carries this id".to_owned(),
            }),
        }
    }
    if !refusals.is_empty() {
        return Decision::Refuse(refusals);
    }
    if new.is_empty() {
        return Decision::NothingNew;
    }
    let proposed_ids: BTreeSet<EventId> = new
        .iter()
        .filter_map(|&index| proposed.get(index))
        .map(|event| event.id)
        .collect();
    let joined = Journey::from_facts(id, known.iter().chain(proposed));
    let broken = joined
        .findings
        .into_iter()
        .filter(|finding| proposed_ids.contains(&finding.event));
    let refusals: Vec<Refusal> = broken
        .filter_map(
            |Finding {
                 event,
                 rule,
                 detail,
             }| {
                let index = proposed.iter().position(|other| other.id == event)?;
                Some(Refusal {
                    index,
                    event,
                    rule,
                    detail,
                })
            },
        )
        .collect();
    if refusals.is_empty() {
        Decision::Append(new)
    } else {
        Decision::Refuse(refusals)
    }
}
