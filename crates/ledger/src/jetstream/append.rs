//! Appending: one message per commit, and what to make of every answer to it.

use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::header::{NATS_EXPECTED_LAST_SUBJECT_SEQUENCE, NATS_MESSAGE_ID};
use serde::Deserialize;

use super::fetch::{LABEL, subject_of};
use super::group::Turn;
use super::link::{LinkError, Refusal, answer_of};
use super::{JetStreamLog, LedgerStream};
use crate::commit::{Appended, COMMIT_BYTES_MAX, DeadLetter, NewCommit, sequence_of};
use crate::dead_letter;
use crate::error::{AppendError, ReadError};
use crate::streams::{DEAD_LETTER_MESSAGE_BYTES_MAX, DEAD_LETTER_SUBJECT};

/// What the payload of a commit is.
const CONTENT_TYPE: &str = "application/cloudevents-batch+json";

/// How often one append is tried: a server that restarts is back by the second time; one that
/// stays silent for three has to be looked at by people.
const TRIES: u32 = 3;

/// The pause before another try, times the number of tries so far.
const PAUSE: Duration = Duration::from_millis(200);

/// The server's answer to a message that it stored, or had stored before.
#[derive(Deserialize)]
struct Ack {
    seq: u64,
    #[serde(default)]
    duplicate: bool,
}

/// What one try came to.
pub(super) enum Try {
    Stored(u64),
    /// Refused because the journey ends elsewhere. What it holds tells more than the refusal.
    Elsewhere,
    /// Not stored again, because the server remembers the id.
    Remembered,
    /// Nobody took it. Worth another try.
    NotTaken(String),
    /// No answer: it may be stored now, or later. Look, then try again.
    Doubtful(String),
    /// Refused for good.
    Refused(AppendError),
}

impl JetStreamLog {
    pub(crate) async fn append(
        &self,
        commit: &NewCommit,
        expected: u64,
    ) -> Result<Appended, AppendError> {
        if commit.payload.len() > COMMIT_BYTES_MAX {
            return Err(AppendError::TooLarge {
                bytes: commit.payload.len(),
                bytes_max: COMMIT_BYTES_MAX,
            });
        }
        let Ok(stream) = self.ledger(&commit.ledger) else {
            return Err(AppendError::LedgerUnknown(commit.ledger.clone()));
        };
        // Once a try was doubtful, nothing but a look can say that nothing was stored: the try may
        // still be on its way.
        let mut doubt = None;
        let mut tries = 0;
        loop {
            tries += 1;
            let reason = match self.attempt(stream, commit, expected).await {
                Try::Stored(sequence) => {
                    stream.appended.send_if_modified(|last| {
                        std::mem::replace(last, sequence.max(*last)) < sequence
                    });
                    return Ok(Appended::New { sequence });
                }
                Try::NotTaken(reason) => reason,
                Try::Remembered => match self.look(commit, expected).await {
                    Ok(None) => return Err(AppendError::Reused { commit: commit.id }),
                    Ok(Some(settled)) => return settled,
                    Err(error) => return Err(unread(error)),
                },
                Try::Elsewhere => match self.look(commit, expected).await {
                    Ok(None) => "the journey moved while we looked".to_owned(),
                    Ok(Some(settled)) => return settled,
                    Err(error) => return Err(unread(error)),
                },
                Try::Doubtful(reason) => {
                    if let Ok(Some(settled)) = self.look(commit, expected).await {
                        return settled;
                    }
                    doubt = Some(reason.clone());
                    reason
                }
                Try::Refused(error) => {
                    return Err(doubt.map_or(error, AppendError::Unknown));
                }
            };
            tracing::warn!(commit = %commit.id, tries, %reason, "an append was not answered");
            if tries == TRIES {
                return Err(doubt.map_or(AppendError::Unavailable(reason), AppendError::Unknown));
            }
            tokio::time::sleep(PAUSE * tries).await;
        }
    }

    /// One try: alone, or with whoever is on the way at the same time.
    async fn attempt(&self, stream: &LedgerStream, commit: &NewCommit, expected: u64) -> Try {
        let Some(gathering) = &stream.gathering else {
            return self.alone(commit, expected).await;
        };
        match gathering.turn(commit, expected).await {
            Turn::Went(told) => told,
            Turn::Alone(place) => {
                let told = self.alone(commit, expected).await;
                drop(place);
                told
            }
        }
    }

    async fn alone(&self, commit: &NewCommit, expected: u64) -> Try {
        let (subject, headers) = message_of(commit, expected);
        let answer = self
            .link
            .ask(subject, Some(headers), commit.payload.clone())
            .await;
        let ack = answer.and_then(|message| answer_of::<Ack>(&message.payload));
        judge(ack, commit.payload.len(), COMMIT_BYTES_MAX)
    }

    /// Looks at what the journey holds: settled, unless it ends where it was expected to and does
    /// not hold the commit.
    async fn look(
        &self,
        commit: &NewCommit,
        expected: u64,
    ) -> Result<Option<Result<Appended, AppendError>>, ReadError> {
        let history = self.journey(&commit.ledger, commit.journey).await?;
        if let Some(sequence) = sequence_of(&history, commit.id) {
            tracing::debug!(commit = %commit.id, sequence, "the commit is already there");
            return Ok(Some(Ok(Appended::Already { sequence })));
        }
        let found = history.last().map_or(0, |last| last.sequence);
        // Where the journey ends elsewhere, an earlier try can no longer succeed, however late it
        // arrives: sequences only grow.
        Ok((found != expected).then_some(Err(AppendError::Conflict { expected, found })))
    }

