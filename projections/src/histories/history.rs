//! What a history holds. Rows are written as these types serialise: to change one, raise the model's
//! version.

use std::borrow::Cow;
use std::collections::BTreeMap;

use homeward_events::id::{CaseId, JourneyId, LedgerId, ProgrammeId, SiteId};
use homeward_events::justice::{CustodyReason, Severity};
use homeward_events::place::CountryCode;
use homeward_events::status::{EmploymentKind, HousingKind, SchoolingKind};
use homeward_events::time::Day;
use homeward_events::vocabulary::{Grounds, ParticipantGroup, ReturnType, Sex};
use homeward_journey::DepartureKind;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::dimension::{NOT_KNOWN, band};

/// One person, as far as a definition may ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The journeys now linked as this human being: received ones first, by the time of reception,
    /// then those without a reception, by id.
    pub journeys: Vec<Past>,
}

/// One journey's part of it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Past {
    /// Which journey.
    pub journey: JourneyId,
    /// Its ledger.
    pub ledger: Option<LedgerId>,
    /// The reception.
    pub arrival: Option<Arrival>,
    /// Criminal cases, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<Case>,
    /// Technical breaches of supervision, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaches: Vec<Told>,
    /// Spells of custody, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custody: Vec<Custody>,
    /// What ended or suspended observation, in the order of telling.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partings: Vec<Parting>,
    /// Spells of housing, work and schooling, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spells: Vec<Spell>,
}

/// A reception, and what the person is counted by from then on.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// The day.
    pub on: Day,
    /// Site that keeps the case.
    pub site: Option<SiteId>,
    /// How the return came about.
    pub return_type: ReturnType,
    /// Grounds of the return.
    pub grounds: Grounds,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age in whole years on that day.
    pub age: Option<u8>,
    /// Programme.
    pub programme: Option<ProgrammeId>,
    /// Country that sent the person back.
    pub sending_country: CountryCode,
    /// Group of participants.
    pub group: Option<ParticipantGroup>,
    /// Covariates of a study cohort.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cohort: BTreeMap<String, i64>,
}

/// Two days of one fact, written `["2026-01-01","2026-01-03"]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(Day, Day)", into = "(Day, Day)")]
pub struct Told {
    /// When it happened; the first day that an imprecise time may mean.
    pub on: Day,
    /// When it was written down, in UTC.
    pub recorded: Day,
}

impl From<(Day, Day)> for Told {
    fn from((on, recorded): (Day, Day)) -> Self {
        Self { on, recorded }
    }
}

impl From<Told> for (Day, Day) {
    fn from(told: Told) -> Self {
        (told.on, told.recorded)
    }
}

/// A criminal case.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Which case.
    pub case: CaseId,
    /// When the offence is said to have been committed.
    pub offence: Option<Day>,
    /// Arrest.
    pub arrested: Option<Told>,
    /// Charge.
    pub charged: Option<Told>,
    /// Conviction or caution.
    pub convicted: Option<Told>,
    /// Acquittal, or the case was dropped.
    pub acquitted: Option<Told>,
    /// The conviction was quashed.
    pub quashed: Option<Told>,
    /// Class of offence.
    pub class: Option<Grounds>,
    /// How serious.
    pub severity: Option<Severity>,
}

/// A spell of custody.
#[skip_serializing_none]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custody {
    /// Why.
    pub reason: CustodyReason,
    /// Entry.
    pub from: Told,
    /// Day of leaving.
    pub to: Option<Day>,
}

/// What ended or suspended observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parting {
    /// What.
    pub kind: PartingKind,
    /// When.
    pub told: Told,
}

/// How somebody can go out of sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartingKind {
    /// Died.
    Died,
    /// Left the country again.
    Remigrated,
    /// Sent back again.
    RemovedAgain,
    /// Moved out of the area.
    MovedAway,
    /// Contact lost.
    ContactLost,
    /// Observation ended as planned.
    ObservationEnded,
    /// Contact regained: takes back what suspended observation before it.
    ContactRegained,
}

impl PartingKind {
    /// The word that rows, definitions and answers write.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Died => "died",
            Self::Remigrated => "remigrated",
            Self::RemovedAgain => "removed-again",
            Self::MovedAway => "moved-away",
            Self::ContactLost => "contact-lost",
            Self::ObservationEnded => "observation-ended",
            Self::ContactRegained => "contact-regained",
        }
    }
}

