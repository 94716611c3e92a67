//! Figures by name, each to be met once.

use std::collections::BTreeMap;

use crate::cohort::{lines, path};

/// Figures that have not been met yet; `None` is R's NA.
pub(crate) struct Figures {
    left: BTreeMap<String, Option<f64>>,
    missed: Vec<String>,
}

impl Figures {
    /// Figures of `golden.csv` whose name begins so.
    pub(crate) fn golden(prefix: &str) -> Self {
        let figures = lines("golden.csv").into_iter().map(|line| {
            let value = line["value"].parse::<f64>().ok();
            (line["name"].clone(), value.filter(|value| !value.is_nan()))
        });
        Self {
            left: figures
                .filter(|(name, _)| name.starts_with(prefix))
                .collect(),
            missed: Vec::new(),
        }
    }

    /// Numbers of a document, by the path to them.
    pub(crate) fn document(file: &str) -> Self {
        fn walk(value: &serde_json::Value, name: String, left: &mut BTreeMap<String, Option<f64>>) {
            match value {
                serde_json::Value::Object(fields) => {
                    for (key, value) in fields {
                        walk(value, format!("{name}/{key}"), left);
                    }
                }
                serde_json::Value::Array(items) => {
                    for (place, value) in items.iter().enumerate() {
                        walk(value, format!("{name}/{place}"), left);
                    }
                }
                serde_json::Value::Number(number) => {
                    left.insert(name, number.as_f64());
                }
                serde_json::Value::Null => {
                    left.insert(name, None);
                }
                serde_json::Value::String(_) | serde_json::Value::Bool(_) => {}
            }
        }
        let text = std::fs::read_to_string(path(file)).expect("document is there");
        let mut left = BTreeMap::new();
        let document = serde_json::from_str(&text).expect("document is JSON");
        walk(&document, String::new(), &mut left);
        Self {
            left,
            missed: Vec::new(),
        }
    }

    /// Names not met yet that begin so.
    pub(crate) fn names(&self, prefix: &str) -> Vec<String> {
        let names = self.left.keys().filter(|name| name.starts_with(prefix));
        names.cloned().collect()
    }

    /// Meets a figure to within `tolerance`, relative above 1.
    pub(crate) fn meet(&mut self, name: &str, found: impl Into<Option<f64>>, tolerance: f64) {
        let found = found.into();
        let known = self.left.contains_key(name);
        assert!(known, "no figure `{name}`, or met before");
        let expected = self.left.remove(name).flatten();
        let met = match (expected, found) {
            (None, None) => true,
            (Some(e), Some(f)) => (e - f).abs() <= tolerance * e.abs().max(1.0),
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !met {
            let line = format!("`{name}`: expected {expected:?}, found {found:?}");
            self.missed.push(line);
        }
    }

    /// Puts our figure in the place of R's, where we know why they differ.
    pub(crate) fn replace(&mut self, name: &str, of_r: f64, ours: f64) {
        let found = self.left.insert(name.to_owned(), Some(ours)).flatten();
        let replaced = found.is_some_and(|found| (found - of_r).abs() < 1e-9);
        assert!(replaced, "`{name}`: expected {of_r} of R, found {found:?}");
    }

    /// Every figure has been met.
    pub(crate) fn done(self) {
        assert!(self.missed.is_empty(), "{}", self.missed.join("\n"));
        assert!(self.left.is_empty(), "not met: {:?}", self.left);
    }
}
