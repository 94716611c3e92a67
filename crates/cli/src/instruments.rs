//! `homeward instruments`: files of instruments, checked and listed; and those that a house knows.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Subcommand;
use homeward_projections::instrument::{FILE_BYTES_MAX, Instrument, Instruments};
use serde_json::{Value, json};

use crate::exit::Outcome;
use crate::out;

/// Folder within the data directory that holds an office's own.
const FOLDER: &str = "instruments";

/// What is done with instruments.
#[derive(Debug, Subcommand)]
pub(crate) enum InstrumentsCommand {
    /// Read a file as a server would, and say what it asks and scores
    Check {
        /// The file, in TOML
        file: PathBuf,
    },
    /// List those that ship and those in the data directory
    List,
}

/// `homeward instruments`.
pub(crate) fn run(command: &InstrumentsCommand, data_dir: &Path, as_json: bool) -> Result<Outcome> {
    match command {
        InstrumentsCommand::Check { file } => {
            let mut known = known(data_dir)?;
            let instrument = read(file)?;
            known.add(instrument.clone())?;
            if as_json {
                out::json(&summary(&instrument))?;
            } else {
                print(&instrument)?;
            }
        }
        InstrumentsCommand::List => {
            let known = known(data_dir)?;
            if as_json {
                let all: Vec<Value> = known.all().map(summary).collect();
                out::json(&json!({ "instruments": all }))?;
                return Ok(Outcome::Done);
            }
            for instrument in known.all() {
                print(instrument)?;
            }
        }
    }
    Ok(Outcome::Done)
}

/// Those that ship, and the office's own from `instruments/*.toml` of its data directory.
///
/// # Errors
/// A file is no instrument, or says other things under an id and version that are taken.
pub(crate) fn known(data_dir: &Path) -> Result<Instruments> {
    let mut known = Instruments::embedded().clone();
    let folder = data_dir.join(FOLDER);
    if !folder.is_dir() {
        return Ok(known);
    }
    let cannot = || format!("folder {} cannot be read", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder).with_context(cannot)? {
        let path = entry.with_context(cannot)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            paths.push(path);
        }
    }
    paths.sort();
    for path in paths {
        let added = known.add(read(&path)?);
        added.with_context(|| format!("{} cannot be used", path.display()))?;
    }
    Ok(known)
}

fn read(path: &Path) -> Result<Instrument> {
    let name = path.display();
    let bytes = fs::metadata(path).with_context(|| format!("{name} cannot be read"))?;
    if usize::try_from(bytes.len()).map_or(true, |length| length > FILE_BYTES_MAX) {
        bail!("{name} is larger than {FILE_BYTES_MAX} bytes: it is no instrument");
    }
    let text = fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
    Ok(Instrument::parse(&name.to_string(), &text)?)
}

fn summary(instrument: &Instrument) -> Value {
    json!({
        "name": instrument.name(),
        "title": instrument.title.all(),
        "label": instrument.label.all(),
        "source": instrument.source,
        "items": instrument.items.len(),
        "languages": instrument.languages,
        "digest": instrument.digest,
    })
}

fn print(instrument: &Instrument) -> Result<()> {
    out::line(format!(
        "{}  sha256:{}",
        instrument.name(),
        instrument.digest
    ))?;
    out::line(format!(
        "  {} ({})",
        instrument.title.text("en"),
        instrument.label.text("en")
    ))?;
    for part in &instrument.dimensions {
        let items = instrument.items.iter();
        let items = items.filter(|item| item.dimension == part.dimension);
        out::line(format!(
            "  {}: {} items, a score from {} answers, weight {}",
            part.dimension,
            items.count(),
            part.answered_min,
            part.weight
        ))?;
    }
    out::line(format!(
        "  overall: from {} dimensions; languages {}",
        instrument.dimensions_min,
        instrument.languages.join(", ")
    ))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offices_own_file_is_known_and_a_bad_one_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join(FOLDER);
        fs::create_dir(&own).unwrap();
        let example = Instruments::embedded().all().next().unwrap();
        let mine = example.text.replacen("example-sustainability", "office", 1);
        fs::write(own.join("office.toml"), mine).unwrap();
        let names: Vec<String> = known(folder.path())
            .unwrap()
            .all()
            .map(Instrument::name)
            .collect();
        assert_eq!(names, ["example-sustainability@1", "office@1"]);
        let edited = example.text.replacen("weight = 1", "weight = 2", 1);
        fs::write(own.join("z.toml"), edited).unwrap();
        let error = format!("{:#}", known(folder.path()).unwrap_err());
        assert!(
            error.contains("z.toml cannot be used: example-sustainability@1 is known"),
            "{error}"
        );
        fs::write(own.join("z.toml"), "version = 1").unwrap();
        let error = format!("{:#}", known(folder.path()).unwrap_err());
        assert!(error.contains("z.toml: `"), "{error}");
    }
}
