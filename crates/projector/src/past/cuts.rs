//! Named cuts, as the log tells them. They are few and read when they are asked for.

use homeward_events::catalogue::Cut as CutFact;
use homeward_events::codec;
use homeward_events::cut::Named;
use homeward_events::id::{EventId, JourneyId, LedgerId};
use homeward_events::time::StoredAt;
use homeward_events::{Body, Event};
use homeward_ledger::{ReadError, Reader};

/// A named cut, and where it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The ledger that it was named in.
    pub ledger: LedgerId,
    /// The commit that names it.
    pub sequence: u64,
    /// When that was stored.
    pub stored: StoredAt,
    /// The event.
    pub event: EventId,
    /// What it names.
    pub named: Named,
}

/// Why cuts cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CutsError {
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An event among the cuts cannot be read by this version.
    #[error("ledger `{ledger}`, sequence {sequence}: {reason}")]
    Unreadable {
        /// Which ledger.
        ledger: LedgerId,
        /// Which commit.
        sequence: u64,
        /// Why.
        reason: String,
    },
}

/// The cuts of some ledgers, by ledger and then as they were named. A name that stands twice in a
/// ledger means the first.
///
/// # Errors
/// The log cannot be read, or holds a cut that this version cannot read.
pub async fn named_cuts(reader: &Reader, ledgers: &[LedgerId]) -> Result<Vec<Cut>, CutsError> {
    let mut cuts: Vec<Cut> = Vec::new();
    for ledger in ledgers {
        for commit in reader.journey(ledger, JourneyId::of_cuts(ledger)).await? {
            let unreadable = |reason: String| CutsError::Unreadable {
                ledger: ledger.clone(),
                sequence: commit.sequence,
                reason,
            };
            let pieces = codec::split(&commit.payload);
            for piece in pieces.map_err(|error| unreadable(error.to_string()))? {
                let event = codec::decode_event(piece.get(), None);
                let event = event.map_err(|error| unreadable(error.to_string()))?;
                let Event { id, body, .. } = event;
                let Body::Cut(CutFact::Named(named)) = body else {
                    continue;
                };
                let known = |cut: &Cut| cut.ledger == *ledger && cut.named.name == named.name;
                if !cuts.iter().any(known) {
                    cuts.push(Cut {
                        ledger: ledger.clone(),
                        sequence: commit.sequence,
                        stored: commit.stored,
                        event: id,
                        named: *named,
                    });
                }
            }
        }
    }
    Ok(cuts)
}
