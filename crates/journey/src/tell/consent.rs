//! Consents, overrides, and what they let be disclosed. A withdrawal acts: what rested on the consent
//! is closed from then on, and nothing more is shared under it.

use std::collections::BTreeSet;

use homeward_events::Event;
use homeward_events::catalogue::Consent as ConsentFact;
use homeward_events::consent::{DataCategory, Purpose};
use homeward_events::id::{AgencyId, ConsentId, ReferralId};
use homeward_events::time::OccurredOn;
use jiff::civil::Date;

use super::Telling;
use crate::finding::Rule;
use crate::journey::{Consent, Journey};
use crate::order::surely_before;
use crate::referral::Referral;

impl Journey<'_> {
    /// Whether a consent or an override lets a referral to `agency` go out on a day.
    pub fn may_refer(&self, agency: &AgencyId, on: OccurredOn) -> bool {
        self.may_disclose(agency, &BTreeSet::new(), on)
    }

    /// Whether one consent or override lets a referral to `agency` go out on a day with all these
    /// kinds of data.
    pub fn may_disclose(
        &self,
        agency: &AgencyId,
        categories: &BTreeSet<DataCategory>,
        on: OccurredOn,
    ) -> bool {
        self.covered(&[Purpose::Referral], agency, categories, on)
    }

    fn covered(
        &self,
        purposes: &[Purpose],
        agency: &AgencyId,
        categories: &BTreeSet<DataCategory>,
        on: OccurredOn,
    ) -> bool {
        self.agreements().any(|consent| {
            consent.discloses(categories)
                && purposes
                    .iter()
                    .any(|purpose| consent.covers(*purpose, agency, on))
        })
    }

    /// Consents and overrides.
    fn agreements(&self) -> impl Iterator<Item = &Consent<'_>> {
        self.consents.values().chain(&self.overrides)
    }

    /// The last day on which anything still lets a referral share, unless something without a last day
    /// does.
    fn consent_until(&self, referral: &Referral<'_>) -> Option<Date> {
        let lets = |consent: &&Consent<'_>| {
            consent.is_for(Purpose::Referral, referral.to)
                && consent.discloses(referral.discloses)
                && consent.withdrawals(Purpose::Referral).next().is_none()
        };
        let last_days = self.agreements().filter(lets).map(|one| one.expires_on);
        // `None` is no last day at all, and the latest of them.
        last_days
            .max_by_key(|last| last.unwrap_or(Date::MAX))
            .flatten()
    }
}

fn lets(
    consent: &Consent<'_>,
    agency: &AgencyId,
    categories: &BTreeSet<DataCategory>,
    on: OccurredOn,
) -> bool {
    consent.covers(Purpose::Referral, agency, on) && consent.discloses(categories)
}

/// What a referral shares, when it is sent or reopened.
pub(super) struct Sharing<'f> {
    pub(super) agency: &'f AgencyId,
    pub(super) categories: &'f BTreeSet<DataCategory>,
    /// The consent that it names, if it names one.
    pub(super) consent: Option<ConsentId>,
}

impl<'f> Telling<'f> {
    pub(super) fn open_consent(&mut self, event: &Event, fact: &'f ConsentFact) {
        match fact {
            ConsentFact::Given(body) => {
                self.journey
                    .consents
                    .entry(body.consent)
                    .or_insert(Consent {
                        from: event.occurred,
                        expires_on: body.expires_on.map(|day| day.0),
                        purposes: &body.purposes,
                        agencies: &body.agencies,
                        categories: Some(&body.categories),
                        withdrawn: Vec::new(),
                    });
            }
            ConsentFact::Overridden(body) => self.journey.overrides.push(Consent {
                from: event.occurred,
                expires_on: body.expires_on.map(|day| day.0),
                purposes: &body.purposes,
                agencies: &body.agencies,
                categories: None,
                withdrawn: Vec::new(),
            }),
            ConsentFact::Withdrawn(body) => {
                self.withdrawals
                    .push((body.consent, event.occurred, &body.purposes));
            }
            ConsentFact::Refused(_) => {}
        }
    }

