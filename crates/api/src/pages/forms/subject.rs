//! What a form is about: a journey as the log knows it now, and what of it can be named.

use std::collections::BTreeSet;

use homeward_dashboard::language::Speech;
use homeward_events::Event;
use homeward_events::consent::Purpose;
use homeward_events::id::{JourneyId, LedgerId};
use homeward_journey::{FollowUpState, Journey};

use super::layout::Things;
use super::typed::Typed;
use crate::endpoints::schedules::failed_problem;
use crate::gate::Gate;
use crate::keys::Key;
use crate::problem::Problem;

/// A journey that something is recorded of.
pub(super) struct Subject {
    /// Its ledger.
    pub ledger: LedgerId,
    /// Which one.
    pub journey: JourneyId,
    facts: Vec<Event>,
}

impl Subject {
    /// The journey that a form names; `None` where it names none.
    ///
    /// # Errors
    /// It is not known, or not for this key; or the log cannot be read.
    pub(super) async fn find(
        gate: &Gate,
        key: &Key,
        typed: &Typed,
    ) -> Result<Option<Self>, Problem> {
        let (Some(ledger), Some(journey)) = (typed.one("ledger"), typed.one("journey")) else {
            return Ok(None);
        };
        let nothing = || Problem::not_found("this journey");
        let ledger: LedgerId = ledger.parse().map_err(|_| nothing())?;
        let journey: JourneyId = journey.parse().map_err(|_| nothing())?;
        if !key.may_use(&ledger) {
            return Err(nothing());
        }
        let facts = gate.intake.facts(&ledger, journey).await;
        let facts = facts.map_err(|failed| failed_problem(&failed))?;
        if facts.is_empty() {
            return Err(nothing());
        }
        Ok(Some(Self {
            ledger,
            journey,
            facts,
        }))
    }

    /// What of it an event may be about: the value, and what it is called.
    pub(super) fn things(&self, things: Things, speech: Speech) -> Vec<(String, String)> {
        let journey = Journey::from_facts(self.journey, &self.facts);
        match things {
            Things::Consents => consents(&journey, speech),
            Things::Referrals => referrals(&journey, speech),
            Things::FollowUps => follow_ups(&journey, speech),
        }
    }
}

/// Those that were not withdrawn whole.
fn consents(journey: &Journey<'_>, speech: Speech) -> Vec<(String, String)> {
    let stand = journey.consents.iter().filter_map(|(id, consent)| {
        let stands = |purpose: &&Purpose| {
            let gone =
                |withdrawn: &BTreeSet<_>| withdrawn.is_empty() || withdrawn.contains(*purpose);
            !consent
                .withdrawn
                .iter()
                .any(|(_, withdrawn)| gone(withdrawn))
        };
        let purposes = consent.purposes.iter().filter(stands);
        let purposes: Vec<String> = purposes
            .map(|purpose| speech.word("purpose", purpose.as_str()))
            .collect();
        let told = [
            ("day", speech.date(consent.from.day()).into()),
            ("purposes", purposes.join(", ").into()),
        ];
        (!purposes.is_empty()).then(|| (id.to_string(), speech.tell("thing-consent", &told)))
    });
    stand.collect()
}

/// Those whose turn it is somebody's, or that can be taken up in another way.
fn referrals(journey: &Journey<'_>, speech: Speech) -> Vec<(String, String)> {
    let open = journey.referrals.iter();
    let open = open.filter(|(_, referral)| referral.state.pending().is_some());
    let named = open.map(|(id, referral)| {
        let told = [
            (
                "need",
                speech.word("service-need", referral.need.as_str()).into(),
            ),
            ("to", referral.to.to_string().into()),
            ("day", speech.date(referral.sent.day()).into()),
            (
                "state",
                speech
                    .word("referral-state", referral.state.as_str())
                    .into(),
            ),
        ];
        (id.to_string(), speech.tell("thing-referral", &told))
    });
    named.collect()
}

/// Those that are still to take place.
fn follow_ups(journey: &Journey<'_>, speech: Speech) -> Vec<(String, String)> {
    let pending = journey.follow_ups.iter();
    let pending = pending.filter(|(_, due)| is_to_take_place(due.state));
    let named = pending.map(|(key, due)| {
        let told = [
            ("wave", speech.word("wave", due.wave.as_str()).into()),
            ("day", speech.date(due.due_on).into()),
        ];
        (key.to_string(), speech.tell("thing-follow-up", &told))
    });
    named.collect()
}

const fn is_to_take_place(state: FollowUpState) -> bool {
    match state {
        FollowUpState::Scheduled | FollowUpState::Missed(_) => true,
        FollowUpState::Completed(_) | FollowUpState::Cancelled(_) => false,
    }
}
