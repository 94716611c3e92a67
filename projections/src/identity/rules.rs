//! The rules that records are compared by: data, `projections/identity/*.toml`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::words;

/// Why the rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// A file is not as it should be.
    #[error("{file}: {reason}")]
    File {
        /// Which file.
        file: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

/// Names and weights, ready to use.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(super) weights: Weights,
    pub(super) particles: BTreeSet<String>,
    pub(super) joining: BTreeSet<String>,
    pub(super) saints: BTreeSet<String>,
    pub(super) dropped: BTreeSet<String>,
    pub(super) common: BTreeSet<String>,
    /// By name: the lines that it stands in.
    pub(super) nicknames: BTreeMap<String, BTreeSet<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    particles: BTreeSet<String>,
    joining: BTreeSet<String>,
    saints: BTreeSet<String>,
    dropped: BTreeSet<String>,
    common_surnames: BTreeSet<String>,
    common_given: BTreeSet<String>,
    nicknames: Vec<Vec<String>>,
}

/// What each agreement weighs, in hundredths of a bit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    pub(super) id: String,
    pub(super) version: u16,
    pub(super) threshold: i32,
    pub(super) shown: i32,
    pub(super) given: Given,
    pub(super) surname: Surname,
    pub(super) crossed: Crossed,
    pub(super) born: Born,
    pub(super) document: Document,
    pub(super) mother: Mother,
    pub(super) sex: Agreed,
    pub(super) sending_country: Agreed,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    pub(super) same: i32,
    pub(super) same_common: i32,
    pub(super) nickname: i32,
    pub(super) slip: i32,
    pub(super) sound: i32,
    pub(super) initial: i32,
    pub(super) alias: i32,
    pub(super) another: i32,
    pub(super) another_differs: i32,
    pub(super) differ: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Surname {
    pub(super) same: i32,
    pub(super) same_common: i32,
    pub(super) nickname: i32,
    pub(super) slip: i32,
    pub(super) sound: i32,
    pub(super) initial: i32,
    pub(super) second: i32,
    pub(super) second_common: i32,
    pub(super) order: i32,
    pub(super) rest_differs: i32,
    pub(super) differ: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Crossed {
    pub(super) penalty: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Born {
    pub(super) same_day: i32,
    pub(super) swapped: i32,
    pub(super) digit: i32,
    pub(super) same_month: i32,
    pub(super) same_year: i32,
    pub(super) about: i32,
    pub(super) other_day: i32,
    pub(super) near_years: i32,
    pub(super) years_near_max: i16,
    pub(super) other_years: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) same: i32,
    pub(super) slip: i32,
    pub(super) other_kind: i32,
    pub(super) differ: i32,
    pub(super) lasting_differ: i32,
    pub(super) lasting: BTreeSet<String>,
    pub(super) slip_length_min: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mother {
    pub(super) same: i32,
    pub(super) partly: i32,
    pub(super) differ: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Agreed {
    pub(super) same: i32,
    pub(super) differ: i32,
}

impl Rules {
    /// The rules that ship.
    ///
    /// # Errors
    /// A file that ships cannot be read; a test keeps that from happening.
    pub fn shipped() -> Result<Self, RulesError> {
        let names: Names = read("names.toml", include_str!("../../identity/names.toml"))?;
        let weights = read("weights.toml", include_str!("../../identity/weights.toml"))?;
        let mut nicknames: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (line, alike) in names.nicknames.iter().enumerate() {
            for name in alike {
                nicknames
                    .entry(words::joined(name))
                    .or_default()
                    .insert(line);
            }
        }
        let mut common = names.common_surnames;
        common.extend(names.common_given);
        Ok(Self {
            weights,
            particles: names.particles,
            joining: names.joining,
            saints: names.saints,
            dropped: names.dropped,
            common,
            nicknames,
        })
    }

    /// Which weights these are, as `homeward@1`.
    pub fn id(&self) -> String {
        format!("{}@{}", self.weights.id, self.weights.version)
    }

    /// From which score on two records are a possible duplicate, in hundredths of a bit.
    pub fn threshold(&self) -> i32 {
        self.weights.threshold
    }

    /// The same rules with another threshold.
    #[must_use]
    pub fn with_threshold(mut self, threshold: i32) -> Self {
        self.weights.threshold = threshold;
        self
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, RulesError> {
    toml::from_str(text).map_err(|error| RulesError::File {
        file,
        reason: error.to_string(),
    })
}
