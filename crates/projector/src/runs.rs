//! Keys and values of the facts store.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use homeward_events::id::{JourneyId, LedgerId};
use uuid::Uuid;

use crate::store::{Store, StoreError};
use crate::told::{Place, Told};

/// Largest run of events in one value, in bytes, unless one event alone is larger: sled is quickest
/// with values of a few KB.
const RUN_BYTES_MAX: usize = 8 * 1024;

pub(crate) const RUN: u8 = b'f';
pub(crate) const MENTION: u8 = b'n';
pub(crate) const UNREADABLE: u8 = b'u';

/// Rows of the facts store to write, and what they mean for the indices in memory.
#[derive(Default)]
pub(crate) struct Entries {
    pub(crate) rows: Vec<(Vec<u8>, Vec<u8>)>,
    pub(crate) mentions: Vec<(JourneyId, JourneyId)>,
    pub(crate) unreadable: BTreeMap<Place, JourneyId>,
}

impl Entries {
    /// Adds events of one journey, given by place.
    pub(crate) fn add<'j>(
        &mut self,
        journey: JourneyId,
        events: impl IntoIterator<Item = (&'j Place, &'j str)>,
    ) {
        let mut run: Option<(&LedgerId, Vec<u8>, Vec<u8>)> = None;
        for (place, json) in events {
            let full = run.as_ref().is_some_and(|(ledger, _, value)| {
                **ledger != place.ledger || value.len() + json.len() > RUN_BYTES_MAX
            });
            if full {
                self.rows
                    .extend(run.take().map(|(_, key, value)| (key, value)));
            }
            let (_, _, value) =
                run.get_or_insert_with(|| (&place.ledger, run_key(journey, place), Vec::new()));
            push_event(value, place, json);
        }
        self.rows.extend(run.map(|(_, key, value)| (key, value)));
    }

    /// Notes whom an event mentions, and that it cannot be read.
    pub(crate) fn note(&mut self, journey: JourneyId, told: &Told) {
        if let Some(other) = told.mention() {
            self.rows
                .push((mention_key(journey, other, &told.place), Vec::new()));
            self.mentions.push((journey, other));
        }
        if told.event.is_err() {
            let mut key = vec![UNREADABLE];
            push_place(&mut key, &told.place);
            self.rows.push((key, journey.as_bytes().to_vec()));
            self.unreadable.insert(told.place.clone(), journey);
        }
    }
}

/// Takes out events that stand twice with the same bytes in one ledger; the earliest place stays.
/// `events` are given by place.
pub(crate) fn without_repeats(events: &mut Vec<(Place, Cow<'_, str>)>) {
    let mut seen: BTreeSet<(&LedgerId, &str)> = BTreeSet::new();
    let first: Vec<bool> = events
        .iter()
        .map(|(place, json)| seen.insert((&place.ledger, json)))
        .collect();
    let mut first = first.into_iter();
    events.retain(|_| first.next().unwrap_or(true));
}

/// Visits a journey's events by place.
pub(crate) fn visit_journey(
    store: &Store,
    journey: JourneyId,
    visit: &mut dyn FnMut(Place, &str),
) -> Result<(), StoreError> {
    let mut prefix = vec![RUN];
    prefix.extend_from_slice(journey.as_bytes());
    let mut strange = false;
    store.visit_under(&prefix, &mut |key, value| {
        strange |= read_run(key, value, visit).is_none();
    })?;
    if strange {
        return Err(StoreError::new(
            "read",
            format!("facts of {journey} are not ours"),
        ));
    }
    Ok(())
}

fn run_key(journey: JourneyId, first: &Place) -> Vec<u8> {
    let mut key = vec![RUN];
    key.extend_from_slice(journey.as_bytes());
    push_place(&mut key, first);
    key
}

fn mention_key(journey: JourneyId, other: JourneyId, place: &Place) -> Vec<u8> {
    let mut key = vec![MENTION];
    key.extend_from_slice(journey.as_bytes());
    key.extend_from_slice(other.as_bytes());
    push_place(&mut key, place);
    key
}

/// Slugs have no zero byte, so it keeps the places of ledgers apart and in order.
fn push_place(key: &mut Vec<u8>, place: &Place) {
    key.extend_from_slice(place.ledger.as_str().as_bytes());
    key.push(0);
    key.extend_from_slice(&place.sequence.to_be_bytes());
    key.extend_from_slice(&place.index.to_be_bytes());
}

fn push_event(value: &mut Vec<u8>, place: &Place, json: &str) {
    value.extend_from_slice(&place.sequence.to_be_bytes());
    value.extend_from_slice(&place.index.to_be_bytes());
    // An event is at most as long as a message of the log, which is a few megabytes.
    let length = u32::try_from(json.len()).unwrap_or(u32::MAX);
    value.extend_from_slice(&length.to_be_bytes());
    value.extend_from_slice(json.as_bytes());
}

fn read_run(key: &[u8], mut value: &[u8], visit: &mut dyn FnMut(Place, &str)) -> Option<()> {
    let (first, _) = read_place(key.get(17..)?)?;
    while !value.is_empty() {
        let sequence = read_u64(&mut value)?;
        let index = read_u32(&mut value)?;
        let length = usize::try_from(read_u32(&mut value)?).ok()?;
        let (json, rest) = value.split_at_checked(length)?;
        value = rest;
        let place = Place {
            ledger: first.ledger.clone(),
            sequence,
            index,
        };
        visit(place, std::str::from_utf8(json).ok()?);
    }
    Some(())
}

/// What a mention's key says.
pub(crate) fn read_mention(key: &[u8]) -> Option<(JourneyId, JourneyId)> {
    let (a, rest) = read_journey(key)?;
    let (b, rest) = read_journey(rest)?;
    let (_, rest) = read_place(rest)?;
    rest.is_empty().then_some((a, b))
}

/// What an unreadable event's entry says.
pub(crate) fn read_unreadable(key: &[u8], value: &[u8]) -> Option<(Place, JourneyId)> {
    let (place, rest) = read_place(key)?;
    let (journey, after) = read_journey(value)?;
    (rest.is_empty() && after.is_empty()).then_some((place, journey))
}

fn read_place(bytes: &[u8]) -> Option<(Place, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    let (ledger, rest) = bytes.split_at_checked(end)?;
    let ledger = std::str::from_utf8(ledger).ok()?.parse().ok()?;
    let mut rest = rest.get(1..)?;
    let sequence = read_u64(&mut rest)?;
    let index = read_u32(&mut rest)?;
    Some((
        Place {
            ledger,
            sequence,
            index,
        },
        rest,
    ))
}

fn read_journey(bytes: &[u8]) -> Option<(JourneyId, &[u8])> {
    let (id, rest) = bytes.split_first_chunk::<16>()?;
    Some((JourneyId::from_uuid(Uuid::from_bytes(*id)), rest))
}

fn read_u64(bytes: &mut &[u8]) -> Option<u64> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    *bytes = rest;
    Some(u64::from_be_bytes(*number))
}

fn read_u32(bytes: &mut &[u8]) -> Option<u32> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(u32::from_be_bytes(*number))
}
