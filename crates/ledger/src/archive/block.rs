//! A block: commits of one ledger, compressed together.
//!
//! Compressed with LZ4: of the four that were measured on commits of the usual size it is the one
//! that is read fastest (3.4 GB/s on one core of the machine of the README, zstd at its fastest
//! 1.5), and it is safe Rust throughout. Files are a third of the payloads; zstd would make them a
//! fifth.
//!
//! Not compressed it is: ledger number, commits, first sequence; for each commit when it was stored
//! (seconds, nanoseconds), the length of its payload, its id and its journey; then all payloads.

use bytes::{Buf, BufMut, Bytes};
use homeward_events::id::{CommitId, JourneyId, LedgerId};
use homeward_events::time::StoredAt;
use jiff::Timestamp;
use uuid::Uuid;

use super::index::BlockEntry;
use super::layout::sha256;
use crate::commit::{COMMIT_BYTES_MAX, StoredCommit};

/// A block is closed before it grows above this, unless one commit alone does. Fits into the cache
/// of a core: blocks of a megabyte were read a quarter slower.
pub(super) const BLOCK_BYTES: usize = 256 << 10;

/// Ledger number, commits, first sequence.
const PRELUDE_BYTES: usize = 16;

/// Seconds, nanoseconds, length, id, journey.
const HEAD_BYTES: usize = 48;

/// Largest block there can be, not compressed.
pub(super) const BLOCK_BYTES_MAX: usize = PRELUDE_BYTES + HEAD_BYTES + COMMIT_BYTES_MAX;

/// Commits that will be a block.
#[derive(Default)]
pub(super) struct Draft {
    heads: Vec<u8>,
    payloads: Vec<u8>,
    first: u64,
    commits: u32,
}

impl Draft {
    pub(super) fn is_empty(&self) -> bool {
        self.commits == 0
    }

    /// Whether the block should be closed before this commit.
    pub(super) fn is_full_for(&self, commit: &StoredCommit) -> bool {
        let held = PRELUDE_BYTES + self.heads.len() + self.payloads.len();
        !self.is_empty() && held + HEAD_BYTES + commit.payload.len() > BLOCK_BYTES
    }

    /// Adds the commit after the last one. Says whether it could: a payload above
    /// [`COMMIT_BYTES_MAX`] is none of ours.
    pub(super) fn push(&mut self, commit: &StoredCommit) -> bool {
        if commit.payload.len() > COMMIT_BYTES_MAX {
            return false;
        }
        if self.is_empty() {
            self.first = commit.sequence;
        }
        let stored = commit.stored.0;
        self.heads.put_i64_le(stored.as_second());
        self.heads.put_i32_le(stored.subsec_nanosecond());
        let length = u32::try_from(commit.payload.len()).unwrap_or(u32::MAX);
        self.heads.put_u32_le(length);
        self.heads.put_slice(commit.commit.as_bytes());
        self.heads.put_slice(commit.journey.as_bytes());
        self.payloads.put_slice(&commit.payload);
        self.commits += 1;
        true
    }

    /// Closes the block, which will stand at `at`, and begins the next one.
    pub(super) fn seal(&mut self, ledger_number: u32, at: u64) -> (Vec<u8>, BlockEntry) {
        let Self {
            heads,
            payloads,
            first,
            commits,
        } = std::mem::take(self);
        let mut raw = Vec::with_capacity(PRELUDE_BYTES + heads.len() + payloads.len());
        raw.put_u32_le(ledger_number);
        raw.put_u32_le(commits);
        raw.put_u64_le(first);
        raw.put_slice(&heads);
        raw.put_slice(&payloads);
        let stored = lz4_flex::block::compress(&raw);
        let size = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let entry = BlockEntry {
            at,
            stored_bytes: size(&stored),
            raw_bytes: size(&raw),
            first,
            commits,
            sha256: sha256(&stored),
        };
        (stored, entry)
    }
}

/// Reads a block as it stands in the file. The payloads are views into one piece of memory: whoever
/// keeps one of them keeps the block.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(
    stored: &[u8],
    entry: &BlockEntry,
    ledger_number: u32,
    ledger: &LedgerId,
) -> Result<Vec<StoredCommit>, String> {
    if sha256(stored) != entry.sha256 {
        return Err("its bytes are not those that were written".to_owned());
    }
    let raw_bytes = usize::try_from(entry.raw_bytes).unwrap_or(usize::MAX);
    if raw_bytes > BLOCK_BYTES_MAX.max(BLOCK_BYTES) {
        return Err(format!("{raw_bytes} bytes are more than a block has"));
    }
    let raw = lz4_flex::block::decompress(stored, raw_bytes).map_err(|error| error.to_string())?;
    if raw.len() != raw_bytes {
        return Err(format!("{} bytes where {raw_bytes} should be", raw.len()));
    }
    let short = |_| "it ends before its last commit".to_owned();
    let raw = Bytes::from(raw);
    let mut prelude = raw.clone();
    let found = (
        prelude.try_get_u32_le().map_err(short)?,
        prelude.try_get_u32_le().map_err(short)?,
        prelude.try_get_u64_le().map_err(short)?,
    );
    if found != (ledger_number, entry.commits, entry.first) {
        return Err("it is another block than the index says".to_owned());
    }
    let commits = usize::try_from(entry.commits).unwrap_or(usize::MAX);
    let heads_bytes = commits.saturating_mul(HEAD_BYTES);
    if prelude.len() < heads_bytes {
        return Err("it ends before its last commit".to_owned());
    }
    let mut heads = prelude.slice(..heads_bytes);
    let mut payloads = prelude.slice(heads_bytes..);
    let mut all = Vec::with_capacity(commits);
    for sequence in (entry.first..).take(commits) {
        let head = Head::read(&mut heads).map_err(short)?;
        let payload_bytes = usize::try_from(head.payload_bytes).unwrap_or(usize::MAX);
        if payloads.len() < payload_bytes {
            return Err("it ends before its last payload".to_owned());
        }
        let stored = Timestamp::new(head.second, head.nanosecond)
            .map_err(|error| format!("sequence {sequence}: {error}"))?;
        all.push(StoredCommit {
            ledger: ledger.clone(),
            journey: JourneyId::from_uuid(Uuid::from_bytes(head.journey)),
            sequence,
            stored: StoredAt(stored),
            commit: CommitId::from_uuid(Uuid::from_bytes(head.commit)),
            payload: payloads.split_to(payload_bytes),
        });
    }
    if payloads.is_empty() {
        Ok(all)
    } else {
        Err(format!("{} bytes after its last payload", payloads.len()))
    }
}

/// What stands before the payloads for each commit.
struct Head {
    second: i64,
    nanosecond: i32,
    payload_bytes: u32,
    commit: [u8; 16],
    journey: [u8; 16],
}

impl Head {
    fn read(heads: &mut impl Buf) -> Result<Self, bytes::TryGetError> {
        let mut head = Self {
            second: heads.try_get_i64_le()?,
            nanosecond: heads.try_get_i32_le()?,
            payload_bytes: heads.try_get_u32_le()?,
            commit: [0; 16],
            journey: [0; 16],
        };
        heads.try_copy_to_slice(&mut head.commit)?;
        heads.try_copy_to_slice(&mut head.journey)?;
        Ok(head)
    }
}
