//! The whole log, or the beginning of it, in memory as it is stored: the fastest that a consumer can
//! go. Nothing is decoded here but what may mention another journey.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use futures::StreamExt;
use homeward_events::id::{JourneyId, LedgerId};
use homeward_events::time::StoredAt;
use homeward_ledger::{Head, Incomplete, ReadError, Reader, StoredCommit};
use homeward_projections::fold::Mentions;
use memchr::memmem::Finder;
use tokio_util::sync::CancellationToken;

use crate::checkpoint::Reached;
use crate::position::Watermark;
use crate::progress::{Meter, Stage};
use crate::rebuild::arena::{Arena, Span};
use crate::told::{Place, Told, pieces, tell};

/// How many commits are counted at once: counting each would cost more than reading it.
const COUNT_EVERY: u64 = 1024;

/// How much of the log to fold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// Everything that is in the log when the fold begins.
    Head,
    /// Up to these commits, themselves included; nothing of other ledgers.
    Watermark(Watermark),
    /// Every commit before the first of its ledger that was stored at this time or later.
    StoredBefore(StoredAt),
}

/// Why the log was not read to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DrainError {
    #[error(transparent)]
    Incomplete(#[from] Incomplete),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("ledger `{ledger}` ends at {last}, asked for {asked}")]
    Beyond {
        ledger: LedgerId,
        asked: u64,
        last: u64,
    },
    #[error("ledger `{ledger}`: read {read} commits where {expected} are")]
    Miscounted {
        ledger: LedgerId,
        read: u64,
        expected: u64,
    },
    #[error("stopped")]
    Cancelled,
}

/// Commits in memory, by journey.
pub(crate) struct Drained {
    arena: Arena,
    ledgers: Vec<LedgerId>,
    /// By journey, then ledger, then sequence.
    commits: Vec<Commit>,
    pub(crate) mentions: Mentions,
    pub(crate) reached: BTreeMap<LedgerId, Reached>,
}

/// A commit and where its bytes lie.
struct Commit {
    journey: JourneyId,
    ledger: u32,
    sequence: u64,
    span: Span,
}

/// Reads every ledger up to a bound.
///
/// # Errors
/// The log is not complete, cannot be read, or ends before the bound.
pub(crate) async fn drain(
    reader: &Reader,
    bound: &Bound,
    meter: &Meter,
    cancel: &CancellationToken,
) -> Result<Drained, DrainError> {
    drain_seen(reader, bound, meter, cancel, &mut |_| ()).await
}

/// As [`drain`]; `see` is shown every commit, ledger by ledger, in the order of the log.
pub(crate) async fn drain_seen(
    reader: &Reader,
    bound: &Bound,
    meter: &Meter,
    cancel: &CancellationToken,
    see: &mut (dyn FnMut(&StoredCommit) + Send),
) -> Result<Drained, DrainError> {
    if let Bound::Watermark(watermark) = bound
        && let Some((unknown, _)) = watermark
            .iter()
            .find(|(id, _)| !reader.ledgers().contains(id))
    {
        return Err(ReadError::LedgerUnknown(unknown.clone()).into());
    }
    let mut heads = Vec::new();
    for ledger in reader.ledgers() {
        let head = reader.verify_complete(ledger).await?;
        heads.push((ledger.clone(), head, last_wanted(ledger, &head, bound)?));
    }
    meter.begin(Stage::Reading, heads.iter().map(|(_, _, last)| *last).sum());
    let mut drained = Drained {
        arena: Arena::default(),
        ledgers: reader.ledgers().to_vec(),
        commits: Vec::new(),
        mentions: Mentions::default(),
        reached: BTreeMap::new(),
    };
    for (number, (ledger, head, last)) in (0..).zip(heads) {
        let mut reached = Reached::nothing(head.created);
        let reading = drained.read(
            reader,
            number,
            &ledger,
            last,
            &mut reached,
            bound,
            meter,
            see,
        );
        tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(DrainError::Cancelled),
            read = reading => read?,
        }
        drained.reached.insert(ledger, reached);
    }
    drained
        .commits
        .sort_unstable_by_key(|c| (c.journey, c.ledger, c.sequence));
    Ok(drained)
}

