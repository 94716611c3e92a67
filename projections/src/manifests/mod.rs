//! Manifests: what the sending state announced against who came, by batch and line.
//!
//! A reception is matched to its notice by the journey, which is certain; or by the person, where a
//! reception was written down as another journey and both were linked later. One row for each person
//! who was announced in a batch, and for each removal that nobody announced. Whether somebody who is
//! expected is late is said when asked, by the reference day: a day that passes needs no event.
//! Nothing in here names anybody: a row says journey and line.

mod told;

use std::collections::BTreeMap;

use homeward_events::catalogue::Reception;
use homeward_events::id::{BatchId, JourneyId, SiteId};
use homeward_events::place::CountryCode;
use homeward_events::reception::{NotArrivedReason, Received};
use homeward_events::time::{Day, OccurredOn};
use homeward_events::vocabulary::{Grounds, Provided, ReturnType};
use homeward_events::{Body, Family};
use homeward_journey::{Journey, Person};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

pub use self::told::{Counts, Handed, LINES_MAX, Manifest, lines, list};
use crate::cube::{Cube, cell_key};
use crate::index::Index;
use crate::model::{Contributions, ReadModel};

/// The read model.
pub static MANIFESTS: ReadModel = ReadModel {
    name: "manifests",
    version: 1,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: Some(|| Index::Cube(Cube::new(DIMENSIONS))),
};

/// What lines are counted by. `expected_on` is, of somebody unannounced, the day of reception; `batch`
/// and `port` are empty where none is told.
pub const DIMENSIONS: &[&str] = &[
    "ledger",
    "batch",
    "expected_on",
    "port",
    "standing",
    "medical_information",
    "criminal_information",
];

/// How far apart the announced and the real day may lie where a reception of another journey of the
/// same person is taken for the one that was announced without a batch in common; our choice.
const DAYS_APART_MAX: i32 = 3;

/// What became of somebody who was announced, or was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Announced; nothing is told yet, and the day has not passed.
    Expected,
    /// Announced; the day has passed, and nothing is told.
    Untold,
    /// Received.
    Arrived,
    /// Reception waited in vain, and said so.
    NotArrived,
    /// The announcement was withdrawn, and nobody came.
    Cancelled,
    /// Received, and announced by nobody.
    Unannounced,
}

impl Standing {
    /// Every standing, in order.
    pub const ALL: &'static [Self] = &[
        Self::Expected,
        Self::Untold,
        Self::Arrived,
        Self::NotArrived,
        Self::Cancelled,
        Self::Unannounced,
    ];

    /// The standing's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Untold => "untold",
            Self::Arrived => "arrived",
            Self::NotArrived => "not-arrived",
            Self::Cancelled => "cancelled",
            Self::Unannounced => "unannounced",
        }
    }

    /// The same on a day.
    fn on(self, expected_on: Day, day: Date) -> Self {
        match self {
            Self::Expected if expected_on.0 < day => Self::Untold,
            Self::Expected
            | Self::Untold
            | Self::Arrived
            | Self::NotArrived
            | Self::Cancelled
            | Self::Unannounced => self,
        }
    }
}

/// One person of a manifest, or one whom none announced.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Ledger.
    pub ledger: String,
    /// The journey.
    pub journey: JourneyId,
    /// Charter batch.
    pub batch: Option<BatchId>,
    /// Line of the manifest.
    pub line: Option<u32>,
    /// What became of it.
    pub standing: Standing,
    /// Day of arrival as announced last; of somebody unannounced, the day of reception.
    pub expected_on: Day,
    /// Port as announced last; of somebody unannounced, where they were received.
    pub port: Option<SiteId>,
    /// Flight, vessel or convoy.
    pub carrier: Option<String>,
    /// Country that sent the person back.
    pub sending_country: CountryCode,
    /// How the return came about.
    pub return_type: ReturnType,
    /// Grounds.
    pub grounds: Grounds,
    /// When the person was received.
    pub received_on: Option<OccurredOn>,
    /// Where.
    pub received_at: Option<SiteId>,
    /// The journey that the reception was written down as, where it is another one of this person.
    pub received_as: Option<JourneyId>,
    /// Why the person did not arrive, where reception said so.
    pub not_arrived_reason: Option<NotArrivedReason>,
    /// Whether medical information was handed over, with the notice or at reception.
    pub medical_information: Provided,
    /// Whether criminal history was handed over.
    pub criminal_information: Provided,
}

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    if person
        .journeys
        .iter()
        .all(|j| j.notice.is_none() && j.origin.is_none())
    {
        return;
    }
    let matched = received_as_another(person);
    for journey in &person.journeys {
        let Some(line) = line(person, journey, &matched) else {
            continue;
        };
        let text = |id: Option<&str>| id.unwrap_or_default().to_owned();
        let (batch, port) = (
            text(line.batch.as_ref().map(BatchId::as_str)),
            text(line.port.as_ref().map(SiteId::as_str)),
        );
        let expected_on = line.expected_on.to_string();
        out.count(cell_key(&[
            &line.ledger,
            &batch,
            &expected_on,
            &port,
            line.standing.as_str(),
            line.medical_information.as_str(),
            line.criminal_information.as_str(),
        ]));
        let (ledger, journey) = (&line.ledger, line.journey);
        if line.batch.is_some() {
            // Those without a line come last.
            let place = line
                .line
                .map_or_else(|| "~".to_owned(), |line| format!("{line:010}"));
            out.row(format!("batch|{batch}|{ledger}|{place}|{journey}"), &line);
        } else if line.standing == Standing::Unannounced {
            out.row(
                format!("day|{expected_on}|{port}|{ledger}|{journey}"),
                &line,
            );
        }
    }
}

