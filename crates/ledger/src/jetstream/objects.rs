//! Attachments in JetStream's object store: chunks under a subject of their own, and one message that
//! names them, under the object's name. Laid out as ADR-20 of the NATS project has it, so that other
//! clients read them; written by hand, because requests over [`super::link`] say why they failed, and
//! a client that replaces objects wants permission to remove what we never remove.

use async_nats::HeaderMap;
use async_nats::header::NATS_EXPECTED_LAST_SUBJECT_SEQUENCE;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use bytes::{Bytes, BytesMut};
use homeward_events::id::{ContentDigest, LedgerId};
use serde::{Deserialize, Serialize};

use super::JetStreamLog;
use super::fetch::batch;
use super::link::{LinkError, answer_of};
use crate::attachments::AttachmentError;
use crate::clock;
use crate::streams::{ATTACHMENT_CHUNK_BYTES, OBJECT_SUBJECT, attachment_bucket};

/// JetStream says: another message has this subject already.
const SUBJECT_TAKEN: [u64; 2] = [10071, 10164];
/// JetStream says: the space is used up.
const FULL: [u64; 6] = [10002, 10023, 10028, 10047, 10077, 10122];

/// What names an object's chunks.
#[derive(Debug, Serialize, Deserialize)]
struct Info {
    name: String,
    bucket: String,
    /// Names the upload: chunks of one that failed are never taken for those of another.
    nuid: String,
    size: u64,
    chunks: usize,
    /// `SHA-256=` and the digest, as the object store writes it.
    digest: String,
    mtime: String,
    #[serde(default)]
    deleted: bool,
    options: Option<Options>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Options {
    max_chunk_size: Option<usize>,
}

/// The server's answer to a message that it stored.
#[derive(Deserialize)]
struct Ack {
    #[expect(dead_code, reason = "an answer without a sequence is none")]
    seq: u64,
}

impl JetStreamLog {
    pub(crate) async fn attachment_size(
        &self,
        ledger: &LedgerId,
        digest: &ContentDigest,
    ) -> Result<Option<u64>, AttachmentError> {
        let info = self.object_info(ledger, digest).await?;
        Ok(info.map(|info| info.size))
    }

