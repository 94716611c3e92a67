//! From a fold to fresh generations on disk.

use std::collections::BTreeMap;
use std::path::PathBuf;
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
    Bound, DrainError, Drained, Fold, FoldStopped, FoldedPeople, Rows, Scoped, Sum, before, drain,
    halts,
};
use crate::runs::{Entries, without_repeats};
use crate::status::Halted;
use crate::store::{StoreError, words};
use crate::table::ModelStore;

/// What to build, and where.
pub(crate) struct Order {
    pub(crate) facts: Option<(Generation, PathBuf)>,
    pub(crate) models: Vec<(&'static ReadModel, Generation, PathBuf)>,
}

/// Fresh generations, complete and on disk.
pub(crate) enum Built {
    Models(Vec<FreshModel>),
    Facts(Box<FreshFacts>),
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
    /// Builds, and delivers: the models first, because they can be served without facts, and then
    /// the facts that they need to follow the log. Blocks for as long as it takes: run it on a
    /// thread that may be blocked.
    ///
    /// # Errors
    /// What was not delivered could not be built.
    pub(crate) fn run(
        &self,
        order: Order,
        mut deliver: impl FnMut(Built),
    ) -> Result<(), BuildError> {
        let Self {
            reader,
            handle,
            meter,
            cancel,
            ..
        } = self;
        let drained = handle.block_on(drain(reader, &Bound::Head, meter, cancel))?;
        let models: Vec<&'static ReadModel> = order.models.iter().map(|(m, _, _)| *m).collect();
        let (folded, notes) = self.fold(&drained, &models)?;
        // A log takes as much memory as everything that is made of it: it goes as soon as it can.
        let left = order
            .facts
            .map(|(generation, path)| (drained, generation, path));
        let rows: usize = folded.iter().flat_map(|f| &f.sum.rows).map(Rows::len).sum();
        meter.begin(Stage::Writing, u64::try_from(rows).unwrap_or(0));
        let models = self.load(folded, order.models)?;
        if !models.is_empty() {
            deliver(Built::Models(models));
        }
        if let Some((drained, generation, path)) = left {
            let facts = self.fill(Facts::create(&path)?, notes, &drained)?;
            deliver(Built::Facts(Box::new(FreshFacts { facts, generation })));
        }
        Ok(())
    }

    /// Folds every model, those that halt up to where they halt.
    fn fold(
        &self,
        drained: &Drained,
        models: &[&'static ReadModel],
    ) -> Result<(Vec<Folded>, Vec<Entries>), FoldStopped> {
        let scoped: Vec<Scoped> = models
            .iter()
            .map(|model| Scoped { model, at: None })
            .collect();
        let FoldedPeople {
            sums,
            unread,
            notes,
        } = self.people(drained, &scoped)?;
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
                folded.sum = self
                    .people(drained, &scoped)?
                    .sums
                    .pop()
                    .unwrap_or_default();
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
        Ok((folded, notes))
    }

    fn people(&self, drained: &Drained, models: &[Scoped]) -> Result<FoldedPeople, FoldStopped> {
        let Self {
            workers,
            meter,
            cancel,
            ..
        } = self;
        meter.begin(Stage::Folding, u64::try_from(drained.len()).unwrap_or(0));
        Fold {
            drained,
            models,
            workers: *workers,
            meter,
            cancel,
        }
        .run()
    }

    /// Writes all events by journey, and the position once all are there.
    fn fill(
        &self,
        mut facts: Facts,
        parts: Vec<Entries>,
        drained: &Drained,
    ) -> Result<Facts, BuildError> {
        let mut notes = Entries::default();
        for part in parts {
            notes.rows.extend(part.rows);
            notes.mentions.extend(part.mentions);
            notes.unreadable.extend(part.unreadable);
        }
        let journeys = drained.journeys().into_iter();
        let runs = journeys
            .take_while(|_| !self.cancel.is_cancelled())
            .flat_map(|(journey, commits)| {
                let mut events = drained.pieces(commits);
                without_repeats(&mut events);
                let mut entries = Entries::default();
                entries.add(journey, events.iter().map(|(place, json)| (place, &**json)));
                entries.rows
            });
        facts.fill(runs, notes, drained.reached.clone())?;
        if self.cancel.is_cancelled() {
            return Err(FoldStopped::Cancelled.into());
        }
        Ok(facts)
    }

    /// Writes every model, several at a time.
    fn load(
        &self,
        folded: Vec<Folded>,
        places: Vec<(&'static ReadModel, Generation, PathBuf)>,
    ) -> Result<Vec<FreshModel>, BuildError> {
        let mut todo: Vec<_> = folded.into_iter().zip(places).collect();
        // The largest first, so that no thread is left alone with it at the end.
        todo.sort_by_key(|(folded, _)| folded.sum.bytes());
        let todo = Mutex::new(todo);
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
        store.load(&rows, sum.cells, reached)?;
        self.meter.add(written);
        Ok(FreshModel { store, halts })
    }
}
