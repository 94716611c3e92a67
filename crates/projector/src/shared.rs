//! What the writer and everyone who asks have in common. Locks are held for moments, never across an
//! await.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};

use homeward_events::id::LedgerId;
use homeward_ledger::Reader;
use homeward_projections::ReadModel;
use tokio::sync::{broadcast, watch};

use crate::facts::KnownFacts;
use crate::progress::{Meter, per_second};
use crate::status::{AsOf, Change, Halted, ModelStatus, NotCurrent, NotReady, SeenHead, State};
use crate::table::ModelStore;

/// Changes that a slow listener may lag behind before it is told that it missed some.
const CHANGES_KEPT: usize = 1024;

/// Over how long a rate is measured.
const RATE_WINDOW: Duration = Duration::from_secs(5);

/// A model's store, shared by the writer and its readers: a batch is applied under the write lock.
pub(crate) type Serving = Arc<RwLock<ModelStore>>;

pub(crate) struct Shared {
    /// The log, for what is known of it without asking.
    reader: Reader,
    slots: Vec<Arc<Slot>>,
    heads: RwLock<BTreeMap<LedgerId, Seen>>,
    facts: RwLock<Option<KnownFacts>>,
    pub(crate) ticks: watch::Sender<u64>,
    pub(crate) changes: broadcast::Sender<Change>,
}

/// A ledger's end as last seen, and what went wrong since.
#[derive(Default)]
struct Seen {
    head: Option<SeenHead>,
    error: Option<String>,
}

/// One read model, as seen from outside.
pub(crate) struct Slot {
    pub(crate) model: &'static ReadModel,
    inner: RwLock<SlotState>,
}

#[derive(Default)]
pub(crate) struct SlotState {
    /// What is served.
    pub(crate) store: Option<Serving>,
    /// What was found on disk and not yet compared with the log.
    pub(crate) found: Option<Serving>,
    pub(crate) halted: BTreeMap<LedgerId, Halted>,
    pub(crate) meter: Option<Arc<Meter>>,
    /// Why there is no store.
    pub(crate) reason: String,
    pub(crate) last_error: Option<String>,
    pub(crate) quarantines: u64,
    pub(crate) rate: Rate,
}

/// Commits of the last seconds.
#[derive(Default)]
pub(crate) struct Rate(VecDeque<(Instant, u64)>);

impl Rate {
    pub(crate) fn add(&mut self, commits: u64) {
        self.0.push_back((Instant::now(), commits));
        while self
            .0
            .front()
            .is_some_and(|(at, _)| at.elapsed() > RATE_WINDOW)
        {
            self.0.pop_front();
        }
    }

    fn per_second(&self) -> u64 {
        let recent = || self.0.iter().filter(|(at, _)| at.elapsed() <= RATE_WINDOW);
        let commits = recent().map(|(_, commits)| commits).sum();
        recent()
            .next()
            .map_or(0, |(since, _)| per_second(commits, *since))
    }
}

/// A lock whose holder panicked is used all the same: what it guards is replaced whole, or checked.
pub(crate) fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

