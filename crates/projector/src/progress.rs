//! How far a rebuild has come.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// What a rebuild is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reading the log; counted in commits.
    Reading,
    /// Telling persons and adding them up; counted in commits.
    Folding,
    /// Writing rows and cells into fresh folders; counted in rows.
    Writing,
}

impl Stage {
    /// The stage's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Folding => "folding",
            Self::Writing => "writing",
        }
    }
}

/// How far a rebuild has come in its present stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many are done.
    pub done: u64,
    /// Out of how many.
    pub total: u64,
    /// How many a second, on average since the stage began; 0 when that cannot be told yet.
    pub rate_per_second: u64,
}

/// Counts, for others to look at.
#[derive(Debug)]
pub(crate) struct Meter(Mutex<Metered>);

#[derive(Debug, Clone, Copy)]
struct Metered {
    stage: Stage,
    done: u64,
    total: u64,
    since: Instant,
}

impl Meter {
    pub(crate) fn new() -> Self {
        let since = Instant::now();
        Self(Mutex::new(Metered {
            stage: Stage::Reading,
            done: 0,
            total: 0,
            since,
        }))
    }

    pub(crate) fn begin(&self, stage: Stage, total: u64) {
        *self.lock() = Metered {
            stage,
            done: 0,
            total,
            since: Instant::now(),
        };
    }

    pub(crate) fn add(&self, done: u64) {
        self.lock().done += done;
    }

    pub(crate) fn progress(&self) -> Progress {
        let Metered {
            stage,
            done,
            total,
            since,
        } = *self.lock();
        Progress {
            stage,
            done,
            total,
            rate_per_second: per_second(done, since),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Metered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many a second since an instant; 0 in its first moment.
pub(crate) fn per_second(done: u64, since: Instant) -> u64 {
    let elapsed_ms = since.elapsed().as_millis();
    let rate = (u128::from(done) * 1000)
        .checked_div(elapsed_ms)
        .unwrap_or(0);
    u64::try_from(rate).unwrap_or(u64::MAX)
}
