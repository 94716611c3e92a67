//! The people of one ledger, found by what their names may stand for. A person is compared only with
//! those who share two words with them, or one word and a birth date, or a document.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::id::JourneyId;

use super::compare::{born_alike, judge};
use super::evidence::Judgement;
use super::profile::Profile;
use super::rules::Rules;
use super::side::Alike;
use super::statement::Statement;
use super::vocabulary::{Ear, Grade, Letters, Vocabulary, WordId, without_one};

/// A person's place.
type Slot = usize;

/// Words of a probe that are told apart when people are counted who share them.
const WORDS_TOLD_APART: usize = 32;
/// People who share one word only, and are looked at where nobody shares more.
const LOOSE_MAX: usize = 4000;

/// One journey's person.
struct Entry {
    journey: JourneyId,
    profile: Profile,
}

/// People by words, documents and journeys.
#[derive(Default)]
pub(super) struct Index {
    words: Vocabulary,
    /// Who is called by a word.
    called: BTreeMap<WordId, Vec<Slot>>,
    /// Who holds a document, by its number and by what is left of it without one character.
    documents: BTreeMap<String, Vec<Slot>>,
    entries: Vec<Option<Entry>>,
    free: Vec<Slot>,
    by_journey: BTreeMap<JourneyId, Slot>,
}

/// Somebody who is looked for.
pub(super) struct Probe {
    profile: Profile,
    words: Vec<(Letters, Vec<(WordId, Grade)>)>,
}

/// How a probe's words are alike to those of the index.
struct Against<'i> {
    probe: &'i Probe,
    words: &'i Vocabulary,
}

impl Alike for Against<'_> {
    fn grade(&self, one: usize, other: WordId) -> Option<Grade> {
        let (letters, near) = self.probe.words.get(one)?;
        if let Ok(at) = near.binary_search_by_key(&other, |(id, _)| *id) {
            return near.get(at).map(|(_, grade)| *grade);
        }
        let others = self.words.letters(other)?;
        let initial = letters.is_initial_of(others) || others.is_initial_of(letters);
        initial.then_some(Grade::Initial)
    }

    fn common(&self, one: usize) -> bool {
        let word = self.probe.words.get(one);
        word.is_some_and(|(letters, _)| letters.common)
    }
}

/// How somebody comes to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Only who may be the same: the same from both sides.
    Strict,
    /// Also who shares one word only, where nobody shares more.
    Loose,
}

impl Index {
    /// Describes a journey's person anew; nothing said is nobody.
    pub(super) fn set(&mut self, journey: JourneyId, said: &[&Statement], rules: &Rules) {
        self.remove(journey, rules);
        if said.is_empty() {
            return;
        }
        let ear = Ear::new(rules);
        let words = &mut self.words;
        let profile = Profile::of(said.iter().copied(), rules, &mut |text| {
            words.add(&ear, text)
        });
        let slot = self.free.pop().unwrap_or(self.entries.len());
        for word in profile.name_words() {
            self.called.entry(word).or_default().push(slot);
        }
        for key in document_keys(&profile, rules) {
            self.documents.entry(key).or_default().push(slot);
        }
        self.by_journey.insert(journey, slot);
        let entry = Some(Entry { journey, profile });
        match self.entries.get_mut(slot) {
            Some(place) => *place = entry,
            None => self.entries.push(entry),
        }
    }

    fn remove(&mut self, journey: JourneyId, rules: &Rules) {
        let Some(slot) = self.by_journey.remove(&journey) else {
            return;
        };
        let Some(entry) = self.entries.get_mut(slot).and_then(Option::take) else {
            return;
        };
        for word in entry.profile.name_words() {
            take_out(&mut self.called, &word, slot);
        }
        for key in document_keys(&entry.profile, rules) {
            take_out(&mut self.documents, &key, slot);
        }
        for word in entry.profile.placed() {
            self.words.release(*word);
        }
        self.free.push(slot);
    }

    /// How many people there are.
    pub(super) fn len(&self) -> usize {
        self.by_journey.len()
    }

