//! Who is who, in memory: names follow the log here, and nowhere else. Nothing of it is stored, and
//! nothing of it is logged: a restart reads the log again, in the background.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use homeward_events::Event;
use homeward_events::codec;
use homeward_events::id::{JourneyId, LedgerId};
use homeward_ledger::{ReadError, Reader, StoredCommit};
use homeward_projections::identity::{People, Rules};
use memchr::memmem;
use parking_lot::RwLock;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::fold_log::on_thread;
use crate::position::Watermark;
use crate::writer::follow::{Following, Message};

/// Messages that are taken in under one lock: a question waits for at most so many.
const GROUP: usize = 128;
/// Journeys that are compared with all others at a time: some ten milliseconds, after which news from
/// the log are looked for. Searches go on meanwhile, and wait for the noting of it only.
const COMPARED: usize = 64;
/// How long to wait after the log could not be read.
const WAIT: Duration = Duration::from_secs(1);

/// Words that stand in every event that says who somebody is, who is whom, or what of that no longer
/// stands. Everything else is not even read.
const MARKS: [&str; 5] = [
    "\"identity\"",
    "\"correction.",
    "\"erasure.",
    "\"journey.linked\"",
    "\"journey.unlinked\"",
];

/// Who is who, kept up with the log. Cheap to clone.
#[derive(Clone)]
pub struct Identities(Arc<Inner>);

struct Inner {
    /// Written by one thread, which compares people while others read: comparing everybody must not
    /// keep a search from being answered.
    people: RwLock<People>,
    rules: Rules,
    state: RwLock<Reading>,
    ticks: watch::Sender<u64>,
    reader: Reader,
}

#[derive(Clone, Default)]
struct Reading {
    watermark: Watermark,
    heads: BTreeMap<LedgerId, u64>,
    /// The heads that there were at first: up to there, nobody is answered.
    at_first: BTreeMap<LedgerId, u64>,
    read: bool,
    /// Journeys that are still to be compared with all others, the first time.
    uncompared: Option<usize>,
    trouble: Option<String>,
}

/// Up to where somebody was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleAsOf {
    /// What is in.
    pub watermark: Watermark,
    /// The last sequence of each ledger that the log is known to have.
    pub heads: BTreeMap<LedgerId, u64>,
}

/// Why nobody can be looked for yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    /// The log is being read.
    #[error("names are being read from the log: {done} of {total} commits")]
    Reading {
        /// Commits that were read.
        done: u64,
        /// Out of how many.
        total: u64,
    },
    /// Everybody is being compared with everybody; a search is answered already.
    #[error("people are being compared: {left} journeys are left")]
    Comparing {
        /// Journeys that are left.
        left: usize,
    },
    /// A position was not reached in time.
    #[error("`{ledger}` is known to {reached} only, {wanted} was asked for")]
    Behind {
        /// Which ledger.
        ledger: LedgerId,
        /// Up to where it is known.
        reached: u64,
        /// Up to where it was to be.
        wanted: u64,
    },
    /// The log cannot be read.
    #[error("names cannot be read from the log: {0}")]
    Trouble(String),
}

impl Identities {
    /// Begins to read the log, from its beginning, and follows it until `cancel` is cancelled.
    pub fn start(
        reader: Reader,
        rules: Rules,
        tracker: &TaskTracker,
        cancel: CancellationToken,
    ) -> Self {
        let identities = Self(Arc::new(Inner {
            people: RwLock::new(People::new(rules.clone())),
            rules,
            state: RwLock::default(),
            ticks: watch::Sender::new(0),
            reader,
        }));
        let (kept, tasks, runtime) = (identities.clone(), tracker.clone(), Handle::current());
        drop(tracker.spawn(on_thread("people", move || {
            let mut follower = Follower {
                identities: kept,
                tracker: tasks,
                handle: runtime,
                cancel,
            };
            while let Some(why) = follower.session() {
                tracing::error!(%why, "names cannot be read from the log; trying again");
                follower.begin_anew(why);
                if !follower.wait() {
                    return;
                }
            }
        })));
        identities
    }

