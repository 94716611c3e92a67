//! From a fold to fresh generations on disk.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ScopedJoinHandle};

use homeward_events::id::LedgerId;
use homeward_ledger::Reader;
use homeward_projections::ReadModel;
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;

use crate::checkpoint::Reached;
use crate::facts::Facts;
use crate::folder::Generation;
use crate::progress::{Meter, Stage};
use crate::rebuild::{
    Bound, DrainError, Drained, Fold, FoldStopped, Rows, Scoped, Sum, Unread, before, drain, halts,
};
use crate::runs::Entries;
use crate::status::Halted;
use crate::store::{StoreError, words};
use crate::table::ModelStore;

/// Batches on their way to the facts store: enough that nobody waits, few enough to weigh nothing.
const OUTBOX_BATCHES: usize = 8;

/// What to build, and where.
pub(crate) struct Order {
    pub(crate) facts: Option<(Generation, PathBuf)>,
    pub(crate) models: Vec<(&'static ReadModel, Generation, PathBuf)>,
}

/// Fresh generations, complete and on disk.
pub(crate) struct Built {
    pub(crate) facts: Option<FreshFacts>,
    pub(crate) models: Vec<FreshModel>,
}

/// A fresh facts store.
pub(crate) struct FreshFacts {
    pub(crate) facts: Facts,
    pub(crate) generation: Generation,
}

/// A fresh generation of a model, and where it had to stop.
pub(crate) struct FreshModel {
    pub(crate) store: ModelStore,
    pub(crate) halts: BTreeMap<LedgerId, Halted>,
}

/// Why nothing was built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BuildError {
    #[error(transparent)]
    Drain(#[from] DrainError),
    #[error(transparent)]
    Fold(#[from] FoldStopped),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a rebuild works with.
pub(crate) struct Building {
    pub(crate) reader: Reader,
    pub(crate) handle: Handle,
    pub(crate) workers: usize,
    pub(crate) meter: Arc<Meter>,
    pub(crate) cancel: CancellationToken,
}

/// What a model adds up to, and how far.
struct Folded {
    sum: Sum,
    reached: BTreeMap<LedgerId, Reached>,
    halts: BTreeMap<LedgerId, Halted>,
}

impl Building {
    /// Builds. Blocks for as long as it takes: run it on a thread that may be blocked.
    pub(crate) fn run(&self, order: Order) -> Result<Built, BuildError> {
        let Self {
            reader,
            handle,
            meter,
            cancel,
            ..
        } = self;
        let drained = handle.block_on(drain(reader, &Bound::Head, meter, cancel))?;
        let models: Vec<&'static ReadModel> = order.models.iter().map(|(m, _, _)| *m).collect();
        let (facts, folded) = self.fold(&drained, &models, order.facts)?;
        drop(drained);
        let rows = folded
            .iter()
            .flat_map(|f| &f.sum.rows)
            .map(Rows::len)
            .sum::<usize>();
        meter.begin(Stage::Writing, u64::try_from(rows).unwrap_or(0));
        let models = self.load(folded, order.models)?;
        Ok(Built { facts, models })
    }

    /// Folds every model, and fills a facts store on the way if one is wanted.
    fn fold(
        &self,
        drained: &Drained,
        models: &[&'static ReadModel],
        facts: Option<(Generation, PathBuf)>,
    ) -> Result<(Option<FreshFacts>, Vec<Folded>), BuildError> {
        let Some((generation, path)) = facts else {
            return Ok((None, self.fold_models(drained, models, None)?));
        };
        let store = Facts::create(&path)?;
        let (outbox, inbox) = sync_channel(OUTBOX_BATCHES);
        let (stored, folded) = thread::scope(|scope| {
            let writer = scope.spawn(|| fill(store, inbox, drained));
            let folded = self.fold_models(drained, models, Some(outbox));
            let stored = writer.join();
            (
                stored.unwrap_or_else(|p| Err(StoreError::new("write", words(&p)))),
                folded,
            )
        });
        let (facts, folded) = (stored?, folded?);
        Ok((Some(FreshFacts { facts, generation }), folded))
    }

    /// Folds every model, those that halt up to where they halt.
    fn fold_models(
        &self,
        drained: &Drained,
        models: &[&'static ReadModel],
        facts: Option<SyncSender<Entries>>,
    ) -> Result<Vec<Folded>, BuildError> {
        let scoped: Vec<Scoped> = models
            .iter()
            .map(|model| Scoped { model, at: None })
            .collect();
        let (sums, unread) = self.pass(drained, &scoped, facts.as_ref())?;
        drop(facts);
        let whole = |sum| Folded {
            sum,
            reached: drained.reached.clone(),
            halts: BTreeMap::new(),
        };
        let mut folded: Vec<Folded> = sums.into_iter().map(whole).collect();
        for (folded, model) in folded.iter_mut().zip(models) {
            let halts = halts(model, &unread);
            if !halts.is_empty() {
                // Rare, and known only now: once more, up to there.
                folded.sum = Sum::default();
                let at = before(&drained.reached, &halts);
                let scoped = [Scoped {
                    model,
                    at: Some(at.clone()),
                }];
                let (mut sums, _) = self.pass(drained, &scoped, None)?;
                folded.sum = sums.pop().unwrap_or_default();
                for (ledger, reached) in &mut folded.reached {
                    if halts.contains_key(ledger) {
                        reached.sequence = at.sequence(ledger);
                        reached.commits = reached.sequence;
                        reached.commit = None;
                    }
                }
                folded.halts = halts;
            }
        }
        Ok(folded)
    }

    fn pass(
        &self,
        drained: &Drained,
        models: &[Scoped],
        facts: Option<&SyncSender<Entries>>,
    ) -> Result<(Vec<Sum>, Vec<Unread>), FoldStopped> {
        let commits = u64::try_from(drained.len()).unwrap_or(0);
        self.meter.begin(Stage::Folding, commits);
        let Self {
            workers,
            meter,
            cancel,
            ..
        } = self;
        Fold {
            drained,
            models,
            workers: *workers,
            meter,
            cancel,
        }
        .run(facts)
    }

    /// Writes every model, several at a time.
    fn load(
        &self,
        folded: Vec<Folded>,
        places: Vec<(&'static ReadModel, Generation, PathBuf)>,
    ) -> Result<Vec<FreshModel>, BuildError> {
        let todo: Mutex<Vec<_>> = Mutex::new(folded.into_iter().zip(places).rev().collect());
        let done = Mutex::new(Vec::new());
        let work = || -> Result<(), BuildError> {
            loop {
                let taken = todo.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let Some((folded, (model, generation, path))) = taken else {
                    return Ok(());
                };
                let store = self.write(folded, ModelStore::create(model, generation, &path)?)?;
                done.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(store);
            }
        };
        thread::scope(|scope| -> Result<(), BuildError> {
            let threads: Vec<_> = (0..self.workers.max(1))
                .map(|_| scope.spawn(work))
                .collect();
            let ended: Vec<_> = threads.into_iter().map(ScopedJoinHandle::join).collect();
            ended.into_iter().try_for_each(|end| {
                end.unwrap_or_else(|p| Err(FoldStopped::Panicked(words(&p)).into()))
            })
        })?;
        Ok(done.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, folded: Folded, mut store: ModelStore) -> Result<FreshModel, BuildError> {
        if self.cancel.is_cancelled() {
            return Err(FoldStopped::Cancelled.into());
        }
        let Folded {
            sum,
            reached,
            halts,
        } = folded;
        let mut rows: Vec<(&[u8], &[u8])> = sum.rows.iter().flat_map(Rows::iter).collect();
        rows.sort_unstable();
        let written = u64::try_from(rows.len()).unwrap_or(0);
        store.load(rows.into_iter(), sum.cells, reached)?;
        self.meter.add(written);
        Ok(FreshModel { store, halts })
    }
}

/// Writes the facts as they come, and the position once all are there.
fn fill(
    mut facts: Facts,
    inbox: Receiver<Entries>,
    drained: &Drained,
) -> Result<Facts, StoreError> {
    for entries in inbox {
        facts.write(entries, None)?;
    }
    facts.write(Entries::default(), Some(drained.reached.clone()))?;
    facts.flush()?;
    Ok(facts)
}
