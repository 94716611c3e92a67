//! What was refused, by event and by the publisher's own number: so that a publisher who asks for
//! either is told why it is not in. Read from the dead letters when asked, and kept up to where they were read; it is a cache,
//! and holds ids, codes and reasons, never what was refused.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use homeward_events::codec::REFERENCE_BYTES_MAX;
use homeward_events::id::EventId;
use homeward_events::sequence::SourceSequence;
use homeward_ledger::{ReadError, Reader, StoredDeadLetter};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// Most events, and most numbers, that are remembered; the ones refused longest ago go first.
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
    by_event: Remembered<EventId>,
    by_number: Remembered<Numbered>,
}

/// With which key an event was offered, its ledger and source, and the source's number of it.
type Numbered = (String, String, String, u64);

/// The last refusal of each of some things.
#[derive(Debug)]
struct Remembered<K> {
    refusals: BTreeMap<K, Refusal>,
    by_letter: BTreeSet<(u64, K)>,
}

impl<K> Default for Remembered<K> {
    fn default() -> Self {
        Self {
            refusals: BTreeMap::new(),
            by_letter: BTreeSet::new(),
        }
    }
}

impl<K: Ord + Clone> Remembered<K> {
    fn note(&mut self, of: K, refusal: Refusal) {
        let letter = refusal.dead_letter;
        if let Some(before) = self.refusals.insert(of.clone(), refusal) {
            self.by_letter.remove(&(before.dead_letter, of.clone()));
        }
        self.by_letter.insert((letter, of));
        while self.refusals.len() > EVENTS_MAX {
            let Some((_, oldest)) = self.by_letter.pop_first() else {
                break;
            };
            self.refusals.remove(&oldest);
        }
    }
}

/// What is read of a refused event. Each part may be anything, or absent, and does not keep the others
/// from being read.
#[derive(Deserialize)]
struct Loose<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    ledger: Option<&'a RawValue>,
    #[serde(borrow)]
    source: Option<&'a RawValue>,
    #[serde(borrow)]
    sequence: Option<&'a RawValue>,
}

impl Loose<'_> {
    fn id(&self) -> Option<EventId> {
        serde_json::from_str(self.id?.get()).ok()
    }

    fn text(part: Option<&RawValue>) -> String {
        let text = part.and_then(|part| serde_json::from_str::<Cow<'_, str>>(part.get()).ok());
        text.map(|text| text.chars().take(REFERENCE_BYTES_MAX).collect())
            .unwrap_or_default()
    }

    /// The number, also where it was refused for being written as one.
    fn number(&self) -> Option<u64> {
        let number = match serde_json::from_str(self.sequence?.get()).ok()? {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        number.parse().ok().map(SourceSequence::get)
    }
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
            .refusals
            .get(&event)
            .filter(|refusal| refusal.key == key)
            .cloned()
    }

    /// How many different events were refused, by ledger, source and code; with one key, or with any.
    pub(crate) fn count(&self, key: Option<&str>) -> BTreeMap<(String, String, String), u64> {
        let mut counts = BTreeMap::new();
        for refusal in self.lock().by_event.refusals.values() {
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

    /// Numbers that were refused, by ledger and source, each with its last refusal; with one key, or
    /// with any.
    pub(crate) fn numbers(
        &self,
        key: Option<&str>,
    ) -> BTreeMap<(String, String), BTreeMap<u64, Refusal>> {
        let mut numbers: BTreeMap<_, BTreeMap<u64, Refusal>> = BTreeMap::new();
        for ((by, ledger, source, number), refusal) in &self.lock().by_number.refusals {
            if key.is_some_and(|key| by != key) {
                continue;
            }
            let of = (ledger.clone(), source.clone());
            let refused = numbers.entry(of).or_default();
            let last = refused.get(number).map(|last| last.dead_letter);
            if last.is_none_or(|last| last < refusal.dead_letter) {
                refused.insert(*number, refusal.clone());
            }
        }
        numbers
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
            let refusal = Refusal {
                key: stored.letter.publisher.clone(),
                ledger: Loose::text(event.ledger),
                source: Loose::text(event.source),
                code: stored.letter.code.clone(),
                reason: stored.letter.reason.clone(),
                dead_letter: stored.sequence,
            };
            if let Some(number) = event.number() {
                let Refusal {
                    key,
                    ledger,
                    source,
                    ..
                } = refusal.clone();
                self.by_number
                    .note((key, ledger, source, number), refusal.clone());
            }
            if let Some(id) = event.id() {
                self.by_event.note(id, refusal);
            }
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
    use homeward_ledger::DeadLetter;

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
            let ids = told.iter().filter_map(Loose::id).count();
            assert_eq!(ids, expected, "{bytes}");
        }
    }

    #[test]
    fn a_number_is_told_whatever_else_is_wrong_with_the_event() {
        for (event, expected) in [
            (r#"{"sequence":"17"}"#, Some(17)),
            (r#"{"sequence":17}"#, Some(17)),
            (r#"{"sequence":"17","id":4,"source":[]}"#, Some(17)),
            (r#"{"sequence":"017"}"#, None),
            (r#"{"sequence":-1}"#, None),
            (r#"{"sequence":1.5}"#, None),
            (r#"{"sequence":null}"#, None),
            (r#"{"sequence":{}}"#, None),
            ("{}", None),
        ] {
            let numbers = events(event.as_bytes());
            let numbers: Vec<_> = numbers.iter().map(Loose::number).collect();
            assert_eq!(numbers, [expected], "{event}");
        }
    }

    #[test]
    fn the_last_refusal_of_a_number_is_told() {
        let mut read = Read::default();
        for (sequence, code) in [(1, "first"), (2, "second"), (2, "read before")] {
            let event = r#"{"sequence":"17","ledger":"jm","source":"urn:a"}"#;
            let letter = DeadLetter {
                ledger: None,
                publisher: "key".to_owned(),
                door: "http",
                code: code.to_owned(),
                reason: String::new(),
                bytes: event.into(),
            };
            read.note(&StoredDeadLetter {
                sequence,
                stored: "2026-07-01T00:00:00Z".parse().unwrap(),
                letter,
            });
        }
        let refusals = Refusals(Mutex::new(read));
        let numbers = refusals.numbers(Some("key"));
        let of = ("jm".to_owned(), "urn:a".to_owned());
        assert_eq!(numbers[&of][&17].code, "second");
        assert!(refusals.numbers(Some("another")).is_empty());
    }
}
