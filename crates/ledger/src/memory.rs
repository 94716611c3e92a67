//! The log in memory: for tests, deterministic, with the semantics of the real one.
//!
//! It must never be served from: there is no pretend broker in production.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures::{Stream, stream};
use homeward_events::id::{CommitId, ContentDigest, JourneyId, LedgerId};
use homeward_events::time::StoredAt;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use tokio::sync::watch;

use crate::attachments::AttachmentError;
use crate::commit::{
    Appended, COMMIT_BYTES_MAX, DeadLetter, Head, NewCommit, StoredCommit, StoredDeadLetter,
};
use crate::dead_letter;
use crate::error::{AppendError, ReadError};

/// The second at which every ledger in memory is created (2026-01-01T00:00:00Z); its first commit
/// is stored one second later, and so on.
const EPOCH_SECOND: i64 = 1_767_225_600;

/// A log in memory.
pub struct MemoryLog {
    names: Vec<LedgerId>,
    ledgers: BTreeMap<LedgerId, MemoryLedger>,
    dead_letters: Mutex<DeadLetters>,
    attachments: Mutex<BTreeMap<(LedgerId, ContentDigest), Bytes>>,
}

struct MemoryLedger {
    state: Mutex<State>,
    last: watch::Sender<u64>,
}

struct State {
    commits: BTreeMap<u64, StoredCommit>,
    journeys: BTreeMap<JourneyId, Vec<u64>>,
    ids: BTreeMap<CommitId, (JourneyId, u64)>,
    last: u64,
    last_stored: Option<StoredAt>,
    next_stored: Timestamp,
}

struct DeadLetters {
    letters: Vec<StoredDeadLetter>,
    digests: BTreeMap<String, u64>,
}

