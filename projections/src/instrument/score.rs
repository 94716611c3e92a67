//! What answers score, and whether what was stored is what they score.

use std::collections::BTreeMap;

use homeward_events::assessment::Score;
use homeward_events::vocabulary::{Answer, Dimension, Missing};

use super::{Instrument, Item, Part};

/// Answers by item, as an assessment holds them.
type Answers = BTreeMap<String, Answer<u8>>;

/// Longest part of a text of a publisher's that a misfit repeats, in letters.
const REPEATED_LETTERS_MAX: usize = 64;

/// What answers score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores {
    /// By dimension of the instrument.
    pub dimensions: BTreeMap<Dimension, DimensionScore>,
    /// The whole score: the weighted mean of the dimensions' scores as they are stored, rounded half
    /// up; none where fewer dimensions have one than the instrument asks for.
    pub overall: Option<Score>,
}

/// What the answers of one dimension score, and which of them are missing, for which reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DimensionScore {
    /// Weighted mean of the answered items, rounded half up; none where fewer are answered than the
    /// instrument asks for.
    pub score: Option<Score>,
    /// Items with an answer.
    pub answered: u32,
    /// Items that the person would rather not answer.
    pub refused: u32,
    /// Items that were asked, and nobody knows.
    pub not_known: u32,
    /// Items that were not asked, or about which nothing was written down.
    pub not_asked: u32,
}

/// Why an assessment does not fit the version of the instrument that it names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// It was made with another file of that name and version.
    #[error("made with another file: sha256 {found}, expected {expected}")]
    Digest {
        /// Digest of the file that is known.
        expected: String,
        /// What the assessment says.
        found: String,
    },
    /// An answer to no item.
    #[error("`{item}` is no item")]
    Item {
        /// The name it was given under, at most 64 letters of it.
        item: String,
    },
    /// An answer that the item does not offer.
    #[error("`{item}` has no option {option}: expected 0 to {last}")]
    Choice {
        /// The item.
        item: String,
        /// What was answered.
        option: u8,
        /// The last option that it has.
        last: usize,
    },
    /// A stored score that the answers do not give.
    #[error("`{what}` is stored as {}, the answers give {}", told(*.stored), told(*.computed))]
    Score {
        /// The dimension, or `overall`.
        what: &'static str,
        /// The score that is stored.
        stored: Option<Score>,
        /// The score that the answers give.
        computed: Option<Score>,
    },
}

fn told(score: Option<Score>) -> String {
    score.map_or_else(
        || "none".to_owned(),
        |score| score.ten_thousandths().to_string(),
    )
}

impl Instrument {
    /// What answers score. Total: answers to no item, and options that an item does not have, count
    /// as nothing; [`Self::validate`] names them.
    pub fn score(&self, answers: &Answers) -> Scores {
        let of = |part: &Part| (part.dimension, self.score_of(part, answers));
        let dimensions: BTreeMap<Dimension, DimensionScore> =
            self.dimensions.iter().map(of).collect();
        let scored: Vec<(u32, Score)> = self
            .dimensions
            .iter()
            .filter_map(|part| Some((part.weight, dimensions.get(&part.dimension)?.score?)))
            .collect();
        let enough = count(scored.len()) >= self.dimensions_min;
        let overall = if enough { mean(scored) } else { None };
        Scores {
            dimensions,
            overall,
        }
    }

    fn score_of(&self, part: &Part, answers: &Answers) -> DimensionScore {
        let mut found = DimensionScore::default();
        let mut scored = Vec::new();
        for item in self.items.iter().filter(|i| i.dimension == part.dimension) {
            match answers.get(&item.id) {
                Some(Answer::Known(option)) => match item.choice(*option) {
                    Some(score) => {
                        found.answered += 1;
                        scored.push((item.weight, score));
                    }
                    None => found.not_known += 1,
                },
                Some(Answer::Missing(Missing::RefusedToSay)) => found.refused += 1,
                Some(Answer::Missing(Missing::NotKnown)) => found.not_known += 1,
                Some(Answer::Missing(Missing::NotAsked)) | None => found.not_asked += 1,
            }
        }
        if found.answered >= part.answered_min {
            found.score = mean(scored);
        }
        found
    }

    /// Answers that do not fit this version, in the order of their items' names.
    pub fn validate(&self, answers: &Answers) -> Vec<Misfit> {
        let misfit = |(name, answer): (&String, &Answer<u8>)| {
            let Some(item) = self.items.iter().find(|item| item.id == *name) else {
                return Some(Misfit::Item {
                    item: name.chars().take(REPEATED_LETTERS_MAX).collect(),
                });
            };
            let option = *answer.known()?;
            item.choice(option).is_none().then(|| Misfit::Choice {
                item: item.id.clone(),
                option,
                last: item.options.len().saturating_sub(1),
            })
        };
        answers.iter().filter_map(misfit).collect()
    }

    /// Whether what an assessment stored is what its answers give. Nothing can be said of scores that
    /// came without answers; answers that do not fit are named, and then scores are not compared. An
    /// assessment that stored no score at all claims none.
    pub fn misfits(
        &self,
        digest: Option<&str>,
        answers: &Answers,
        scores: &BTreeMap<Dimension, Score>,
        overall: Option<Score>,
    ) -> Vec<Misfit> {
        let mut misfits = Vec::new();
        if let Some(found) = digest.filter(|digest| *digest != self.digest) {
            misfits.push(Misfit::Digest {
                expected: self.digest.clone(),
                found: found.chars().take(REPEATED_LETTERS_MAX).collect(),
            });
        }
        misfits.extend(self.validate(answers));
        let claims = !scores.is_empty() || overall.is_some();
        if !misfits.is_empty() || answers.is_empty() || !claims {
            return misfits;
        }
        let computed = self.score(answers);
        let dimensions = Dimension::ALL.iter().map(|dimension| {
            let given = computed.dimensions.get(dimension);
            let given = given.and_then(|given| given.score);
            (dimension.as_str(), scores.get(dimension).copied(), given)
        });
        let compared = dimensions.chain([("overall", overall, computed.overall)]);
        misfits.extend(
            compared
                .filter(|(_, stored, computed)| stored != computed)
                .map(|(what, stored, computed)| Misfit::Score {
                    what,
                    stored,
                    computed,
                }),
        );
        misfits
    }
}

impl Item {
    /// What an option scores.
    fn choice(&self, option: u8) -> Option<Score> {
        self.options.get(usize::from(option)).map(|o| o.score)
    }
}

/// The weighted mean, rounded half up to a ten-thousandth; of nothing, none.
fn mean(scored: Vec<(u32, Score)>) -> Option<Score> {
    let (mut sum, mut weights) = (0_u64, 0_u64);
    for (weight, score) in scored {
        sum += u64::from(weight) * u64::from(score.ten_thousandths());
        weights += u64::from(weight);
    }
    let mean = (2 * sum + weights).checked_div(2 * weights)?;
    Score::new(u16::try_from(mean).ok()?)
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
