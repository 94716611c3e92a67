//! Earlier positions of the log: read models as they were known, quickly.
//!
//! A question about the past names a [`Bound`] (or a [`Known`], as people write it), which is resolved
//! to a [`Moment`] by looking at a few commits. What a model was at a moment is then, whichever is
//! there first: in memory; in a file that an earlier question left; a few journeys away from something
//! that is there, and then only those journeys are told again; or folded from the log. All four give
//! the same bytes, and everything is only a cache: it is believed after its checksum, for this log and
//! this program, and can be removed at any time.

mod between;
mod build;
mod chain;
mod cuts;
mod file;
mod known;
mod log_facts;
mod memory;
mod moment;
mod near;
mod work;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use homeward_events::id::{JourneyId, LedgerId, LogDigest};
use homeward_ledger::Reader;
use homeward_projections::{MemoryTable, ReadModel};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::fold_log::{FoldError, on_thread};
use crate::position::Watermark;
use crate::progress::{Meter, Progress};
use crate::rebuild::{Bound, DrainError, FoldStopped};
use crate::shared::Shared;
use crate::store::StoreError;

pub use between::{commits_between, placed, touched};
pub use build::{build, digest};
pub use cuts::{Cut, CutsError, named_cuts};
pub use known::{Known, KnownError, Resolved};
pub use log_facts::{LogFacts, read_log};
pub use moment::Moment;

use chain::Chains;
use file::Folder;
use memory::Memory;

/// Folds that wait for their turn; more are told to come back.
const WAITING_MAX: usize = 16;

/// Where the past is kept, and how much of it.
#[derive(Debug, Clone)]
pub struct PastConfig {
    /// The data directory, where folds lie in the folder `past`; `None` keeps nothing on disk.
    pub data_dir: Option<PathBuf>,
    /// Models that are folded together with the one that is asked: reading the log costs the most.
    pub together: Vec<&'static ReadModel>,
    /// Threads of a fold; at least 1.
    pub workers: usize,
    /// Most bytes of folds in memory, about.
    pub memory_bytes_max: u64,
    /// Most bytes of folds on disk.
    pub disk_bytes_max: u64,
}

impl PastConfig {
    /// Only what is asked, in `data_dir`, in 256 MB of memory and 2 GB on disk.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self::of(Some(data_dir.into()))
    }

    /// As [`Self::new`]; `None` keeps nothing on disk.
    pub fn of(data_dir: Option<PathBuf>) -> Self {
        Self {
            data_dir,
            together: Vec::new(),
            workers: 2,
            memory_bytes_max: 256 << 20,
            disk_bytes_max: 2 << 30,
        }
    }
}

/// A read model as it was at a moment.
#[derive(Debug)]
pub struct Kept {
    /// Which moment.
    pub moment: Moment,
    /// Its rows and cells.
    pub table: MemoryTable,
    /// Digest of the log up to there.
    pub log_sha256: LogDigest,
    bytes: u64,
}

impl Kept {
    pub(crate) fn new(moment: Moment, table: MemoryTable, log_sha256: LogDigest) -> Self {
        let bytes = memory::weight(&table);
        Self {
            moment,
            table,
            log_sha256,
            bytes,
        }
    }
}

/// Why the past cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PastError {
    /// It is being folded: ask again, and it will be there.
    #[error("the log is being folded up to there")]
    Folding(Progress),
    /// Too many folds wait for their turn.
    #[error("too many earlier positions are being folded")]
    Busy,
    /// The log cannot be folded up to there.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// The facts store, which single journeys are told from, is not there yet.
    #[error("facts are being built")]
    NotReady,
    /// Something broke.
    #[error("the past cannot be told: {0}")]
    Broken(String),
}

impl From<StoreError> for PastError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<DrainError> for PastError {
    fn from(error: DrainError) -> Self {
        Self::Fold(error.into())
    }
}

