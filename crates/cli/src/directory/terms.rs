//! What the terms of a directory mean here, as data (`data/directory/terms.toml`).

use std::collections::BTreeMap;
use std::str::FromStr;

use anyhow::{Context as _, Result};
use homeward_events::place::LanguageCode;
use homeward_events::referral::ServiceNeed;
use homeward_events::vocabulary::{ParticipantGroup, ReturnType, Sex};
use serde::Deserialize;

/// The mapping that comes with the program.
const SHIPPED: &str = include_str!("../../data/directory/terms.toml");

/// What a term means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It answers a need.
    Need(ServiceNeed),
    /// It is for a sex only.
    Sex(Sex),
    /// It is for a group only.
    Group(ParticipantGroup),
    /// It is for people after such a return only.
    ReturnType(ReturnType),
}

/// Terms and languages by code and by name.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    meanings: BTreeMap<String, Meaning>,
    languages: BTreeMap<String, LanguageCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TermsFile {
    #[serde(default)]
    need: Vec<Entry>,
    #[serde(default)]
    sex: Vec<Entry>,
    #[serde(default)]
    group: Vec<Entry>,
    #[serde(default)]
    return_type: Vec<Entry>,
    #[serde(default)]
    language: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    is: String,
    codes: Vec<String>,
    names: Vec<String>,
}

impl Terms {
    /// Reads a mapping; that which comes with the program for `None`.
    ///
    /// # Errors
    /// It is no such file, or one term means two things.
    pub(super) fn read(text: Option<&str>) -> Result<Self> {
        let file: TermsFile = toml::from_str(text.unwrap_or(SHIPPED))?;
        let mut terms = Self {
            meanings: BTreeMap::new(),
            languages: BTreeMap::new(),
        };
        note(&mut terms.meanings, &file.need, Meaning::Need)?;
        note(&mut terms.meanings, &file.sex, Meaning::Sex)?;
        note(&mut terms.meanings, &file.group, Meaning::Group)?;
        note(&mut terms.meanings, &file.return_type, Meaning::ReturnType)?;
        note(&mut terms.languages, &file.language, |language| language)?;
        Ok(terms)
    }

    /// What a term means, by its code, then by its name.
    pub(super) fn meaning(&self, code: Option<&str>, name: &str) -> Option<Meaning> {
        let by_code = code.and_then(|code| self.meanings.get(&code.to_lowercase()));
        by_code
            .or_else(|| self.meanings.get(&name.to_lowercase()))
            .copied()
    }

    /// The language that a code or a name says.
    pub(super) fn language(&self, said: &str) -> Option<LanguageCode> {
        let known = self.languages.get(&said.to_lowercase()).cloned();
        known.or_else(|| said.parse().ok())
    }
}

fn note<T: FromStr<Err: std::error::Error + Send + Sync + 'static>, M: Clone + PartialEq>(
    into: &mut BTreeMap<String, M>,
    entries: &[Entry],
    meaning: impl Fn(T) -> M,
) -> Result<()> {
    for entry in entries {
        let is: T = entry
            .is
            .parse()
            .with_context(|| format!("term `{}`", entry.is))?;
        let means = meaning(is);
        for said in entry.codes.iter().chain(&entry.names) {
            let before = into.insert(said.to_lowercase(), means.clone());
            if before.is_some_and(|before| before != means) {
                anyhow::bail!("term `{said}` means two things, one of them {}", entry.is);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_mapping_knows_every_need_and_two_letters_need_no_line() {
        let terms = Terms::read(None).unwrap();
        for need in ServiceNeed::ALL {
            let known = terms.meaning(Some(need.as_str()), "?");
            let expected = (*need != ServiceNeed::Other).then_some(Meaning::Need(*need));
            assert_eq!(known, expected, "{need}");
        }
        assert_eq!(
            terms.meaning(None, "Emergency SHELTER"),
            terms.meaning(Some("housing"), "")
        );
        let language = |said| terms.language(said).map(|code| code.to_string());
        assert_eq!(language("Kreyòl").as_deref(), Some("ht"));
        assert_eq!(language("spa").as_deref(), Some("es"));
        assert_eq!(language("pap").as_deref(), Some("pap"));
        assert_eq!(language("Klingon?"), None);
    }

    #[test]
    fn a_term_means_one_thing() {
        let twice = "need = [{ is = \"health\", codes = [], names = [\"a\"] }, \
                     { is = \"legal\", codes = [], names = [\"A\"] }]";
        let error = Terms::read(Some(twice)).unwrap_err().to_string();
        assert!(error.contains("means two things"), "{error}");
        assert!(Terms::read(Some("need = [{ is = \"cake\", codes = [], names = [] }]")).is_err());
    }
}
