//! What can go wrong, named by what a caller can do about it.

use homeward_events::id::{CommitId, LedgerId};
use jiff::Timestamp;

use crate::streams::Mismatches;

/// Why a commit or a dead letter was not acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Not stored: someone else wrote to the journey. Read again, decide again.
    #[error("expected the journey to end at sequence {expected}, it ends at {found}")]
    Conflict {
        /// The last sequence of the journey that the caller knew; 0 for none.
        expected: u64,
        /// The last sequence of the journey in the log; 0 for none.
        found: u64,
    },
    /// Not stored: the commit id already names a commit of another journey of this ledger.
    #[error("commit id {commit} is already used by another journey of this ledger")]
    Reused {
        /// The id that was offered twice.
        commit: CommitId,
    },
    /// Not stored, and known not to be: the log cannot be reached or refuses for now. Try later.
    #[error("log unavailable, nothing was stored: {0}")]
    Unavailable(String),
    /// May or may not be stored. Appending the same commit again tells which.
    #[error("outcome unknown, offer the same commit again: {0}")]
    Unknown(String),
    /// Not stored: more bytes than one message may have.
    #[error("{bytes} bytes are more than the {bytes_max} that one message may have")]
    TooLarge {
        /// Size of what was offered.
        bytes: usize,
        /// Largest size that is accepted.
        bytes_max: usize,
    },
    /// Not stored: the space set aside for the log is used up. An operator has to act.
    #[error("storage quota reached, nothing was stored: {0}")]
    QuotaReached(String),
    /// Not stored: this log holds no such ledger.
    #[error("no ledger `{0}` in this log")]
    LedgerUnknown(LedgerId),
    /// Not stored: the identity we connect with may not write there.
    #[error("permission denied, nothing was stored: {0}")]
    Forbidden(String),
}

/// Why a read did not give what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// A sequence is missing from the log: the log is damaged, and says so.
    #[error("ledger `{ledger}`: sequence {expected} is missing, the next there is {found}")]
    Gap {
        /// The ledger that was read.
        ledger: LedgerId,
        /// The sequence that should have come next.
        expected: u64,
        /// The sequence that came instead; one past the end if nothing more came.
        found: u64,
    },
    /// The stream was deleted and created again: positions of before mean nothing now.
    #[error("ledger `{ledger}`: stream of {known} was replaced by one created {found}")]
    Replaced {
        /// The ledger that was read.
        ledger: LedgerId,
        /// When the stream that we knew was created.
        known: Timestamp,
        /// When the stream that is there now was created.
        found: Timestamp,
    },
    /// A commit that was already read is no longer the one at its sequence: the log lost its tail.
    #[error("ledger `{ledger}`: sequence {sequence} no longer holds commit {known}")]
    Rewritten {
        /// The ledger that was read.
        ledger: LedgerId,
        /// The sequence that was read before.
        sequence: u64,
        /// The commit that was read there.
        known: CommitId,
    },
    /// The log ends before the position asked for.
    #[error("ledger `{ledger}`: asked for position {position}, but the log ends at {last}")]
    Behind {
        /// The ledger that was read.
        ledger: LedgerId,
        /// The position that was asked for.
        position: u64,
        /// The last sequence in the log.
        last: u64,
    },
    /// A message of a ledger stream that our own appender cannot have written.
    #[error("ledger `{ledger}`: sequence {sequence} is no commit of ours: {reason}")]
    Unreadable {
        /// The ledger that was read.
        ledger: LedgerId,
        /// Where the message stands; 0 if it does not say.
        sequence: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// Part of an archive is not what was written.
    #[error("ledger `{ledger}`: sequences {first} to {last} are damaged: {reason}")]
    Damaged {
        /// The ledger that was read.
        ledger: LedgerId,
        /// The first sequence that cannot be read.
        first: u64,
        /// The last sequence that cannot be read.
        last: u64,
        /// Where in the file, and what is wrong.
        reason: String,
    },
    /// The log cannot be reached for now. Try later.
    #[error("log unavailable: {0}")]
    Unavailable(String),
    /// The identity we connect with may not read there.
    #[error("permission denied: {0}")]
    Forbidden(String),
    /// This log holds no such ledger.
    #[error("no ledger `{0}` in this log")]
    LedgerUnknown(LedgerId),
}

/// Why a ledger cannot be called complete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Incomplete {
    /// The beginning is missing.
    #[error("ledger `{ledger}`: begins at sequence {first}, not at 1")]
    BeginsLate {
        /// The ledger that was checked.
        ledger: LedgerId,
        /// The lowest sequence that is there.
        first: u64,
    },
    /// The server knows of removed messages.
    #[error("ledger `{ledger}`: {deleted} messages were deleted")]
    Deleted {
        /// The ledger that was checked.
        ledger: LedgerId,
        /// How many.
        deleted: u64,
    },
    /// Fewer (or more) messages than sequences.
    #[error("ledger `{ledger}`: {messages} messages for {last} sequences")]
    Miscounted {
        /// The ledger that was checked.
        ledger: LedgerId,
        /// Messages that are there.
        messages: u64,
        /// The last sequence, which is how many there should be.
        last: u64,
    },
    /// An archive holds a slice of what the log held.
    #[error("ledger `{ledger}`: a slice, {first} to {last} of 1 to {log_last}")]
    Slice {
        /// The ledger that was checked.
        ledger: LedgerId,
        /// The first sequence that is there.
        first: u64,
        /// The last sequence that is there.
        last: u64,
        /// The last sequence of the log when the archive was begun.
        log_last: u64,
    },
    /// It could not be checked.
    #[error(transparent)]
    Unchecked(#[from] ReadError),
}

/// Why the log cannot be used as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// Nobody answers there, or the login is refused.
    #[error("cannot connect to nats at {url}: {reason}")]
    Unreachable {
        /// Where we tried, without credentials.
        url: String,
        /// What happened.
        reason: String,
    },
    /// The credentials file cannot be used.
    #[error("cannot use credentials file {path}: {reason}")]
    Credentials {
        /// Which file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The server is older than the oldest without known losses.
    #[error("nats-server {found} is too old: {needed} or newer is needed")]
    TooOld {
        /// What the server says it is.
        found: String,
        /// The oldest version that will do.
        needed: String,
    },
    /// The server has no JetStream, or none for our account.
    #[error("jetstream does not answer on this server or account: {0}")]
    NoJetStream(String),
    /// A stream is missing and we were not asked to create it.
    #[error("stream {0} does not exist, and creating streams is switched off")]
    Missing(String),
    /// A stream was deleted and created again while we ran.
    #[error("stream {stream} of {known} was replaced by one created {found}")]
    Replaced {
        /// Which stream.
        stream: String,
        /// When the stream that we knew was created.
        known: Timestamp,
        /// When the stream that is there now was created.
        found: Timestamp,
    },
    /// A stream is not set up as a ledger must be.
    #[error("{0}")]
    Settings(Mismatches),
    /// The identity we connect with may not do what is needed.
    #[error("permission denied: {0}")]
    Forbidden(String),
    /// Anything else, in the server's words.
    #[error("{doing}: {reason}")]
    Failed {
        /// What was being done.
        doing: String,
        /// What went wrong.
        reason: String,
    },
}

/// Why requests are no longer served.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServeError {
    /// The service could not be registered.
    #[error("cannot serve requests on {subject}: {reason}")]
    Start {
        /// The subject of the service.
        subject: String,
        /// What went wrong.
        reason: String,
    },
    /// The subscription ended although nobody asked for it.
    #[error("the subscription to {subject} ended early")]
    Ended {
        /// The subject of the service.
        subject: String,
    },
}
