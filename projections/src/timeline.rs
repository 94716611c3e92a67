//! Timeline: everything of a journey in order, with what stands and what replaced it.
//!
//! One row a journey. What each event says in detail lies with the facts; the timeline says that it
//! happened, when, by whom, and whether it still stands.

use std::borrow::Cow;
use std::collections::BTreeMap;

use homeward_events::catalogue::Correction as CorrectionFact;
use homeward_events::correction::CorrectionReason;
use homeward_events::id::{ActorId, AgencyId, EventId, JourneyId, LedgerId};
use homeward_events::time::{OccurredOn, RecordedAt};
use homeward_events::vocabulary::Role;
use homeward_events::{Body, Event, Family};
use homeward_journey::{Journey, Person};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::model::{Contributions, ReadModel, Table, TableError, read_row};

/// The read model.
pub static TIMELINE: ReadModel = ReadModel {
    name: "timeline",
    version: 2,
    reads: Family::ALL,
    contribute,
    index: None,
};

/// A journey's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// The journey.
    pub journey: JourneyId,
    /// Its ledger.
    pub ledger: LedgerId,
    /// How far it has come.
    pub stage: String,
    /// Journeys now linked as the same human being, by id, itself included.
    pub person: Vec<JourneyId>,
    /// Its events, in the order of telling.
    pub entries: Vec<Entry>,
}

/// One event of a journey.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The event.
    pub event: EventId,
    /// Its type.
    #[serde(rename = "type")]
    pub event_type: Cow<'static, str>,
    /// When it happened.
    pub occurred: OccurredOn,
    /// When it was written down.
    pub recorded: RecordedAt,
    /// On whose behalf.
    pub agency: AgencyId,
    /// By which account.
    pub actor: Option<ActorId>,
    /// In which capacity.
    pub role: Option<Role>,
    /// What became of it, if it no longer stands.
    pub struck: Option<Struck>,
    /// What it corrects, if it is a correction, whether it stands itself or not.
    pub corrects: Option<Corrects>,
    /// Rules that it breaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
}

/// Why an event no longer stands: who said so, when, for what reason.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Struck {
    /// The correction that struck it.
    pub by: EventId,
    /// The event that stands in its place.
    pub replaced_by: Option<EventId>,
    /// Why.
    pub reason: CorrectionReason,
    /// When it was corrected.
    pub occurred: OccurredOn,
    /// When that was written down.
    pub recorded: RecordedAt,
    /// On whose behalf.
    pub agency: AgencyId,
    /// By which account.
    pub actor: Option<ActorId>,
    /// In which capacity.
    pub role: Option<Role>,
}

/// What a correction corrects.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrects {
    /// The event that it strikes.
    pub event: EventId,
    /// The event that it puts in its place.
    pub replaced_by: Option<EventId>,
    /// Why.
    pub reason: CorrectionReason,
}

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    let linked: Vec<JourneyId> = person.journeys.iter().map(|journey| journey.id).collect();
    for journey in &person.journeys {
        let Some(ledger) = journey.ledger else {
            continue;
        };
        let row = Timeline {
            journey: journey.id,
            ledger: ledger.clone(),
            stage: journey.stage.as_str().to_owned(),
            person: linked.clone(),
            entries: entries(journey),
        };
        out.row(key(journey.id), &row);
    }
}

fn entries(journey: &Journey<'_>) -> Vec<Entry> {
    let mut findings: BTreeMap<EventId, Vec<String>> = BTreeMap::new();
    for finding in &journey.findings {
        findings
            .entry(finding.event)
            .or_default()
            .push(finding.rule.code().to_owned());
    }
    let mut entry = |event: &Event, correction: Option<&Event>| Entry {
        event: event.id,
        event_type: Cow::Borrowed(event.body.event_type().name),
        occurred: event.occurred,
        recorded: event.recorded,
        agency: event.agency.clone(),
        actor: event.actor.clone(),
        role: event.role,
        struck: correction.and_then(struck),
        corrects: corrects(event),
        findings: findings.remove(&event.id).unwrap_or_default(),
    };
    let mut told: Vec<(&Event, Option<&Event>)> =
        journey.facts.iter().map(|event| (*event, None)).collect();
    told.extend(
        journey
            .struck
            .iter()
            .map(|(event, correction)| (*event, Some(*correction))),
    );
    told.sort_by_key(|(event, _)| event.sort_key());
    told.into_iter()
        .map(|(event, correction)| entry(event, correction))
        .collect()
}

/// What a correction makes of the event that it strikes.
fn struck(correction: &Event) -> Option<Struck> {
    let told = corrects(correction)?;
    Some(Struck {
        by: correction.id,
        replaced_by: told.replaced_by,
        reason: told.reason,
        occurred: correction.occurred,
        recorded: correction.recorded,
        agency: correction.agency.clone(),
        actor: correction.actor.clone(),
        role: correction.role,
    })
}

/// What an event corrects, if it is a correction.
fn corrects(event: &Event) -> Option<Corrects> {
    let Body::Correction(fact) = &event.body else {
        return None;
    };
    Some(match fact {
        CorrectionFact::Replaced(body) => Corrects {
            event: body.event,
            replaced_by: Some(body.by),
            reason: body.reason,
        },
        CorrectionFact::Retracted(body) => Corrects {
            event: body.event,
            replaced_by: None,
            reason: body.reason,
        },
    })
}

fn key(journey: JourneyId) -> String {
    format!("journey|{journey}")
}

/// A journey's timeline; `None` when no such journey is known.
///
/// # Errors
/// The store cannot be read.
pub fn of(table: &dyn Table, journey: JourneyId) -> Result<Option<Timeline>, TableError> {
    let key = key(journey);
    table
        .row(&key)?
        .map(|bytes| read_row(&key, &bytes))
        .transpose()
}
