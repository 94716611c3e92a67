//! Publishing an input through the door of a server: in batches, several at once, in order within a
//! journey; what is refused goes to a file, with its line and the reason, and the rest goes on.

mod dry_run;
pub(crate) mod entry;
pub(crate) mod pieces;
mod rejects;
mod send;
pub(crate) mod table;
mod tally;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use tokio::sync::mpsc;

use self::entry::{Commit, Entry};
use self::pieces::{Format, Pieces};
pub(crate) use self::rejects::Rejects;
use self::send::{Batch, COMMITS_MAX, Sent};
use self::tally::Tally;
pub(crate) use self::tally::{Summary, create_private};
use crate::door::Door;
use crate::exit::Outcome;
use crate::progress::{Progress, Unit};
use crate::{find, mapping, out, table_in};

/// Most requests at once: the door takes 256 in all, and others publish too.
const WRITERS_MAX: u16 = 64;

/// How an input is published; the same for every command that publishes.
#[derive(Debug, Clone, Args)]
pub(crate) struct How {
    /// Where what is refused goes: JSON Lines with line, code, field, reason and the commit; of a
    /// table, the refused rows with row, column and reason
    #[arg(long, value_name = "FILE")]
    pub(crate) reject: Option<PathBuf>,
    /// Requests at once; the commits of one journey stay in order
    #[arg(long, value_name = "N", default_value_t = 4,
          value_parser = clap::value_parser!(u16).range(1..=i64::from(WRITERS_MAX)))]
    pub(crate) writers: u16,
}

/// Publish events from a file, or from standard input (`-`)
#[derive(Debug, Args)]
pub(crate) struct PublishArgs {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Check everything, list what is wrong, and publish nothing; with a key, the server is asked what
    /// it would refuse
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) how: How,
    #[command(flatten)]
    server: find::ServerArgs,
}

/// What is published.
#[derive(Debug, Args)]
pub(crate) struct Input {
    /// JSON Lines or a JSON array of events, commits (arrays of events) or {"events": [...]}; with a
    /// mapping, a table: CSV or XLSX
    #[arg(value_name = "INPUT")]
    pub(crate) path: PathBuf,
    /// How the input is cut into commits
    #[arg(long, value_enum, default_value_t = Format::Auto)]
    format: Format,
    /// Which column feeds which field: a file that `homeward mapping new` begins
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) table: TableArgs,
}

/// How a table is read.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct TableArgs {
    /// The sheet of a workbook, where it is not the first or the mapping's
    #[arg(long)]
    pub(crate) sheet: Option<String>,
    /// A column that every row has alike; may be given several times
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = mapping::column_value)]
    pub(crate) set: Vec<(String, String)>,
}

impl Input {
    /// An input that is cut as its name says.
    pub(crate) fn new(path: PathBuf, mapping: Option<PathBuf>, table: TableArgs) -> Self {
        Self {
            path,
            format: Format::Auto,
            mapping,
            table,
        }
    }

    /// What is to be published, and where what is refused goes.
    ///
    /// # Errors
    /// The input or the mapping cannot be read, or they do not fit.
    pub(crate) fn open(&self, reject: Option<&Path>) -> Result<(Source, Rejects)> {
        let Some(mapping) = &self.mapping else {
            if table_in::is_table(&self.path) {
                bail!(
                    "{} is a table: say with --mapping which column feeds which field; begin one with `homeward mapping new`",
                    self.path.display()
                );
            }
            let source = open(&self.path, self.format)?;
            let reject = reject.map_or_else(|| reject_path(&self.path, "jsonl"), Path::to_owned);
            return Ok((source, Rejects::lines(reject)));
        };
        let mapping = mapping::read(mapping)?;
        table::open(&self.path, mapping, &self.table, reject)
    }
}

/// Takes one entry after the other, and says whether it wants more.
pub(crate) type Take<'t> = &'t mut dyn FnMut(Entry) -> ControlFlow<()>;

