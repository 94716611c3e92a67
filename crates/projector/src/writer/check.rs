//! Comparing stores with the log, and deciding which of them follow it.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::StreamExt;
use homeward_events::id::{CommitId, LedgerId};
use homeward_ledger::Head;

use crate::checkpoint::Checkpoint;
use crate::decoder::Decoder;
use crate::facts::{FACTS, Facts};
use crate::position::Watermark;
use crate::shared::{Slot, read};
use crate::status::Halted;
use crate::store::StoreError;
use crate::table::ModelStore;
use crate::told::Place;
use crate::writer::{End, Writer};

/// Commits that the facts store takes in one batch when it has to catch up alone.
const CATCH_UP_COMMITS: usize = 32;

/// What is to become of a model.
enum Verdict {
    /// Follows the log.
    Follow,
    /// Serves what it has, until facts are there to follow with.
    Wait,
    /// Serves what it has, until a fresh generation takes over.
    Replace(String),
    /// Is put aside.
    Doubt(String),
}

impl Writer {
    /// Compares every store with the log.
    pub(super) fn check_all(&mut self, heads: &BTreeMap<LedgerId, Head>) -> Result<(), End> {
        if let Some((facts, _)) = &self.facts {
            let checkpoint = facts.checkpoint().clone();
            if let Some(why) = self.disagreement(&checkpoint, heads)? {
                self.doubt_facts(&why);
            } else {
                self.shared.set_facts(Some(facts.known()));
                if let Some(why) = self.too_far_behind(&checkpoint.watermark(), heads) {
                    self.want(FACTS, why);
                }
            }
        }
        self.live.clear();
        let slots: Vec<Arc<Slot>> = self.shared.slots().to_vec();
        for slot in &slots {
            let found = slot.read().found.clone();
            let Some(store) = found.or_else(|| slot.store()) else {
                continue;
            };
            let checkpoint = read(&store).checkpoint().clone();
            let verdict = match self.disagreement(&checkpoint, heads)? {
                Some(why) => Verdict::Doubt(why),
                None => self
                    .verdict(&read(&store), heads)
                    .unwrap_or_else(|error| Verdict::Doubt(error.to_string())),
            };
            if !matches!(verdict, Verdict::Doubt(_)) {
                slot.write().publish();
            }
            match verdict {
                Verdict::Follow => {
                    self.note_halts(slot, &read(&store));
                    self.live.insert(slot.model.name);
                }
                Verdict::Wait => {}
                Verdict::Replace(why) => self.want(slot.model.name, why),
                Verdict::Doubt(why) => self.doubt_model(slot, &why),
            }
        }
        self.shared.tick();
        Ok(())
    }

    fn verdict(
        &self,
        store: &ModelStore,
        heads: &BTreeMap<LedgerId, Head>,
    ) -> Result<Verdict, StoreError> {
        let (ours, theirs) = (Decoder::ours(), store.decoder()?);
        if !ours.reads_all_of(&theirs) {
            let why = "holds events that this program cannot read";
            return Ok(Verdict::Replace(why.to_owned()));
        }
        let Some((facts, _)) = self
            .facts
            .as_ref()
            .filter(|_| !self.wanted.contains_key(FACTS))
        else {
            return Ok(Verdict::Wait);
        };
        if let Some(why) = self.too_far_behind_unless_halted(store, facts, heads) {
            return Ok(Verdict::Replace(why));
        }
        if ours != theirs {
            // What this store's program passed over, facts have noted, if they are no younger.
            let passed = |place: &Place| store.watermark().covers(&place.ledger, place.sequence);
            let noted = theirs.reads_all_of(facts.born());
            if !noted || facts.unreadable().keys().any(passed) {
                let why = "passed over events that may be readable now";
                return Ok(Verdict::Replace(why.to_owned()));
            }
            store.write_decoder()?;
        }
        Ok(Verdict::Follow)
    }

    /// Why a store cannot be of this log, if it cannot.
    fn disagreement(
        &self,
        checkpoint: &Checkpoint,
        heads: &BTreeMap<LedgerId, Head>,
    ) -> Result<Option<String>, End> {
        for (ledger, reached) in &checkpoint.ledgers {
            let Some(head) = heads.get(ledger) else {
                return Ok(Some(format!("ledger `{ledger}` is no longer there")));
            };
            let (here, there) = (reached.created, head.created);
            if here != there {
                return Ok(Some(format!(
                    "ledger `{ledger}` of {here} was replaced at {there}"
                )));
            }
            let (sequence, last) = (reached.sequence, head.last);
            if sequence > last {
                return Ok(Some(format!(
                    "is at {sequence} of ledger `{ledger}`, which ends at {last}"
                )));
            }
            if reached.commits != sequence {
                let folded = reached.commits;
                return Ok(Some(format!(
                    "folded {folded} of {sequence} commits of `{ledger}`"
                )));
            }
            if let Some(known) = reached.commit
                && let Some(found) = self.commit_at(ledger, sequence)?
                && found != known
            {
                return Ok(Some(format!(
                    "ledger `{ledger}` holds another commit at {sequence}"
                )));
            }
        }
        Ok(None)
    }

