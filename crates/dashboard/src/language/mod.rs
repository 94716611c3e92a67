//! What pages say, in five languages: messages with their plurals, numbers, dates, and the words of
//! vocabularies.
//!
//! Messages lie in `languages/<code>/<area>.ftl`. English is complete by test, and every other language
//! has the messages that English has, with the same variables.
//!
//! To add an area: a file in each language, and a line in `AREAS`.

mod number;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::str::FromStr;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// Portuguese.
    Pt,
    /// Haitian Creole.
    Ht,
}

impl Language {
    /// Every language, in the order in which pages offer them.
    pub const ALL: [Self; 5] = [Self::En, Self::Es, Self::Fr, Self::Pt, Self::Ht];

    /// Its code, ISO 639-1.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::Pt => "pt",
            Self::Ht => "ht",
        }
    }

    /// What its speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
            Self::Fr => "Français",
            Self::Pt => "Português",
            Self::Ht => "Kreyòl ayisyen",
        }
    }

    /// The first language of an `Accept-Language` header that pages speak, by its weights (RFC 9110,
    /// section 12.5.4); English when there is none.
    pub fn accepted(header: &str) -> Self {
        let mut best = (Self::En, 0_u32);
        for range in header.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let code = tag.split('-').next().unwrap_or_default();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
            let weight = weight.map_or(1000, thousandths);
            if let Ok(language) = code.parse()
                && weight > best.1
            {
                best = (language, weight);
            }
        }
        best.0
    }

    /// By whose rules it tells one from many.
    fn plurals(self) -> LanguageIdentifier {
        let code = match self {
            Self::En | Self::Es | Self::Fr | Self::Pt => self.code(),
            // The library knows no plural rules of its own for it. Its nouns do not change with number
            // (Valdman, Haitian Creole: Structure, Variation, Status, Origin, 2015), so it matters only
            // where a message wants to tell one from many all the same: as French does.
            Self::Ht => Self::Fr.code(),
        };
        code.parse().unwrap_or_default()
    }
}

/// `0.8` in thousandths; what is no weight weighs nothing.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), digits.parse::<u32>()) {
        (Ok(whole), Ok(digits)) => whole.saturating_mul(1000).saturating_add(digits).min(1000),
        _ => 0,
    }
}

/// A code that is none of the languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchLanguage(String);

impl Display for NoSuchLanguage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<&str> = Language::ALL.iter().map(|known| known.code()).collect();
        write!(
            out,
            "expected one of {}, found `{}`",
            known.join(", "),
            self.0
        )
    }
}

impl std::error::Error for NoSuchLanguage {}

impl FromStr for Language {
    type Err = NoSuchLanguage;
    fn from_str(text: &str) -> Result<Self, NoSuchLanguage> {
        let known = Self::ALL.into_iter();
        let mut known = known.filter(|language| language.code().eq_ignore_ascii_case(text));
        known.next().ok_or_else(|| NoSuchLanguage(text.to_owned()))
    }
}

/// The messages of each area in one language.
macro_rules! areas {
    ($code:literal) => {
        areas!($code: "frame", "words", "panels", "curves", "casework", "forms", "published")
    };
    ($code:literal: $($area:literal),+) => {
        [$(($area, include_str!(concat!("../../languages/", $code, "/", $area, ".ftl")))),+]
    };
}

/// Every message file of a language, by area.
pub fn files(language: Language) -> [(&'static str, &'static str); 7] {
    match language {
        Language::En => areas!("en"),
        Language::Es => areas!("es"),
        Language::Fr => areas!("fr"),
        Language::Pt => areas!("pt"),
        Language::Ht => areas!("ht"),
    }
}

static BUNDLES: LazyLock<BTreeMap<Language, FluentBundle<FluentResource>>> = LazyLock::new(|| {
    let bundle = |language: Language| {
        let mut bundle = FluentBundle::new_concurrent(vec![language.plurals()]);
        // Texts run left to right in every language of the pages, and marks around each number would
        // stand in files and in what people copy.
        bundle.set_use_isolating(false);
        for (_, text) in files(language) {
            // What cannot be read is left out, and a test says so.
            let resource = match FluentResource::try_new(text.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        (language, bundle)
    };
    Language::ALL.into_iter().map(bundle).collect()
});

/// What a message is told: by name, a text, or a count that plurals go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told<'t> {
    /// As it stands.
    Text(Cow<'t, str>),
    /// Said with the language's separators; plurals go by it.
    Count(i64),
}

impl<'t> From<&'t str> for Told<'t> {
    fn from(text: &'t str) -> Self {
        Self::Text(text.into())
    }
}

impl<'t> From<&'t String> for Told<'t> {
    fn from(text: &'t String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<String> for Told<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Told<'_> {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

/// Who says it: a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Speech {
    /// In which language.
    pub language: Language,
}

impl Speech {
    /// In a language.
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// A message that is told nothing.
    pub fn say(self, id: &str) -> String {
        self.tell(id, &[])
    }

    /// A message with what it is told. A count is there twice: as `$name`, by which plurals go, and as
    /// `$name-said`, with the language's separators.
    ///
    /// A message that the language lacks is said in English, and one that there is not at all as its own
    /// name: a page must not fail for a word, and tests see to it that neither happens.
    pub fn tell(self, id: &str, told: &[(&str, Told<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, told) in told {
            match told {
                Told::Text(text) => args.set((*name).to_owned(), text.to_string()),
                Told::Count(count) => {
                    args.set((*name).to_owned(), *count);
                    args.set(format!("{name}-said"), self.count(*count));
                }
            }
        }
        self.found(id, &args).unwrap_or_else(|| id.to_owned())
    }

    /// The word for a value of a vocabulary: the message `<vocabulary>-<value>`. What is no such word is
    /// a name that an office gave, and stays as it is.
    pub fn word(self, vocabulary: &str, value: &str) -> String {
        let id = format!("{}-{}", spelt(vocabulary), spelt(value));
        self.found(&id, &FluentArgs::new())
            .unwrap_or_else(|| value.to_owned())
    }

    /// Whether there is such a message in this very language.
    pub fn knows(self, id: &str) -> bool {
        BUNDLES
            .get(&self.language)
            .is_some_and(|bundle| bundle.has_message(id))
    }

    fn found(self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let said = |language| {
            let bundle = BUNDLES.get(&language)?;
            let pattern = bundle.get_message(id)?.value()?;
            let mut unsaid = Vec::new();
            let said = bundle.format_pattern(pattern, Some(args), &mut unsaid);
            Some(said.into_owned())
        };
        said(self.language).or_else(|| said(Language::En))
    }
}

/// A word as message names spell it: underscores, dots and capitals are none of theirs.
fn spelt(word: &str) -> String {
    word.to_ascii_lowercase().replace(['_', '.', ' '], "-")
}

#[cfg(test)]
mod tests;
