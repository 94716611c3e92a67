//! What became of an input so far: counts, the reject file, the progress bar.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use serde::Serialize;

use super::entry::Refused;
use super::rejects::Rejects;
use super::send::Outcome;
use crate::progress::Progress;

/// The end of a publication.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    /// Commits that are new in the log.
    pub(crate) accepted: u64,
    /// Commits that were in the log before.
    pub(crate) known: u64,
    /// Commits, or lines that are none, that were refused.
    pub(crate) refused: u64,
    /// Events in the log, new or known.
    pub(crate) events: u64,
    /// Where the refused ones are, if there are any.
    pub(crate) reject_file: Option<PathBuf>,
}

/// Counts, shared by all writers.
pub(super) struct Tally {
    inner: Mutex<Inner>,
    progress: Progress,
}

struct Inner {
    summary: Summary,
    rejects: Rejects,
}

impl Tally {
    pub(super) fn new(rejects: Rejects, progress: Progress) -> Self {
        let inner = Inner {
            summary: Summary::default(),
            rejects,
        };
        Self {
            inner: Mutex::new(inner),
            progress,
        }
    }

    /// Notes what became of one request, which counts for `weight`.
    pub(super) fn note(&self, outcome: &Outcome, weight: u64) -> Result<()> {
        let mut inner = self.lock();
        for refused in &outcome.refused {
            inner.reject(refused)?;
        }
        let summary = &mut inner.summary;
        summary.accepted += outcome.accepted;
        summary.known += outcome.known;
        summary.events += outcome.events;
        self.progress.advance(weight);
        let Summary {
            accepted,
            known,
            refused,
            ..
        } = summary;
        self.progress
            .say(format!("{accepted} new, {known} known, {refused} refused"));
        Ok(())
    }

    /// Notes a piece that is no commit.
    pub(super) fn refuse(&self, refused: Refused, weight: u64) -> Result<()> {
        let outcome = Outcome {
            refused: vec![refused],
            ..Outcome::default()
        };
        self.note(&outcome, weight)
    }

    /// The reject file is complete, the counts are final.
    pub(super) fn finish(&self) -> Result<Summary> {
        self.progress.clear();
        let mut inner = self.lock();
        inner.summary.reject_file = inner.rejects.finish()?;
        Ok(inner.summary.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn reject(&mut self, refused: &Refused) -> Result<()> {
        self.summary.refused += 1;
        self.rejects.put(refused)
    }
}

/// A file that only its owner may read: it holds what people told in confidence.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}
