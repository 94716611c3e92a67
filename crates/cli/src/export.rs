//! `homeward export`: the log as JSON Lines, one commit on each line, in the order of the log; or a
//! table ([`export_table`]).

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{ArgMatches, Args};
use futures::StreamExt as _;
use homeward_events::id::{CommitId, JourneyId, LedgerId};
use homeward_events::time::{Day, StoredAt};
use homeward_ledger::StoredCommit;
use homeward_projections::tables::TableKind;
use homeward_projector::past::Known;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::config::LogArgs;
use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::progress::{Progress, Unit};
use crate::publish::create_private;
use crate::replay::{Question, table_kind};
use crate::source::{ArchiveArgs, Source};
use crate::table_out::TableOut;
use crate::{export_table, out};

/// Write the log out as JSON Lines, one commit on each line, which `homeward publish` reads again;
/// or a table, as a running server tells it
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) log: LogArgs,
    #[command(flatten)]
    archive: ArchiveArgs,
    /// Write this table instead of the log
    #[arg(long, value_name = "TABLE", conflicts_with_all = ["from", "to", "archive"],
          value_parser = table_kind)]
    table: Option<&'static TableKind>,
    /// Table: reference day; today in UTC unless given
    #[arg(long, value_name = "DAY", requires = "table")]
    pub(crate) day: Option<Day>,
    /// Table: up to where the log is known, as `replay` understands it; all of it unless given
    #[arg(long, value_name = "KNOWN", requires = "table")]
    pub(crate) known: Vec<Known>,
    #[command(flatten)]
    pub(crate) question: Question,
    #[command(flatten)]
    pub(crate) table_out: TableOut,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// First sequence of each ledger
    #[arg(long, value_name = "SEQUENCE", default_value_t = 1,
          value_parser = clap::value_parser!(u64).range(1..))]
    from: u64,
    /// Last sequence of each ledger; otherwise its end
    #[arg(long, value_name = "SEQUENCE")]
    to: Option<u64>,
    /// File to write, for its owner only; otherwise standard output. A table of several sheets fills
    /// a folder, if one is named, with a file each
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// One line of an export.
#[derive(Serialize)]
struct Line<'a> {
    ledger: &'a LedgerId,
    sequence: u64,
    stored: StoredAt,
    commit: CommitId,
    journey: JourneyId,
    /// The events, byte for byte as they are stored.
    events: &'a RawValue,
}

/// `homeward export`.
pub(crate) async fn run(
    args: &ExportArgs,
    data_dir: &Path,
    matches: &ArgMatches,
) -> Result<Outcome> {
    if let Some(kind) = args.table {
        export_table::run(args, kind, data_dir).await?;
        return Ok(Outcome::Done);
    }
    if args.question.is_asked() || args.table_out.is_asked() {
        bail!("this asks something of a table: name one with --table");
    }
    if args.to.is_some_and(|to| to < args.from) {
        bail!("--to comes before --from: nothing would be exported");
    }
    let source = Source::open(&args.archive, data_dir, &args.log, matches, &[]).await?;
    let written = export(&source, args).await;
    source.close().await;
    let commits = written?;
    if let Some(path) = &args.out {
        out::remark(format!(
            "{} written to {}",
            out::counted(commits, "commit"),
            path.display()
        ));
    }
    Ok(Outcome::Done)
}

async fn export(source: &Source, args: &ExportArgs) -> Result<u64> {
    let (reader, mut wanted) = (source.reader(), Vec::new());
    for ledger in reader.ledgers() {
        if args.archive.archive.is_some() && !args.log.names(ledger) {
            continue;
        }
        let (first, last) = source.bounds(ledger).await?;
        let (from, to) = (args.from.max(first), args.to.unwrap_or(last).min(last));
        wanted.push((ledger.clone(), from, to));
    }
    let total = wanted
        .iter()
        .map(|(_, from, to)| (to + 1).saturating_sub(*from));
    let total = total.sum();
    let mut sink: Box<dyn Write + Send> = match &args.out {
        Some(path) => {
            let file: File = create_private(path)
                .with_context(|| format!("{} cannot be written", path.display()))?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(BufWriter::new(io::stdout())),
    };
    let progress = Progress::new("exporting", Some(total), Unit::Commits);
    let mut commits = 0;
    for (ledger, from, to) in wanted {
        if from > to {
            continue;
        }
        let mut range = std::pin::pin!(reader.range(&ledger, from, to));
        while let Some(stored) = range.next().await {
            write(&mut sink, &stored?)?;
            commits += 1;
            progress.advance(1);
        }
    }
    sink.flush()?;
    progress.clear();
    Ok(commits)
}

fn write(sink: &mut dyn Write, stored: &StoredCommit) -> Result<()> {
    let StoredCommit {
        ledger, sequence, ..
    } = stored;
    let events: &RawValue = serde_json::from_slice(&stored.payload)
        .with_context(|| format!("ledger {ledger}, sequence {sequence}: no JSON is stored"))?;
    let line = Line {
        ledger,
        sequence: *sequence,
        stored: stored.stored,
        commit: stored.commit,
        journey: stored.journey,
        events,
    };
    serde_json::to_writer(&mut *sink, &line).map_err(io::Error::from)?;
    sink.write_all(b"\n")?;
    Ok(())
}
