//! One side of a name, given names or surnames, against another.

use super::vocabulary::Grade;
use super::words::{NameWord, WORDS_MAX};

/// How a word comes to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Written {
    /// It is one.
    Apart,
    /// Two words of a name, as somebody may write them: compared with words only, never with others
    /// put together alike.
    Joined,
}

/// A word by its place, and the same with its particles.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PlacedWord {
    pub(super) word: usize,
    pub(super) glued: Option<usize>,
}

/// Words in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Side {
    pub(super) words: Vec<PlacedWord>,
    /// Two words written as one: `Jean-Pierre`, `Jeanpierre`.
    pub(super) joined: Option<usize>,
}

/// Whether two words, one of each side, are alike, and whether one of them is frequent.
pub(super) trait Alike {
    fn grade(&self, one: usize, other: usize) -> Option<Grade>;
    fn common(&self, one: usize, other: usize) -> bool;
}

/// A word of one side that stands for a word of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Met {
    pub(super) grade: Grade,
    pub(super) common: bool,
    pub(super) at: usize,
    pub(super) other_at: usize,
}

/// Words that stand for each other, few as they are: most comparisons keep none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mets {
    met: [Met; WORDS_MAX],
    len: usize,
}

impl Default for Mets {
    fn default() -> Self {
        let nothing = Met {
            grade: Grade::Initial,
            common: false,
            at: 0,
            other_at: 0,
        };
        Self {
            met: [nothing; WORDS_MAX],
            len: 0,
        }
    }
}

impl Mets {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Met> {
        self.met.iter().take(self.len)
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    fn push(&mut self, met: Met) {
        if let Some(place) = self.met.get_mut(self.len) {
            *place = met;
            self.len += 1;
        }
    }

    fn pop(&mut self) {
        self.len = self.len.saturating_sub(1);
    }
}

/// What two sides have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Meeting {
    pub(super) met: Mets,
    /// Words of the side that has fewer.
    pub(super) fewer: usize,
}

/// How each word of one side is alike to each of the other.
type Grades = [[Option<Grade>; WORDS_MAX]; WORDS_MAX];

impl Side {
    pub(super) fn of(
        words: &[NameWord],
        whole: bool,
        place: &mut dyn FnMut(&str, Written) -> usize,
    ) -> Self {
        let joined = match words {
            [first, second] if whole => {
                let text = format!("{}{}", first.text, second.text);
                Some(place(&text, Written::Joined))
            }
            _ => None,
        };
        let words = words
            .iter()
            .map(|word| PlacedWord {
                word: place(&word.text, Written::Apart),
                glued: word
                    .glued
                    .as_deref()
                    .map(|glued| place(glued, Written::Apart)),
            })
            .collect();
        Self { words, joined }
    }

    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        let words = self.words.iter();
        words
            .flat_map(|word| [Some(word.word), word.glued])
            .chain([self.joined])
            .flatten()
    }

    /// The words that stand for each other: as many as possible, and of those the most alike.
    pub(super) fn meet(&self, other: &Self, alike: &impl Alike) -> Meeting {
        let mut met = Mets::default();
        if let Some(grades) = self.grades(other, alike) {
            let common = |at: usize, other_at: usize| {
                let words = self.words.get(at).zip(other.words.get(other_at));
                words.is_some_and(|(one, other)| alike.common(one.word, other.word))
            };
            self.assign(&grades, &common, 0, &mut Mets::default(), &mut met);
        }
        if met.len() == 0
            && let Some(joined) = self.meet_joined(other, alike)
        {
            met.push(joined);
        }
        Meeting {
            met,
            fewer: self.words.len().min(other.words.len()),
        }
    }

    /// How each word is alike to each of the other side; `None` where none is.
    fn grades(&self, other: &Self, alike: &impl Alike) -> Option<Grades> {
        let mut grades = Grades::default();
        let mut some = false;
        for (word, row) in self.words.iter().zip(&mut grades) {
            for (other, place) in other.words.iter().zip(row) {
                *place = word.grade(other, alike);
                some |= place.is_some();
            }
        }
        some.then_some(grades)
    }

    fn meet_joined(&self, other: &Self, alike: &impl Alike) -> Option<Met> {
        let one_word = |side: &Self| match side.words.as_slice() {
            [only] => Some(only.word),
            _ => None,
        };
        let pair = match (self.joined, one_word(self), other.joined, one_word(other)) {
            (Some(joined), _, _, Some(word)) => (joined, word),
            (_, Some(word), Some(joined), _) => (word, joined),
            _ => return None,
        };
        Some(Met {
            grade: alike
                .grade(pair.0, pair.1)
                .filter(|grade| *grade > Grade::Initial)?,
            common: false,
            at: 0,
            other_at: 0,
        })
    }

    fn assign(
        &self,
        grades: &Grades,
        common: &impl Fn(usize, usize) -> bool,
        at: usize,
        met: &mut Mets,
        best: &mut Mets,
    ) {
        let row = grades.get(at).filter(|_| at < self.words.len());
        let Some(row) = row else {
            if worth(met) > worth(best) {
                *best = *met;
            }
            return;
        };
        for (other_at, grade) in row.iter().enumerate() {
            let Some(grade) = *grade else { continue };
            if met.iter().any(|met| met.other_at == other_at) {
                continue;
            }
            met.push(Met {
                grade,
                common: common(at, other_at),
                at,
                other_at,
            });
            self.assign(grades, common, at + 1, met, best);
            met.pop();
        }
        self.assign(grades, common, at + 1, met, best);
    }
}

/// More words first, then those that are more alike, then those in the same places.
fn worth(met: &Mets) -> (usize, usize, usize) {
    let rank = |grade: Grade| match grade {
        Grade::Initial => 1,
        Grade::Sound => 2,
        Grade::Slip => 3,
        Grade::Nickname => 4,
        Grade::Same => 6,
    };
    (
        met.len(),
        met.iter().map(|met| rank(met.grade)).sum(),
        met.iter().filter(|met| met.at == met.other_at).count(),
    )
}

impl PlacedWord {
    fn grade(&self, other: &Self, alike: &impl Alike) -> Option<Grade> {
        let plain = alike.grade(self.word, other.word);
        if plain.is_some_and(|grade| grade > Grade::Initial) {
            return plain;
        }
        let with_particles = [
            (self.glued, Some(other.word)),
            (Some(self.word), other.glued),
        ];
        with_particles
            .into_iter()
            .filter_map(|(one, other)| alike.grade(one?, other?))
            .filter(|grade| *grade > Grade::Initial)
            .max()
            .or(plain)
    }
}