    /// Every consent knows its withdrawals before anything is judged by it, wherever they were told.
    pub(super) fn open_withdrawals(&mut self) {
        for (consent, on, purposes) in &self.withdrawals {
            if let Some(consent) = self.journey.consents.get_mut(consent) {
                consent.withdrawn.push((*on, purposes));
            }
        }
    }

    pub(super) fn tell_consent(&mut self, event: &Event, fact: &'f ConsentFact) {
        match fact {
            ConsentFact::Withdrawn(body) => {
                if !self.journey.consents.contains_key(&body.consent) {
                    let detail = format!("no consent {} was given", body.consent);
                    self.note(event, Rule::ConsentUnknown, detail);
                }
            }
            ConsentFact::Given(_) | ConsentFact::Refused(_) | ConsentFact::Overridden(_) => {}
        }
    }

    /// Notes what shares more than a consent or an override lets it share. Gives the consent whose
    /// withdrawal is why, if that is why.
    pub(super) fn check_sharing(
        &mut self,
        event: &Event,
        sharing: &Sharing<'_>,
    ) -> Option<ConsentId> {
        let (on, agency, categories) = (event.occurred, sharing.agency, sharing.categories);
        let named = sharing.consent.map(|id| self.journey.consents.get(&id));
        let covered = match named {
            Some(named) => named.is_some_and(|named| lets(named, agency, categories, on)),
            None => self.journey.may_disclose(agency, categories, on),
        };
        if covered {
            return None;
        }
        let gone = self.withdrawn_for(Purpose::Referral, agency, categories, on);
        let gone = gone.filter(|gone| sharing.consent.is_none_or(|named| named == *gone));
        let basis = match (gone, sharing.consent) {
            (Some(gone), _) => format!("consent {gone} was withdrawn before"),
            (None, Some(named)) => format!("consent {named} does not cover"),
            (None, None) => "no consent or override covers".to_owned(),
        };
        let rule = if gone.is_some() {
            Rule::ConsentWithdrawn
        } else {
            Rule::ConsentMissing
        };
        let shared = listed(categories);
        let detail = format!("{basis} a referral to {agency} on {on} that discloses {shared}");
        self.note(event, rule, detail);
        // Another consent may still hold: then it is only the wrong one that was named.
        gone.filter(|_| !self.journey.may_disclose(agency, categories, on))
    }

    /// A consent that would let this be disclosed, had it not been withdrawn before.
    fn withdrawn_for(
        &self,
        purpose: Purpose,
        agency: &AgencyId,
        categories: &BTreeSet<DataCategory>,
        on: OccurredOn,
    ) -> Option<ConsentId> {
        if self.withdrawals.is_empty() {
            return None;
        }
        let gone = |(_, consent): &(&ConsentId, &Consent<'_>)| {
            consent.is_for(purpose, agency)
                && consent.discloses(categories)
                && consent.withdrawn_before(purpose, on)
        };
        self.journey.consents.iter().find(gone).map(|(id, _)| *id)
    }

