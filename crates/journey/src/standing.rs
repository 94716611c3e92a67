//! Which facts stand: the only place where corrections are applied.
//!
//! A correction strikes one earlier-recorded fact of the same journey, perhaps itself a correction.
//! Judged from the last recorded to the first, so that whether a correction stands is known before
//! what it strikes is asked about: no order of arrival can matter, and no circle can form.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::catalogue::Correction;
use homeward_events::id::EventId;
use homeward_events::time::RecordedAt;
use homeward_events::{Body, Event};

use crate::finding::{Finding, Rule};

/// The facts of one journey, told in order, with what became of the others.
pub(crate) struct Standing<'f> {
    /// Facts that stand, in the order of telling.
    pub(crate) facts: Vec<&'f Event>,
    /// Facts that do not, in the order of telling, each with the correction that struck it.
    pub(crate) struck: Vec<(&'f Event, &'f Event)>,
    pub(crate) findings: Vec<Finding>,
}

/// The event that a correction strikes.
fn target(event: &Event) -> Option<EventId> {
    match &event.body {
        Body::Correction(Correction::Retracted(body)) => Some(body.event),
        Body::Correction(Correction::Replaced(body)) => Some(body.event),
        Body::Notice(_)
        | Body::Reception(_)
        | Body::Screening(_)
        | Body::Consent(_)
        | Body::Assessment(_)
        | Body::Plan(_)
        | Body::Referral(_)
        | Body::Assistance(_)
        | Body::FollowUp(_)
        | Body::Status(_)
        | Body::Justice(_)
        | Body::Departure(_)
        | Body::Lifecycle(_)
        | Body::Erasure(_)
        | Body::Access(_) => None,
    }
}

fn recording_key(event: &Event) -> (RecordedAt, EventId) {
    (event.recorded, event.id)
}

pub(crate) fn stand<'f>(facts: impl IntoIterator<Item = &'f Event>) -> Standing<'f> {
    let mut findings = Vec::new();
    let by_id = distinct(facts, &mut findings);
    let mut corrections: Vec<(&Event, EventId)> = by_id
        .values()
        .filter_map(|event| target(event).map(|target| (*event, target)))
        .collect();
    corrections.sort_by_key(|(event, _)| std::cmp::Reverse(recording_key(event)));

    let mut struck_by: BTreeMap<EventId, &Event> = BTreeMap::new();
    for (correction, target) in corrections {
        if struck_by.contains_key(&correction.id) {
            continue;
        }
        match by_id.get(&target) {
            Some(found) if recording_key(found) < recording_key(correction) => {
                struck_by.entry(target).or_insert(correction);
            }
            Some(_) | None => findings.push(Finding {
                event: correction.id,
                rule: Rule::CorrectionUnknown,
                detail: format!("no fact {target} of this journey was recorded before it"),
            }),
        }
    }

    let mut told: Vec<&Event> = by_id.into_values().collect();
    told.sort_by_cached_key(|event| telling_key(event));
    let (mut standing, mut struck) = (Vec::with_capacity(told.len()), Vec::new());
    for event in told {
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

type TellingKey = (
    homeward_events::time::OccurredOn,
    RecordedAt,
    usize,
    EventId,
);

/// Occurred, recorded, then the catalogue's own order (which follows cause and effect), then id.
fn telling_key(event: &Event) -> TellingKey {
    (
        event.occurred,
        event.recorded,
        catalogue_rank(event),
        event.id,
    )
}

/// Facts noted down in one go share both clocks: the catalogue lists causes before effects.
fn catalogue_rank(event: &Event) -> usize {
    let entry = event.body.event_type();
    homeward_events::catalogue::event_types()
        .position(|other| std::ptr::eq(other, entry))
        .unwrap_or(usize::MAX)
}

/// One fact per id. Two different facts under one id cannot come through the border; should the log
/// hold them all the same, the one that tells first is kept, whichever arrived first.
fn distinct<'f>(
    facts: impl IntoIterator<Item = &'f Event>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<EventId, &'f Event> {
    let mut by_id: BTreeMap<EventId, &Event> = BTreeMap::new();
    let mut reused = BTreeSet::new();
    for event in facts {
        let kept = by_id.entry(event.id).or_insert(event);
        if std::ptr::eq(*kept, event) || *kept == event {
            continue;
        }
        if !kept.says_the_same(event) {
            reused.insert(event.id);
        }
        if order_of_last_resort(event) < order_of_last_resort(kept) {
            *kept = event;
        }
    }
    findings.extend(reused.into_iter().map(|event| Finding {
        event,
        rule: Rule::EventIdReused,
        detail: "two different facts carry this id".to_owned(),
    }));
    by_id
}

/// Total over everything an event says, so that the choice never depends on arrival.
fn order_of_last_resort(event: &Event) -> (TellingKey, String) {
    (telling_key(event), format!("{event:?}"))
}
