//! Reading single things: the head of a stream, one journey, dead letters.

use std::str::FromStr;

use async_nats::header::NATS_MESSAGE_ID;
use async_nats::jetstream::message::StreamMessage;
use async_nats::jetstream::stream::RawMessageErrorKind;
use async_nats::{HeaderMap, HeaderValue, Message, StatusCode};
use bytes::Bytes;
use homeward_events::id::{CommitId, JourneyId, LedgerId};
use homeward_events::time::StoredAt;
use jiff::Timestamp;
use serde_json::json;

use super::link::{Link, LinkError, Refusal};
use super::{JetStreamLog, LedgerStream, stream_info};
use crate::commit::{Head, StoredCommit, StoredDeadLetter};
use crate::dead_letter;
use crate::error::ReadError;
use crate::streams::{DEAD_LETTER_SUBJECT, DEAD_LETTERS, LEDGER_SUBJECT};

/// The header that holds what is known about a dead letter.
pub(super) const LABEL: &str = "Homeward-Refusal";

/// Messages of one subject asked for at once: more than nearly any journey has.
const BATCH_MESSAGES: usize = 512;

/// Bytes asked for at once: a page of the largest messages stays small in memory.
const BATCH_BYTES: usize = 16 << 20;

/// The subject of a journey.
pub(super) fn subject_of(ledger: &LedgerId, journey: JourneyId) -> String {
    format!("{LEDGER_SUBJECT}.{ledger}.{journey}")
}

impl JetStreamLog {
    pub(crate) async fn head(&self, ledger: &LedgerId) -> Result<Head, ReadError> {
        let stream = &self.ledger(ledger)?.stream;
        let info = stream_info(&self.link, stream.settings.name()).await;
        let info = info.map_err(read_error)?;
        if info.created != stream.created {
            return Err(ReadError::Replaced {
                ledger: ledger.clone(),
                known: stream.created,
                found: info.created,
            });
        }
        let state = info.state;
        Ok(Head {
            created: info.created,
            first: state.first_seq.max(1),
            last: state.last_seq,
            messages: state.messages,
            deleted: state.num_deleted,
            last_stored: (state.last_seq > 0).then_some(StoredAt(state.last_ts)),
        })
    }

    pub(crate) async fn journey(
        &self,
        ledger: &LedgerId,
        journey: JourneyId,
    ) -> Result<Vec<StoredCommit>, ReadError> {
        let name = self.ledger(ledger)?.stream.settings.name();
        let subject = subject_of(ledger, journey);
        let mut commits = Vec::new();
        let mut from = 1;
        loop {
            let batch = batch(&self.link, name, &subject, from, BATCH_MESSAGES).await;
            let batch = batch.map_err(read_error)?;
            for message in &batch.messages {
                commits.push(direct_commit(ledger, message)?);
            }
            match commits.last() {
                Some(last) if batch.more => from = last.sequence + 1,
                Some(_) | None => break,
            }
        }
        if self.replicated {
            self.catch_up(ledger, &subject, &mut commits).await?;
        }
        Ok(commits)
    }

    /// Adds what the leader has beyond what a follower gave.
    async fn catch_up(
        &self,
        ledger: &LedgerId,
        subject: &str,
        commits: &mut Vec<StoredCommit>,
    ) -> Result<(), ReadError> {
        let stream = self.ledger(ledger)?;
        loop {
            let from = commits.last().map_or(1, |last| last.sequence + 1);
            let next = leader_get(&self.link, stream, Wanted::Next { from, subject }).await;
            match next.map_err(read_error)? {
                Some(message) => commits.push(leader_commit(ledger, message)?),
                None => return Ok(()),
            }
        }
    }

    /// The commit at a sequence, from the leader; none if there is no message.
    pub(crate) async fn commit_at(
        &self,
        ledger: &LedgerId,
        sequence: u64,
    ) -> Result<Option<StoredCommit>, ReadError> {
        let stream = self.ledger(ledger)?;
        if sequence == 0 {
            // The server would take this for a request that names no sequence.
            return Ok(None);
        }
        let message = leader_get(&self.link, stream, Wanted::At(sequence)).await;
        let message = message.map_err(read_error)?;
        message
            .map(|message| leader_commit(ledger, message))
            .transpose()
    }