/// By journey that was announced and not received: the journey of the same person that was received
/// and not announced. Each reception is taken once, the earliest first.
fn received_as_another(person: &Person<'_>) -> BTreeMap<JourneyId, JourneyId> {
    let mut matched = BTreeMap::new();
    if person.journeys.len() < 2 {
        return matched;
    }
    let mut receptions = person.received();
    receptions.retain(|journey| journey.notice.is_none());
    let mut announced: Vec<&Journey<'_>> = person
        .journeys
        .iter()
        .filter(|j| j.origin.is_none() && j.notice.is_some())
        .collect();
    announced.sort_by_key(|j| (j.notice.map(|notice| notice.expected_on), j.id));
    for journey in announced {
        let fits = |other: &&Journey<'_>| {
            let Some((notice, origin)) = journey.notice.as_ref().zip(other.origin.as_ref()) else {
                return false;
            };
            let apart = Day(origin.on.day()).days_since(notice.expected_on).abs();
            other.ledger == journey.ledger
                && ((notice.batch.is_some() && notice.batch == origin.batch)
                    || apart <= DAYS_APART_MAX)
        };
        if let Some(place) = receptions.iter().position(fits) {
            matched.insert(journey.id, receptions.remove(place).id);
        }
    }
    matched
}

fn line(
    person: &Person<'_>,
    journey: &Journey<'_>,
    matched: &BTreeMap<JourneyId, JourneyId>,
) -> Option<Line> {
    let ledger = journey.ledger?.to_string();
    let Some(notice) = &journey.notice else {
        let taken = matched.values().any(|taken| *taken == journey.id);
        return if taken {
            None
        } else {
            unannounced(journey, ledger)
        };
    };
    let received_as = matched.get(&journey.id).copied();
    let received = match received_as {
        Some(other) => person.journeys.iter().find(|journey| journey.id == other)?,
        None => journey,
    };
    let origin = received.origin;
    let body = reception(received);
    let not_arrived_reason = if origin.is_none() && journey.not_arrived {
        let mut last_first = journey.facts.iter().rev();
        last_first.find_map(|event| {
            let Body::Reception(Reception::NotArrived(body)) = &event.body else {
                return None;
            };
            Some(body.reason)
        })
    } else {
        None
    };
    let standing = if origin.is_some() {
        Standing::Arrived
    } else if journey.not_arrived {
        Standing::NotArrived
    } else if notice.cancelled {
        Standing::Cancelled
    } else {
        Standing::Expected
    };
    let at_reception = |of: fn(&Received) -> Option<Provided>| body.and_then(of);
    Some(Line {
        ledger,
        journey: journey.id,
        batch: notice.batch.cloned(),
        line: notice.line,
        standing,
        expected_on: Day(notice.expected_on),
        port: notice.port.cloned(),
        carrier: notice.carrier.map(str::to_owned),
        sending_country: notice.sending_country.clone(),
        return_type: notice.return_type,
        grounds: notice.grounds,
        received_on: origin.map(|origin| origin.on),
        received_at: origin.map(|origin| origin.site.clone()),
        received_as,
        not_arrived_reason,
        medical_information: at_reception(|body| body.medical_information)
            .unwrap_or(notice.medical_information),
        criminal_information: at_reception(|body| body.criminal_information)
            .unwrap_or(notice.criminal_information),
    })
}

/// Somebody whom no notice announced: of a batch, or removed. Who comes by their own decision is
/// announced by nobody, and missed by nobody.
fn unannounced(journey: &Journey<'_>, ledger: String) -> Option<Line> {
    let origin = journey.origin?;
    let removed = match origin.return_type {
        ReturnType::Deported
        | ReturnType::RemovedAfterConviction
        | ReturnType::RefusedEntry
        | ReturnType::Extradited
        | ReturnType::Unknown => true,
        ReturnType::Voluntary
        | ReturnType::AssistedVoluntary
        | ReturnType::VoluntaryHumanitarian
        | ReturnType::Spontaneous => false,
    };
    if origin.batch.is_none() && !removed {
        return None;
    }
    let body = reception(journey);
    let told = |of: fn(&Received) -> Option<Provided>| body.and_then(of);
    Some(Line {
        ledger,
        journey: journey.id,
        batch: origin.batch.cloned(),
        line: None,
        standing: Standing::Unannounced,
        expected_on: Day(origin.on.day()),
        port: Some(origin.site.clone()),
        carrier: None,
        sending_country: origin.sending_country.clone(),
        return_type: origin.return_type,
        grounds: origin.grounds,
        received_on: Some(origin.on),
        received_at: Some(origin.site.clone()),
        received_as: None,
        not_arrived_reason: None,
        medical_information: told(|body| body.medical_information).unwrap_or(Provided::NotProvided),
        criminal_information: told(|body| body.criminal_information)
            .unwrap_or(Provided::NotProvided),
    })
}

/// What the reception that began the journey says.
fn reception<'j>(journey: &'j Journey<'_>) -> Option<&'j Received> {
    let origin = journey.origin?;
    let event = journey
        .facts
        .iter()
        .find(|event| event.id == origin.event)?;
    let Body::Reception(Reception::Received(body)) = &event.body else {
        return None;
    };
    Some(body)
}