    /// Every word that somebody is called by.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.words.texts()
    }

    /// Somebody to look for.
    pub(super) fn probe(&self, said: &[&Statement], rules: &Rules) -> Probe {
        let ear = Ear::new(rules);
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut words = Vec::new();
        let profile = Profile::of(said.iter().copied(), rules, &mut |text| {
            if let Some(place) = places.get(text) {
                return *place;
            }
            let letters = ear.letters(text);
            let near = self.words.near(&letters);
            words.push((letters, near));
            places.insert(text.to_owned(), words.len() - 1);
            words.len() - 1
        });
        Probe { profile, words }
    }

    /// Who may be the one looked for, each with at least a score; in no order.
    pub(super) fn find(
        &self,
        probe: &Probe,
        at_least: i32,
        reach: Reach,
        rules: &Rules,
    ) -> Vec<(JourneyId, Judgement)> {
        let against = Against {
            probe,
            words: &self.words,
        };
        let weighed = |entry: &Entry| {
            let judged = judge(&probe.profile, &entry.profile, &against, rules);
            (judged.score >= at_least).then_some((entry.journey, judged))
        };
        let holders = self.holders(probe, rules);
        let (shared, reached) = self.shared(probe);
        let few = probe.profile.name_words().len() < 2 && reach == Reach::Loose;
        let mut found = Vec::new();
        let mut loose = Vec::new();
        for slot in reached {
            let Some(Some(entry)) = self.entries.get(slot) else {
                continue;
            };
            if holders.contains(&slot) {
                continue;
            }
            let words = shared.get(slot).map_or(0, |words| words.count_ones());
            if words > 1 || few || born_alike(&probe.profile, &entry.profile, &rules.weights) {
                found.extend(weighed(entry));
            } else if loose.len() < LOOSE_MAX {
                loose.push(entry);
            }
        }
        if reach == Reach::Strict {
            found.retain(|(journey, _)| self.reaches(probe, *journey, rules));
        }
        let holders = holders.into_iter();
        found.extend(holders.filter_map(|slot| weighed(self.entries.get(slot)?.as_ref()?)));
        if found.is_empty() && reach == Reach::Loose {
            found.extend(loose.into_iter().filter_map(weighed));
        }
        found
    }

    /// How somebody compares with a journey's person.
    pub(super) fn judge(
        &self,
        probe: &Probe,
        other: JourneyId,
        rules: &Rules,
    ) -> Option<Judgement> {
        let slot = self.by_journey.get(&other)?;
        let entry = self.entries.get(*slot)?.as_ref()?;
        let against = Against {
            probe,
            words: &self.words,
        };
        Some(judge(&probe.profile, &entry.profile, &against, rules))
    }

    /// Who holds a document of the probe, or one a slip away.
    fn holders(&self, probe: &Probe, rules: &Rules) -> BTreeSet<Slot> {
        let keys = document_keys(&probe.profile, rules);
        let slots = keys.iter().filter_map(|key| self.documents.get(key));
        slots.flatten().copied().collect()
    }

    /// Which of the probe's words each person shares, and who shares any.
    fn shared(&self, probe: &Probe) -> (Vec<u32>, Vec<Slot>) {
        let mut shared = vec![0_u32; self.entries.len()];
        let mut reached = Vec::new();
        for word in probe.profile.name_words() {
            let bit = 1_u32 << (word % WORDS_TOLD_APART);
            let near = probe.words.get(word).map(|(_, near)| near.as_slice());
            for (id, _) in near.unwrap_or_default() {
                for slot in self.called.get(id).into_iter().flatten() {
                    if let Some(words) = shared.get_mut(*slot) {
                        if *words == 0 {
                            reached.push(*slot);
                        }
                        *words |= bit;
                    }
                }
            }
        }
        (shared, reached)
    }

    /// Whether two people share two words, each a different one on both sides, or one and a birth
    /// date: asked from either side, the answer is the same.
    fn reaches(&self, probe: &Probe, journey: JourneyId, rules: &Rules) -> bool {
        let entry = self
            .by_journey
            .get(&journey)
            .and_then(|slot| self.entries.get(*slot));
        let Some(Some(entry)) = entry else {
            return false;
        };
        if born_alike(&probe.profile, &entry.profile, &rules.weights) {
            return true;
        }
        let others = entry.profile.name_words();
        let mut met: Vec<(usize, WordId)> = Vec::new();
        for word in probe.profile.name_words() {
            let near = probe.words.get(word).map(|(_, near)| near.as_slice());
            let ids = near.unwrap_or_default().iter().map(|(id, _)| *id);
            met.extend(ids.filter(|id| others.contains(id)).map(|id| (word, id)));
        }
        met.iter()
            .any(|a| met.iter().any(|b| a.0 != b.0 && a.1 != b.1))
    }
}

fn take_out<K: Ord>(slots: &mut BTreeMap<K, Vec<Slot>>, key: &K, slot: Slot) {
    if let Some(known) = slots.get_mut(key) {
        known.retain(|other| *other != slot);
        if known.is_empty() {
            slots.remove(key);
        }
    }
}

/// Numbers, and what is left of the long ones without one character.
fn document_keys(profile: &Profile, rules: &Rules) -> BTreeSet<String> {
    let numbers = profile.documents.iter().map(|(_, number)| number);
    numbers
        .flat_map(|number| {
            let long = number.len() >= rules.weights.document.slip_length_min;
            without_one(number).take(if long { usize::MAX } else { 1 })
        })
        .collect()
}
