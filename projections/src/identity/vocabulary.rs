//! The words that names of one ledger are made of, each with the words that it may stand for. A word
//! that nobody is called by any more is forgotten.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash as _, Hasher as _};

use rphonetic::DoubleMetaphone;

use super::rules::Rules;
use super::side::Written;
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
    text: String,
    common: bool,
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

    /// Keys, at least one of which two words share that are alike. Others may share one too.
    fn keys(&self) -> BTreeSet<u64> {
        let key = |kind: u8, text: &str| {
            let mut key = DefaultHasher::new();
            (kind, text).hash(&mut key);
            key.finish()
        };
        let mut keys: BTreeSet<u64> = [key(b's', &self.sound)].into();
        let groups = self.groups.iter();
        keys.extend(groups.map(|line| key(b'n', &line.to_string())));
        let codes = self.codes.iter().filter(|code| code.len() > 1);
        keys.extend(codes.map(|code| key(b'm', code)));
        if self.text.len() >= SLIP_LETTERS_MIN {
            keys.extend(without_one(&self.text).map(|left| key(b'-', &left)));
        }
        keys
    }

    fn mark(&self) -> Mark {
        let mut letters = self.text.chars();
        Mark {
            first: letters.next().unwrap_or_default(),
            only: letters.next().is_none(),
            common: self.common,
        }
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

/// What lies close at hand of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    first: char,
    /// Whether that letter is all there is.
    pub(super) only: bool,
    /// Whether it is frequent.
    pub(super) common: bool,
}

impl Mark {
    /// Whether one word is the first letter of the other.
    pub(super) fn is_initial(self, other: Self) -> bool {
        (self.only || other.only) && self.first == other.first
    }
}

/// A word that somebody is called by.
struct Word {
    letters: Letters,
    written: Written,
    /// Words that it may stand for; itself included, unless it was put together.
    near: BTreeMap<WordId, Grade>,
    /// How many names hold it.
    uses: usize,
}

/// A word that is looked for.
pub(super) struct Sought {
    /// Words that it may stand for, by place.
    pub(super) near: Vec<(WordId, Grade)>,
    pub(super) mark: Mark,
}

/// Words of one kind, by how they are found.
#[derive(Default)]
struct Shelf {
    by_text: BTreeMap<String, WordId>,
    by_key: BTreeMap<u64, Vec<WordId>>,
}

/// At a place that is free, or the first after all others.
fn put<T>(places: &mut Vec<T>, at: usize, what: T) {
    match places.get_mut(at) {
        Some(place) => *place = what,
        None => places.push(what),
    }
}

/// The words of one ledger.
#[derive(Default)]
pub(super) struct Vocabulary {
    words: Vec<Option<Word>>,
    /// By place.
    marks: Vec<Mark>,
    free: Vec<WordId>,
    apart: Shelf,
    joined: Shelf,
}

impl Vocabulary {
    fn shelf(&self, written: Written) -> &Shelf {
        match written {
            Written::Apart => &self.apart,
            Written::Joined => &self.joined,
        }
    }

    fn shelf_mut(&mut self, written: Written) -> &mut Shelf {
        match written {
            Written::Apart => &mut self.apart,
            Written::Joined => &mut self.joined,
        }
    }

    /// The place of a word that one more name holds.
    pub(super) fn add(&mut self, ear: &Ear<'_>, text: &str, written: Written) -> WordId {
        if let Some(id) = self.shelf(written).by_text.get(text).copied() {
            if let Some(Some(word)) = self.words.get_mut(id) {
                word.uses += 1;
            }
            return id;
        }
        let letters = ear.letters(text);
        let id = self.free.pop().unwrap_or(self.words.len());
        let keys = letters.keys();
        let mut near: BTreeMap<WordId, Grade> =
            self.near(&letters, &keys, written).into_iter().collect();
        for (other, grade) in &near {
            if let Some(Some(word)) = self.words.get_mut(*other) {
                word.near.insert(id, *grade);
            }
        }
        if written == Written::Apart {
            near.insert(id, Grade::Same);
        }
        let own = self.shelf_mut(written);
        for key in keys {
            own.by_key.entry(key).or_default().push(id);
        }
        own.by_text.insert(text.to_owned(), id);
        let mark = letters.mark();
        let word = Some(Word {
            letters,
            written,
            near,
            uses: 1,
        });
        put(&mut self.words, id, word);
        put(&mut self.marks, id, mark);
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
        let own = self.shelf_mut(word.written);
        for key in word.letters.keys() {
            if let Some(ids) = own.by_key.get_mut(&key) {
                ids.retain(|other| *other != id);
                if ids.is_empty() {
                    own.by_key.remove(&key);
                }
            }
        }
        own.by_text.remove(&word.letters.text);
        self.free.push(id);
    }

