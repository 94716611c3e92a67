//! Closing, reopening, linking; and what may not follow closure or death.

use homeward_events::catalogue::{
    Assistance as AssistanceFact, Consent as ConsentFact, FollowUp as FollowUpFact,
    Justice as JusticeFact, Lifecycle as LifecycleFact, Referral as ReferralFact,
    Status as StatusFact,
};
use homeward_events::id::JourneyId;
use homeward_events::time::OccurredOn;
use homeward_events::{Body, Event};

use super::Telling;
use crate::finding::Rule;
use crate::journey::Closure;
use crate::order::Strand;

/// A time at which the journey was closed.
pub(super) struct Period {
    from: OccurredOn,
    /// As told last before it was reopened.
    closure: Closure,
    reopened: Option<OccurredOn>,
}

impl Period {
    /// Whether a time surely falls within it. The days of closing and of reopening belong to both
    /// sides: nobody notes down in which order a day's work was done.
    fn holds(&self, on: OccurredOn) -> bool {
        self.from.last_day() < on.day()
            && self
                .reopened
                .is_none_or(|reopened| on.last_day() < reopened.day())
    }
}

impl<'f> Telling<'f> {
    pub(super) fn open_lifecycle(&mut self, event: &'f Event, fact: &'f LifecycleFact) {
        let on = event.occurred;
        let open = self
            .closed
            .last_mut()
            .filter(|period| period.reopened.is_none());
        match (fact, open) {
            (LifecycleFact::Closed(body), Some(period)) => {
                period.closure = Closure {
                    on,
                    reason: body.reason,
                };
            }
            (LifecycleFact::Closed(body), None) => {
                let closure = Closure {
                    on,
                    reason: body.reason,
                };
                self.closed.push(Period {
                    from: on,
                    closure,
                    reopened: None,
                });
            }
            (LifecycleFact::Reopened(_), Some(period)) => {
                period.reopened = Some(on);
                self.journey.reopenings += 1;
            }
            (LifecycleFact::Reopened(_), None) => {
                self.misfits.insert(Strand::Closure);
                self.note(event, Rule::NotClosed, "the journey is not closed");
            }
            (LifecycleFact::TransferProposed(body), _) => self.open_transfer(event, body),
            (LifecycleFact::Attached(body), _) => self.open_attachment(event, body),
            (
                LifecycleFact::Transferred(_)
                | LifecycleFact::TransferDeclined(_)
                | LifecycleFact::TransferWithdrawn(_)
                | LifecycleFact::Linked(_)
                | LifecycleFact::Unlinked(_)
                | LifecycleFact::Related(_)
                | LifecycleFact::Unrelated(_)
                | LifecycleFact::Detached(_),
                _,
            ) => {}
        }
    }

    /// Whether the journey is closed at the end of what is told.
    pub(super) fn closure(&self) -> Option<Closure> {
        self.closed
            .last()
            .filter(|last| last.reopened.is_none())
            .map(|last| last.closure)
    }

    pub(super) fn tell_lifecycle(&mut self, event: &'f Event, fact: &'f LifecycleFact) {
        match fact {
            LifecycleFact::Closed(_) => {}
            LifecycleFact::Reopened(_) => self.restore_follow_ups(event.occurred),
            LifecycleFact::TransferProposed(body) => self.tell_proposed(event, body),
            LifecycleFact::Transferred(body) => self.tell_transferred(event, body),
            LifecycleFact::TransferDeclined(body) => self.tell_declined(event, body),
            LifecycleFact::TransferWithdrawn(body) => self.tell_withdrawn(event, body),
            LifecycleFact::Linked(body) => self.tell_link(event, body.other, true),
            LifecycleFact::Unlinked(body) => self.tell_link(event, body.other, false),
            LifecycleFact::Related(body) => {
                let relation = Some((body.relation, body.household));
                self.tell_relation(event, body.other, relation);
            }
            LifecycleFact::Unrelated(body) => self.tell_relation(event, body.other, None),
            LifecycleFact::Attached(body) => self.tell_attached(event, body),
            LifecycleFact::Detached(body) => self.tell_detached(event, body),
        }
    }

    /// The last word on a pair counts, by the time that it was recorded.
    fn tell_link(&mut self, event: &Event, other: JourneyId, linked: bool) {
        if other == self.journey.id {
            self.note(
                event,
                Rule::LinkToSelf,
                "a journey is one human being already",
            );
            return;
        }
        let word = (event.recorded, event.id, linked);
        let last = self.journey.links.entry(other).or_insert(word);
        *last = (*last).max(word);
    }

    /// What may not follow closure or death.
    pub(super) fn check_bounds(&mut self, event: &Event) {
        let on = event.occurred;
        let dead = self.died.filter(|died| died.last_day() < on.day());
        if let Some(died) = dead {
            if !may_follow_death(&event.body) {
                self.note(
                    event,
                    Rule::AfterDeath,
                    format!("the person died on {died}"),
                );
            }
        } else if let Some(period) = self.closed.iter().find(|period| period.holds(on))
            && !may_follow_closure(&event.body)
        {
            let detail = format!("closed on {} ({})", period.from, period.closure.reason);
            self.note(event, Rule::JourneyClosed, detail);
        }
    }
}