    pub(crate) async fn dead_letters(
        &self,
        from: u64,
        limit: usize,
    ) -> Result<Vec<StoredDeadLetter>, ReadError> {
        let subject = format!("{DEAD_LETTER_SUBJECT}.>");
        if limit == 0 {
            return Ok(Vec::new());
        }
        let batch = batch(&self.link, DEAD_LETTERS, &subject, from.max(1), limit).await;
        let batch = batch.map_err(read_error)?;
        batch.messages.iter().map(direct_letter).collect()
    }
}

/// Messages of one direct get, and whether there are more.
pub(super) struct Batch {
    pub(super) messages: Vec<Message>,
    pub(super) more: bool,
}

/// Up to `limit` messages that match `subject`, from sequence `from` on, in order.
pub(super) async fn batch(
    link: &Link,
    stream: &str,
    subject: &str,
    from: u64,
    limit: usize,
) -> Result<Batch, LinkError> {
    let api = format!("$JS.API.DIRECT.GET.{stream}");
    let wanted = json!({
        "seq": from, "next_by_subj": subject, "batch": limit, "max_bytes": BATCH_BYTES,
    });
    let mut answers = link.gather(&api, &wanted).await?;
    let mut messages = Vec::new();
    loop {
        let message = answers.next().await?;
        match message.status {
            None | Some(StatusCode::OK) => messages.push(message),
            Some(StatusCode::NO_RESPONDERS) => return Err(LinkError::NobodyThere(api)),
            Some(StatusCode::NOT_FOUND) => {
                return Ok(Batch {
                    messages,
                    more: false,
                });
            }
            // End of batch: the header tells how many matching messages are left.
            Some(status) if status.as_u16() == 204 => {
                let headers = message.headers.as_ref();
                let pending = headers.and_then(|headers| headers.get("Nats-Num-Pending"));
                return Ok(Batch {
                    messages,
                    more: pending.is_some_and(|pending| pending.as_str() != "0"),
                });
            }
            Some(status) => {
                let description = message.description.unwrap_or_default();
                return Err(LinkError::Garbled(format!("{api}: {status} {description}")));
            }
        }
    }
}

/// Which message the leader is asked for.
enum Wanted<'a> {
    /// The one at this sequence.
    At(u64),
    /// The first of a subject, from this sequence on.
    Next { from: u64, subject: &'a str },
}

/// One message from the leader of the stream; none if there is none like it.
async fn leader_get(
    link: &Link,
    ledger: &LedgerStream,
    wanted: Wanted<'_>,
) -> Result<Option<StreamMessage>, LinkError> {
    let subject = format!("$JS.API.STREAM.MSG.GET.{}", ledger.stream.settings.name());
    let request = ledger.handle.raw_message_builder();
    let request = match wanted {
        Wanted::At(sequence) => request.sequence(sequence),
        Wanted::Next { from, subject } => request.sequence(from).next_by_subject(subject),
    };
    let mut watch = link.watch(&subject).await?;
    let error = match watch.run(request.send()).await? {
        Ok(message) => return Ok(Some(message)),
        Err(error) => error,
    };
    match error.kind() {
        RawMessageErrorKind::NoMessageFound => Ok(None),
        RawMessageErrorKind::JetStream(refused) => Err(LinkError::Refused(Refusal {
            code: refused.error_code().0,
            text: refused.to_string(),
        })),
        RawMessageErrorKind::InvalidSubject | RawMessageErrorKind::Other => {
            Err(LinkError::NoAnswer(format!("{subject}: {error}")))
        }
    }
}

/// What a message of a ledger stream says, wherever it was got from.
pub(super) struct Raw<'a> {
    pub(super) subject: &'a str,
    pub(super) sequence: u64,
    pub(super) stored: Timestamp,
    pub(super) headers: Option<&'a HeaderMap>,
    pub(super) payload: Bytes,
}

