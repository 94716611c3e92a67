//! One read model in its store.
//!
//! | key | value |
//! |---|---|
//! | `c` cell | its count, never zero, as eight bytes |
//! | `m` decoder | which events the writing program could read |
//! | `m` checkpoint | [`Checkpoint`] |
//! | `r` key | a row |
//!
//! Rows, cells and checkpoint move in one batch. Cells, and the index that the model asks
//! for, are held in memory too, so no question about numbers reads the store.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;
use std::time::Instant;

use homeward_events::id::LedgerId;
use homeward_projections::model::add_cell;
use homeward_projections::{Index, MemoryTable, ReadModel, Table, TableError};

use crate::checkpoint::{Checkpoint, Reached};
use crate::decoder::Decoder;
use crate::delta::Delta;
use crate::folder::{self, Generation};
use crate::position::Watermark;
use crate::store::{Batch, Store, StoreError};
use crate::tally::Tally;

/// Small: rows are read by key, and numbers are in memory.
const CACHE_BYTES: u64 = 16 << 20;
const CHECKPOINT: &[u8] = b"mcheckpoint";
const DECODER: &[u8] = b"mdecoder";
const ROW: u8 = b'r';
const CELL: u8 = b'c';

/// A read model's rows, cells and position.
pub(crate) struct ModelStore {
    pub(crate) model: &'static ReadModel,
    pub(crate) generation: Generation,
    store: Store,
    cells: BTreeMap<String, i64>,
    index: Option<Index>,
    checkpoint: Checkpoint,
    watermark: Watermark,
    // Declared, and so dropped, after `store`: the folder goes when the database is closed.
    remove: Option<RemoveFolder>,
}

/// Removes the folder of a generation that was replaced, once nobody reads it any more.
struct RemoveFolder(std::path::PathBuf);

impl Drop for RemoveFolder {
    fn drop(&mut self) {
        folder::remove(&self.0);
    }
}

impl ModelStore {
    /// An empty store in a fresh folder.
    pub(crate) fn create(
        model: &'static ReadModel,
        generation: Generation,
        path: &Path,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            model,
            generation,
            store: Store::open(path, CACHE_BYTES)?,
            cells: BTreeMap::new(),
            index: model.index.map(|index| index()),
            checkpoint: Checkpoint::new(model.name, model.version),
            watermark: Watermark::default(),
            remove: None,
        })
    }

    /// Opens what an earlier run left, reading every entry.
    ///
    /// # Errors
    /// Anything that is not as its checkpoint says.
    pub(crate) fn open(
        model: &'static ReadModel,
        generation: Generation,
        path: &Path,
    ) -> Result<Self, StoreError> {
        let mut table = Self::create(model, generation, path)?;
        let bytes = table.store.get(CHECKPOINT)?;
        let bytes = bytes.ok_or_else(|| StoreError::new("open", "no checkpoint"))?;
        table.checkpoint = Checkpoint::from_bytes(&bytes, model.name, model.version)?;
        table.watermark = table.checkpoint.watermark();
        let mut found = Tally::default();
        let mut strange = None;
        let (cells, index) = (&mut table.cells, &mut table.index);
        table.store.visit_from(b"", &mut |key, value| {
            if key == CHECKPOINT || key == DECODER {
                return true;
            }
            found.add(key, value);
            let understood = match key.split_first() {
                Some((&ROW, key)) => std::str::from_utf8(key)
                    .ok()
                    .and_then(|key| note_row(index.as_mut(), key, Some(value)).ok()),
                Some((&CELL, key)) => read_cell(key, value).map(|(key, count)| {
                    if let Some(index) = index.as_mut() {
                        index.note_cell(key, count);
                    }
                    cells.insert(key.to_owned(), count);
                }),
                Some(_) | None => None,
            };
            strange = strange
                .take()
                .or_else(|| understood.is_none().then(|| key.to_vec()));
            strange.is_none()
        })?;
        if let Some(key) = strange {
            return Err(StoreError::new(
                "open",
                format!("key {} is not ours", key.escape_ascii()),
            ));
        }
        table.checkpoint.check(found)?;
        Ok(table)
    }

    pub(crate) fn watermark(&self) -> &Watermark {
        &self.watermark
    }

    pub(crate) fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// What the program that wrote this could read.
    pub(crate) fn decoder(&self) -> Result<Decoder, StoreError> {
        Decoder::from_bytes(self.store.get(DECODER)?)
    }

    /// From now on, what is in is what this program can read.
    pub(crate) fn write_decoder(&self) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        batch.insert(DECODER, Decoder::ours().to_bytes()?);
        self.store.apply(batch)
    }

    /// Applies a change and moves one ledger's position, in one batch.
    pub(crate) fn apply(
        &mut self,
        change: Delta,
        ledger: &LedgerId,
        reached: Reached,
    ) -> Result<(), StoreError> {
        let mut checkpoint = self.checkpoint.clone();
        checkpoint.ledgers.insert(ledger.clone(), reached);
        let mut batch = Batch::default();
        for (key, row) in &change.rows {
            let key = key_of(ROW, key);
            if let Some(old) = &row.before {
                checkpoint.tally.remove(&key, old);
            }
            match &row.after {
                Some(new) => {
                    checkpoint.tally.add(&key, new);
                    batch.insert(&key, new.as_slice());
                }
                None => batch.remove(&key),
            }
        }
        for (cell, by) in &change.cells {
            let key = key_of(CELL, cell);
            let before = self.cells.get(cell).copied().unwrap_or(0);
            let after = before.wrapping_add(*by);
            if before != 0 {
                checkpoint.tally.remove(&key, &before.to_be_bytes());
            }
            if after == 0 {
                batch.remove(&key);
            } else {
                checkpoint.tally.add(&key, &after.to_be_bytes());
                batch.insert(&key, after.to_be_bytes());
            }
        }
        batch.insert(CHECKPOINT, checkpoint.to_bytes()?);
        self.store.apply(batch)?;
        self.watermark = checkpoint.watermark();
        self.checkpoint = checkpoint;
        self.add_cells(change.cells);
        for (key, row) in &change.rows {
            note_row(self.index.as_mut(), key, row.after.as_deref())?;
        }
        Ok(())
    }

    /// Fills a fresh store: rows in the order of their keys, then cells, then the checkpoint.
    pub(crate) fn load(
        &mut self,
        rows: &[(&[u8], &[u8])],
        cells: BTreeMap<String, i64>,
        ledgers: BTreeMap<LedgerId, Reached>,
    ) -> Result<(), StoreError> {
        let mut checkpoint = self.checkpoint.clone();
        checkpoint.ledgers = ledgers;
        for (row, value) in rows {
            let name = std::str::from_utf8(row)
                .map_err(|error| StoreError::new("load", error.to_string()))?;
            note_row(self.index.as_mut(), name, Some(value))?;
        }
        // Cells before rows: their keys are smaller.
        let cells_named = cells.iter().map(|(cell, count)| {
            let value = count.to_be_bytes();
            (key_of(CELL, cell), Cow::Owned(value.to_vec()))
        });
        let rows_named = rows.iter().map(|(row, value)| {
            let mut key = Vec::with_capacity(row.len() + 1);
            write_key(&mut key, ROW, row);
            (key, Cow::Borrowed(*value))
        });
        self.store.load(
            cells_named
                .chain(rows_named)
                .inspect(|(key, value)| checkpoint.tally.add(key, value)),
        )?;
        let mut batch = Batch::default();
        batch.insert(CHECKPOINT, checkpoint.to_bytes()?);
        self.store.apply(batch)?;
        self.write_decoder()?;
        self.store.flush()?;
        self.watermark = checkpoint.watermark();
        self.checkpoint = checkpoint;
        self.add_cells(cells);
        Ok(())
    }

    fn add_cells(&mut self, cells: BTreeMap<String, i64>) {
        for (cell, by) in cells {
            if let Some(index) = &mut self.index {
                index.note_cell(&cell, by);
            }
            add_cell(&mut self.cells, cell, by);
        }
    }

    pub(crate) fn flush(&self) -> Result<(), StoreError> {
        self.store.flush()
    }

    /// Since when something waits to be written.
    pub(crate) fn waits_since(&self) -> Option<Instant> {
        self.store.waits_since()
    }

    /// Writes what is new; others may read meanwhile.
    pub(crate) fn write(&self) -> Result<(), StoreError> {
        self.store.write()
    }

    /// Another generation has taken over: the folder goes with the last reader.
    pub(crate) fn remove_when_unread(&mut self, path: std::path::PathBuf) {
        self.remove = Some(RemoveFolder(path));
    }

    /// Rows and cells as they are on disk, for comparing.
    pub(crate) fn copy(&self) -> Result<MemoryTable, StoreError> {
        let mut copy = MemoryTable::default();
        self.store.visit_from(b"", &mut |key, value| {
            match key.split_first() {
                Some((&ROW, key)) => {
                    copy.rows
                        .insert(String::from_utf8_lossy(key).into_owned(), value.to_vec());
                }
                Some((&CELL, key)) => {
                    if let Some((key, count)) = read_cell(key, value) {
                        copy.cells.insert(key.to_owned(), count);
                    }
                }
                Some(_) | None => {}
            }
            true
        })?;
        Ok(copy)
    }
}

