//! Mappings: which column of a table feeds which field of which event, as a file.
//!
//! Pure but for opening files: the same table under the same mapping is the same events with the same
//! ids. To add a kind of value: an arm of [`fields::Holds`], met in [`apply`].

mod apply;
mod begin;
mod dates;
mod fields;
mod file;
mod letters;
#[cfg(test)]
mod tests;
mod value;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Subcommand;
use homeward_events::codec::Defaults;
use homeward_events::time::RecordedAt;
use homeward_ledger::clock;
use serde_json::json;

pub(crate) use self::apply::{Bound, Fault};
pub(crate) use self::file::Mapping;
use crate::exit::Outcome;
use crate::out;
use crate::table_in::{Shape, TableIn};

/// Largest mapping that is read, in bytes.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// The mapping of a plain manifest, which comes with the program.
pub(crate) const MANIFEST: &str = include_str!("../../mappings/manifest.toml");

/// What is done with mappings.
#[derive(Debug, Subcommand)]
pub(crate) enum MappingCommand {
    /// Read a mapping as `publish` would, and say what it tells and needs
    Check {
        /// The file, in TOML
        file: PathBuf,
        /// A table that it must fit
        #[arg(long, value_name = "FILE")]
        table: Option<PathBuf>,
        /// A column that every row has alike
        #[arg(long, value_name = "COLUMN=VALUE", value_parser = column_value)]
        set: Vec<(String, String)>,
    },
    /// Begin a mapping for the columns of a table: prints it, with what each field says
    New {
        /// The table: CSV or XLSX
        table: PathBuf,
        /// An event that each row tells, such as reception.received; may be given several times
        #[arg(long = "type", value_name = "TYPE", required = true)]
        types: Vec<String>,
        /// The sheet of a workbook
        #[arg(long)]
        sheet: Option<String>,
    },
    /// Print the mapping of a plain manifest that comes with the program
    Manifest,
}

/// `column=value`.
///
/// # Errors
/// There is no `=`, or nothing before it.
pub(crate) fn column_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((column, value)) if !column.trim().is_empty() => {
            Ok((column.trim().to_owned(), value.trim().to_owned()))
        }
        Some(_) | None => Err("expected column=value".to_owned()),
    }
}

/// `homeward mapping`.
pub(crate) fn run(command: &MappingCommand, as_json: bool) -> Result<Outcome> {
    match command {
        MappingCommand::Check { file, table, set } => check(file, table.as_deref(), set, as_json),
        MappingCommand::New {
            table,
            types,
            sheet,
        } => {
            let shape = Shape {
                sheet: sheet.clone(),
                ..Shape::default()
            };
            let table = TableIn::open(table, &shape)?;
            out::line(begin::begin(&table.columns, types)?.trim_end())?;
            Ok(Outcome::Done)
        }
        MappingCommand::Manifest => {
            out::line(MANIFEST.trim_end())?;
            Ok(Outcome::Done)
        }
    }
}

fn check(
    file: &Path,
    table: Option<&Path>,
    set: &[(String, String)],
    as_json: bool,
) -> Result<Outcome> {
    let mapping = read(file)?;
    let types: Vec<&str> = mapping.types().collect();
    let columns: Vec<&str> = mapping.columns().into_iter().collect();
    if as_json {
        out::json(&json!({ "events": types, "columns": columns }))?;
    } else {
        out::line(format!("each row tells {}", types.join(", ")))?;
        out::line(format!("it needs the columns {}", columns.join(", ")))?;
    }
    if let Some(path) = table {
        let table = TableIn::open(path, &mapping.shape)?;
        bind(mapping, &table, set)?;
    }
    Ok(Outcome::Done)
}

/// Reads a mapping from its file.
///
/// # Errors
/// The file cannot be read, or is no mapping: everything that is wrong with it.
pub(crate) fn read(file: &Path) -> Result<Mapping> {
    let cannot = || format!("mapping {} cannot be read", file.display());
    if fs::metadata(file).with_context(cannot)?.len() > FILE_BYTES_MAX {
        bail!(
            "mapping {}: more than {FILE_BYTES_MAX} bytes",
            file.display()
        );
    }
    let text = fs::read_to_string(file).with_context(cannot)?;
    Mapping::read(&text).with_context(|| format!("mapping {}", file.display()))
}

/// Fits a mapping to a table.
///
/// # Errors
/// The table lacks columns that the mapping names.
pub(crate) fn bind(mapping: Mapping, table: &TableIn, set: &[(String, String)]) -> Result<Bound> {
    let bound = mapping.bind(&table.columns, set, stand_in());
    bound.map_err(|wrong| anyhow::anyhow!("{}", wrong.join("\n")))
}

/// What the border will fill in, for reading strictly before anything is sent.
pub(crate) fn stand_in() -> Defaults {
    Defaults {
        recorded: RecordedAt(clock::now()),
        agency: "agency-of-the-key".parse().ok(),
        actor: None,
    }
}
