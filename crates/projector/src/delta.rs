//! What a batch does to one model: the difference of what persons added before and add now.

use std::collections::BTreeMap;

use homeward_journey::Person;
use homeward_projections::{Contributions, ReadModel};

use crate::moved::Moved;

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
    /// What a model makes of those who moved: from what they were to what they are.
    pub(crate) fn between(model: &ReadModel, moved: &[Moved<'_, '_>]) -> Self {
        let seen = || moved.iter().filter(|moved| moved.moves(model));
        let before = seen().flat_map(|moved| moved.before.iter().copied());
        let after = seen().flat_map(|moved| moved.after.iter().copied());
        let (before, after) = (contributions(model, before), contributions(model, after));
        let mut rows = BTreeMap::new();
        // Most rows of a person are what they were: none is copied to see that.
        let mut old = before.rows;
        for (key, row) in after.rows {
            let before = old.remove(&key);
            if before.as_ref() != Some(&row) {
                let after = Some(row);
                rows.insert(key, RowChange { before, after });
            }
        }
        rows.extend(old.into_iter().map(|(key, row)| {
            let (before, after) = (Some(row), None);
            (key, RowChange { before, after })
        }));
        let mut cells = after.cells;
        for (cell, by) in before.cells {
            *cells.entry(cell).or_default() -= by;
        }
        cells.retain(|_, by| *by != 0);
        Self { rows, cells }
    }
}

/// What some persons add to a model.
pub(crate) fn contributions<'p, 'f: 'p>(
    model: &ReadModel,
    persons: impl IntoIterator<Item = &'p Person<'f>>,
) -> Contributions {
    let mut sum = Contributions::default();
    for person in persons {
        (model.contribute)(person, &mut sum);
    }
    sum
}
