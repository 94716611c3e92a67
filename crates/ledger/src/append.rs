//! The only way into the log.

use std::sync::Arc;

use crate::commit::{Appended, DeadLetter, NewCommit};
use crate::error::AppendError;
use crate::jetstream::JetStreamLog;
use crate::memory::MemoryLog;

/// Appends commits and keeps refusals. Cheap to clone.
#[derive(Clone)]
pub struct Appender(Log);

#[derive(Clone)]
enum Log {
    JetStream(Arc<JetStreamLog>),
    Memory(Arc<MemoryLog>),
}

impl Appender {
    pub(crate) fn jetstream(log: &Arc<JetStreamLog>) -> Self {
        Self(Log::JetStream(Arc::clone(log)))
    }

    pub(crate) fn memory(log: &Arc<MemoryLog>) -> Self {
        Self(Log::Memory(Arc::clone(log)))
    }

    /// Appends `commit` if its journey still ends at sequence `expected_last` (0: has no commit).
    /// All of it is stored or none, and the same commit offered again is answered with its first
    /// sequence: two writers cannot both win, a retry cannot append twice.
    ///
    /// A caller that has *read* the journey to learn where it ends looks for its own commit there
    /// first, see [`crate::sequence_of`].
    ///
    /// # Errors
    /// See [`AppendError`]. Only `Unknown` leaves open whether it was stored.
    pub async fn append(
        &self,
        commit: &NewCommit,
        expected_last: u64,
    ) -> Result<Appended, AppendError> {
        match &self.0 {
            Log::JetStream(log) => log.append(commit, expected_last).await,
            Log::Memory(log) => log.append(commit, expected_last),
        }
    }

    /// Keeps what was refused and gives its place among the dead letters. The same bytes under the
    /// same code from the same publisher, offered again at once, are kept once.
    ///
    /// # Errors
    /// `QuotaReached` when the space for dead letters is used up; else see [`AppendError`].
    pub async fn refuse(&self, dead: DeadLetter) -> Result<u64, AppendError> {
        match &self.0 {
            Log::JetStream(log) => log.refuse(dead).await,
            Log::Memory(log) => log.refuse(dead),
        }
    }
}
