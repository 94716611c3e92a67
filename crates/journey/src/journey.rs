//! A journey as its facts tell it: plain data, borrowed from the facts, for read models to count.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::catalogue::Reception;
use homeward_events::consent::{DataCategory, Purpose};
use homeward_events::follow_up::{CancelReason, MissedReason};
use homeward_events::id::{
    ActorId, AgencyId, AssistanceId, AttachmentId, BatchId, CaseId, ConsentId, EventId,
    InstrumentId, JourneyId, LedgerId, PlanId, ProgrammeId, ReferralId, RequestId, ScheduleKey,
    SiteId, SpellId, TransferId,
};
use homeward_events::justice::CustodyReason;
use homeward_events::lifecycle::ClosureReason;
use homeward_events::place::{AreaCode, CountryCode};
use homeward_events::time::{OccurredOn, RecordedAt};
use homeward_events::vocabulary::{
    Answer, Channel, DeliveryMode, Dimension, Grounds, ParticipantGroup, Provided, ReturnType, Sex,
    Wave,
};
use homeward_events::{Body, Event, assessment, assistance};
use jiff::civil::Date;

use crate::case::{Attachment, Plan, Related, Transfer};
use crate::directory::Directory;
use crate::finding::Finding;
use crate::order::surely_before;
use crate::referral::Referral;

/// One journey, as its standing facts tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey<'f> {
    /// Which journey.
    pub id: JourneyId,
    /// Which ledger; `None` when no fact is known.
    pub ledger: Option<&'f LedgerId>,
    /// Facts that stand, in the order of telling: by time, and where times are too coarse to say, the
    /// way round that fits.
    pub facts: Vec<&'f Event>,
    /// Facts that no longer stand, each with the correction that struck it.
    pub struck: Vec<(&'f Event, &'f Event)>,
    /// What was announced, last.
    pub notice: Option<Notice<'f>>,
    /// The reception, first.
    pub origin: Option<Origin<'f>>,
    /// The programme the person is registered with, last.
    pub programme: Option<&'f ProgrammeId>,
    /// The site that keeps the case, last.
    pub site: Option<&'f SiteId>,
    /// The agency that keeps the case, last.
    pub agency: Option<&'f AgencyId>,
    /// First-level area that the person lives in, last.
    pub area: Option<&'f AreaCode>,
    /// Covariates of a study cohort.
    pub cohort: BTreeMap<&'f str, i64>,
    /// Sex, as last told.
    pub sex: Option<Sex>,
    /// Birth date, as last told.
    pub born: Option<OccurredOn>,
    /// How far the journey has come.
    pub stage: Stage,
    /// Consents given, by id.
    pub consents: BTreeMap<ConsentId, Consent<'f>>,
    /// Overrides, in the order of telling.
    pub overrides: Vec<Consent<'f>>,
    /// Screenings completed: kind, depth, result and day.
    pub screenings: Vec<(&'f homeward_events::screening::Completed, OccurredOn)>,
    /// Assessments completed, in the order of telling.
    pub assessments: Vec<Assessment<'f>>,
    /// Plans agreed, by id.
    pub plans: BTreeMap<PlanId, Plan<'f>>,
    /// Referrals by id.
    pub referrals: BTreeMap<ReferralId, Referral<'f>>,
    /// Deliveries by id.
    pub assistance: BTreeMap<AssistanceId, Assistance<'f>>,
    /// Follow-ups by key.
    pub follow_ups: BTreeMap<&'f ScheduleKey, FollowUp<'f>>,
    /// Spells of housing, work and schooling.
    pub spells: BTreeMap<SpellId, Spell>,
    /// Spells of custody.
    pub custody: BTreeMap<SpellId, Custody>,
    /// Criminal cases.
    pub cases: BTreeMap<CaseId, Case>,
    /// Technical breaches of supervision.
    pub breaches: Vec<OccurredOn>,
    /// What ended or suspended observation, in the order of telling.
    pub departures: Vec<Departure>,
    /// Whether the journey is closed now, and why.
    pub closure: Option<Closure>,
    /// How often it was reopened.
    pub reopenings: u32,
    /// By other journey: the last word on whether both are one human being.
    pub links: BTreeMap<JourneyId, (RecordedAt, EventId, bool)>,
    /// By other journey: the last word on what its person is to this one.
    pub relations: BTreeMap<JourneyId, Related>,
    /// Transfers proposed, by id.
    pub transfers: BTreeMap<TransferId, Transfer<'f>>,
    /// Attachments added, by id.
    pub attachments: BTreeMap<AttachmentId, Attachment<'f>>,
    /// Last day on which a fact observed the person; what is done with the record observes nobody.
    pub last_day: Option<Date>,
    /// Whether an office registered the person.
    pub registered: bool,
    /// Whether reception waited in vain.
    pub not_arrived: bool,
    /// Erasures asked for.
    pub erasures_requested: BTreeSet<RequestId>,
    /// The ledger's service directory, where this is its place.
    pub directory: Option<Box<Directory<'f>>>,
    /// Facts that break a rule.
    pub findings: Vec<Finding>,
}

