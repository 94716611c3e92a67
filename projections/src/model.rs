//! What a read model is: a name, a version, the families it reads, and what one person adds to it.

use std::collections::BTreeMap;

use homeward_events::Family;
use homeward_journey::Person;
use serde::Serialize;

use crate::cube::Cube;
use crate::histories::Histories;
use crate::index::Index;

/// A read model. A new one is a file beside this and a line in [`crate::all`].
#[derive(Debug)]
pub struct ReadModel {
    /// Its name: a folder, a path of the API, a word of the command line.
    pub name: &'static str,
    /// Raised whenever the same facts give other rows or cells: the store builds the new version
    /// beside the old one and swaps.
    pub version: u32,
    /// The families it reads. It halts at an event it cannot read of one of these, and may pass over
    /// the others.
    pub reads: &'static [Family],
    /// What one person adds. Pure and total.
    pub contribute: fn(&Person<'_>, &mut Contributions),
    /// The empty index that is kept in memory beside its rows and cells, if it has one.
    pub index: Option<fn() -> Index>,
}

impl ReadModel {
    /// The dimensions that its cells are counted by; none for a model without a cube.
    pub fn dimensions(&self) -> &'static [&'static str] {
        let index = self.index.map(|index| index());
        index
            .and_then(|index| Some(index.cube()?.dimensions()))
            .unwrap_or_default()
    }

    /// Whether an event that cannot be read halts this model; `family` is `None` when even the
    /// family is unknown, and then only a model of every family can care.
    pub fn halts_at(&self, family: Option<Family>) -> bool {
        match family {
            Some(family) => self.reads.contains(&family),
            None => self.reads.len() == Family::ALL.len(),
        }
    }
}

/// What one person, or several, add to a read model: rows under keys of their own, and integer
/// increments on cells they share with others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contributions {
    /// Rows by key: no other person writes the same key.
    pub rows: BTreeMap<String, Vec<u8>>,
    /// Increments by cell.
    pub cells: BTreeMap<String, i64>,
}

impl Contributions {
    /// Adds a row.
    pub fn row(&mut self, key: String, row: &impl Serialize) {
        // Rows are our own types with text keys; one that could not be written would be a row that
        // no reader finds, which the comparison of folds shows at once.
        if let Ok(bytes) = serde_json::to_vec(row) {
            self.rows.insert(key, bytes);
        }
    }

    /// Adds one to a cell.
    pub fn count(&mut self, cell: String) {
        self.add(cell, 1);
    }

    /// Adds to a cell.
    pub fn add(&mut self, cell: String, by: i64) {
        *self.cells.entry(cell).or_default() += by;
    }
}

/// What changes when some persons' facts change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Rows to write, or (`None`) to remove.
    pub rows: BTreeMap<String, Option<Vec<u8>>>,
    /// Increments, never zero.
    pub cells: BTreeMap<String, i64>,
}

impl Difference {
    /// From what the persons added before to what they add now.
    pub fn between(before: Contributions, after: Contributions) -> Self {
        let mut rows: BTreeMap<String, Option<Vec<u8>>> = BTreeMap::new();
        for (key, row) in &after.rows {
            if before.rows.get(key) != Some(row) {
                rows.insert(key.clone(), Some(row.clone()));
            }
        }
        for key in before
            .rows
            .into_keys()
            .filter(|key| !after.rows.contains_key(key))
        {
            rows.insert(key, None);
        }
        let mut cells = after.cells;
        for (cell, by) in before.cells {
            *cells.entry(cell).or_default() -= by;
        }
        cells.retain(|_, by| *by != 0);
        Self { rows, cells }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.cells.is_empty()
    }
}

/// What queries read a read model through: a store's tree, or a map in memory. Keys are in order.
pub trait Table {
    /// A row.
    ///
    /// # Errors
    /// The store cannot be read.
    fn row(&self, key: &str) -> Result<Option<Vec<u8>>, TableError>;

