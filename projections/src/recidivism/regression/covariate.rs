//! What a model explains failure by, as it is written in a question.

use std::fmt;
use std::str::FromStr;

use homeward_events::status::HousingKind;

use crate::definition::Outcome;
use crate::dimension::NOT_KNOWN;
use crate::histories::{Dimension, SpellOf};

/// One covariate: what was asked for, and how it is read from a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covariate {
    name: String,
    pub(super) reading: Reading,
}

/// How a covariate is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// Stays as it was at the reception that the person is counted by.
    Fixed(Fixed),
    /// 1 in units of time that begin within a spell, 0 in others.
    Varying {
        spells: Spells,
        /// Units back: 1 reads the unit before, 0 the unit itself.
        lag_units: u16,
    },
}

/// A covariate that does not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fixed {
    /// A whole number that a study registered.
    Cohort(String),
    /// Whole years.
    Age,
    /// 1 where the dimension says so.
    Flag { dimension: Dimension, value: String },
}

/// Which spells a covariate that changes looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spells {
    Employment,
    /// Under a roof: a spell on the street is told as housing, and is none.
    Housing,
    Schooling,
}

/// A text that names no covariate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no covariate `{found}`: expected cohort. and the name of a covariate, age, a dimension and its \
     value such as sex=female (dimensions are {}), or in:employment, in:housing, in:schooling, with \
     @1 for that of one unit earlier",
    Dimension::NAMES.join(", ")
)]
pub struct NoSuchCovariate {
    /// What was asked for.
    pub found: String,
}

impl FromStr for Covariate {
    type Err = NoSuchCovariate;

    fn from_str(text: &str) -> Result<Self, NoSuchCovariate> {
        let reading = reading(text).ok_or_else(|| NoSuchCovariate {
            found: text.to_owned(),
        })?;
        Ok(Self {
            name: text.to_owned(),
            reading,
        })
    }
}

fn reading(text: &str) -> Option<Reading> {
    if let Some(spells) = text.strip_prefix("in:") {
        let (spells, lag) = spells.split_once('@').unwrap_or((spells, "0"));
        return Some(Reading::Varying {
            spells: match spells {
                "employment" => Spells::Employment,
                "housing" => Spells::Housing,
                "schooling" => Spells::Schooling,
                _ => return None,
            },
            lag_units: lag.parse().ok()?,
        });
    }
    if let Some((dimension, value)) = text.split_once('=') {
        let dimension = Dimension::named(dimension).ok()?;
        let value = value.to_owned();
        let is_said = !value.is_empty();
        return is_said.then_some(Reading::Fixed(Fixed::Flag { dimension, value }));
    }
    if text == "age" {
        return Some(Reading::Fixed(Fixed::Age));
    }
    let name = text.strip_prefix("cohort.").filter(|name| !name.is_empty());
    name.map(|name| Reading::Fixed(Fixed::Cohort(name.to_owned())))
}

/// As it was written.
impl fmt::Display for Covariate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Covariate {
    /// Its name, as it was written.
    pub fn as_str(&self) -> &str {
        &self.name
    }
}

impl Fixed {
    /// What it is for one person; `None` where that is not known.
    pub(super) fn value(&self, outcome: &Outcome<'_>) -> Option<i64> {
        match self {
            Self::Cohort(name) => outcome.arrival.cohort.get(name).copied(),
            Self::Age => outcome.arrival.age.map(i64::from),
            Self::Flag { dimension, value } => {
                let found = outcome.past.value(outcome.arrival, dimension);
                // Asked for as such, what is not known is a value like any other.
                let is_known = *found != *NOT_KNOWN || value == NOT_KNOWN;
                is_known.then(|| i64::from(*found == **value))
            }
        }
    }
}

impl Spells {
    pub(super) const fn hold(self, spell: SpellOf) -> bool {
        match (self, spell) {
            (Self::Housing, SpellOf::Housing(kind)) => !matches!(kind, HousingKind::Street),
            (Self::Employment, SpellOf::Employment(_))
            | (Self::Schooling, SpellOf::Schooling(_)) => true,
            (Self::Employment | Self::Schooling, SpellOf::Housing(_))
            | (Self::Housing | Self::Schooling, SpellOf::Employment(_))
            | (Self::Housing | Self::Employment, SpellOf::Schooling(_)) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covariates_are_read_as_they_are_written() {
        for text in [
            "cohort.fin",
            "age",
            "sex=female",
            "cohort.race=1",
            "in:housing",
            "in:employment@1",
        ] {
            assert_eq!(text.parse::<Covariate>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "cohort.",
            "sex",
            "sex=",
            "height=tall",
            "in:love",
            "in:employment@",
            "in:employment@-1",
            "Age",
        ] {
            let refused = text.parse::<Covariate>().unwrap_err().to_string();
            let told = format!("no covariate `{text}`: expected cohort.");
            assert!(refused.starts_with(&told), "{refused}");
        }
    }
}
