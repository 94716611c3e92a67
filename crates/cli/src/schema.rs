//! `homeward schema`: what writers in other languages need, as files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::exit::Outcome;
use crate::out;

/// Write the JSON Schema of every event type, and the AsyncAPI document
#[derive(Debug, Args)]
#[group(required = false, multiple = false)]
pub(crate) struct SchemaArgs {
    /// Write the files into this folder
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// Compare the files in this folder; exit code 4 if they differ
    #[arg(long, value_name = "DIR")]
    check: Option<PathBuf>,
}

/// `homeward schema`; without a folder it lists the files' names.
pub(crate) fn run(args: &SchemaArgs) -> Result<Outcome> {
    let files = homeward_events::schema::files();
    if let Some(folder) = &args.write {
        fs::create_dir_all(folder)
            .with_context(|| format!("folder {} cannot be made", folder.display()))?;
        for (name, content) in &files {
            let path = folder.join(name);
            fs::write(&path, content)
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
        out::line(format!(
            "{} files written to {}",
            files.len(),
            folder.display()
        ))?;
        return Ok(Outcome::Done);
    }
    if let Some(folder) = &args.check {
        return check(folder);
    }
    for name in files.keys() {
        out::line(name)?;
    }
    Ok(Outcome::Done)
}

fn check(folder: &Path) -> Result<Outcome> {
    if !folder.is_dir() {
        bail!("{} is no folder", folder.display());
    }
    let files = homeward_events::schema::files();
    let mut differs = false;
    for (name, content) in &files {
        let found = fs::read_to_string(folder.join(name)).unwrap_or_default();
        if found != *content {
            differs = true;
            out::line(format!("{name} differs"))?;
        }
    }
    let entries = fs::read_dir(folder)
        .with_context(|| format!("folder {} cannot be read", folder.display()))?;
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_schema = Path::new(&name)
            .extension()
            .is_some_and(|extension| extension == "json");
        if is_schema && !files.contains_key(&name) {
            differs = true;
            out::line(format!("{name} is not generated any more"))?;
        }
    }
    if differs {
        let folder = folder.display();
        out::remark(format!(
            "write them again with `homeward schema --write {folder}`"
        ));
        return Ok(Outcome::Differs);
    }
    out::line(format!("{} files agree", files.len()))?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_agrees_until_it_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        let write = SchemaArgs {
            write: Some(path.clone()),
            check: None,
        };
        let check = SchemaArgs {
            write: None,
            check: Some(path.clone()),
        };
        assert_eq!(run(&check).unwrap(), Outcome::Differs);
        assert_eq!(run(&write).unwrap(), Outcome::Done);
        assert_eq!(run(&check).unwrap(), Outcome::Done);
        fs::write(path.join("left-over.v1.json"), "{}").unwrap();
        assert_eq!(run(&check).unwrap(), Outcome::Differs);
    }
}