    /// The id of one commit; `None` if the log no longer has it, which is the log's trouble.
    fn commit_at(&self, ledger: &LedgerId, sequence: u64) -> Result<Option<CommitId>, End> {
        let found = self.handle.block_on(async {
            let mut one = std::pin::pin!(self.reader.range(ledger, sequence, sequence));
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => Err(End::Cancelled),
                found = one.next() => Ok(found),
            }
        })?;
        match found {
            Some(Ok(commit)) => Ok(Some(commit.commit)),
            Some(Err(homeward_ledger::ReadError::Gap { .. })) | None => Ok(None),
            Some(Err(error)) => Err(End::Trouble(error.to_string())),
        }
    }

    fn too_far_behind(
        &self,
        watermark: &Watermark,
        heads: &BTreeMap<LedgerId, Head>,
    ) -> Option<String> {
        let lag = heads
            .iter()
            .map(|(ledger, head)| head.last.saturating_sub(watermark.sequence(ledger)));
        let lag: u64 = lag.sum();
        (lag > self.config.rebuild_lag_commits).then(|| format!("{lag} commits behind"))
    }

    /// A model that has to stop where it is would only be built to the same place.
    fn too_far_behind_unless_halted(
        &self,
        store: &ModelStore,
        facts: &Facts,
        heads: &BTreeMap<LedgerId, Head>,
    ) -> Option<String> {
        let halted = |ledger: &LedgerId| halt_ahead(store, facts, ledger).is_some();
        let moving: BTreeMap<LedgerId, Head> = heads
            .iter()
            .filter(|(ledger, _)| !halted(ledger))
            .map(|(ledger, head)| (ledger.clone(), *head))
            .collect();
        self.too_far_behind(store.watermark(), &moving)
    }

    /// Notes where a model stands before an event that still cannot be read.
    fn note_halts(&self, slot: &Slot, store: &ModelStore) {
        let Some((facts, _)) = &self.facts else {
            return;
        };
        for ledger in self.reader.ledgers() {
            if let Some(halted) = halt_ahead(store, facts, ledger) {
                slot.write().halted.entry(ledger.clone()).or_insert(halted);
            }
        }
    }

    /// Brings the facts store to where the foremost model is: after a crash each store may have lost
    /// another last second.
    pub(super) fn catch_up_facts(&mut self, heads: &BTreeMap<LedgerId, Head>) -> Result<(), End> {
        let Some((mut facts, generation)) = self.facts.take() else {
            return Ok(());
        };
        let caught_up = self.catch_up(&mut facts, heads);
        self.facts = Some((facts, generation));
        match caught_up {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                self.doubt_facts(&error.to_string());
                Err(End::Trouble(error.to_string()))
            }
            Err(end) => Err(end),
        }
    }

    fn catch_up(
        &self,
        facts: &mut Facts,
        heads: &BTreeMap<LedgerId, Head>,
    ) -> Result<Result<(), StoreError>, End> {
        for (ledger, head) in heads {
            let live = self
                .live
                .iter()
                .filter_map(|name| self.shared.slot(name)?.store());
            let foremost = live
                .map(|store| read(&store).watermark().sequence(ledger))
                .max();
            let from = facts.watermark().sequence(ledger) + 1;
            let range = self.reader.range(ledger, from, foremost.unwrap_or(0));
            if foremost.is_none_or(|to| to < from) {
                continue;
            }
            let mut groups = std::pin::pin!(range.ready_chunks(CATCH_UP_COMMITS));
            loop {
                let next = self.handle.block_on(async {
                    tokio::select! {
                        biased;
                        () = self.cancel.cancelled() => Err(End::Cancelled),
                        next = groups.next() => Ok(next),
                    }
                });
                let Some(group) = next? else { break };
                let group: Result<Vec<_>, _> = group.into_iter().collect();
                let group = group.map_err(|error| End::Trouble(error.to_string()))?;
                if let Err(error) = facts.take(ledger, head.created, &group) {
                    return Ok(Err(error));
                }
            }
        }
        Ok(Ok(()))
    }
}

/// The unreadable event right after a model's position, if it is one that halts the model.
fn halt_ahead(store: &ModelStore, facts: &Facts, ledger: &LedgerId) -> Option<Halted> {
    let sequence = store.watermark().sequence(ledger) + 1;
    let place = |index| Place {
        ledger: ledger.clone(),
        sequence,
        index,
    };
    facts
        .unreadable()
        .range(place(0)..=place(u32::MAX))
        .find_map(|(place, journey)| {
            let told = facts.load(*journey).ok()?;
            let told = told.into_iter().find(|told| told.place == *place)?;
            let unreadable = told.event.as_ref().err()?;
            told.halts(store.model)
                .then(|| Halted::new(place, unreadable))
        })
}
