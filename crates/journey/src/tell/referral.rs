//! Referrals: each step along the machine, and what each shares.

use homeward_events::Event;
use homeward_events::catalogue::Referral as ReferralFact;
use homeward_events::id::ReferralId;
use homeward_events::referral::{Concluded, Delivery, Sent};
use homeward_events::time::OccurredOn;

use super::Telling;
use super::consent::Sharing;
use crate::finding::Rule;
use crate::order::{Strand, recording_key};
use crate::referral::{Move, Referral, State, step_of};

impl<'f> Telling<'f> {
    /// Whoever sends under an id that is in use, dated earlier, must not take over what was sent: the
    /// sending that was recorded first holds.
    pub(super) fn open_referral(&mut self, event: &Event, fact: &ReferralFact) {
        if let ReferralFact::Sent(body) = fact {
            let key = recording_key(event);
            let first = self.sendings.entry(body.referral).or_insert(key);
            *first = (*first).min(key);
        }
    }

    pub(super) fn tell_referral(&mut self, event: &'f Event, fact: &'f ReferralFact) {
        let (id, step) = step_of(fact);
        if let ReferralFact::Sent(body) = fact {
            self.tell_sent(event, body);
        } else if let Some(step) = step {
            self.tell_step(event, fact, id, step);
        }
    }

    fn tell_sent(&mut self, event: &'f Event, body: &'f Sent) {
        self.sharings.push(Sharing {
            event,
            agency: &body.to,
            categories: &body.discloses,
            consent: body.consent,
        });
        let id = body.referral;
        if self.sendings.get(&id) != Some(&recording_key(event)) {
            self.note(
                event,
                Rule::ReferralTwice,
                format!("referral {id} was sent before"),
            );
            return;
        }
        let referral = Referral {
            from: &event.agency,
            to: &body.to,
            service: body.service.as_ref(),
            directory_version: body.directory_version,
            need: body.need,
            priority: body.priority,
            discloses: &body.discloses,
            sent: event.occurred,
            state: State::Sent,
            since: event.occurred,
            received: None,
            decided: None,
            contacted: None,
            attended: None,
            concluded: None,
            declined: None,
            withdrawn: None,
            follows: body.follows,
        };
        self.journey.referrals.insert(id, referral);
    }

    fn tell_step(&mut self, event: &'f Event, fact: &ReferralFact, id: ReferralId, step: Move) {
        let Some(referral) = self.journey.referrals.get_mut(&id) else {
            self.misfits.insert(Strand::Referral(id));
            self.note(
                event,
                Rule::ReferralUnknown,
                format!("referral {id} was not sent before"),
            );
            return;
        };
        let Some(next) = referral.state.after(step) else {
            let (state, step) = (referral.state.as_str(), said(fact));
            self.misfits.insert(Strand::Referral(id));
            let detail = format!("a referral that is {state} cannot be {step}");
            self.note(event, Rule::ReferralMove, detail);
            return;
        };
        if step == Move::Reopened {
            self.sharings.push(Sharing {
                event,
                agency: referral.to,
                categories: referral.discloses,
                consent: None,
            });
        }
        advance(referral, fact, next, event.occurred);
        if let ReferralFact::Concluded(body) = fact {
            self.check_reason(event, body);
        }
    }

    fn check_reason(&mut self, event: &Event, body: &Concluded) {
        if body.delivery != Delivery::Delivered && body.reason.is_none() {
            let detail = format!("{} without a reason", body.delivery);
            self.note(event, Rule::ReasonMissing, detail);
        }
    }
}

fn advance(referral: &mut Referral<'_>, fact: &ReferralFact, next: State, on: OccurredOn) {
    if next != referral.state {
        (referral.state, referral.since) = (next, on);
    }
    match fact {
        ReferralFact::Received(_) => {
            referral.received.get_or_insert(on);
        }
        ReferralFact::Contacted(_) | ReferralFact::Booked(_) => {
            referral.contacted.get_or_insert(on);
        }
        ReferralFact::Accepted(_) => {
            referral.decided.get_or_insert(on);
        }
        ReferralFact::Declined(body) => {
            referral.decided.get_or_insert(on);
            referral.declined = Some(body.reason);
        }
        ReferralFact::Attended(_) => {
            referral.attended.get_or_insert(on);
        }
        ReferralFact::Concluded(body) => {
            referral.concluded = Some((on, body.delivery, body.reason));
        }
        ReferralFact::Withdrawn(body) => referral.withdrawn = Some(body.reason),
        ReferralFact::Reopened(_) => referral.concluded = None,
        ReferralFact::Sent(_)
        | ReferralFact::Rerouted(_)
        | ReferralFact::Waitlisted(_)
        | ReferralFact::ContactFailed(_)
        | ReferralFact::Missed(_)
        | ReferralFact::Started(_)
        | ReferralFact::ConsentWithdrawn(_) => {}
    }
}

/// The move in words: the type's past participle.
fn said(fact: &ReferralFact) -> &'static str {
    let name = fact.event_type().name;
    name.split_once('.').map_or(name, |(_, word)| word)
}
