//! Looking for somebody among the people of an index: who shares a word is looked at, and who could
//! still matter is compared.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use homeward_events::id::JourneyId;

use super::compare::{born_alike, judge};
use super::glance::Most;
use super::index::{Entry, Index, Slot, document_keys};
use super::probe::{Against, Probe, WORDS_TOLD_APART};
use super::rules::Rules;

/// Who shares which words of a probe. Kept from probe to probe: it is as large as the index.
#[derive(Default)]
pub(super) struct Shared {
    /// By place: a bit for each word.
    words: Vec<u16>,
    reached: Vec<Slot>,
}

impl Shared {
    fn note(&mut self, index: &Index, probe: &Probe) {
        for slot in self.reached.drain(..) {
            if let Some(words) = self.words.get_mut(slot) {
                *words = 0;
            }
        }
        self.words.resize(index.places(), 0);
        for word in &probe.name_words {
            let bit = 1_u16 << (word % WORDS_TOLD_APART);
            for (id, _) in probe.near(*word) {
                for slot in index.called(*id) {
                    if let Some(words) = self.words.get_mut(*slot) {
                        if *words == 0 {
                            self.reached.push(*slot);
                        }
                        *words |= bit;
                    }
                }
            }
        }
    }

    /// Who shares how many words.
    fn each(&self) -> impl Iterator<Item = (Slot, u32)> {
        self.reached.iter().map(|slot| {
            let words = self.words.get(*slot).map_or(0, |words| words.count_ones());
            (*slot, words)
        })
    }
}

/// The best so far, best first; of equals, the smaller id.
struct Best {
    at_least: i32,
    limit: usize,
    found: BTreeSet<(Reverse<i32>, JourneyId)>,
}

impl Best {
    /// From which score on somebody could still be among them.
    fn floor(&self) -> i32 {
        match self.found.last() {
            Some((Reverse(score), _)) if self.found.len() >= self.limit => *score,
            Some(_) | None => self.at_least,
        }
    }

    fn note(&mut self, score: i32, journey: JourneyId) {
        if score < self.at_least {
            return;
        }
        let full = self.found.len() >= self.limit;
        let found = (Reverse(score), journey);
        if full && self.found.last().is_none_or(|last| found > *last) {
            return;
        }
        self.found.insert(found);
        if self.found.len() > self.limit {
            self.found.pop_last();
        }
    }

    fn journeys(self) -> impl Iterator<Item = (i32, JourneyId)> {
        let found = self.found.into_iter();
        found.map(|(Reverse(score), journey)| (score, journey))
    }
}

/// One probe against one index.
struct Look<'i> {
    index: &'i Index,
    probe: &'i Probe,
    against: Against<'i>,
    rules: &'i Rules,
    most: Most<'i>,
}

impl<'i> Look<'i> {
    fn new(index: &'i Index, probe: &'i Probe, rules: &'i Rules) -> Self {
        Self {
            index,
            probe,
            against: index.against(probe),
            rules,
            most: Most::of(&rules.weights),
        }
    }

    fn weigh(&self, entry: &Entry) -> i32 {
        judge(
            &self.probe.profile,
            &entry.profile,
            &self.against,
            self.rules,
        )
    }

    fn born_alike(&self, entry: &Entry) -> bool {
        let weights = &self.rules.weights;
        let seen = self.probe.glance.born_alike(&entry.glance, weights);
        seen.unwrap_or_else(|| born_alike(&self.probe.profile, &entry.profile, weights))
    }

    /// Whether comparing can come to a score.
    fn can_reach(&self, entry: &Entry, words: u32, score: i32) -> bool {
        self.most.score(&self.probe.glance, &entry.glance, words) >= score
    }

    /// Who holds a document of the probe, or one a slip away.
    fn holders(&self) -> BTreeSet<Slot> {
        let keys = document_keys(&self.probe.profile, self.rules);
        let slots = keys.iter().flat_map(|key| self.index.holders(key));
        slots.copied().collect()
    }
}

/// Who may be the one looked for, each with at least the score that is shown: the likeliest, best
/// first. Who shares one word only, and was not born alike, is looked at where nobody else is found.
pub(super) fn search(
    index: &Index,
    probe: &Probe,
    limit: usize,
    rules: &Rules,
) -> Vec<(i32, JourneyId)> {
    let look = Look::new(index, probe, rules);
    let mut best = Best {
        at_least: rules.weights.shown,
        limit: limit.max(1),
        found: BTreeSet::new(),
    };
    let holders = look.holders();
    for entry in holders.iter().filter_map(|slot| index.entry(*slot)) {
        best.note(look.weigh(entry), entry.journey);
    }
    let mut shared = Shared::default();
    shared.note(index, probe);
    let reached = shared.each().filter(|(slot, _)| !holders.contains(slot));
    let (mut close, mut loose) = (Vec::new(), Vec::new());
    let few = probe.name_words.len() < 2;
    for (slot, words) in reached {
        let Some(entry) = index.entry(slot) else {
            continue;
        };
        if words > 1 || few || look.born_alike(entry) {
            close.push((words, entry));
        } else {
            loose.push((words, entry));
        }
    }
    for who in [close, loose] {
        // Who shares more goes first: the better the best are, the more are passed over.
        let most = who.iter().map(|(words, _)| *words).max().unwrap_or(0);
        for words in (0..=most).rev() {
            for (_, entry) in who.iter().filter(|(shared, _)| *shared == words) {
                if look.can_reach(entry, words, best.floor()) {
                    best.note(look.weigh(entry), entry.journey);
                }
            }
        }
        if !best.found.is_empty() {
            break;
        }
    }
    best.journeys().take(limit).collect()
}

/// Who may be one human being with the probe: the same from both sides. Only those whom `among` says
/// are compared.
pub(super) fn duplicates(
    index: &Index,
    probe: &Probe,
    among: &impl Fn(Slot, &Entry) -> bool,
    shared: &mut Shared,
    rules: &Rules,
) -> BTreeSet<JourneyId> {
    let look = Look::new(index, probe, rules);
    let at_least = rules.weights.threshold;
    let holders = look.holders();
    let mut found = BTreeSet::new();
    for slot in &holders {
        if let Some(entry) = index.entry(*slot)
            && among(*slot, entry)
            && look.weigh(entry) >= at_least
        {
            found.insert(entry.journey);
        }
    }
    shared.note(index, probe);
    for (slot, words) in shared.each() {
        let Some(entry) = index.entry(slot) else {
            continue;
        };
        if among(slot, entry)
            && look.can_reach(entry, words, at_least)
            && (words > 1 || look.born_alike(entry))
            && !holders.contains(&slot)
            && look.weigh(entry) >= at_least
            && look.reaches(entry)
        {
            found.insert(entry.journey);
        }
    }
    found
}

impl Look<'_> {
    /// Whether two people share two words, each a different one on both sides, or one and a birth
    /// date: asked from either side, the answer is the same.
    fn reaches(&self, entry: &Entry) -> bool {
        if self.born_alike(entry) {
            return true;
        }
        let others = entry.profile.name_words();
        let words = self.probe.name_words.iter();
        let met: Vec<(usize, usize)> = words
            .flat_map(|word| self.probe.near(*word).iter().map(|(id, _)| (*word, *id)))
            .filter(|(_, id)| others.contains(id))
            .collect();
        met.iter()
            .any(|a| met.iter().any(|b| a.0 != b.0 && a.1 != b.1))
    }
}

#[cfg(test)]
mod tests;