impl Journey<'_> {
    /// Whether this is where a ledger keeps what is about no person, such as its named cuts and its
    /// service directory: nobody's journey, and never counted as one.
    pub fn is_nobodys(&self) -> bool {
        self.ledger.is_some_and(|ledger| self.id.is_nobodys(ledger))
    }

    /// The day on which an office first had the person before it: that of the reception, or of the
    /// registration of somebody whom nobody received.
    pub fn arrived_on(&self) -> Option<Date> {
        let registered = || {
            let is_one =
                |event: &&&Event| matches!(event.body, Body::Reception(Reception::Registered(_)));
            self.facts
                .iter()
                .find(is_one)
                .map(|event| event.occurred.day())
        };
        let received = self.origin.map(|origin| origin.on.day());
        received.or_else(|| self.registered.then(registered).flatten())
    }
}

/// How far a journey has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Nothing is known but that something was written.
    Unknown,
    /// Announced, not yet here.
    Expected,
    /// The announcement was withdrawn.
    Cancelled,
    /// Announced, and did not come.
    NotArrived,
    /// Received.
    Received,
    /// Screened or assessed.
    Assessed,
    /// A plan is agreed.
    Planned,
    /// A referral is open.
    Referred,
    /// A service is or was under way, or assistance was delivered under a plan.
    InService,
    /// Out of reach.
    ContactLost,
    /// Left the country again, by whatever way.
    Departed,
    /// Died.
    Died,
    /// Closed.
    Closed,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: &'static [Self] = &[
        Self::Unknown,
        Self::Expected,
        Self::Cancelled,
        Self::NotArrived,
        Self::Received,
        Self::Assessed,
        Self::Planned,
        Self::Referred,
        Self::InService,
        Self::ContactLost,
        Self::Departed,
        Self::Died,
        Self::Closed,
    ];

    /// The stage's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Expected => "expected",
            Self::Cancelled => "cancelled",
            Self::NotArrived => "not-arrived",
            Self::Received => "received",
            Self::Assessed => "assessed",
            Self::Planned => "planned",
            Self::Referred => "referred",
            Self::InService => "in-service",
            Self::ContactLost => "contact-lost",
            Self::Departed => "departed",
            Self::Died => "died",
            Self::Closed => "closed",
        }
    }
}

