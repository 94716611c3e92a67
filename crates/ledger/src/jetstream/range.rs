//! Reading a part of a ledger, across lost connections and restarted servers.
//!
//! One unfiltered pull consumer without acknowledgements, thrown away at the first sign of
//! trouble: the position is ours, so a new consumer from there loses nothing. Whatever comes is
//! checked: the stream is the one that was opened, the last commit read is still in its place, and
//! every sequence is one more than the one before it.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::Message;
use async_nats::jetstream::consumer::pull::{self, Stream as Messages};
use async_nats::jetstream::consumer::{AckPolicy, Consumer, DeliverPolicy, ReplayPolicy};
use futures::{FutureExt as _, Stream, StreamExt as _, stream};
use homeward_events::id::{CommitId, LedgerId};
use jiff::Timestamp;

use super::fetch::{Raw, read_error};
use super::link::Watch;
use super::{JetStreamLog, gap};
use crate::commit::StoredCommit;
use crate::error::ReadError;

/// Messages asked for at once: measured to be the fastest on two cores.
const BATCH_MESSAGES: usize = 5000;

/// Bytes asked for at once. Commits of the usual size never reach it; the largest ones would fill
/// the memory without it. At most one and a half times this is on its way.
const BATCH_BYTES: usize = 32 << 20;

/// How long one pull request waits at the server before it is made again.
const PULL_EXPIRES: Duration = Duration::from_secs(30);

/// How often the server tells that it is still there; missing two of them means it is not.
const HEARTBEAT: Duration = Duration::from_secs(2);

/// How long nothing may come before we ask whether there is something.
const QUIET: Duration = Duration::from_secs(5);

/// How long the server keeps a consumer that nobody pulls from: a slow reader, or a dead one.
const CONSUMER_IDLE: Duration = Duration::from_mins(1);

/// First and longest pause before a consumer is made again.
const PAUSE_MIN: Duration = Duration::from_millis(50);
const PAUSE_MAX: Duration = Duration::from_secs(2);

/// How often in a row a read is taken up again without a commit in between.
const FAILURES_MAX: u32 = 8;

impl JetStreamLog {
    /// The commits `from` to `until`, both included.
    pub(crate) fn range(
        self: Arc<Self>,
        ledger: LedgerId,
        from: u64,
        until: u64,
    ) -> impl Stream<Item = Result<StoredCommit, ReadError>> + Send + Unpin + 'static {
        let reading = Reading {
            log: self,
            ledger,
            next: from.max(1),
            until,
            latest: None,
            feed: None,
            failures: 0,
            over: false,
        };
        // Boxed: the state is large, and callers would carry it in every future of theirs.
        Box::pin(stream::unfold(reading, async |mut reading| {
            let item = reading.next().await?;
            Some((item, reading))
        }))
    }
}

/// A reader's position, and what it reads from.
struct Reading {
    log: Arc<JetStreamLog>,
    ledger: LedgerId,
    next: u64,
    until: u64,
    /// The last commit that was read: it has to be there still whenever we take up again.
    latest: Option<CommitId>,
    feed: Option<Feed>,
    /// Failures in a row.
    failures: u32,
    over: bool,
}

/// A consumer, and the connection that it was made on.
struct Feed {
    messages: Messages,
    consumer: Consumer<pull::Config>,
    watch: Watch,
}

impl Reading {
    async fn next(&mut self) -> Option<Result<StoredCommit, ReadError>> {
        if self.over {
            return None;
        }
        if self.next > self.until {
            self.over = true;
            self.close().await;
            return None;
        }
        match self.advance().await {
            Ok(commit) => {
                self.failures = 0;
                self.next = commit.sequence + 1;
                self.latest = Some(commit.commit);
                Some(Ok(commit))
            }
            Err(error) => {
                self.over = true;
                self.feed = None;
                Some(Err(error))
            }
        }
    }

    /// The next commit, or an error that waiting does not mend.
    async fn advance(&mut self) -> Result<StoredCommit, ReadError> {
        loop {
            let fed = match &mut self.feed {
                Some(feed) => feed.next().await,
                None => match self.open().await {
                    Ok(feed) => {
                        self.feed = Some(feed);
                        continue;
                    }
                    Err(ReadError::Unavailable(reason)) => Err(reason),
                    Err(error) => return Err(error),
                },
            };
            match fed {
                Ok(Some(message)) => return self.admit(message),
                Ok(None) => self.inquire().await?,
                Err(reason) => self.stumble(reason).await?,
            }
        }
    }

    /// Checks a message against the position.
    fn admit(&self, message: Message) -> Result<StoredCommit, ReadError> {
        let commit = commit_of(&self.ledger, message)?;
        if commit.sequence != self.next {
            return Err(gap(&self.ledger, self.next, commit.sequence));
        }
        Ok(commit)
    }

    /// Makes a consumer from the position on, if the stream is still the one that we read.
    async fn open(&mut self) -> Result<Feed, ReadError> {
        let head = self.log.head(&self.ledger).await?;
        if head.last < self.until {
            return Err(ReadError::Behind {
                ledger: self.ledger.clone(),
                position: self.until,
                last: head.last,
            });
        }
        if let Some(known) = self.latest {
            let sequence = self.next - 1;
            let found = self.log.commit_at(&self.ledger, sequence).await?;
            if found.is_none_or(|found| found.commit != known) {
                return Err(ReadError::Rewritten {
                    ledger: self.ledger.clone(),
                    sequence,
                    known,
                });
            }
        }
        Feed::open(&self.log, &self.ledger, self.next).await
    }

