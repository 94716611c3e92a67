//! What lies between two positions of the log.

use std::collections::BTreeSet;

use futures::{Stream, StreamExt, stream};
use homeward_events::id::{JourneyId, LedgerId};
use homeward_ledger::{ReadError, Reader, StoredCommit};
use homeward_projections::explain::Placed;

use crate::position::Watermark;
use crate::told::{Told, tell};

/// The commits that one of two positions covers and the other does not, ledger by ledger, each in the
/// order of its log. Which of the two is the later one may differ from ledger to ledger. Ends with its
/// first error.
pub fn commits_between<'r>(
    reader: &'r Reader,
    one: &Watermark,
    other: &Watermark,
) -> impl Stream<Item = Result<StoredCommit, ReadError>> + Send + Unpin + 'r {
    let ledgers: BTreeSet<LedgerId> = one
        .iter()
        .chain(other.iter())
        .map(|(ledger, _)| ledger.clone())
        .collect();
    let spans: Vec<(LedgerId, u64, u64)> = ledgers
        .into_iter()
        .filter_map(|ledger| {
            let (a, b) = (one.sequence(&ledger), other.sequence(&ledger));
            (a != b).then(|| (ledger, a.min(b) + 1, a.max(b)))
        })
        .collect();
    stream::iter(spans)
        .map(move |(ledger, first, last)| reader.range(&ledger, first, last))
        .flatten()
}

/// The journeys that have a commit between two positions: those whose facts may differ there.
///
/// # Errors
/// The log cannot be read, or ends before one of the positions.
pub async fn touched(
    reader: &Reader,
    one: &Watermark,
    other: &Watermark,
) -> Result<BTreeSet<JourneyId>, ReadError> {
    let mut journeys = BTreeSet::new();
    let mut commits = commits_between(reader, one, other);
    while let Some(commit) = commits.next().await {
        journeys.insert(commit?.journey);
    }
    Ok(journeys)
}

/// The events of a commit with their places, without personal data and without those that this
/// program cannot read.
pub fn placed(commit: &StoredCommit) -> Vec<Placed> {
    tell(&commit.ledger, commit.sequence, &commit.payload)
        .into_iter()
        .filter_map(Told::placed)
        .collect()
}
