//! The people of one ledger, found by what their names may stand for. A person is compared only with
//! those who share two words with them, or one word and a birth date, or a document.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::id::JourneyId;

use super::compare::judge;
use super::evidence::Judgement;
use super::glance::Glance;
use super::probe::{Against, Probe};
use super::profile::Profile;
use super::rules::Rules;
use super::statement::Statement;
use super::vocabulary::{Ear, Vocabulary, WordId, without_one};

/// A person's place.
pub(super) type Slot = usize;

/// One journey's person.
pub(super) struct Entry {
    pub(super) journey: JourneyId,
    pub(super) glance: Glance,
    /// Whether the person was compared with all others since they were described.
    pub(super) compared: bool,
    pub(super) profile: Box<Profile>,
}

/// People by words, documents and journeys.
#[derive(Default)]
pub(super) struct Index {
    words: Vocabulary,
    /// Who is called by a word, by the word's place.
    called: Vec<Vec<Slot>>,
    /// Who holds a document, by its number and by what is left of it without one character.
    documents: BTreeMap<String, Vec<Slot>>,
    entries: Vec<Option<Entry>>,
    free: Vec<Slot>,
    by_journey: BTreeMap<JourneyId, Slot>,
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
        let profile = Profile::of(said.iter().copied(), rules, &mut |text, written| {
            words.add(&ear, text, written)
        });
        let slot = self.free.pop().unwrap_or(self.entries.len());
        let mut initials = false;
        for word in profile.name_words() {
            initials |= self.words.mark(word).only;
            if self.called.len() <= word {
                self.called.resize_with(word + 1, Vec::new);
            }
            if let Some(called) = self.called.get_mut(word) {
                called.push(slot);
            }
        }
        for key in document_keys(&profile, rules) {
            self.documents.entry(key).or_default().push(slot);
        }
        self.by_journey.insert(journey, slot);
        let entry = Some(Entry {
            journey,
            glance: Glance::of(&profile, initials),
            compared: false,
            profile: Box::new(profile),
        });
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
            if let Some(called) = self.called.get_mut(word) {
                called.retain(|other| *other != slot);
            }
        }
        for key in document_keys(&entry.profile, rules) {
            if let Some(holders) = self.documents.get_mut(&key) {
                holders.retain(|other| *other != slot);
                if holders.is_empty() {
                    self.documents.remove(&key);
                }
            }
        }
        for word in entry.profile.placed() {
            self.words.release(*word);
        }
        self.free.push(slot);
    }

    /// From now on, a journey's person has been compared with all others.
    pub(super) fn note_compared(&mut self, journey: JourneyId) {
        let slot = self.by_journey.get(&journey);
        if let Some(Some(entry)) = slot.and_then(|slot| self.entries.get_mut(*slot)) {
            entry.compared = true;
        }
    }

    /// How many people there are.
    pub(super) fn len(&self) -> usize {
        self.by_journey.len()
    }

    /// How many places there are, some of which may be free.
    pub(super) fn places(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn slot(&self, journey: JourneyId) -> Option<Slot> {
        self.by_journey.get(&journey).copied()
    }

    pub(super) fn entry(&self, slot: Slot) -> Option<&Entry> {
        self.entries.get(slot)?.as_ref()
    }

    /// Who is called by a word.
    pub(super) fn called(&self, word: WordId) -> &[Slot] {
        self.called.get(word).map(Vec::as_slice).unwrap_or_default()
    }

    /// Who holds a document.
    pub(super) fn holders(&self, key: &str) -> &[Slot] {
        let holders = self.documents.get(key);
        holders.map(Vec::as_slice).unwrap_or_default()
    }

    /// Every word that somebody is called by.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.words.texts()
    }

    /// Somebody to look for.
    pub(super) fn probe(&self, said: &[&Statement], rules: &Rules) -> Probe {
        Probe::new(said, &self.words, rules)
    }

    pub(super) fn against<'i>(&'i self, probe: &'i Probe) -> Against<'i> {
        let words = &self.words;
        Against { probe, words }
    }

    /// How somebody compares with a journey's person.
    pub(super) fn judge(
        &self,
        probe: &Probe,
        other: JourneyId,
        rules: &Rules,
    ) -> Option<Judgement> {
        let entry = self.entry(self.slot(other)?)?;
        let against = self.against(probe);
        Some(judge(&probe.profile, &entry.profile, &against, rules))
    }
}

/// Numbers, and what is left of the long ones without one character.
pub(super) fn document_keys(profile: &Profile, rules: &Rules) -> BTreeSet<String> {
    let numbers = profile.documents.iter().map(|(_, number)| number);
    numbers
        .flat_map(|number| {
            let long = number.len() >= rules.weights.document.slip_length_min;
            without_one(number).take(if long { usize::MAX } else { 1 })
        })
        .collect()
}
