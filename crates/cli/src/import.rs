//! `homeward import`: the cohorts that come with the program, published like anybody's events, or
//! written down as JSON Lines of commits.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use homeward_cli::cohorts::rossi;
use homeward_events::Event;
use homeward_events::codec::encode_commit;
use homeward_events::id::LedgerId;

use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::out;
use crate::progress::Unit;
use crate::publish::entry::{Commit, Entry};
use crate::publish::{How, Source, publish, report};

/// Publish a cohort that comes with the program, or write it down
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    #[command(subcommand)]
    cohort: Cohort,
}

#[derive(Debug, Subcommand)]
enum Cohort {
    /// 432 men released from Maryland prisons, followed for a year (Rossi, Berk and Lenihan 1980)
    Rossi {
        /// Ledger that they go to
        #[arg(long, default_value = ROSSI_LEDGER)]
        ledger: LedgerId,
        #[command(flatten)]
        to: Destination,
    },
}

/// Where a cohort goes.
#[derive(Debug, Args)]
struct Destination {
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    server: ServerArgs,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Choice {
    /// Publish it through the door of a server
    #[arg(long)]
    publish: bool,
    /// Write it to this file as JSON Lines, one commit on each line
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The ledger of the Rossi cohort, unless told otherwise.
pub(crate) const ROSSI_LEDGER: &str = "rossi";

/// `homeward import`.
pub(crate) async fn run(args: &ImportArgs, data_dir: &Path, json: bool) -> Result<Outcome> {
    match &args.cohort {
        Cohort::Rossi { ledger, to } => {
            let commits = rossi::commits(ledger)?;
            send(commits.into_iter(), "rossi", to, data_dir, json).await
        }
    }
}

async fn send(
    commits: impl ExactSizeIterator<Item = Vec<Event>> + Send + 'static,
    name: &str,
    to: &Destination,
    data_dir: &Path,
    json: bool,
) -> Result<Outcome> {
    if let Some(path) = &to.choice.out {
        return write(commits, path);
    }
    let door = to.server.door(data_dir)?;
    let reject = to
        .how
        .reject
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{name}.rejected.jsonl")));
    let summary = publish(&door, source(commits), to.how.writers, &reject).await?;
    report(&summary, json)
}

fn write(commits: impl Iterator<Item = Vec<Event>>, path: &Path) -> Result<Outcome> {
    let cannot = || format!("{} cannot be written", path.display());
    let mut file = BufWriter::new(File::create(path).with_context(cannot)?);
    let (mut lines, mut events) = (0_u64, 0);
    for commit in commits {
        file.write_all(to_json(&commit)?.as_bytes()).with_context(cannot)?;
        file.write_all(b"\n").with_context(cannot)?;
        lines += 1;
        events += commit.len();
    }
    file.flush().with_context(cannot)?;
    out::line(format!("{lines} commits with {events} events written to {}", path.display()))?;
    Ok(Outcome::Done)
}

/// A cohort as something to publish.
pub(crate) fn source(
    commits: impl ExactSizeIterator<Item = Vec<Event>> + Send + 'static,
) -> Source {
    let total = u64::try_from(commits.len()).ok();
    let entries = (1..).zip(commits).map(|(line, commit)| {
        let content = Commit {
            json: to_json(&commit)?,
            journey: commit.first().map_or_else(String::new, |event| event.journey.to_string()),
            events: u64::try_from(commit.len()).unwrap_or(u64::MAX),
        };
        Ok(Entry { line, consumed: line, content: Ok(content) })
    });
    Source { entries: Box::new(entries), total, unit: Unit::Commits }
}

fn to_json(commit: &[Event]) -> std::io::Result<String> {
    let events = encode_commit(commit)?;
    Ok(format!("{{\"events\":{}}}", String::from_utf8_lossy(&events)))
}
