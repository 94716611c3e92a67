//! How far: a position per ledger.

use std::collections::BTreeMap;

use homeward_events::id::LedgerId;
use serde::{Deserialize, Serialize};

/// How far each ledger has been folded: the sequence of the last commit that is in; 0, or absent,
/// before the first.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Watermark(BTreeMap<LedgerId, u64>);

impl Watermark {
    /// The last commit of `ledger` that is in; 0 for none.
    pub fn sequence(&self, ledger: &LedgerId) -> u64 {
        self.0.get(ledger).copied().unwrap_or(0)
    }

    /// Whether the commit `sequence` of `ledger` is in.
    pub fn covers(&self, ledger: &LedgerId, sequence: u64) -> bool {
        sequence <= self.sequence(ledger)
    }

    /// Whether everything that `other` covers is in here too.
    pub fn covers_all(&self, other: &Self) -> bool {
        other
            .iter()
            .all(|(ledger, sequence)| self.covers(ledger, sequence))
    }

    /// The same, but for one ledger.
    #[must_use]
    pub fn with(mut self, ledger: &LedgerId, sequence: u64) -> Self {
        // One spelling of "nothing yet", so that equal watermarks are equal values.
        if sequence == 0 {
            self.0.remove(ledger);
        } else {
            self.0.insert(ledger.clone(), sequence);
        }
        self
    }

    /// Ledgers with at least one commit in, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&LedgerId, u64)> {
        self.0.iter().map(|(ledger, sequence)| (ledger, *sequence))
    }

    /// Commits in, of all ledgers: sequences have no gaps.
    pub fn commits(&self) -> u64 {
        self.0.values().sum()
    }
}

impl FromIterator<(LedgerId, u64)> for Watermark {
    fn from_iter<I: IntoIterator<Item = (LedgerId, u64)>>(iter: I) -> Self {
        let all = iter.into_iter();
        all.fold(Self::default(), |mark, (ledger, sequence)| {
            mark.with(&ledger, sequence)
        })
    }
}
