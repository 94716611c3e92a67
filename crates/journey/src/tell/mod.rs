//! Telling a journey: each standing fact in turn changes what is known, and what breaks a rule is
//! noted.
//!
//! Twice over the facts. First what others refer to by a key of their own, so that a schedule noted
//! down after its answer still counts; then everything in order. Only three strands depend on their
//! order among themselves (see [`crate::order`]).

mod arrival;
mod attachment;
mod consent;
mod correction;
mod cut;
mod directory;
mod lifecycle;
mod observation;
mod plan;
mod referral;
mod stage;
mod support;
mod transfer;

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::access::Disclosed;
use homeward_events::catalogue::{
    Access as AccessFact, Assessment as AssessmentFact, Erasure as ErasureFact,
    FollowUp as FollowUpFact, Screening as ScreeningFact,
};
use homeward_events::consent::Purpose;
use homeward_events::id::{
    AgencyId, ConsentId, EventId, JourneyId, ReferralId, RequestId, TransferId,
};
use homeward_events::plan::Reviewed;
use homeward_events::time::{OccurredOn, RecordedAt};
use homeward_events::{Body, Event};

use crate::finding::{Finding, Rule};
use crate::journey::{Assessment, Journey, Stage};
use crate::order::{Strand, rearrange};
use crate::standing::{Standing, stand};
use lifecycle::Period;

/// A journey being told, with what only the telling needs.
struct Telling<'f> {
    journey: Journey<'f>,
    /// Times at which the journey was closed, in order.
    closed: Vec<Period>,
    died: Option<OccurredOn>,
    /// Who kept the case, from which fact on.
    keepers: Vec<(&'f Event, &'f AgencyId)>,
    /// Transfers proposed and not answered, as far as is told.
    proposed: BTreeSet<TransferId>,
    /// Goals that reviews add, until every plan is known.
    added: Vec<(&'f Event, &'f Reviewed)>,
    /// The sending of each referral that holds.
    sendings: BTreeMap<ReferralId, (RecordedAt, bool, EventId)>,
    /// Withdrawals of consents: which, when, and for which purposes (empty means all).
    withdrawals: Vec<(ConsentId, OccurredOn, &'f BTreeSet<Purpose>)>,
    /// Referrals that were sent or reopened although the consent was withdrawn before: which one, and
    /// when the referral was opened.
    opened_without: BTreeMap<ReferralId, (OccurredOn, ConsentId)>,
    /// What was disclosed to whom, to be judged once every referral is known.
    disclosures: Vec<(&'f Event, &'f Disclosed)>,
    /// Strands in which a fact does not fit where it stands.
    misfits: BTreeSet<Strand>,
    /// Changes of an announcement that nobody heard, because none was made yet.
    unheard: usize,
}

impl<'f> Journey<'f> {
    /// Reads a set of facts of the journey `id`. Total: any set in any order, with any duplicates.
    pub fn from_facts(id: JourneyId, facts: impl IntoIterator<Item = &'f Event>) -> Self {
        let Standing {
            mut facts,
            struck,
            mut findings,
        } = stand(facts);
        let mut telling = Telling::of(id, &facts);
        // Closing and reopening bear on all other facts, and are tried on their own.
        let (closure, others): (BTreeSet<_>, BTreeSet<_>) = telling
            .misfits
            .iter()
            .partition(|strand| **strand == Strand::Closure);
        for strands in [others, closure]
            .into_iter()
            .filter(|strands| !strands.is_empty())
        {
            let mut moved = facts.clone();
            if rearrange(&mut moved, &strands) {
                let again = Telling::of(id, &moved);
                if again.amiss() < telling.amiss() {
                    (telling, facts) = (again, moved);
                }
            }
        }
        telling.check_corrections(&facts, &struck);
        let mut journey = telling.journey;
        journey.ledger = facts
            .first()
            .or(struck.first().map(|(event, _)| event))
            .map(|event| &event.ledger);
        journey.last_day = facts
            .iter()
            .filter(|event| observes(event))
            .map(|event| event.occurred.day())
            .max();
        journey.stage = journey.stage_reached();
        journey.facts = facts;
        journey.struck = struck;
        journey.findings.append(&mut findings);
        journey.findings.sort();
        journey.findings.dedup();
        journey
    }
}

