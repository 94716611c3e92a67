//! What was measured, as a table for people and as JSON for whoever compares runs.

use std::fs;
use std::path::Path;

use comfy_table::{Table, presets};
use serde::Serialize;
use serde_json::Value;

use crate::Result;

/// How far a figure may go.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Bar {
    AtLeast(f64),
    AtMost(f64),
}

impl Bar {
    fn holds(self, figure: f64) -> bool {
        match self {
            Self::AtLeast(bar) => figure >= bar,
            Self::AtMost(bar) => figure <= bar,
        }
    }
}

impl std::fmt::Display for Bar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AtLeast(bar) => write!(f, "at least {bar}"),
            Self::AtMost(bar) => write!(f, "at most {bar}"),
        }
    }
}

/// One figure.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    /// `append`, `rebuild`, `archive`, `past`, `read` or `people`.
    pub(crate) group: &'static str,
    /// What was done.
    pub(crate) what: String,
    /// The house's own figure, with its unit.
    pub(crate) house: String,
    /// What it is compared with.
    pub(crate) compared_with: String,
    /// The figure of that, with its unit.
    pub(crate) other: String,
    /// The house's divided by the other's, or a plain figure where nothing is compared.
    pub(crate) ratio: f64,
    /// How far it may go.
    pub(crate) bar: Option<Bar>,
    /// Rounds, quantiles, processor time: what a doubter asks for.
    pub(crate) details: Value,
}

impl Figure {
    fn met(&self) -> Option<bool> {
        self.bar.map(|bar| bar.holds(self.ratio))
    }
}

/// All figures of a run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) quick: bool,
    pub(crate) cores: usize,
    pub(crate) figures: Vec<Figure>,
}

impl Report {
    /// Whether every figure with a bar keeps within it.
    pub(crate) fn all_met(&self) -> bool {
        self.figures
            .iter()
            .all(|figure| figure.met() != Some(false))
    }

    /// Writes the JSON, whole or not at all.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let fresh = path.with_extension("json.new");
        fs::write(&fresh, serde_json::to_string_pretty(self)? + "\n")?;
        Ok(fs::rename(fresh, path)?)
    }

    pub(crate) fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_style(presets::ASCII_MARKDOWN);
        table.set_header([
            "",
            "what",
            "house",
            "compared with",
            "",
            "ratio",
            "bar",
            "met",
        ]);
        for figure in &self.figures {
            table.add_row([
                figure.group.to_owned(),
                figure.what.clone(),
                figure.house.clone(),
                figure.compared_with.clone(),
                figure.other.clone(),
                format!("{:.2}", figure.ratio),
                figure.bar.map_or_else(String::new, |bar| bar.to_string()),
                figure
                    .met()
                    .map_or("", |met| if met { "yes" } else { "NO" })
                    .to_owned(),
            ]);
        }
        table
    }
}

/// The value at a share of the sorted values, by nearest rank; nothing for no values.
pub(crate) fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let skipped = values
        .iter()
        .enumerate()
        .find(|(index, _)| rank(*index, values.len()) >= share);
    skipped.map_or(f64::NAN, |(_, value)| *value)
}

/// The share of values that are at most the one at an index.
fn rank(index: usize, of: usize) -> f64 {
    real(index + 1) / real(of.max(1))
}

/// A count as a real number; counts here are far below 2^53.
pub(crate) fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
