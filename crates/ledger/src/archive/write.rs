//! Writing an archive: as it comes from the log, under another name until it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use futures::StreamExt as _;
use homeward_events::id::LedgerId;
use jiff::Timestamp;

use super::block::Draft;
use super::index::{BlockEntry, JourneyBlocks, write_blocks};
use super::layout::{
    Directory, Footer, MANIFEST, Section, blocks_of, header, hex, journeys_of, length, sha256,
};
use super::manifest::{Extent, Manifest, Sum};
use crate::clock;
use crate::commit::{Head, StoredCommit};
use crate::error::{Incomplete, ReadError};
use crate::read::Reader;

/// How many commits are told at once: telling each would cost more than writing it.
const TELL_EVERY: u64 = 1024;

/// What an archive is to hold, and what it says about its making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The ledgers, in the order of the file.
    pub ledgers: Vec<LedgerId>,
    /// First sequence of each ledger, from 1; 1 for the whole.
    pub from: u64,
    /// Last sequence of each ledger; none for all that is there when the writing begins.
    pub to: Option<u64>,
    /// Version of the program.
    pub homeward: String,
    /// Who answers for it.
    pub by: Option<String>,
}

/// Why no archive was written. Nothing is left behind then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The log is not complete.
    #[error(transparent)]
    Incomplete(#[from] Incomplete),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The ledger has no such sequence.
    #[error("ledger `{ledger}` ends at {last}: sequence {asked} is not there")]
    Beyond {
        /// Which ledger.
        ledger: LedgerId,
        /// What was asked for.
        asked: u64,
        /// Its last sequence.
        last: u64,
    },
    /// The log gave fewer commits than it said.
    #[error("ledger `{ledger}`: read {read} commits where {expected} are")]
    Miscounted {
        /// Which ledger.
        ledger: LedgerId,
        /// Commits that came.
        read: u64,
        /// Commits that should have come.
        expected: u64,
    },
    /// The file cannot be written.
    #[error("{path} cannot be written: {reason}")]
    File {
        /// Which file.
        path: String,
        /// What the operating system says.
        reason: String,
    },
}

/// Writes an archive. It appears at `path`, for its owner only, once it is whole and on the disk;
/// a file that is there already is replaced then. `progress` is told how many commits of how many
/// are done. Dropping the future removes what was written so far.
///
/// # Errors
/// The log is not complete or cannot be read, or the file cannot be written.
pub async fn write_archive(
    reader: &Reader,
    plan: &Plan,
    path: &Path,
    mut progress: impl FnMut(u64, u64),
) -> Result<Manifest, WriteError> {
    let plan = &Plan {
        from: plan.from.max(1),
        ..plan.clone()
    };
    let mut bounds = Vec::new();
    for ledger in &plan.ledgers {
        let head = reader.verify_complete(ledger).await?;
        bounds.push((ledger, head, last_wanted(plan, ledger, &head)?));
    }
    let total = bounds.iter().map(|(_, _, to)| to + 1 - plan.from).sum();
    let refused = |error: io::Error| WriteError::File {
        path: path.display().to_string(),
        reason: error.to_string(),
    };
    let mut file = Partial::create(path).map_err(refused)?;
    let (mut done, mut ledgers) = (0, Vec::new());
    for (number, (ledger, head, to)) in (0..).zip(bounds) {
        let mut writing = LedgerWriting::new(number);
        // A ledger of nothing is not asked for its sequences.
        let mut range = (plan.from <= to).then(|| reader.range(ledger, plan.from, to));
        while let Some(range) = &mut range
            && let Some(commit) = range.next().await
        {
            writing.add(&mut file, &commit?)?.map_err(refused)?;
            done += 1;
            if done % TELL_EVERY == 0 {
                progress(done, total);
            }
        }
        let expected = to + 1 - plan.from;
        if writing.sum.commits != expected {
            return Err(WriteError::Miscounted {
                ledger: ledger.clone(),
                read: writing.sum.commits,
                expected,
            });
        }
        writing.close_block(&mut file).map_err(refused)?;
        ledgers.push((extent(ledger, &head, plan.from, to, &writing.sum), writing));
    }
    let written = clock::now();
    let manifest = finish(file, plan, written, ledgers).map_err(refused)?;
    progress(done, total);
    Ok(manifest)
}

fn last_wanted(plan: &Plan, ledger: &LedgerId, head: &Head) -> Result<u64, WriteError> {
    let to = plan.to.unwrap_or(head.last);
    // An empty ledger has nothing from 1 on, and that is all of it.
    let asked = [plan.from - 1, to];
    match asked.into_iter().find(|asked| *asked > head.last) {
        None if to + 1 >= plan.from => Ok(to),
        None => Ok(plan.from - 1),
        Some(asked) => Err(WriteError::Beyond {
            ledger: ledger.clone(),
            asked,
            last: head.last,
        }),
    }
}

