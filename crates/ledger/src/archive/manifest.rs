//! What an archive says about itself, for people and programs.

use homeward_events::id::LedgerId;
use homeward_events::time::StoredAt;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::layout::hex;
use crate::commit::{Head, StoredCommit};

/// The manifest of an archive. Stands in the file as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the program that wrote it.
    pub homeward: String,
    /// Who answers for it, if anybody was named.
    pub by: Option<String>,
    /// When it was written.
    pub written: Timestamp,
    /// What it holds, ledger by ledger, in the order of the file.
    pub ledgers: Vec<Extent>,
}

/// How much of a ledger an archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extent {
    /// Which ledger.
    pub ledger: LedgerId,
    /// When its stream was created.
    pub created: Timestamp,
    /// The last sequence that the log held when the archive was begun; 0 for an empty ledger.
    pub log_last: u64,
    /// The first sequence that is here.
    pub first: u64,
    /// The last sequence that is here; one less than `first` if none is.
    pub last: u64,
    /// How many commits are here.
    pub commits: u64,
    /// Whether this is all that the log held. If not, it is a slice.
    pub whole: bool,
    /// When the last commit here was stored.
    pub last_stored: Option<StoredAt>,
    /// Bytes of all payloads, not compressed.
    pub payload_bytes: u64,
    /// SHA-256 over the leaf hashes of all payloads in order, in hexadecimal. A leaf hash is
    /// SHA-256 of a zero byte and the payload (RFC 6962, section 2.1).
    pub payloads_sha256: String,
}

impl Extent {
    /// Whether its own figures agree with each other.
    pub(super) fn is_sound(&self) -> bool {
        let ends = self.last.checked_add(1);
        self.first >= 1
            && self.last <= self.log_last
            && ends.is_some_and(|end| end.checked_sub(self.first) == Some(self.commits))
            && self.whole == (self.first == 1 && self.last == self.log_last)
            && self.last_stored.is_some() == (self.commits > 0)
    }

    /// The state of the log that it stands for.
    pub(super) fn head(&self) -> Head {
        Head {
            created: self.created,
            first: self.first,
            last: self.last,
            messages: self.commits,
            deleted: 0,
            last_stored: self.last_stored,
        }
    }
}

/// Adds up what a manifest says about the commits of a ledger.
#[derive(Default)]
pub(super) struct Sum {
    pub(super) commits: u64,
    pub(super) payload_bytes: u64,
    pub(super) last_stored: Option<StoredAt>,
    leaves: Sha256,
}

impl Sum {
    pub(super) fn add(&mut self, commit: &StoredCommit) {
        self.commits += 1;
        self.payload_bytes += u64::try_from(commit.payload.len()).unwrap_or(u64::MAX);
        self.last_stored = Some(commit.stored);
        let leaf = Sha256::new_with_prefix([0]).chain_update(&commit.payload);
        self.leaves.update(leaf.finalize());
    }

    pub(super) fn payloads_sha256(&self) -> String {
        hex(&self.leaves.clone().finalize())
    }
}
