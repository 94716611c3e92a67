//! Consents, overrides, and what they let be disclosed.

use std::collections::BTreeSet;

use homeward_events::Event;
use homeward_events::catalogue::Consent as ConsentFact;
use homeward_events::consent::{DataCategory, Purpose};
use homeward_events::id::{AgencyId, ConsentId};
use homeward_events::time::OccurredOn;

use super::Telling;
use crate::finding::Rule;
use crate::journey::{Consent, Journey};

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
        self.consents
            .values()
            .chain(&self.overrides)
            .any(|consent| lets(consent, agency, categories, on))
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

/// What a referral shares.
pub(super) struct Sharing<'f> {
    pub(super) event: &'f Event,
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
            ConsentFact::Refused(_) | ConsentFact::Withdrawn(_) => {}
        }
    }

    pub(super) fn tell_consent(&mut self, event: &Event, fact: &'f ConsentFact) {
        match fact {
            ConsentFact::Withdrawn(body) => {
                if let Some(consent) = self.journey.consents.get_mut(&body.consent) {
                    consent.withdrawn.push((event.occurred, &body.purposes));
                } else {
                    let detail = format!("no consent {} was given", body.consent);
                    self.note(event, Rule::ConsentUnknown, detail);
                }
            }
            ConsentFact::Given(_) | ConsentFact::Refused(_) | ConsentFact::Overridden(_) => {}
        }
    }

    /// Notes what shares more than a consent or an override lets it share. Asked once every withdrawal
    /// is known.
    pub(super) fn check_sharings(&mut self) {
        for sharing in std::mem::take(&mut self.sharings) {
            let Sharing {
                event,
                agency,
                categories,
                consent,
            } = sharing;
            let on = event.occurred;
            let covered = match consent.map(|id| self.journey.consents.get(&id)) {
                Some(named) => named.is_some_and(|named| lets(named, agency, categories, on)),
                None => self.journey.may_disclose(agency, categories, on),
            };
            if covered {
                continue;
            }
            let basis = consent.map_or_else(
                || "no consent or override covers".to_owned(),
                |id| format!("consent {id} does not cover"),
            );
            let shared: Vec<&str> = categories
                .iter()
                .map(|category| category.as_str())
                .collect();
            let shared = if shared.is_empty() {
                "nothing".to_owned()
            } else {
                shared.join(", ")
            };
            let detail = format!("{basis} a referral to {agency} on {on} that discloses {shared}");
            self.note(event, Rule::ConsentMissing, detail);
        }
    }
}
