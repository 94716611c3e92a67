//! Following a ledger: what is there, and then each commit as it is stored, across lost connections
//! and restarted servers.
//!
//! No consumer. A server that hands out every commit as it comes takes in a fifth less, because the
//! stream's reader and writer wait for each other with each of them. So what is there is asked for,
//! many commits in one answer: at once when this house has appended one, a few times a second in
//! case that another house has, and seldom in a flood.
//!
//! Each answer begins with the last commit that was read, which has to be there still, and every
//! sequence is one more than the one before it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use futures::{Stream, stream};
use homeward_events::id::{CommitId, LedgerId};
use homeward_events::time::StoredAt;
use tokio::sync::watch;
use tokio::time::Instant;

use super::fetch::{batch, direct_commit, read_error};
use super::{JetStreamLog, gap};
use crate::commit::{Head, StoredCommit};
use crate::error::ReadError;

/// Commits asked for at once.
const BATCH_COMMITS: usize = 2000;

/// So many commits in one answer are a flood: an island that comes back online, a load of old files.
const FLOOD: usize = 32;

/// So many in one answer after the pause of a flood are a flood still: about a thousand a second.
const FLOOD_STILL: usize = 1000;

/// How long what comes in a flood is left where it is.
const FLOOD_PAUSE: Duration = Duration::from_secs(1);

/// How long after an answer the next is asked for, at least.
const PAUSE: Duration = Duration::from_millis(20);

/// How long it takes at most until something is asked for that another house has appended.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// How long nothing may come before we ask whether there should have been something.
const QUIET: Duration = Duration::from_secs(5);

/// First and longest pause after a failure.
const PAUSE_MIN: Duration = Duration::from_millis(50);
const PAUSE_MAX: Duration = Duration::from_secs(2);

impl JetStreamLog {
    /// Commits from `from` on, for ever.
    pub(crate) fn follow(
        self: Arc<Self>,
        ledger: LedgerId,
        from: u64,
    ) -> impl Stream<Item = Result<StoredCommit, ReadError>> + Send + Unpin + 'static {
        let following = Following {
            appended: self.appended(&ledger),
            log: self,
            ledger,
            next: from.max(1),
            latest: None,
            read: VecDeque::new(),
            broken: None,
            asks: Asks::AtFirst,
            flood: false,
            last_came: Instant::now(),
            failures: 0,
            over: false,
        };
        // Boxed: the state is large, and callers would carry it in every future of theirs.
        Box::pin(stream::unfold(following, async |mut following| {
            let item = following.next().await?;
            Some((item, following))
        }))
    }
}

/// A follower's position, and what it has read ahead.
struct Following {
    log: Arc<JetStreamLog>,
    ledger: LedgerId,
    /// The last sequence that this house appended; `None` for a ledger that is not there.
    appended: Option<watch::Receiver<u64>>,
    /// The first sequence that was not read yet.
    next: u64,
    /// The last commit that was read: it has to be there still in every answer.
    latest: Option<Known>,
    /// Read, and not given yet.
    read: VecDeque<StoredCommit>,
    /// What came after that.
    broken: Option<ReadError>,
    asks: Asks,
    flood: bool,
    last_came: Instant,
    /// Failures in a row.
    failures: u32,
    over: bool,
}

/// What a commit is known by: another stream may hold the same, but took it in at another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    sequence: u64,
    commit: CommitId,
    stored: StoredAt,
}

impl Known {
    fn of(commit: &StoredCommit) -> Self {
        Self {
            sequence: commit.sequence,
            commit: commit.commit,
            stored: commit.stored,
        }
    }
}

/// When the log is asked next.
enum Asks {
    /// At once, when the position was compared with the log.
    AtFirst,
    /// At once: there is more.
    AtOnce,
    /// When something is said to be there, or after a while; not earlier than this.
    From(Instant),
}

