//! What was refused, by event: so that a publisher who asks for an event by its id is told why it is
//! not in. Read from the dead letters when asked, and kept up to where they were read; it is a cache,
//! and holds ids, codes and reasons, never what was refused.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use homeward_events::id::EventId;
use homeward_ledger::{ReadError, Reader, StoredDeadLetter};
use serde::Deserialize;
use serde_json::value::RawValue;

/// Most events that are remembered; the ones refused longest ago go first.
const EVENTS_MAX: usize = 100_000;
/// Letters that are read at once: each may hold a megabyte.
const PAGE_LETTERS: usize = 100;

/// Why an event was refused, the last time it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// With which key it was offered.
    pub key: String,
    /// The ledger that it named.
    pub ledger: String,
    /// The publishing system that it named.
    pub source: String,
    /// Stable code.
    pub code: String,
    /// Why.
    pub reason: String,
    /// Its place among the dead letters.
    pub dead_letter: u64,
}

/// The refusals that were read so far.
#[derive(Debug, Default)]
pub(crate) struct Refusals(Mutex<Read>);

#[derive(Debug, Default)]
struct Read {
    /// The last letter that was read.
    last: u64,
    by_event: BTreeMap<EventId, Refusal>,
    by_letter: BTreeSet<(u64, EventId)>,
}

/// What is read of a refused event: it may be anything.
#[derive(Deserialize)]
struct Loose<'a> {
    id: Option<EventId>,
    #[serde(borrow, default)]
    ledger: Option<std::borrow::Cow<'a, str>>,
    #[serde(borrow, default)]
    source: Option<std::borrow::Cow<'a, str>>,
}

impl Refusals {
    /// Reads what was refused since the last time.
    ///
    /// # Errors
    /// The dead letters cannot be read.
    pub(crate) async fn catch_up(&self, reader: &Reader) -> Result<(), ReadError> {
        loop {
            let from = self.lock().last + 1;
            let letters = reader.dead_letters(from, PAGE_LETTERS).await?;
            let mut read = self.lock();
            for letter in &letters {
                read.note(letter);
            }
            if letters.len() < PAGE_LETTERS {
                return Ok(());
            }
        }
    }

    /// Why an event was refused, if it was offered with this key.
    pub(crate) fn of(&self, key: &str, event: EventId) -> Option<Refusal> {
        self.lock()
            .by_event
            .get(&event)
            .filter(|refusal| refusal.key == key)
            .cloned()
    }

    /// How many different events were refused, by ledger, source and code; with one key, or with any.
    pub(crate) fn count(&self, key: Option<&str>) -> BTreeMap<(String, String, String), u64> {
        let mut counts = BTreeMap::new();
        for refusal in self.lock().by_event.values() {
            if key.is_none_or(|key| refusal.key == key) {
                let Refusal {
                    ledger,
                    source,
                    code,
                    ..
                } = refusal.clone();
                *counts.entry((ledger, source, code)).or_default() += 1;
            }
        }
        counts
    }

    fn lock(&self) -> MutexGuard<'_, Read> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Read {
    fn note(&mut self, stored: &StoredDeadLetter) {
        // Somebody else may have read it in the meantime.
        if stored.sequence <= self.last {
            return;
        }
        self.last = stored.sequence;
        for event in events(&stored.letter.bytes) {
            let Some(id) = event.id else {
                continue;
            };
            let text = |text: Option<std::borrow::Cow<'_, str>>| {
                text.map(|text| text.chars().take(256).collect())
                    .unwrap_or_default()
            };
            let refusal = Refusal {
                key: stored.letter.publisher.clone(),
                ledger: text(event.ledger),
                source: text(event.source),
                code: stored.letter.code.clone(),
                reason: stored.letter.reason.clone(),
                dead_letter: stored.sequence,
            };
            if let Some(before) = self.by_event.insert(id, refusal) {
                self.by_letter.remove(&(before.dead_letter, id));
            }
            self.by_letter.insert((stored.sequence, id));
        }
        while self.by_event.len() > EVENTS_MAX {
            let Some((_, oldest)) = self.by_letter.pop_first() else {
                break;
            };
            self.by_event.remove(&oldest);
        }
    }
}

/// The events in refused bytes, as far as they can be told: a commit, an event, or anything else.
fn events(bytes: &[u8]) -> Vec<Loose<'_>> {
    let pieces: Vec<&RawValue> = serde_json::from_slice(bytes)
        .or_else(|_| serde_json::from_slice::<&RawValue>(bytes).map(|event| vec![event]))
        .unwrap_or_default();
    let loose = pieces
        .into_iter()
        .map(|piece| serde_json::from_str(piece.get()));
    loose.filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_told_from_whatever_was_refused() {
        let id = "0198c2f4-7f6a-7c1e-9d53-0a5b3c1d2e4f";
        let event = format!(r#"{{"id":"{id}","ledger":"jm","source":"urn:a","data":{{}}}}"#);
        for (bytes, expected) in [
            (format!("[{event},{event}]"), 2),
            (event.clone(), 1),
            (format!("[{event},7,{{\"id\":4}}]"), 1),
            ("[".to_owned(), 0),
            ("null".to_owned(), 0),
        ] {
            let told = events(bytes.as_bytes());
            let ids = told.iter().filter_map(|event| event.id).count();
            assert_eq!(ids, expected, "{bytes}");
        }
    }
}
