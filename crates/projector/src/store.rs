//! One sled database: one folder, one tree, small batches. The only file that calls sled.
//!
//! Every call is guarded: sled may panic where a bit has flipped, and a panic must end a generation,
//! not the program.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

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
}

/// Changes that are made together or not at all.
#[derive(Default)]
pub(crate) struct Batch {
    inner: sled::Batch,
    operations: usize,
}

impl Batch {
    pub(crate) fn insert(&mut self, key: &[u8], value: impl Into<sled::IVec>) {
        self.inner.insert(key, value);
        self.operations += 1;
    }

    pub(crate) fn remove(&mut self, key: &[u8]) {
        self.inner.remove(key);
        self.operations += 1;
    }

    pub(crate) fn is_full(&self) -> bool {
        self.operations >= BATCH_OPERATIONS
    }
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
            });
            match opened {
                Ok(db) => return Ok(Self { db }),
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

    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        guarded("read", || Ok(self.db.get(key)?.map(|value| value.to_vec())))
    }

    /// Visits entries from `from` on, in order, while `visit` returns `true`.
    pub(crate) fn visit_from(
        &self,
        from: &[u8],
        visit: &mut dyn FnMut(&[u8], &[u8]) -> bool,
    ) -> Result<(), StoreError> {
        guarded("scan", || {
            for entry in self.db.range(from..) {
                let (key, value) = entry?;
                if !visit(&key, &value) {
                    break;
                }
            }
            Ok(())
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
        guarded("write", || self.db.apply_batch(batch.inner))
    }

    /// Until here, everything survives a crash of the operating system.
    pub(crate) fn flush(&self) -> Result<(), StoreError> {
        guarded("flush", || self.db.flush().map(|_| ()))
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
