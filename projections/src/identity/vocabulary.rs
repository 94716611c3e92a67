//! The words that names of one ledger are made of, each with the words that it may stand for. A word
//! that nobody is called by any more is forgotten.

use std::collections::{BTreeMap, BTreeSet};

use rphonetic::DoubleMetaphone;

use super::rules::Rules;
use super::words::sound;

/// A word's place in its vocabulary.
pub(super) type WordId = usize;

/// Words shorter than this are too short for a slip: `Ana`, `Ada`, `Ava` are three names.
const SLIP_LETTERS_MIN: usize = 4;
/// And at least one of both has as many as this.
const SLIP_LETTERS_LONG: usize = 5;
/// Words of one phonetic code that look less alike than this (Jaro-Winkler) are two names: the code
/// leaves out vowels.
const LOOKS_ALIKE: f64 = 0.86;
/// Letters of a phonetic code.
const CODE_LETTERS: usize = 6;

/// How two words are alike, from weak to strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// One is the first letter of the other.
    Initial,
    /// They sound alike.
    Sound,
    /// One letter was left out, added or changed, or two changed places.
    Slip,
    /// One person answers to both.
    Nickname,
    /// The same word.
    Same,
}

/// A word, and what it is compared by.
#[derive(Clone)]
pub(super) struct Letters {
    pub(super) text: String,
    pub(super) common: bool,
    sound: String,
    codes: [String; 2],
    groups: BTreeSet<usize>,
}

/// Turns words into what they are compared by.
pub(super) struct Ear<'r> {
    rules: &'r Rules,
    metaphone: DoubleMetaphone,
}

impl<'r> Ear<'r> {
    pub(super) fn new(rules: &'r Rules) -> Self {
        Self {
            rules,
            metaphone: DoubleMetaphone::new(Some(CODE_LETTERS)),
        }
    }

    pub(super) fn letters(&self, text: &str) -> Letters {
        // The code knows the letters of English only.
        let codes = if text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            let code = self.metaphone.double_metaphone(text);
            [code.primary(), code.alternate()]
        } else {
            [String::new(), String::new()]
        };
        Letters {
            text: text.to_owned(),
            common: self.rules.common.contains(text),
            sound: sound(text),
            codes,
            groups: self.rules.nicknames.get(text).cloned().unwrap_or_default(),
        }
    }
}

impl Letters {
    /// Whether a word is the first letter of the other.
    pub(super) fn is_initial_of(&self, other: &Self) -> bool {
        let mut letters = self.text.chars();
        letters
            .next()
            .is_some_and(|first| letters.next().is_none() && other.text.starts_with(first))
    }

    /// How two words are alike, initials aside; the same from both sides.
    fn alike(&self, other: &Self) -> Option<Grade> {
        if self.text == other.text {
            return Some(Grade::Same);
        }
        if self.text.chars().count().min(other.text.chars().count()) < 2 {
            return None;
        }
        if !self.groups.is_disjoint(&other.groups) {
            return Some(Grade::Nickname);
        }
        // Two names that both are frequent are two names, and so are Juan and Juana.
        if self.common && other.common && self.sound != other.sound
            || differ_by_ending(&self.text, &other.text)
        {
            return None;
        }
        let (short, long) = (
            self.text.len().min(other.text.len()),
            self.text.len().max(other.text.len()),
        );
        if short >= SLIP_LETTERS_MIN
            && long >= SLIP_LETTERS_LONG
            && strsim::osa_distance(&self.text, &other.text) <= 1
        {
            return Some(Grade::Slip);
        }
        let by_code = || {
            let shared = |code: &String| code.len() > 1 && other.codes.contains(code);
            self.codes.iter().any(shared)
                && strsim::jaro_winkler(&self.text, &other.text) >= LOOKS_ALIKE
        };
        let by_sound = self.sound.len() > 1 && self.sound == other.sound;
        (by_sound || by_code()).then_some(Grade::Sound)
    }

    /// Keys, at least one of which two words share that are alike.
    fn keys(&self) -> BTreeSet<String> {
        let mut keys: BTreeSet<String> =
            self.groups.iter().map(|line| format!("n{line}")).collect();
        keys.insert(format!("s{}", self.sound));
        keys.extend(self.codes.iter().map(|code| format!("m{code}")));
        if self.text.len() >= SLIP_LETTERS_MIN {
            keys.extend(without_one(&self.text).map(|left| format!("-{left}")));
        }
        keys
    }
}

/// Whether two names are those of a man and of a woman: `Juan`, `Juana`; `Mario`, `María`.
fn differ_by_ending(one: &str, other: &str) -> bool {
    let stem = |word: &str| word.trim_end_matches(['a', 'o']).len();
    let (a, b) = (stem(one), stem(other));
    one.get(..a) == other.get(..b)
}

/// A text, and what is left of it when any one of its characters is taken out: two texts one slip
/// apart have one of these in common.
pub(super) fn without_one(text: &str) -> impl Iterator<Item = String> {
    let each = text.char_indices().map(|(at, letter)| {
        let (before, after) = (text.get(..at), text.get(at + letter.len_utf8()..));
        format!(
            "{}{}",
            before.unwrap_or_default(),
            after.unwrap_or_default()
        )
    });
    std::iter::once(text.to_owned()).chain(each)
}

/// A word that somebody is called by.
struct Word {
    letters: Letters,
    /// Words that it may stand for, itself included.
    near: BTreeMap<WordId, Grade>,
    /// How many names hold it.
    uses: usize,
}

