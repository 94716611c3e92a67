//! Reading an archive as a log: a thread reads, checks and unpacks blocks ahead of whoever asks.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::thread;
use std::vec::IntoIter;

use bytes::Bytes;
use futures::Stream;
use homeward_events::id::{JourneyId, LedgerId};
use tokio::sync::mpsc;

use super::block;
use super::index::{BlockEntry, JourneyIndex};
use super::manifest::{Extent, Manifest};
use crate::commit::{Head, StoredCommit};
use crate::error::{Incomplete, ReadError};

/// Blocks that are unpacked ahead of the reader: enough to keep both busy, and a few megabytes.
const BLOCKS_AHEAD: usize = 8;

/// The file. One place is read at a time; a block is read in one piece, so nobody waits long.
pub(super) struct Source(Mutex<File>);

impl Source {
    pub(super) fn new(file: File) -> Self {
        Self(Mutex::new(file))
    }

    pub(super) fn read(&self, at: u64, bytes: u64) -> io::Result<Vec<u8>> {
        let mut buffer = vec![0; usize::try_from(bytes).map_err(io::Error::other)?];
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut buffer)?;
        Ok(buffer)
    }
}

/// A log in an archive.
pub(crate) struct ArchiveLog {
    source: Source,
    manifest: Manifest,
    sha256: String,
    names: Vec<LedgerId>,
    ledgers: BTreeMap<LedgerId, ArchivedLedger>,
}

/// A ledger in an archive.
pub(super) struct ArchivedLedger {
    /// Its place in the manifest.
    pub(super) number: u32,
    pub(super) extent: Extent,
    pub(super) blocks: Vec<BlockEntry>,
    pub(super) journeys: JourneyIndex,
}

impl ArchiveLog {
    pub(super) fn new(
        source: Source,
        manifest: Manifest,
        sha256: String,
        ledgers: BTreeMap<LedgerId, ArchivedLedger>,
    ) -> Self {
        let names = manifest.ledgers.iter().map(|extent| extent.ledger.clone());
        Self {
            names: names.collect(),
            source,
            manifest,
            sha256,
            ledgers,
        }
    }

    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    pub(super) fn sha256(&self) -> &str {
        &self.sha256
    }

    pub(crate) fn ledgers(&self) -> &[LedgerId] {
        &self.names
    }

    pub(super) fn each(&self) -> impl Iterator<Item = &ArchivedLedger> {
        self.names.iter().filter_map(|name| self.ledgers.get(name))
    }

    fn ledger(&self, id: &LedgerId) -> Result<&ArchivedLedger, ReadError> {
        self.ledgers
            .get(id)
            .ok_or_else(|| ReadError::LedgerUnknown(id.clone()))
    }

    pub(crate) fn head(&self, ledger: &LedgerId) -> Result<Head, ReadError> {
        Ok(self.ledger(ledger)?.extent.head())
    }

    /// # Errors
    /// What is here of the ledger is not all that the log held.
    pub(crate) fn refuse_slice(&self, ledger: &LedgerId) -> Result<(), Incomplete> {
        let extent = &self.ledger(ledger)?.extent;
        if extent.whole {
            return Ok(());
        }
        Err(Incomplete::Slice {
            ledger: ledger.clone(),
            first: extent.first,
            last: extent.last,
            log_last: extent.log_last,
        })
    }

    /// Unpacks a block.
    pub(super) fn block(
        &self,
        ledger: &ArchivedLedger,
        entry: &BlockEntry,
    ) -> Result<Vec<StoredCommit>, ReadError> {
        let id = &ledger.extent.ledger;
        let stored = self.source.read(entry.at, u64::from(entry.stored_bytes));
        let stored = stored.map_err(|error| {
            ReadError::Unavailable(format!("archive, byte {}: {error}", entry.at))
        })?;
        // The commits share a name of their own: counting its owners in one place would have the
        // threads of writer and reader wait for each other at each commit.
        let own = id.as_str().parse().unwrap_or_else(|_| id.clone());
        block::read(&stored, entry, ledger.number, &own).map_err(|reason| ReadError::Damaged {
            ledger: id.clone(),
            first: entry.first,
            last: entry.last(),
            reason: format!("block at byte {}: {reason}", entry.at),
        })
    }

    /// The commit at a sequence; none if it is not here.
    pub(crate) async fn commit_at(
        self: Arc<Self>,
        ledger: LedgerId,
        sequence: u64,
    ) -> Result<Option<StoredCommit>, ReadError> {
        apart(move || {
            let archived = self.ledger(&ledger)?;
            let place = archived
                .blocks
                .partition_point(|block| block.last() < sequence);
            let Some(entry) = archived.blocks.get(place) else {
                return Ok(None);
            };
            let mut commits = self.block(archived, entry)?.into_iter();
            Ok(commits
                .find(|commit| commit.sequence == sequence)
                .map(on_its_own))
        })
        .await
    }

    /// All commits of one journey. Only the blocks that hold some are read.
    pub(crate) async fn journey(
        self: Arc<Self>,
        ledger: LedgerId,
        journey: JourneyId,
    ) -> Result<Vec<StoredCommit>, ReadError> {
        apart(move || self.journey_now(&ledger, journey)).await
    }