/// As [`read`].
pub(crate) fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(crate) fn new(models: &[&'static ReadModel], reader: Reader) -> Self {
        let state = || SlotState {
            reason: "opening".to_owned(),
            ..SlotState::default()
        };
        let slot = |model: &&'static ReadModel| {
            Arc::new(Slot {
                model,
                inner: RwLock::new(state()),
            })
        };
        let seen = |ledger: &LedgerId| (ledger.clone(), Seen::default());
        Self {
            slots: models.iter().map(slot).collect(),
            heads: RwLock::new(reader.ledgers().iter().map(seen).collect()),
            reader,
            facts: RwLock::new(None),
            ticks: watch::Sender::new(0),
            changes: broadcast::Sender::new(CHANGES_KEPT),
        }
    }

    pub(crate) fn slots(&self) -> &[Arc<Slot>] {
        &self.slots
    }

    pub(crate) fn slot(&self, model: &str) -> Option<&Arc<Slot>> {
        self.slots.iter().find(|slot| slot.model.name == model)
    }

    pub(crate) fn facts(&self) -> Option<KnownFacts> {
        read(&self.facts).clone()
    }

    pub(crate) fn set_facts(&self, facts: Option<KnownFacts>) {
        *write(&self.facts) = facts;
    }

    /// Lets everyone who waits look again.
    pub(crate) fn tick(&self) {
        self.ticks
            .send_modify(|ticks| *ticks = ticks.wrapping_add(1));
    }

    pub(crate) fn saw_head(&self, ledger: &LedgerId, head: SeenHead) {
        let seen = Seen {
            head: Some(head),
            error: None,
        };
        write(&self.heads).insert(ledger.clone(), seen);
    }

    pub(crate) fn missed_head(&self, ledger: &LedgerId, error: String) {
        write(&self.heads).entry(ledger.clone()).or_default().error = Some(error);
    }

    /// A commit came out of the log, so the log goes at least that far.
    pub(crate) fn saw_commit(&self, ledger: &LedgerId, sequence: u64) {
        let last = |seen: &Seen| seen.head.as_ref().map(|head| head.last);
        if read(&self.heads).get(ledger).and_then(last) >= Some(sequence) {
            return;
        }
        if let Some(head) = write(&self.heads)
            .get_mut(ledger)
            .and_then(|seen| seen.head.as_mut())
            && sequence > head.last
        {
            head.messages += sequence - head.last;
            head.last = sequence;
        }
    }

    /// How far a model is in the store that serves it.
    pub(crate) fn as_of(&self, slot: &Slot, store: &ModelStore) -> AsOf {
        // What this house has appended is in the log, whether it came out of it again or not.
        for ledger in self.reader.ledgers() {
            self.saw_commit(ledger, self.reader.appended(ledger));
        }
        let halted: Vec<Halted> = slot.read().halted.values().cloned().collect();
        let heads = read(&self.heads);
        let watermark = store.watermark().clone();
        let lag = heads.iter().filter_map(|(ledger, seen)| {
            Some(
                seen.head
                    .as_ref()?
                    .last
                    .saturating_sub(watermark.sequence(ledger)),
            )
        });
        let lag_commits = lag.sum();
        let current = current(&heads, store, &halted, lag_commits);
        let known = |(ledger, seen): (&LedgerId, &Seen)| Some((ledger.clone(), seen.head.clone()?));
        AsOf {
            watermark,
            heads: heads.iter().filter_map(known).collect(),
            lag_commits,
            halted,
            generation: store.generation.to_string(),
            current,
        }
    }
}

/// Complete or refuse.
fn current(
    heads: &BTreeMap<LedgerId, Seen>,
    store: &ModelStore,
    halted: &[Halted],
    lag_commits: u64,
) -> Result<(), NotCurrent> {
    for (ledger, seen) in heads {
        let ledger = ledger.clone();
        match seen {
            Seen {
                error: Some(reason),
                ..
            } => {
                return Err(NotCurrent::LogUnknown {
                    ledger,
                    reason: reason.clone(),
                });
            }
            Seen { head: None, .. } => {
                let reason = "not asked yet".to_owned();
                return Err(NotCurrent::LogUnknown { ledger, reason });
            }
            Seen {
                head: Some(head), ..
            } => {
                if let Some(reason) = head.incomplete() {
                    return Err(NotCurrent::LogIncomplete { ledger, reason });
                }
            }
        }
    }
    if let Some(halted) = halted.first() {
        return Err(NotCurrent::Halted(halted.clone()));
    }
    if lag_commits > 0 {
        return Err(NotCurrent::Behind { lag_commits });
    }
    for (ledger, reached) in &store.checkpoint().ledgers {
        let (folded, sequence) = (reached.commits, reached.sequence);
        if folded != sequence {
            let ledger = ledger.clone();
            return Err(NotCurrent::Miscounted {
                ledger,
                folded,
                sequence,
            });
        }
    }
    Ok(())
}

impl SlotState {
    /// What was found is of this log: it may be served.
    pub(crate) fn publish(&mut self) {
        self.store = self.found.take().or(self.store.take());
    }
}

impl Slot {
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, SlotState> {
        read(&self.inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, SlotState> {
        write(&self.inner)
    }

    pub(crate) fn store(&self) -> Option<Serving> {
        self.read().store.clone()
    }

    pub(crate) fn not_ready(&self) -> NotReady {
        let state = self.read();
        NotReady {
            model: self.model.name.to_owned(),
            reason: state.reason.clone(),
            progress: state.meter.as_ref().map(|meter| meter.progress()),
        }
    }

    pub(crate) fn status(&self, shared: &Shared) -> ModelStatus {
        let as_of = self.store().map(|store| shared.as_of(self, &read(&store)));
        let state = self.read();
        let doing = match (&state.meter, &state.store) {
            (Some(_), _) => State::Building,
            (None, None) if state.last_error.is_none() => State::Building,
            (None, None) => State::Failed,
            (None, Some(_)) if state.halted.is_empty() => State::Live,
            (None, Some(_)) => State::Halted,
        };
        ModelStatus {
            model: self.model.name,
            version: self.model.version,
            state: doing,
            as_of,
            progress: state.meter.as_ref().map(|meter| meter.progress()),
            rate_per_second: state.rate.per_second(),
            last_error: state.last_error.clone(),
            quarantines: state.quarantines,
        }
    }
}
