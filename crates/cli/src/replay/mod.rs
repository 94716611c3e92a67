//! `homeward replay`: a question answered from the log alone, as of an earlier position or day, with a
//! manifest that says what it rests on. Asked again, it gives the same bytes.

mod ask;
mod manifest;
mod returns;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, Args};
use homeward_events::time::Day;
use homeward_ledger::{Reader, clock};
use homeward_projections::definition::Definition;
use homeward_projections::{ReadModel, histories};
use homeward_projector::Stage;
use homeward_projector::past::{Kept, Known, Past, PastConfig, PastError, build, digest};
use jiff::tz::Offset;
use serde_json::json;

use self::ask::Question;
pub(crate) use self::ask::condition;
use self::manifest::{DefinitionUsed, Manifest};
use crate::config::LogArgs;
use crate::definitions;
use crate::exit::Outcome;
use crate::find::Left;
use crate::out;
use crate::progress::{Progress, Unit};
use crate::source::{ArchiveArgs, Source};

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
    /// Read model to ask
    #[arg(long, default_value = histories::HISTORIES.name, value_name = "MODEL",
          value_parser = PossibleValuesParser::new(homeward_projections::all().iter().map(|m| m.name)))]
    model: String,
    #[command(flatten)]
    question: Question,
}

/// `homeward replay`.
pub(crate) async fn run(
    args: &ReplayArgs,
    data_dir: &Path,
    matches: &ArgMatches,
    as_json: bool,
) -> Result<Outcome> {
    let model = model(&args.model)?;
    let definitions = definitions(model, &args.question, data_dir)?;
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
        .ask(model.name, &kept.table, &definitions, &ledgers, day.0)?;
    let question = args.question.to_json();
    let asked = serde_json::to_vec(&json!([model.name, question, ledgers, day]))?;
    let manifest = Manifest {
        homeward: env!("CARGO_PKG_VERSION"),
        build: build(),
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
    for table in answer.tables {
        out::line(table.trim_fmt())?;
        out::line("")?;
    }
    manifest.print()?;
    Ok(Outcome::Done)
}

/// What is counted, known before the log is read.
fn definitions(
    model: &ReadModel,
    question: &Question,
    data_dir: &Path,
) -> Result<Vec<Arc<Definition>>> {
    if model.name != histories::HISTORIES.name {
        return Ok(Vec::new());
    }
    let mut shelf = definitions::at_hand(data_dir)?;
    let words = question.returns.definitions().iter();
    words
        .map(|word| definitions::meant(&mut shelf, word))
        .collect()
}

fn model(name: &str) -> Result<&'static ReadModel> {
    homeward_projections::all()
        .iter()
        .copied()
        .find(|model| model.name == name)
        .with_context(|| format!("there is no read model `{name}`"))
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