    /// Rows from `from` on, while `visit` returns `true`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn rows_from(
        &self,
        from: &str,
        visit: &mut dyn FnMut(&str, &[u8]) -> bool,
    ) -> Result<(), TableError>;

    /// The index in memory, for a model that has one.
    fn index(&self) -> Option<&Index>;

    /// The cube of the model's cells, for a model that has one.
    fn cube(&self) -> Option<&Cube> {
        self.index().and_then(Index::cube)
    }

    /// The histories of the model's rows, for a model that has them.
    fn histories(&self) -> Option<&Histories> {
        self.index().and_then(Index::histories)
    }

    /// Every cell whose key begins with `prefix`, in order.
    ///
    /// # Errors
    /// The store cannot be read.
    fn cells_under(&self, prefix: &str, visit: &mut dyn FnMut(&str, i64))
    -> Result<(), TableError>;
}

/// A read model that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The store failed.
    #[error("the store cannot be read: {0}")]
    Store(String),
    /// A row is not what this version writes.
    #[error("row `{key}` cannot be read: {reason}")]
    Row {
        /// The row's key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Reads a row's bytes.
///
/// # Errors
/// The bytes are not such a row.
pub fn read_row<T: serde::de::DeserializeOwned>(key: &str, bytes: &[u8]) -> Result<T, TableError> {
    serde_json::from_slice(bytes).map_err(|error| TableError::Row {
        key: key.to_owned(),
        reason: error.to_string(),
    })
}

/// A read model in memory: rows and cells in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoryTable {
    /// Rows by key.
    pub rows: BTreeMap<String, Vec<u8>>,
    /// Cells by key, none of them zero.
    pub cells: BTreeMap<String, i64>,
    index: Option<Index>,
}

impl MemoryTable {
    /// An empty table for a model.
    pub fn new(model: &ReadModel) -> Self {
        Self {
            index: model.index.map(|index| index()),
            ..Self::default()
        }
    }

    /// Applies a difference.
    pub fn apply(&mut self, difference: Difference) {
        for (key, row) in difference.rows {
            if let Some(index) = &mut self.index {
                // A row that this version cannot read is in no index, and so differs from any other
                // fold of the same facts: the comparison of folds shows it.
                index.note_row(&key, row.as_deref()).unwrap_or_default();
            }
            match row {
                Some(row) => self.rows.insert(key, row),
                None => self.rows.remove(&key),
            };
        }
        for (cell, by) in difference.cells {
            if let Some(index) = &mut self.index {
                index.note_cell(&cell, by);
            }
            add_cell(&mut self.cells, cell, by);
        }
    }
}

/// Adds to a cell and drops it at zero, so that equal sums are equal bytes.
pub fn add_cell(cells: &mut BTreeMap<String, i64>, cell: String, by: i64) {
    use std::collections::btree_map::Entry;
    match cells.entry(cell) {
        Entry::Vacant(entry) => {
            entry.insert(by);
        }
        Entry::Occupied(mut entry) => {
            *entry.get_mut() += by;
            if *entry.get() == 0 {
                entry.remove();
            }
        }
    }
}

impl Table for MemoryTable {
    fn row(&self, key: &str) -> Result<Option<Vec<u8>>, TableError> {
        Ok(self.rows.get(key).cloned())
    }

    fn rows_from(
        &self,
        from: &str,
        visit: &mut dyn FnMut(&str, &[u8]) -> bool,
    ) -> Result<(), TableError> {
        for (key, row) in self.rows.range(from.to_owned()..) {
            if !visit(key, row) {
                break;
            }
        }
        Ok(())
    }

    fn index(&self) -> Option<&Index> {
        self.index.as_ref()
    }

    fn cells_under(
        &self,
        prefix: &str,
        visit: &mut dyn FnMut(&str, i64),
    ) -> Result<(), TableError> {
        for (key, count) in self.cells.range(prefix.to_owned()..) {
            if !key.starts_with(prefix) {
                break;
            }
            visit(key, *count);
        }
        Ok(())
    }
}
