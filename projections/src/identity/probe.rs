//! Somebody who is looked for, described in words of an index.

use std::collections::BTreeMap;

use super::glance::Glance;
use super::profile::Profile;
use super::rules::Rules;
use super::side::{Alike, Written};
use super::statement::Statement;
use super::vocabulary::{Ear, Grade, Sought, Vocabulary, WordId};

/// Words of a probe that are told apart when people are counted who share them.
pub(super) const WORDS_TOLD_APART: usize = 16;

/// Somebody who is looked for. Words of the profile are places in `words`.
pub(super) struct Probe {
    pub(super) profile: Profile,
    pub(super) glance: Glance,
    /// Places of the words that people are looked for by.
    pub(super) name_words: Vec<usize>,
    words: Vec<Sought>,
}

impl Probe {
    pub(super) fn new(said: &[&Statement], words: &Vocabulary, rules: &Rules) -> Self {
        let ear = Ear::new(rules);
        let mut places: BTreeMap<(String, Written), usize> = BTreeMap::new();
        let mut sought: Vec<Sought> = Vec::new();
        let profile = Profile::of(said.iter().copied(), rules, &mut |text, written| {
            *places.entry((text.to_owned(), written)).or_insert_with(|| {
                sought.push(words.seek(&ear, text, written));
                sought.len() - 1
            })
        });
        let name_words: Vec<usize> = profile.name_words().into_iter().collect();
        let initials = name_words
            .iter()
            .any(|word| sought.get(*word).is_some_and(|word| word.mark.only));
        // Where a word stands for two of a name, or two have one mark, sharing it says less.
        let repeated = profile.repeats_words() || sought.len() > WORDS_TOLD_APART;
        Self {
            glance: Glance::of(&profile, initials || repeated),
            name_words,
            profile,
            words: sought,
        }
    }

    /// Words that a word of the probe may stand for.
    pub(super) fn near(&self, word: usize) -> &[(WordId, Grade)] {
        let word = self.words.get(word);
        word.map(|word| word.near.as_slice()).unwrap_or_default()
    }
}

/// How a probe's words are alike to those of an index.
pub(super) struct Against<'i> {
    pub(super) probe: &'i Probe,
    pub(super) words: &'i Vocabulary,
}

impl Alike for Against<'_> {
    fn grade(&self, one: usize, other: WordId) -> Option<Grade> {
        let word = self.probe.words.get(one)?;
        if let Ok(at) = word.near.binary_search_by_key(&other, |(id, _)| *id) {
            return word.near.get(at).map(|(_, grade)| *grade);
        }
        let initial = word.mark.is_initial(self.words.mark(other));
        initial.then_some(Grade::Initial)
    }

    fn common(&self, one: usize, other: WordId) -> bool {
        let word = self.probe.words.get(one);
        word.is_some_and(|word| word.mark.common) || self.words.mark(other).common
    }
}