/// Where commits come from.
pub(crate) struct Source {
    /// Gives every entry, until it is told to stop; reading may block.
    pub(crate) entries: Box<dyn FnOnce(Take<'_>) -> io::Result<()> + Send>,
    /// How far `consumed` will come, where that is known.
    pub(crate) total: Option<u64>,
    /// What `consumed` counts.
    pub(crate) unit: Unit,
}

/// `homeward publish`.
pub(crate) async fn run(args: &PublishArgs, data_dir: &Path, json: bool) -> Result<Outcome> {
    let (source, rejects) = args.input.open(args.how.reject.as_deref())?;
    publish_or_check(source, rejects, args, data_dir, json).await
}

/// Publishes a source, or only checks it.
pub(crate) async fn publish_or_check(
    source: Source,
    rejects: Rejects,
    args: &PublishArgs,
    data_dir: &Path,
    json: bool,
) -> Result<Outcome> {
    if args.dry_run {
        // Without a key nobody is asked: what rows say by themselves is checked all the same.
        let door = args
            .server
            .key
            .is_some()
            .then(|| args.server.door(data_dir));
        return dry_run::run(source, rejects, door.transpose()?, json).await;
    }
    let door = args.server.door(data_dir)?;
    let summary = publish(&door, source, args.how.writers, rejects).await?;
    report(&summary, json)
}

/// Tells how a publication ended.
pub(crate) fn report(summary: &Summary, json: bool) -> Result<Outcome> {
    if json {
        out::json(summary)?;
    } else {
        let Summary {
            accepted,
            known,
            refused,
            events,
            ..
        } = summary;
        let (accepted, events) = (
            out::counted(accepted, "commit"),
            out::counted(events, "event"),
        );
        out::line(format!(
            "{accepted} accepted, {known} known already, {refused} refused; {events} in the log"
        ))?;
        if let Some(file) = &summary.reject_file {
            out::line(format!(
                "what was refused, and why: {}; mend it and publish it again",
                file.display()
            ))?;
        }
    }
    Ok(if summary.refused == 0 {
        Outcome::Done
    } else {
        Outcome::SomeRefused
    })
}

fn is_stdin(input: &Path) -> bool {
    input.as_os_str() == "-"
}

/// `<input>.rejected.<ending>`, beside the input.
fn reject_path(input: &Path, ending: &str) -> PathBuf {
    let mut name = if is_stdin(input) {
        "stdin".into()
    } else {
        input.as_os_str().to_owned()
    };
    name.push(format!(".rejected.{ending}"));
    name.into()
}

fn open(input: &Path, format: Format) -> Result<Source> {
    let (reader, total): (Box<dyn io::BufRead + Send>, _) = if is_stdin(input) {
        (Box::new(BufReader::new(io::stdin())), None)
    } else {
        let file = File::open(input)
            .with_context(|| format!("input {} cannot be opened", input.display()))?;
        let total = file
            .metadata()
            .ok()
            .filter(std::fs::Metadata::is_file)
            .map(|meta| meta.len());
        (Box::new(BufReader::with_capacity(1 << 18, file)), total)
    };
    let mut pieces = Pieces::new(reader, format.or_by_name(input))
        .with_context(|| format!("input {} cannot be read", input.display()))?;
    let entries = move |take: Take<'_>| {
        while let Some(piece) = pieces.next_piece()? {
            if take(Entry::read(&piece)).is_break() {
                break;
            }
        }
        Ok(())
    };
    Ok(Source {
        entries: Box::new(entries),
        total,
        unit: Unit::Bytes,
    })
}

/// Publishes everything that a source gives.
///
/// # Errors
/// The source cannot be read, the door cannot be reached or does not know the key, or the reject
/// file cannot be written. Never because a commit was refused.
pub(crate) async fn publish(
    door: &Door,
    source: Source,
    writers: u16,
    rejects: Rejects,
) -> Result<Summary> {
    let progress = Progress::new("publishing", source.total, source.unit);
    let tally = std::sync::Arc::new(Tally::new(rejects, progress));
    let (inlets, outlets): (Vec<_>, Vec<_>) = (0..writers.max(1))
        .map(|_| mpsc::channel(2 * COMMITS_MAX))
        .unzip();
    let feeder = {
        let tally = std::sync::Arc::clone(&tally);
        tokio::task::spawn_blocking(move || feed(source, &inlets, &tally))
    };
    let written = futures::future::try_join_all(
        outlets
            .into_iter()
            .map(|outlet| write(door, outlet, &tally)),
    )
    .await;
    if let Err(error) = written {
        // The feeder stops with its next commit; it may be waiting for one from a terminal.
        let so_far = tally
            .finish()
            .map(|s| s.accepted + s.known)
            .unwrap_or_default();
        return Err(error.context(format!("publishing stopped after {so_far} commits")));
    }
    feeder
        .await
        .context("the reader of the input ended early")??;
    tally.finish()
}

/// Reads the source and hands each commit to the writer of its journey.
fn feed(source: Source, inlets: &[mpsc::Sender<Sent>], tally: &Tally) -> Result<()> {
    let (mut consumed, mut failed) = (0, None);
    let read = (source.entries)(&mut |entry: Entry| {
        let weight = entry.consumed.saturating_sub(consumed);
        consumed = entry.consumed;
        match entry.content {
            Err(refused) => match tally.refuse(refused, weight) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            },
            Ok(commit) => {
                let inlet = inlet(inlets, &commit);
                let sent = Sent {
                    line: entry.line,
                    weight,
                    commit,
                };
                // A writer that gave up says why itself.
                match inlet.map(|inlet| inlet.blocking_send(sent)) {
                    Some(Ok(())) => ControlFlow::Continue(()),
                    Some(Err(_)) | None => ControlFlow::Break(()),
                }
            }
        }
    });
    match failed {
        Some(error) => Err(error),
        None => read.context("the input cannot be read any further"),
    }
}

/// The same journey always comes to the same writer: any even spread over the others will do.
fn inlet<'a>(inlets: &'a [mpsc::Sender<Sent>], commit: &Commit) -> Option<&'a mpsc::Sender<Sent>> {
    let sum = commit.journey.bytes().fold(0_usize, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(byte))
    });
    inlets.get(sum.checked_rem(inlets.len())?)
}

/// Gathers what is there into requests, one after the other.
async fn write(door: &Door, mut outlet: mpsc::Receiver<Sent>, tally: &Tally) -> Result<()> {
    let (mut batch, mut carried) = (Batch::default(), None);
    loop {
        let first = match carried.take() {
            Some(sent) => sent,
            None => match outlet.recv().await {
                Some(sent) => sent,
                None => return Ok(()),
            },
        };
        batch.push(first);
        while !batch.is_full() {
            match outlet.try_recv() {
                Ok(sent) if batch.has_room_for(&sent.commit) => batch.push(sent),
                Ok(sent) => {
                    carried = Some(sent);
                    break;
                }
                Err(_) => break,
            }
        }
        let commits = batch.take();
        let weight = commits.iter().map(|sent| sent.weight).sum();
        let outcome = send::send(door, send::PUBLISH, commits).await?;
        tally.note(&outcome, weight)?;
    }
}