    pub(crate) async fn refuse(&self, letter: DeadLetter) -> Result<u64, AppendError> {
        dead_letter::check(&letter)?;
        // No slug is `_`, so no ledger can be mistaken for none.
        let ledger = letter.ledger.as_ref().map_or("_", |id| id.as_str());
        let subject = format!("{DEAD_LETTER_SUBJECT}.{ledger}");
        let mut headers = HeaderMap::new();
        headers.insert(NATS_MESSAGE_ID, dead_letter::digest(&letter));
        headers.insert(LABEL, dead_letter::label(&letter)?);
        let bytes = letter.bytes.len();
        let answer = self.link.ask(subject, Some(headers), letter.bytes).await;
        let ack = answer.and_then(|message| answer_of::<Ack>(&message.payload));
        if let Ok(Ack { seq, .. }) = ack {
            return Ok(seq);
        }
        match judge(ack, bytes, DEAD_LETTER_MESSAGE_BYTES_MAX) {
            Try::Stored(sequence) => Ok(sequence),
            Try::Refused(error) => Err(error),
            Try::NotTaken(reason) => Err(AppendError::Unavailable(reason)),
            Try::Elsewhere | Try::Remembered => Err(AppendError::Unknown(
                "an answer that dead letters do not get".to_owned(),
            )),
            Try::Doubtful(reason) => Err(AppendError::Unknown(reason)),
        }
    }
}

/// Subject and headers of a commit that is expected to follow a sequence of its journey.
pub(super) fn message_of(commit: &NewCommit, expected: u64) -> (String, HeaderMap) {
    let mut headers = HeaderMap::new();
    headers.insert(NATS_MESSAGE_ID, commit.id.to_string());
    headers.insert(NATS_EXPECTED_LAST_SUBJECT_SEQUENCE, expected.to_string());
    headers.insert("Content-Type", CONTENT_TYPE);
    (subject_of(&commit.ledger, commit.journey), headers)
}

/// What it means for an append that the journey could not be read afterwards.
fn unread(error: ReadError) -> AppendError {
    if let ReadError::Forbidden(subject) = error {
        return AppendError::Forbidden(subject);
    }
    AppendError::Unknown(error.to_string())
}

fn judge(ack: Result<Ack, LinkError>, bytes: usize, bytes_max: usize) -> Try {
    match ack {
        Ok(ack) if ack.duplicate => Try::Remembered,
        Ok(ack) => Try::Stored(ack.seq),
        Err(LinkError::Refused(refusal)) => judge_refusal(refusal, bytes, bytes_max),
        Err(LinkError::Denied(subject)) => Try::Refused(AppendError::Forbidden(subject)),
        Err(LinkError::TooLarge) => Try::Refused(AppendError::TooLarge { bytes, bytes_max }),
        // It was waited for already: the caller had better be told.
        Err(error @ LinkError::Disconnected) => {
            Try::Refused(AppendError::Unavailable(error.to_string()))
        }
        Err(error @ LinkError::NobodyThere(_)) => Try::NotTaken(error.to_string()),
        Err(error @ (LinkError::NoAnswer(_) | LinkError::Garbled(_))) => {
            Try::Doubtful(error.to_string())
        }
    }
}

/// Sorts JetStream's errors. Codes that are not listed are refusals too, in the server's words.
fn judge_refusal(refusal: Refusal, bytes: usize, bytes_max: usize) -> Try {
    let Refusal { code, text } = refusal;
    match code {
        // Wrong last sequence, with and without telling which.
        10071 | 10164 => Try::Elsewhere,
        // Resources of server, account or tier, and a store that is full or broken.
        10002 | 10023 | 10028 | 10047 | 10077 | 10122 => Try::Refused(AppendError::QuotaReached(
            format!("jetstream error {code}: {text}"),
        )),
        // Message or headers larger than the stream takes.
        10054 | 10097 => Try::Refused(AppendError::TooLarge { bytes, bytes_max }),
        // The same message is being replicated at this moment.
        10158 => Try::Doubtful(format!("jetstream error {code}: {text}")),
        _ => Try::NotTaken(format!("jetstream error {code}: {text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: u64) -> Try {
        let text = "in the server's words".to_owned();
        judge(Err(LinkError::Refused(Refusal { code, text })), 7, 5)
    }

    #[test]
    fn a_full_store_is_told_from_a_silent_one() {
        assert!(matches!(
            refused(10023),
            Try::Refused(AppendError::QuotaReached(_))
        ));
        let silence = LinkError::NoAnswer("5 s".to_owned());
        assert!(matches!(judge(Err(silence), 7, 5), Try::Doubtful(_)));
    }

    #[test]
    fn only_silence_leaves_doubt() {
        assert!(matches!(refused(10071), Try::Elsewhere));
        assert!(matches!(
            refused(10054),
            Try::Refused(AppendError::TooLarge { .. })
        ));
        assert!(matches!(refused(10167), Try::NotTaken(_)));
        assert!(matches!(
            judge(Err(LinkError::Disconnected), 7, 5),
            Try::Refused(AppendError::Unavailable(_))
        ));
        let duplicate = Ack {
            seq: 3,
            duplicate: true,
        };
        assert!(matches!(judge(Ok(duplicate), 7, 5), Try::Remembered));
    }
}
