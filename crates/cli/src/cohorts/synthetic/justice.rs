//! Justice: rare, slow and not always right. Most people are never arrested after return.

use homeward_events::Body;
use homeward_events::correction::{CorrectionReason, Retracted};
use homeward_events::id::{CaseId, SpellId};
use homeward_events::justice::{
    Acquitted, Arrested, BreachKind, Charged, Convicted, CustodyEntered, CustodyLeft,
    CustodyReason, Disposal, Quashed, Severity, SupervisionBreached,
};
use homeward_events::time::{OccurredOn, Precision};
use homeward_events::vocabulary::Grounds;

use super::person::Return;
use super::story::{Desk, Moment, Note, Story};

/// Arrests in the first two years, per thousand people returned without an offence; three times as
/// many after one.
const ARRESTED_PERMILLE: u32 = 28;

impl Story<'_> {
    /// What police, courts and prisons report before `until`. When the person went to prison for a
    /// new offence, if they did.
    pub(super) fn justice(&mut self, back: &Return, until: Moment) -> Option<Moment> {
        let times = if back.after_offence() { 3 } else { 1 };
        if back.after_offence() && self.random.chance(40) {
            self.breach(back, until);
        }
        if self.random.chance(4) {
            self.mistake(back, until);
        }
        if !self.random.chance(ARRESTED_PERMILLE * times) {
            return None;
        }
        let at = self.workday(back.arrives, (14, 640)).hours_on(6);
        (at < until).then(|| self.case(at, until)).flatten()
    }

    fn case(&mut self, at: Moment, until: Moment) -> Option<Moment> {
        let case = CaseId::from_uuid(self.uuid());
        let class = self.random.one_of(
            Grounds::Larceny,
            &[
                Grounds::Drugs,
                Grounds::Assault,
                Grounds::Other,
                Grounds::Fraud,
                Grounds::Firearms,
            ],
        );
        let severity = self.random.weighted(
            Severity::Summary,
            &[
                (300, Severity::EitherWay),
                (180, Severity::Indictable),
                (60, Severity::NotKnown),
            ],
        );
        let offence = OccurredOn::Day(at.days_on(-self.random.between(0, 9)).day());
        let jurisdiction = Some(self.place.country.clone());
        let arrested = Arrested {
            case,
            offence_on: self.random.chance(700).then_some(offence),
            class: self.random.chance(800).then_some(class),
            severity: self.random.chance(600).then_some(severity),
            jurisdiction: jurisdiction.clone(),
            personal: None,
        };
        let late = self.random.weighted(0, &[(200, 6), (100, 33)]);
        self.tell(Note::at(at, Desk::Police).late(late), arrested);
        let remand = self
            .random
            .chance(350)
            .then(|| self.custody(at, case, CustodyReason::Remand));
        let charged_at = self.workday(at, (1, 12));
        if charged_at >= until || !self.random.chance(620) {
            self.leave(remand, charged_at, until);
            return None;
        }
        let charged = Charged {
            case,
            offence_on: Some(offence),
            class: Some(class),
            severity: Some(severity),
            jurisdiction: jurisdiction.clone(),
        };
        // Never before the arrest is on record, which nothing else waits for.
        self.tell(Note::on(charged_at, Desk::Police).late(late), charged);
        let decided_at = self.workday(charged_at, (20, 240));
        let bailed_at = self.workday(charged_at, (1, 60)).min(decided_at);
        self.leave(remand, bailed_at, until);
        if decided_at >= until {
            return None;
        }
        let convicted = Convicted {
            case,
            offence_on: offence,
            class,
            severity,
            disposal: Disposal::Fine,
            jurisdiction,
            personal: None,
        };
        self.decide(convicted, decided_at, late, until)
    }

    /// The court's decision, often heard of late; when the person went to prison, if they did.
    fn decide(
        &mut self,
        charge: Convicted,
        decided_at: Moment,
        late: i64,
        until: Moment,
    ) -> Option<Moment> {
        let case = charge.case;
        let late = late + self.random.weighted(1, &[(300, 45), (150, 160)]);
        if self.random.chance(420) {
            self.tell(
                Note::on(decided_at, Desk::Court).late(late),
                Acquitted { case },
            );
            return None;
        }
        let disposal = self.random.weighted(
            Disposal::Fine,
            &[
                (190, Disposal::Custody),
                (130, Disposal::SuspendedCustody),
                (200, Disposal::Community),
                (120, Disposal::Caution),
                (60, Disposal::Discharge),
                (20, Disposal::Other),
            ],
        );
        self.tell(
            Note::on(decided_at, Desk::Court).late(late),
            Convicted { disposal, ..charge },
        );
        let quashed_at = self.workday(decided_at, (60, 200));
        if quashed_at < until && self.random.chance(120) {
            self.tell(
                Note::on(quashed_at, Desk::Court).late(late),
                Quashed { case },
            );
        }
        if disposal != Disposal::Custody {
            return None;
        }
        let spell = self.custody(decided_at.hours_on(2), case, CustodyReason::NewOffence);
        let months = self.random.between(2, 18);
        self.leave(Some(spell), decided_at.days_on(30 * months), until);
        Some(decided_at)
    }

    fn custody(&mut self, at: Moment, case: CaseId, reason: CustodyReason) -> SpellId {
        let spell = SpellId::from_uuid(self.uuid());
        let entered = CustodyEntered {
            spell,
            reason,
            case: Some(case),
        };
        self.tell(Note::on(at, Desk::Prison), entered);
        spell
    }

    fn leave(&mut self, spell: Option<SpellId>, at: Moment, until: Moment) {
        if let Some(spell) = spell.filter(|_| at < until) {
            self.tell(Note::on(at, Desk::Prison), CustodyLeft { spell });
        }
    }

    /// A condition of supervision broken: no offence, and rarely a return to custody.
    fn breach(&mut self, back: &Return, until: Moment) {
        let at = self.workday(back.arrives, (30, 300));
        if at >= until {
            return;
        }
        let breached = SupervisionBreached {
            kind: self.random.one_of(
                BreachKind::MissedAppointment,
                &[
                    BreachKind::FailedTest,
                    BreachKind::LeftArea,
                    BreachKind::OtherTechnical,
                ],
            ),
            hearing_on: Some(at.days_on(14).civil()),
        };
        self.tell(Note::on(at, Desk::Probation), breached);
        let hearing = self.workday(at, (14, 14));
        if hearing < until && self.random.chance(200) {
            let spell = SpellId::from_uuid(self.uuid());
            let reason = CustodyReason::TechnicalBreach;
            self.tell(
                Note::on(hearing, Desk::Prison),
                CustodyEntered {
                    spell,
                    reason,
                    case: None,
                },
            );
            let out = self.workday(hearing, (14, 60));
            self.leave(Some(spell), out, until);
        }
    }

    /// Somebody else's arrest on this record, taken back when it is noticed; at times the taking back
    /// was itself a slip, and is taken back and done again.
    fn mistake(&mut self, back: &Return, until: Moment) {
        let at = self.workday(back.arrives, (20, 300));
        if at >= until {
            return;
        }
        let arrested = Arrested {
            case: CaseId::from_uuid(self.uuid()),
            offence_on: None,
            class: None,
            severity: None,
            jurisdiction: Some(self.place.country.clone()),
            personal: None,
        };
        let note = Note::at(at, Desk::Police).to(Precision::Instant);
        let event = self.tell(note, arrested);
        let reason = CorrectionReason::WrongPerson;
        let retracted = |event| Body::from(Retracted { event, reason });
        let at = self.workday(at, (2, 12));
        let first = self.tell(
            Note::at(at, Desk::Registrar).because(event),
            retracted(event),
        );
        if self.random.chance(250) {
            let reason = CorrectionReason::EntryError;
            let at = self.workday(at, (1, 5));
            let back = Retracted {
                event: first,
                reason,
            };
            self.tell(Note::at(at, Desk::Registrar).because(first), back);
            let at = self.workday(at, (1, 5));
            self.tell(
                Note::at(at, Desk::Registrar).because(event),
                retracted(event),
            );
        }
    }
}