impl Table for ModelStore {
    fn row(&self, key: &str) -> Result<Option<Vec<u8>>, TableError> {
        self.store
            .get(&key_of(ROW, key))
            .map_err(|error| failed(&error))
    }

    fn rows_from(
        &self,
        from: &str,
        visit: &mut dyn FnMut(&str, &[u8]) -> bool,
    ) -> Result<(), TableError> {
        let visited = self.store.visit_from(&key_of(ROW, from), &mut |key, row| {
            let key = key.split_first().filter(|(kind, _)| **kind == ROW);
            let key = key.and_then(|(_, key)| std::str::from_utf8(key).ok());
            key.is_some_and(|key| visit(key, row))
        });
        visited.map_err(|error| failed(&error))
    }

    fn index(&self) -> Option<&Index> {
        self.index.as_ref()
    }

    fn cells_under(
        &self,
        prefix: &str,
        visit: &mut dyn FnMut(&str, i64),
    ) -> Result<(), TableError> {
        let from = self
            .cells
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded));
        for (cell, count) in from.take_while(|(cell, _)| cell.starts_with(prefix)) {
            visit(cell, *count);
        }
        Ok(())
    }
}

/// Keeps the index in step with the rows.
fn note_row(index: Option<&mut Index>, key: &str, row: Option<&[u8]>) -> Result<(), StoreError> {
    index
        .map_or(Ok(()), |index| index.note_row(key, row))
        .map_err(|error| StoreError::new("index", error.to_string()))
}

fn failed(error: &StoreError) -> TableError {
    TableError::Store(error.to_string())
}

fn key_of(kind: u8, name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(name.len() + 1);
    write_key(&mut key, kind, name.as_bytes());
    key
}

fn write_key(key: &mut Vec<u8>, kind: u8, name: &[u8]) {
    key.clear();
    key.push(kind);
    key.extend_from_slice(name);
}

fn read_cell<'k>(key: &'k [u8], value: &[u8]) -> Option<(&'k str, i64)> {
    let count = i64::from_be_bytes(value.try_into().ok()?);
    Some((std::str::from_utf8(key).ok()?, count))
}