/// Corrections, what settles the estate, what ends something still open, and what is done with the
/// record itself.
fn may_follow_death(body: &Body) -> bool {
    match body {
        Body::Correction(_)
        | Body::Assistance(_)
        | Body::Erasure(_)
        | Body::Access(_)
        | Body::Cut(_)
        | Body::Directory(_) => true,
        Body::Lifecycle(fact) => match fact {
            LifecycleFact::Closed(_)
            | LifecycleFact::TransferDeclined(_)
            | LifecycleFact::TransferWithdrawn(_)
            | LifecycleFact::Linked(_)
            | LifecycleFact::Unlinked(_)
            | LifecycleFact::Related(_)
            | LifecycleFact::Unrelated(_)
            | LifecycleFact::Attached(_)
            | LifecycleFact::Detached(_) => true,
            LifecycleFact::Reopened(_)
            | LifecycleFact::TransferProposed(_)
            | LifecycleFact::Transferred(_) => false,
        },
        Body::Notice(_)
        | Body::Reception(_)
        | Body::Screening(_)
        | Body::Consent(_)
        | Body::Assessment(_)
        | Body::Plan(_)
        | Body::Referral(_)
        | Body::FollowUp(_)
        | Body::Status(_)
        | Body::Justice(_)
        | Body::Departure(_) => ends_something(body),
    }
}

/// What is done with the record, what ends something still open, what a delivery turned out to be,
/// and what others observe of the person: a journey that is closed must not make an arrest, a death
/// or another removal invisible, or closing early would look like success.
fn may_follow_closure(body: &Body) -> bool {
    match body {
        // A closed case is opened again before it is offered to others.
        Body::Lifecycle(fact) => !matches!(fact, LifecycleFact::TransferProposed(_)),
        Body::Correction(_)
        | Body::Justice(_)
        | Body::Departure(_)
        | Body::Erasure(_)
        | Body::Access(_)
        | Body::Cut(_)
        | Body::Directory(_) => true,
        // Whether support still serves is asked three months on, and a payment can be undone.
        Body::Assistance(fact) => match fact {
            AssistanceFact::Confirmed(_) | AssistanceFact::Reversed(_) => true,
            AssistanceFact::Delivered(_) => false,
        },
        Body::Notice(_)
        | Body::Reception(_)
        | Body::Screening(_)
        | Body::Consent(_)
        | Body::Assessment(_)
        | Body::Plan(_)
        | Body::Referral(_)
        | Body::FollowUp(_)
        | Body::Status(_) => ends_something(body),
    }
}

/// What only ends something that is open. It is always heard: refused, a referral would stay on
/// somebody's list for ever, and a withdrawal of consent would go unseen.
fn ends_something(body: &Body) -> bool {
    match body {
        Body::Consent(fact) => match fact {
            ConsentFact::Withdrawn(_) => true,
            ConsentFact::Given(_) | ConsentFact::Refused(_) | ConsentFact::Overridden(_) => false,
        },
        Body::Referral(fact) => match fact {
            ReferralFact::Declined(_)
            | ReferralFact::Concluded(_)
            | ReferralFact::Withdrawn(_)
            | ReferralFact::ConsentWithdrawn(_) => true,
            ReferralFact::Sent(_)
            | ReferralFact::Received(_)
            | ReferralFact::Accepted(_)
            | ReferralFact::Rerouted(_)
            | ReferralFact::Waitlisted(_)
            | ReferralFact::Contacted(_)
            | ReferralFact::ContactFailed(_)
            | ReferralFact::Booked(_)
            | ReferralFact::Attended(_)
            | ReferralFact::Missed(_)
            | ReferralFact::Started(_)
            | ReferralFact::Reopened(_) => false,
        },
        Body::FollowUp(fact) => match fact {
            FollowUpFact::Cancelled(_) => true,
            FollowUpFact::Scheduled(_)
            | FollowUpFact::Rescheduled(_)
            | FollowUpFact::Completed(_)
            | FollowUpFact::Missed(_) => false,
        },
        Body::Status(fact) => match fact {
            StatusFact::Ended(_) => true,
            StatusFact::Housed(_) | StatusFact::Employed(_) | StatusFact::Enrolled(_) => false,
        },
        Body::Justice(fact) => match fact {
            JusticeFact::Acquitted(_) | JusticeFact::Quashed(_) | JusticeFact::CustodyLeft(_) => {
                true
            }
            JusticeFact::Arrested(_)
            | JusticeFact::Charged(_)
            | JusticeFact::Convicted(_)
            | JusticeFact::CustodyEntered(_)
            | JusticeFact::SupervisionBreached(_) => false,
        },
        Body::Notice(_)
        | Body::Reception(_)
        | Body::Screening(_)
        | Body::Assessment(_)
        | Body::Plan(_)
        | Body::Assistance(_)
        | Body::Departure(_)
        | Body::Lifecycle(_)
        | Body::Correction(_)
        | Body::Erasure(_)
        | Body::Access(_)
        | Body::Cut(_)
        | Body::Directory(_) => false,
    }
}