    /// Looks for somebody; `ask` must be brief, for nothing is taken in meanwhile.
    ///
    /// # Errors
    /// The log has not been read up to where it ended when the program started.
    pub fn ask<T>(&self, ask: impl FnOnce(&People) -> T) -> Result<(T, PeopleAsOf), NotRead> {
        let people = self.0.people.read();
        let reading = self.0.state.read().clone();
        if !reading.read {
            return Err(reading.not_read());
        }
        let answer = ask(&people);
        Ok((answer, self.as_of(reading)))
    }

    /// As [`Self::ask`], for questions about pairs.
    ///
    /// # Errors
    /// As [`Self::ask`], or not everybody has been compared yet.
    pub fn ask_pairs<T>(&self, ask: impl FnOnce(&People) -> T) -> Result<(T, PeopleAsOf), NotRead> {
        let reading = self.0.state.read().clone();
        match reading.uncompared {
            Some(0) | None if reading.read => self.ask(ask),
            Some(left) if reading.read => Err(NotRead::Comparing { left }),
            Some(_) | None => Err(reading.not_read()),
        }
    }

    /// Waits until the commit `sequence` of `ledger` is in, at most for `patience`.
    ///
    /// # Errors
    /// It was not reached in time.
    pub async fn wait_for(
        &self,
        ledger: &LedgerId,
        sequence: u64,
        patience: Duration,
    ) -> Result<(), NotRead> {
        let mut ticks = self.0.ticks.subscribe();
        let reached = || self.0.state.read().watermark.sequence(ledger);
        let waiting = async {
            loop {
                ticks.mark_unchanged();
                if reached() >= sequence || ticks.changed().await.is_err() {
                    return;
                }
            }
        };
        // Whether it was in time is seen below.
        drop(tokio::time::timeout(patience, waiting).await);
        let (ledger, reached) = (ledger.clone(), reached());
        if reached >= sequence {
            return Ok(());
        }
        Err(NotRead::Behind {
            ledger,
            reached,
            wanted: sequence,
        })
    }

    fn as_of(&self, reading: Reading) -> PeopleAsOf {
        let mut heads = reading.heads;
        for ledger in self.0.reader.ledgers() {
            let known = self.0.reader.appended(ledger);
            let known = known.max(reading.watermark.sequence(ledger));
            let head = heads.entry(ledger.clone()).or_default();
            *head = (*head).max(known);
        }
        PeopleAsOf {
            watermark: reading.watermark,
            heads,
        }
    }
}

impl Reading {
    fn not_read(&self) -> NotRead {
        if let Some(trouble) = &self.trouble {
            return NotRead::Trouble(trouble.clone());
        }
        NotRead::Reading {
            done: self.watermark.commits(),
            total: self.at_first.values().sum(),
        }
    }

    /// Whether everything that was there at first is in.
    fn is_read(&self, ledgers: &[LedgerId]) -> bool {
        ledgers.iter().all(|ledger| {
            let head = self.at_first.get(ledger);
            head.is_some_and(|head| self.watermark.covers(ledger, *head))
        })
    }
}

/// The thread that takes in what comes out of the log.
struct Follower {
    identities: Identities,
    tracker: TaskTracker,
    handle: Handle,
    cancel: CancellationToken,
}

impl Follower {
    /// Reads and follows the log; why it could not go on, or nothing if it was asked to stop.
    fn session(&mut self) -> Option<String> {
        let inner = Arc::clone(&self.identities.0);
        let start = Watermark::default();
        let mut following = Following::start(
            &inner.reader,
            Some(&start),
            &self.tracker,
            &self.handle,
            &self.cancel,
        );
        let mut group = Vec::with_capacity(GROUP);
        loop {
            // Before the next message is waited for, whoever is new is compared with all others.
            let more = self.catch_up(&inner);
            if more && following.inbox.is_empty() {
                continue;
            }
            let received = self
                .handle
                .block_on(following.inbox.recv_many(&mut group, GROUP));
            if received == 0 {
                return None;
            }
            let mut reading = inner.state.read().clone();
            let mut commits = Vec::new();
            for message in group.drain(..) {
                match message {
                    Message::Commit(commit) => commits.push(commit),
                    Message::Head(ledger, Ok(head)) => {
                        reading.at_first.entry(ledger.clone()).or_insert(head.last);
                        reading.heads.insert(ledger, head.last);
                    }
                    // Read models say that the log cannot be asked; what is known is known.
                    Message::Head(_, Err(_)) => {}
                    Message::Ended(ledger, why) => return Some(format!("`{ledger}`: {why}")),
                }
            }
            take_all(&inner, &commits);
            for commit in &commits {
                reading.watermark = reading.watermark.with(&commit.ledger, commit.sequence);
            }
            let read_before = reading.read;
            reading.read = read_before || reading.is_read(inner.reader.ledgers());
            if reading.read && !self.settle(&inner) {
                return None;
            }
            if reading.read && !read_before {
                let journeys = inner.people.read().count(&|_| true);
                tracing::info!(journeys, "names are read: people can be looked for");
                reading.uncompared = Some(journeys);
            } else if reading.uncompared == Some(0) {
                while compare(&inner) > 0 {}
            }
            *inner.state.write() = reading;
            inner
                .ticks
                .send_modify(|ticks| *ticks = ticks.wrapping_add(1));
        }
    }

