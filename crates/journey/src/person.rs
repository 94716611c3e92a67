//! Persons: the journeys now linked as one human being. Reversible in any order: what counts is the
//! last word on each pair, whichever side wrote it down.

use std::collections::BTreeMap;

use homeward_events::catalogue::Lifecycle;
use homeward_events::id::JourneyId;
use homeward_events::{Body, Event};

use crate::journey::Journey;

/// One human being, as far as is known: one journey or several, by id.
#[derive(Debug)]
pub struct Person<'f> {
    /// The journeys, in the order of their ids; never empty.
    pub journeys: Vec<Journey<'f>>,
}

impl<'f> Person<'f> {
    /// A person of one journey.
    pub fn alone(journey: Journey<'f>) -> Self {
        Self {
            journeys: vec![journey],
        }
    }

    /// The journey with the smallest id: the person's key among rows. `None` only for nobody.
    pub fn first(&self) -> Option<&Journey<'f>> {
        self.journeys.first()
    }

    /// Journeys by the day of reception, earliest first; those without one are left out.
    pub fn received(&self) -> Vec<&Journey<'f>> {
        let mut received: Vec<_> = self
            .journeys
            .iter()
            .filter(|j| j.origin.is_some())
            .collect();
        received.sort_by_key(|journey| (journey.origin.map(|origin| origin.on), journey.id));
        received
    }
}

/// The other journey that an event mentions as the same human being, or as not the same after all.
/// Journeys that mention each other, directly or through others, must be told together.
pub fn mention(event: &Event) -> Option<JourneyId> {
    let Body::Lifecycle(fact) = &event.body else {
        return None;
    };
    match fact {
        Lifecycle::Linked(body) => Some(body.other),
        Lifecycle::Unlinked(body) => Some(body.other),
        // Relatives are other human beings, and are told on their own.
        Lifecycle::Closed(_)
        | Lifecycle::Reopened(_)
        | Lifecycle::TransferProposed(_)
        | Lifecycle::Transferred(_)
        | Lifecycle::TransferDeclined(_)
        | Lifecycle::TransferWithdrawn(_)
        | Lifecycle::Related(_)
        | Lifecycle::Unrelated(_)
        | Lifecycle::Attached(_)
        | Lifecycle::Detached(_) => None,
    }
}

/// Groups journeys into persons. `journeys` must hold every journey that one of them mentions, as
/// far as it is known; a journey that is mentioned and unknown is nobody yet.
pub fn group<'f>(journeys: impl IntoIterator<Item = Journey<'f>>) -> Vec<Person<'f>> {
    let journeys: BTreeMap<JourneyId, Journey<'f>> = journeys
        .into_iter()
        .map(|journey| (journey.id, journey))
        .collect();
    let mut last_words = BTreeMap::new();
    for journey in journeys.values() {
        for (other, word) in &journey.links {
            if journeys.contains_key(other) {
                let pair = (journey.id.min(*other), journey.id.max(*other));
                let last = last_words.entry(pair).or_insert(*word);
                *last = (*last).max(*word);
            }
        }
    }
    // Each journey points towards a smaller one of the same person; the smallest to itself.
    let mut roots: BTreeMap<JourneyId, JourneyId> = journeys.keys().map(|id| (*id, *id)).collect();
    for ((a, b), (_, _, linked)) in last_words {
        if linked {
            let (a, b) = (root_of(&roots, a), root_of(&roots, b));
            roots.insert(a.max(b), a.min(b));
        }
    }
    let mut persons: BTreeMap<JourneyId, Vec<Journey<'f>>> = BTreeMap::new();
    for (id, journey) in journeys {
        persons
            .entry(root_of(&roots, id))
            .or_default()
            .push(journey);
    }
    persons
        .into_values()
        .map(|journeys| Person { journeys })
        .collect()
}

fn root_of(roots: &BTreeMap<JourneyId, JourneyId>, mut id: JourneyId) -> JourneyId {
    while let Some(next) = roots.get(&id).filter(|next| **next != id) {
        id = *next;
    }
    id
}