impl Following {
    async fn next(&mut self) -> Option<Result<StoredCommit, ReadError>> {
        loop {
            if let Some(commit) = self.read.pop_front() {
                return Some(Ok(commit));
            }
            if self.over {
                return None;
            }
            let step = match self.broken.take() {
                Some(error) => Err(error),
                None => self.step().await,
            };
            match step {
                Ok(()) => {}
                Err(ReadError::Unavailable(reason)) => self.stumble(&reason).await,
                Err(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
            }
        }
    }

    /// Waits until it is time, and reads what is there.
    async fn step(&mut self) -> Result<(), ReadError> {
        match self.asks {
            Asks::AtFirst => {
                self.log.link.connected().await;
                self.inquire().await?;
            }
            Asks::AtOnce => {}
            Asks::From(earliest) => {
                tokio::time::sleep_until(earliest).await;
                self.wait_for_more().await;
                if self.last_came.elapsed() > QUIET {
                    self.last_came = Instant::now();
                    let head = self.inquire().await?;
                    self.look_for_a_gap(&head).await?;
                }
            }
        }
        let name = self.log.ledger(&self.ledger)?.stream.settings.name();
        let from = self.next - u64::from(self.latest.is_some());
        let answer = batch(&self.log.link, name, ">", from, BATCH_COMMITS).await;
        let answer = answer.map_err(read_error)?;
        self.failures = 0;
        let mut messages = answer.messages.iter();
        if let Some(known) = self.latest {
            let first = messages.next();
            let first = first.and_then(|first| direct_commit(&self.ledger, first).ok());
            if first.as_ref().map(Known::of) != Some(known) {
                self.look_for_the_last(known).await?;
                self.note(0, false);
                return Ok(());
            }
        }
        let taken = messages.len();
        for message in messages {
            match self.admit(message) {
                Ok(commit) => self.read.push_back(commit),
                Err(error) => {
                    self.broken = Some(error);
                    break;
                }
            }
        }
        self.note(taken, answer.more);
        Ok(())
    }

    /// An answer does not begin with the last commit that was read: the stream is another, or has
    /// lost it, or else the server that answers is behind the leader.
    async fn look_for_the_last(&self, known: Known) -> Result<(), ReadError> {
        self.inquire().await?;
        let found = self.log.commit_at(&self.ledger, known.sequence).await?;
        if found.as_ref().map(Known::of) == Some(known) {
            return Ok(());
        }
        Err(ReadError::Rewritten {
            ledger: self.ledger.clone(),
            sequence: known.sequence,
            known: known.commit,
        })
    }

    /// Decides when to ask next, after an answer with so many commits.
    fn note(&mut self, taken: usize, more: bool) {
        let now = Instant::now();
        if taken > 0 {
            self.last_came = now;
        }
        if more {
            self.asks = Asks::AtOnce;
            return;
        }
        self.flood = taken >= if self.flood { FLOOD_STILL } else { FLOOD };
        let pause = if self.flood { FLOOD_PAUSE } else { PAUSE };
        self.asks = Asks::From(now + pause);
    }

    /// Waits until this house has appended more, or another may have.
    async fn wait_for_more(&mut self) {
        let next = self.next;
        let appended = async {
            match &mut self.appended {
                // The log lives as long as `self`.
                Some(appended) => drop(appended.wait_for(|last| *last >= next).await),
                None => std::future::pending().await,
            }
        };
        drop(tokio::time::timeout(LOOK_EVERY, appended).await);
    }

    /// Checks a message against the position.
    fn admit(&mut self, message: &async_nats::Message) -> Result<StoredCommit, ReadError> {
        let commit = direct_commit(&self.ledger, message)?;
        if commit.sequence != self.next {
            return Err(gap(&self.ledger, self.next, commit.sequence));
        }
        self.next += 1;
        self.latest = Some(Known::of(&commit));
        Ok(commit)
    }

    /// Compares the position with the end of the log.
    async fn inquire(&self) -> Result<Head, ReadError> {
        let head = self.log.head(&self.ledger).await?;
        if head.last + 1 < self.next {
            return Err(ReadError::Behind {
                ledger: self.ledger.clone(),
                position: self.next - 1,
                last: head.last,
            });
        }
        Ok(head)
    }

    /// Nothing came for a while: is there something that should have come?
    async fn look_for_a_gap(&self, head: &Head) -> Result<(), ReadError> {
        if head.last >= self.next {
            let found = self.log.commit_at(&self.ledger, self.next).await?;
            if found.is_none() {
                return Err(gap(&self.ledger, self.next, head.last + 1));
            }
        }
        Ok(())
    }

    /// Waits a little after a failure.
    async fn stumble(&mut self, reason: &str) {
        self.failures += 1;
        let (ledger, failures) = (&self.ledger, self.failures);
        tracing::warn!(%ledger, next = self.next, failures, reason, "taking up the ledger again");
        let doubled = PAUSE_MIN.saturating_mul(1 << failures.min(10));
        tokio::time::sleep(doubled.min(PAUSE_MAX)).await;
        // Another server may be there by now.
        self.asks = Asks::AtFirst;
    }
}
