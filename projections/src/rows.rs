//! Rows of a read model, read once and kept in memory: what questions walk over everybody need.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::counted::Names;
use crate::index::Index;
use crate::model::{Table, TableError, read_row};

/// A row that can be kept.
pub trait Row: Clone + DeserializeOwned {
    /// What the keys of such rows begin with.
    const PREFIX: &'static str;

    /// The same, with each text kept once among `names`.
    #[must_use]
    fn share(self, names: &mut Names) -> Self;

    /// Those that an index keeps, if these are what it keeps.
    fn kept(index: &Index) -> Option<&Rows<Self>>;
}

/// Rows by their key.
#[derive(Debug, Clone)]
pub struct Rows<R> {
    by_key: BTreeMap<Box<str>, R>,
    names: Names,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Self {
            by_key: BTreeMap::new(),
            names: Names::default(),
        }
    }
}

/// Equal when they tell the same, whatever names they have seen.
impl<R: PartialEq> PartialEq for Rows<R> {
    fn eq(&self, other: &Self) -> bool {
        self.by_key == other.by_key
    }
}

impl<R: Eq> Eq for Rows<R> {}

impl<R: Row> Rows<R> {
    /// Notes that a row was written, or (`None`) removed.
    ///
    /// # Errors
    /// The row is not what this version writes; it is then left out.
    pub fn note_row(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), TableError> {
        self.by_key.remove(key);
        if let Some(row) = row {
            let row: R = read_row(key, row)?;
            self.by_key.insert(key.into(), row.share(&mut self.names));
        }
        Ok(())
    }

    /// Those of a table: from memory where it keeps them, otherwise from its rows.
    ///
    /// # Errors
    /// The table cannot be read, or holds what this version does not write.
    pub(crate) fn of(table: &dyn Table) -> Result<Cow<'_, Self>, TableError> {
        if let Some(kept) = table.index().and_then(R::kept) {
            return Ok(Cow::Borrowed(kept));
        }
        let (mut rows, mut failed) = (Self::default(), None);
        table.rows_from(R::PREFIX, &mut |key, row| {
            failed = rows.note_row(key, Some(row)).err();
            failed.is_none()
        })?;
        failed.map_or(Ok(Cow::Owned(rows)), Err)
    }

    /// Each row, in the order of the keys.
    pub(crate) fn values(&self) -> impl Iterator<Item = &R> {
        self.by_key.values()
    }
}
