//! Files of data that an office can read and bring its own of: read strictly, known by id and version,
//! and by the digest of their bytes. A version is never edited: what was shared under a name stays
//! what it was.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use homeward_events::id::LedgerId;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::definition::Language;
use crate::instrument::Texts;

/// Longest file, in bytes.
pub const FILE_BYTES_MAX: usize = 64 * 1024;

/// A file that cannot be used: where, and what it should say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: field `{field}`: {problem}")]
pub struct FileError {
    /// The file.
    pub file: String,
    /// The field, `show[0].kinds`; `.` for the file as a whole.
    pub field: String,
    /// What is wrong, and what was expected.
    pub problem: String,
}

/// A field, and what is wrong with it.
pub(crate) type Problem = (String, String);

/// Something that a file says.
pub trait Filed: Sized {
    /// Reads a file; `file` is what errors call it.
    ///
    /// # Errors
    /// It is no TOML, has a field too many or too few, or says something that cannot be meant.
    fn parse(file: &str, text: &str) -> Result<Self, FileError>;

    /// Its id, a slug.
    fn id(&self) -> &str;

    /// Its version, from 1.
    fn version(&self) -> u16;

    /// SHA-256 of the file's bytes, as 64 hexadecimal digits.
    fn digest(&self) -> &str;

    /// Id and version, `today@1`.
    fn name(&self) -> String {
        format!("{}@{}", self.id(), self.version())
    }
}

/// What a file of one kind says, field by field.
pub trait Said: DeserializeOwned {
    /// Its id, a slug.
    fn id(&self) -> &str;

    /// Its version, from 1.
    fn version(&self) -> u16;

    /// What cannot be meant in a file: the field, and what was expected.
    fn unsound(&self) -> Option<(String, String)>;
}

/// A file that was read and found sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnFile<T> {
    terms: T,
    digest: String,
    text: String,
}

impl<T> OnFile<T> {
    /// What it says, field by field.
    pub const fn terms(&self) -> &T {
        &self.terms
    }

    /// The file itself: whoever has it has what it says.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl<T: Said> Filed for OnFile<T> {
    fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        Ok(Self {
            terms: read(file, text, T::unsound)?,
            digest: digest(text),
            text: text.to_owned(),
        })
    }

    fn id(&self) -> &str {
        self.terms.id()
    }

    fn version(&self) -> u16 {
        self.terms.version()
    }

    fn digest(&self) -> &str {
        &self.digest
    }
}

/// Why something cannot be put on a shelf.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShelfError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// Another text has that id and version.
    #[error("{file}: `{name}` is known already with other content: give it another id or version")]
    Taken {
        /// The file.
        file: String,
        /// Id and version.
        name: String,
    },
}

/// What is at hand, by id and version.
#[derive(Debug, Clone)]
pub struct Shelf<T> {
    by_name: BTreeMap<(String, u16), Arc<T>>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            by_name: BTreeMap::new(),
        }
    }
}

impl<T: Filed> Shelf<T> {
    /// A shelf of files that ship. One that cannot be read would be missing here; tests read each.
    pub(crate) fn of(shipped: &[(&str, &str)]) -> Self {
        let mut shelf = Self::default();
        for (file, text) in shipped {
            let added = shelf.add(file, text).map(drop);
            debug_assert!(added.is_ok(), "{added:?}");
        }
        shelf
    }

    /// Puts a file beside the others; the same text twice is once.
    ///
    /// # Errors
    /// It cannot be read, or another one has its id and version.
    pub fn add(&mut self, file: &str, text: &str) -> Result<Arc<T>, ShelfError> {
        let read = T::parse(file, text)?;
        let key = (read.id().to_owned(), read.version());
        if let Some(known) = self.by_name.get(&key) {
            if known.digest() == read.digest() {
                return Ok(Arc::clone(known));
            }
            let (file, name) = (file.to_owned(), read.name());
            return Err(ShelfError::Taken { file, name });
        }
        let read = Arc::new(read);
        self.by_name.insert(key, Arc::clone(&read));
        Ok(read)
    }

    /// What is called `id`, in its newest version, or `id@version`.
    pub fn get(&self, name: &str) -> Option<&Arc<T>> {
        let Some((id, version)) = name.split_once('@') else {
            let versions = (name.to_owned(), 0)..=(name.to_owned(), u16::MAX);
            let mut newest = self.by_name.range(versions).map(|(_, known)| known);
            return newest.next_back();
        };
        self.by_name.get(&(id.to_owned(), version.parse().ok()?))
    }

    /// Everything, by id and version.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<T>> {
        self.by_name.values()
    }

    /// The newest version of each, by id.
    pub fn newest(&self) -> impl Iterator<Item = &Arc<T>> {
        let is_last = |id: &str, version: u16| {
            let later = (id.to_owned(), version.saturating_add(1))..=(id.to_owned(), u16::MAX);
            version == u16::MAX || self.by_name.range(later).next().is_none()
        };
        self.by_name
            .iter()
            .filter(move |((id, version), _)| is_last(id, *version))
            .map(|(_, known)| known)
    }

    /// Ids and versions, for messages.
    pub fn names(&self) -> Vec<String> {
        self.iter().map(|known| known.name()).collect()
    }
}

/// Reads a file's fields and checks what they mean.
fn read<T: DeserializeOwned>(
    file: &str,
    text: &str,
    check: impl FnOnce(&T) -> Option<Problem>,
) -> Result<T, FileError> {
    let wrong = |field: String, problem: String| FileError {
        file: file.to_owned(),
        field,
        problem,
    };
    if text.len() > FILE_BYTES_MAX {
        let problem = format!("{} bytes, at most {FILE_BYTES_MAX}", text.len());
        return Err(wrong(".".to_owned(), problem));
    }
    let no_toml = |error: toml::de::Error| wrong(".".to_owned(), error.message().to_owned());
    let parsed = toml::Deserializer::parse(text).map_err(no_toml)?;
    let read: T = serde_path_to_error::deserialize(parsed).map_err(|error| {
        let field = error.path().to_string();
        wrong(field, error.inner().message().to_owned())
    })?;
    match check(&read) {
        None => Ok(read),
        Some((field, problem)) => Err(wrong(field, problem)),
    }
}

/// What is wrong with an id, a version or titles.
pub(crate) fn check_names(id: &str, version: u16, title: &Texts) -> Option<Problem> {
    let at = |field: &str, problem: &str| Some((field.to_owned(), problem.to_owned()));
    // A ledger's id has the shape that these need: they stand in addresses and file names.
    if id.parse::<LedgerId>().is_err() {
        return at("id", "expected 1 to 64 of a-z, 0-9 and inner `-`");
    }
    if version == 0 {
        return at("version", "expected 1 or more");
    }
    if title.all().is_empty() {
        return at("title", "expected a title in at least one language");
    }
    for (language, text) in title.all() {
        if language.parse::<Language>().is_err() || text.trim().is_empty() {
            let field = format!("title.{language}");
            return at(&field, "expected words, in one of en, es, fr, pt, ht");
        }
    }
    None
}

/// SHA-256 of a file's bytes, in hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            write!(hex, "{byte:02x}").unwrap_or_default();
            hex
        })
}
