//! The way out of the log. A reader has no `append`, whoever holds it.

use std::sync::Arc;

use futures::Stream;
use futures::future::Either;
use homeward_events::id::{JourneyId, LedgerId};

use crate::archive::ArchiveLog;
use crate::commit::{Head, StoredCommit, StoredDeadLetter};
use crate::error::{Incomplete, ReadError};
use crate::jetstream::JetStreamLog;
use crate::memory::MemoryLog;

/// Reads commits and dead letters. Cheap to clone.
#[derive(Clone)]
pub struct Reader(Log);

#[derive(Clone)]
enum Log {
    JetStream(Arc<JetStreamLog>),
    Memory(Arc<MemoryLog>),
    Archive(Arc<ArchiveLog>),
}

impl Reader {
    pub(crate) fn jetstream(log: &Arc<JetStreamLog>) -> Self {
        Self(Log::JetStream(Arc::clone(log)))
    }

    pub(crate) fn memory(log: &Arc<MemoryLog>) -> Self {
        Self(Log::Memory(Arc::clone(log)))
    }

    pub(crate) fn archive(log: &Arc<ArchiveLog>) -> Self {
        Self(Log::Archive(Arc::clone(log)))
    }

    /// The ledgers of this log, in the order they were given.
    pub fn ledgers(&self) -> &[LedgerId] {
        match &self.0 {
            Log::JetStream(log) => log.ledgers(),
            Log::Memory(log) => log.ledgers(),
            Log::Archive(log) => log.ledgers(),
        }
    }

    /// The last sequence of a ledger that was appended through these ledgers' appender, as far as it
    /// was acknowledged: the log goes at least that far. 0 where nothing was, or nothing is known.
    pub fn appended(&self, ledger: &LedgerId) -> u64 {
        match &self.0 {
            Log::JetStream(log) => log.last_appended(ledger),
            Log::Memory(_) | Log::Archive(_) => 0,
        }
    }

    /// All commits of one journey, in order; none if it has none. Sees every append that was
    /// acknowledged before the call.
    ///
    /// # Errors
    /// `Unavailable`, `Forbidden`, `LedgerUnknown` or `Unreadable`.
    pub async fn journey(
        &self,
        ledger: &LedgerId,
        journey: JourneyId,
    ) -> Result<Vec<StoredCommit>, ReadError> {
        match &self.0 {
            Log::JetStream(log) => log.journey(ledger, journey).await,
            Log::Memory(log) => log.journey(ledger, journey),
            Log::Archive(log) => Arc::clone(log).journey(ledger.clone(), journey).await,
        }
    }

    /// The commits `from` to `to`, both included, each in its place: a missing one is an error.
    /// Ends after `to`, or with its first error; passing troubles of the connection are ridden out
    /// a few times before they become one.
    pub fn range(
        &self,
        ledger: &LedgerId,
        from: u64,
        to: u64,
    ) -> impl Stream<Item = Result<StoredCommit, ReadError>> + Send + Unpin + 'static + use<> {
        self.read(ledger, from, Some(to))
    }

    /// The commits from `from` on, and then each new one as it is stored. Never ends by itself:
    /// it rides out lost connections and restarted servers for as long as they last, and resumes
    /// without a gap. After an error, which is always one that waiting does not mend, it ends.
    /// After the last commit of an archive it waits for ever: that is a log nobody appends to.
    pub fn follow(
        &self,
        ledger: &LedgerId,
        from: u64,
    ) -> impl Stream<Item = Result<StoredCommit, ReadError>> + Send + Unpin + 'static + use<> {
        self.read(ledger, from, None)
    }

    fn read(
        &self,
        ledger: &LedgerId,
        from: u64,
        until: Option<u64>,
    ) -> impl Stream<Item = Result<StoredCommit, ReadError>> + Send + Unpin + 'static + use<> {
        match &self.0 {
            Log::JetStream(log) => Either::Left(match until {
                Some(until) => Either::Left(Arc::clone(log).range(ledger.clone(), from, until)),
                None => Either::Right(Arc::clone(log).follow(ledger.clone(), from)),
            }),
            Log::Memory(log) => Either::Right(Either::Left(Arc::clone(log).read(
                ledger.clone(),
                from,
                until,
            ))),
            Log::Archive(log) => Either::Right(Either::Right(Arc::clone(log).read(
                ledger.clone(),
                from,
                until,
            ))),
        }
    }

    /// The commit at one sequence, `None` if the ledger has none there. For finding a place in the
    /// log without reading up to it.
    ///
    /// # Errors
    /// `Unavailable`, `Forbidden`, `LedgerUnknown` or `Unreadable`.
    pub async fn commit(
        &self,
        ledger: &LedgerId,
        sequence: u64,
    ) -> Result<Option<StoredCommit>, ReadError> {
        match &self.0 {
            Log::JetStream(log) => log.commit_at(ledger, sequence).await,
            Log::Memory(log) => log.commit_at(ledger, sequence),
            Log::Archive(log) => Arc::clone(log).commit_at(ledger.clone(), sequence).await,
        }
    }

    /// Where the ledger begins and ends now.
    ///
    /// # Errors
    /// `Unavailable`, `Forbidden`, `LedgerUnknown`, or `Replaced` if the stream is no longer the
    /// one that was opened.
    pub async fn head(&self, ledger: &LedgerId) -> Result<Head, ReadError> {
        match &self.0 {
            Log::JetStream(log) => log.head(ledger).await,
            Log::Memory(log) => log.head(ledger),
            Log::Archive(log) => log.head(ledger),
        }
    }

    /// Complete or refuse: the ledger begins at 1 (or is empty), nothing was deleted, there are as
    /// many messages as sequences, and what an archive holds is all that the log held.
    ///
    /// # Errors
    /// What is missing, each with its own reason.
    pub async fn verify_complete(&self, ledger: &LedgerId) -> Result<Head, Incomplete> {
        if let Log::Archive(log) = &self.0 {
            log.refuse_slice(ledger)?;
        }
        let head = self.head(ledger).await?;
        let ledger = || ledger.clone();
        if head.last > 0 && head.first != 1 {
            return Err(Incomplete::BeginsLate {
                ledger: ledger(),
                first: head.first,
            });
        }
        if head.deleted > 0 {
            return Err(Incomplete::Deleted {
                ledger: ledger(),
                deleted: head.deleted,
            });
        }
        if head.messages != head.last {
            return Err(Incomplete::Miscounted {
                ledger: ledger(),
                messages: head.messages,
                last: head.last,
            });
        }
        Ok(head)
    }

    /// Dead letters from place `from` on, at most `limit` and at most a thousand; fewer when they
    /// are large, but none only if there are none.
    ///
    /// # Errors
    /// `Unavailable`, `Forbidden`, or `Unreadable` for a letter that is not one of ours.
    pub async fn dead_letters(
        &self,
        from: u64,
        limit: usize,
    ) -> Result<Vec<StoredDeadLetter>, ReadError> {
        let limit = limit.min(DEAD_LETTERS_PAGE_MAX);
        match &self.0 {
            Log::JetStream(log) => log.dead_letters(from, limit).await,
            Log::Memory(log) => Ok(log.dead_letters(from, limit)),
            // An archive holds what is in the ledgers; what was refused is not.
            Log::Archive(_) => Ok(Vec::new()),
        }
    }
}

/// Most dead letters given at once: each may hold a megabyte.
pub const DEAD_LETTERS_PAGE_MAX: usize = 1000;
