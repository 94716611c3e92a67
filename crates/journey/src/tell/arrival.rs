//! Announced, received, registered: how a journey begins.

use homeward_events::catalogue::{Notice as NoticeFact, Reception as ReceptionFact};
use homeward_events::{Body, Event};

use super::Telling;
use crate::finding::Rule;
use crate::journey::{Notice, Origin};
use crate::order::Strand;

impl<'f> Telling<'f> {
    pub(super) fn tell_notice(&mut self, fact: &'f NoticeFact) {
        let journey = &mut self.journey;
        match (fact, &mut journey.notice) {
            (NoticeFact::Notified(body), notice) => {
                journey.sex = body.sex.or(journey.sex);
                *notice = Some(Notice {
                    expected_on: body.expected_on.0,
                    port: body.port.as_ref(),
                    batch: body.batch.as_ref(),
                    line: body.line,
                    carrier: body.carrier.as_deref(),
                    sending_country: &body.sending_country,
                    return_type: body.return_type,
                    grounds: body.grounds,
                    medical_information: body.medical_information,
                    criminal_information: body.criminal_information,
                    cancelled: false,
                });
            }
            (NoticeFact::Changed(body), Some(notice)) => {
                notice.expected_on = body.expected_on.map_or(notice.expected_on, |day| day.0);
                notice.port = body.port.as_ref().or(notice.port);
                notice.batch = body.batch.as_ref().or(notice.batch);
                notice.carrier = body.carrier.as_deref().or(notice.carrier);
                let (medical, criminal) = (body.medical_information, body.criminal_information);
                notice.medical_information = medical.unwrap_or(notice.medical_information);
                notice.criminal_information = criminal.unwrap_or(notice.criminal_information);
            }
            (NoticeFact::Cancelled(_), Some(notice)) => notice.cancelled = true,
            (NoticeFact::Changed(_) | NoticeFact::Cancelled(_), None) => {
                self.misfits.insert(Strand::Notice);
                self.unheard += 1;
            }
        }
    }

    pub(super) fn tell_reception(&mut self, event: &'f Event, fact: &'f ReceptionFact) {
        match fact {
            ReceptionFact::Received(_) | ReceptionFact::Registered(_) => {
                self.keepers.push((event, &event.agency));
            }
            ReceptionFact::NotArrived(_) => {}
        }
        let journey = &mut self.journey;
        match fact {
            ReceptionFact::Received(body) => {
                journey.sex = Some(body.sex);
                journey.born = body.born.or(journey.born);
                journey.area = body.area.as_ref().or(journey.area);
                journey.programme = body.programme.as_ref().or(journey.programme);
                journey.site = Some(&body.site);
                journey.agency = Some(&event.agency);
                journey.origin.get_or_insert(Origin {
                    event: event.id,
                    on: event.occurred,
                    site: &body.site,
                    return_type: body.return_type,
                    grounds: body.grounds,
                    sending_country: &body.sending_country,
                    group: body.group,
                    batch: body.batch.as_ref(),
                });
            }
            ReceptionFact::Registered(body) => {
                journey.area = body.area.as_ref().or(journey.area);
                journey.programme = body.programme.as_ref().or(journey.programme);
                journey.site = Some(&body.site);
                journey.agency = Some(&event.agency);
                journey.registered = true;
                journey.cohort.extend(
                    body.cohort
                        .iter()
                        .map(|(name, value)| (name.as_str(), *value)),
                );
            }
            ReceptionFact::NotArrived(_) => journey.not_arrived = true,
        }
    }

    /// A registration begins a journey too: migrants, refugees and members of the host community
    /// are received by nobody. Somebody who did not arrive may be told so without a notice, but
    /// nothing else can be told of them before they are received.
    pub(super) fn check_origin(&mut self, facts: &[&'f Event]) {
        let journey = &self.journey;
        if journey.origin.is_some() || journey.notice.is_some() || journey.registered {
            return;
        }
        for event in facts.iter().filter(|event| needs_origin(&event.body)) {
            self.note(
                event,
                Rule::OriginMissing,
                "no notice, reception or registration is known",
            );
        }
    }
}

/// Corrections, erasure and access must be heard even where the reception itself was retracted.
fn needs_origin(body: &Body) -> bool {
    match body {
        Body::Reception(_)
        | Body::Correction(_)
        | Body::Erasure(_)
        | Body::Access(_)
        | Body::Cut(_)
        | Body::Directory(_) => false,
        Body::Notice(_)
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
        | Body::Lifecycle(_) => true,
    }
}
