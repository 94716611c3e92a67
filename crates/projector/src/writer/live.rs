//! Following the log: commits in, differences out.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use homeward_events::id::{JourneyId, LedgerId};
use homeward_journey::Person;
use homeward_ledger::{Head, StoredCommit};

use crate::checkpoint::Reached;
use crate::delta::Delta;
use crate::moved::{Moved, came};
use crate::position::Watermark;
use crate::rebuild::{BuildError, Built};
use crate::shared::{Slot, read, write};
use crate::status::{CHANGE_JOURNEYS_MAX, Change, Halted, SeenHead};
use crate::store::StoreError;
use crate::told::{SharedJourneys, Told, persons};
use crate::writer::follow::{Following, Message};
use crate::writer::{End, Writer};

/// Messages that are taken before any is worked on.
const DRAIN: usize = 2048;

/// So many that wait at once are one answer of the log's among others.
const MANY: usize = 32;

/// How long more of them are gathered before they are worked on. Commits of one journey then make
/// one difference together, which costs little more than the difference of one of them.
const GATHER: Duration = Duration::from_millis(20);

/// A store that holds something new.
struct Waiting {
    since: Instant,
    /// `None` for the facts store.
    slot: Option<Arc<Slot>>,
}

/// What a wait ended with.
enum Coming {
    Cancelled,
    Built(Option<Result<Built, BuildError>>),
    Message(Option<Message>),
    Due,
}

/// A model's way through one group of commits.
struct Way {
    slot: Arc<Slot>,
    before: Watermark,
    after: Watermark,
    reached: Reached,
}

impl Writer {
    /// Where to follow from: the position that every store which follows has passed; `None` when
    /// there are no facts to follow with.
    pub(super) fn after(&self) -> Option<Watermark> {
        let (facts, _) = self
            .facts
            .as_ref()
            .filter(|_| !self.wanted.contains_key(crate::facts::FACTS))?;
        let hindmost = |ledger: &LedgerId| {
            let models = self.live.iter().filter_map(|name| {
                let slot = self.shared.slot(name)?;
                let halted = slot.read().halted.contains_key(ledger);
                let store = slot.store().filter(|_| !halted)?;
                Some(read(&store).watermark().sequence(ledger))
            });
            models
                .chain([facts.watermark().sequence(ledger)])
                .min()
                .unwrap_or(0)
        };
        Some(
            self.reader
                .ledgers()
                .iter()
                .map(|ledger| (ledger.clone(), hindmost(ledger)))
                .collect(),
        )
    }

    /// Applies what comes, until something else is to be done.
    pub(super) fn live(
        &mut self,
        mut following: Following,
        heads: &BTreeMap<LedgerId, Head>,
    ) -> End {
        let mut waiting: BTreeMap<LedgerId, VecDeque<StoredCommit>> = BTreeMap::new();
        loop {
            if let Err(end) = self.write_one() {
                return end;
            }
            let first = match self.next(&mut following) {
                Ok(Some(message)) => message,
                Ok(None) => continue,
                Err(end) => return end,
            };
            let Some(messages) = self.gather(first, &mut following) else {
                return End::Cancelled;
            };
            for message in messages {
                match message {
                    Message::Commit(commit) => {
                        waiting
                            .entry(commit.ledger.clone())
                            .or_default()
                            .push_back(commit);
                    }
                    Message::Head(ledger, head) => match head {
                        Ok(head) if Self::is_another_log(&ledger, &head, heads) => {
                            return End::Again;
                        }
                        Ok(head) => self.shared.saw_head(&ledger, SeenHead::from(head)),
                        Err(error) => self.shared.missed_head(&ledger, error.to_string()),
                    },
                    Message::Ended(ledger, why) => {
                        self.shared.missed_head(&ledger, why.clone());
                        return End::Trouble(format!("ledger `{ledger}`: {why}"));
                    }
                }
            }
            if let Err(end) = self.work_off(&mut waiting, heads) {
                return end;
            }
            self.close_unread();
        }
    }

    /// Takes what waits behind the first message, and what comes with it;
    /// `None` when everything is to end.
    fn gather(&self, first: Message, following: &mut Following) -> Option<Vec<Message>> {
        let mut messages = vec![first];
        let mut take = |messages: &mut Vec<Message>| {
            let waiting = std::iter::from_fn(|| following.inbox.try_recv().ok());
            messages.extend(waiting.take(DRAIN.saturating_sub(messages.len())));
        };
        take(&mut messages);
        if messages.len() >= MANY {
            // What waits is behind already: nobody is told meanwhile that the models are current.
            for message in &messages {
                if let Message::Commit(commit) = message {
                    self.shared.saw_commit(&commit.ledger, commit.sequence);
                }
            }
            let cancelled = tokio::time::timeout(GATHER, self.cancel.cancelled());
            if self.handle.block_on(cancelled).is_ok() {
                return None;
            }
            take(&mut messages);
        }
        Some(messages)
    }