impl<'f> Telling<'f> {
    fn of(id: JourneyId, facts: &[&'f Event]) -> Self {
        let mut telling = Self {
            journey: empty(id),
            closed: Vec::new(),
            died: None,
            keepers: Vec::new(),
            proposed: BTreeSet::new(),
            added: Vec::new(),
            sendings: BTreeMap::new(),
            withdrawals: Vec::new(),
            opened_without: BTreeMap::new(),
            disclosures: Vec::new(),
            misfits: BTreeSet::new(),
            unheard: 0,
        };
        for event in facts {
            telling.open(event);
        }
        telling.open_withdrawals();
        telling.add_goals();
        telling.died = telling.journey.died();
        telling.journey.closure = telling.closure();
        for event in facts {
            telling.check_bounds(event);
            telling.tell(event);
        }
        telling.end_referrals();
        telling.check_disclosures();
        telling.check_origin(facts);
        telling.check_cuts(facts);
        telling.check_directory(facts);
        telling
    }

    /// How much does not fit together, told in this order.
    fn amiss(&self) -> usize {
        self.journey.findings.len() + self.unheard
    }

    fn note(&mut self, event: &Event, rule: Rule, detail: impl Into<String>) {
        self.journey.findings.push(Finding {
            event: event.id,
            rule,
            detail: detail.into(),
        });
    }

    /// What other facts refer to, known from the start, whenever it was written down.
    fn open(&mut self, event: &'f Event) {
        match &event.body {
            Body::Consent(fact) => self.open_consent(event, fact),
            Body::Plan(fact) => self.open_plan(event, fact),
            Body::Referral(fact) => self.open_referral(event, fact),
            Body::Assistance(fact) => self.open_assistance(event, fact),
            Body::FollowUp(fact) => self.open_follow_up(event, fact),
            Body::Status(fact) => self.open_spell(event, fact),
            Body::Justice(fact) => self.open_justice(event, fact),
            Body::Departure(fact) => self.open_departure(event, fact),
            Body::Lifecycle(fact) => self.open_lifecycle(event, fact),
            Body::Erasure(ErasureFact::Requested(body)) => {
                self.journey.erasures_requested.insert(body.request);
            }
            Body::Notice(_)
            | Body::Reception(_)
            | Body::Screening(_)
            | Body::Assessment(_)
            | Body::Correction(_)
            | Body::Erasure(ErasureFact::Completed(_))
            | Body::Access(_)
            | Body::Cut(_)
            | Body::Directory(_) => {}
        }
    }

    fn tell(&mut self, event: &'f Event) {
        match &event.body {
            Body::Notice(fact) => self.tell_notice(fact),
            Body::Reception(fact) => self.tell_reception(event, fact),
            Body::Screening(ScreeningFact::Completed(body)) => {
                self.journey.screenings.push((body, event.occurred));
            }
            Body::Consent(fact) => self.tell_consent(event, fact),
            Body::Assessment(AssessmentFact::Completed(body)) => {
                self.journey.assessments.push(Assessment {
                    on: event.occurred,
                    instrument: &body.instrument.id,
                    version: body.instrument.version,
                    event: event.id,
                    digest: body.instrument.digest.as_deref(),
                    wave: body.wave,
                    answers: &body.answers,
                    scores: &body.scores,
                    overall: body.overall,
                    delivery: body.delivery,
                });
            }
            Body::Plan(fact) => self.tell_plan(event, fact),
            Body::Referral(fact) => self.tell_referral(event, fact),
            Body::Assistance(fact) => self.tell_assistance(event, fact),
            Body::FollowUp(fact) => self.tell_follow_up(event, fact),
            Body::Status(fact) => self.tell_status(event, fact),
            Body::Justice(fact) => self.tell_justice(event, fact),
            Body::Lifecycle(fact) => self.tell_lifecycle(event, fact),
            Body::Erasure(ErasureFact::Completed(body)) => self.tell_erasure(event, body.request),
            Body::Access(AccessFact::Disclosed(body)) => self.disclosures.push((event, body)),
            // Told already; or applied before telling begins; or nothing that changes what is known.
            Body::Departure(_)
            | Body::Correction(_)
            | Body::Erasure(ErasureFact::Requested(_))
            | Body::Access(AccessFact::GlassBroken(_))
            | Body::Cut(_)
            | Body::Directory(_) => {}
        }
    }

    fn tell_erasure(&mut self, event: &Event, request: RequestId) {
        if !self.journey.erasures_requested.contains(&request) {
            self.note(
                event,
                Rule::RequestUnknown,
                format!("no erasure {request} was asked for"),
            );
        }
    }
}

fn empty<'f>(id: JourneyId) -> Journey<'f> {
    Journey {
        id,
        ledger: None,
        facts: Vec::new(),
        struck: Vec::new(),
        notice: None,
        origin: None,
        programme: None,
        site: None,
        agency: None,
        area: None,
        cohort: BTreeMap::new(),
        sex: None,
        born: None,
        stage: Stage::Unknown,
        consents: BTreeMap::new(),
        overrides: Vec::new(),
        screenings: Vec::new(),
        assessments: Vec::new(),
        plans: BTreeMap::new(),
        referrals: BTreeMap::new(),
        assistance: BTreeMap::new(),
        follow_ups: BTreeMap::new(),
        spells: BTreeMap::new(),
        custody: BTreeMap::new(),
        cases: BTreeMap::new(),
        breaches: Vec::new(),
        departures: Vec::new(),
        closure: None,
        reopenings: 0,
        links: BTreeMap::new(),
        relations: BTreeMap::new(),
        transfers: BTreeMap::new(),
        attachments: BTreeMap::new(),
        last_day: None,
        registered: false,
        not_arrived: false,
        erasures_requested: BTreeSet::new(),
        directory: None,
        findings: Vec::new(),
    }
}

/// Whether a fact observes the person. What is done with the record or planned for the person does
/// not: linking two records years later, or a visit in vain, must not make anyone look observed.
fn observes(event: &Event) -> bool {
    match &event.body {
        Body::Notice(_)
        | Body::Lifecycle(_)
        | Body::Correction(_)
        | Body::Erasure(_)
        | Body::Access(_)
        | Body::Cut(_)
        | Body::Directory(_) => false,
        Body::FollowUp(fact) => match fact {
            FollowUpFact::Completed(_) => true,
            FollowUpFact::Scheduled(_)
            | FollowUpFact::Rescheduled(_)
            | FollowUpFact::Missed(_)
            | FollowUpFact::Cancelled(_) => false,
        },
        Body::Reception(_)
        | Body::Screening(_)
        | Body::Consent(_)
        | Body::Assessment(_)
        | Body::Plan(_)
        | Body::Referral(_)
        | Body::Assistance(_)
        | Body::Status(_)
        | Body::Justice(_)
        | Body::Departure(_) => true,
    }
}
