//! `homeward definitions`: what figures about returns count, shipped or an office's own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Subcommand;
use homeward_projections::definition::{Definition, Definitions, Language};
use serde_json::{Value, json};

use crate::exit::Outcome;
use crate::out;

/// The folder of the data directory that an office keeps its own definitions in.
const FOLDER: &str = "definitions";

#[derive(Debug, Subcommand)]
pub(crate) enum DefinitionsCommand {
    /// Read definitions and say what they count; a file that is none is a failure
    Check {
        /// The files, TOML
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Language of the sentences: en, es, fr, pt, ht
        #[arg(long, default_value = "en", value_name = "LANG")]
        lang: Language,
    },
    /// List the definitions at hand: the shipped ones, and those in the data directory
    List {
        /// Language of the sentences: en, es, fr, pt, ht
        #[arg(long, default_value = "en", value_name = "LANG")]
        lang: Language,
    },
}

/// `homeward definitions`.
pub(crate) fn run(command: &DefinitionsCommand, data_dir: &Path, as_json: bool) -> Result<Outcome> {
    let (found, lang): (Vec<_>, Language) = match command {
        DefinitionsCommand::Check { files, lang } => {
            let mut shelf = Definitions::default();
            let read = files.iter().map(|file| add(&mut shelf, file));
            (read.collect::<Result<_>>()?, *lang)
        }
        DefinitionsCommand::List { lang } => (at_hand(data_dir)?.iter().cloned().collect(), *lang),
    };
    if as_json {
        let told: Vec<Value> = found.iter().map(|d| told(d, lang)).collect();
        out::json(&told)?;
        return Ok(Outcome::Done);
    }
    for definition in &found {
        out::line(format!(
            "{}  {}",
            definition.name(),
            definition.terms().title
        ))?;
        out::line(format!("  {}", definition.sentence(lang)))?;
        out::line(format!("  sha256:{}", definition.digest()))?;
    }
    Ok(Outcome::Done)
}

fn told(definition: &Definition, lang: Language) -> Value {
    json!({
        "definition": definition.name(),
        "title": definition.terms().title,
        "sentence": definition.sentence(lang),
        "digest": definition.digest(),
    })
}

/// The shipped definitions, and those that lie in the data directory.
///
/// # Errors
/// A file cannot be read or is no definition: a server that started without it would answer from
/// another one.
pub(crate) fn at_hand(data_dir: &Path) -> Result<Definitions> {
    let mut shelf = Definitions::shipped();
    let folder = data_dir.join(FOLDER);
    if !folder.is_dir() {
        return Ok(shelf);
    }
    let entries = fs::read_dir(&folder)
        .with_context(|| format!("folder {} cannot be read", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()
        .with_context(|| format!("folder {} cannot be read", folder.display()))?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    for file in files {
        add(&mut shelf, &file)?;
    }
    Ok(shelf)
}

/// The definition that a word of the command line means: one at hand, or a file.
///
/// # Errors
/// It is neither.
pub(crate) fn meant(shelf: &mut Definitions, word: &str) -> Result<std::sync::Arc<Definition>> {
    if let Some(known) = shelf.get(word) {
        return Ok(std::sync::Arc::clone(known));
    }
    let known = shelf.names().join(", ");
    add(shelf, Path::new(word))
        .with_context(|| format!("expected a file, or one of the definitions {known}"))
}

fn add(shelf: &mut Definitions, file: &Path) -> Result<std::sync::Arc<Definition>> {
    let text = fs::read_to_string(file)
        .with_context(|| format!("definition {} cannot be read", file.display()))?;
    Ok(shelf.add(&file.display().to_string(), &text)?)
}
