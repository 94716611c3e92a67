//! The facts store: what every model is derived from, by journey. Always at or ahead of every model,
//! so a difference can be made from any model's own position.
//!
//! | key | value |
//! |---|---|
//! | `f` journey, place | a run of the journey's events from there on, in one ledger |
//! | `n` journey, journey, place | the first mentions the second as the same human being, or not |
//! | `u` place | journey of an event that could not be read when it was stored |
//! | `m` checkpoint | [`Checkpoint`] |
//! | `m` decoder | what the program that built this could read |
//!
//! A place is ledger, 0, sequence, index.
//!
//! An event that stands twice with the same bytes in one journey and ledger is kept at its earliest
//! place. That is exact: whoever is past the later place is past the earlier one.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, RwLock};

use homeward_events::id::{JourneyId, LedgerId};
use homeward_ledger::StoredCommit;
use homeward_projections::fold::Mentions;
use jiff::Timestamp;
use lru::LruCache;

use crate::checkpoint::{Checkpoint, Reached};
use crate::decoder::Decoder;
use crate::position::Watermark;
use crate::runs::{
    Entries, MENTION, RUN, UNREADABLE, read_mention, read_unreadable, visit_journey,
};
use crate::shared::{read, write};
use crate::store::{Batch, Store, StoreError};
use crate::tally::Tally;
use crate::told::{Place, SharedJourneys, Told, pieces};

/// The store's name; no model may be called so.
pub(crate) const FACTS: &str = "facts";
/// Raised when facts are kept in another way.
pub(crate) const FACTS_VERSION: u32 = 1;
/// 64 MB of cache: journeys that move are read again and again.
const CACHE_BYTES: u64 = 64 << 20;
const CHECKPOINT: &[u8] = b"mcheckpoint";
const DECODER: &[u8] = b"mdecoder";

/// What a journey holds.
#[derive(Default)]
struct Held {
    told: Arc<Vec<Told>>,
    /// The JSON of its events, by ledger.
    jsons: BTreeMap<LedgerId, BTreeSet<Box<str>>>,
}

impl Held {
    /// Adds an event, unless it is there already; gives it back if it was new.
    fn add(&mut self, place: &Place, json: &str) -> Option<&Told> {
        let jsons = match self.jsons.get_mut(&place.ledger) {
            Some(jsons) => jsons,
            None => self.jsons.entry(place.ledger.clone()).or_default(),
        };
        if !jsons.insert(json.into()) {
            return None;
        }
        let told = Arc::make_mut(&mut self.told);
        told.push(Told::read(place.clone(), json));
        told.last()
    }
}

/// Events of journeys that are kept in memory: some tens of megabytes.
const RECENT_EVENTS: usize = 20_000;

/// Journeys that moved lately, read already: the next commit is of one of them most of the time.
struct Recent {
    held: LruCache<JourneyId, Held>,
    events: usize,
}

impl Recent {
    fn new() -> Self {
        Self {
            held: LruCache::unbounded(),
            events: 0,
        }
    }

    fn take(&mut self, journey: JourneyId) -> Option<Held> {
        let held = self.held.pop(&journey)?;
        self.events -= held.told.len();
        Some(held)
    }

    fn keep(&mut self, journey: JourneyId, held: Held) {
        self.events += held.told.len();
        self.held.put(journey, held);
        while self.events > RECENT_EVENTS {
            let Some((_, least)) = self.held.pop_lru() else {
                return;
            };
            self.events -= least.told.len();
        }
    }
}

/// The facts of all journeys.
pub(crate) struct Facts {
    store: Arc<Store>,
    checkpoint: Checkpoint,
    watermark: Watermark,
    mentions: Arc<RwLock<Mentions>>,
    unreadable: BTreeMap<Place, JourneyId>,
    born: Decoder,
    recent: Recent,
}

/// Facts as readers see them while they are written: a mention is noted once its fact is stored, and
/// models move after that.
#[derive(Clone)]
pub(crate) struct KnownFacts {
    pub(crate) store: Arc<Store>,
    pub(crate) mentions: Arc<RwLock<Mentions>>,
}

/// How far a facts store is, as its last batch says.
pub(crate) fn watermark_of(store: &Store) -> Result<Watermark, StoreError> {
    let bytes = store.get(CHECKPOINT)?;
    let bytes = bytes.ok_or_else(|| StoreError::new("open", "no checkpoint"))?;
    Ok(Checkpoint::from_bytes(&bytes, FACTS, FACTS_VERSION)?.watermark())
}

