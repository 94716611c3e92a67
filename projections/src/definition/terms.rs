//! What a definition's file may say. The field names of these types are the file's.

use std::collections::BTreeMap;

use homeward_events::id::{LedgerId, ProgrammeId, SiteId};
use homeward_events::justice::{CustodyReason, Severity};
use homeward_events::place::CountryCode;
use homeward_events::time::Day;
use homeward_events::vocabulary::{Grounds, ParticipantGroup, ReturnType, Sex};
use serde::Deserialize;

use crate::histories::PartingKind;

/// A definition, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Its name: small letters, digits and inner `-`.
    pub id: String,
    /// Raised whenever the same history may give another outcome.
    pub version: u16,
    /// What it is about, in a few words of English.
    pub title: String,
    /// Where its rules come from, and what in them is a choice of ours.
    pub source: String,
    /// First day on which it is in force.
    pub effective_from: Day,
    /// Last day on which it is in force; absent while it is.
    pub effective_to: Option<Day>,
    /// From when and for whom time is counted.
    pub origin: Origin,
    /// Who of them is counted; everybody, if absent.
    #[serde(default)]
    pub population: Population,
    /// What counts as a failure: any of these.
    pub failure: Vec<Failure>,
    /// Which day a failure is given.
    #[serde(default)]
    pub clock: Clock,
    /// Fixed windows after the origin.
    pub windows: Windows,
    /// Time in which failures do not count.
    #[serde(default)]
    pub grace: Grace,
    /// What else ends observation.
    pub ends: Ends,
    /// What is no time at risk.
    #[serde(default)]
    pub not_at_risk: Vec<NotAtRisk>,
    /// How all failures are counted, beside the first one; not at all, if absent.
    pub counting: Option<Counting>,
}

/// From when and for whom time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// What time begins with.
    pub event: OriginEvent,
    /// Who is followed.
    pub unit: Unit,
    /// From which of several such events.
    pub which: Which,
}

/// What time begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OriginEvent {
    /// The person was received.
    Reception,
    /// The person left custody, after having been received.
    CustodyLeft,
}

/// Who is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A human being: all journeys linked as one.
    Person,
    /// One journey by itself, as if no other were known.
    Journey,
}

/// From which of several origins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The first.
    First,
    /// Each; a failure counts for every origin that it follows.
    Every,
}

/// Conditions on who is counted: each that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Population {
    /// Any of these ledgers.
    pub ledger: Vec<LedgerId>,
    /// Any of these sites.
    pub site: Vec<SiteId>,
    /// Any of these programmes.
    pub programme: Vec<ProgrammeId>,
    /// Any of these ways of return.
    pub return_type: Vec<ReturnType>,
    /// Any of these grounds of the return.
    pub grounds: Vec<Grounds>,
    /// Any of these groups of participants.
    pub group: Vec<ParticipantGroup>,
    /// Any of these sexes.
    pub sex: Vec<Sex>,
    /// Any of these sending countries.
    pub sending_country: Vec<CountryCode>,
    /// At least this age at reception, in whole years.
    pub age_min_years: Option<u8>,
    /// At most this age at reception, in whole years.
    pub age_max_years: Option<u8>,
}

/// A fact that counts as a failure, and when it does.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// What answers call it; several rules may share a cause.
    pub cause: String,
    /// The fact.
    pub event: FailureEvent,
    /// Any of these classes of offence.
    #[serde(default)]
    pub class: Vec<Grounds>,
    /// Any of these severities.
    #[serde(default)]
    pub severity: Vec<Severity>,
    /// Any of these reasons for custody.
    #[serde(default)]
    pub reason: Vec<CustodyReason>,
    /// Any of these ways of return.
    #[serde(default)]
    pub return_type: Vec<ReturnType>,
    /// Counts only from so many calendar months after the origin on, by the definition's clock.
    #[serde(default)]
    pub from_months: u16,
    /// Counts only until so many calendar months after the origin, that day not included.
    pub before_months: Option<u16>,
    /// The offence must have been committed on or after the day of origin.
    #[serde(default)]
    pub offence_after_origin: bool,
    /// It must be proven until so many calendar months after the origin, that day not included.
    pub proven_before_months: Option<u16>,
}

/// What can count as a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureEvent {
    /// Arrest.
    Arrested,
    /// Charge.
    Charged,
    /// Conviction or caution, unless quashed.
    Convicted,
    /// Entry into custody.
    CustodyEntered,
    /// Technical breach of supervision.
    SupervisionBreached,
    /// Left the country and was sent back again.
    RemovedAgain,
    /// Left the country again.
    Remigrated,
    /// Was received once more, in a later journey of the same person.
    ReceivedAgain,
}

impl FailureEvent {
    /// Whether it is a step of a criminal case, with an offence, a class and a severity.
    pub const fn is_of_a_case(self) -> bool {
        match self {
            Self::Arrested | Self::Charged | Self::Convicted => true,
            Self::CustodyEntered
            | Self::SupervisionBreached
            | Self::RemovedAgain
            | Self::Remigrated
            | Self::ReceivedAgain => false,
        }
    }

    /// The word that definitions and answers write.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arrested => "arrested",
            Self::Charged => "charged",
            Self::Convicted => "convicted",
            Self::CustodyEntered => "custody-entered",
            Self::SupervisionBreached => "supervision-breached",
            Self::RemovedAgain => "removed-again",
            Self::Remigrated => "remigrated",
            Self::ReceivedAgain => "received-again",
        }
    }
}

/// Which day a failure is given. Facts that are no step of a case have only their own day and the
/// day of recording.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// The day of the fact itself.
    #[default]
    Event,
    /// The day of the offence; the fact's own day where no offence date was told.
    Offence,
    /// The day on which the case was disposed of by conviction or caution; without one there is no
    /// failure yet.
    Disposal,
    /// The day on which the fact was written down.
    Recorded,
}

/// Fixed windows after the origin, half-open: the day on which one closes is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Windows {
    /// Calendar months after the origin, in rising order; where the month is shorter, its last day.
    pub months: Vec<u16>,
    /// Calendar months after a window has closed until its answer stands: time for what happened
    /// within it to be proven.
    #[serde(default)]
    pub wait_months: u16,
}

/// Time in which failures do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grace {
    /// Days after the origin in which nobody is at risk yet.
    pub after_origin_days: u16,
    /// Days after a counted failure in which another one is the same.
    pub between_failures_days: u16,
}

/// What else ends observation; what is in neither list ends nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ends {
    /// Makes a failure impossible: competes.
    #[serde(default)]
    pub competing: Vec<PartingKind>,
    /// Hides a failure from view: censors.
    #[serde(default)]
    pub censoring: Vec<PartingKind>,
}

/// What is no time at risk: a gap, after which the person is followed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotAtRisk {
    /// Days in custody, the days of entry and of leaving not included.
    Custody,
    /// Days from having left the country until having been sent back or received again.
    Abroad,
}

/// How all failures of a person are counted: frequency, and severity by points.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counting {
    /// Points of each severity; one that is not named has none.
    #[serde(default)]
    pub severity_points: BTreeMap<Severity, u16>,
}
