//! Facts with their places in the log, as a fold needs them: personal data taken out, decoded once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use homeward_events::codec::{self, DecodeError};
use homeward_events::id::{JourneyId, LedgerId};
use homeward_events::{Event, Family};
use homeward_journey::{Journey, Person, person};
use homeward_projections::ReadModel;
use homeward_projections::explain::{self, Placed};

use crate::position::Watermark;

/// What stands for bytes that are not even a JSON object: kept, so that their place is, and readable
/// for nobody.
const NOT_AN_EVENT: &str = "null";

/// One event, where it stands in the log, and what could be read of it.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) place: Place,
    pub(crate) event: Result<Event, Box<Unreadable>>,
}

/// An event's place: the order within one ledger, and nothing between ledgers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) ledger: LedgerId,
    pub(crate) sequence: u64,
    /// Index in the commit, from 0.
    pub(crate) index: u32,
}

/// An event that this program cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    pub(crate) event_type: Option<String>,
    pub(crate) family: Option<Family>,
    pub(crate) reason: String,
}

impl Told {
    /// Reads an event's JSON, from which personal data was taken out.
    pub(crate) fn read(place: Place, json: &str) -> Self {
        let event = codec::decode_event(json, None).map_err(|mut error: DecodeError| {
            error.index = usize::try_from(place.index).unwrap_or(usize::MAX);
            Box::new(Unreadable {
                family: error.family(),
                reason: error.to_string(),
                event_type: error.event_type,
            })
        });
        Self { place, event }
    }

    /// Whether it halts a model.
    pub(crate) fn halts(&self, model: &ReadModel) -> bool {
        self.event
            .as_ref()
            .is_err_and(|unreadable| model.halts_at(unreadable.family))
    }

    /// The event and its place, if it could be read.
    pub(crate) fn placed(self) -> Option<Placed> {
        let Place {
            ledger,
            sequence,
            index,
        } = self.place;
        let place = explain::Place {
            ledger,
            sequence,
            index,
        };
        self.event.ok().map(|event| Placed { place, event })
    }

    /// The journey that must be told together with this one.
    pub(crate) fn mention(&self) -> Option<JourneyId> {
        self.event.as_ref().ok().and_then(person::mention)
    }
}

/// The events of a commit, read.
pub(crate) fn tell(ledger: &LedgerId, sequence: u64, payload: &[u8]) -> Vec<Told> {
    // Most commits hold one event: read it at once instead of looking for its end first.
    if let Some(json) = only_event(payload)
        && let Ok(event) = codec::decode_event(json, None)
    {
        let place = Place {
            ledger: ledger.clone(),
            sequence,
            index: 0,
        };
        let event = Ok(event);
        return vec![Told { place, event }];
    }
    let pieces = pieces(ledger, sequence, payload).into_iter();
    pieces
        .map(|(place, json)| Told::read(place, &json))
        .collect()
}

/// The events of a commit as JSON without personal data.
pub(crate) fn pieces<'p>(
    ledger: &LedgerId,
    sequence: u64,
    payload: &'p [u8],
) -> Vec<(Place, Cow<'p, str>)> {
    let pieces = codec::split(payload).map_or_else(
        |_| vec![Cow::Borrowed(NOT_AN_EVENT)],
        |pieces| pieces.into_iter().map(|piece| plain(piece.get())).collect(),
    );
    let placed = |(index, json)| {
        let ledger = ledger.clone();
        let place = Place {
            ledger,
            sequence,
            index,
        };
        (place, json)
    };
    (0..).zip(pieces).map(placed).collect()
}

/// An event's JSON without personal data.
fn plain(json: &str) -> Cow<'_, str> {
    codec::without_personal(json).unwrap_or(NOT_AN_EVENT.into())
}

/// What stands in the brackets, if that can be nothing but one event without personal data.
fn only_event(payload: &[u8]) -> Option<&str> {
    let payload = std::str::from_utf8(payload).ok()?.trim_ascii();
    let json = payload.strip_prefix('[')?.strip_suffix(']')?.trim_ascii();
    let alone = json.matches("\"specversion\"").count() == 1;
    let plain = matches!(plain(json), Cow::Borrowed(plain) if plain.len() == json.len());
    (alone && plain).then_some(json)
}

/// Facts of some journeys.
pub(crate) type ToldJourneys = BTreeMap<JourneyId, Vec<Told>>;

/// Facts of some journeys that others keep too.
pub(crate) type SharedJourneys = BTreeMap<JourneyId, Arc<Vec<Told>>>;

/// The persons behind some journeys, as of a position: everything readable up to there. `None`: as of
/// everything that is given.
pub(crate) fn persons<'t>(
    journeys: impl IntoIterator<Item = (JourneyId, &'t [Told])>,
    at: Option<&Watermark>,
) -> Vec<Person<'t>> {
    let told = journeys.into_iter().filter_map(|(id, told)| {
        let mut facts = told
            .iter()
            .filter(|told| at.is_none_or(|at| at.covers(&told.place.ledger, told.place.sequence)))
            .filter_map(|told| told.event.as_ref().ok())
            .peekable();
        facts.peek()?;
        Some(Journey::from_facts(id, facts))
    });
    person::group(told)
}
