//! Referrals: each step along the machine, and what each shares.

use std::collections::BTreeSet;

use homeward_events::Event;
use homeward_events::catalogue::Referral as ReferralFact;
use homeward_events::id::{ConsentId, GoalId, ReferralId};
use homeward_events::referral::{Concluded, Delivery, Sent};
use homeward_events::time::OccurredOn;

use super::Telling;
use super::consent::Sharing;
use crate::finding::Rule;
use crate::order::{Strand, recording_key, surely_before};
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
        let sharing = Sharing {
            agency: &body.to,
            categories: &body.discloses,
            consent: body.consent,
        };
        let gone = self.check_sharing(event, &sharing);
        let id = body.referral;
        if self.sendings.get(&id) != Some(&recording_key(event)) {
            self.note(
                event,
                Rule::ReferralTwice,
                format!("referral {id} was sent before"),
            );
            return;
        }
        self.journey
            .referrals
            .insert(id, Referral::sent(event, body));
        self.note_opened(id, event, gone);
    }

    fn tell_step(&mut self, event: &'f Event, fact: &'f ReferralFact, id: ReferralId, step: Move) {
        let closing = self.withdrawal_that_closes(id, Some(event.occurred));
        let Some(referral) = self.journey.referrals.get_mut(&id) else {
            self.misfits.insert(Strand::Referral(id));
            self.note(
                event,
                Rule::ReferralUnknown,
                format!("referral {id} was not sent before"),
            );
            return;
        };
        if let Some((on, consent)) = closing {
            referral.close_for_consent(on, consent);
        }
        let next = match referral.state.after(step) {
            Ok(next) => next,
            Err(rule) => {
                let (state, step) = (referral.state.as_str(), step.as_str());
                self.misfits.insert(Strand::Referral(id));
                let detail = format!("a referral that is {state} cannot be {step}");
                self.note(event, rule, detail);
                return;
            }
        };
        advance(referral, fact, next, event.occurred);
        match fact {
            ReferralFact::Reopened(_) => self.check_reopened(event, id),
            ReferralFact::Concluded(body) => self.check_concluded(event, body),
            ReferralFact::Sent(_)
            | ReferralFact::Received(_)
            | ReferralFact::Accepted(_)
            | ReferralFact::Declined(_)
            | ReferralFact::Rerouted(_)
            | ReferralFact::Waitlisted(_)
            | ReferralFact::Contacted(_)
            | ReferralFact::ContactFailed(_)
            | ReferralFact::Booked(_)
            | ReferralFact::Attended(_)
            | ReferralFact::Missed(_)
            | ReferralFact::Started(_)
            | ReferralFact::Withdrawn(_)
            | ReferralFact::ConsentWithdrawn(_) => {}
        }
    }

    /// Taken up again, it shares again.
    fn check_reopened(&mut self, event: &Event, id: ReferralId) {
        let Some(referral) = self.journey.referrals.get(&id) else {
            return;
        };
        let sharing = Sharing {
            agency: referral.to,
            categories: referral.discloses,
            consent: None,
        };
        let gone = self.check_sharing(event, &sharing);
        self.note_opened(id, event, gone);
    }

    fn note_opened(&mut self, id: ReferralId, event: &Event, gone: Option<ConsentId>) {
        match gone {
            Some(consent) => self.opened_without.insert(id, (event.occurred, consent)),
            None => self.opened_without.remove(&id),
        };
    }

    /// A loop is closed when it is known what came of it.
    fn check_concluded(&mut self, event: &Event, body: &Concluded) {
        if body.delivery != Delivery::Delivered && body.reason.is_none() {
            let detail = format!("{} without a reason", body.delivery);
            self.note(event, Rule::ReasonMissing, detail);
        }
        let referral = self.journey.referrals.get(&body.referral);
        let goals = referral.map(|referral| referral.goals);
        let lacking: Vec<&str> = goals
            .into_iter()
            .flatten()
            .filter(|goal| !body.outcomes.contains_key(*goal))
            .map(GoalId::as_str)
            .collect();
        if body.delivery != Delivery::NotDelivered && !lacking.is_empty() {
            let detail = format!(
                "{} without an outcome of {}",
                body.delivery,
                lacking.join(", ")
            );
            self.note(event, Rule::OutcomeMissing, detail);
        }
    }

    /// Links referrals both ways: one that was passed on, and one that another follows.
    pub(super) fn link_referrals(&mut self) {
        let referrals = &mut self.journey.referrals;
        let passed_on: Vec<(ReferralId, ReferralId)> = referrals
            .iter()
            .filter_map(|(id, referral)| Some((*id, referral.rerouted?.1)))
            .collect();
        for (from, to) in passed_on.into_iter().filter(|(from, to)| from != to) {
            if let Some(referral) = referrals.get_mut(&to) {
                referral.follows.get_or_insert(from);
            }
        }
        let links: Vec<(ReferralId, ReferralId)> = referrals
            .iter()
            .filter_map(|(id, referral)| Some((referral.follows?, *id)))
            .collect();
        for (earlier, later) in links {
            if let Some(referral) = referrals.get_mut(&earlier) {
                referral.followed_by.insert(later);
            }
        }
    }
}

