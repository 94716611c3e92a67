//! Which position of the log is meant, and of which log.

use std::collections::BTreeMap;

use homeward_events::id::LedgerId;
use homeward_events::time::StoredAt;
use homeward_ledger::{Head, Reader};

use super::PastError;
use crate::checkpoint::Reached;
use crate::fold_log::FoldError;
use crate::position::Watermark;
use crate::rebuild::Bound;

/// A position of a log, and what tells this log from every other: when its streams were made, and
/// which commits stand at the position. Two moments that are equal have the same log before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    watermark: Watermark,
    pub(crate) ledgers: BTreeMap<LedgerId, Reached>,
}

impl Moment {
    /// The last commit of each ledger that is known.
    pub fn watermark(&self) -> &Watermark {
        &self.watermark
    }

    pub(crate) fn of(ledgers: BTreeMap<LedgerId, Reached>) -> Self {
        let reached = ledgers.iter();
        Self {
            watermark: reached
                .map(|(ledger, reached)| (ledger.clone(), reached.sequence))
                .collect(),
            ledgers,
        }
    }

    /// The same position, of some of its ledgers.
    #[must_use]
    pub fn only(&self, counts: impl Fn(&LedgerId) -> bool) -> Self {
        let ledgers = self.ledgers.iter().filter(|(ledger, _)| counts(ledger));
        Self::of(
            ledgers
                .map(|(ledger, reached)| (ledger.clone(), reached.clone()))
                .collect(),
        )
    }

    /// Finds the position that a bound means, reading a few commits and not the log.
    ///
    /// # Errors
    /// The log is not complete or cannot be read, or ends before the bound.
    pub async fn resolve(reader: &Reader, bound: &Bound) -> Result<Self, PastError> {
        if let Bound::Watermark(asked) = bound
            && let Some((unknown, _)) = asked.iter().find(|(id, _)| !reader.ledgers().contains(id))
        {
            let unknown = homeward_ledger::ReadError::LedgerUnknown(unknown.clone());
            return Err(FoldError::Read(unknown).into());
        }
        let mut ledgers = BTreeMap::new();
        for ledger in reader.ledgers() {
            let head = reader.verify_complete(ledger).await;
            let head = head.map_err(FoldError::Incomplete)?;
            let sequence = match bound {
                Bound::Head => head.last,
                Bound::Watermark(asked) => within(ledger, asked.sequence(ledger), &head)?,
                Bound::StoredBefore(time) => last_before(reader, ledger, *time, &head).await?,
            };
            if sequence > 0 {
                let reached = reached(reader, ledger, sequence, &head).await?;
                ledgers.insert(ledger.clone(), reached);
            }
        }
        Ok(Self::of(ledgers))
    }

    /// Whether the log still holds, at this moment's position, what it held.
    pub(crate) async fn holds(&self, reader: &Reader) -> bool {
        let bound = Bound::Watermark(self.watermark.clone());
        Self::resolve(reader, &bound).await.as_ref() == Ok(self)
    }
}

fn within(ledger: &LedgerId, asked: u64, head: &Head) -> Result<u64, FoldError> {
    if asked > head.last {
        return Err(FoldError::Beyond {
            ledger: ledger.clone(),
            asked,
            last: head.last,
        });
    }
    Ok(asked)
}

async fn reached(
    reader: &Reader,
    ledger: &LedgerId,
    sequence: u64,
    head: &Head,
) -> Result<Reached, PastError> {
    let commit = reader.commit(ledger, sequence).await;
    let commit = commit
        .map_err(FoldError::Read)?
        .ok_or_else(|| PastError::Broken(format!("ledger `{ledger}` has no commit {sequence}")))?;
    Ok(Reached {
        created: head.created,
        sequence,
        commit: Some(commit.commit),
        commits: sequence,
    })
}

/// The last commit that was stored before a time, found by looking at a few.
///
/// The places that are looked at do not depend on where the log ends, so that a log that has grown
/// since gives the same answer even if its clock once ran backwards.
async fn last_before(
    reader: &Reader,
    ledger: &LedgerId,
    time: StoredAt,
    head: &Head,
) -> Result<u64, PastError> {
    let mut found = 0;
    for bit in (0..u64::BITS).rev() {
        let place = found | (1 << bit);
        if place > head.last {
            continue;
        }
        let commit = reader
            .commit(ledger, place)
            .await
            .map_err(FoldError::Read)?;
        if commit.is_some_and(|commit| commit.stored < time) {
            found = place;
        }
    }
    Ok(found)
}
