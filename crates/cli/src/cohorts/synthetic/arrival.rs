//! Arrival: announced, received, screened, registered, asked for consent.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Body;
use homeward_events::consent::{
    ConsentForm, DataCategory, Given, Overridden, OverrideGround, Purpose, Refused,
};
use homeward_events::id::{AgencyId, ConsentId, EventId, SpellId};
use homeward_events::notice::{Cancelled, Changed, Notified};
use homeward_events::reception::{
    Document, Need, NotArrived, NotArrivedReason, Received, Registered,
};
use homeward_events::screening::{
    Completed, Depth, FactorLevel, ScreeningKind, ScreeningResult, UrgentFlag, VulnerabilityLevel,
};
use homeward_events::status::{Housed, HousingKind};
use homeward_events::vocabulary::{Answer, Missing, Provided};

use super::person::Return;
use super::random::Random;
use super::story::{Desk, Moment, Note, Story};

/// What people need at the port, per thousand.
const NEEDS: [(u32, Need); 12] = [
    (800, Need::Meals),
    (600, Need::HygieneKit),
    (300, Need::Clothing),
    (700, Need::Transport),
    (220, Need::Shelter),
    (500, Need::Phone),
    (350, Need::Cash),
    (120, Need::Medical),
    (90, Need::PsychologicalFirstAid),
    (80, Need::FamilyTracing),
    (450, Need::Documents),
    (20, Need::Interpreter),
];

/// What they hold, per thousand.
const DOCUMENTS: [(u32, Document); 6] = [
    (180, Document::Passport),
    (700, Document::EmergencyTravelDocument),
    (150, Document::NationalId),
    (220, Document::BirthCertificate),
    (90, Document::DrivingLicence),
    (110, Document::TaxOrSocialSecurity),
];

/// What is urgent where something is found, per thousand.
const URGENT: [(u32, UrgentFlag); 10] = [
    (60, UrgentFlag::MedicalEmergency),
    (160, UrgentFlag::MedicationContinuity),
    (30, UrgentFlag::SelfHarm),
    (50, UrgentFlag::ThreatToLife),
    (40, UrgentFlag::Trafficking),
    (50, UrgentFlag::GenderBasedViolence),
    (15, UrgentFlag::UnaccompaniedChild),
    (260, UrgentFlag::Homeless),
    (20, UrgentFlag::Pregnancy),
    (70, UrgentFlag::Disability),
];

/// What a person let be shared.
#[derive(Debug, Clone)]
pub(super) struct Agreement {
    /// The consent; `None` for an override.
    pub(super) consent: Option<ConsentId>,
    /// To these agencies only; empty means to all.
    pub(super) agencies: BTreeSet<AgencyId>,
    pub(super) categories: BTreeSet<DataCategory>,
    pub(super) from: Moment,
    /// From here on it no longer holds.
    pub(super) until: Moment,
}

impl Agreement {
    pub(super) fn lets(&self, agency: &AgencyId, at: Moment) -> bool {
        self.from <= at
            && at < self.until
            && (self.agencies.is_empty() || self.agencies.contains(agency))
    }
}

/// A registration, as it was entered.
#[derive(Debug, Clone)]
pub(super) struct Registration {
    pub(super) at: Moment,
    pub(super) event: Option<EventId>,
    pub(super) registered: Registered,
}

/// Each word with its chance per thousand.
fn some<T: Ord + Copy>(random: &mut Random, choices: &[(u32, T)]) -> BTreeSet<T> {
    choices
        .iter()
        .filter(|(permille, _)| random.chance(*permille))
        .map(|(_, choice)| *choice)
        .collect()
}

