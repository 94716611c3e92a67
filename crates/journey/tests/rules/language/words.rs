//! The words of the row language: one for each event type, with just what rules look at.

use std::collections::BTreeSet;
use std::str::FromStr;

use homeward_events::id::{
    CaseId, ConsentId, GoalId, JourneyId, LogDigest, ReferralId, RequestId, SpellId,
};
use homeward_events::time::Day;
use homeward_events::vocabulary::{Grounds, ReturnType, Sex, Wave};
use homeward_events::{
    Body, access, assessment, consent, correction, cut, departure, directory, erasure, justice,
    lifecycle, notice, reception, referral, screening, status, vocabulary,
};

use super::{DAY_0, Words, cases, event_id, support, uuid};

pub(super) fn parsed<T: FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse()
        .unwrap_or_else(|error| panic!("`{text}`: {error:?}"))
}

fn set<T: FromStr<Err: std::fmt::Debug> + Ord>(texts: Vec<&str>) -> BTreeSet<T> {
    texts.into_iter().map(parsed).collect()
}

pub(super) fn or<T: FromStr<Err: std::fmt::Debug>>(
    words: &mut Words<'_>,
    name: &str,
    default: T,
) -> T {
    words.option(name).map_or(default, parsed)
}

/// The body that the words say.
pub(crate) fn body(words: &mut Words<'_>) -> Body {
    let what = words.next("what happened");
    let family = [
        arrival,
        consents,
        referrals,
        support::body,
        observations,
        justices,
        cases::body,
        records,
    ];
    family
        .iter()
        .find_map(|read| read(what, words))
        .unwrap_or_else(|| panic!("unknown word `{what}` in `{}`", words.row))
}

fn arrival(what: &str, words: &mut Words<'_>) -> Option<Body> {
    Some(match what {
        "notified" => notice::Notified {
            expected_on: Day(words.day("on").unwrap_or(DAY_0)),
            port: None,
            carrier: None,
            batch: None,
            line: None,
            sending_country: parsed("US"),
            return_type: ReturnType::Deported,
            grounds: Grounds::Immigration,
            group: None,
            sex: None,
            medical_information: vocabulary::Provided::NotProvided,
            criminal_information: vocabulary::Provided::NotProvided,
            personal: None,
        }
        .into(),
        "notice-changed" => notice::Changed {
            expected_on: words.day("on").map(Day),
            port: None,
            carrier: None,
            batch: None,
            medical_information: None,
            criminal_information: None,
        }
        .into(),
        "notice-cancelled" => notice::Cancelled { reason: None }.into(),
        "received" => received().into(),
        "not-arrived" => reception::NotArrived {
            expected_on: Day(DAY_0),
            reason: reception::NotArrivedReason::NotOnBoard,
        }
        .into(),
        "registered" => reception::Registered {
            site: parsed("office"),
            programme: None,
            area: None,
            dependants: None,
            cohort: [].into(),
            personal: None,
        }
        .into(),
        _ => return None,
    })
}

fn received() -> reception::Received {
    reception::Received {
        site: parsed("port"),
        return_type: ReturnType::Deported,
        grounds: Grounds::Immigration,
        sending_country: parsed("US"),
        group: None,
        sex: Sex::NotKnown,
        born: None,
        area: None,
        batch: None,
        programme: None,
        years_abroad: None,
        companions: None,
        minors: None,
        documents: [].into(),
        needs: [].into(),
        given: [].into(),
        medical_information: None,
        criminal_information: None,
        place_to_stay: None,
        personal: None,
    }
}

fn consents(what: &str, words: &mut Words<'_>) -> Option<Body> {
    let mut key = || ConsentId::from_uuid(uuid(words.next("a consent")));
    Some(match what {
        "consent-given" => consent::Given {
            consent: key(),
            purposes: set(words.list("for", &["referral"])),
            agencies: set(words.list("to", &[])),
            categories: set(words.list("data", &["needs"])),
            form: consent::ConsentForm::Written,
            expires_on: words.day("until").map(Day),
            language: None,
        }
        .into(),
        "consent-refused" => {
            let purposes = set(words.list("for", &["referral"]));
            consent::Refused {
                purposes,
                agencies: [].into(),
            }
            .into()
        }
        "consent-withdrawn" => {
            let consent = key();
            consent::Withdrawn {
                consent,
                purposes: set(words.list("for", &[])),
            }
            .into()
        }
        "consent-overridden" => consent::Overridden {
            ground: consent::OverrideGround::LifeAtRisk,
            purposes: set(words.list("for", &["referral"])),
            agencies: set(words.list("to", &[])),
            decided_by: parsed("supervisor"),
            evidence: "file 12".to_owned(),
            expires_on: words.day("until").map(Day),
            personal: None,
        }
        .into(),
        _ => return None,
    })
}