fn last_wanted(ledger: &LedgerId, head: &Head, bound: &Bound) -> Result<u64, DrainError> {
    match bound {
        Bound::Head | Bound::StoredBefore(_) => Ok(head.last),
        Bound::Watermark(watermark) => {
            let (asked, last) = (watermark.sequence(ledger), head.last);
            if asked > last {
                return Err(DrainError::Beyond {
                    ledger: ledger.clone(),
                    asked,
                    last,
                });
            }
            Ok(asked)
        }
    }
}

impl Drained {
    #[expect(clippy::too_many_arguments, reason = "one loop's state, used once")]
    async fn read(
        &mut self,
        reader: &Reader,
        number: u32,
        ledger: &LedgerId,
        last: u64,
        reached: &mut Reached,
        bound: &Bound,
        meter: &Meter,
        see: &mut (dyn FnMut(&StoredCommit) + Send),
    ) -> Result<(), DrainError> {
        if last == 0 {
            return Ok(());
        }
        let mut stream = std::pin::pin!(reader.range(ledger, 1, last));
        while let Some(commit) = stream.next().await {
            let commit = commit?;
            if matches!(bound, Bound::StoredBefore(time) if commit.stored >= *time) {
                return Ok(());
            }
            see(&commit);
            self.push(number, &commit);
            reached.sequence = commit.sequence;
            reached.commit = Some(commit.commit);
            reached.commits += 1;
            if reached.commits.is_multiple_of(COUNT_EVERY) {
                meter.add(COUNT_EVERY);
            }
        }
        if reached.commits == last && reached.sequence == last {
            return Ok(());
        }
        let (ledger, read) = (ledger.clone(), reached.commits);
        Err(DrainError::Miscounted {
            ledger,
            read,
            expected: last,
        })
    }

    fn push(&mut self, ledger: u32, commit: &StoredCommit) {
        let span = self.arena.push(&[&commit.payload]);
        let (journey, sequence) = (commit.journey, commit.sequence);
        self.commits.push(Commit {
            journey,
            ledger,
            sequence,
            span,
        });
        if may_mention(&commit.payload) {
            let told = tell(&commit.ledger, sequence, &commit.payload).into_iter();
            for other in told.filter_map(|told| told.mention()) {
                self.mentions.note(journey, other);
            }
        }
    }

    /// How many commits there are.
    pub(crate) fn len(&self) -> usize {
        self.commits.len()
    }

    /// Where each journey's commits lie, by journey.
    pub(crate) fn journeys(&self) -> Vec<(JourneyId, Range<usize>)> {
        let mut from = 0;
        let runs = self.commits.chunk_by(|a, b| a.journey == b.journey);
        runs.filter_map(|run| {
            let range = from..from + run.len();
            from = range.end;
            Some((run.first()?.journey, range))
        })
        .collect()
    }

    /// The events of one journey's commits, read, by place.
    pub(crate) fn tell(&self, commits: Range<usize>) -> Vec<Told> {
        self.each(commits, tell)
    }

    /// The events of one journey's commits as JSON without personal data, by place.
    pub(crate) fn pieces(&self, commits: Range<usize>) -> Vec<(Place, Cow<'_, str>)> {
        self.each(commits, pieces)
    }

    fn each<'d, T>(
        &'d self,
        commits: Range<usize>,
        read: impl Fn(&LedgerId, u64, &'d [u8]) -> Vec<T>,
    ) -> Vec<T> {
        let commits = self.commits.get(commits).unwrap_or_default();
        let mut all = Vec::with_capacity(commits.len());
        for commit in commits {
            let number = usize::try_from(commit.ledger).unwrap_or(usize::MAX);
            if let Some(ledger) = self.ledgers.get(number) {
                all.extend(read(ledger, commit.sequence, self.arena.get(commit.span)));
            }
        }
        all
    }
}

/// Whether a commit's bytes may mention another journey. Only `journey.linked` and
/// `journey.unlinked` do; an escape may spell anything.
fn may_mention(payload: &[u8]) -> bool {
    static LINKED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"linked\""));
    LINKED.find(payload).is_some() || memchr::memchr(b'\\', payload).is_some()
}
