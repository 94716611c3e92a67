//! What became of an input so far: counts, the reject file, the progress bar.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::entry::Refused;
use super::send::Outcome;
use crate::progress::Progress;

/// Largest reject file that is put in order, in bytes.
const SORTED_BYTES_MAX: u64 = 64 << 20;

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
    path: PathBuf,
    rejects: Option<BufWriter<File>>,
}

impl Tally {
    pub(super) fn new(path: &Path, progress: Progress) -> Self {
        let inner = Inner {
            summary: Summary::default(),
            path: path.to_owned(),
            rejects: None,
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
        if let Some(mut rejects) = inner.rejects.take() {
            rejects.flush().with_context(|| inner.path_text())?;
            drop(rejects);
            sort_lines(&inner.path).with_context(|| inner.path_text())?;
            inner.summary.reject_file = Some(inner.path.clone());
        }
        Ok(inner.summary.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn reject(&mut self, refused: &Refused) -> Result<()> {
        self.summary.refused += 1;
        if self.rejects.is_none() {
            let file = create_private(&self.path).with_context(|| self.path_text())?;
            self.rejects = Some(BufWriter::new(file));
        }
        if let Some(rejects) = &mut self.rejects {
            serde_json::to_writer(&mut *rejects, refused)
                .map_err(io::Error::from)
                .and_then(|()| rejects.write_all(b"\n"))
                .with_context(|| format!("reject file {}", self.path.display()))?;
        }
        Ok(())
    }

    fn path_text(&self) -> String {
        format!(
            "reject file {} cannot be written; choose another with --reject",
            self.path.display()
        )
    }
}

/// Puts what several writers noted into the order of the input, unless that is too much to hold.
fn sort_lines(path: &Path) -> io::Result<()> {
    #[derive(Deserialize)]
    struct Place {
        line: u64,
    }
    if fs::metadata(path)?.len() > SORTED_BYTES_MAX {
        return Ok(());
    }
    let text = fs::read_to_string(path)?;
    let place = |line: &&str| serde_json::from_str::<Place>(line).map_or(0, |place| place.line);
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_sorted_by_key(place) {
        return Ok(());
    }
    lines.sort_by_key(place);
    let mut file = BufWriter::new(create_private(path)?);
    for line in lines {
        writeln!(file, "{line}")?;
    }
    file.flush()
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
