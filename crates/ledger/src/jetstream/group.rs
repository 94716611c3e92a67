//! Group commit: while commits are on their way to a ledger, others gather, and go together.
//!
//! With a durable server every message waits for a sync of its own, one after the other. An atomic batch
//! waits for one sync in all, but costs a fixed price: the server stages it in a store of its own. So few
//! commits go alone, as fast as ever, and many go together. All of them are still judged one by one: a
//! group of which one is refused is stored in no part, and each of its commits then goes alone, where
//! the server says what it thinks of it. Nothing depends on a group being stored as one.

use std::collections::{BTreeSet, VecDeque};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use homeward_events::id::JourneyId;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::append::{Try, message_of};
use super::link::{Link, LinkError, answer_of};
use crate::commit::NewCommit;

/// Fewest commits that go together: staging a batch takes the server about as long as so many syncs.
const GROUP_MIN: usize = 12;
/// Most commits that go together, far below the 1,000 that a server takes.
const GROUP_MAX: usize = 64;
/// Most bytes of payload that go together: a group must not keep others waiting for long.
const GROUP_BYTES_MAX: usize = 4 << 20;
/// Most commits that are on their way alone before others gather.
const ALONE_MAX: usize = 8;

/// Commits on their way to one ledger.
pub(super) struct Gathering {
    link: Link,
    /// What carries groups, whoever stops waiting for them.
    runtime: Handle,
    state: Mutex<State<Waiting>>,
}

/// How a commit goes.
pub(super) enum Turn {
    /// Alone, now. To be kept until it has arrived.
    Alone(Place),
    /// It went with others.
    Went(Try),
}

/// What is on its way, alone or together: when it is dropped, however that comes about, the next ones go.
pub(super) struct Place {
    gathering: Arc<Gathering>,
    together: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        let next = {
            let mut state = self.gathering.lock();
            if self.together {
                state.together = false;
            } else {
                state.alone = state.alone.saturating_sub(1);
            }
            state.next()
        };
        self.gathering.send_off(next);
    }
}

/// A commit that waits for its turn.
struct Waiting {
    commit: NewCommit,
    expected: u64,
    turn: oneshot::Sender<Turn>,
}

/// The server's answer to a group.
#[derive(serde::Deserialize)]
struct GroupAck {
    seq: u64,
    count: u64,
}

impl Gathering {
    /// Of one ledger. Within a runtime.
    pub(super) fn new(link: Link) -> Arc<Self> {
        Arc::new(Self {
            link,
            runtime: Handle::current(),
            state: Mutex::new(State::default()),
        })
    }

    /// Waits until a commit may go alone, or has gone with others.
    pub(super) async fn turn(self: &Arc<Self>, commit: &NewCommit, expected: u64) -> Turn {
        let (turn, told) = oneshot::channel();
        let waiting = Waiting {
            commit: commit.clone(),
            expected,
            turn,
        };
        let next = {
            let mut state = self.lock();
            state.waiting.push_back(waiting);
            state.next()
        };
        self.send_off(next);
        // The sender is dropped only where the carrying of a group breaks off.
        told.await.unwrap_or_else(|_| {
            Turn::Went(Try::Doubtful(
                "the commits on their way were given up".to_owned(),
            ))
        })
    }

    fn lock(&self) -> MutexGuard<'_, State<Waiting>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send_off(self: &Arc<Self>, next: Next<Waiting>) {
        match next {
            Next::Nobody => {}
            // Whoever no longer waits gives the place back by dropping it.
            Next::Alone(alone) => {
                for waiting in alone {
                    self.let_go_alone(waiting);
                }
            }
            Next::Together(group) => {
                let gathering = Arc::clone(self);
                let carried = async move { gathering.carry(group).await };
                drop(self.runtime.spawn(carried));
            }
        }
    }

    fn let_go_alone(self: &Arc<Self>, waiting: Waiting) {
        let place = Place {
            gathering: Arc::clone(self),
            together: false,
        };
        drop(waiting.turn.send(Turn::Alone(place)));
    }

    /// Sends a group and tells each of its commits what became of it.
    async fn carry(self: Arc<Self>, group: Vec<Waiting>) {
        let under_way = Place {
            gathering: Arc::clone(&self),
            together: true,
        };
        match self.publish(&group).await {
            Ok(first) => {
                for (waiting, sequence) in group.into_iter().zip(first..) {
                    drop(waiting.turn.send(Turn::Went(Try::Stored(sequence))));
                }
            }
            // It may be stored now, or later.
            Err(LinkError::NoAnswer(reason) | LinkError::Garbled(reason)) => {
                for waiting in group {
                    let doubt = Try::Doubtful(reason.clone());
                    drop(waiting.turn.send(Turn::Went(doubt)));
                }
            }
            // Nothing of it is stored.
            Err(error) => {
                tracing::debug!(commits = group.len(), %error, "a group goes one by one");
                self.lock().alone += group.len();
                for waiting in group {
                    self.let_go_alone(waiting);
                }
            }
        }
        drop(under_way);
    }

    /// Publishes a group; gives the sequence of its first commit.
    async fn publish(&self, group: &[Waiting]) -> Result<u64, LinkError> {
        let batch = self.link.new_name();
        let size = u64::try_from(group.len()).unwrap_or(u64::MAX);
        let message = |(waiting, nth): (&Waiting, u64)| {
            let (subject, mut headers) = message_of(&waiting.commit, waiting.expected);
            headers.insert("Nats-Batch-Id", batch.as_str());
            headers.insert("Nats-Batch-Sequence", nth.to_string());
            if nth == size {
                headers.insert("Nats-Batch-Commit", "1");
            }
            (subject, headers, waiting.commit.payload.clone())
        };
        let messages = group.iter().zip(1..).map(message).collect();
        let answer = self.link.ask_together(messages).await?;
        let ack: GroupAck = answer_of(&answer.payload)?;
        match (ack.seq + 1).checked_sub(size) {
            Some(first) if ack.count == size => Ok(first),
            Some(_) | None => Err(LinkError::Garbled(format!(
                "{} of {size} commits are acknowledged, up to {}",
                ack.count, ack.seq
            ))),
        }
    }
}

