//! `homeward replay`: a question answered from the log alone, as of an earlier position or day, with a
//! manifest that says what it rests on. Asked again, it gives the same bytes.

mod ask;
mod known;
mod returns;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow, bail};
use clap::{ArgMatches, Args};
use homeward_api::table_file::{self, Format};
use homeward_events::time::Day;
use homeward_ledger::{Reader, clock};
use homeward_projections::definition::Definition;
use homeward_projections::tables::{self, Parameter, TableKind};
use homeward_projections::{MemoryTable, ReadModel, Sheet};
use homeward_projector::{Bound, FoldedLog, Stage, fold_log};
use jiff::tz::Offset;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub(crate) use self::ask::Question;
use self::known::Known;
use crate::config::LogArgs;
use crate::exit::Outcome;
use crate::find::Left;
use crate::progress::{Progress, Unit};
use crate::source::{ArchiveArgs, Source};
use crate::table_out::{self, TableOut};
use crate::{definitions, out};

/// Threads that fold: what a small machine has.
const WORKERS: usize = 2;

/// Answer a question from the log alone, as of an earlier position or day
#[derive(Debug, Args)]
pub(crate) struct ReplayArgs {
    #[command(flatten)]
    log: LogArgs,
    #[command(flatten)]
    archive: ArchiveArgs,
    /// Up to where the log is known: `head`, a ledger's sequence (`jm:1200`, repeat for several;
    /// ledgers not named are not known at all), or a time in UTC before which it was stored
    #[arg(long, value_name = "KNOWN", default_value = "head")]
    known: Vec<Known>,
    /// Reference day: nothing later counts; today in UTC unless given
    #[arg(long, value_name = "DAY")]
    day: Option<Day>,
    /// Table to ask for, by its name or its read model's
    #[arg(long, default_value = "recidivism", value_name = "TABLE", value_parser = table_kind)]
    model: &'static TableKind,
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    table_out: TableOut,
    /// File to write the table to, for its owner only, with its manifest beside it; several sheets
    /// fill a folder, if one is named, with a file each
    #[arg(long, value_name = "FILE", requires = "format")]
    out: Option<PathBuf>,
}

/// The table of a name.
pub(crate) fn table_kind(name: &str) -> Result<&'static TableKind, String> {
    tables::named(name).ok_or_else(|| {
        let names: Vec<&str> = tables::all().iter().map(|table| table.name).collect();
        format!("expected one of {}, found `{name}`", names.join(", "))
    })
}

/// A definition that an answer rests on.
#[derive(Serialize)]
struct DefinitionUsed {
    /// Id and version.
    definition: String,
    /// SHA-256 of its file.
    digest: String,
}

impl DefinitionUsed {
    fn of(definition: &Definition) -> Self {
        Self {
            definition: definition.name(),
            digest: definition.digest().to_owned(),
        }
    }
}

/// What an answer rests on.
#[derive(Serialize)]
struct Manifest {
    /// Version of this program.
    homeward: &'static str,
    table: &'static str,
    model: &'static str,
    model_version: u32,
    /// The definitions, for figures that have one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    definitions: Vec<DefinitionUsed>,
    /// Up to where the log is known, as it was asked.
    known: Vec<String>,
    /// The last sequence of each ledger that is in.
    sequences: BTreeMap<String, u64>,
    /// The reference day.
    day: Day,
    /// Ledgers that count; empty means every one that is known.
    ledgers: Vec<String>,
    question: Value,
    /// SHA-256 of every row and cell that was folded.
    fold_sha256: String,
    /// SHA-256 of the answer's JSON.
    answer_sha256: String,
}

/// `homeward replay`.
pub(crate) async fn run(
    args: &ReplayArgs,
    data_dir: &Path,
    matches: &ArgMatches,
    as_json: bool,
) -> Result<Outcome> {
    let bound = known::bound(&args.known)?;
    let kind = args.model;
    let model = kind.model;
    let definitions = definitions(kind, &args.question, data_dir)?;
    if definitions.len() > 1 && args.table_out.is_asked() {
        bail!("a file holds the answer by one definition: name one");
    }
    // Every ledger is folded, so that a person's journeys in others are known; the question is
    // about those that were named.
    let ledgers: Vec<String> = args.log.ledgers.iter().map(ToString::to_string).collect();
    let every = Left::read(data_dir)?.ledgers;
    let source = Source::open(&args.archive, data_dir, &args.log, matches, &every).await?;
    let reader = source.reader();
    let folded = fold(&reader, model, &bound).await;
    let known = reader.ledgers().to_vec();
    drop(reader);
    source.close().await;
    let FoldedLog { tables, watermark } = folded?;
    let table = tables
        .get(model.name)
        .ok_or_else(|| anyhow!("`{}` was not folded", model.name))?;
    let day = args
        .day
        .unwrap_or_else(|| Day(Offset::UTC.to_datetime(clock::now()).date()));
    let answer = args
        .question
        .ask(kind, table, &definitions, &ledgers, day.0)?;
    let manifest = Manifest {
        homeward: env!("CARGO_PKG_VERSION"),
        table: kind.name,
        model: model.name,
        model_version: model.version,
        definitions: definitions.iter().map(|d| DefinitionUsed::of(d)).collect(),
        known: args.known.iter().map(ToString::to_string).collect(),
        sequences: known
            .iter()
            .map(|ledger| (ledger.to_string(), watermark.sequence(ledger)))
            .collect(),
        day,
        ledgers,
        question: args.question.to_json(),
        fold_sha256: digest_of(table),
        answer_sha256: hex(&Sha256::digest(serde_json::to_vec(&answer.json)?)),
    };
    if as_json {
        out::json(&json!({ "answer": answer.json, "manifest": manifest }))?;
        return Ok(Outcome::Done);
    }
    if args.table_out.is_asked() {
        let manifest = serde_json::to_value(&manifest)?;
        write_files(args, kind.name, &answer.sheets, &manifest)?;
        return Ok(Outcome::Done);
    }
    for table in &answer.shown {
        out::line(table)?;
        out::line("")?;
    }
    print(&manifest)?;
    Ok(Outcome::Done)
}

