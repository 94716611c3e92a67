//! `homeward worklists` and `homeward schedules`: lists and schedules that ship, and an office's own,
//! each a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use homeward_projections::schedule::{self, Schedule, Schedules};
use homeward_projections::shelf::{Filed, Shelf};
use homeward_projections::worklist::{self, Worklist, Worklists};
use serde_json::{Value, json};

use crate::exit::Outcome;
use crate::out;

/// What is done with files of a kind.
#[derive(Debug, Subcommand)]
pub(crate) enum FilesCommand {
    /// Read files as a server would; one that cannot be used is a failure
    Check {
        /// The files, TOML
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// List those that ship and those in the data directory
    List,
}

/// Something that is kept in files of its own folder.
pub(crate) trait Kept: Filed {
    /// The folder of the data directory.
    const FOLDER: &'static str;

    /// Those that ship.
    fn shipped() -> Shelf<Self>;

    /// What it is called, in English where it is told so.
    fn title(&self) -> &str;

    /// What it says, a line each.
    fn lines(&self) -> Vec<String>;
}

impl Kept for Schedule {
    const FOLDER: &'static str = "schedules";

    fn shipped() -> Schedules {
        schedule::shipped()
    }

    fn title(&self) -> &str {
        self.terms().title.text("en")
    }

    fn lines(&self) -> Vec<String> {
        let steps = self.terms().follow_ups.iter();
        steps.map(ToString::to_string).collect()
    }
}

impl Kept for Worklist {
    const FOLDER: &'static str = "worklists";

    fn shipped() -> Worklists {
        worklist::shipped()
    }

    fn title(&self) -> &str {
        self.terms().title.text("en")
    }

    fn lines(&self) -> Vec<String> {
        let parts = self.terms().show.iter().map(ToString::to_string);
        let levels = self.terms().escalation.iter();
        let levels = levels.map(|level| format!("{} is told after {}", level.level, level.after));
        parts.chain(levels).collect()
    }
}

/// `homeward worklists` or `homeward schedules`.
pub(crate) fn run<T: Kept>(
    command: &FilesCommand,
    data_dir: &Path,
    as_json: bool,
) -> Result<Outcome> {
    let found: Vec<Arc<T>> = match command {
        FilesCommand::Check { files } => {
            let mut shelf = at_hand::<T>(data_dir)?;
            let read = files.iter().map(|file| add(&mut shelf, file));
            read.collect::<Result<_>>()?
        }
        FilesCommand::List => at_hand::<T>(data_dir)?.iter().cloned().collect(),
    };
    if as_json {
        let told: Vec<Value> = found.iter().map(|known| summary(&**known)).collect();
        out::json(&json!({ T::FOLDER: told }))?;
        return Ok(Outcome::Done);
    }
    for known in found {
        out::line(format!("{}  {}", known.name(), known.title()))?;
        for line in known.lines() {
            out::line(format!("  {line}"))?;
        }
        out::line(format!("  sha256:{}", known.digest()))?;
    }
    Ok(Outcome::Done)
}

fn summary<T: Kept>(known: &T) -> Value {
    json!({
        "name": known.name(),
        "title": known.title(),
        "says": known.lines(),
        "digest": known.digest(),
    })
}

/// Those that ship, and the office's own.
///
/// # Errors
/// A file cannot be read, or says other things under an id and version that are taken.
pub(crate) fn at_hand<T: Kept>(data_dir: &Path) -> Result<Shelf<T>> {
    let mut shelf = T::shipped();
    let folder = data_dir.join(T::FOLDER);
    if !folder.is_dir() {
        return Ok(shelf);
    }
    let cannot = || format!("folder {} cannot be read", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(cannot)? {
        files.push(entry.with_context(cannot)?.path());
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    for file in files {
        add(&mut shelf, &file)?;
    }
    Ok(shelf)
}

fn add<T: Kept>(shelf: &mut Shelf<T>, file: &Path) -> Result<Arc<T>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(shelf.add(&file.display().to_string(), &text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offices_own_list_is_at_hand_and_a_bad_one_is_named_with_its_field() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join(Worklist::FOLDER);
        fs::create_dir(&own).unwrap();
        let today = worklist::shipped().get("today").unwrap().text().to_owned();
        fs::write(
            own.join("mine.toml"),
            today.replacen("id = \"today\"", "id = \"mine\"", 1),
        )
        .unwrap();
        let shelf = at_hand::<Worklist>(folder.path()).unwrap();
        assert!(shelf.get("mine@1").is_some() && shelf.get("today").is_some());
        let edited = today.replacen("1 day", "2 days", 1);
        fs::write(own.join("z.toml"), edited).unwrap();
        let error = format!("{:#}", at_hand::<Worklist>(folder.path()).unwrap_err());
        assert!(
            error.contains("z.toml: `today@1` is known already"),
            "{error}"
        );
        fs::write(own.join("z.toml"), today.replacen("1 day", "soon", 1)).unwrap();
        let error = format!("{:#}", at_hand::<Worklist>(folder.path()).unwrap_err());
        assert!(
            error.contains("z.toml: field `show[1].due_within`"),
            "{error}"
        );
    }
}