/// Who waits, and who is on the way.
struct State<W> {
    waiting: VecDeque<W>,
    /// How many are on their way alone.
    alone: usize,
    /// Whether a group is on its way.
    together: bool,
}

/// Who goes next.
enum Next<W> {
    Nobody,
    Alone(Vec<W>),
    Together(Vec<W>),
}

impl<W> Default for State<W> {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            alone: 0,
            together: false,
        }
    }
}

/// What decides who goes with whom.
trait Goes {
    fn journey(&self) -> JourneyId;
    fn bytes(&self) -> usize;
}

impl Goes for Waiting {
    fn journey(&self) -> JourneyId {
        self.commit.journey
    }

    fn bytes(&self) -> usize {
        self.commit.payload.len()
    }
}

impl<W: Goes> State<W> {
    /// Takes out whoever goes next, and counts them as on their way.
    fn next(&mut self) -> Next<W> {
        if self.together || self.waiting.is_empty() {
            return Next::Nobody;
        }
        if let Some(group) = self.group() {
            self.together = true;
            return Next::Together(group);
        }
        let free = ALONE_MAX.saturating_sub(self.alone).min(self.waiting.len());
        self.alone += free;
        Next::Alone(self.waiting.drain(..free).collect())
    }

    /// Those who go together, if there are enough: in their order, one of each journey, because two
    /// of one journey cannot both be right about where it ends.
    fn group(&mut self) -> Option<Vec<W>> {
        if self.waiting.len() < GROUP_MIN {
            return None;
        }
        let (mut journeys, mut bytes) = (BTreeSet::new(), 0);
        let fits = |waiting: &W| {
            let fits = journeys.len() < GROUP_MAX
                && bytes + waiting.bytes() <= GROUP_BYTES_MAX
                && journeys.insert(waiting.journey());
            if fits {
                bytes += waiting.bytes();
            }
            fits
        };
        let waiting = mem::take(&mut self.waiting).into_iter();
        let (group, rest): (Vec<W>, Vec<W>) = waiting.partition(fits);
        if group.len() < GROUP_MIN {
            // Too few after all: the first of each journey before its others, as they stood.
            self.waiting = group.into_iter().chain(rest).collect();
            return None;
        }
        self.waiting = rest.into();
        Some(group)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// Whose journey, of how many bytes.
    impl Goes for (u128, usize) {
        fn journey(&self) -> JourneyId {
            JourneyId::from_uuid(Uuid::from_u128(self.0))
        }

        fn bytes(&self) -> usize {
            self.1
        }
    }

    fn arrive(state: &mut State<(u128, usize)>, journeys: impl Iterator<Item = u128>) -> usize {
        let mut alone = 0;
        for journey in journeys {
            state.waiting.push_back((journey, 1000));
            alone += match state.next() {
                Next::Alone(alone) => alone.len(),
                Next::Nobody => 0,
                Next::Together(group) => panic!("{} go together", group.len()),
            };
        }
        alone
    }

    #[test]
    fn few_go_alone_and_at_once() {
        let mut state = State::default();
        assert_eq!(arrive(&mut state, 0..8), 8);
        assert_eq!(arrive(&mut state, 8..19), 0, "others gather behind them");
        state.alone -= 1;
        assert!(matches!(state.next(), Next::Alone(one) if one == [(8, 1000)]));
    }

    #[test]
    fn many_go_together_and_others_wait_for_them() {
        let mut state = State::default();
        arrive(&mut state, 0..19);
        state.waiting.push_back((19, 1000));
        let Next::Together(group) = state.next() else {
            panic!("twelve are enough");
        };
        assert_eq!(group.len(), 12);
        for journey in 20..120 {
            state.waiting.push_back((journey, 1000));
            assert!(matches!(state.next(), Next::Nobody));
        }
        state.together = false;
        assert!(matches!(state.next(), Next::Together(group) if group.len() == GROUP_MAX));
        state.together = false;
        assert!(matches!(state.next(), Next::Together(group) if group.len() == 36));
    }

    #[test]
    fn one_of_each_journey_goes_in_a_group() {
        let mut state = State::default();
        arrive(&mut state, 0..8);
        state.waiting.extend((0..100).map(|nth| (nth % 20, 1000)));
        let Next::Together(group) = state.next() else {
            panic!("twenty journeys are enough");
        };
        assert_eq!(group, (0..20).map(|nth| (nth, 1000)).collect::<Vec<_>>());
        assert_eq!(state.waiting.len(), 80);
    }

    #[test]
    fn too_few_journeys_or_too_many_bytes_make_no_group() {
        let mut state = State::default();
        arrive(&mut state, 0..8);
        state.waiting.extend((0..100).map(|nth| (nth % 3, 1000)));
        assert!(matches!(state.next(), Next::Alone(alone) if alone.is_empty()));
        assert_eq!(state.waiting.len(), 100);
        state.waiting = (0..100).map(|nth| (nth, GROUP_BYTES_MAX / 4)).collect();
        assert!(matches!(state.next(), Next::Alone(alone) if alone.is_empty()));
        assert_eq!(state.waiting.len(), 100);
    }
}
