//! Opening what earlier runs left, and putting aside what is doubted.

use std::path::Path;
use std::sync::{Arc, RwLock};
use std::thread;

use crate::facts::{FACTS, FACTS_VERSION, Facts};
use crate::folder::{Generation, StoreFolder};
use crate::shared::Slot;
use crate::store::{StoreError, words};
use crate::table::ModelStore;
use crate::writer::Writer;

/// What was found in a store's folder.
enum Opened<T> {
    /// A generation that is as its checkpoint says.
    Store(T, Generation),
    /// None of this version, and why.
    Nothing(String),
    /// One that is not to be trusted.
    Doubted(Generation, String),
}

impl Writer {
    /// Opens every store. Each is read whole, so they are read at the same time.
    pub(super) fn open_all(&mut self) {
        let (facts, models) = thread::scope(|scope| {
            let views = &self.views;
            let facts = scope.spawn(|| {
                open(&views.store(FACTS), FACTS_VERSION, |_, path| {
                    Facts::open(path)
                })
            });
            let models: Vec<_> = self
                .shared
                .slots()
                .iter()
                .map(|slot| {
                    let model = slot.model;
                    scope.spawn(move || {
                        open(
                            &views.store(model.name),
                            model.version,
                            |generation, path| ModelStore::open(model, generation, path),
                        )
                    })
                })
                .collect();
            let models: Vec<_> = models.into_iter().map(ended).collect();
            (ended(facts), models)
        });
        match facts {
            Opened::Store(facts, generation) => {
                self.facts = Some((facts, generation));
            }
            Opened::Nothing(why) => self.want(FACTS, why),
            Opened::Doubted(generation, why) => self.put_aside(FACTS, generation, &why),
        }
        let slots: Vec<Arc<Slot>> = self.shared.slots().to_vec();
        for (slot, opened) in slots.iter().zip(models) {
            match opened {
                Opened::Store(store, _) => {
                    slot.write().found = Some(Arc::new(RwLock::new(store)));
                }
                Opened::Nothing(why) => self.want(slot.model.name, why),
                Opened::Doubted(generation, why) => {
                    self.put_aside(slot.model.name, generation, &why);
                }
            }
        }
        self.shared.tick();
    }

    /// Has a store built.
    pub(super) fn want(&mut self, name: &'static str, why: String) {
        if !self.wanted.contains_key(name) {
            tracing::info!(store = name, why, "a store is to be built");
            if let Some(slot) = self.shared.slot(name) {
                slot.write().reason = format!("is being built: {why}");
            }
            self.wanted.insert(name, why);
        }
    }

    /// The facts store is not to be trusted any more.
    pub(super) fn doubt_facts(&mut self, why: &str) {
        if let Some((facts, generation)) = self.facts.take() {
            self.shared.set_facts(None);
            drop(facts);
            self.put_aside(FACTS, generation, why);
        }
    }

    /// A model's store is not to be trusted any more.
    pub(super) fn doubt_model(&mut self, slot: &Slot, why: &str) {
        self.live.remove(slot.model.name);
        let store = {
            let mut state = slot.write();
            state.halted.clear();
            state.found.take().or(state.store.take())
        };
        if let Some(store) = store {
            let generation = crate::shared::read(&store).generation;
            self.put_aside(slot.model.name, generation, why);
            self.retired.push(store);
        }
    }

    fn put_aside(&mut self, name: &'static str, generation: Generation, why: &str) {
        tracing::warn!(store = name, %generation, why, "a store is put aside and built again");
        if let Err(error) = self.views.store(name).quarantine(generation, why) {
            tracing::warn!(store = name, %generation, %error, "a store cannot be put aside");
        }
        for slot in self.shared.slots() {
            // Without facts no model moves, so each of them has had the trouble.
            if slot.model.name == name || name == FACTS {
                let mut state = slot.write();
                state.last_error = Some(format!("{name} was put aside: {why}"));
                state.quarantines += u64::from(slot.model.name == name);
            }
        }
        self.want(name, format!("the last generation was put aside: {why}"));
    }
}

/// Opens the generation that is current, if it is of this version.
fn open<T>(
    folder: &StoreFolder,
    version: u32,
    open: impl FnOnce(Generation, &Path) -> Result<T, StoreError>,
) -> Opened<T> {
    let current = folder.current();
    folder.remove_all_but(current);
    let Some(generation) = current else {
        return Opened::Nothing("there is none yet".to_owned());
    };
    if generation.version != version {
        // Stays until version `version` takes over, should this program be taken back.
        return Opened::Nothing(format!("version {} is there", generation.version));
    }
    if folder.lost_power() {
        let why = "the operating system was restarted while it was in use";
        return Opened::Doubted(generation, why.to_owned());
    }
    if let Err(error) = folder.mark_open() {
        return Opened::Doubted(generation, format!("cannot be marked as in use: {error}"));
    }
    match open(generation, &folder.path(generation)) {
        Ok(store) => Opened::Store(store, generation),
        Err(error) => Opened::Doubted(generation, error.to_string()),
    }
}

fn ended<T>(thread: thread::ScopedJoinHandle<'_, Opened<T>>) -> Opened<T> {
    thread
        .join()
        .unwrap_or_else(|panic| Opened::Nothing(format!("panicked: {}", words(&panic))))
}
