//! `homeward import`: the cohorts that come with the program, published like anybody's events, or
//! written down as JSON Lines of commits.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use homeward_cli::cohorts::rossi;
use homeward_cli::cohorts::synthetic::Scenario;
use homeward_events::Event;
use homeward_events::codec::encode_commit;
use homeward_events::id::LedgerId;

use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::out;
use crate::progress::Unit;
use crate::publish::entry::{Commit, Entry};
use crate::publish::{How, Rejects, Source, Take, publish, report};

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
    /// Invented journeys, labelled so in every event: a Caribbean year, unless told otherwise
    Synthetic(SyntheticArgs),
}

#[derive(Debug, Args)]
struct SyntheticArgs {
    /// Only this ledger; with --journeys, the ledger that they go to
    #[arg(long)]
    ledger: Option<LedgerId>,
    /// Another seed gives other journeys
    #[arg(long)]
    seed: Option<u64>,
    /// That many journeys of one ledger, instead of a Caribbean year
    #[arg(long, value_name = "N")]
    journeys: Option<u32>,
    /// About that many events in each of them
    #[arg(long, value_name = "N", default_value_t = 25, requires = "journeys")]
    events_per_journey: u32,
    #[command(flatten)]
    to: Destination,
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
            send(rossi_source(ledger)?, "rossi", to, data_dir, json).await
        }
        Cohort::Synthetic(asked) => {
            let scenario = asked.scenario()?;
            out::remark(format!(
                "SYNTHETIC: {} invented journeys, about nobody; every event says so",
                scenario.journeys_count()
            ));
            send(
                synthetic_source(scenario),
                "synthetic",
                &asked.to,
                data_dir,
                json,
            )
            .await
        }
    }
}

impl SyntheticArgs {
    fn scenario(&self) -> Result<Scenario> {
        let mut scenario = match self.journeys {
            Some(journeys) => Scenario::scale(journeys, self.events_per_journey),
            None => Scenario::caribbean_year(),
        };
        if let Some(ledger) = &self.ledger {
            if let Some(journeys) = self.journeys {
                scenario.ledgers = vec![(ledger.clone(), journeys)];
            } else {
                scenario.ledgers.retain(|(known, _)| known == ledger);
            }
            if scenario.ledgers.is_empty() {
                bail!("the year has no ledger `{ledger}`; with --journeys, any ledger will do");
            }
        }
        if let Some(seed) = self.seed {
            scenario.seed = seed;
        }
        Ok(scenario)
    }
}

async fn send(
    source: Source,
    name: &str,
    to: &Destination,
    data_dir: &Path,
    json: bool,
) -> Result<Outcome> {
    if let Some(path) = &to.choice.out {
        return write(source, path);
    }
    let door = to.server.door(data_dir)?;
    let reject = to
        .how
        .reject
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{name}.rejected.jsonl")));
    let rejects = Rejects::lines(reject);
    let summary = publish(&door, source, to.how.writers, rejects).await?;
    report(&summary, json)
}

fn write(source: Source, path: &Path) -> Result<Outcome> {
    let cannot = || format!("{} cannot be written", path.display());
    let mut file = BufWriter::new(File::create(path).with_context(cannot)?);
    let (mut lines, mut events, mut written) = (0_u64, 0, Ok(()));
    (source.entries)(&mut |entry| {
        if let Ok(commit) = entry.content {
            written = writeln!(file, "{}", commit.json);
            lines += 1;
            events += commit.events;
        }
        if written.is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    written.and_then(|()| file.flush()).with_context(cannot)?;
    out::line(format!(
        "{lines} commits with {events} events written to {}",
        path.display()
    ))?;
    Ok(Outcome::Done)
}

/// The Rossi cohort as something to publish.
///
/// # Errors
/// Its tables are not what they were.
pub(crate) fn rossi_source(ledger: &LedgerId) -> Result<Source> {
    let commits = rossi::commits(ledger)?;
    let total = u64::try_from(commits.len()).ok();
    let entries = move |take: Take<'_>| {
        for (place, commit) in (1..).zip(&commits) {
            if take(entry(place, place, commit)?).is_break() {
                break;
            }
        }
        Ok(())
    };
    Ok(Source {
        entries: Box::new(entries),
        total,
        unit: Unit::Commits,
    })
}

/// A synthetic scenario as something to publish: each journey is invented when its turn comes.
pub(crate) fn synthetic_source(scenario: Scenario) -> Source {
    let total = Some(u64::from(scenario.journeys_count()));
    let entries = move |take: Take<'_>| {
        let mut place = 0;
        for (told, journey) in (1..).zip(scenario.journeys()) {
            for commit in &journey.commits {
                place += 1;
                if take(entry(place, told, commit)?).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    };
    Source {
        entries: Box::new(entries),
        total,
        unit: Unit::Journeys,
    }
}

fn entry(line: u64, consumed: u64, commit: &[Event]) -> io::Result<Entry> {
    let events = encode_commit(commit)?;
    let content = Commit {
        json: format!("{{\"events\":{}}}", String::from_utf8_lossy(&events)),
        journey: commit
            .first()
            .map_or_else(String::new, |event| event.journey.to_string()),
        events: u64::try_from(commit.len()).unwrap_or(u64::MAX),
        row: None,
    };
    Ok(Entry {
        line,
        consumed,
        content: Ok(content),
    })
}
