//! Making a model at a moment: from a file, from nearby, or from the log.

use std::collections::BTreeMap;
use std::sync::Arc;

use homeward_events::id::LedgerId;
use homeward_projections::{MemoryTable, ReadModel};

use super::chain::Following;
use super::{Keeper, Kept, Moment, PastError, file, lock};
use crate::fold_log::{FoldError, FoldedModel, fold_drained, on_thread};
use crate::progress::Meter;
use crate::rebuild::{Bound, drain_seen};

impl Keeper {
    pub(super) async fn make(
        self: &Arc<Self>,
        name: &str,
        model: &'static ReadModel,
        moment: &Moment,
        meter: &Arc<Meter>,
    ) -> Result<Arc<Kept>, PastError> {
        let (folder, of) = (Arc::clone(&self.folder), moment.clone());
        let loaded = on_thread("past", move || folder.load(model, &of)).await;
        if let Ok(Some(kept)) = loaded {
            let kept = Arc::new(kept);
            lock(&self.memory).put(name.to_owned(), model, Arc::clone(&kept));
            return Ok(kept);
        }
        let _turn = self.turn.lock().await;
        // Perhaps it was folded together with another model in the meantime.
        if let Some(kept) = lock(&self.memory).get(name) {
            return Ok(kept);
        }
        if let Some(table) = self.near(model, moment).await? {
            let digest = self.chains.lock().await.digest(&self.reader, moment).await;
            let digest = digest.map_err(FoldError::Read)?;
            return Ok(self.keep(model, moment, table, digest).await);
        }
        let mut found = None;
        let (tables, digest) = self.fold(model, moment, meter).await?;
        for (other, table) in tables {
            let asked = other.name == model.name;
            match table {
                Ok(table) => {
                    let kept = self.keep(other, moment, table, digest.clone()).await;
                    found = if asked { Some(Ok(kept)) } else { found };
                }
                Err(error) if asked => found = Some(Err(error.into())),
                Err(_) => {}
            }
        }
        found.unwrap_or_else(|| Err(PastError::Broken("it was not folded".to_owned())))
    }

    /// Keeps a fold in memory and on disk.
    async fn keep(
        &self,
        model: &'static ReadModel,
        moment: &Moment,
        table: MemoryTable,
        digest: homeward_events::id::LogDigest,
    ) -> Arc<Kept> {
        let kept = Arc::new(Kept::new(moment.clone(), table, digest));
        lock(&self.memory).put(file::name(model, moment), model, Arc::clone(&kept));
        let (folder, stored) = (Arc::clone(&self.folder), Arc::clone(&kept));
        // A thread that cannot be started leaves nothing on disk, which costs time and nothing else.
        drop(on_thread("past", move || folder.store(model, &stored)).await);
        kept
    }

    /// Folds the log up to a moment: the model that is asked, and those that go together with it.
    async fn fold(
        &self,
        model: &'static ReadModel,
        moment: &Moment,
        meter: &Arc<Meter>,
    ) -> Result<(Vec<FoldedModel>, homeward_events::id::LogDigest), PastError> {
        let mut models = vec![model];
        for other in &self.config.together {
            let kept = lock(&self.memory).get(&file::name(other, moment)).is_some();
            if other.name != model.name && !kept {
                models.push(other);
            }
        }
        let mut following: BTreeMap<LedgerId, Following> = BTreeMap::new();
        let bound = Bound::Watermark(moment.watermark().clone());
        let drained = drain_seen(&self.reader, &bound, meter, &self.cancel, &mut |commit| {
            following
                .entry(commit.ledger.clone())
                .or_insert_with(Following::start)
                .add(commit);
        })
        .await?;
        // Between resolving and reading, nothing may have taken the log's place.
        let same = moment.ledgers.iter().all(|(ledger, reached)| {
            let read = drained.reached.get(ledger);
            read.is_some_and(|read| {
                read.created == reached.created && read.commit == reached.commit
            })
        });
        if !same {
            return Err(PastError::Broken(
                "the log was replaced meanwhile".to_owned(),
            ));
        }
        let digest = self.chains.lock().await.followed(moment, following);
        let (workers, meter, cancel) =
            (self.config.workers, Arc::clone(meter), self.cancel.clone());
        let folded = on_thread("fold", move || {
            fold_drained(&drained, &models, workers.max(1), &meter, &cancel)
        });
        let folded = folded.await.map_err(PastError::Broken)??;
        Ok((folded, digest))
    }
}