    pub(crate) async fn put_attachment(
        &self,
        ledger: &LedgerId,
        digest: &ContentDigest,
        bytes: Bytes,
    ) -> Result<bool, AttachmentError> {
        if self.object_info(ledger, digest).await?.is_some() {
            return Ok(false);
        }
        let bucket = attachment_bucket(ledger);
        let inbox = self.link.client().new_inbox();
        let nuid = inbox.rsplit('.').next().unwrap_or_default().to_owned();
        let (size, mut chunks, mut left) = (bytes.len(), 0, bytes);
        while !left.is_empty() {
            let chunk = left.split_to(left.len().min(ATTACHMENT_CHUNK_BYTES));
            let subject = format!("{OBJECT_SUBJECT}.{bucket}.C.{nuid}");
            self.store(subject, None, chunk).await.map_err(failed)?;
            chunks += 1;
        }
        let info = Info {
            name: digest.to_string(),
            nuid,
            size: u64::try_from(size).unwrap_or(u64::MAX),
            chunks,
            digest: format!("SHA-256={}", URL_SAFE.encode(raw(digest))),
            mtime: clock::now().to_string(),
            deleted: false,
            options: Some(Options {
                max_chunk_size: Some(ATTACHMENT_CHUNK_BYTES),
            }),
            bucket,
        };
        let text = serde_json::to_vec(&info)
            .map_err(|error| AttachmentError::Unavailable(error.to_string()))?;
        // Of two uploads at once, one names its chunks; both are the same bytes.
        let mut headers = HeaderMap::new();
        headers.insert(NATS_EXPECTED_LAST_SUBJECT_SEQUENCE, "0");
        let subject = name_subject(&info.bucket, digest);
        match self.store(subject, Some(headers), text.into()).await {
            Ok(()) => Ok(true),
            Err(LinkError::Refused(refusal)) if SUBJECT_TAKEN.contains(&refusal.code) => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }

    pub(crate) async fn attachment(
        &self,
        ledger: &LedgerId,
        digest: &ContentDigest,
    ) -> Result<Option<Bytes>, AttachmentError> {
        let Some(info) = self.object_info(ledger, digest).await? else {
            return Ok(None);
        };
        let damaged = |reason: String| AttachmentError::Damaged {
            ledger: ledger.clone(),
            digest: digest.clone(),
            reason,
        };
        let stream = self.bucket(ledger)?;
        let subject = format!("{OBJECT_SUBJECT}.{}.C.{}", info.bucket, info.nuid);
        let found = batch(&self.link, stream, &subject, 1, info.chunks.max(1)).await;
        let chunks = found.map_err(failed)?.messages;
        if chunks.len() != info.chunks {
            let (found, expected) = (chunks.len(), info.chunks);
            return Err(damaged(format!("{found} of {expected} chunks are there")));
        }
        let mut bytes = BytesMut::with_capacity(chunks.iter().map(|c| c.payload.len()).sum());
        for chunk in chunks {
            bytes.extend_from_slice(&chunk.payload);
        }
        Ok(Some(bytes.freeze()))
    }

    async fn object_info(
        &self,
        ledger: &LedgerId,
        digest: &ContentDigest,
    ) -> Result<Option<Info>, AttachmentError> {
        let stream = self.bucket(ledger)?;
        let subject = name_subject(&attachment_bucket(ledger), digest);
        let found = batch(&self.link, stream, &subject, 1, 1).await;
        let found = found.map_err(failed)?.messages;
        let Some(message) = found.first() else {
            return Ok(None);
        };
        let info: Info =
            serde_json::from_slice(&message.payload).map_err(|error| AttachmentError::Damaged {
                ledger: ledger.clone(),
                digest: digest.clone(),
                reason: format!("what names its chunks cannot be read: {error}"),
            })?;
        Ok((!info.deleted).then_some(info))
    }

    async fn store(
        &self,
        subject: String,
        headers: Option<HeaderMap>,
        payload: Bytes,
    ) -> Result<(), LinkError> {
        let answer = self.link.ask(subject, headers, payload).await?;
        answer_of::<Ack>(&answer.payload).map(|_| ())
    }

    /// The stream of a ledger's bucket.
    fn bucket(&self, ledger: &LedgerId) -> Result<&str, AttachmentError> {
        self.ledgers
            .get(ledger)
            .map(|ledger| ledger.attachments.settings.name())
            .ok_or_else(|| AttachmentError::LedgerUnknown(ledger.clone()))
    }
}

/// The subject of what names an object's chunks.
fn name_subject(bucket: &str, digest: &ContentDigest) -> String {
    let name = URL_SAFE.encode(digest.as_str());
    format!("{OBJECT_SUBJECT}.{bucket}.M.{name}")
}

/// The bytes that a digest spells.
fn raw(digest: &ContentDigest) -> Vec<u8> {
    let half = |letter: &u8| match letter {
        b'0'..=b'9' => letter - b'0',
        _ => letter.saturating_sub(b'a') + 10,
    };
    digest
        .as_str()
        .as_bytes()
        .chunks_exact(2)
        .map(|pair| {
            pair.iter()
                .fold(0, |byte, letter| (byte << 4) | half(letter))
        })
        .collect()
}

fn failed(error: LinkError) -> AttachmentError {
    match error {
        LinkError::Denied(subject) => AttachmentError::Forbidden(subject),
        LinkError::Refused(refusal) if FULL.contains(&refusal.code) => {
            AttachmentError::QuotaReached(refusal.text)
        }
        LinkError::Refused(_)
        | LinkError::Disconnected
        | LinkError::NobodyThere(_)
        | LinkError::NoAnswer(_)
        | LinkError::TooLarge
        | LinkError::Garbled(_) => AttachmentError::Unavailable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachments::digest_of;

    #[test]
    fn objects_are_named_as_other_clients_name_them() {
        let digest = digest_of(b"test");
        assert_eq!(raw(&digest).len(), 32);
        assert_eq!(
            URL_SAFE.encode(raw(&digest)),
            "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg="
        );
        let subject = name_subject("attachments-jm", &digest);
        assert!(
            subject.starts_with("$O.attachments-jm.M.OWY4NmQwODE4ODRjN2Q2"),
            "{subject}"
        );
    }
}