    /// The first withdrawal that took from an open referral the last thing it rested on, or its opening
    /// where that came later still; only what surely came before a time, where one is given.
    pub(super) fn withdrawal_that_closes(
        &self,
        id: ReferralId,
        before: Option<OccurredOn>,
    ) -> Option<(OccurredOn, ConsentId)> {
        if self.withdrawals.is_empty() {
            return None;
        }
        let referral = self.journey.referrals.get(&id)?;
        referral.state.pending()?;
        let purpose = Purpose::Referral;
        let could_rest_on = |consent: &Consent<'_>| {
            consent.is_for(purpose, referral.to) && consent.discloses(referral.discloses)
        };
        // Whether it still holds once a withdrawal has taken effect: another withdrawal of the same day
        // does not leave it in force.
        let holds_after = |consent: &Consent<'_>, on: OccurredOn| {
            could_rest_on(consent)
                && consent.from.day() <= on.last_day()
                && consent.expires_on.is_none_or(|last| on.day() <= last)
                && consent
                    .withdrawals(purpose)
                    .all(|when| surely_before(on, when))
        };
        let closes = |(consent, on, purposes): &&(ConsentId, OccurredOn, &BTreeSet<Purpose>)| {
            (purposes.is_empty() || purposes.contains(&purpose))
                && self
                    .journey
                    .consents
                    .get(consent)
                    .is_some_and(could_rest_on)
                && before.is_none_or(|before| surely_before(*on, before))
                && !surely_before(*on, referral.opened)
                && !self
                    .journey
                    .agreements()
                    .any(|other| holds_after(other, *on))
        };
        let closing = self.withdrawals.iter().filter(closes);
        let opened_without = self
            .opened_without
            .get(&id)
            .filter(|(on, _)| before.is_none_or(|before| surely_before(*on, before)));
        closing
            .map(|(consent, on, _)| (*on, *consent))
            .chain(opened_without.copied())
            .min()
    }

    /// Closes what withdrawals have closed by now, and says until when the rest may share.
    pub(super) fn end_referrals(&mut self) {
        let open: Vec<ReferralId> = self
            .journey
            .referrals
            .iter()
            .filter(|(_, referral)| referral.state.pending().is_some())
            .map(|(id, _)| *id)
            .collect();
        for id in open {
            let closing = self.withdrawal_that_closes(id, None);
            let until = self
                .journey
                .referrals
                .get(&id)
                .and_then(|referral| self.journey.consent_until(referral));
            let Some(referral) = self.journey.referrals.get_mut(&id) else {
                continue;
            };
            match closing {
                Some((on, consent)) => referral.close_for_consent(on, consent),
                None => referral.consent_until = until,
            }
        }
        self.link_referrals();
    }

    /// Notes disclosures to an agency whose consent was withdrawn or had ended before: for the purpose of
    /// the disclosure, or for the referral that made the agency know of the person at all.
    pub(super) fn check_disclosures(&mut self) {
        for (event, body) in std::mem::take(&mut self.disclosures) {
            let (on, agency, categories) = (event.occurred, &body.agency, &body.categories);
            let referred = self.journey.referrals.values();
            let mut referred =
                referred.filter(|one| one.to == agency && !surely_before(on, one.sent));
            let purposes = match referred.next() {
                Some(_) => vec![body.purpose, Purpose::Referral],
                None => vec![body.purpose],
            };
            if self.journey.covered(&purposes, agency, categories, on) {
                continue;
            }
            let gone = purposes
                .iter()
                .find_map(|purpose| self.withdrawn_for(*purpose, agency, categories, on));
            let ended = || {
                let mut asked = purposes.iter();
                asked.find_map(|purpose| self.ended_for(*purpose, agency, categories, on))
            };
            let (rule, why) = if let Some(gone) = gone {
                let why = format!("consent {gone} was withdrawn before");
                (Rule::ConsentWithdrawn, why)
            } else if let Some(last) = ended() {
                let why = format!("consent ended on {last}, before");
                (Rule::ConsentMissing, why)
            } else {
                continue;
            };
            let shared = listed(categories);
            let detail = format!("{why} a disclosure to {agency} on {on} of {shared}");
            self.note(event, rule, detail);
        }
    }

    /// The last day of a consent or an override that would let this be disclosed, had it not ended
    /// before.
    fn ended_for(
        &self,
        purpose: Purpose,
        agency: &AgencyId,
        categories: &BTreeSet<DataCategory>,
        on: OccurredOn,
    ) -> Option<Date> {
        let would = |consent: &&Consent<'_>| {
            consent.is_for(purpose, agency) && consent.discloses(categories)
        };
        let last_days = self.journey.agreements().filter(would);
        let ended = last_days.filter_map(|consent| consent.expires_on);
        ended.filter(|last| *last < on.day()).max()
    }
}

fn listed(categories: &BTreeSet<DataCategory>) -> String {
    if categories.is_empty() {
        return "nothing".to_owned();
    }
    let names: Vec<&str> = categories.iter().map(|one| one.as_str()).collect();
    names.join(", ")
}
