//! What is done with the record itself: corrected, linked, looked at, passed on, erased.

use std::collections::BTreeSet;

use homeward_events::Body;
use homeward_events::access::{Disclosed, GlassBroken};
use homeward_events::consent::{DataCategory, Purpose};
use homeward_events::correction::{CorrectionReason, Replaced, Retracted};
use homeward_events::erasure::{Completed, ErasureBasis, Requested};
use homeward_events::id::{EventId, JourneyId, RequestId, TransferId};
use homeward_events::lifecycle::{
    LinkBasis, Linked, Related, Relation, TransferDeclineReason, TransferDeclined,
    TransferProposed, TransferReason, TransferWithdrawn, Transferred, Unlinked, Unrelated,
};
use homeward_events::reception::Registered;
use homeward_events::time::OccurredOn;

use super::arrival::Registration;
use super::person::Return;
use super::story::{Desk, Moment, Note, Story};

impl Story<'_> {
    /// A registration entered with the wrong area, or twice.
    pub(super) fn correct(&mut self, registration: Registration) {
        let Registration {
            at,
            event: Some(event),
            registered: body,
        } = registration
        else {
            return;
        };
        let later = self.workday(at, (1, 30));
        let note = Note::on(at, Desk::Office).because(event);
        match self.random.below(1000) {
            0..35 => {
                let area = self.random.pick(&self.place.areas).cloned();
                let right = Registered { area, ..body };
                self.tell_instead(note, later, right.into(), |by| {
                    let reason = CorrectionReason::EntryError;
                    Replaced { event, by, reason }.into()
                });
            }
            35..55 => {
                let again = self.tell(Note::on(at.hours_on(1), Desk::Office), body);
                let reason = CorrectionReason::Duplicate;
                let note = Note::at(later, Desk::Registrar).because(again);
                self.tell(
                    note,
                    Retracted {
                        event: again,
                        reason,
                    },
                );
            }
            _ => {}
        }
    }

    /// The same human being as in an earlier journey; or so it seemed.
    pub(super) fn link(&mut self, back: &Return, other: JourneyId) {
        let at = self.workday(back.arrives, (5, 40));
        let basis = self.random.one_of(
            LinkBasis::Document,
            &[
                LinkBasis::Biometric,
                LinkBasis::SelfReported,
                LinkBasis::Review,
            ],
        );
        let linked = self.tell(Note::on(at, Desk::Registrar), Linked { other, basis });
        if self.random.chance(150) {
            let at = self.workday(at, (3, 60));
            let reason = Some("two people with similar papers".to_owned());
            let apart = self.tell(
                Note::on(at, Desk::Registrar).because(linked),
                Unlinked { other, reason },
            );
            self.relate(at, other, apart);
        }
    }

    /// Two people with similar papers may be brothers, or no relatives at all.
    fn relate(&mut self, at: Moment, other: JourneyId, because: EventId) {
        if !self.random.chance(600) {
            return;
        }
        let related = Related {
            other,
            relation: Relation::Sibling,
            household: None,
        };
        let related = self.tell(Note::on(at, Desk::Office).because(because), related);
        if self.random.chance(400) {
            let at = self.workday(at, (1, 20));
            let reason = Some("no relatives, it turned out".to_owned());
            self.tell(
                Note::on(at, Desk::Office).because(related),
                Unrelated { other, reason },
            );
        }
    }

    /// Passed on to another office, at the second attempt in some cases.
    pub(super) fn transfer(&mut self, at: Moment) {
        let mut at = at;
        for accepted in [self.random.chance(700), true] {
            if self.over(at) {
                return;
            }
            let transfer = TransferId::from_uuid(self.uuid());
            let (to, site) = (
                self.place.second_office.clone(),
                Some(self.place.second_office_site.clone()),
            );
            let proposed = TransferProposed {
                transfer,
                to: to.clone(),
                site: site.clone(),
                ledger: None,
                reason: TransferReason::Moved,
                consent: None,
            };
            let proposed = self.tell(Note::on(at, Desk::Supervisor), proposed);
            at = self.workday(at, (1, 8));
            if self.over(at) {
                return;
            }
            if self.random.chance(60) {
                let reason = Some("the person stays after all".to_owned());
                let note = Note::on(at, Desk::Supervisor).because(proposed);
                self.tell(note, TransferWithdrawn { transfer, reason });
                return;
            }
            // The answer is the other office's to give.
            self.moved = true;
            let note = Note::on(at, Desk::Supervisor).because(proposed);
            if accepted {
                let transferred = Transferred {
                    transfer: Some(transfer),
                    to,
                    site,
                    accepted,
                };
                self.tell(note, transferred);
                return;
            }
            let reason = TransferDeclineReason::NoCapacity;
            self.tell(note, TransferDeclined { transfer, reason });
            self.moved = false;
            at = self.workday(at, (5, 20));
        }
    }

    /// Somebody looked.
    pub(super) fn disclose(&mut self, at: Moment, to_providers: bool) {
        if self.random.chance(160)
            && let Some(provider) = self.random.pick(&self.place.providers)
            && to_providers
        {
            let disclosed = Disclosed {
                to: provider.worker.clone(),
                agency: provider.agency.clone(),
                purpose: Purpose::Referral,
                categories: BTreeSet::from([DataCategory::Identity, DataCategory::Needs]),
                reason: Some("first appointment".to_owned()),
            };
            self.tell(Note::at(at, Desk::Provider(provider)), disclosed);
        }
        if self.random.chance(5) {
            let until = at.days_on(1).day();
            let broken = GlassBroken {
                by: self.place.registrar.clone(),
                reason: "unconscious on arrival at the clinic".to_owned(),
                categories: BTreeSet::from([DataCategory::Health]),
                until: OccurredOn::Day(until),
                notified: self.place.supervisor.clone(),
            };
            self.tell(Note::at(at.hours_on(2), Desk::Health), broken);
        }
    }

    /// Erased at the person's wish.
    pub(super) fn erase(&mut self, back: &Return) {
        let at = self.workday(back.arrives, (200, 500));
        let request = RequestId::from_uuid(self.uuid());
        let basis = self.random.one_of(
            ErasureBasis::SubjectRequest,
            &[ErasureBasis::ConsentWithdrawn, ErasureBasis::Safety],
        );
        let approved_by =
            BTreeSet::from([self.place.supervisor.clone(), self.place.registrar.clone()]);
        let requested = Requested {
            request,
            basis,
            categories: BTreeSet::new(),
            approved_by,
        };
        let requested = self.tell(Note::on(at, Desk::Registrar), requested);
        let at = self.workday(at, (2, 20));
        let key = self.uuid().simple().to_string();
        let completed = Completed {
            request,
            destroyed_keys: BTreeSet::from([key.repeat(2)]),
        };
        self.tell(
            Note::on(at, Desk::Registrar).because(requested),
            Body::from(completed),
        );
    }
}