    /// The next message; none when a store has waited long enough to be written.
    fn next(&mut self, following: &mut Following) -> Result<Option<Message>, End> {
        let waiting = self.waits_longest();
        let due = waiting.map(|waiting| waiting.since + self.config.write_after);
        let (cancel, building) = (&self.cancel, &mut self.building);
        let due = async {
            match due {
                Some(due) => tokio::time::sleep_until(due.into()).await,
                None => std::future::pending().await,
            }
        };
        let built = async {
            match building {
                Some(building) => building.recv().await,
                None => std::future::pending().await,
            }
        };
        let next = self.handle.block_on(async {
            tokio::select! {
                biased;
                () = cancel.cancelled() => Coming::Cancelled,
                built = built => Coming::Built(built),
                message = following.inbox.recv() => Coming::Message(message),
                () = due => Coming::Due,
            }
        });
        match next {
            Coming::Message(Some(message)) => Ok(Some(message)),
            Coming::Message(None) => Err(End::Trouble("nobody follows the log".to_owned())),
            Coming::Due => Ok(None),
            Coming::Cancelled => Err(End::Cancelled),
            Coming::Built(built) => Err(self.built(built)),
        }
    }

    /// The store that has waited longest to be written.
    fn waits_longest(&self) -> Option<Waiting> {
        let facts = self.facts.as_ref().and_then(|(facts, _)| {
            let since = facts.store().waits_since()?;
            Some(Waiting { since, slot: None })
        });
        let models = self.live.iter().filter_map(|name| {
            let slot = self.shared.slot(name)?;
            let store = slot.store()?;
            let since = read(&store).waits_since()?;
            let slot = Some(Arc::clone(slot));
            Some(Waiting { since, slot })
        });
        facts
            .into_iter()
            .chain(models)
            .min_by_key(|waiting| waiting.since)
    }

    /// Writes the store that has waited longest, if it is time. One, and not all that it is time
    /// for: the log's disk is never kept busy for long.
    fn write_one(&mut self) -> Result<(), End> {
        let waiting = self.waits_longest();
        let Some(Waiting { slot, .. }) =
            waiting.filter(|waiting| waiting.since.elapsed() >= self.config.write_after)
        else {
            return Ok(());
        };
        let written = match &slot {
            None => self.facts.as_ref().map(|(facts, _)| facts.store().write()),
            Some(slot) => slot.store().map(|store| read(&store).write()),
        };
        match (written, slot) {
            (Some(Err(error)), None) => Err(self.facts_failed(&error)),
            (Some(Err(error)), Some(slot)) => Err(self.model_failed(&slot, &error)),
            (Some(Ok(())) | None, _) => Ok(()),
        }
    }

    /// Puts the facts store aside.
    fn facts_failed(&mut self, error: &StoreError) -> End {
        self.doubt_facts(&error.to_string());
        End::Trouble(format!("facts: {error}"))
    }

    /// Puts a model's store aside.
    fn model_failed(&mut self, slot: &Slot, error: &StoreError) -> End {
        self.doubt_model(slot, &error.to_string());
        End::Trouble(format!("{}: {error}", slot.model.name))
    }

    /// Whether a ledger is no longer the one that this session began with.
    fn is_another_log(ledger: &LedgerId, head: &Head, heads: &BTreeMap<LedgerId, Head>) -> bool {
        // Compared with the beginning of the session only: commits may overtake the news of the end.
        heads
            .get(ledger)
            .is_none_or(|began| began.created != head.created || began.last > head.last)
    }

    fn work_off(
        &mut self,
        waiting: &mut BTreeMap<LedgerId, VecDeque<StoredCommit>>,
        heads: &BTreeMap<LedgerId, Head>,
    ) -> Result<(), End> {
        for (ledger, commits) in waiting {
            let Some(head) = heads.get(ledger) else {
                continue;
            };
            while !commits.is_empty() {
                if self.cancel.is_cancelled() {
                    return Err(End::Cancelled);
                }
                let most = self.config.group_commits.max(1);
                let group: Vec<StoredCommit> = commits.drain(..commits.len().min(most)).collect();
                self.fold_group(ledger, head, &group)?;
            }
        }
        Ok(())
    }

