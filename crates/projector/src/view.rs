//! Reading a read model while it moves.

use std::sync::Arc;

use homeward_projections::Table;

use crate::shared::{Serving, Shared, Slot, read};
use crate::status::AsOf;

/// One read model, as it is now. Cheap to take; take a fresh one for every question, because a view
/// stays with its generation when another takes over.
#[derive(Clone)]
pub struct View {
    shared: Arc<Shared>,
    slot: Arc<Slot>,
    store: Serving,
}

impl View {
    pub(crate) fn new(shared: &Arc<Shared>, slot: &Arc<Slot>, store: Serving) -> Self {
        Self {
            shared: Arc::clone(shared),
            slot: Arc::clone(slot),
            store,
        }
    }

    /// Asks the model. Nothing is written to it until `ask` returns, so whatever is read is of one
    /// position; `ask` must therefore be brief and must not call `read` again.
    pub fn read<T>(&self, ask: impl FnOnce(&dyn Table) -> T) -> T {
        ask(&*read(&self.store))
    }

    /// Asks the model, and says how far it was when it answered.
    pub fn read_as_of<T>(&self, ask: impl FnOnce(&dyn Table) -> T) -> (T, AsOf) {
        let store = read(&self.store);
        let answer = ask(&*store);
        (answer, self.shared.as_of(&self.slot, &store))
    }

    /// How far the model is now, and how far the log.
    pub fn as_of(&self) -> AsOf {
        self.read_as_of(|_| ()).1
    }
}
