//! Attachments: bytes beside the log, found by their SHA-256. The log says that they exist and what
//! they are; an archive holds the log, and not these bytes.
//!
//! They lie in JetStream's object store, a bucket for each ledger, as any client of it reads them.
//! Written once: the same bytes are the same attachment, and nothing here removes any.

use std::sync::Arc;

use bytes::Bytes;
use homeward_events::id::{ContentDigest, LedgerId};
use sha2::{Digest as _, Sha256};

use crate::jetstream::JetStreamLog;
use crate::memory::MemoryLog;

/// Largest attachment, in bytes: a scanned document of some pages, held in memory while it passes.
pub const ATTACHMENT_BYTES_MAX: usize = 10 << 20;

/// Keeps and gives attachments. Cheap to clone.
#[derive(Clone)]
pub struct Attachments(Log);

#[derive(Clone)]
enum Log {
    JetStream(Arc<JetStreamLog>),
    Memory(Arc<MemoryLog>),
}

/// Why an attachment was not kept or not given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentError {
    /// Not kept: more bytes than one attachment may have.
    #[error("{bytes} bytes are more than the {ATTACHMENT_BYTES_MAX} that an attachment may have")]
    TooLarge {
        /// Size of what was offered.
        bytes: usize,
    },
    /// Not kept: the bytes are not those that the digest names.
    #[error("these bytes have the digest {found}")]
    OtherDigest {
        /// What they are.
        found: ContentDigest,
    },
    /// Not given: what lies there is not what was kept.
    #[error("ledger `{ledger}`: attachment {digest} is damaged: {reason}")]
    Damaged {
        /// The ledger that was asked.
        ledger: LedgerId,
        /// The attachment that was asked for.
        digest: ContentDigest,
        /// What is wrong with it.
        reason: String,
    },
    /// The store cannot be reached, or refuses for now. The same call again is safe.
    #[error("attachments unavailable: {0}")]
    Unavailable(String),
    /// Not kept: the space set aside is used up. An operator has to act.
    #[error("storage quota reached, nothing was kept: {0}")]
    QuotaReached(String),
    /// The identity we connect with may not do that.
    #[error("permission denied: {0}")]
    Forbidden(String),
    /// No such ledger is kept here.
    #[error("no ledger `{0}` in this log")]
    LedgerUnknown(LedgerId),
}

/// The digest of bytes.
pub fn digest_of(bytes: &[u8]) -> ContentDigest {
    ContentDigest::of(Sha256::digest(bytes).into())
}

impl Attachments {
    pub(crate) fn jetstream(log: &Arc<JetStreamLog>) -> Self {
        Self(Log::JetStream(Arc::clone(log)))
    }

    pub(crate) fn memory(log: &Arc<MemoryLog>) -> Self {
        Self(Log::Memory(Arc::clone(log)))
    }

    /// How many bytes an attachment has; none if it is not there.
    ///
    /// # Errors
    /// See [`AttachmentError`].
    pub async fn size(
        &self,
        ledger: &LedgerId,
        digest: &ContentDigest,
    ) -> Result<Option<u64>, AttachmentError> {
        match &self.0 {
            Log::JetStream(log) => log.attachment_size(ledger, digest).await,
            Log::Memory(log) => Ok(log
                .attachment(ledger, digest)?
                .map(|bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX))),
        }
    }

    /// Keeps an attachment; says whether it was not there before. Kept already, nothing happens.
    ///
    /// # Errors
    /// See [`AttachmentError`]; after any of them the same call again is safe.
    pub async fn put(
        &self,
        ledger: &LedgerId,
        digest: &ContentDigest,
        bytes: Bytes,
    ) -> Result<bool, AttachmentError> {
        if bytes.len() > ATTACHMENT_BYTES_MAX {
            return Err(AttachmentError::TooLarge { bytes: bytes.len() });
        }
        let found = digest_of(&bytes);
        if found != *digest {
            return Err(AttachmentError::OtherDigest { found });
        }
        match &self.0 {
            Log::JetStream(log) => log.put_attachment(ledger, digest, bytes).await,
            Log::Memory(log) => log.put_attachment(ledger, digest, bytes),
        }
    }

    /// The bytes of an attachment, which are those that its digest names; none if it is not there.
    ///
    /// # Errors
    /// `Damaged` where what lies there has another digest; else see [`AttachmentError`].
    pub async fn get(
        &self,
        ledger: &LedgerId,
        digest: &ContentDigest,
    ) -> Result<Option<Bytes>, AttachmentError> {
        let bytes = match &self.0 {
            Log::JetStream(log) => log.attachment(ledger, digest).await?,
            Log::Memory(log) => log.attachment(ledger, digest)?,
        };
        match bytes {
            Some(bytes) => {
                let found = digest_of(&bytes);
                if found == *digest {
                    return Ok(Some(bytes));
                }
                tracing::error!(%ledger, %digest, %found, "an attachment is damaged");
                Err(AttachmentError::Damaged {
                    ledger: ledger.clone(),
                    digest: digest.clone(),
                    reason: format!("its bytes have the digest {found}"),
                })
            }
            None => Ok(None),
        }
    }
}