    /// Takes some commits of one ledger into the facts store, and their difference into every model
    /// that has come so far.
    fn fold_group(
        &mut self,
        ledger: &LedgerId,
        head: &Head,
        group: &[StoredCommit],
    ) -> Result<(), End> {
        let told = match self.take_facts(ledger, head, group) {
            Ok(told) => told,
            Err(error) => return Err(self.facts_failed(&error)),
        };
        self.interrupt_after_facts()?;
        let mut journeys: Vec<JourneyId> = group.iter().map(|commit| commit.journey).collect();
        journeys.sort_unstable();
        journeys.dedup();
        journeys.truncate(CHANGE_JOURNEYS_MAX);
        let mut by_way: BTreeMap<(Watermark, Watermark), Vec<Way>> = BTreeMap::new();
        for way in self.ways(ledger, head, group, &told) {
            by_way
                .entry((way.before.clone(), way.after.clone()))
                .or_default()
                .push(way);
        }
        for ((before, after), ways) in by_way {
            let came = came(
                &told,
                ledger,
                (before.sequence(ledger), after.sequence(ledger)),
            );
            let before = persons_at(&told, &before);
            let after = persons_at(&told, &after);
            let moved = Moved::among(&before, &after, &came);
            for way in ways {
                self.fold_model(&way, ledger, &moved, &journeys)?;
                self.interrupt_after_model()?;
            }
        }
        self.moved = true;
        if let Some(last) = group.last() {
            self.shared.saw_commit(ledger, last.sequence);
        }
        self.shared.tick();
        Ok(())
    }

    fn take_facts(
        &mut self,
        ledger: &LedgerId,
        head: &Head,
        group: &[StoredCommit],
    ) -> Result<SharedJourneys, StoreError> {
        let Some((facts, _)) = &mut self.facts else {
            return Err(StoreError::new("take", "there is no facts store"));
        };
        facts.take(ledger, head.created, group)
    }

    /// Which models go through this group, from where to where.
    fn ways(
        &self,
        ledger: &LedgerId,
        head: &Head,
        group: &[StoredCommit],
        told: &SharedJourneys,
    ) -> Vec<Way> {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            return Vec::new();
        };
        let mut ways = Vec::new();
        for slot in self.live.iter().filter_map(|name| self.shared.slot(name)) {
            let (Some(store), false) = (slot.store(), slot.read().halted.contains_key(ledger))
            else {
                continue;
            };
            let store = read(&store);
            let before = store.watermark().clone();
            let from = before.sequence(ledger);
            if first.sequence > from + 1 || last.sequence <= from {
                continue;
            }
            let unread = told.values().flat_map(|told| told.iter()).filter(|told| {
                told.place.ledger == *ledger
                    && (from + 1..=last.sequence).contains(&told.place.sequence)
                    && told.halts(slot.model)
            });
            let halt = unread.min_by(|a, b| a.place.cmp(&b.place));
            let to = halt.map_or(last.sequence, |told| told.place.sequence - 1);
            if let Some(halt) = halt {
                note_halt(slot, halt);
            }
            if to > from {
                let nothing = || Reached::nothing(head.created);
                let mut reached = store
                    .checkpoint()
                    .ledgers
                    .get(ledger)
                    .cloned()
                    .unwrap_or_else(nothing);
                for commit in group
                    .iter()
                    .filter(|c| (from + 1..=to).contains(&c.sequence))
                {
                    reached.sequence = commit.sequence;
                    reached.commit = Some(commit.commit);
                    reached.commits += 1;
                }
                let after = before.clone().with(ledger, to);
                ways.push(Way {
                    slot: Arc::clone(slot),
                    before,
                    after,
                    reached,
                });
            }
        }
        ways
    }

    /// Applies one model's difference.
    fn fold_model(
        &mut self,
        way: &Way,
        ledger: &LedgerId,
        moved: &[Moved<'_, '_>],
        journeys: &[JourneyId],
    ) -> Result<(), End> {
        let slot = &way.slot;
        let Some(store) = slot.store() else {
            return Ok(());
        };
        let delta = Delta::between(slot.model, moved);
        let (rows, cells) = (delta.rows.len(), delta.cells.len());
        let sequence = way.reached.sequence;
        let commits = sequence - way.before.sequence(ledger);
        let applied = write(&store).apply(delta, ledger, way.reached.clone());
        if let Err(error) = applied {
            return Err(self.model_failed(slot, &error));
        }
        slot.write().rate.add(commits);
        if rows + cells > 0 {
            let (model, ledger, journeys) = (slot.model.name, ledger.clone(), journeys.to_vec());
            // Nobody listening is no trouble.
            drop(self.shared.changes.send(Change {
                model,
                ledger,
                sequence,
                journeys,
                cells,
                rows,
            }));
        }
        Ok(())
    }
}

fn persons_at<'t>(told: &'t SharedJourneys, at: &Watermark) -> Vec<Person<'t>> {
    persons(
        told.iter()
            .map(|(journey, told)| (*journey, told.as_slice())),
        Some(at),
    )
}

fn note_halt(slot: &Slot, halt: &Told) {
    if let Err(unreadable) = &halt.event {
        let halted = Halted::new(&halt.place, unreadable);
        let Halted {
            ledger,
            sequence,
            event_type,
            reason,
        } = &halted;
        let model = slot.model.name;
        tracing::warn!(model, %ledger, sequence, event_type, reason, "a read model halts");
        slot.write()
            .halted
            .insert(halt.place.ledger.clone(), halted);
    }
}
