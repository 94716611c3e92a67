//! What goes into the log and what comes out of it.

use std::fmt;

use bytes::Bytes;
use homeward_events::id::{CommitId, JourneyId, LedgerId};
use homeward_events::time::StoredAt;
use jiff::Timestamp;

/// Largest payload of one commit, in bytes: up to 64 events of a few KB, with room to spare, and
/// small enough that a reader may hold thousands of typical ones at once.
pub const COMMIT_BYTES_MAX: usize = 1 << 20;

/// Largest refused body that is kept, in bytes. Bodies are limited to the same size at the door.
pub const DEAD_LETTER_BYTES_MAX: usize = 1 << 20;

/// Longest reason that is kept with a dead letter, in bytes; longer ones are cut.
pub const REASON_BYTES_MAX: usize = 4096;

/// One message of a ledger stream.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredCommit {
    /// The ledger it stands in.
    pub ledger: LedgerId,
    /// The journey whose facts it holds.
    pub journey: JourneyId,
    /// Its place in the ledger, from 1, without gaps.
    pub sequence: u64,
    /// When the log took it in.
    pub stored: StoredAt,
    /// The id that the publisher gave it.
    pub commit: CommitId,
    /// CloudEvents JSON batch, exactly as stored; opaque to this crate.
    pub payload: Bytes,
}

impl fmt::Debug for StoredCommit {
    // Payloads hold personal data: they are never printed, not even by accident.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredCommit")
            .field("ledger", &self.ledger)
            .field("journey", &self.journey)
            .field("sequence", &self.sequence)
            .field("stored", &self.stored)
            .field("commit", &self.commit)
            .field("payload_bytes", &self.payload.len())
            .finish()
    }
}

/// A commit to append.
#[derive(Clone, PartialEq, Eq)]
pub struct NewCommit {
    /// The ledger it goes to.
    pub ledger: LedgerId,
    /// The journey whose facts it holds.
    pub journey: JourneyId,
    /// Chosen by the publisher: a retry carries the same one.
    pub id: CommitId,
    /// CloudEvents JSON batch; at most [`COMMIT_BYTES_MAX`] bytes.
    pub payload: Bytes,
}

impl fmt::Debug for NewCommit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewCommit")
            .field("ledger", &self.ledger)
            .field("journey", &self.journey)
            .field("id", &self.id)
            .field("payload_bytes", &self.payload.len())
            .finish()
    }
}

/// The commit is in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// Stored now.
    New {
        /// Its place in the ledger.
        sequence: u64,
    },
    /// Was stored before, by this call's own earlier try or by an earlier call.
    Already {
        /// Its place in the ledger: the same as the first time.
        sequence: u64,
    },
}

impl Appended {
    /// The commit's place in the ledger.
    pub fn sequence(self) -> u64 {
        match self {
            Self::New { sequence } | Self::Already { sequence } => sequence,
        }
    }
}

/// The state of one ledger stream, as its server tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// When the stream was created: another time means another stream.
    pub created: Timestamp,
    /// The lowest sequence that is there; one past `last` if none is.
    pub first: u64,
    /// The highest sequence ever given; 0 for an empty ledger.
    pub last: u64,
    /// How many messages are there.
    pub messages: u64,
    /// How many sequences between first and last are known to be removed.
    pub deleted: u64,
    /// When the last message was stored, unless the ledger is empty.
    pub last_stored: Option<StoredAt>,
}

/// Something that was refused at a door, kept so that nothing is lost.
#[derive(Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// The ledger it was meant for, if that much was understood.
    pub ledger: Option<LedgerId>,
    /// The id of the key that it was offered with.
    pub publisher: String,
    /// The door it came to: `http` or `nats`.
    pub door: &'static str,
    /// The stable code of the refusal.
    pub code: String,
    /// Why, for people; cut at [`REASON_BYTES_MAX`].
    pub reason: String,
    /// The bytes as they came; at most [`DEAD_LETTER_BYTES_MAX`].
    pub bytes: Bytes,
}

impl fmt::Debug for DeadLetter {
    // The reason may quote what was refused, so it is not printed either.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeadLetter")
            .field("ledger", &self.ledger)
            .field("publisher", &self.publisher)
            .field("door", &self.door)
            .field("code", &self.code)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// A dead letter with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDeadLetter {
    /// Its place among the dead letters, from 1.
    pub sequence: u64,
    /// When it was stored.
    pub stored: StoredAt,
    /// What was refused.
    pub letter: DeadLetter,
}

/// The place of a commit in the journey's history, if it is there.
///
/// [`crate::Appender::append`] recognises a commit that it is offered again when the expectation
/// is the old one. A caller that reads first and expects the *new* end has to look here: the log
/// itself remembers ids for two minutes only.
pub fn sequence_of(history: &[StoredCommit], id: CommitId) -> Option<u64> {
    history
        .iter()
        .find(|stored| stored.commit == id)
        .map(|stored| stored.sequence)
}