/// What the sending state announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice<'f> {
    /// Day of arrival as announced last.
    pub expected_on: Date,
    /// Port as announced last.
    pub port: Option<&'f SiteId>,
    /// Charter batch.
    pub batch: Option<&'f BatchId>,
    /// Line of the manifest.
    pub line: Option<u32>,
    /// Flight, vessel or convoy, as announced last.
    pub carrier: Option<&'f str>,
    /// Country that announced the person.
    pub sending_country: &'f CountryCode,
    /// How the return came about, as announced.
    pub return_type: ReturnType,
    /// Grounds as announced.
    pub grounds: Grounds,
    /// Whether medical information was handed over, by what was said last.
    pub medical_information: Provided,
    /// Whether criminal history was handed over, by what was said last.
    pub criminal_information: Provided,
    /// Whether it was withdrawn.
    pub cancelled: bool,
}

/// The reception that begins the journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'f> {
    /// The event.
    pub event: EventId,
    /// When.
    pub on: OccurredOn,
    /// Where.
    pub site: &'f SiteId,
    /// How the return came about.
    pub return_type: ReturnType,
    /// Grounds of the return.
    pub grounds: Grounds,
    /// Country that sent the person back.
    pub sending_country: &'f CountryCode,
    /// Group of participants.
    pub group: Option<ParticipantGroup>,
    /// Charter batch.
    pub batch: Option<&'f BatchId>,
}

/// A consent or an override.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent<'f> {
    /// Since when.
    pub from: OccurredOn,
    /// Last day, if it has one.
    pub expires_on: Option<Date>,
    /// For what, as given.
    pub purposes: &'f BTreeSet<Purpose>,
    /// To which agencies; empty means every agency that the purpose needs.
    pub agencies: &'f BTreeSet<AgencyId>,
    /// Which data; `None` for an override, which discloses what the emergency needs.
    pub categories: Option<&'f BTreeSet<DataCategory>>,
    /// Withdrawals: when, and for which purposes (empty means all).
    pub withdrawn: Vec<(OccurredOn, &'f BTreeSet<Purpose>)>,
}

impl Consent<'_> {
    /// Whether it covers a purpose and an agency on a day. Days, not instants: consent and referral
    /// are often noted down in one go. Only a withdrawal that surely came before takes it away.
    pub fn covers(&self, purpose: Purpose, agency: &AgencyId, on: OccurredOn) -> bool {
        self.is_for(purpose, agency)
            && self.from.day() <= on.last_day()
            && self.expires_on.is_none_or(|last| on.day() <= last)
            && !self.withdrawn_before(purpose, on)
    }

    /// Whether it was given for a purpose and an agency, at any time.
    pub fn is_for(&self, purpose: Purpose, agency: &AgencyId) -> bool {
        self.purposes.contains(&purpose)
            && (self.agencies.is_empty() || self.agencies.contains(agency))
    }

    /// Whether it was surely withdrawn for a purpose before a time.
    pub fn withdrawn_before(&self, purpose: Purpose, on: OccurredOn) -> bool {
        self.withdrawals(purpose)
            .any(|when| surely_before(when, on))
    }

    /// When it was withdrawn for a purpose.
    pub(crate) fn withdrawals(&self, purpose: Purpose) -> impl Iterator<Item = OccurredOn> {
        let of =
            move |purposes: &BTreeSet<Purpose>| purposes.is_empty() || purposes.contains(&purpose);
        let withdrawn = self.withdrawn.iter();
        withdrawn
            .filter(move |(_, purposes)| of(purposes))
            .map(|(when, _)| *when)
    }

    /// Whether it lets all these kinds of data be disclosed.
    pub fn discloses(&self, categories: &BTreeSet<DataCategory>) -> bool {
        self.categories
            .is_none_or(|allowed| categories.is_subset(allowed))
    }
}

/// An assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessment<'f> {
    /// When.
    pub on: OccurredOn,
    /// Which instrument.
    pub instrument: &'f InstrumentId,
    /// Its version.
    pub version: u16,
    /// The event.
    pub event: EventId,
    /// SHA-256 of the instrument's file, where it was told.
    pub digest: Option<&'f str>,
    /// Which wave.
    pub wave: Wave,
    /// Answers by item: the option chosen, or the reason for none.
    pub answers: &'f BTreeMap<String, Answer<u8>>,
    /// Scores by dimension.
    pub scores: &'f BTreeMap<Dimension, assessment::Score>,
    /// The whole score.
    pub overall: Option<assessment::Score>,
    /// How support was delivered up to then.
    pub delivery: Option<DeliveryMode>,
}

