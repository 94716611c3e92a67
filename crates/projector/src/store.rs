//! One sled database: one folder, one tree, small batches. The only file that calls sled.
//!
//! What is written all at once lies in pages, what changed afterwards in entries of its own, which
//! stand before the pages:
//!
//! | key | value |
//! |---|---|
//! | `e` key | the value and a one; or a zero alone, where a page's entry is gone |
//! | `p` first key | a [`Page`] of entries from there on |
//!
//! Every call is guarded: sled may panic where a bit has flipped, and a panic must end a generation,
//! not the program.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::page::{self, Page};

/// Most operations that are gathered into one batch: sled's memory follows the size of batches, not
/// the cache setting (0.14 GB with 100 operations, 21 GB with 10,000).
pub(crate) const BATCH_OPERATIONS: usize = 100;

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

/// A sled database.
pub(crate) struct Store {
    db: sled::Db,
    /// Whether some of it lies in pages.
    paged: bool,
}

/// The first byte of entries' and of pages' keys.
const ENTRY: u8 = b'e';
const PAGE: u8 = b'p';

/// The last byte of an entry's value.
const KEPT: u8 = 1;
const GONE: u8 = 0;

/// Changes that are made together or not at all. A key stands in it once.
#[derive(Default)]
pub(crate) struct Batch {
    inner: sled::Batch,
    removed: Vec<Vec<u8>>,
}

impl Batch {
    pub(crate) fn insert(&mut self, key: &[u8], value: impl AsRef<[u8]>) {
        let value = value.as_ref();
        let mut kept = Vec::with_capacity(value.len() + 1);
        kept.extend_from_slice(value);
        kept.push(KEPT);
        self.inner.insert(named(ENTRY, key), kept);
    }

    pub(crate) fn remove(&mut self, key: &[u8]) {
        self.removed.push(named(ENTRY, key));
    }
}

fn named(kind: u8, key: &[u8]) -> Vec<u8> {
    let mut named = Vec::with_capacity(key.len() + 1);
    named.push(kind);
    named.extend_from_slice(key);
    named
}

/// The key without what says of what kind it is.
fn unnamed(named: &[u8]) -> &[u8] {
    named.split_first().map_or(&[], |(_, key)| key)
}