impl Story<'_> {
    /// What the sending state announces. The event, if it did.
    pub(super) fn announce(&mut self, back: &Return) -> Option<EventId> {
        // Who comes alone is announced less often.
        if back.charter.is_none() && self.random.chance(350) {
            return None;
        }
        let at = self.workday(back.arrives, (-14, -6));
        let late = self.random.chance(120);
        let expected = if late {
            back.arrives.days_on(-1)
        } else {
            back.arrives
        };
        let number = self.random.between(100, 999);
        let carrier = format!("SYN {number}");
        let announced = Notified {
            expected_on: expected.civil(),
            port: Some(self.place.airport.clone()),
            carrier: Some(carrier),
            batch: back.charter.clone(),
            line: (back.line > 0).then_some(back.line),
            sending_country: back.sender.clone(),
            return_type: back.kind,
            grounds: back.grounds,
            group: Some(back.group),
            sex: Some(back.person.sex),
            medical_information: self.random.weighted(
                Provided::None,
                &[(150, Provided::Provided), (500, Provided::NotProvided)],
            ),
            criminal_information: if back.after_offence() {
                self.random
                    .weighted(Provided::Provided, &[(300, Provided::NotProvided)])
            } else {
                self.random
                    .weighted(Provided::None, &[(400, Provided::NotProvided)])
            },
            personal: None,
        };
        let notice = self.tell(Note::on(at, Desk::Manifest), announced);
        if late {
            let changed = Changed {
                expected_on: Some(back.arrives.civil()),
                port: None,
                carrier: None,
                batch: None,
                medical_information: None,
                criminal_information: None,
            };
            let at = self.workday(back.arrives, (-5, -2));
            self.tell(Note::on(at, Desk::Manifest).because(notice), changed);
        }
        Some(notice)
    }

    /// Announced, and never received.
    pub(super) fn stay_away(&mut self, back: &Return) {
        let Some(notice) = self.announce(back) else {
            return;
        };
        if self.random.chance(400) {
            let at = self.workday(back.arrives, (-1, -1));
            let cancelled = Cancelled {
                reason: Some("stay of removal granted".to_owned()),
            };
            self.tell(Note::on(at, Desk::Manifest).because(notice), cancelled);
        } else {
            let reason = self.random.weighted(
                NotArrivedReason::NotOnBoard,
                &[
                    (150, NotArrivedReason::TransportCancelled),
                    (60, NotArrivedReason::TurnedBack),
                    (120, NotArrivedReason::LeftBeforeReception),
                    (50, NotArrivedReason::NotKnown),
                ],
            );
            let missing = NotArrived {
                expected_on: back.arrives.civil(),
                reason,
            };
            let at = back.arrives.hours_on(5);
            self.tell(Note::on(at, Desk::Border).because(notice), missing);
        }
    }

    /// Received at the port.
    pub(super) fn receive(&mut self, back: &Return, notice: Option<EventId>) {
        let random = &mut self.random;
        let needs = some(random, &NEEDS);
        let given = needs
            .iter()
            .copied()
            .filter(|_| random.chance(750))
            .collect();
        let documents = some(random, &DOCUMENTS);
        let roof = match random.below(100) {
            0..8 => Answer::Missing(Missing::NotAsked),
            8..12 => Answer::Missing(Missing::RefusedToSay),
            12..15 => Answer::Missing(Missing::NotKnown),
            drawn => Answer::Known(drawn >= 35),
        };
        let mut aside = random.aside();
        let personal = back.person.names.written(&mut aside, back);
        let received = Received {
            site: self.place.airport.clone(),
            return_type: back.kind,
            grounds: back.grounds,
            sending_country: back.sender.clone(),
            group: Some(back.group),
            sex: back.person.sex,
            born: Some(back.person.born),
            area: back.area.clone(),
            batch: back.charter.clone(),
            programme: Some(self.place.programme.clone()),
            years_abroad: Some(random.few(0, 25)),
            companions: random.chance(60).then_some(1),
            minors: random.chance(40).then(|| random.few(1, 3)),
            documents,
            needs,
            given,
            medical_information: None,
            criminal_information: None,
            place_to_stay: Some(roof),
            personal: Some(personal),
        };
        let note = Note::at(back.arrives, Desk::Border);
        let note = notice.map_or(note, |notice| note.because(notice));
        self.tell(note, received);
    }

    /// Looked at for what cannot wait; whether something was found.
    pub(super) fn screen(&mut self, back: &Return, at: Moment, depth: Depth) -> bool {
        let hard = back.standing < 45;
        let kind = self.random.weighted(
            ScreeningKind::Vulnerability,
            &[
                (250, ScreeningKind::Health),
                (120, ScreeningKind::MentalHealth),
                (200, ScreeningKind::ProtectionRisk),
            ],
        );
        let positive = self.random.chance(if hard { 420 } else { 130 });
        let result = if positive {
            ScreeningResult::Positive
        } else {
            self.random.weighted(
                ScreeningResult::Negative,
                &[
                    (60, ScreeningResult::Inconclusive),
                    (50, ScreeningResult::Declined),
                ],
            )
        };
        let urgent = if positive {
            some(&mut self.random, &URGENT)
        } else {
            BTreeSet::new()
        };
        let levels = FactorLevel::ALL
            .iter()
            .map(|level| (300, *level))
            .collect::<Vec<_>>();
        let level = match back.standing {
            ..38 => VulnerabilityLevel::High,
            38..50 => VulnerabilityLevel::Medium,
            _ => VulnerabilityLevel::Low,
        };
        let screened = Completed {
            kind,
            depth,
            result,
            site: Some(self.place.airport.clone()),
            urgent,
            vulnerability: (depth == Depth::Full).then_some(level),
            risk_factors: some(&mut self.random, &levels),
            protective_factors: some(&mut self.random, &levels),
            personal: None,
        };
        self.tell(Note::at(at, Desk::Health), screened);
        positive
    }

    /// Registered with the programme, with where the person lives first. When, and with what.
    pub(super) fn register(&mut self, back: &Return) -> (Registration, SpellId) {
        let at = self.workday(back.arrives, (1, 4));
        let registered = Registered {
            site: self.place.office_site.clone(),
            programme: Some(self.place.programme.clone()),
            area: back.area.clone(),
            dependants: Some(self.random.few(0, 4)),
            cohort: BTreeMap::new(),
            personal: None,
        };
        let spell = SpellId::from_uuid(self.uuid());
        let housed = Housed {
            spell,
            kind: self.random.weighted(
                HousingKind::WithFamily,
                &[
                    (110, HousingKind::WithFriends),
                    (90, HousingKind::Shelter),
                    (60, HousingKind::Transitional),
                    (30, HousingKind::Street),
                    (80, HousingKind::Own),
                    (8, HousingKind::Institution),
                ],
            ),
            area: back.area.clone(),
        };
        let bodies = vec![housed.into(), registered.clone().into()];
        let event = self.tell_together(Note::on(at, Desk::Office), bodies).pop();
        (
            Registration {
                at,
                event,
                registered,
            },
            spell,
        )
    }

    /// Asked for consent: what may be shared from then on, if anything.
    pub(super) fn ask_consent(&mut self, at: Moment) -> Option<Agreement> {
        if self.random.chance(70) {
            let refused = Refused {
                purposes: BTreeSet::from([Purpose::Referral, Purpose::Evaluation]),
                agencies: BTreeSet::new(),
            };
            self.tell(Note::on(at, Desk::Office), refused);
            return self.random.chance(200).then(|| self.override_consent(at));
        }
        if self.random.chance(90) {
            let refused = Refused {
                purposes: BTreeSet::from([Purpose::Evaluation]),
                agencies: BTreeSet::new(),
            };
            self.tell(Note::on(at, Desk::Office), refused);
        }
        Some(self.give_consent(at))
    }

    /// Consent to referrals, among other things.
    pub(super) fn give_consent(&mut self, at: Moment) -> Agreement {
        let consent = ConsentId::from_uuid(self.uuid());
        let mut purposes = some(
            &mut self.random,
            &[
                (950, Purpose::FollowUp),
                (700, Purpose::Evaluation),
                (200, Purpose::FamilyTracing),
            ],
        );
        purposes.extend([Purpose::CaseManagement, Purpose::Referral]);
        let mut categories = some(
            &mut self.random,
            &[
                (500, DataCategory::Health),
                (150, DataCategory::Criminal),
                (250, DataCategory::Protection),
                (600, DataCategory::Assessment),
            ],
        );
        categories.extend([
            DataCategory::Identity,
            DataCategory::Contact,
            DataCategory::Needs,
        ]);
        let agencies: BTreeSet<AgencyId> = if self.random.chance(300) {
            let listed = self
                .place
                .providers
                .iter()
                .filter(|_| self.random.chance(600));
            listed.map(|provider| provider.agency.clone()).collect()
        } else {
            BTreeSet::new()
        };
        let until = at.midnight().days_on(self.random.one_of(365, &[730, 730]));
        let given = Given {
            consent,
            purposes,
            agencies: agencies.clone(),
            categories: categories.clone(),
            form: self.random.weighted(
                ConsentForm::Written,
                &[(200, ConsentForm::Verbal), (15, ConsentForm::Guardian)],
            ),
            expires_on: Some(until.days_on(-1).civil()),
            language: Some(self.place.language.to_owned()),
        };
        self.tell(Note::on(at, Desk::Office), given);
        Agreement {
            consent: Some(consent),
            agencies,
            categories,
            from: at.midnight(),
            until,
        }
    }

    fn override_consent(&mut self, at: Moment) -> Agreement {
        let at = at.hours_on(1);
        let until = at.midnight().days_on(4);
        let overridden = Overridden {
            ground: self.random.weighted(
                OverrideGround::LifeAtRisk,
                &[
                    (250, OverrideGround::UnableToConsent),
                    (80, OverrideGround::ChildProtection),
                    (120, OverrideGround::LegalObligation),
                ],
            ),
            purposes: BTreeSet::from([Purpose::Referral]),
            agencies: BTreeSet::new(),
            decided_by: self.place.supervisor.clone(),
            evidence: format!("synthetic file note {}", self.random.between(1, 999)),
            expires_on: Some(until.days_on(-1).civil()),
            personal: None,
        };
        self.tell(Note::on(at, Desk::Supervisor), overridden);
        Agreement {
            consent: None,
            agencies: BTreeSet::new(),
            categories: BTreeSet::from([DataCategory::Identity, DataCategory::Health]),
            from: at.midnight(),
            until,
        }
    }

    /// Facts in the order given, in one commit.
    pub(super) fn all(&mut self, note: Note<'_>, bodies: impl IntoIterator<Item = Body>) {
        self.tell_together(note, bodies.into_iter().collect());
    }
}
