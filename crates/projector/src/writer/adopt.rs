//! Fresh generations: ordering them, and letting them take over.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, RwLock};

use tokio::sync::mpsc;

use crate::facts::{FACTS, FACTS_VERSION};
use crate::folder::remove;
use crate::progress::Meter;
use crate::rebuild::{BuildError, Building, Built, FoldStopped, FreshFacts, FreshModel, Order};
use crate::shared::write;
use crate::status::Change;
use crate::store::words;
use crate::writer::{End, Writer};

/// Models, facts, and perhaps why not.
const DELIVERIES: usize = 3;

impl Writer {
    /// Begins to build what is wanted, unless something is being built already.
    pub(super) fn start_build(&mut self) {
        if self.building.is_some() || self.wanted.is_empty() {
            return;
        }
        let meter = Arc::new(Meter::new());
        let mut order = Order {
            facts: None,
            models: Vec::new(),
        };
        if self.wanted.contains_key(FACTS) {
            let folder = self.views.store(FACTS);
            let generation = folder.next(FACTS_VERSION);
            order.facts = Some((generation, folder.path(generation)));
        }
        for slot in self.shared.slots() {
            let model = slot.model;
            if self.wanted.contains_key(model.name) {
                let folder = self.views.store(model.name);
                let generation = folder.next(model.version);
                order
                    .models
                    .push((model, generation, folder.path(generation)));
                slot.write().meter = Some(Arc::clone(&meter));
            }
        }
        let building = Building {
            reader: self.reader.clone(),
            handle: self.handle.clone(),
            workers: self.config.workers,
            meter,
            cancel: self.cancel.clone(),
        };
        let (outbox, inbox) = mpsc::channel(DELIVERIES);
        self.building = Some(inbox);
        let views = Arc::clone(&self.views);
        let build = move || {
            // A writer that is gone wants nothing; what was built is removed at the next start.
            let built = catch_unwind(AssertUnwindSafe(|| {
                building.run(order, |built| drop(outbox.blocking_send(Ok(built))))
            }));
            let panicked = |p| Err(BuildError::Fold(FoldStopped::Panicked(words(&p))));
            if let Err(error) = built.unwrap_or_else(panicked) {
                drop(outbox.blocking_send(Err(error)));
            }
            // The folder stays ours until here.
            drop(views);
        };
        drop(self.tracker.spawn_blocking_on(build, &self.handle));
    }

    /// Lets what was built take over, or says why nothing was. `None`: that was all.
    pub(super) fn built(&mut self, built: Option<Result<Built, BuildError>>) -> End {
        for slot in self.shared.slots() {
            slot.write().meter = None;
        }
        let Some(built) = built else {
            self.building = None;
            return End::Again;
        };
        let adopted = match built {
            Ok(Built::Models(models)) => models
                .into_iter()
                .try_for_each(|fresh| self.adopt_model(fresh)),
            Ok(Built::Facts(fresh)) => self.adopt_facts(*fresh),
            Err(error) => {
                self.building = None;
                return End::Trouble(format!("nothing was built: {error}"));
            }
        };
        self.shared.tick();
        match adopted {
            Ok(()) => End::Again,
            Err(error) => End::Trouble(format!("a fresh generation cannot take over: {error}")),
        }
    }

    fn adopt_facts(&mut self, fresh: FreshFacts) -> std::io::Result<()> {
        let FreshFacts { facts, generation } = fresh;
        let folder = self.views.store(FACTS);
        folder.switch(generation)?;
        self.wanted.remove(FACTS);
        self.shared.set_facts(Some(facts.known()));
        if let Some((old, generation)) = self.facts.replace((facts, generation)) {
            drop(old);
            remove(&folder.path(generation));
        }
        folder.remove_all_but(Some(generation));
        tracing::info!(%generation, "facts are complete");
        Ok(())
    }

    fn adopt_model(&mut self, fresh: FreshModel) -> std::io::Result<()> {
        let FreshModel { store, halts } = fresh;
        let (model, generation) = (store.model.name, store.generation);
        let Some(slot) = self.shared.slot(model).cloned() else {
            return Ok(());
        };
        let folder = self.views.store(model);
        folder.switch(generation)?;
        self.wanted.remove(model);
        tracing::info!(model, %generation, "a generation takes over");
        let watermark = store.watermark().clone();
        let old = {
            let mut state = slot.write();
            state.halted = halts;
            state.last_error = None;
            state.store.replace(Arc::new(RwLock::new(store)))
        };
        if let Some(old) = old {
            {
                let mut old = write(&old);
                let path = folder.path(old.generation);
                old.remove_when_unread(path);
            }
            self.retired.push(old);
        } else {
            folder.remove_all_but(Some(generation));
        }
        for (ledger, sequence) in watermark.iter() {
            let ledger = ledger.clone();
            let journeys = Vec::new();
            // Nobody listening is no trouble.
            drop(self.shared.changes.send(Change {
                model,
                ledger,
                sequence,
                journeys,
                cells: 0,
                rows: 0,
            }));
        }
        Ok(())
    }
}