impl<'f> Referral<'f> {
    fn sent(event: &'f Event, body: &'f Sent) -> Self {
        Self {
            from: &event.agency,
            to: &body.to,
            service: body.service.as_ref(),
            directory_version: body.directory_version,
            need: body.need,
            priority: body.priority,
            discloses: &body.discloses,
            goals: &body.goals,
            sent: event.occurred,
            opened: event.occurred,
            state: State::Sent,
            since: event.occurred,
            last_step: event.occurred,
            received: None,
            decided: None,
            accepted: None,
            place_on: None,
            booked: None,
            contacted: None,
            attended: None,
            concluded: None,
            outcomes: None,
            contacts_failed: 0,
            missed: 0,
            declined: None,
            withdrawn: None,
            consent_gone: None,
            consent_until: None,
            rerouted: None,
            follows: body.follows,
            followed_by: BTreeSet::new(),
        }
    }

    /// Closes it because what it rested on was withdrawn; not before it was opened.
    pub(super) fn close_for_consent(&mut self, on: OccurredOn, consent: ConsentId) {
        let since = if surely_before(on, self.opened) {
            self.opened
        } else {
            on
        };
        (self.state, self.since) = (State::ConsentWithdrawn, since);
        self.consent_gone = Some((on, Some(consent)));
    }
}

fn advance<'f>(referral: &mut Referral<'f>, fact: &'f ReferralFact, next: State, on: OccurredOn) {
    if next != referral.state {
        (referral.state, referral.since) = (next, on);
    }
    referral.last_step = on;
    match fact {
        ReferralFact::Received(_) => {
            referral.received.get_or_insert(on);
        }
        ReferralFact::Contacted(_) => {
            referral.contacted.get_or_insert(on);
        }
        ReferralFact::ContactFailed(_) => referral.contacts_failed += 1,
        ReferralFact::Booked(body) => {
            referral.contacted.get_or_insert(on);
            referral.booked = Some(body.at);
        }
        ReferralFact::Missed(_) => referral.missed += 1,
        ReferralFact::Accepted(_) => {
            referral.decided.get_or_insert(on);
            referral.accepted.get_or_insert(on);
        }
        ReferralFact::Declined(body) => {
            referral.decided.get_or_insert(on);
            referral.declined = Some(body.reason);
        }
        ReferralFact::Attended(_) => {
            referral.attended.get_or_insert(on);
        }
        ReferralFact::Waitlisted(body) => {
            referral.place_on = body.expected_on.map(|day| day.0).or(referral.place_on);
        }
        ReferralFact::Rerouted(body) => referral.rerouted = Some((&body.to, body.new_referral)),
        ReferralFact::Concluded(body) => {
            referral.concluded = Some((on, body.delivery, body.reason));
            referral.outcomes = Some(&body.outcomes);
        }
        ReferralFact::Withdrawn(body) => referral.withdrawn = Some(body.reason),
        ReferralFact::ConsentWithdrawn(body) => {
            referral.consent_gone.get_or_insert((on, body.consent));
        }
        ReferralFact::Reopened(_) => {
            referral.opened = on;
            (referral.concluded, referral.outcomes) = (None, None);
            referral.consent_gone = None;
        }
        ReferralFact::Sent(_) | ReferralFact::Started(_) => {}
    }
}