impl From<FoldStopped> for PastError {
    fn from(stopped: FoldStopped) -> Self {
        Self::Fold(stopped.into())
    }
}

/// Answers for earlier positions. Cheap to clone; one fold is made at a time.
#[derive(Clone)]
pub struct Past(Arc<Keeper>);

struct Keeper {
    config: PastConfig,
    reader: Reader,
    /// The models and facts that follow the log, where there are some.
    live: Option<Arc<Shared>>,
    folder: Arc<Folder>,
    memory: Mutex<Memory>,
    jobs: Mutex<BTreeMap<String, Job>>,
    chains: tokio::sync::Mutex<Chains>,
    /// One fold at a time: each takes as much memory as the log.
    turn: tokio::sync::Mutex<()>,
    tracker: TaskTracker,
    cancel: CancellationToken,
}

type Done = Option<Result<Arc<Kept>, PastError>>;

/// A model at a moment, in the making.
#[derive(Clone)]
struct Job {
    meter: Arc<Meter>,
    done: watch::Receiver<Done>,
}

impl Past {
    /// The past of a log, without models that follow it.
    pub fn open(config: PastConfig, reader: Reader) -> Self {
        Self::beside(
            config,
            reader,
            None,
            TaskTracker::new(),
            CancellationToken::new(),
        )
    }

    pub(crate) fn beside(
        config: PastConfig,
        reader: Reader,
        live: Option<Arc<Shared>>,
        tracker: TaskTracker,
        cancel: CancellationToken,
    ) -> Self {
        let path = config.data_dir.as_ref().map(|dir| dir.join("past"));
        let folder = Folder::open(path, config.disk_bytes_max);
        let chains = Chains::open(folder.path(), reader.ledgers());
        Self(Arc::new(Keeper {
            memory: Mutex::new(Memory::new(config.memory_bytes_max)),
            config,
            reader,
            live,
            folder: Arc::new(folder),
            jobs: Mutex::new(BTreeMap::new()),
            chains: tokio::sync::Mutex::new(chains),
            turn: tokio::sync::Mutex::new(()),
            tracker,
            cancel,
        }))
    }

    /// Finds the position that a bound means; see [`Moment::resolve`].
    ///
    /// # Errors
    /// The log is not complete or cannot be read, or ends before the bound.
    pub async fn resolve(&self, bound: &Bound) -> Result<Moment, PastError> {
        Moment::resolve(&self.0.reader, bound).await
    }

    /// Finds what people call `head`, `jm:1200`, a time, or `cut:2026-Q2`.
    ///
    /// # Errors
    /// They contradict each other, or name what is not there.
    pub async fn known(&self, known: &[Known]) -> Result<Resolved, KnownError> {
        Resolved::of(&self.0.reader, known).await
    }

    /// A model at a moment. Waits at most for `patience`; whatever has to be folded goes on being
    /// folded after that.
    ///
    /// # Errors
    /// `Folding` and `Busy` pass; anything else says why it cannot be folded.
    pub async fn table(
        &self,
        model: &'static ReadModel,
        moment: &Moment,
        patience: Duration,
    ) -> Result<Arc<Kept>, PastError> {
        let name = file::name(model, moment);
        if let Some(kept) = lock(&self.0.memory).get(&name) {
            return Ok(kept);
        }
        let Job { meter, mut done } = self.job(name, model, moment)?;
        match tokio::time::timeout(patience, done.wait_for(Option::is_some)).await {
            Ok(Ok(ended)) => match &*ended {
                Some(ended) => ended.clone(),
                None => Err(PastError::Broken("it ended without a word".to_owned())),
            },
            Ok(Err(_)) => Err(PastError::Broken("it was stopped".to_owned())),
            Err(_) => Err(PastError::Folding(meter.progress())),
        }
    }

