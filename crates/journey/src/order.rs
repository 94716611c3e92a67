//! The order of telling: by the time that a fact occurred, then by the time that it was recorded,
//! then by the catalogue (which lists causes before effects), then by id.
//!
//! A time known to the day, the month or the year is a span, and where spans overlap nobody knows
//! what came first. A service that concluded "in July" after a session on 20 July must not be called
//! impossible because July begins before its twentieth day. So where a strand of facts does not fit
//! together as told, each takes the place within its span where fewest are amiss, those recorded
//! first having the choice; and that is kept if it leaves fewer findings in the journey. What is
//! surely earlier is never told after what is surely later.

use std::collections::BTreeSet;

use homeward_events::catalogue::{Lifecycle, Notice};
use homeward_events::id::{EventId, ReferralId};
use homeward_events::time::{OccurredOn, Precision, RecordedAt};
use homeward_events::{Body, Event, Family};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::referral::{State, step_of};

/// Longest strand that is rearranged: trying is cubic in its length, and hardly a referral has more
/// steps.
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
                Lifecycle::TransferProposed(_)
                | Lifecycle::Transferred(_)
                | Lifecycle::TransferDeclined(_)
                | Lifecycle::TransferWithdrawn(_)
                | Lifecycle::Linked(_)
                | Lifecycle::Unlinked(_)
                | Lifecycle::Related(_)
                | Lifecycle::Unrelated(_)
                | Lifecycle::Attached(_)
                | Lifecycle::Detached(_),
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
            | Body::Access(_)
            | Body::Cut(_)
            | Body::Directory(_) => None,
        }
    }
}

/// Rearranges the strands that do not fit as told, each within the places that its facts hold.
/// Whether anything was moved.
pub(crate) fn rearrange(told: &mut [&Event], strands: &BTreeSet<Strand>) -> bool {
    let mut moved = false;
    for strand in strands {
        let facts: Vec<&Event> = told
            .iter()
            .copied()
            .filter(|event| Strand::of(event) == Some(*strand))
            .collect();
        if facts.len() > STRAND_FACTS_MAX {
            continue;
        }
        let fitted = fit_together(&facts);
        if misfits(&fitted) < misfits(&facts) {
            let places = told
                .iter_mut()
                .filter(|event| Strand::of(event) == Some(*strand));
            for (place, fact) in places.zip(fitted) {
                *place = fact;
            }
            moved = true;
        }
    }
    moved
}

/// Puts each fact where fewest are amiss, in the order of recording, and tries again with all others
/// in their places as long as that helps. No order of arrival goes into it.
fn fit_together<'f>(facts: &[&'f Event]) -> Vec<&'f Event> {
    let mut in_turn = facts.to_vec();
    in_turn.sort_by_key(|event| recording_key(event));
    let mut fitted: Vec<&Event> = Vec::with_capacity(facts.len());
    let mut left = usize::MAX;
    loop {
        let mut next = fitted.clone();
        for event in &in_turn {
            next.retain(|other| other.id != event.id);
            let place = best_place(&mut next, event);
            next.insert(place, event);
        }
        let fewer = misfits(&next);
        if fewer >= left {
            return fitted;
        }
        (fitted, left) = (next, fewer);
    }
}

/// The place within a fact's span where fewest are amiss; of several, the nearest to where it is
/// told by itself.
fn best_place<'f>(facts: &mut Vec<&'f Event>, event: &'f Event) -> usize {
    let after = |comes_before: &dyn Fn(&Event) -> bool| {
        facts
            .iter()
            .rposition(|other| comes_before(other))
            .map_or(0, |last| last + 1)
    };
    let (on, key) = (event.occurred, telling_key(event));
    let first = after(&|other| surely_before(other.occurred, on));
    let own = after(&|other| telling_key(other) < key);
    let last = facts
        .iter()
        .position(|other| surely_before(on, other.occurred));
    let last = last.unwrap_or(facts.len());
    let amiss = |place: usize| {
        facts.insert(place, event);
        let amiss = misfits(facts);
        facts.remove(place);
        (amiss, place.abs_diff(own), place)
    };
    (first..=last)
        .map(amiss)
        .min()
        .map_or(first, |(.., place)| place)
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
                    Some(step) => referral.and_then(|state| state.after(step).ok()),
                };
                referral = next.or(referral);
                next.is_some()
            }
            Body::Lifecycle(
                Lifecycle::TransferProposed(_)
                | Lifecycle::Transferred(_)
                | Lifecycle::TransferDeclined(_)
                | Lifecycle::TransferWithdrawn(_)
                | Lifecycle::Linked(_)
                | Lifecycle::Unlinked(_)
                | Lifecycle::Related(_)
                | Lifecycle::Unrelated(_)
                | Lifecycle::Attached(_)
                | Lifecycle::Detached(_),
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
            | Body::Access(_)
            | Body::Cut(_)
            | Body::Directory(_) => true,
        };
        count += usize::from(!fits);
    }
    count
}
