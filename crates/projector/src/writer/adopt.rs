//! Fresh generations: ordering them, and letting them take over.

use std::sync::{Arc, RwLock};

use tokio::sync::oneshot;

use crate::facts::{FACTS, FACTS_VERSION};
use crate::folder::remove;
use crate::progress::Meter;
use crate::rebuild::{BuildError, Building, Built, FreshFacts, FreshModel, Order};
use crate::shared::{Slot, write};
use crate::status::Change;
use crate::writer::{End, Writer};

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
        let (outbox, inbox) = oneshot::channel();
        self.building = Some(inbox);
        let views = Arc::clone(&self.views);
        let build = move || {
            let built = building.run(order);
            // A writer that is gone wants nothing; what was built is removed at the next start.
            drop(outbox.send(built));
            // The folder stays ours until here.
            drop(views);
        };
        drop(self.tracker.spawn_blocking_on(build, &self.handle));
    }

    /// What was built, or why it was not.
    pub(super) fn built(&mut self, built: Result<Built, BuildError>) -> End {
        self.building = None;
        for slot in self.shared.slots() {
            slot.write().meter = None;
        }
        let Built { facts, models } = match built {
            Ok(built) => built,
            Err(error) => return End::Trouble(format!("nothing was built: {error}")),
        };
        if let Some(fresh) = facts
            && let Err(error) = self.adopt_facts(fresh)
        {
            return End::Trouble(format!("facts cannot take over: {error}"));
        }
        for fresh in models {
            self.wanted.remove(fresh.store.model.name);
            self.ready.push(fresh);
        }
        End::Again
    }

    fn adopt_facts(&mut self, fresh: FreshFacts) -> std::io::Result<()> {
        let FreshFacts { facts, generation } = fresh;
        let folder = self.views.store(FACTS);
        folder.switch(generation)?;
        self.wanted.remove(FACTS);
        self.shared.set_facts(Some(Arc::clone(facts.store())));
        if let Some((old, generation)) = self.facts.replace((facts, generation)) {
            drop(old);
            remove(&folder.path(generation));
        }
        folder.remove_all_but(Some(generation));
        tracing::info!(%generation, "facts are complete");
        Ok(())
    }

    /// Lets those generations take over that facts have caught up with; says whether any did.
    ///
    /// # Errors
    /// One could not; it will be built again.
    pub(super) fn adopt_ready(&mut self) -> Result<bool, End> {
        let Some((facts, _)) = &self.facts else {
            return Ok(false);
        };
        let reached = facts.watermark();
        let (now, later): (Vec<FreshModel>, Vec<FreshModel>) = std::mem::take(&mut self.ready)
            .into_iter()
            .partition(|ready| reached.covers_all(ready.store.watermark()));
        self.ready = later;
        let any = !now.is_empty();
        for ready in now {
            if let Some(slot) = self.shared.slot(ready.store.model.name).cloned() {
                self.adopt(&slot, ready)?;
            }
        }
        self.shared.tick();
        Ok(any)
    }

    fn adopt(&mut self, slot: &Slot, ready: FreshModel) -> Result<(), End> {
        let FreshModel { store, halts } = ready;
        let folder = self.views.store(slot.model.name);
        let generation = store.generation;
        if let Err(error) = folder.switch(generation) {
            let why = format!("generation {generation} cannot take over: {error}");
            self.want(slot.model.name, why.clone());
            return Err(End::Trouble(why));
        }
        tracing::info!(model = slot.model.name, %generation, "a generation takes over");
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
            let (model, ledger) = (slot.model.name, ledger.clone());
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