fn referrals(what: &str, words: &mut Words<'_>) -> Option<Body> {
    let step = what.strip_prefix("referral-")?;
    let referral = ReferralId::from_uuid(uuid(words.next("a referral")));
    Some(match step {
        "sent" => referral::Sent {
            referral,
            to: parsed(words.option("to").unwrap_or("clinic")),
            service: None,
            directory_version: None,
            need: referral::ServiceNeed::Health,
            priority: or(words, "priority", referral::Priority::Normal),
            consent: words
                .option("under")
                .map(|key| ConsentId::from_uuid(uuid(key))),
            discloses: set(words.list("data", &["needs"])),
            goals: set(words.list("goals", &[])),
            follows: words
                .option("follows")
                .map(|key| ReferralId::from_uuid(uuid(key))),
            personal: None,
        }
        .into(),
        "received" => referral::Received { referral }.into(),
        "accepted" => referral::Accepted {
            referral,
            assigned_to: None,
        }
        .into(),
        "declined" => referral::Declined {
            referral,
            by: referral::DeclinedBy::Provider,
            reason: referral::DeclineReason::LackOfCapacity,
        }
        .into(),
        "rerouted" => referral::Rerouted {
            referral,
            to: parsed("shelter"),
            new_referral: ReferralId::from_uuid(uuid(words.option("as").unwrap_or("rerouted"))),
        }
        .into(),
        "waitlisted" => referral::Waitlisted {
            referral,
            expected_on: words.day("expected").map(Day),
        }
        .into(),
        "contacted" => referral::Contacted { referral }.into(),
        "contact-failed" => referral::ContactFailed {
            referral,
            attempt: 1,
        }
        .into(),
        "booked" => referral::Booked {
            referral,
            at: DAY_0.into(),
        }
        .into(),
        "attended" => {
            let attendance = referral::Attendance::OnTime;
            referral::Attended {
                referral,
                attendance,
            }
            .into()
        }
        "missed" => referral::Missed { referral }.into(),
        "started" => referral::Started { referral }.into(),
        "concluded" => referral::Concluded {
            referral,
            delivery: or(words, "as", referral::Delivery::Delivered),
            reason: words.option("reason").map(parsed),
            outcomes: set::<GoalId>(words.list("goals", &[]))
                .into_iter()
                .map(|goal| (goal, referral::GoalOutcome::Reached))
                .collect(),
            personal: None,
        }
        .into(),
        "withdrawn" => referral::Withdrawn {
            referral,
            by: referral::WithdrawnBy::Sender,
            reason: referral::WithdrawReason::NoLongerNeeded,
        }
        .into(),
        "consent-withdrawn" => referral::ConsentWithdrawn {
            referral,
            consent: None,
        }
        .into(),
        "reopened" => referral::Reopened {
            referral,
            reason: None,
        }
        .into(),
        _ => return None,
    })
}

fn observations(what: &str, words: &mut Words<'_>) -> Option<Body> {
    let mut spell = || SpellId::from_uuid(uuid(words.next("a spell")));
    Some(match what {
        "screened" => screening::Completed {
            kind: screening::ScreeningKind::Health,
            depth: screening::Depth::Rapid,
            result: screening::ScreeningResult::Negative,
            site: None,
            urgent: [].into(),
            vulnerability: None,
            risk_factors: [].into(),
            protective_factors: [].into(),
            personal: None,
        }
        .into(),
        "assessed" => assessment::Completed {
            instrument: assessment::InstrumentRef {
                id: parsed("example-sustainability"),
                version: 1,
                digest: None,
            },
            wave: Wave::Baseline,
            answers: [].into(),
            scores: [].into(),
            overall: None,
            delivery: None,
            assessor: None,
            personal: None,
        }
        .into(),
        "housed" => {
            let kind = status::HousingKind::WithFamily;
            status::Housed {
                spell: spell(),
                kind,
                area: None,
            }
            .into()
        }
        "employed" => {
            let kind = status::EmploymentKind::Formal;
            status::Employed {
                spell: spell(),
                kind,
                hours_a_week: None,
            }
            .into()
        }
        "enrolled" => {
            let kind = status::SchoolingKind::Vocational;
            status::Enrolled {
                spell: spell(),
                kind,
            }
            .into()
        }
        "spell-ended" => status::Ended {
            spell: spell(),
            reason: status::SpellEnd::Left,
        }
        .into(),
        "remigrated" => departure::Remigrated {
            to: None,
            regular: None,
        }
        .into(),
        "removed-again" => departure::RemovedAgain {
            from: None,
            return_type: None,
        }
        .into(),
        "moved-away" => departure::MovedAway { to: None }.into(),
        "died" => departure::Died { cause: None }.into(),
        "contact-lost" => departure::ContactLost {
            last_channel: None,
            planned: false,
        }
        .into(),
        "observation-ended" => departure::ContactLost {
            last_channel: None,
            planned: true,
        }
        .into(),
        "contact-regained" => departure::ContactRegained { channel: None }.into(),
        _ => return None,
    })
}

