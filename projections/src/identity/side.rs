//! One side of a name, given names or surnames, against another.

use super::vocabulary::Grade;
use super::words::NameWord;

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

/// Whether two words, one of each side, are alike, and whether they are frequent.
pub(super) trait Alike {
    fn grade(&self, one: usize, other: usize) -> Option<Grade>;
    fn common(&self, one: usize) -> bool;
}

/// A word of one side that stands for a word of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Met {
    pub(super) grade: Grade,
    pub(super) common: bool,
    pub(super) at: usize,
    pub(super) other_at: usize,
}

/// What two sides have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) met: Vec<Met>,
    /// Words of the side that has fewer.
    pub(super) fewer: usize,
}

impl Side {
    pub(super) fn of(
        words: &[NameWord],
        whole: bool,
        place: &mut dyn FnMut(&str) -> usize,
    ) -> Self {
        let joined = match words {
            [first, second] if whole => Some(place(&format!("{}{}", first.text, second.text))),
            _ => None,
        };
        let words = words
            .iter()
            .map(|word| PlacedWord {
                word: place(&word.text),
                glued: word.glued.as_deref().map(&mut *place),
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
    pub(super) fn meet(&self, other: &Self, alike: &dyn Alike) -> Meeting {
        let mut best = Vec::new();
        self.assign(other, alike, 0, &mut Vec::new(), &mut best);
        if best.is_empty() {
            best.extend(self.meet_joined(other, alike));
        }
        Meeting {
            met: best,
            fewer: self.words.len().min(other.words.len()),
        }
    }

    fn meet_joined(&self, other: &Self, alike: &dyn Alike) -> Option<Met> {
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
        other: &Self,
        alike: &dyn Alike,
        at: usize,
        met: &mut Vec<Met>,
        best: &mut Vec<Met>,
    ) {
        let Some(word) = self.words.get(at) else {
            if worth(met) > worth(best) {
                best.clone_from(met);
            }
            return;
        };
        for (other_at, other_word) in other.words.iter().enumerate() {
            if met.iter().any(|met| met.other_at == other_at) {
                continue;
            }
            if let Some(grade) = word.grade(other_word, alike) {
                met.push(Met {
                    grade,
                    common: alike.common(word.word),
                    at,
                    other_at,
                });
                self.assign(other, alike, at + 1, met, best);
                met.pop();
            }
        }
        self.assign(other, alike, at + 1, met, best);
    }
}

/// More words first, then those that are more alike, then those in the same places.
fn worth(met: &[Met]) -> (usize, usize, usize) {
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
    fn grade(&self, other: &Self, alike: &dyn Alike) -> Option<Grade> {
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
