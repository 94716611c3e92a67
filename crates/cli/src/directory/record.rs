//! A source as a tree of texts, whatever form it has: so that HSDS as JSON and as tables are read by
//! one reader, and each mistake is told with its file, row and field.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

/// Where something stands in a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The file's name.
    pub(super) file: Arc<str>,
    /// The line of a table; the number of the service in a JSON file, from 1.
    pub(super) row: u64,
    /// Where within that service, as a JSON pointer; empty in a table.
    pub(super) path: String,
}

/// One object of a source, with what belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Where it stands.
    pub(super) place: Place,
    /// Its fields that say something, as text.
    fields: BTreeMap<String, String>,
    /// What belongs to it, by HSDS's name in JSON: `languages`, `service_areas`, `organization`.
    children: BTreeMap<String, Vec<Record>>,
}

/// A mistake in a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct RowError {
    /// The file.
    pub(crate) file: String,
    /// The line of a table; the number of the service in a JSON file, from 1.
    pub(crate) row: u64,
    /// The column, or the JSON pointer within the service.
    pub(crate) field: String,
    /// What is wrong.
    pub(crate) reason: String,
}

impl std::fmt::Display for RowError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            file,
            row,
            field,
            reason,
        } = self;
        write!(f, "{file}, row {row}, {field}: {reason}")
    }
}

impl Record {
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            ..Self::default()
        }
    }

    /// Sets a field, unless there is nothing in it.
    pub(super) fn set(&mut self, name: &str, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.fields.insert(name.to_owned(), text.to_owned());
        }
    }

    /// Adds something that belongs to it.
    pub(super) fn push(&mut self, name: &str, child: Self) {
        self.children
            .entry(name.to_owned())
            .or_default()
            .push(child);
    }

    /// A field's text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// The text of the first of some fields that says something: versions of HSDS differ in names.
    pub(super) fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.text(name))
    }

    /// Fields whose name begins so, with the rest of the name.
    pub(super) fn under<'r>(&'r self, prefix: &'r str) -> impl Iterator<Item = (&'r str, &'r str)> {
        self.fields
            .iter()
            .filter_map(move |(name, text)| Some((name.strip_prefix(prefix)?, text.as_str())))
    }

    /// What belongs to it under a name.
    pub(super) fn all(&self, name: &str) -> &[Self] {
        self.children.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first that belongs to it under a name.
    pub(super) fn first(&self, name: &str) -> Option<&Self> {
        self.all(name).first()
    }

    /// A mistake in a field.
    pub(super) fn wrong(&self, field: &str, reason: impl std::fmt::Display) -> RowError {
        let Place { file, row, path } = &self.place;
        let field = if path.is_empty() {
            field.to_owned()
        } else {
            format!("{path}/{field}")
        };
        RowError {
            file: file.to_string(),
            row: *row,
            field,
            reason: reason.to_string(),
        }
    }
}