fn epoch() -> Timestamp {
    Timestamp::constant(EPOCH_SECOND, 0)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A test that panicked elsewhere must not turn this panic into a second one.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl MemoryLog {
    pub(crate) fn new(ledgers: &[LedgerId]) -> Self {
        let ledger = || MemoryLedger {
            state: Mutex::new(State {
                commits: BTreeMap::new(),
                journeys: BTreeMap::new(),
                ids: BTreeMap::new(),
                last: 0,
                last_stored: None,
                next_stored: epoch() + SignedDuration::from_secs(1),
            }),
            last: watch::Sender::new(0),
        };
        Self {
            names: ledgers.to_vec(),
            ledgers: ledgers.iter().map(|id| (id.clone(), ledger())).collect(),
            dead_letters: Mutex::new(DeadLetters {
                letters: Vec::new(),
                digests: BTreeMap::new(),
            }),
            attachments: Mutex::default(),
        }
    }

    /// Sets when the next commit of every ledger will have been stored; each further one is stored
    /// a second after the one before it.
    pub fn set_next_stored(&self, at: Timestamp) {
        for ledger in self.ledgers.values() {
            lock(&ledger.state).next_stored = at;
        }
    }

    /// Damages the log as a flipped bit would: the commit is gone, nothing else changes. Says
    /// whether it was there.
    pub fn lose(&self, ledger: &LedgerId, sequence: u64) -> bool {
        let Some(ledger) = self.ledgers.get(ledger) else {
            return false;
        };
        let mut state = lock(&ledger.state);
        match state.commits.remove(&sequence) {
            None => false,
            Some(commit) => {
                if let Some(sequences) = state.journeys.get_mut(&commit.journey) {
                    sequences.retain(|&other| other != sequence);
                }
                true
            }
        }
    }

    pub(crate) fn ledgers(&self) -> &[LedgerId] {
        &self.names
    }

    pub(crate) fn attachment(
        &self,
        ledger: &LedgerId,
        digest: &ContentDigest,
    ) -> Result<Option<Bytes>, AttachmentError> {
        if !self.ledgers.contains_key(ledger) {
            return Err(AttachmentError::LedgerUnknown(ledger.clone()));
        }
        let key = (ledger.clone(), digest.clone());
        Ok(lock(&self.attachments).get(&key).cloned())
    }

    pub(crate) fn put_attachment(
        &self,
        ledger: &LedgerId,
        digest: &ContentDigest,
        bytes: Bytes,
    ) -> Result<bool, AttachmentError> {
        let is_new = self.attachment(ledger, digest)?.is_none();
        let key = (ledger.clone(), digest.clone());
        lock(&self.attachments).entry(key).or_insert(bytes);
        Ok(is_new)
    }

    /// Damages an attachment as a flipped bit would. Says whether it was there.
    pub fn damage_attachment(&self, ledger: &LedgerId, digest: &ContentDigest) -> bool {
        let key = (ledger.clone(), digest.clone());
        let mut attachments = lock(&self.attachments);
        let found = attachments.get_mut(&key);
        let was_there = found.is_some();
        if let Some(bytes) = found {
            *bytes = Bytes::from_static(b"damaged");
        }
        was_there
    }

    fn ledger(&self, id: &LedgerId) -> Result<&MemoryLedger, ReadError> {
        self.ledgers
            .get(id)
            .ok_or_else(|| ReadError::LedgerUnknown(id.clone()))
    }

    pub(crate) fn append(
        &self,
        commit: &NewCommit,
        expected: u64,
    ) -> Result<Appended, AppendError> {
        if commit.payload.len() > COMMIT_BYTES_MAX {
            return Err(AppendError::TooLarge {
                bytes: commit.payload.len(),
                bytes_max: COMMIT_BYTES_MAX,
            });
        }
        let ledger = self
            .ledgers
            .get(&commit.ledger)
            .ok_or_else(|| AppendError::LedgerUnknown(commit.ledger.clone()))?;
        let sequence = {
            let mut state = lock(&ledger.state);
            let known = state.ids.get(&commit.id).copied();
            if let Some((journey, sequence)) = known
                && journey == commit.journey
            {
                return Ok(Appended::Already { sequence });
            }
            let found = state
                .journeys
                .get(&commit.journey)
                .and_then(|sequences| sequences.last().copied())
                .unwrap_or(0);
            if found != expected {
                return Err(AppendError::Conflict { expected, found });
            }
            if known.is_some() {
                return Err(AppendError::Reused { commit: commit.id });
            }
            state.store(commit)
        };
        ledger.last.send_replace(sequence);
        Ok(Appended::New { sequence })
    }

    pub(crate) fn refuse(&self, letter: DeadLetter) -> Result<u64, AppendError> {
        dead_letter::check(&letter)?;
        let digest = dead_letter::digest(&letter);
        let mut dead = lock(&self.dead_letters);
        if let Some(&sequence) = dead.digests.get(&digest) {
            return Ok(sequence);
        }
        let sequence = number(dead.letters.len()) + 1;
        dead.digests.insert(digest, sequence);
        dead.letters.push(StoredDeadLetter {
            sequence,
            stored: StoredAt(epoch() + SignedDuration::from_secs(seconds(sequence))),
            letter: DeadLetter {
                reason: dead_letter::cut(&letter.reason).to_owned(),
                ..letter
            },
        });
        Ok(sequence)
    }

    pub(crate) fn journey(
        &self,
        ledger: &LedgerId,
        journey: JourneyId,
    ) -> Result<Vec<StoredCommit>, ReadError> {
        let state = lock(&self.ledger(ledger)?.state);
        let sequences = state.journeys.get(&journey).into_iter().flatten();
        Ok(sequences
            .filter_map(|sequence| state.commits.get(sequence).cloned())
            .collect())
    }

    pub(crate) fn commit_at(
        &self,
        ledger: &LedgerId,
        sequence: u64,
    ) -> Result<Option<StoredCommit>, ReadError> {
        let state = lock(&self.ledger(ledger)?.state);
        Ok(state.commits.get(&sequence).cloned())
    }

    pub(crate) fn head(&self, ledger: &LedgerId) -> Result<Head, ReadError> {
        let state = lock(&self.ledger(ledger)?.state);
        let first = state.commits.keys().next().copied();
        let first = first.unwrap_or(state.last + 1);
        let messages = number(state.commits.len());
        Ok(Head {
            created: epoch(),
            first,
            last: state.last,
            messages,
            deleted: (state.last + 1).saturating_sub(first + messages),
            last_stored: state.last_stored,
        })
    }

    pub(crate) fn dead_letters(&self, from: u64, limit: usize) -> Vec<StoredDeadLetter> {
        let dead = lock(&self.dead_letters);
        let letters = dead.letters.iter();
        letters
            .filter(|stored| stored.sequence >= from)
            .take(limit)
            .cloned()
            .collect()
    }

    /// Commits from `from` on; up to `until` if given, and else for ever.
    pub(crate) fn read(
        self: Arc<Self>,
        ledger: LedgerId,
        from: u64,
        until: Option<u64>,
    ) -> impl Stream<Item = Result<StoredCommit, ReadError>> + Send + Unpin + 'static {
        let reading = Reading {
            log: self,
            ledger,
            next: from.max(1),
            until,
            started: false,
            over: false,
        };
        // Boxed: the state is large, and callers would carry it in every future of theirs.
        Box::pin(stream::unfold(reading, async |mut reading| {
            let item = reading.next().await?;
            Some((item, reading))
        }))
    }
}