/// A delivery of assistance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assistance<'f> {
    /// When.
    pub on: OccurredOn,
    /// The agency that delivered.
    pub agency: &'f AgencyId,
    /// What.
    pub delivered: &'f assistance::Delivered,
    /// What a confirmation found, last.
    pub confirmed: Option<assistance::ConfirmationFinding>,
    /// Whether it was undone.
    pub reversed: bool,
}

/// Where a follow-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FollowUpState {
    /// To take place.
    Scheduled,
    /// Tried in vain, still to take place.
    Missed(MissedReason),
    /// Took place.
    Completed(Channel),
    /// Not to take place.
    Cancelled(CancelReason),
}

impl FollowUpState {
    /// The state's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Missed(_) => "missed",
            Self::Completed(_) => "completed",
            Self::Cancelled(_) => "cancelled",
        }
    }
}

/// A follow-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp<'f> {
    /// Which wave.
    pub wave: Wave,
    /// Day on which it is due.
    pub due_on: Date,
    /// Last day on which it counts; overdue after it.
    pub closes_on: Date,
    /// How, as planned.
    pub channel: Option<Channel>,
    /// Who does it, as planned.
    pub assigned_to: Option<&'f ActorId>,
    /// The windows that it was moved out of, in the order of telling: due day and last day.
    pub moved: Vec<(Date, Date)>,
    /// Where it stands.
    pub state: FollowUpState,
    /// When it came to stand there.
    pub since: OccurredOn,
    /// Attempts in vain.
    pub attempts: u32,
}

/// What a spell is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpellKind {
    /// Housing.
    Housing(homeward_events::status::HousingKind),
    /// Work.
    Employment(homeward_events::status::EmploymentKind),
    /// Schooling.
    Schooling(homeward_events::status::SchoolingKind),
}

/// A spell of housing, work or schooling: from its first day up to, not including, its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// Of what.
    pub kind: SpellKind,
    /// First day.
    pub from: OccurredOn,
    /// Day on which it had ended.
    pub to: Option<OccurredOn>,
}

/// A spell of custody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Custody {
    /// Why.
    pub reason: CustodyReason,
    /// First day.
    pub from: OccurredOn,
    /// Day of leaving.
    pub to: Option<OccurredOn>,
}

/// A criminal case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Case {
    /// When the offence is said to have been committed.
    pub offence: Option<OccurredOn>,
    /// Arrest.
    pub arrested: Option<OccurredOn>,
    /// Charge.
    pub charged: Option<OccurredOn>,
    /// Conviction or caution.
    pub convicted: Option<OccurredOn>,
    /// Acquittal, or the case was dropped.
    pub acquitted: Option<OccurredOn>,
    /// The conviction was quashed.
    pub quashed: Option<OccurredOn>,
    /// Class of offence.
    pub class: Option<Grounds>,
    /// How serious.
    pub severity: Option<homeward_events::justice::Severity>,
}

/// What ended or suspended observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DepartureKind {
    /// Left the country again.
    Remigrated,
    /// Sent back again.
    RemovedAgain,
    /// Moved out of the area.
    MovedAway,
    /// Died.
    Died,
    /// Contact lost.
    ContactLost,
    /// Observation ended as planned.
    ObservationEnded,
    /// Contact regained.
    ContactRegained,
}

/// One such fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Departure {
    /// What.
    pub kind: DepartureKind,
    /// When.
    pub on: OccurredOn,
    /// The event.
    pub event: EventId,
}

/// A closed journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closure {
    /// When.
    pub on: OccurredOn,
    /// Why.
    pub reason: ClosureReason,
}