impl Raw<'_> {
    /// Reads it as a commit of `ledger`; anything that our appender cannot have written is an
    /// error, because a ledger that holds it is no longer ours alone.
    pub(super) fn commit(self, ledger: &LedgerId) -> Result<StoredCommit, ReadError> {
        let unreadable = |reason: String| ReadError::Unreadable {
            ledger: ledger.clone(),
            sequence: self.sequence,
            reason,
        };
        let tail = self.subject.rsplit('.').next().unwrap_or_default();
        let journey = JourneyId::from_str(tail).map_err(|error| unreadable(error.to_string()))?;
        let id = self
            .headers
            .and_then(|headers| headers.get(NATS_MESSAGE_ID))
            .ok_or_else(|| unreadable("it has no commit id".to_owned()))?;
        let commit = CommitId::from_str(id.as_str());
        Ok(StoredCommit {
            ledger: ledger.clone(),
            journey,
            sequence: self.sequence,
            stored: StoredAt(self.stored),
            commit: commit.map_err(|error| unreadable(error.to_string()))?,
            payload: self.payload,
        })
    }
}

fn leader_commit(ledger: &LedgerId, message: StreamMessage) -> Result<StoredCommit, ReadError> {
    let stored = Timestamp::from_nanosecond(message.time.unix_timestamp_nanos());
    let stored = stored.map_err(|error| ReadError::Unreadable {
        ledger: ledger.clone(),
        sequence: message.sequence,
        reason: error.to_string(),
    })?;
    let raw = Raw {
        subject: &message.subject,
        sequence: message.sequence,
        stored,
        headers: Some(&message.headers),
        payload: message.payload,
    };
    raw.commit(ledger)
}

/// What a direct get says about a message, in headers that the server adds at the end.
struct Place<'a> {
    subject: &'a str,
    sequence: u64,
    stored: Timestamp,
}

fn place(message: &Message) -> Result<Place<'_>, LinkError> {
    let header = |name: &str| {
        let headers = message.headers.as_ref();
        let value = headers.and_then(|headers| headers.get_last(name));
        let value = value.map(HeaderValue::as_str);
        value.ok_or_else(|| LinkError::Garbled(format!("a direct get without {name}")))
    };
    let garbled = |what: &str| LinkError::Garbled(format!("a direct get with {what}"));
    let (sequence, stored) = (header("Nats-Sequence")?, header("Nats-Time-Stamp")?);
    Ok(Place {
        subject: header("Nats-Subject")?,
        sequence: sequence.parse().map_err(|_| garbled(sequence))?,
        stored: stored.parse().map_err(|_| garbled(stored))?,
    })
}

pub(super) fn direct_commit(
    ledger: &LedgerId,
    message: &Message,
) -> Result<StoredCommit, ReadError> {
    let place = place(message).map_err(read_error)?;
    let raw = Raw {
        subject: place.subject,
        sequence: place.sequence,
        stored: place.stored,
        headers: message.headers.as_ref(),
        payload: message.payload.clone(),
    };
    raw.commit(ledger)
}

fn direct_letter(message: &Message) -> Result<StoredDeadLetter, ReadError> {
    let place = place(message).map_err(read_error)?;
    let headers = message.headers.as_ref();
    let label = headers.and_then(|headers| headers.get(LABEL));
    let label = label.map_or("", HeaderValue::as_str);
    let letter = dead_letter::read(label, message.payload.clone()).map_err(|error| {
        let sequence = place.sequence;
        ReadError::Unavailable(format!(
            "dead letter {sequence} is not one of ours: {error}"
        ))
    })?;
    Ok(StoredDeadLetter {
        sequence: place.sequence,
        stored: StoredAt(place.stored),
        letter,
    })
}

/// What a failed request means to a reader.
pub(super) fn read_error(error: LinkError) -> ReadError {
    if let LinkError::Denied(subject) = error {
        return ReadError::Forbidden(subject);
    }
    ReadError::Unavailable(error.to_string())
}
