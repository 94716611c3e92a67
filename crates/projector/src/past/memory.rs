//! Folds in memory, the most recently asked first, bounded in bytes.

use std::sync::Arc;

use homeward_projections::{MemoryTable, ReadModel};

use super::Kept;

/// What an entry of a map costs besides its bytes, about.
const ENTRY_BYTES: usize = 96;

#[derive(Debug)]
pub(crate) struct Memory {
    /// By use, the latest last.
    kept: Vec<(String, &'static str, Arc<Kept>)>,
    bytes_max: u64,
}

impl Memory {
    pub(crate) fn new(bytes_max: u64) -> Self {
        Self {
            kept: Vec::new(),
            bytes_max,
        }
    }

    pub(crate) fn get(&mut self, name: &str) -> Option<Arc<Kept>> {
        let at = self.kept.iter().position(|(other, _, _)| other == name)?;
        let entry = self.kept.remove(at);
        let kept = Arc::clone(&entry.2);
        self.kept.push(entry);
        Some(kept)
    }

    /// Keeps a fold, and lets go of those not asked for the longest. The newest always stays: it was
    /// asked for just now.
    pub(crate) fn put(&mut self, name: String, model: &ReadModel, kept: Arc<Kept>) {
        self.kept.retain(|(other, _, _)| *other != name);
        self.kept.push((name, model.name, kept));
        let mut bytes: u64 = self.kept.iter().map(|(_, _, kept)| kept.bytes).sum();
        while bytes > self.bytes_max && self.kept.len() > 1 {
            let (_, _, gone) = self.kept.remove(0);
            bytes -= gone.bytes;
        }
    }

    /// Everything kept of a model.
    pub(crate) fn of<'m>(&'m self, model: &ReadModel) -> impl Iterator<Item = &'m Arc<Kept>> {
        let name = model.name;
        let of_model = self.kept.iter().filter(move |(_, model, _)| *model == name);
        of_model.map(|(_, _, kept)| kept)
    }
}

/// What a table costs in memory, about.
pub(crate) fn weight(table: &MemoryTable) -> u64 {
    let rows = table.rows.iter();
    let rows = rows.map(|(key, row)| key.len() + row.len() + ENTRY_BYTES);
    // A cell stands in the cube too.
    let cells = table
        .cells
        .keys()
        .map(|cell| 2 * (cell.len() + ENTRY_BYTES));
    u64::try_from(rows.chain(cells).sum::<usize>()).unwrap_or(u64::MAX)
}
