//! An event as an explanation names it.

use std::collections::BTreeMap;

use homeward_events::Event;
use homeward_events::codec::recording_lag_days;
use homeward_events::id::{EventId, JourneyId, LedgerId};
use homeward_events::time::{OccurredOn, RecordedAt};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fold::Facts;

/// Where an event stands in the log. The log orders the events of one ledger; between ledgers the
/// order is ours: by their names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// In which ledger.
    pub ledger: LedgerId,
    /// In which commit, from 1.
    pub sequence: u64,
    /// Where in the commit, from 0.
    pub index: u32,
}

/// An event and where it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Where.
    pub place: Place,
    /// The event.
    pub event: Event,
}

/// Facts of some journeys with their places, each journey's by place. Complete for telling when every
/// journey that one of them mentions is there too, as far as it is known.
pub type PlacedFacts = BTreeMap<JourneyId, Vec<Placed>>;

/// The facts without their places.
pub fn plain(placed: &PlacedFacts) -> Facts {
    placed
        .iter()
        .map(|(id, facts)| (*id, facts.iter().map(|fact| fact.event.clone()).collect()))
        .collect()
}

/// An event as people read it; for programs one flat object, its place in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Where it stands in the log.
    #[serde(flatten)]
    pub place: Place,
    /// The journey that it was told of.
    pub journey: JourneyId,
    /// The event.
    pub event: EventId,
    /// Its type.
    #[serde(rename = "type")]
    pub event_type: &'static str,
    /// When it happened.
    pub occurred: OccurredOn,
    /// When it was written down.
    pub recorded: RecordedAt,
    /// Whole days from what happened to its being written down; never negative.
    pub lag_days: i32,
    /// What it says, in one line without personal data.
    pub says: String,
}

impl Fact {
    /// An event that stands at a place.
    pub fn of(place: Place, event: &Event) -> Self {
        Self {
            place,
            journey: event.journey,
            event: event.id,
            event_type: event.body.event_type().name,
            occurred: event.occurred,
            recorded: event.recorded,
            lag_days: recording_lag_days(event).max(0),
            says: says(event),
        }
    }
}

/// Fields that are never told: who the person is, and since when.
const UNTOLD: [&str; 2] = ["personal", "born"];

/// What an event says, in one line without personal data: its fields in the order of their names, as
/// `case 0198…, class larceny`. Every field of a body is a word of a vocabulary, an id, a date or a
/// number; free words stand in `personal`, which is left out, and so is the birth date.
pub fn says(event: &Event) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(&event.body) else {
        return String::new();
    };
    let told = fields
        .iter()
        .filter(|(name, _)| !UNTOLD.contains(&name.as_str()))
        .map(|(name, value)| format!("{} {}", name.replace('_', " "), words(value)));
    told.collect::<Vec<_>>().join(", ")
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join(" "),
        Value::Object(fields) => {
            let told = fields
                .iter()
                .filter(|(name, _)| !UNTOLD.contains(&name.as_str()))
                .map(|(name, value)| format!("{name}={}", words(value)));
            told.collect::<Vec<_>>().join(" ")
        }
    }
}
