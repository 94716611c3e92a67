//! The definitions at hand: those that are shipped, and those that somebody brought.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Definition, DefinitionError};

/// The shipped files: to add one, a line here.
const SHIPPED: &[(&str, &str)] = &[
    (
        "rearrest.toml",
        include_str!("../../definitions/rearrest.toml"),
    ),
    (
        "reconviction-proven.toml",
        include_str!("../../definitions/reconviction-proven.toml"),
    ),
    (
        "return-to-custody.toml",
        include_str!("../../definitions/return-to-custody.toml"),
    ),
    (
        "removed-again.toml",
        include_str!("../../definitions/removed-again.toml"),
    ),
    (
        "remigration.toml",
        include_str!("../../definitions/remigration.toml"),
    ),
];

/// The definition that answers when none is named.
pub const DEFAULT: &str = "rearrest";

/// Definitions by id and version.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    by_name: BTreeMap<(String, u16), Arc<Definition>>,
}

/// Why a definition cannot be put on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShelfError {
    /// It is no definition.
    #[error(transparent)]
    Definition(#[from] DefinitionError),
    /// Another text has that id and version; two figures of one name would be two figures.
    #[error("{file}: `{name}` is another definition already: give it another id or version")]
    Taken {
        /// The file.
        file: String,
        /// Id and version.
        name: String,
    },
}

impl Definitions {
    /// The shipped ones.
    pub fn shipped() -> Self {
        let mut shelf = Self::default();
        for (file, text) in SHIPPED {
            let added = shelf.add(file, text);
            // A test reads every one of them.
            debug_assert!(added.is_ok(), "{added:?}");
        }
        shelf
    }

    /// Puts a definition beside the others; the same text twice is once.
    ///
    /// # Errors
    /// It is no definition, or another one has its id and version.
    pub fn add(&mut self, file: &str, text: &str) -> Result<Arc<Definition>, ShelfError> {
        let definition = Definition::parse(file, text)?;
        let key = (definition.terms().id.clone(), definition.terms().version);
        if let Some(known) = self.by_name.get(&key) {
            if known.digest() == definition.digest() {
                return Ok(Arc::clone(known));
            }
            let (file, name) = (file.to_owned(), definition.name());
            return Err(ShelfError::Taken { file, name });
        }
        let definition = Arc::new(definition);
        self.by_name.insert(key, Arc::clone(&definition));
        Ok(definition)
    }

    /// The definition called `id`, in its newest version, or `id@version`.
    pub fn get(&self, name: &str) -> Option<&Arc<Definition>> {
        let Some((id, version)) = name.split_once('@') else {
            let versions = (name.to_owned(), 0)..=(name.to_owned(), u16::MAX);
            return self
                .by_name
                .range(versions)
                .next_back()
                .map(|(_, newest)| newest);
        };
        self.by_name.get(&(id.to_owned(), version.parse().ok()?))
    }

    /// Every definition, by id and version.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Definition>> {
        self.by_name.values()
    }

    /// Ids and versions, for messages.
    pub fn names(&self) -> Vec<String> {
        self.iter().map(|definition| definition.name()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_is_a_definition_of_its_name() {
        let shelf = Definitions::shipped();
        assert_eq!(shelf.iter().count(), SHIPPED.len());
        for (file, text) in SHIPPED {
            let definition = Definition::parse(file, text).unwrap();
            assert_eq!(format!("{}.toml", definition.terms().id), *file);
        }
        assert!(shelf.get(DEFAULT).is_some());
    }

    #[test]
    fn the_newest_version_answers_and_two_texts_of_one_name_are_refused() {
        let mut shelf = Definitions::shipped();
        let text = SHIPPED[0].1;
        shelf.add("rearrest.toml", text).unwrap();
        let newer = text.replace("version = 1", "version = 10");
        shelf.add("newer.toml", &newer).unwrap();
        assert_eq!(shelf.get("rearrest").unwrap().terms().version, 10);
        assert_eq!(shelf.get("rearrest@1").unwrap().terms().version, 1);
        assert!(shelf.get("rearrest@2").is_none() && shelf.get("nothing").is_none());
        let other = text.replace("First arrest after", "First arrest following");
        let error = shelf.add("other.toml", &other).unwrap_err();
        assert!(error.to_string().contains("rearrest@1"), "{error}");
    }
}