    /// Nothing came for a while: is there something that should have come?
    async fn inquire(&mut self) -> Result<(), ReadError> {
        let head = match self.log.head(&self.ledger).await {
            Ok(head) => head,
            Err(ReadError::Unavailable(reason)) => return self.stumble(reason).await,
            Err(error) => return Err(error),
        };
        if head.last + 1 < self.next {
            return Err(ReadError::Behind {
                ledger: self.ledger.clone(),
                position: self.next - 1,
                last: head.last,
            });
        }
        if head.last < self.next {
            return Ok(());
        }
        match self.log.commit_at(&self.ledger, self.next).await {
            Ok(None) => Err(gap(&self.ledger, self.next, head.last + 1)),
            Ok(Some(_)) => self.stumble("the consumer fell silent".to_owned()).await,
            Err(ReadError::Unavailable(reason)) => self.stumble(reason).await,
            Err(error) => Err(error),
        }
    }

    /// Drops the consumer and waits a little; gives up after a while.
    async fn stumble(&mut self, reason: String) -> Result<(), ReadError> {
        self.feed = None;
        self.failures += 1;
        let (ledger, failures) = (&self.ledger, self.failures);
        tracing::warn!(%ledger, next = self.next, failures, %reason, "taking up the ledger again");
        let pulling = format!("$JS.API.CONSUMER.MSG.NEXT.{}.", self.stream());
        if let Some(subject) = self.log.link.denied(&pulling) {
            return Err(ReadError::Forbidden(subject));
        }
        if failures > FAILURES_MAX {
            return Err(ReadError::Unavailable(reason));
        }
        let doubled = PAUSE_MIN.saturating_mul(1 << failures.min(10));
        tokio::time::sleep(doubled.min(PAUSE_MAX)).await;
        Ok(())
    }

    fn stream(&self) -> &str {
        let ledger = self.log.ledgers.get(&self.ledger);
        ledger.map_or("", |ledger| ledger.stream.settings.name())
    }

    /// Removes the consumer at the end. If that fails, the server removes it.
    async fn close(&mut self) {
        if let Some(feed) = self.feed.take() {
            let name = feed.consumer.cached_info().name.clone();
            let verb = format!("CONSUMER.DELETE.{}.{name}", self.stream());
            let gone = self.log.link.call::<serde_json::Value>(&verb, None).await;
            if let Err(error) = gone {
                tracing::debug!(consumer = %name, %error, "a consumer is left to expire");
            }
        }
    }
}

impl Feed {
    async fn open(log: &JetStreamLog, ledger: &LedgerId, from: u64) -> Result<Self, ReadError> {
        let stream = log.ledger(ledger)?;
        let config = pull::Config {
            deliver_policy: DeliverPolicy::ByStartSequence {
                start_sequence: from,
            },
            ack_policy: AckPolicy::None,
            replay_policy: ReplayPolicy::Instant,
            inactive_threshold: CONSUMER_IDLE,
            num_replicas: 1,
            memory_storage: true,
            ..pull::Config::default()
        };
        let subject = format!("$JS.API.CONSUMER.CREATE.{}", stream.stream.settings.name());
        let mut watch = log.link.watch(&subject).await.map_err(read_error)?;
        let unavailable = |error: String| ReadError::Unavailable(format!("{subject}: {error}"));
        let created = watch.run(stream.handle.create_consumer(config)).await;
        let consumer = created
            .map_err(read_error)?
            .map_err(|error| unavailable(error.to_string()))?;
        let messages = consumer
            .stream()
            .max_messages_per_batch(BATCH_MESSAGES)
            .max_bytes_per_batch(BATCH_BYTES)
            .expires(PULL_EXPIRES)
            .heartbeat(HEARTBEAT)
            .messages()
            .await
            .map_err(|error| unavailable(error.to_string()))?;
        Ok(Self {
            messages,
            consumer,
            watch,
        })
    }

    /// The next message; none if it is quiet; or why this feed is of no more use.
    async fn next(&mut self) -> Result<Option<Message>, String> {
        // While catching up the next message is nearly always there: no timer, no watching.
        let item = if let Some(item) = self.messages.next().now_or_never() {
            item
        } else {
            let next = tokio::time::timeout(QUIET, self.messages.next());
            match self.watch.run(next).await {
                Ok(Ok(item)) => item,
                Ok(Err(_)) => return Ok(None),
                Err(error) => return Err(error.to_string()),
            }
        };
        match item {
            Some(Ok(message)) => Ok(Some(message)),
            Some(Err(error)) => Err(error.to_string()),
            None => Err("the subscription ended".to_owned()),
        }
    }
}

/// Reads a delivered message. Its sequence and time stand in its reply subject.
fn commit_of(ledger: &LedgerId, message: Message) -> Result<StoredCommit, ReadError> {
    let unreadable = |reason: String| ReadError::Unreadable {
        ledger: ledger.clone(),
        sequence: 0,
        reason,
    };
    let (sequence, nanos) = match message.info() {
        Ok(info) => (info.stream_sequence, info.published.unix_timestamp_nanos()),
        Err(error) => return Err(unreadable(error.to_string())),
    };
    let stored =
        Timestamp::from_nanosecond(nanos).map_err(|error| unreadable(error.to_string()))?;
    let message = message.message;
    let raw = Raw {
        subject: &message.subject,
        sequence,
        stored,
        headers: message.headers.as_ref(),
        payload: message.payload,
    };
    raw.commit(ledger)
}
