//! Which figure is asked about, and the log that it is of.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, Args};
use homeward_events::id::LedgerId;
use homeward_events::time::Day;
use homeward_ledger::{Reader, clock};
use homeward_projections::definition::{Definition, shelf};
use homeward_projections::explain::{Conditions, Figure, Returns};
use homeward_projections::{ReadModel, Sheet, histories};
use homeward_projector::past::{Known, LogFacts, Past, PastConfig, read_log};
use homeward_projector::{Bound, Stage, Watermark};
use jiff::tz::Offset;
use serde_json::{Value, json};

use crate::config::LogArgs;
use crate::definitions;
use crate::find::Left;
use crate::progress::{Progress, Unit};
use crate::replay::condition;
use crate::source::{ArchiveArgs, Source};
use crate::{out, terminal};

/// The read models that can be explained.
pub(super) fn models() -> PossibleValuesParser {
    models_and([])
}

/// The same, and other words.
pub(super) fn models_and<const N: usize>(words: [&'static str; N]) -> PossibleValuesParser {
    let models = homeward_projections::all().iter().map(|model| model.name);
    PossibleValuesParser::new(models.chain([RETURNS]).chain(words))
}

/// The figures about returns: what a definition makes of histories.
const RETURNS: &str = "recidivism";

/// The definition that a word means; the usual one when there is no word.
///
/// # Errors
/// It is neither at hand nor a file.
pub(super) fn definition(data_dir: &Path, word: Option<&str>) -> Result<Arc<Definition>> {
    let mut shelf = definitions::at_hand(data_dir)?;
    definitions::meant(&mut shelf, word.unwrap_or(shelf::DEFAULT))
}

/// Which part of a read model is meant.
#[derive(Debug, Clone, Args)]
pub(super) struct FigureArgs {
    /// Only these values of a dimension, such as `sex=female`; repeat for several
    #[arg(long, value_name = "DIMENSION=VALUE", value_parser = condition)]
    only: Vec<(String, String)>,
    /// Only what stands so on the reference day: referrals `open` or `overdue`; follow-ups
    /// `upcoming`, `due` or `overdue`
    #[arg(long, value_name = "WORD")]
    standing: Option<String>,
    /// Recidivism: what to count, by name (`rearrest`, `rearrest@1`) or as a file
    #[arg(long, value_name = "NAME|FILE")]
    pub(super) definition: Option<String>,
    /// Reference day; today in UTC unless given
    #[arg(long, value_name = "DAY")]
    pub(super) day: Option<Day>,
    /// The rows of the read model too: lists and timelines, which hardly an event leaves as they are
    #[arg(long, conflicts_with_all = ["only", "standing"])]
    rows: bool,
}

/// A figure that is asked about.
pub(super) struct AskedFigure {
    /// The read model's name, or the definition's.
    pub(super) name: String,
    pub(super) model: &'static ReadModel,
    pub(super) figure: Figure,
    pub(super) day: Day,
}

impl FigureArgs {
    /// The figure of a read model that these arguments mean.
    ///
    /// # Errors
    /// The model has no such dimension or standing, or there is no such definition.
    pub(super) fn figure(
        &self,
        model: &str,
        data_dir: &Path,
        ledgers: &[LedgerId],
    ) -> Result<AskedFigure> {
        let (name, day) = (model, self.day());
        let mut only: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in &self.only {
            only.entry(name.clone()).or_default().push(value.clone());
        }
        if !ledgers.is_empty() {
            let ledgers = ledgers.iter().map(ToString::to_string).collect();
            only.insert("ledger".to_owned(), ledgers);
        }
        if name == RETURNS {
            let definition = definition(data_dir, self.definition.as_deref())?;
            return Ok(AskedFigure {
                name: definition.name(),
                model: &histories::HISTORIES,
                figure: Figure::Returns(Returns::new(definition, day.0, &only)?),
                day,
            });
        }
        let model = homeward_projections::all()
            .iter()
            .copied()
            .find(|known| known.name == name)
            .with_context(|| format!("there is no read model `{name}`"))?;
        let figure = if self.rows || model.dimensions().is_empty() {
            Figure::Table(model)
        } else {
            let conditions = Conditions::new(model, &only)?;
            Figure::Cells(
                model,
                match &self.standing {
                    Some(word) => conditions.standing(model, word, day.0)?,
                    None => conditions,
                },
            )
        };
        Ok(AskedFigure {
            name: name.to_owned(),
            model,
            figure,
            day,
        })
    }

    /// The reference day.
    pub(super) fn day(&self) -> Day {
        self.day
            .unwrap_or_else(|| Day(Offset::UTC.to_datetime(clock::now()).date()))
    }
}

/// Opens the log for reading, with every ledger that is known there: a person's journeys may stand in
/// several. Or the archive that is named, with all that it holds.
///
/// # Errors
/// The log or archive cannot be opened, or what is asked of it fails.
pub(super) async fn with_log<T>(
    data_dir: &Path,
    (log, archive): (&LogArgs, &ArchiveArgs),
    matches: &ArgMatches,
    ask: impl AsyncFnOnce(&Reader) -> Result<T>,
) -> Result<T> {
    let known = match &archive.archive {
        Some(_) => Vec::new(),
        None => Left::read(data_dir)?.ledgers,
    };
    let source = Source::open(archive, data_dir, log, matches, &known).await?;
    let answer = ask(&source.reader()).await;
    source.close().await;
    answer
}

/// Reads the log up to a position that people mean.
///
/// # Errors
/// There is no such position, or the log is not complete up to there.
pub(super) async fn read_known(
    data_dir: &Path,
    source: (&LogArgs, &ArchiveArgs),
    matches: &ArgMatches,
    known: &[Known],
) -> Result<LogFacts> {
    with_log(data_dir, source, matches, async |reader| {
        let at = resolve(data_dir, reader, known).await?;
        read(reader, at).await
    })
    .await
}

/// The position that people mean.
///
/// # Errors
/// There is no such position.
pub(super) async fn resolve(
    data_dir: &Path,
    reader: &Reader,
    known: &[Known],
) -> Result<Watermark> {
    let past = Past::open(PastConfig::new(data_dir), reader.clone());
    let resolved = past.known(known).await?;
    Ok(resolved.moment.watermark().clone())
}

/// Reads the log into memory, and says how far it is.
///
/// # Errors
/// The log is not complete up to there.
pub(super) async fn read(reader: &Reader, at: Watermark) -> Result<LogFacts> {
    let progress = Progress::new("reading", Some(0), Unit::Commits);
    let log = read_log(reader, &Bound::Watermark(at), |now| {
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
    log.context("the log cannot be read up to there")
}

/// The last sequence of each ledger that is in.
pub(super) fn sequences(log: &LogFacts) -> BTreeMap<String, u64> {
    log.watermark
        .iter()
        .map(|(ledger, last)| (ledger.to_string(), last))
        .collect()
}

/// Cells with the names of their dimensions, for programs.
pub(super) fn cells(figure: &Figure, cells: &BTreeMap<String, i64>) -> Vec<Value> {
    cells
        .iter()
        .map(|(cell, by)| {
            let named: BTreeMap<&str, &str> = figure.named(cell).into_iter().collect();
            json!({ "cell": named, "count": by })
        })
        .collect()
}

/// Prints a table; one without rows is not printed.
///
/// # Errors
/// Standard output is closed.
pub(super) fn show(sheet: &Sheet) -> Result<()> {
    if sheet.rows.is_empty() {
        return Ok(());
    }
    out::line(terminal::table(sheet))?;
    out::line("")?;
    Ok(())
}
