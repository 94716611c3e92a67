//! Which event types a program can read. A store remembers who wrote it: facts that were passed over
//! may be readable now, and facts that are in may not be.

use std::collections::BTreeMap;

use homeward_events::catalogue::event_types;
use serde::{Deserialize, Serialize};

use crate::store::StoreError;

/// The newest version of each event type that can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Decoder(BTreeMap<String, u16>);

impl Decoder {
    /// What this program can read.
    pub(crate) fn ours() -> Self {
        Self(
            event_types()
                .map(|entry| (entry.name.to_owned(), entry.version))
                .collect(),
        )
    }

    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec(self).map_err(|error| StoreError::new("write", error.to_string()))
    }

    /// Reads what a store keeps; a store that keeps none is not ours.
    pub(crate) fn from_bytes(bytes: Option<Vec<u8>>) -> Result<Self, StoreError> {
        let bytes = bytes.ok_or_else(|| StoreError::new("open", "no decoder"))?;
        serde_json::from_slice(&bytes)
            .map_err(|error| StoreError::new("open", format!("decoder: {error}")))
    }

    /// Whether whatever `other` could read can be read here.
    pub(crate) fn reads_all_of(&self, other: &Self) -> bool {
        other
            .0
            .iter()
            .all(|(name, version)| self.0.get(name).is_some_and(|ours| ours >= version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_program_reads_what_an_older_one_could() {
        let older = Decoder::ours();
        let mut newer = older.clone();
        newer.0.insert("plan.celebrated".to_owned(), 1);
        assert!(newer.reads_all_of(&older));
        assert!(!older.reads_all_of(&newer));
        let lifted = newer.0.values_mut().next().unwrap();
        *lifted += 1;
        assert!(newer.reads_all_of(&older));
        assert!(!older.reads_all_of(&newer));
    }
}