fn justices(what: &str, words: &mut Words<'_>) -> Option<Body> {
    let mut case = || CaseId::from_uuid(uuid(words.next("a case")));
    Some(match what {
        "arrested" => justice::Arrested {
            case: case(),
            offence_on: None,
            class: None,
            severity: None,
            jurisdiction: None,
            personal: None,
        }
        .into(),
        "charged" => justice::Charged {
            case: case(),
            offence_on: None,
            class: None,
            severity: None,
            jurisdiction: None,
        }
        .into(),
        "convicted" => justice::Convicted {
            case: case(),
            offence_on: DAY_0.into(),
            class: Grounds::Larceny,
            severity: justice::Severity::Summary,
            disposal: justice::Disposal::Fine,
            jurisdiction: None,
            personal: None,
        }
        .into(),
        "acquitted" => justice::Acquitted { case: case() }.into(),
        "quashed" => justice::Quashed { case: case() }.into(),
        "custody-entered" => justice::CustodyEntered {
            spell: SpellId::from_uuid(uuid(words.next("a spell"))),
            reason: justice::CustodyReason::Remand,
            case: None,
        }
        .into(),
        "custody-left" => justice::CustodyLeft {
            spell: SpellId::from_uuid(uuid(words.next("a spell"))),
        }
        .into(),
        "breached" => justice::SupervisionBreached {
            kind: justice::BreachKind::MissedAppointment,
            hearing_on: None,
        }
        .into(),
        _ => return None,
    })
}

fn records(what: &str, words: &mut Words<'_>) -> Option<Body> {
    Some(match what {
        "closed" => {
            let reason = or(words, "reason", lifecycle::ClosureReason::PlanCompleted);
            lifecycle::Closed { reason }.into()
        }
        "reopened" => lifecycle::Reopened { reason: None }.into(),
        "linked" => lifecycle::Linked {
            other: JourneyId::from_uuid(uuid(words.next("a journey"))),
            basis: lifecycle::LinkBasis::Review,
        }
        .into(),
        "unlinked" => lifecycle::Unlinked {
            other: JourneyId::from_uuid(uuid(words.next("a journey"))),
            reason: None,
        }
        .into(),
        "retracted" => correction::Retracted {
            event: event_id(words.next("a label")),
            reason: correction::CorrectionReason::EntryError,
        }
        .into(),
        "replaced" => correction::Replaced {
            event: event_id(words.next("a label")),
            by: event_id(words.option("by").expect("`by:label`")),
            reason: correction::CorrectionReason::EntryError,
        }
        .into(),
        "erasure-requested" => erasure::Requested {
            request: RequestId::from_uuid(uuid(words.next("a request"))),
            basis: erasure::ErasureBasis::SubjectRequest,
            categories: [].into(),
            approved_by: [].into(),
        }
        .into(),
        "erasure-completed" => erasure::Completed {
            request: RequestId::from_uuid(uuid(words.next("a request"))),
            destroyed_keys: [].into(),
        }
        .into(),
        "disclosed" => access::Disclosed {
            to: parsed("worker"),
            agency: parsed(words.option("to").unwrap_or("welfare")),
            purpose: or(words, "for", consent::Purpose::CaseManagement),
            categories: set(words.list("data", &[])),
            reason: None,
        }
        .into(),
        "cut-named" => cut::Named {
            name: parsed(words.next("a name")),
            positions: [(parsed("jm"), or(words, "at", 7))].into(),
            log_sha256: None,
            note: None,
        }
        .into(),
        "listed" => directory::ServiceListed {
            service: service(words.next("a service")),
            version: or(words, "version", 1),
        }
        .into(),
        "unlisted" => directory::ServiceWithdrawn {
            service: parsed(words.next("a service")),
            version: or(words, "version", 1),
            reason: directory::WithdrawnReason::NotInSource,
        }
        .into(),
        "published" => directory::Published {
            version: or(words, "version", 1),
            services: or(words, "services", 1),
            digest: LogDigest::of([7; 32]),
            note: None,
        }
        .into(),
        "glass-broken" => access::GlassBroken {
            by: parsed("worker"),
            reason: "life at risk".to_owned(),
            categories: [].into(),
            until: DAY_0.into(),
            notified: parsed("supervisor"),
        }
        .into(),
        _ => return None,
    })
}

/// A service of the directory, for any need.
fn service(id: &str) -> directory::Service {
    directory::Service {
        id: parsed(id),
        organization: directory::Organization {
            id: parsed("shelter"),
            name: "Shelter".to_owned(),
        },
        name: [(parsed("en"), id.to_owned())].into(),
        description: None,
        needs: [referral::ServiceNeed::Housing].into(),
        terms: [].into(),
        areas: [].into(),
        locations: [].into(),
        languages: [].into(),
        eligibility: None,
        capacity: None,
        schedule: None,
        office: None,
        status: directory::ServiceStatus::Active,
        source_id: None,
    }
}