impl Facts {
    /// An empty facts store in a fresh folder.
    pub(crate) fn create(path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            store: Arc::new(Store::open(path, CACHE_BYTES)?),
            checkpoint: Checkpoint::new(FACTS, FACTS_VERSION),
            watermark: Watermark::default(),
            mentions: Arc::default(),
            unreadable: BTreeMap::new(),
            born: Decoder::ours(),
            recent: Recent::new(),
        })
    }

    /// Opens what an earlier run left, reading every entry.
    ///
    /// # Errors
    /// Anything that is not as its checkpoint says.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let mut facts = Self::create(path)?;
        let bytes = facts.store.get(CHECKPOINT)?;
        let bytes = bytes.ok_or_else(|| StoreError::new("open", "no checkpoint"))?;
        facts.checkpoint = Checkpoint::from_bytes(&bytes, FACTS, FACTS_VERSION)?;
        facts.watermark = facts.checkpoint.watermark();
        facts.born = Decoder::from_bytes(facts.store.get(DECODER)?)?;
        let mut found = Tally::default();
        let mut strange = None;
        let (store, unreadable) = (Arc::clone(&facts.store), &mut facts.unreadable);
        let mut mentions = Mentions::default();
        store.visit_from(b"", &mut |key, value| {
            if key == CHECKPOINT || key == DECODER {
                return true;
            }
            found.add(key, value);
            let understood = match key.split_first() {
                Some((&RUN, _)) => Some(()),
                Some((&MENTION, pair)) => read_mention(pair).map(|(a, b)| mentions.note(a, b)),
                Some((&UNREADABLE, place)) => read_unreadable(place, value).map(|(place, id)| {
                    unreadable.insert(place, id);
                }),
                Some(_) | None => None,
            };
            strange = strange
                .take()
                .or_else(|| understood.is_none().then(|| key.to_vec()));
            strange.is_none()
        })?;
        if let Some(key) = strange {
            return Err(StoreError::new(
                "open",
                format!("key {} is not ours", key.escape_ascii()),
            ));
        }
        facts.checkpoint.check(found)?;
        *write(&facts.mentions) = mentions;
        facts.note_now_readable()?;
        Ok(facts)
    }

    /// Events that another program could not read may be readable now, and mention others.
    fn note_now_readable(&mut self) -> Result<(), StoreError> {
        let journeys: BTreeSet<JourneyId> = self.unreadable.values().copied().collect();
        for journey in journeys {
            for other in self.load(journey)?.iter().filter_map(Told::mention) {
                write(&self.mentions).note(journey, other);
            }
        }
        Ok(())
    }

    pub(crate) fn watermark(&self) -> &Watermark {
        &self.watermark
    }

    pub(crate) fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The store and what is told together, for those who read while this writes.
    pub(crate) fn known(&self) -> KnownFacts {
        KnownFacts {
            store: Arc::clone(&self.store),
            mentions: Arc::clone(&self.mentions),
        }
    }

    /// Places of events that could not be read when they were stored.
    pub(crate) fn unreadable(&self) -> &BTreeMap<Place, JourneyId> {
        &self.unreadable
    }

    /// What the program that built this store could read.
    pub(crate) fn born(&self) -> &Decoder {
        &self.born
    }

    /// A journey's facts, by place; none for a journey that is not known.
    pub(crate) fn load(&self, journey: JourneyId) -> Result<Vec<Told>, StoreError> {
        let mut told = Vec::new();
        visit_journey(&self.store, journey, &mut |place, json| {
            told.push(Told::read(place, json));
        })?;
        Ok(told)
    }

    /// Takes in the commits of one ledger that are new here; `commits` follow each other. One batch.
    /// Gives everything that must be told together with their journeys.
    pub(crate) fn take(
        &mut self,
        ledger: &LedgerId,
        created: Timestamp,
        commits: &[StoredCommit],
    ) -> Result<SharedJourneys, StoreError> {
        let nothing = || Reached::nothing(created);
        let reached = self.checkpoint.ledgers.get(ledger).cloned();
        let mut reached = reached.unwrap_or_else(nothing);
        let mut entries = Entries::default();
        let (mut held, mut new) = (BTreeMap::new(), BTreeMap::new());
        let known_to = reached.sequence;
        for commit in commits.iter().filter(|commit| commit.sequence > known_to) {
            if commit.sequence != reached.sequence + 1 {
                let message = format!("gap before {}", commit.sequence);
                return Err(StoreError::new("take", message));
            }
            self.take_commit(commit, &mut held, &mut new, &mut entries)?;
            reached.sequence = commit.sequence;
            reached.commit = Some(commit.commit);
            reached.commits += 1;
        }
        for (journey, events) in &new {
            entries.add(
                *journey,
                events.iter().map(|(place, json)| (place, &**json)),
            );
        }
        let mut ledgers = self.checkpoint.ledgers.clone();
        ledgers.insert(ledger.clone(), reached);
        self.apply(entries, ledgers)?;
        let mut told = SharedJourneys::new();
        let together = read(&self.mentions).reach(commits.iter().map(|commit| commit.journey));
        for journey in together {
            let here = match held.remove(&journey) {
                Some(held) => held,
                None => self.held(journey)?,
            };
            told.insert(journey, Arc::clone(&here.told));
            self.recent.keep(journey, here);
        }
        Ok(told)
    }

    /// A journey as it stands.
    fn held(&mut self, journey: JourneyId) -> Result<Held, StoreError> {
        if let Some(held) = self.recent.take(journey) {
            return Ok(held);
        }
        let mut held = Held::default();
        visit_journey(&self.store, journey, &mut |place, json| {
            held.add(&place, json);
        })?;
        Ok(held)
    }

    /// Adds the events of a commit that its journey does not hold yet.
    fn take_commit<'c>(
        &mut self,
        commit: &'c StoredCommit,
        held: &mut BTreeMap<JourneyId, Held>,
        new: &mut BTreeMap<JourneyId, Vec<(Place, Cow<'c, str>)>>,
        entries: &mut Entries,
    ) -> Result<(), StoreError> {
        let held = match held.entry(commit.journey) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(self.held(commit.journey)?),
        };
        let mut pieces = pieces(&commit.ledger, commit.sequence, &commit.payload);
        pieces.retain(|(place, json)| {
            let added = held.add(place, json);
            if let Some(told) = added {
                entries.note(commit.journey, told);
            }
            added.is_some()
        });
        new.entry(commit.journey).or_default().extend(pieces);
        Ok(())
    }

    /// Writes entries in one batch, and the position that they lead to.
    fn apply(
        &mut self,
        change: Entries,
        ledgers: BTreeMap<LedgerId, Reached>,
    ) -> Result<(), StoreError> {
        let mut checkpoint = self.checkpoint.clone();
        let mut batch = Batch::default();
        for (key, value) in change.rows {
            checkpoint.tally.add(&key, &value);
            batch.insert(&key, value);
        }
        self.reach(checkpoint, ledgers, batch)?;
        self.note(change.mentions, change.unreadable);
        Ok(())
    }

    /// Fills a fresh store: `runs` of events in the order of their keys, and what is noted besides.
    pub(crate) fn fill(
        &mut self,
        runs: impl Iterator<Item = (Vec<u8>, Vec<u8>)>,
        mut notes: Entries,
        ledgers: BTreeMap<LedgerId, Reached>,
    ) -> Result<(), StoreError> {
        let mut checkpoint = self.checkpoint.clone();
        // Notes after runs: their keys are larger.
        notes.rows.sort_unstable();
        let entries = runs.chain(notes.rows);
        self.store
            .load(entries.inspect(|(key, value)| checkpoint.tally.add(key, value)))?;
        self.reach(checkpoint, ledgers, Batch::default())?;
        self.note(notes.mentions, notes.unreadable);
        self.store.flush()
    }

    fn reach(
        &mut self,
        mut checkpoint: Checkpoint,
        ledgers: BTreeMap<LedgerId, Reached>,
        mut batch: Batch,
    ) -> Result<(), StoreError> {
        if self.checkpoint.ledgers.is_empty() {
            batch.insert(DECODER, self.born.to_bytes()?);
        }
        checkpoint.ledgers = ledgers;
        batch.insert(CHECKPOINT, checkpoint.to_bytes()?);
        self.store.apply(batch)?;
        self.watermark = checkpoint.watermark();
        self.checkpoint = checkpoint;
        Ok(())
    }

    fn note(
        &mut self,
        mentioned: Vec<(JourneyId, JourneyId)>,
        unreadable: BTreeMap<Place, JourneyId>,
    ) {
        let mut mentions = write(&self.mentions);
        for (journey, other) in mentioned {
            mentions.note(journey, other);
        }
        drop(mentions);
        self.unreadable.extend(unreadable);
    }

    pub(crate) fn flush(&self) -> Result<(), StoreError> {
        self.store.flush()
    }
}
