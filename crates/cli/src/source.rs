//! Where a command reads commits from: the log, or an archive of it, for which no server is needed.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{ArgMatches, Args};
use homeward_events::id::LedgerId;
use homeward_ledger::Reader;
use homeward_ledger::archive::Archive;

use crate::config::{LogArgs, LogSettings};
use crate::log::{OpenLog, Purpose};

/// An archive to read instead of the log.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ArchiveArgs {
    /// Read this archive instead of the log: no server is needed, and none is asked
    #[arg(long, value_name = "FILE")]
    pub(crate) archive: Option<PathBuf>,
}

/// An open log or archive.
pub(crate) enum Source {
    Log(Box<OpenLog>),
    Archive(Archive),
}

impl Source {
    /// Opens the archive that is named, or else the log.
    ///
    /// # Errors
    /// The archive is damaged or holds other ledgers than were named, or the log cannot be opened.
    pub(crate) async fn open(
        archive: &ArchiveArgs,
        data_dir: &Path,
        log: &LogArgs,
        matches: &ArgMatches,
        also: &[LedgerId],
    ) -> Result<Self> {
        if let Some(path) = &archive.archive {
            return Ok(Self::Archive(open_archive(path, &log.ledgers)?));
        }
        let mut settings = LogSettings::layer(data_dir, log, matches)?;
        for ledger in also {
            if settings.url.value.is_none() && !settings.ledgers.value.contains(ledger) {
                settings.ledgers.value.push(ledger.clone());
            }
        }
        let log = OpenLog::open(data_dir, &settings, Purpose::Reading).await?;
        Ok(Self::Log(Box::new(log)))
    }

    /// The way out of it.
    pub(crate) fn reader(&self) -> Reader {
        match self {
            Self::Log(log) => log.ledgers.reader.clone(),
            Self::Archive(archive) => archive.reader(),
        }
    }

    /// The first and last sequence of a ledger that may be read as they stand: of a log, all of it or
    /// nothing; of an archive, what it says that it holds.
    ///
    /// # Errors
    /// The log is damaged, or cannot be read.
    pub(crate) async fn bounds(&self, ledger: &LedgerId) -> Result<(u64, u64)> {
        match self {
            // Complete or refuse: what comes of a damaged log would pass for the whole of it.
            Self::Log(log) => Ok((1, log.ledgers.reader.verify_complete(ledger).await?.last)),
            Self::Archive(archive) => {
                let head = archive.reader().head(ledger).await?;
                Ok((head.first, head.last))
            }
        }
    }

    /// Ends the server behind it, if that is ours.
    pub(crate) async fn close(self) {
        match self {
            Self::Log(log) => log.close().await,
            Self::Archive(_) => {}
        }
    }
}

fn open_archive(path: &Path, named: &[LedgerId]) -> Result<Archive> {
    let archive = Archive::open(path).with_context(|| path.display().to_string())?;
    let reader = archive.reader();
    if let Some(missing) = named.iter().find(|id| !reader.ledgers().contains(id)) {
        bail!("{} holds no ledger `{missing}`", path.display());
    }
    Ok(archive)
}
