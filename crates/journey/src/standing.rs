//! Which facts stand: the only place where corrections are applied.
//!
//! A correction strikes one earlier-recorded fact of the same journey, perhaps itself a correction.
//! Judged from the last recorded to the first, so that whether a correction stands is known before
//! what it strikes is asked about: no order of arrival can matter, and no circle can form.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use homeward_events::catalogue::Correction;
use homeward_events::id::EventId;
use homeward_events::{Body, Event};

use crate::finding::{Finding, Rule};
use crate::order::{TellingKey, recording_key, telling_key};

/// The facts of one journey, told in order, with what became of the others.
pub(crate) struct Standing<'f> {
    /// Facts that stand, in the order of telling.
    pub(crate) facts: Vec<&'f Event>,
    /// Facts that do not, in the order of telling, each with the correction that struck it.
    pub(crate) struck: Vec<(&'f Event, &'f Event)>,
    pub(crate) findings: Vec<Finding>,
}

/// What a correction strikes, and what it puts in its place.
pub(crate) fn correction(event: &Event) -> Option<(EventId, Option<EventId>)> {
    let Body::Correction(fact) = &event.body else {
        return None;
    };
    Some(match fact {
        Correction::Retracted(body) => (body.event, None),
        Correction::Replaced(body) => (body.event, Some(body.by)),
    })
}

pub(crate) fn stand<'f>(facts: impl IntoIterator<Item = &'f Event>) -> Standing<'f> {
    let mut findings = Vec::new();
    let known = distinct(facts, &mut findings);
    let struck_by = strike(&known, &mut findings);
    let mut told: Vec<(TellingKey, &Event)> = known
        .iter()
        .map(|event| (telling_key(event), *event))
        .collect();
    told.sort_unstable_by_key(|(key, _)| *key);
    let (mut standing, mut struck) = (Vec::with_capacity(told.len()), Vec::new());
    for (_, event) in told {
        match struck_by.get(&event.id) {
            Some(correction) => struck.push((event, *correction)),
            None => standing.push(event),
        }
    }
    Standing {
        facts: standing,
        struck,
        findings,
    }
}

/// What is struck, by which correction. `known` is sorted by id.
fn strike<'f>(known: &[&'f Event], findings: &mut Vec<Finding>) -> BTreeMap<EventId, &'f Event> {
    let find = |id: EventId| {
        let at = known.binary_search_by_key(&id, |event| event.id).ok()?;
        known.get(at).copied()
    };
    let mut corrections: Vec<(&Event, EventId, Option<EventId>)> = known
        .iter()
        .filter_map(|event| correction(event).map(|(target, by)| (*event, target, by)))
        .collect();
    corrections.sort_by_key(|(event, ..)| Reverse(recording_key(event)));

    let mut struck_by = BTreeMap::new();
    for (event, target, by) in corrections {
        if struck_by.contains_key(&event.id) {
            continue;
        }
        let before = |found: &Event| recording_key(found) < recording_key(event);
        let detail = if !find(target).is_some_and(before) {
            format!("no fact {target} of this journey was recorded before it")
        } else if let Some(by) = by.filter(|by| !replaces(*by, target, event.id, find(*by))) {
            // Struck all the same, the fact would be gone with nothing in its place.
            format!("no other fact {by} of this journey stands in its place")
        } else {
            struck_by.entry(target).or_insert(event);
            continue;
        };
        findings.push(Finding {
            event: event.id,
            rule: Rule::CorrectionUnknown,
            detail,
        });
    }
    struck_by
}

/// Whether a fact can take the place of another: it is known, and is neither that fact nor the
/// correction itself.
fn replaces(by: EventId, target: EventId, correction: EventId, found: Option<&Event>) -> bool {
    found.is_some() && by != target && by != correction
}

/// One fact per id, by id. Two different facts under one id cannot come through the border; should
/// the log hold them all the same, the one that tells first is kept, whichever arrived first.
fn distinct<'f>(
    facts: impl IntoIterator<Item = &'f Event>,
    findings: &mut Vec<Finding>,
) -> Vec<&'f Event> {
    let mut known: Vec<&Event> = facts.into_iter().collect();
    known.sort_by_key(|event| event.id);
    if known.is_sorted_by(|a, b| a.id < b.id) {
        return known;
    }
    let mut kept = Vec::with_capacity(known.len());
    for same in known.chunk_by(|a, b| a.id == b.id) {
        let Some((first, others)) = same.split_first() else {
            continue;
        };
        if others.iter().any(|other| !other.says_the_same(first)) {
            findings.push(Finding {
                event: first.id,
                rule: Rule::EventIdReused,
                detail: "two different facts carry this id".to_owned(),
            });
        }
        if others.iter().all(|other| other == first) {
            kept.push(*first);
        } else {
            kept.extend(
                same.iter()
                    .copied()
                    .min_by_key(|event| order_of_last_resort(event)),
            );
        }
    }
    kept
}

/// Total over everything an event says, so that the choice never depends on arrival.
fn order_of_last_resort(event: &Event) -> (TellingKey, String) {
    (telling_key(event), format!("{event:?}"))
}
