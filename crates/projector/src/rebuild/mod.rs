//! Rebuilding: the log into memory, persons told by several threads, rows written in order into fresh
//! folders. Nothing of it is served until all of it is on disk.

mod arena;
mod drain;
mod load;
mod people;

use std::collections::BTreeMap;

use homeward_events::id::LedgerId;
use homeward_projections::ReadModel;

use crate::checkpoint::Reached;
use crate::position::Watermark;
use crate::status::Halted;

pub(crate) use arena::Rows;
pub use drain::Bound;
pub(crate) use drain::{DrainError, Drained, drain, drain_seen};
pub(crate) use load::{BuildError, Building, Built, FreshFacts, FreshModel, Order};
pub(crate) use people::{Fold, FoldStopped, FoldedPeople, Scoped, Sum, Unread};

/// Where each model has to stop: before the first event of each ledger that it cannot do without and
/// that cannot be read.
pub(crate) fn halts(model: &ReadModel, unread: &[Unread]) -> BTreeMap<LedgerId, Halted> {
    let mut halts = BTreeMap::new();
    // In the order of their places: the first of each ledger counts.
    for (place, unreadable) in unread {
        if model.halts_at(unreadable.family) {
            let halt = || Halted::new(place, unreadable);
            halts.entry(place.ledger.clone()).or_insert_with(halt);
        }
    }
    halts
}

/// The position before a model's halts.
pub(crate) fn before(
    reached: &BTreeMap<LedgerId, Reached>,
    halts: &BTreeMap<LedgerId, Halted>,
) -> Watermark {
    reached
        .iter()
        .map(|(ledger, reached)| {
            let halt = halts.get(ledger).map(|halt| halt.sequence - 1);
            (ledger.clone(), halt.unwrap_or(reached.sequence))
        })
        .collect()
}