/// What is counted, known before the log is read.
fn definitions(
    kind: &TableKind,
    question: &Question,
    data_dir: &Path,
) -> Result<Vec<Arc<Definition>>> {
    if !kind.takes(Parameter::Returns) {
        return Ok(Vec::new());
    }
    let mut shelf = definitions::at_hand(data_dir)?;
    let words = question.returns.definitions().iter();
    words
        .map(|word| definitions::meant(&mut shelf, word))
        .collect()
}

/// Writes the table in the format that was asked for.
fn write_files(args: &ReplayArgs, table: &str, sheets: &[Sheet], manifest: &Value) -> Result<()> {
    let format = args.table_out.format.unwrap_or(Format::Csv);
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let asked = args.table_out.sheet.as_deref();
    let targets = table_out::targets(table, &names, format, asked, args.out.as_deref())?;
    table_out::remark_left_out(&names, &targets);
    for target in &targets {
        let wanted = target.sheet.as_ref();
        let chosen: Vec<Sheet> = sheets
            .iter()
            .filter(|sheet| wanted.is_none_or(|name| *name == sheet.name))
            .cloned()
            .collect();
        let bytes = table_file::write(format, &chosen, manifest)?;
        table_out::write(target, &bytes, manifest)?;
    }
    Ok(())
}

async fn fold(reader: &Reader, model: &'static ReadModel, bound: &Bound) -> Result<FoldedLog> {
    let progress = Progress::new("reading", Some(0), Unit::Commits);
    let folded = fold_log(reader, &[model], bound, WORKERS, |now| {
        progress.expect(now.total);
        progress.reach(now.done);
        progress.say(match now.stage {
            Stage::Reading => "reading the log".to_owned(),
            Stage::Folding => "folding".to_owned(),
            Stage::Writing => "writing".to_owned(),
        });
    })
    .await;
    progress.clear();
    folded.context("the log cannot be folded up to there")
}

/// The manifest, for people: one line each, in a fixed order.
fn print(manifest: &Manifest) -> Result<()> {
    let words = |texts: &[String], none: &str| {
        if texts.is_empty() {
            none.to_owned()
        } else {
            texts.join(", ")
        }
    };
    let sequences: Vec<String> = manifest
        .sequences
        .iter()
        .map(|(ledger, last)| format!("{ledger}:{last}"))
        .collect();
    out::line(format!("table       {}", manifest.table))?;
    out::line(format!(
        "model       {}@{} of homeward {}",
        manifest.model, manifest.model_version, manifest.homeward
    ))?;
    for used in &manifest.definitions {
        out::line(format!(
            "definition  {} sha256:{}",
            used.definition, used.digest
        ))?;
    }
    out::line(format!("known       {}", manifest.known.join(", ")))?;
    out::line(format!("sequences   {}", words(&sequences, "none")))?;
    out::line(format!("day         {}", manifest.day))?;
    out::line(format!("ledgers     {}", words(&manifest.ledgers, "every")))?;
    out::line(format!("question    {}", manifest.question))?;
    out::line(format!("fold        sha256:{}", manifest.fold_sha256))?;
    out::line(format!("answer      sha256:{}", manifest.answer_sha256))?;
    Ok(())
}

/// A digest over rows and cells in their order, each with its length, so that none can pass for two.
fn digest_of(table: &MemoryTable) -> String {
    let mut hasher = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(bytes);
    };
    for (key, row) in &table.rows {
        part(key.as_bytes());
        part(row);
    }
    part(b"cells");
    for (key, count) in &table.cells {
        part(key.as_bytes());
        part(&count.to_be_bytes());
    }
    hex(&hasher.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        write!(hex, "{byte:02x}").unwrap_or_default();
        hex
    })
}
