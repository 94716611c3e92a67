//! What a store says of itself, written with every batch: of which logs it is made, how far, by
//! which version, and what it holds. At open it is compared with the log, with this program, and
//! with the entries.

use std::collections::BTreeMap;

use homeward_events::id::{CommitId, LedgerId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::position::Watermark;
use crate::store::StoreError;
use crate::tally::Tally;

/// Raised whenever the layout of keys, values or checkpoints changes.
const FORMAT: u32 = 2;

/// Where a store stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    format: u32,
    store: String,
    version: u32,
    pub(crate) ledgers: BTreeMap<LedgerId, Reached>,
    pub(crate) tally: Tally,
}

/// How far a store has come in one ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reached {
    /// When the ledger's stream was created: another time, another log.
    pub(crate) created: Timestamp,
    /// The last commit that is in; 0 for none.
    pub(crate) sequence: u64,
    /// Its id, to be compared with the log's; `None` where it was not noted.
    pub(crate) commit: Option<CommitId>,
    /// How many commits were folded on the way, counted one by one.
    pub(crate) commits: u64,
}

impl Reached {
    /// Before the first commit of a stream.
    pub(crate) fn nothing(created: Timestamp) -> Self {
        Self {
            created,
            sequence: 0,
            commit: None,
            commits: 0,
        }
    }
}

impl Checkpoint {
    pub(crate) fn new(store: &str, version: u32) -> Self {
        Self {
            format: FORMAT,
            store: store.to_owned(),
            version,
            ledgers: BTreeMap::new(),
            tally: Tally::default(),
        }
    }

    pub(crate) fn watermark(&self) -> Watermark {
        self.ledgers
            .iter()
            .map(|(ledger, reached)| (ledger.clone(), reached.sequence))
            .collect()
    }

    /// Why this cannot be the checkpoint of `store` at `version`, written by this layout.
    fn disagreement(&self, store: &str, version: u32) -> Option<String> {
        if self.format != FORMAT {
            return Some(format!("layout {} instead of {FORMAT}", self.format));
        }
        if self.store != store || self.version != version {
            let found = (&self.store, self.version);
            return Some(format!("holds {} version {}", found.0, found.1));
        }
        None
    }
}

impl Checkpoint {
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec(self).map_err(|error| StoreError::new("write", error.to_string()))
    }

    /// Reads a checkpoint that `store` at `version` wrote.
    pub(crate) fn from_bytes(bytes: &[u8], store: &str, version: u32) -> Result<Self, StoreError> {
        let read: Self = serde_json::from_slice(bytes)
            .map_err(|error| StoreError::new("open", format!("checkpoint: {error}")))?;
        match read.disagreement(store, version) {
            Some(why) => Err(StoreError::new("open", why)),
            None => Ok(read),
        }
    }

    /// Compares what was found with what was written.
    pub(crate) fn check(&self, found: Tally) -> Result<(), StoreError> {
        if found == self.tally {
            return Ok(());
        }
        let (found, written) = (found.entries(), self.tally.entries());
        let message = format!("holds {found} entries where {written} of other bytes were written");
        Err(StoreError::new("open", message))
    }
}