    fn journey_now(
        &self,
        ledger: &LedgerId,
        journey: JourneyId,
    ) -> Result<Vec<StoredCommit>, ReadError> {
        let archived = self.ledger(ledger)?;
        let mut all = Vec::new();
        for number in archived.journeys.find(journey) {
            let Some(entry) = archived.blocks.get(number) else {
                continue;
            };
            let before = all.len();
            let commits = self.block(archived, entry)?.into_iter();
            let its = commits.filter(|commit| commit.journey == journey);
            all.extend(its.map(on_its_own));
            if all.len() == before {
                return Err(ReadError::Damaged {
                    ledger: ledger.clone(),
                    first: entry.first,
                    last: entry.last(),
                    reason: format!("no commit of journey {journey}, which the index names"),
                });
            }
        }
        Ok(all)
    }

    /// Commits from `from` on; up to `until` if given, and else for ever, though none is added.
    pub(crate) fn read(
        self: Arc<Self>,
        ledger: LedgerId,
        from: u64,
        until: Option<u64>,
    ) -> impl Stream<Item = Result<StoredCommit, ReadError>> + Send + Unpin + 'static {
        Reading {
            log: self,
            ledger,
            next: from.max(1),
            until,
            feed: Feed::Closed,
        }
    }
}

/// Reads a few blocks where that holds up nobody.
async fn apart<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, ReadError> + Send + 'static,
) -> Result<T, ReadError> {
    let broken = |error: tokio::task::JoinError| ReadError::Unavailable(error.to_string());
    tokio::task::spawn_blocking(read).await.map_err(broken)?
}

/// A copy that does not keep the rest of its block in memory.
fn on_its_own(commit: StoredCommit) -> StoredCommit {
    StoredCommit {
        payload: Bytes::copy_from_slice(&commit.payload),
        ..commit
    }
}

/// A reader's position, and what it reads from.
struct Reading {
    log: Arc<ArchiveLog>,
    ledger: LedgerId,
    next: u64,
    until: Option<u64>,
    feed: Feed,
}

enum Feed {
    /// Nothing was asked for yet.
    Closed,
    /// A thread unpacks blocks.
    Open {
        blocks: mpsc::Receiver<Result<Vec<StoredCommit>, ReadError>>,
        current: IntoIter<StoredCommit>,
        /// The last sequence that will come.
        last: u64,
    },
    /// Everything is read, or an error was told.
    Over,
}

impl Reading {
    /// # Errors
    /// The position is not in the archive.
    fn open(&self) -> Result<Feed, ReadError> {
        let Extent { first, last, .. } = self.log.ledger(&self.ledger)?.extent;
        let position = self.until.unwrap_or(self.next - 1);
        if last < position {
            return Err(ReadError::Behind {
                ledger: self.ledger.clone(),
                position,
                last,
            });
        }
        if self.next < first {
            return Err(ReadError::Gap {
                ledger: self.ledger.clone(),
                expected: self.next,
                found: first,
            });
        }
        let last = self.until.unwrap_or(last);
        let (sender, blocks) = mpsc::channel(BLOCKS_AHEAD);
        let (log, ledger, next) = (Arc::clone(&self.log), self.ledger.clone(), self.next);
        thread::Builder::new()
            .name("archive".to_owned())
            .spawn(move || log.unpack(&ledger, next, last, &sender))
            .map_err(|error| ReadError::Unavailable(format!("no thread to read with: {error}")))?;
        Ok(Feed::Open {
            blocks,
            current: Vec::new().into_iter(),
            last,
        })
    }
}

impl ArchiveLog {
    /// Unpacks the blocks that hold `from` to `to` until nobody wants them any more.
    fn unpack(
        &self,
        ledger: &LedgerId,
        from: u64,
        to: u64,
        sender: &mpsc::Sender<Result<Vec<StoredCommit>, ReadError>>,
    ) {
        let Some(archived) = self.ledgers.get(ledger) else {
            return;
        };
        let begin = archived.blocks.partition_point(|block| block.last() < from);
        let wanted = archived.blocks.iter().skip(begin);
        for entry in wanted.take_while(|block| block.first <= to) {
            let mut block = self.block(archived, entry);
            if let Ok(commits) = &mut block
                && (entry.first < from || entry.last() > to)
            {
                commits.retain(|commit| (from..=to).contains(&commit.sequence));
            }
            let failed = block.is_err();
            if sender.blocking_send(block).is_err() || failed {
                return;
            }
        }
    }
}

impl Stream for Reading {
    type Item = Result<StoredCommit, ReadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.until.is_some_and(|until| this.next > until) {
            this.feed = Feed::Over;
        }
        let told = loop {
            match &mut this.feed {
                Feed::Over => return Poll::Ready(None),
                Feed::Closed => match this.open() {
                    Ok(feed) => this.feed = feed,
                    Err(error) => break error,
                },
                Feed::Open {
                    blocks,
                    current,
                    last,
                } => {
                    if let Some(commit) = current.next() {
                        this.next = commit.sequence + 1;
                        return Poll::Ready(Some(Ok(commit)));
                    }
                    if this.next > *last {
                        // Nobody appends to an archive, and a follower never ends by itself.
                        return Poll::Pending;
                    }
                    match ready!(blocks.poll_recv(context)) {
                        Some(Ok(commits)) => *current = commits.into_iter(),
                        Some(Err(error)) => break error,
                        None => break ReadError::Unavailable("the reading broke off".to_owned()),
                    }
                }
            }
        };
        this.feed = Feed::Over;
        Poll::Ready(Some(Err(told)))
    }
}
