//! Instruments as data: what is asked, what an answer scores, when a score is given although answers
//! are missing, and what a score is called.
//!
//! An instrument is a file in TOML (`projections/instruments/` holds those that ship, an office adds
//! its own). Scores are whole ten-thousandths and computed in whole numbers, so that whoever computes
//! one again finds the same. A version is never edited once answers were given under it: answers stay
//! validated by the version they were given under, and a change is shown only within one version.
//!
//! To add one: a file beside the others, and a line in `SHIPPED`.

mod file;
mod score;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use homeward_events::assessment::Score;
use homeward_events::id::InstrumentId;
use homeward_events::vocabulary::Dimension;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

pub use file::{FILE_BYTES_MAX, InstrumentError};
pub use score::{DimensionScore, Misfit, Scores};

/// Files that ship, with the names they are told by.
const SHIPPED: &[(&str, &str)] = &[(
    "example-sustainability.v1.toml",
    include_str!("../../instruments/example-sustainability.v1.toml"),
)];

static EMBEDDED: LazyLock<Instruments> = LazyLock::new(|| {
    let mut instruments = Instruments::default();
    for (name, text) in SHIPPED {
        // A shipped file that could not be read would be unknown here; a test reads each of them.
        if let Ok(instrument) = Instrument::parse(name, text) {
            instruments.known_mut(instrument);
        }
    }
    instruments
});

/// A text by language (BCP 47), in every language of its instrument.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The text in a language; in English, or in any there is, where that is not at hand.
    pub fn text(&self, language: &str) -> &str {
        let text = self.0.get(language).or_else(|| self.0.get("en"));
        text.or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// By language.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

/// One version of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Which instrument.
    pub id: InstrumentId,
    /// Its version, from 1.
    pub version: u16,
    /// Languages of its texts, the first to be shown first.
    pub languages: Vec<String>,
    /// What it is called.
    pub title: Texts,
    /// What must be said wherever one of its figures is shown.
    pub label: Texts,
    /// Where it comes from.
    pub source: String,
    /// Its dimensions, in the order in which they are shown.
    pub dimensions: Vec<Part>,
    /// Dimensions with a score that the whole score needs.
    pub dimensions_min: u32,
    /// Its items, in the order in which they are asked.
    pub items: Vec<Item>,
    /// Bands of a score, from the lowest; may be empty.
    pub bands: Vec<Band>,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub digest: String,
    /// The file's text, as it was read.
    pub text: String,
}

/// One dimension of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub dimension: Dimension,
    /// What it is called.
    pub title: Texts,
    /// Its weight in the whole score.
    pub weight: u32,
    /// Answered items that its score needs.
    pub answered_min: u32,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name among the answers.
    pub id: String,
    /// Which dimension it counts in.
    pub dimension: Dimension,
    /// What is asked.
    pub text: Texts,
    /// Its weight in the dimension's score.
    pub weight: u32,
    /// What can be answered; an answer is a place in this list, from 0.
    pub options: Vec<Choice>,
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it scores.
    pub score: Score,
    /// How it is told.
    pub text: Texts,
}

/// What scores from one up to the next are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its name.
    pub id: String,
    /// The lowest score in it.
    pub from: Score,
    /// What it is called.
    pub title: Texts,
}

impl Instrument {
    /// Reads a file; `name` is what errors call it.
    ///
    /// # Errors
    /// The text is no such file, or says what cannot be: the error names the file and the field.
    pub fn parse(name: &str, text: &str) -> Result<Self, InstrumentError> {
        file::parse(name, text)
    }

    /// `example-sustainability@1`.
    pub fn name(&self) -> String {
        name(self.id.as_str(), self.version)
    }

    /// The band that a score lies in, if there are bands.
    pub fn band(&self, score: Score) -> Option<&Band> {
        self.bands.iter().rev().find(|band| band.from <= score)
    }
}

/// How a version of an instrument is told: `example-sustainability@1`.
pub fn name(id: &str, version: u16) -> String {
    format!("{id}@{version}")
}

/// Instruments that are known, by id and version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instruments {
    known: BTreeMap<InstrumentId, BTreeMap<u16, Instrument>>,
}

/// Two files say different things under one id and version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{name} is known already with other content (sha256 {known}, found {found}): \
     a version is never edited, give the change a version of its own"
)]
pub struct InstrumentTaken {
    /// `id@version`.
    pub name: String,
    /// Digest of the one that is known.
    pub known: String,
    /// Digest of the other.
    pub found: String,
}

impl Instruments {
    /// Those that ship. The same in every build of one version, so a read model may rest on them.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Adds one; the same file again changes nothing.
    ///
    /// # Errors
    /// Its id and version are taken by other content.
    pub fn add(&mut self, instrument: Instrument) -> Result<(), InstrumentTaken> {
        match self.get(instrument.id.as_str(), instrument.version) {
            Some(known) if known.digest != instrument.digest => Err(InstrumentTaken {
                name: instrument.name(),
                known: known.digest.clone(),
                found: instrument.digest,
            }),
            Some(_) => Ok(()),
            None => {
                self.known_mut(instrument);
                Ok(())
            }
        }
    }

    /// One version of one instrument.
    pub fn get(&self, id: &str, version: u16) -> Option<&Instrument> {
        let (_, versions) = self.known.iter().find(|(known, _)| known.as_str() == id)?;
        versions.get(&version)
    }

    /// One by its name, `example-sustainability@1`.
    pub fn named(&self, name: &str) -> Option<&Instrument> {
        let (id, version) = name.rsplit_once('@')?;
        self.get(id, version.parse().ok()?)
    }

    /// All of them, by id and version.
    pub fn all(&self) -> impl Iterator<Item = &Instrument> {
        self.known.values().flat_map(BTreeMap::values)
    }

    /// What must be said wherever a figure of `name` is shown: its label, or that nothing is known of it.
    pub fn label(&self, name: &str, language: &str) -> String {
        self.named(name).map_or_else(
            || "instrument not known here: scores as they were published".to_owned(),
            |instrument| instrument.label.text(language).to_owned(),
        )
    }

    fn known_mut(&mut self, instrument: Instrument) {
        self.known
            .entry(instrument.id.clone())
            .or_default()
            .insert(instrument.version, instrument);
    }
}

/// SHA-256 of a file's bytes, in hexadecimal.
fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            write!(hex, "{byte:02x}").unwrap_or_default();
            hex
        })
}

#[cfg(test)]
mod tests;