/// The words of one ledger.
#[derive(Default)]
pub(super) struct Vocabulary {
    words: Vec<Option<Word>>,
    free: Vec<WordId>,
    by_text: BTreeMap<String, WordId>,
    by_key: BTreeMap<String, Vec<WordId>>,
}

impl Vocabulary {
    /// The place of a word that one more name holds.
    pub(super) fn add(&mut self, ear: &Ear<'_>, text: &str) -> WordId {
        if let Some(id) = self.by_text.get(text).copied() {
            if let Some(Some(word)) = self.words.get_mut(id) {
                word.uses += 1;
            }
            return id;
        }
        let letters = ear.letters(text);
        let id = self.free.pop().unwrap_or(self.words.len());
        let mut near: BTreeMap<WordId, Grade> = self.near(&letters).into_iter().collect();
        for (other, grade) in &near {
            if let Some(Some(word)) = self.words.get_mut(*other) {
                word.near.insert(id, *grade);
            }
        }
        near.insert(id, Grade::Same);
        for key in letters.keys() {
            self.by_key.entry(key).or_default().push(id);
        }
        self.by_text.insert(text.to_owned(), id);
        let word = Some(Word {
            letters,
            near,
            uses: 1,
        });
        match self.words.get_mut(id) {
            Some(place) => *place = word,
            None => self.words.push(word),
        }
        id
    }

    /// One name less holds the word.
    pub(super) fn release(&mut self, id: WordId) {
        let Some(place) = self.words.get_mut(id) else {
            return;
        };
        if let Some(word) = place
            && word.uses > 1
        {
            word.uses -= 1;
            return;
        }
        let Some(word) = place.take() else { return };
        for other in word.near.keys().filter(|other| **other != id) {
            if let Some(Some(other)) = self.words.get_mut(*other) {
                other.near.remove(&id);
            }
        }
        for key in word.letters.keys() {
            if let Some(ids) = self.by_key.get_mut(&key) {
                ids.retain(|other| *other != id);
                if ids.is_empty() {
                    self.by_key.remove(&key);
                }
            }
        }
        self.by_text.remove(&word.letters.text);
        self.free.push(id);
    }

    /// Words of the vocabulary that a word may stand for, by place.
    pub(super) fn near(&self, letters: &Letters) -> Vec<(WordId, Grade)> {
        if let Some(Some(word)) = self
            .by_text
            .get(&letters.text)
            .and_then(|id| self.words.get(*id))
        {
            return word.near.iter().map(|(id, grade)| (*id, *grade)).collect();
        }
        let keys = letters.keys();
        let ids: BTreeSet<WordId> = keys
            .iter()
            .filter_map(|key| self.by_key.get(key))
            .flatten()
            .copied()
            .collect();
        ids.into_iter()
            .filter_map(|id| Some((id, letters.alike(self.letters(id)?)?)))
            .collect()
    }

    /// A word.
    pub(super) fn letters(&self, id: WordId) -> Option<&Letters> {
        self.words.get(id)?.as_ref().map(|word| &word.letters)
    }

    /// Every word, in order: for those who look whether one is gone.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.by_text.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grade(one: &str, other: &str) -> Option<Grade> {
        let rules = Rules::shipped().unwrap();
        let ear = Ear::new(&rules);
        let mut words = Vocabulary::default();
        let id = words.add(&ear, other);
        let found = words.near(&ear.letters(one));
        let there = found
            .iter()
            .find(|(near, _)| *near == id)
            .map(|(_, grade)| *grade);
        // The same from the other side, and by the plain comparison.
        let (a, b) = (ear.letters(one), ear.letters(other));
        assert_eq!((a.alike(&b), b.alike(&a)), (there, there));
        there
    }

    #[test]
    fn words_are_alike_as_people_write_them() {
        assert_eq!(grade("gonzalez", "gonzalez"), Some(Grade::Same));
        assert_eq!(grade("pepe", "jose"), Some(Grade::Nickname));
        assert_eq!(grade("lupe", "guadalupe"), Some(Grade::Nickname));
        assert_eq!(grade("gonzalez", "gonsales"), Some(Grade::Sound));
        assert_eq!(grade("baptiste", "batiste"), Some(Grade::Slip));
        assert_eq!(grade("hernadnez", "hernandez"), Some(Grade::Slip));
        assert_eq!(grade("toussaint", "tousaint"), Some(Grade::Slip));
    }

    #[test]
    fn two_names_are_not_taken_for_one() {
        for (one, other) in [
            ("juan", "juana"),
            ("mario", "maria"),
            ("carlos", "marcos"),
            ("hernandez", "fernandez"),
            ("perez", "porras"),
            ("ana", "ada"),
            ("ramon", "ramos"),
        ] {
            assert_eq!(grade(one, other), None, "{one} {other}");
        }
    }

    #[test]
    fn a_word_that_nobody_has_is_forgotten() {
        let rules = Rules::shipped().unwrap();
        let ear = Ear::new(&rules);
        let mut words = Vocabulary::default();
        let first = words.add(&ear, "hernandez");
        assert_eq!(words.add(&ear, "hernandez"), first);
        let other = words.add(&ear, "hernandes");
        words.release(first);
        words.release(other);
        assert_eq!(words.texts().collect::<Vec<_>>(), ["hernandez"]);
        assert_eq!(words.near(&ear.letters("hernandes")).len(), 1);
        words.release(first);
        assert_eq!(words.texts().count(), 0);
        assert!(words.by_key.is_empty());
        assert_eq!(words.add(&ear, "ana"), first, "places are used again");
    }
}