    /// What a word is looked for by, whether or not somebody is called by it.
    pub(super) fn seek(&self, ear: &Ear<'_>, text: &str, written: Written) -> Sought {
        let known = self.shelf(written).by_text.get(text);
        if let Some(Some(word)) = known.and_then(|id| self.words.get(*id)) {
            return Sought {
                near: word.near.iter().map(|(id, grade)| (*id, *grade)).collect(),
                mark: word.letters.mark(),
            };
        }
        let letters = ear.letters(text);
        Sought {
            near: self.near(&letters, &letters.keys(), written),
            mark: letters.mark(),
        }
    }

    /// Words of the vocabulary that a word may stand for, by place.
    fn near(
        &self,
        letters: &Letters,
        keys: &BTreeSet<u64>,
        written: Written,
    ) -> Vec<(WordId, Grade)> {
        let shelves = match written {
            Written::Apart => [Some(&self.apart), Some(&self.joined)],
            Written::Joined => [Some(&self.apart), None],
        };
        let ids: BTreeSet<WordId> = shelves
            .into_iter()
            .flatten()
            .flat_map(|shelf| keys.iter().filter_map(|key| shelf.by_key.get(key)))
            .flatten()
            .copied()
            .collect();
        let letters_of = |id: WordId| Some(&self.words.get(id)?.as_ref()?.letters);
        ids.into_iter()
            .filter_map(|id| Some((id, letters.alike(letters_of(id)?)?)))
            .collect()
    }

    /// What lies close at hand of a word.
    pub(super) fn mark(&self, id: WordId) -> Mark {
        self.marks.get(id).copied().unwrap_or_default()
    }

    /// Every word, in order: for those who look whether one is gone.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let shelves = [&self.apart, &self.joined].into_iter();
        shelves.flat_map(|shelf| shelf.by_text.keys().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grade(one: &str, other: &str) -> Option<Grade> {
        let rules = Rules::shipped().unwrap();
        let ear = Ear::new(&rules);
        let mut words = Vocabulary::default();
        let id = words.add(&ear, other, Written::Apart);
        let there = words
            .seek(&ear, one, Written::Apart)
            .near
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
        let first = words.add(&ear, "hernandez", Written::Apart);
        assert_eq!(words.add(&ear, "hernandez", Written::Apart), first);
        let other = words.add(&ear, "hernandes", Written::Apart);
        let joined = words.add(&ear, "hernandes", Written::Joined);
        let near = |words: &Vocabulary| words.seek(&ear, "hernandes", Written::Apart).near.len();
        assert_eq!(near(&words), 3);
        for id in [first, other, joined] {
            words.release(id);
        }
        assert_eq!(words.texts().collect::<Vec<_>>(), ["hernandez"]);
        assert_eq!(near(&words), 1);
        words.release(first);
        assert_eq!(words.texts().count(), 0);
        assert!(words.apart.by_key.is_empty() && words.joined.by_key.is_empty());
        let again = words.add(&ear, "ana", Written::Apart);
        assert_eq!(again, first, "places are used again");
    }

    #[test]
    fn words_that_were_put_together_are_alike_to_words_only() {
        let rules = Rules::shipped().unwrap();
        let ear = Ear::new(&rules);
        let mut words = Vocabulary::default();
        let joined = words.add(&ear, "jeanpierre", Written::Joined);
        let near = |written| words.seek(&ear, "jeanpierre", written).near;
        assert_eq!(near(Written::Apart), [(joined, Grade::Same)]);
        assert_eq!(near(Written::Joined), []);
    }
}
