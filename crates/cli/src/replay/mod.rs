//! `homeward replay`: a question answered from the log alone, as of an earlier position or day, with a
//! manifest that says what it rests on. Asked again, it gives the same bytes.

mod ask;
mod manifest;
mod regression;
mod returns;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::{ArgMatches, Args};
use homeward_api::table_file::{self, Format};
use homeward_events::time::Day;
use homeward_ledger::{Reader, clock};
use homeward_projections::definition::Definition;
use homeward_projections::tables::{self, Parameter, TableKind};
use homeward_projections::{ReadModel, Sheet};
use homeward_projector::Stage;
use homeward_projector::past::{Kept, Known, Past, PastConfig, PastError, build, digest};
use jiff::tz::Offset;
use serde_json::{Value, json};

pub(crate) use self::ask::{Question, condition};
use self::manifest::{DefinitionUsed, Manifest};
use crate::config::LogArgs;
use crate::exit::Outcome;
use crate::find::Left;
use crate::progress::{Progress, Unit};
use crate::source::{ArchiveArgs, Source};
use crate::table_out::{self, TableOut};
use crate::{definitions, out};

/// Threads that fold: what a small machine has.
const WORKERS: usize = 2;
/// How often progress is shown.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

/// Answer a question from the log alone, as of an earlier position or day
#[derive(Debug, Args)]
pub(crate) struct ReplayArgs {
    #[command(flatten)]
    log: LogArgs,
    #[command(flatten)]
    archive: ArchiveArgs,
    /// Up to where the log is known: `head`, a ledger's sequence (`jm:1200`, repeat for several;
    /// ledgers not named are not known at all), a named cut (`cut:2026-Q2`), or a time in UTC before
    /// which it was stored
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

/// `homeward replay`.
pub(crate) async fn run(
    args: &ReplayArgs,
    data_dir: &Path,
    matches: &ArgMatches,
    as_json: bool,
) -> Result<Outcome> {
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
    // An archive may lie anywhere, and is quick to read: nothing is left beside it.
    let kept_in = matches!(source, Source::Log(_)).then(|| data_dir.to_owned());
    let told = told(reader.clone(), kept_in, &args.known, model).await;
    let known = reader.ledgers().to_vec();
    drop(reader);
    source.close().await;
    let kept = told?;
    let day = args
        .day
        .unwrap_or_else(|| Day(Offset::UTC.to_datetime(clock::now()).date()));
    let answer = args
        .question
        .ask(kind, &kept.table, &definitions, &ledgers, day.0)?;
    let question = args.question.to_json();
    let asked = serde_json::to_vec(&json!([kind.name, question, ledgers, day]))?;
    let manifest = Manifest {
        homeward: env!("CARGO_PKG_VERSION"),
        build: build(),
        table: kind.name,
        model: model.name,
        model_version: model.version,
        definitions: definitions.iter().map(|d| DefinitionUsed::of(d)).collect(),
        known: args.known.iter().map(ToString::to_string).collect(),
        sequences: known
            .iter()
            .map(|ledger| {
                let sequence = kept.moment.watermark().sequence(ledger);
                (ledger.to_string(), sequence)
            })
            .collect(),
        log_sha256: kept.log_sha256.to_string(),
        day,
        ledgers,
        question,
        question_sha256: digest(&asked).to_string(),
        fold_sha256: manifest::digest_of(&kept.table),
        answer_sha256: digest(&serde_json::to_vec(&answer.json)?).to_string(),
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
    manifest.print()?;
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

/// A model up to what is known: kept from an earlier question, or folded from the log.
async fn told(
    reader: Reader,
    kept_in: Option<PathBuf>,
    known: &[Known],
    model: &'static ReadModel,
) -> Result<Arc<Kept>> {
    let config = PastConfig {
        workers: WORKERS,
        ..PastConfig::of(kept_in)
    };
    let past = Past::open(config, reader);
    let resolved = past.known(known).await?;
    let progress = Progress::new("reading", Some(0), Unit::Commits);
    let kept = loop {
        match past.table(model, &resolved.moment, PROGRESS_EVERY).await {
            Err(PastError::Folding(now)) => {
                progress.expect(now.total);
                progress.reach(now.done);
                progress.say(match now.stage {
                    Stage::Reading => "reading the log".to_owned(),
                    Stage::Folding => "folding".to_owned(),
                    Stage::Writing => "writing".to_owned(),
                });
            }
            ended => break ended,
        }
    };
    progress.clear();
    let kept = kept.context("the log cannot be folded up to there")?;
    if let Some(named) = resolved
        .log_sha256
        .filter(|named| *named != kept.log_sha256)
    {
        let found = &kept.log_sha256;
        bail!("the log is not what it was when the cut was named: {found} instead of {named}");
    }
    Ok(kept)
}