/// What an entry's value says: the value, or that there is none any more.
fn kept(value: &[u8]) -> sled::Result<Option<&[u8]>> {
    match value.split_last() {
        Some((&KEPT, value)) => Ok(Some(value)),
        Some((&GONE, [])) => Ok(None),
        Some(_) | None => Err(not_ours("an entry")),
    }
}

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
        let paged = db.scan_prefix([PAGE]).next().transpose()?.is_some();
        Ok(Self { db, paged })
    }

    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        guarded("read", || {
            if let Some(value) = self.db.get(named(ENTRY, key))? {
                return Ok(kept(&value)?.map(<[u8]>::to_vec));
            }
            let Some((_, page)) = self.page_with(key)? else {
                return Ok(None);
            };
            let found = page::visit(&page, |found, value| {
                if found < key {
                    return ControlFlow::Continue(());
                }
                ControlFlow::Break((found == key).then(|| value.to_vec()))
            });
            let found = found.ok_or_else(|| not_ours("a page"))?;
            Ok(found.break_value().flatten())
        })
    }

    /// The page that a key stands on, if it stands on one.
    fn page_with(&self, key: &[u8]) -> sled::Result<Option<(sled::IVec, sled::IVec)>> {
        if !self.paged {
            return Ok(None);
        }
        let mut pages = self.db.range(vec![PAGE]..=named(PAGE, key));
        pages.next_back().transpose()
    }

    /// Visits entries from `from` on, in order, while `visit` returns `true`.
    pub(crate) fn visit_from(
        &self,
        from: &[u8],
        visit: &mut dyn FnMut(&[u8], &[u8]) -> bool,
    ) -> Result<(), StoreError> {
        guarded("scan", || {
            let changed = self.db.range(named(ENTRY, from)..vec![ENTRY + 1]);
            let mut changed = Changed::over(changed)?;
            if self.paged {
                let first = self.page_with(from)?.map(|(key, _)| key);
                let first = first.map_or_else(|| named(PAGE, from), |key| key.to_vec());
                for page in self.db.range(first..vec![PAGE + 1]) {
                    let visited = page::visit(&page?.1, |key, value| {
                        if key < from {
                            return ControlFlow::Continue(());
                        }
                        match changed.visit_until(Some(key), visit) {
                            // What changed afterwards stands before the page.
                            Ok(true) if changed.stands_at(key) || visit(key, value) => {
                                ControlFlow::Continue(())
                            }
                            Ok(_) => ControlFlow::Break(Ok(())),
                            Err(error) => ControlFlow::Break(Err(error)),
                        }
                    });
                    match visited.ok_or_else(|| not_ours("a page"))? {
                        ControlFlow::Continue(()) => {}
                        ControlFlow::Break(end) => return end,
                    }
                }
            }
            changed.visit_until(None, visit).map(drop)
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

    pub(crate) fn apply(&self, batch: Batch) -> Result<(), StoreError> {
        let Batch {
            mut inner, removed, ..
        } = batch;
        for key in removed {
            if self.paged {
                inner.insert(key, &[GONE]);
            } else {
                inner.remove(key);
            }
        }
        guarded("write", || self.db.apply_batch(inner))
    }

    /// Fills an empty store with entries in the order of their keys, in pages. What is there is worth
    /// nothing until a batch says what it is.
    pub(crate) fn load(
        &mut self,
        entries: impl Iterator<Item = (impl AsRef<[u8]>, impl AsRef<[u8]>)>,
    ) -> Result<(), StoreError> {
        let mut page = Page::default();
        let write = |page: &mut Page| {
            let (first, stored) = page.take();
            guarded("write", || {
                self.db.insert(named(PAGE, first), stored).map(drop)
            })
        };
        for (key, value) in entries {
            page.push(key.as_ref(), value.as_ref());
            if page.is_full() {
                write(&mut page)?;
            }
        }
        if !page.is_empty() {
            write(&mut page)?;
        }
        self.paged = true;
        Ok(())
    }

    /// Until here, everything survives a crash of the operating system.
    pub(crate) fn flush(&self) -> Result<(), StoreError> {
        guarded("flush", || self.db.flush().map(|_| ()))
    }
}

/// Entries of their own, in order, while pages are walked through.
struct Changed {
    rest: sled::Iter,
    next: Option<(sled::IVec, sled::IVec)>,
    /// The key of the one before `next`.
    last: Option<sled::IVec>,
}

impl Changed {
    fn over(mut rest: sled::Iter) -> sled::Result<Self> {
        let next = rest.next().transpose()?;
        Ok(Self {
            rest,
            next,
            last: None,
        })
    }

    /// Visits those up to and including `end`, or all; gives whether `visit` wants more.
    fn visit_until(
        &mut self,
        end: Option<&[u8]>,
        visit: &mut dyn FnMut(&[u8], &[u8]) -> bool,
    ) -> sled::Result<bool> {
        while let Some((named, value)) = self
            .next
            .take_if(|(named, _)| end.is_none_or(|end| unnamed(named) <= end))
        {
            self.next = self.rest.next().transpose()?;
            if kept(&value)?.is_some_and(|value| !visit(unnamed(&named), value)) {
                return Ok(false);
            }
            self.last = Some(named);
        }
        Ok(true)
    }

    /// Whether the one that was passed last has this key.
    fn stands_at(&self, key: &[u8]) -> bool {
        self.last
            .as_deref()
            .is_some_and(|named| unnamed(named) == key)
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

    /// Few keys, so that they meet; values of which some fill a page.
    fn entry() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
        let key = prop::collection::vec(0_u8..4, 0..4);
        let value = (any::<u8>(), prop_oneof![0_usize..20, Just(9000)]);
        (key, value.prop_map(|(byte, length)| vec![byte; length]))
    }

    fn all(store: &Store, from: &[u8], most: usize) -> Vec<(Vec<u8>, Vec<u8>)> {
        let mut found = Vec::new();
        let visited = store.visit_from(from, &mut |key, value| {
            found.push((key.to_vec(), value.to_vec()));
            found.len() < most
        });
        visited.unwrap();
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn pages_and_what_changed_afterwards_read_as_one_map(
            loaded in prop::collection::vec(entry(), 0..40),
            batches in prop::collection::vec(prop::collection::vec((entry(), any::<bool>()), 0..8), 0..8),
            asked in prop::collection::vec(entry(), 1..8),
            paged in any::<bool>(),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut store = Store::open(folder.path(), 1 << 20).unwrap();
            let mut expected: Entries = loaded.into_iter().collect();
            if paged {
                let entries = expected.iter().map(|(key, value)| (key.as_slice(), value.as_slice()));
                store.load(entries).unwrap();
            } else {
                expected.clear();
            }
            for changes in batches {
                let changes: BTreeMap<Vec<u8>, (Vec<u8>, bool)> = changes
                    .into_iter()
                    .map(|((key, value), is_kept)| (key, (value, is_kept)))
                    .collect();
                let mut batch = Batch::default();
                for (key, (value, is_kept)) in changes {
                    if is_kept {
                        batch.insert(&key, &value);
                        expected.insert(key, value);
                    } else {
                        batch.remove(&key);
                        expected.remove(&key);
                    }
                }
                store.apply(batch).unwrap();
            }
            drop(store);
            let store = Store::open(folder.path(), 1 << 20).unwrap();
            for (key, _) in asked {
                prop_assert_eq!(store.get(&key).unwrap(), expected.get(&key).cloned());
                let from: Vec<_> = expected
                    .range(key.clone()..)
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect();
                prop_assert_eq!(&all(&store, &key, usize::MAX), &from);
                prop_assert_eq!(all(&store, &key, 2), from.into_iter().take(2).collect::<Vec<_>>());
            }
        }
    }
}