fn extent(ledger: &LedgerId, head: &Head, from: u64, to: u64, sum: &Sum) -> Extent {
    Extent {
        ledger: ledger.clone(),
        created: head.created,
        log_last: head.last,
        first: from,
        last: to,
        commits: sum.commits,
        whole: from == 1 && to == head.last,
        last_stored: sum.last_stored,
        payload_bytes: sum.payload_bytes,
        payloads_sha256: sum.payloads_sha256(),
    }
}

/// Writes the sections, the directory and the footer, and gives the file its name.
fn finish(
    mut file: Partial,
    plan: &Plan,
    written: Timestamp,
    ledgers: Vec<(Extent, LedgerWriting)>,
) -> io::Result<Manifest> {
    let mut sections = Vec::new();
    let mut section = |file: &mut Partial, name: String, bytes: &[u8]| {
        sections.push(Section {
            name,
            at: file.at,
            bytes: length(bytes),
            sha256: hex(&sha256(bytes)),
        });
        file.put(bytes)
    };
    for (extent, writing) in &ledgers {
        let (blocks, journeys) = (write_blocks(&writing.blocks), writing.journeys.to_bytes());
        section(&mut file, blocks_of(&extent.ledger), &blocks)?;
        section(&mut file, journeys_of(&extent.ledger), &journeys)?;
    }
    let manifest = Manifest {
        homeward: plan.homeward.clone(),
        by: plan.by.clone(),
        written,
        ledgers: ledgers.into_iter().map(|(extent, _)| extent).collect(),
    };
    let json = serde_json::to_vec_pretty(&manifest)?;
    section(&mut file, MANIFEST.to_owned(), &json)?;
    let directory = serde_json::to_vec(&Directory { sections })?;
    let footer = Footer::of(file.at, &directory);
    file.put(&directory)?;
    file.put(&footer.to_bytes())?;
    file.name()?;
    Ok(manifest)
}

/// What is known of a ledger while its commits are written.
struct LedgerWriting {
    number: u32,
    draft: Draft,
    blocks: Vec<BlockEntry>,
    journeys: JourneyBlocks,
    sum: Sum,
}

impl LedgerWriting {
    fn new(number: u32) -> Self {
        Self {
            number,
            draft: Draft::default(),
            blocks: Vec::new(),
            journeys: JourneyBlocks::default(),
            sum: Sum::default(),
        }
    }

    /// Adds a commit; the inner result is the file's.
    ///
    /// # Errors
    /// The commit is none of ours.
    fn add(
        &mut self,
        file: &mut Partial,
        commit: &StoredCommit,
    ) -> Result<io::Result<()>, ReadError> {
        if self.draft.is_full_for(commit)
            && let Err(error) = self.close_block(file)
        {
            return Ok(Err(error));
        }
        if !self.draft.push(commit) {
            return Err(ReadError::Unreadable {
                ledger: commit.ledger.clone(),
                sequence: commit.sequence,
                reason: format!("{} bytes of payload", commit.payload.len()),
            });
        }
        let block = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        self.journeys.note(commit.journey, block);
        self.sum.add(commit);
        Ok(Ok(()))
    }

    fn close_block(&mut self, file: &mut Partial) -> io::Result<()> {
        if self.draft.is_empty() {
            return Ok(());
        }
        let (bytes, entry) = self.draft.seal(self.number, file.at);
        self.blocks.push(entry);
        file.put(&bytes)
    }
}

/// A file that is not whole yet, and goes away unless it becomes so.
struct Partial {
    path: PathBuf,
    /// What it is called until then.
    unnamed: PathBuf,
    file: BufWriter<File>,
    /// How many bytes are written.
    at: u64,
    named: bool,
}

impl Partial {
    fn create(path: &Path) -> io::Result<Self> {
        let unnamed = path.with_added_extension("partial");
        // What an interrupted writing left behind.
        match fs::remove_file(&unnamed) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut file = Self {
            file: BufWriter::new(options.open(&unnamed)?),
            path: path.to_owned(),
            unnamed,
            at: 0,
            named: false,
        };
        file.put(&header())?;
        Ok(file)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += length(bytes);
        self.file.write_all(bytes)
    }

    /// Makes it last, and gives it its name.
    fn name(mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::rename(&self.unnamed, &self.path)?;
        self.named = true;
        // The name is on the disk once its folder is.
        #[cfg(unix)]
        if let Some(folder) = self.path.parent() {
            let here = Path::new(".");
            let folder = if folder.as_os_str().is_empty() {
                here
            } else {
                folder
            };
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.named
            && let Err(error) = fs::remove_file(&self.unnamed)
        {
            tracing::warn!(path = %self.unnamed.display(), %error, "an unfinished archive is left");
        }
    }
}