impl State {
    fn store(&mut self, commit: &NewCommit) -> u64 {
        self.last += 1;
        let (sequence, stored) = (self.last, StoredAt(self.next_stored));
        self.last_stored = Some(stored);
        self.next_stored += SignedDuration::from_secs(1);
        self.ids.insert(commit.id, (commit.journey, sequence));
        let journey = self.journeys.entry(commit.journey).or_default();
        journey.push(sequence);
        self.commits.insert(
            sequence,
            StoredCommit {
                ledger: commit.ledger.clone(),
                journey: commit.journey,
                sequence,
                stored,
                commit: commit.id,
                payload: commit.payload.clone(),
            },
        );
        sequence
    }
}

struct Reading {
    log: Arc<MemoryLog>,
    ledger: LedgerId,
    next: u64,
    until: Option<u64>,
    started: bool,
    over: bool,
}

enum Step {
    Item(StoredCommit),
    Fail(ReadError),
    Wait,
}

impl Reading {
    async fn next(&mut self) -> Option<Result<StoredCommit, ReadError>> {
        loop {
            if self.over || self.until.is_some_and(|until| self.next > until) {
                return None;
            }
            let mut arrivals = match self.log.ledger(&self.ledger) {
                Ok(ledger) => ledger.last.subscribe(),
                Err(unknown) => {
                    self.over = true;
                    return Some(Err(unknown));
                }
            };
            arrivals.mark_unchanged();
            match self.step() {
                Step::Item(commit) => {
                    self.next += 1;
                    return Some(Ok(commit));
                }
                Step::Fail(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
                // The sender lives in the log that we hold, so this cannot end early.
                Step::Wait => arrivals.changed().await.ok()?,
            }
        }
    }

    fn step(&mut self) -> Step {
        let ledger = match self.log.ledger(&self.ledger) {
            Ok(ledger) => ledger,
            Err(error) => return Step::Fail(error),
        };
        let state = lock(&ledger.state);
        if !self.started {
            self.started = true;
            let position = self.until.unwrap_or(self.next - 1);
            if state.last < position {
                return Step::Fail(ReadError::Behind {
                    ledger: self.ledger.clone(),
                    position,
                    last: state.last,
                });
            }
        }
        if let Some(commit) = state.commits.get(&self.next) {
            return Step::Item(commit.clone());
        }
        if state.last < self.next {
            return Step::Wait;
        }
        let following = state.commits.range(self.next..).next();
        Step::Fail(ReadError::Gap {
            ledger: self.ledger.clone(),
            expected: self.next,
            found: following.map_or(state.last + 1, |(&sequence, _)| sequence),
        })
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn seconds(sequence: u64) -> i64 {
    i64::try_from(sequence).unwrap_or(i64::MAX)
}
