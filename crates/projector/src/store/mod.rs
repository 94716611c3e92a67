//! One store: an ordered map in one sled database, in one folder. The only place that calls sled.
//!
//! What changes stays in memory for a few seconds, and is then written all at once, as a layer:
//! changes of the same entry are written once, and in the order of their keys. Younger layers stand
//! before older ones, and grow into each other, so that there are never many. A change of several
//! entries is in one layer whole, or not there at all.
//!
//! | key | value |
//! |---|---|
//! | `l` | the layers that count, oldest first |
//! | `p` layer, first key | a [`page`] of a layer's entries from there on |
//!
//! Why: sled writes again what lies near an entry, and asks the disk to have it at once, which is
//! what the log beside it waits for with every commit. What a crash loses of the last seconds, the
//! log has.
//!
//! Every call is guarded: sled may panic where a bit has flipped, and a panic must end a generation,
//! not the program.

mod layer;
mod merged;
mod page;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use parking_lot::RwLock;

use self::layer::{Layer, Noted, PAGE, Writing, number_of};
use self::merged::{Source, visit_merged};

/// More than this is not kept in memory but written at once, in bytes.
const NEW_BYTES_MAX: usize = 4 << 20;

/// What an entry in memory costs besides its bytes, about.
const ENTRY_BYTES: usize = 100;

/// How often sled writes to disk by itself, in milliseconds. A second of work is lost at most, and
/// the log has it.
const FLUSH_EVERY_MS: u64 = 1000;

/// How long to wait for an earlier handle of this process to let go of the folder.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// The store failed: what was being done, and sled's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{doing}: {reason}")]
pub(crate) struct StoreError {
    doing: &'static str,
    reason: String,
}

impl StoreError {
    pub(crate) fn new(doing: &'static str, reason: impl Into<String>) -> Self {
        Self {
            doing,
            reason: reason.into(),
        }
    }
}

/// A store. Many may read while one changes it.
pub(crate) struct Store {
    db: sled::Db,
    state: RwLock<State>,
    /// Held by whoever changes something, so that what is being written stays as it is.
    changing: Mutex<()>,
}

#[derive(Default)]
struct State {
    /// What is in no layer yet; `None`: the value is gone.
    new: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    new_bytes: usize,
    /// Since when there is something new.
    new_since: Option<Instant>,
    /// Oldest first.
    layers: Vec<Layer>,
}

impl State {
    fn set(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
        let length = key.len();
        let weight = |value: Option<&Vec<u8>>| length + value.map_or(0, Vec::len) + ENTRY_BYTES;
        self.new_bytes += weight(value.as_ref());
        if let Some(old) = self.new.insert(key, value) {
            self.new_bytes -= weight(old.as_ref());
        }
        self.new_since.get_or_insert_with(Instant::now);
    }

    /// Everything that has entries from `from` on, what stands first first.
    fn sources<'s>(&'s self, db: &'s sled::Db, from: &[u8]) -> sled::Result<Vec<Source<'s>>> {
        let new = self
            .new
            .range::<[u8], _>((Bound::Included(from), Bound::Unbounded));
        let mut sources = vec![Source::new_entries(new)];
        for layer in self.layers.iter().rev() {
            sources.push(Source::Layer(layer.walk(db, from)?));
        }
        Ok(sources)
    }

    fn next_number(&self) -> u32 {
        let last = self.layers.iter().map(|layer| layer.noted.number).max();
        last.map_or(0, |last| last.wrapping_add(1))
    }

    /// How many of the youngest layers are to become one: those that together are as large as the
    /// one before them. So an entry is written anew about as often as the store doubles.
    fn to_merge(&self) -> usize {
        let (mut merged, mut bytes) = (0, 0);
        for layer in self.layers.iter().rev() {
            if merged > 0 && layer.noted.bytes > bytes {
                break;
            }
            merged += 1;
            bytes += layer.noted.bytes;
        }
        merged
    }
}

/// Changes that are made together or not at all. A key stands in it once.
#[derive(Default)]
pub(crate) struct Batch(Vec<(Vec<u8>, Option<Vec<u8>>)>);

