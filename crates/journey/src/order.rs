//! The order of telling: by the time that a fact occurred, then by the time that it was recorded,
//! then by the catalogue (which lists causes before effects), then by id.
//!
//! A time known to the day, the month or the year is a span, and where spans overlap nobody knows
//! what came first. A service that concluded "in July" after a session on 20 July must not be called
//! impossible because July begins before its twentieth day. So where a strand of facts does not fit
//! together as told, the facts of overlapping spans are moved past each other until as many fit as
//! can be made to. What is surely earlier is never moved past what is surely later.

use std::collections::BTreeSet;

use homeward_events::catalogue::{Lifecycle, Notice};
use homeward_events::id::{EventId, ReferralId};
use homeward_events::time::{OccurredOn, Precision, RecordedAt};
use homeward_events::{Body, Event, Family};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::referral::{State, step_of};

/// Longest strand that is rearranged: trying is cubic in its length, and nobody's referral has more
/// steps on days that overlap.
const STRAND_FACTS_MAX: usize = 64;

/// What facts of one journey are sorted by, worked out once for each.
pub(crate) type TellingKey = (
    (Date, Timestamp),
    (Precision, Date),
    RecordedAt,
    (Family, u8),
    EventId,
);

pub(crate) fn telling_key(event: &Event) -> TellingKey {
    let occurred = event.occurred;
    (
        occurred.sort_key(),
        (occurred.precision(), occurred.last_day()),
        event.recorded,
        event.body.event_type().rank(),
        event.id,
    )
}

/// Whether one time lies before another, however imprecise both may be.
pub(crate) fn surely_before(a: OccurredOn, b: OccurredOn) -> bool {
    match (a, b) {
        (OccurredOn::Instant(..), OccurredOn::Instant(..)) => a.sort_key() < b.sort_key(),
        (
            OccurredOn::Year(_) | OccurredOn::Month(..) | OccurredOn::Day(_),
            OccurredOn::Year(_)
            | OccurredOn::Month(..)
            | OccurredOn::Day(_)
            | OccurredOn::Instant(..),
        )
        | (
            OccurredOn::Instant(..),
            OccurredOn::Year(_) | OccurredOn::Month(..) | OccurredOn::Day(_),
        ) => a.last_day() < b.day(),
    }
}

/// Facts whose meaning depends on each other's order; all other facts name what they belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strand {
    /// An announcement and its changes.
    Notice,
    /// Closing and reopening.
    Closure,
    /// The steps of one referral.
    Referral(ReferralId),
}

impl Strand {
    fn of(event: &Event) -> Option<Self> {
        match &event.body {
            Body::Notice(_) => Some(Self::Notice),
            Body::Referral(fact) => Some(Self::Referral(step_of(fact).0)),
            Body::Lifecycle(Lifecycle::Closed(_) | Lifecycle::Reopened(_)) => Some(Self::Closure),
            Body::Lifecycle(
                Lifecycle::Transferred(_) | Lifecycle::Linked(_) | Lifecycle::Unlinked(_),
            )
            | Body::Reception(_)
            | Body::Screening(_)
            | Body::Consent(_)
            | Body::Assessment(_)
            | Body::Plan(_)
            | Body::Assistance(_)
            | Body::FollowUp(_)
            | Body::Status(_)
            | Body::Justice(_)
            | Body::Departure(_)
            | Body::Correction(_)
            | Body::Erasure(_)
            | Body::Access(_) => None,
        }
    }
}

/// Rearranges the strands that do not fit as told, each within the places that its facts hold.
/// Whether anything was moved.
pub(crate) fn rearrange(told: &mut [&Event], strands: &BTreeSet<Strand>) -> bool {
    let mut moved = false;
    for strand in strands {
        let mut facts: Vec<&Event> = told
            .iter()
            .copied()
            .filter(|event| Strand::of(event) == Some(*strand))
            .collect();
        if facts.len() <= STRAND_FACTS_MAX && fit_together(&mut facts) {
            let places = told
                .iter_mut()
                .filter(|event| Strand::of(event) == Some(*strand));
            for (place, fact) in places.zip(facts) {
                *place = fact;
            }
            moved = true;
        }
    }
    moved
}