    /// The digest of the log up to a moment. Waits at most for `patience`; what has to be read goes on
    /// being read after that.
    ///
    /// # Errors
    /// `Folding`, or the log cannot be read.
    pub async fn log_digest(
        &self,
        moment: &Moment,
        patience: Duration,
    ) -> Result<LogDigest, PastError> {
        let (keeper, of) = (Arc::clone(&self.0), moment.clone());
        let (done, ended) = tokio::sync::oneshot::channel();
        self.0.tracker.spawn(async move {
            let reading = async {
                let mut chains = keeper.chains.lock().await;
                chains.digest(&keeper.reader, &of).await
            };
            tokio::select! {
                biased;
                () = keeper.cancel.cancelled() => {}
                // Whoever asked may have gone; the links are kept.
                digest = reading => drop(done.send(digest)),
            }
        });
        match tokio::time::timeout(patience, ended).await {
            Ok(Ok(digest)) => Ok(digest.map_err(FoldError::Read)?),
            Ok(Err(_)) => Err(PastError::Broken("it was stopped".to_owned())),
            Err(_) => {
                let mut progress = Meter::new().progress();
                progress.total = moment.watermark().commits();
                Err(PastError::Folding(progress))
            }
        }
    }

    /// What a model says of one journey, and of those that are told together with it, at a moment:
    /// for rows that stand under a journey's key. Nothing else is folded.
    ///
    /// # Errors
    /// There are no facts to tell from, the model halts before the moment, or see
    /// [`Self::log_digest`].
    pub async fn of_journey(
        &self,
        model: &'static ReadModel,
        journey: JourneyId,
        moment: &Moment,
        patience: Duration,
    ) -> Result<Kept, PastError> {
        let Some(live) = self.0.live.clone() else {
            return Err(PastError::NotReady);
        };
        let at = moment.watermark().clone();
        let told = on_thread("past", move || {
            let facts = live.facts().ok_or(PastError::NotReady)?.store;
            near::facts_reach(&facts, &at)?;
            near::of_journeys(&facts, model, [journey], &at)
        });
        let table = told
            .await
            .unwrap_or_else(|why| Err(PastError::Broken(why)))?;
        let log_sha256 = self.log_digest(moment, patience).await?;
        Ok(Kept::new(moment.clone(), table, log_sha256))
    }

    /// The job that makes a model at a moment, begun if need be.
    fn job(
        &self,
        name: String,
        model: &'static ReadModel,
        moment: &Moment,
    ) -> Result<Job, PastError> {
        let mut jobs = lock(&self.0.jobs);
        if let Some(job) = jobs.get(&name) {
            return Ok(job.clone());
        }
        if jobs.len() >= WAITING_MAX {
            return Err(PastError::Busy);
        }
        let (ended, done) = watch::channel(None);
        let meter = Arc::new(Meter::new());
        let job = Job {
            meter: Arc::clone(&meter),
            done,
        };
        jobs.insert(name.clone(), job.clone());
        let (keeper, moment) = (Arc::clone(&self.0), moment.clone());
        let cancelled = self.0.cancel.clone().cancelled_owned();
        self.0.tracker.spawn(async move {
            let made = tokio::select! {
                biased;
                () = cancelled => Err(PastError::Broken("it was stopped".to_owned())),
                made = keeper.make(&name, model, &moment, &meter) => made,
            };
            // Whoever asks from now on finds it in memory, or begins again.
            lock(&keeper.jobs).remove(&name);
            ended.send_replace(Some(made));
        });
        Ok(job)
    }

    /// The ledgers of the log, in order.
    pub fn ledgers(&self) -> &[LedgerId] {
        self.0.reader.ledgers()
    }
}

/// Holds nothing that a panic could leave half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many commits lie between two positions.
fn distance(one: &Watermark, other: &Watermark) -> u64 {
    let ledgers: std::collections::BTreeSet<&LedgerId> =
        one.iter().chain(other.iter()).map(|(id, _)| id).collect();
    ledgers
        .into_iter()
        .map(|ledger| one.sequence(ledger).abs_diff(other.sequence(ledger)))
        .sum()
}