impl Batch {
    pub(crate) fn insert(&mut self, key: &[u8], value: impl Into<Vec<u8>>) {
        self.0.push((key.to_vec(), Some(value.into())));
    }

    pub(crate) fn remove(&mut self, key: &[u8]) {
        self.0.push((key.to_vec(), None));
    }
}

/// The key under which layers are noted.
const LAYERS: &[u8] = b"l";

fn not_ours(what: &str) -> sled::Error {
    sled::Error::ReportableBug(format!("{what} is not ours"))
}

impl Store {
    /// Opens or creates a database in `path`, with a cache of `cache_bytes`.
    ///
    /// # Errors
    /// sled cannot read what is there.
    pub(crate) fn open(path: &Path, cache_bytes: u64) -> Result<Self, StoreError> {
        let started = Instant::now();
        loop {
            let opened = guarded("open", || {
                sled::Config::new()
                    .path(path)
                    .cache_capacity(cache_bytes)
                    .flush_every_ms(Some(FLUSH_EVERY_MS))
                    .mode(sled::Mode::HighThroughput)
                    .open()
                    .and_then(Self::over)
            });
            match opened {
                Ok(store) => return Ok(store),
                // Another process is kept out by our own lock file; this is an earlier handle of
                // ours whose threads are still ending.
                Err(error)
                    if error.reason.contains("could not acquire lock")
                        && started.elapsed() < LOCK_WAIT =>
                {
                    thread::sleep(Duration::from_millis(10));
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn over(db: sled::Db) -> sled::Result<Self> {
        let noted = match db.get(LAYERS)? {
            Some(noted) => serde_json::from_slice(&noted).map_err(|_| not_ours("the note"))?,
            None => Vec::new(),
        };
        let layers: sled::Result<Vec<Layer>> = noted
            .into_iter()
            .map(|noted: Noted| Layer::find(&db, noted))
            .collect();
        let state = State {
            layers: layers?,
            ..State::default()
        };
        remove_all_but(&db, &state.layers)?;
        Ok(Self {
            db,
            state: RwLock::new(state),
            changing: Mutex::new(()),
        })
    }

    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        guarded("read", || {
            let state = self.read();
            if let Some(value) = state.new.get(key) {
                return Ok(value.clone());
            }
            for layer in state.layers.iter().rev() {
                let found = layer.get(&self.db, key, |value| value.map(<[u8]>::to_vec))?;
                if let Some(value) = found {
                    return Ok(value);
                }
            }
            Ok(None)
        })
    }

    /// Visits entries from `from` on, in order, while `visit` returns `true`.
    pub(crate) fn visit_from(
        &self,
        from: &[u8],
        visit: &mut dyn FnMut(&[u8], &[u8]) -> bool,
    ) -> Result<(), StoreError> {
        guarded("scan", || {
            let state = self.read();
            let sources = state.sources(&self.db, from)?;
            visit_merged(sources, &mut |key, value| {
                value.is_none_or(|value| visit(key, value))
            })
        })
    }

    /// Visits entries whose key begins with `prefix`, in order.
    pub(crate) fn visit_under(
        &self,
        prefix: &[u8],
        visit: &mut dyn FnMut(&[u8], &[u8]),
    ) -> Result<(), StoreError> {
        self.visit_from(prefix, &mut |key, value| {
            let inside = key.starts_with(prefix);
            if inside {
                visit(key, value);
            }
            inside
        })
    }

    /// Makes changes together; they are in memory when this returns, unless there are many.
    pub(crate) fn apply(&self, batch: Batch) -> Result<(), StoreError> {
        let many = {
            let _changing = self.changing();
            let mut state = self.state.write();
            for (key, value) in batch.0 {
                state.set(key, value);
            }
            state.new_bytes > NEW_BYTES_MAX
        };
        if many { self.write() } else { Ok(()) }
    }

    /// Fills an empty store with entries in the order of their keys. What is there is worth nothing
    /// until a batch says what it is.
    pub(crate) fn load(
        &self,
        entries: impl Iterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
    ) -> Result<(), StoreError> {
        guarded("write", || {
            let _changing = self.changing();
            let mut writing = Writing::begin(&self.db, self.read().next_number());
            for (key, value) in entries {
                writing.push(key.as_ref(), Some(value.as_ref()))?;
            }
            self.add(writing.end()?, 0)
        })
    }

    /// Since when something waits to be written.
    pub(crate) fn waits_since(&self) -> Option<Instant> {
        self.read().new_since
    }

    /// Writes what is new. Others may read meanwhile.
    pub(crate) fn write(&self) -> Result<(), StoreError> {
        guarded("write", || {
            let _changing = self.changing();
            self.write_new()?;
            self.merge()
        })
    }

    fn write_new(&self) -> sled::Result<()> {
        let layer = {
            let state = self.read();
            if state.new.is_empty() {
                return Ok(());
            }
            let mut writing = Writing::begin(&self.db, state.next_number());
            for (key, value) in &state.new {
                // Nothing older could be meant by what is gone.
                if value.is_some() || !state.layers.is_empty() {
                    writing.push(key, value.as_deref())?;
                }
            }
            writing.end()?
        };
        self.add(layer, 0)?;
        let mut state = self.state.write();
        let old = std::mem::take(&mut state.new);
        (state.new_bytes, state.new_since) = (0, None);
        drop(state);
        drop(old);
        Ok(())
    }

    /// Lets the youngest layers become one, if they have grown together as large as the next.
    fn merge(&self) -> sled::Result<()> {
        let (layer, merged) = {
            let state = self.read();
            let merged = state.to_merge();
            if merged < 2 {
                return Ok(());
            }
            let older = state.layers.len().saturating_sub(merged);
            let mut sources = Vec::new();
            for layer in state.layers.iter().skip(older).rev() {
                sources.push(Source::Layer(layer.walk(&self.db, b"")?));
            }
            let mut writing = Writing::begin(&self.db, state.next_number());
            let mut failed = None;
            visit_merged(sources, &mut |key, value| {
                if value.is_some() || older > 0 {
                    failed = writing.push(key, value).err();
                }
                failed.is_none()
            })?;
            match failed {
                Some(error) => return Err(error),
                None => (writing.end()?, merged),
            }
        };
        self.add(layer, merged)
    }

    /// Lets a layer count instead of the youngest `merged` ones.
    fn add(&self, layer: Layer, merged: usize) -> sled::Result<()> {
        let replaced = {
            let mut state = self.state.write();
            let keep = state.layers.len().saturating_sub(merged);
            let kept = state.layers.iter().take(keep).map(|layer| layer.noted);
            let noted: Vec<Noted> = kept.chain([layer.noted]).collect();
            let noted = serde_json::to_vec(&noted).map_err(|_| not_ours("a layer"))?;
            self.db.insert(LAYERS, noted)?;
            let replaced = state.layers.split_off(keep);
            state.layers.push(layer);
            replaced
        };
        for layer in replaced {
            layer.remove(&self.db)?;
        }
        Ok(())
    }

    /// Whoever visits entries may ask for others on the way.
    fn read(&self) -> parking_lot::RwLockReadGuard<'_, State> {
        self.state.read_recursive()
    }

    fn changing(&self) -> std::sync::MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Until here, everything survives a crash of the operating system.
    pub(crate) fn flush(&self) -> Result<(), StoreError> {
        self.write()?;
        guarded("flush", || self.db.flush().map(|_| ()))
    }
}

/// Removes what an end in the middle of a change has left.
fn remove_all_but(db: &sled::Db, layers: &[Layer]) -> sled::Result<()> {
    let counting: BTreeSet<u32> = layers.iter().map(|layer| layer.noted.number).collect();
    for page in db.scan_prefix([PAGE]).keys() {
        let page = page?;
        if number_of(&page).is_none_or(|number| !counting.contains(&number)) {
            db.remove(page)?;
        }
    }
    Ok(())
}

fn guarded<T>(
    doing: &'static str,
    call: impl FnOnce() -> sled::Result<T>,
) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(StoreError::new(doing, error.to_string())),
        Err(panic) => Err(StoreError::new(
            doing,
            format!("panicked: {}", words(&panic)),
        )),
    }
}

/// What a panic said.
pub(crate) fn words(panic: &Box<dyn std::any::Any + Send>) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no words".to_owned())
}