/// Moves one fact at a time behind facts that it may have followed, nearest first, as long as that
/// leaves fewer misfits. The facts begin in the order of telling, so the outcome is the same for
/// every order of arrival.
fn fit_together(facts: &mut [&Event]) -> bool {
    let began_with = misfits(facts);
    let mut left = began_with;
    while left > 0 {
        match nearest_improvement(facts, left) {
            Some(fewer) => left = fewer,
            None => break,
        }
    }
    left < began_with
}

fn nearest_improvement(facts: &mut [&Event], left: usize) -> Option<usize> {
    for distance in 1..facts.len() {
        for from in 0..facts.len() - distance {
            let Some(span) = facts.get_mut(from..=from + distance) else {
                continue;
            };
            if !may_go_last(span) {
                continue;
            }
            span.rotate_left(1);
            let fewer = misfits(facts);
            if fewer < left {
                return Some(fewer);
            }
            if let Some(span) = facts.get_mut(from..=from + distance) {
                span.rotate_right(1);
            }
        }
    }
    None
}

/// Whether the first of these facts may have happened after all the others.
fn may_go_last(facts: &[&Event]) -> bool {
    facts.split_first().is_some_and(|(first, others)| {
        others
            .iter()
            .all(|other| !surely_before(first.occurred, other.occurred))
    })
}

/// The order of recording, in which corrections are judged and the first use of a key holds. A
/// correction noted down together with the fact that it corrects comes after it.
pub(crate) fn recording_key(event: &Event) -> (RecordedAt, bool, EventId) {
    let corrects = event.body.family() == Family::Correction;
    (event.recorded, corrects, event.id)
}

/// Which of these facts sends the referral: the sending that was recorded first.
fn sending(facts: &[&Event]) -> Option<EventId> {
    let sends =
        |event: &&&Event| matches!(&event.body, Body::Referral(fact) if step_of(fact).1.is_none());
    let first = facts
        .iter()
        .filter(sends)
        .min_by_key(|event| recording_key(event))?;
    Some(first.id)
}

/// How many facts of one strand do not fit where they stand.
fn misfits(facts: &[&Event]) -> usize {
    let sending = sending(facts);
    let (mut begun, mut referral) = (false, None::<State>);
    let mut count = 0;
    for event in facts {
        let fits = match &event.body {
            Body::Notice(Notice::Notified(_)) | Body::Lifecycle(Lifecycle::Closed(_)) => {
                begun = true;
                true
            }
            Body::Notice(Notice::Changed(_) | Notice::Cancelled(_)) => begun,
            Body::Lifecycle(Lifecycle::Reopened(_)) => std::mem::take(&mut begun),
            Body::Referral(fact) => {
                let next = match step_of(fact).1 {
                    // Sent again under the same id: noted elsewhere, and no misfit of order.
                    None if Some(event.id) == sending => Some(State::Sent),
                    None => continue,
                    Some(step) => referral.and_then(|state| state.after(step)),
                };
                referral = next.or(referral);
                next.is_some()
            }
            Body::Lifecycle(
                Lifecycle::Transferred(_) | Lifecycle::Linked(_) | Lifecycle::Unlinked(_),
            )
            | Body::Reception(_)
            | Body::Screening(_)
            | Body::Consent(_)
            | Body::Assessment(_)
            | Body::Plan(_)
            | Body::Assistance(_)
            | Body::FollowUp(_)
            | Body::Status(_)
            | Body::Justice(_)
            | Body::Departure(_)
            | Body::Correction(_)
            | Body::Erasure(_)
            | Body::Access(_) => true,
        };
        count += usize::from(!fits);
    }
    count
}
