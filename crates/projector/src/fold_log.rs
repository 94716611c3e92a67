//! The log folded into memory: for questions about an earlier position, and for whoever does not want
//! a store.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use homeward_events::id::LedgerId;
use homeward_ledger::{Incomplete, ReadError, Reader};
use homeward_projections::{Difference, MemoryTable, ReadModel};
use tokio_util::sync::CancellationToken;

use crate::position::Watermark;
use crate::progress::{Meter, Progress, Stage};
use crate::rebuild::{
    Bound, DrainError, Drained, Fold, FoldStopped, FoldedPeople, Rows, Scoped, Sum, drain, halts,
};
use crate::status::Halted;

/// How often the caller is told how far the fold is, in milliseconds.
pub(crate) const PROGRESS_EVERY_MS: u64 = 100;

/// Read models in memory, and of what they were folded.
#[derive(Debug)]
pub struct FoldedLog {
    /// One table a model, by the model's name.
    pub tables: BTreeMap<&'static str, MemoryTable>,
    /// The last commit of each ledger that is in.
    pub watermark: Watermark,
}

/// Why the log was not folded: complete or refuse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// Something is missing from the log.
    #[error(transparent)]
    Incomplete(Incomplete),
    /// The log cannot be read.
    #[error(transparent)]
    Read(ReadError),
    /// The log ends before the position that was asked for.
    #[error("ledger `{ledger}` ends at {last}, asked for {asked}")]
    Beyond {
        /// Which ledger.
        ledger: LedgerId,
        /// The sequence that was asked for.
        asked: u64,
        /// The last there is.
        last: u64,
    },
    /// The number of commits read is not the number there is.
    #[error("ledger `{ledger}`: read {read} commits where {expected} are")]
    Miscounted {
        /// Which ledger.
        ledger: LedgerId,
        /// Commits that came.
        read: u64,
        /// Commits that should have come.
        expected: u64,
    },
    /// An event that a model cannot do without cannot be read.
    #[error("`{model}` halts at sequence {} of ledger `{}`: {}", .halted.sequence, .halted.ledger, .halted.reason)]
    Halted {
        /// Which model.
        model: &'static str,
        /// Where, and why.
        halted: Halted,
    },
    /// The fold itself broke.
    #[error("the fold broke off: {0}")]
    Broken(String),
}

impl From<DrainError> for FoldError {
    fn from(error: DrainError) -> Self {
        match error {
            DrainError::Incomplete(error) => Self::Incomplete(error),
            DrainError::Read(error) => Self::Read(error),
            DrainError::Beyond {
                ledger,
                asked,
                last,
            } => Self::Beyond {
                ledger,
                asked,
                last,
            },
            DrainError::Miscounted {
                ledger,
                read,
                expected,
            } => Self::Miscounted {
                ledger,
                read,
                expected,
            },
            DrainError::Cancelled => Self::Broken("stopped".to_owned()),
        }
    }
}

impl From<FoldStopped> for FoldError {
    fn from(stopped: FoldStopped) -> Self {
        Self::Broken(stopped.to_string())
    }
}

/// Folds the log up to a bound into memory, as quickly as a store is rebuilt. `progress` is told
/// several times a second how far it is. Dropping the future ends the work.
///
/// # Errors
/// The log is not complete up to the bound, or holds an event that one of the models cannot do
/// without and that cannot be read.
pub async fn fold_log(
    reader: &Reader,
    models: &[&'static ReadModel],
    bound: &Bound,
    workers: usize,
    mut progress: impl FnMut(Progress),
) -> Result<FoldedLog, FoldError> {
    let meter = Arc::new(Meter::new());
    let cancel = CancellationToken::new();
    let _stop = cancel.clone().drop_guard();
    let working = work(
        reader,
        models,
        bound,
        workers.max(1),
        Arc::clone(&meter),
        cancel,
    );
    let mut working = std::pin::pin!(working);
    let mut ticks = tokio::time::interval(std::time::Duration::from_millis(PROGRESS_EVERY_MS));
    loop {
        tokio::select! {
            biased;
            folded = &mut working => {
                progress(meter.progress());
                return folded;
            }
            _ = ticks.tick() => progress(meter.progress()),
        }
    }
}

async fn work(
    reader: &Reader,
    models: &[&'static ReadModel],
    bound: &Bound,
    workers: usize,
    meter: Arc<Meter>,
    cancel: CancellationToken,
) -> Result<FoldedLog, FoldError> {
    let drained = drain(reader, bound, &meter, &cancel).await?;
    let models = models.to_vec();
    // Nothing of it outlives `cancel` by more than a block of journeys.
    on_thread("fold", move || {
        let mut tables = BTreeMap::new();
        for (model, table) in fold_drained(&drained, &models, workers, &meter, &cancel)? {
            tables.insert(model.name, table?);
        }
        let reached = drained.reached.iter();
        let watermark = reached
            .map(|(ledger, r)| (ledger.clone(), r.sequence))
            .collect();
        Ok(FoldedLog { tables, watermark })
    })
    .await
    .unwrap_or_else(|error| Err(FoldError::Broken(error)))
}

/// What became of one model in a fold.
pub(crate) type FoldedModel = (&'static ReadModel, Result<MemoryTable, FoldError>);

/// Folds what was drained; a model that halts at one of its events has no table.
pub(crate) fn fold_drained(
    drained: &Drained,
    models: &[&'static ReadModel],
    workers: usize,
    meter: &Meter,
    cancel: &CancellationToken,
) -> Result<Vec<FoldedModel>, FoldStopped> {
    let scoped: Vec<Scoped> = models
        .iter()
        .map(|model| Scoped { model, at: None })
        .collect();
    meter.begin(Stage::Folding, u64::try_from(drained.len()).unwrap_or(0));
    let fold = Fold {
        drained,
        models: &scoped,
        workers,
        meter,
        cancel,
    };
    let FoldedPeople { sums, unread, .. } = fold.run()?;
    let folded = models.iter().zip(sums).map(|(model, sum)| {
        let halted = halts(model, &unread).into_values().next();
        let folded = match halted {
            None => Ok(table(model, sum)),
            Some(halted) => Err(FoldError::Halted {
                model: model.name,
                halted,
            }),
        };
        (*model, folded)
    });
    Ok(folded.collect())
}

/// Works on a thread of its own: nothing long may hold up the runtime.
///
/// # Errors
/// The thread could not be started, or panicked.
pub(crate) async fn on_thread<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    let (done, ended) = tokio::sync::oneshot::channel();
    let spawned = thread::Builder::new().name(name.to_owned()).spawn(move || {
        // Whoever asked may have gone.
        drop(done.send(work()));
    });
    spawned.map_err(|error| error.to_string())?;
    ended.await.map_err(|_| "the thread panicked".to_owned())
}

fn table(model: &ReadModel, sum: Sum) -> MemoryTable {
    let rows = sum.rows.iter().flat_map(Rows::iter).map(|(key, row)| {
        (
            String::from_utf8_lossy(key).into_owned(),
            Some(row.to_vec()),
        )
    });
    let mut table = MemoryTable::new(model);
    table.apply(Difference {
        rows: rows.collect(),
        cells: sum.cells,
    });
    table
}