impl From<DepartureKind> for PartingKind {
    fn from(kind: DepartureKind) -> Self {
        match kind {
            DepartureKind::Died => Self::Died,
            DepartureKind::Remigrated => Self::Remigrated,
            DepartureKind::RemovedAgain => Self::RemovedAgain,
            DepartureKind::MovedAway => Self::MovedAway,
            DepartureKind::ContactLost => Self::ContactLost,
            DepartureKind::ObservationEnded => Self::ObservationEnded,
            DepartureKind::ContactRegained => Self::ContactRegained,
        }
    }
}

/// A spell of housing, work or schooling: from its first day up to, not including, its last.
#[skip_serializing_none]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spell {
    /// Of what.
    pub of: SpellOf,
    /// First day.
    pub from: Day,
    /// Day on which it had ended.
    pub to: Option<Day>,
}

/// What a spell is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpellOf {
    /// Housing.
    Housing(HousingKind),
    /// Work.
    Employment(EmploymentKind),
    /// Schooling.
    Schooling(SchoolingKind),
}

/// What arrivals are counted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Ledger of the journey.
    Ledger,
    /// Site that keeps the case.
    Site,
    /// How the return came about.
    ReturnType,
    /// Sex.
    Sex,
    /// Age band at reception.
    AgeBand,
    /// Grounds of the return.
    Grounds,
    /// Programme.
    Programme,
    /// Country that sent the person back.
    SendingCountry,
    /// Group of participants.
    Group,
    /// A covariate of a study cohort, written `cohort.` and its name.
    Cohort(String),
}

/// A dimension that histories do not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no dimension `{found}`: expected one of {}, or cohort. and the name of a covariate",
    Dimension::NAMES.join(", ")
)]
pub struct NoSuchColumn {
    /// What was asked for.
    pub found: String,
}

impl Dimension {
    /// The names of all but the covariates.
    pub const NAMES: &'static [&'static str] = &[
        "ledger",
        "site",
        "return_type",
        "sex",
        "age_band",
        "grounds",
        "programme",
        "sending_country",
        "group",
    ];

    /// The dimension of that name.
    ///
    /// # Errors
    /// There is none.
    pub fn named(name: &str) -> Result<Self, NoSuchColumn> {
        Ok(match name {
            "ledger" => Self::Ledger,
            "site" => Self::Site,
            "return_type" => Self::ReturnType,
            "sex" => Self::Sex,
            "age_band" => Self::AgeBand,
            "grounds" => Self::Grounds,
            "programme" => Self::Programme,
            "sending_country" => Self::SendingCountry,
            "group" => Self::Group,
            other => match other.strip_prefix("cohort.") {
                Some(covariate) => Self::Cohort(covariate.to_owned()),
                None => {
                    return Err(NoSuchColumn {
                        found: other.to_owned(),
                    });
                }
            },
        })
    }
}

impl Past {
    /// What a dimension says of a reception in this journey.
    pub fn value<'h>(&'h self, arrival: &'h Arrival, dimension: &Dimension) -> Cow<'h, str> {
        let known = |text: Option<&'h str>| Cow::Borrowed(text.unwrap_or(NOT_KNOWN));
        match dimension {
            Dimension::Ledger => known(self.ledger.as_ref().map(LedgerId::as_str)),
            Dimension::Site => known(arrival.site.as_ref().map(SiteId::as_str)),
            Dimension::ReturnType => Cow::Borrowed(arrival.return_type.as_str()),
            Dimension::Sex => known(arrival.sex.map(Sex::as_str)),
            Dimension::AgeBand => Cow::Borrowed(band(arrival.age)),
            Dimension::Grounds => Cow::Borrowed(arrival.grounds.as_str()),
            Dimension::Programme => known(arrival.programme.as_ref().map(ProgrammeId::as_str)),
            Dimension::SendingCountry => Cow::Borrowed(arrival.sending_country.as_str()),
            Dimension::Group => known(arrival.group.map(ParticipantGroup::as_str)),
            Dimension::Cohort(name) => match arrival.cohort.get(name) {
                Some(value) => Cow::Owned(value.to_string()),
                None => Cow::Borrowed(NOT_KNOWN),
            },
        }
    }
}
