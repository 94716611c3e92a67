//! Fresh generations: ordering them, and letting them take over.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use homeward_events::id::LedgerId;
use tokio::sync::oneshot;

use crate::facts::{FACTS, FACTS_VERSION, Facts};
use crate::folder::{Generation, remove};
use crate::progress::Meter;
use crate::rebuild::{BuildError, Building, Built, Order};
use crate::shared::{Slot, write};
use crate::status::{Change, Halted};
use crate::table::ModelStore;
use crate::writer::{End, Writer};

/// A fresh generation that may not be served before the facts store is as far as it is.
pub(super) struct Ready {
    pub(super) store: ModelStore,
    halts: BTreeMap<LedgerId, Halted>,
}

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
        if let Some((facts, generation)) = facts
            && let Err(error) = self.adopt_facts(facts, generation)
        {
            return End::Trouble(format!("facts cannot take over: {error}"));
        }
        for (store, halts) in models {
            self.wanted.remove(store.model.name);
            self.ready.push(Ready { store, halts });
        }
        End::Again
    }

    fn adopt_facts(&mut self, facts: Facts, generation: Generation) -> std::io::Result<()> {
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
    pub(super) fn adopt_ready(&mut self) -> bool {
        let Some((facts, _)) = &self.facts else {
            return false;
        };
        let reached = facts.watermark();
        let (now, later): (Vec<Ready>, Vec<Ready>) = std::mem::take(&mut self.ready)
            .into_iter()
            .partition(|ready| reached.covers_all(ready.store.watermark()));
        self.ready = later;
        let any = !now.is_empty();
        for ready in now {
            if let Some(slot) = self.shared.slot(ready.store.model.name).cloned() {
                self.adopt(&slot, ready);
            }
        }
        self.shared.tick();
        any
    }

    fn adopt(&mut self, slot: &Slot, ready: Ready) {
        let Ready { store, halts } = ready;
        let folder = self.views.store(slot.model.name);
        let generation = store.generation;
        if let Err(error) = folder.switch(generation) {
            let why = format!("a fresh generation cannot take over: {error}");
            self.want(slot.model.name, why);
            return;
        }
        tracing::info!(model = slot.model.name, %generation, "a generation takes over");
        let watermark = store.watermark().clone();
        let old = {
            let mut state = slot.write();
            state.halted = halts;
            state.last_error = None;
            state.store.replace(Arc::new(RwLock::new(store)))
        };
        match old {
            Some(old) => {
                let mut old = write(&old);
                let path = folder.path(old.generation);
                old.remove_when_unread(path);
            }
            None => folder.remove_all_but(Some(generation)),
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
    }
}