    /// Compares some of those whom nobody has compared since the program started; whether some are
    /// left.
    fn catch_up(&self, inner: &Inner) -> bool {
        if matches!(inner.state.read().uncompared, Some(0) | None) || self.cancel.is_cancelled() {
            return false;
        }
        let left = compare(inner);
        inner.state.write().uncompared = Some(left);
        if left == 0 {
            let pairs = inner.people.read().count_duplicates(&|_| true);
            tracing::info!(pairs, "people are compared");
        }
        left > 0
    }

    /// Looks into corrections and erasures; `false` if asked to stop meanwhile.
    fn settle(&self, inner: &Inner) -> bool {
        let unsettled = inner.people.read().unsettled();
        for (ledger, journey) in unsettled {
            loop {
                match self.handle.block_on(facts(&inner.reader, &ledger, journey)) {
                    Ok(facts) => {
                        inner.people.write().settle(&ledger, journey, &facts);
                        break;
                    }
                    // A name that was struck must not be shown: nothing goes on before it is known.
                    Err(error) => {
                        tracing::warn!(%error, %ledger, %journey, "corrections cannot be read; trying again");
                        if !self.wait() {
                            return false;
                        }
                    }
                }
            }
        }
        true
    }

    fn begin_anew(&self, why: String) {
        let inner = &self.identities.0;
        *inner.state.write() = Reading {
            trouble: Some(why),
            ..Reading::default()
        };
        *inner.people.write() = People::new(inner.rules.clone());
    }

    /// Waits a moment; `false` if asked to stop meanwhile.
    fn wait(&self) -> bool {
        self.handle.block_on(async {
            tokio::select! {
                () = self.cancel.cancelled() => false,
                () = tokio::time::sleep(WAIT) => true,
            }
        })
    }
}

/// Compares some of those who changed with all others; how many are left.
fn compare(inner: &Inner) -> usize {
    let compared = inner.people.read().compared(COMPARED);
    // Nobody else writes: what was read is as it was.
    inner.people.write().note_compared(compared)
}

fn take_all(inner: &Inner, commits: &[StoredCommit]) {
    // Read before anything is locked: reading is the long part.
    let delicate = |commit: &StoredCommit| {
        inner
            .people
            .read()
            .is_delicate(&commit.ledger, commit.journey)
    };
    let events: Vec<Event> = commits
        .iter()
        .filter(|commit| speaks_of_people(&commit.payload) || delicate(commit))
        .flat_map(events)
        .collect();
    if events.is_empty() {
        return;
    }
    let mut people = inner.people.write();
    for event in &events {
        people.take(event);
    }
}

fn speaks_of_people(payload: &[u8]) -> bool {
    MARKS
        .iter()
        .any(|mark| memmem::find(payload, mark.as_bytes()).is_some())
}

/// The events of a commit. What this program cannot read says nothing to it of who somebody is; read
/// models halt before it, and say so.
fn events(commit: &StoredCommit) -> Vec<Event> {
    let pieces = codec::split(&commit.payload).unwrap_or_default();
    let events = pieces.into_iter();
    events
        .filter_map(|piece| codec::decode_event(piece.get(), None).ok())
        .collect()
}

async fn facts(
    reader: &Reader,
    ledger: &LedgerId,
    journey: JourneyId,
) -> Result<Vec<Event>, ReadError> {
    let commits = reader.journey(ledger, journey).await?;
    Ok(commits.iter().flat_map(events).collect())
}
