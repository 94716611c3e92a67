//! What a batch does to one model: the difference of what persons added before and add now.

use std::collections::BTreeMap;

use homeward_journey::Person;
use homeward_projections::{Contributions, Difference, ReadModel};

/// Rows and cells that change.
#[derive(Debug, Default)]
pub(crate) struct Delta {
    pub(crate) rows: BTreeMap<String, RowChange>,
    /// Increments, never zero.
    pub(crate) cells: BTreeMap<String, i64>,
}

/// A row that changes: what it was, for the tally, and what it becomes.
#[derive(Debug)]
pub(crate) struct RowChange {
    pub(crate) before: Option<Vec<u8>>,
    pub(crate) after: Option<Vec<u8>>,
}

impl Delta {
    /// From what some journeys' persons were to what they are.
    pub(crate) fn between(model: &ReadModel, before: &[Person<'_>], after: &[Person<'_>]) -> Self {
        let before = contributions(model, before);
        let mut old = before.rows.clone();
        let Difference { rows, cells } = Difference::between(before, contributions(model, after));
        let rows = rows.into_iter().map(|(key, after)| {
            let before = old.remove(&key);
            (key, RowChange { before, after })
        });
        Self {
            rows: rows.collect(),
            cells,
        }
    }
}

/// What some persons add to a model.
pub(crate) fn contributions(model: &ReadModel, persons: &[Person<'_>]) -> Contributions {
    let mut sum = Contributions::default();
    for person in persons {
        (model.contribute)(person, &mut sum);
    }
    sum
}
