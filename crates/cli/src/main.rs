//! `homeward`: wiring, configuration, lifecycle, commands.
//!
//! The only room that reads the environment, installs log subscribers, prints, and makes random ids.
//! Each command is a file; what it does is asked of the other rooms.
//!
//! Exit codes: 0 done, 1 failed, 2 the command line cannot be read, 3 some commits were refused,
//! 4 what was compared differs.
//!
//! To add a command: a file, a variant of [`Command`], an arm in `run`.

mod archive;
mod config;
mod cut;
mod definitions;
mod demo;
mod directory;
mod door;
mod exit;
mod explain;
mod export;
mod export_table;
mod find;
mod fsck;
mod import;
mod instruments;
mod keys;
mod log;
mod logging;
mod manifest;
mod mapping;
mod out;
mod people;
mod progress;
mod publish;
mod reconcile;
mod replay;
mod schedules;
mod schema;
mod serve;
mod shelves;
mod source;
mod status;
mod table_in;
mod table_out;
mod terminal;
mod worklists;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::config::{LogFormat, ServeArgs, Settings};
use crate::exit::{FAILED, Outcome};

/// Decoding, folding and storing make many small things on several threads at once. With the
/// system's allocator a third of the processor time of a busy server went into making room for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long work on other threads may go on once a command has ended: a reader that waits for
/// standard input would otherwise keep the process.
const LEAVE_WITHIN: Duration = Duration::from_millis(200);

/// An event-sourced ledger of reintegration journeys
#[derive(Debug, Parser)]
#[command(name = "homeward", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Debug, Clone, clap::Args)]
struct Global {
    /// Where a server keeps everything [default: .homeward]
    #[arg(long, global = true, env = "HOMEWARD_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Print answers as JSON
    #[arg(long, global = true)]
    json: bool,
    /// Log more; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

impl Global {
    fn data_dir(&self) -> &Path {
        self.data_dir.as_deref().unwrap_or(Path::new(".homeward"))
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Archive(archive::ArchiveArgs),
    /// Look at the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Make, list and revoke keys
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    Cut(cut::CutArgs),
    /// Read and list definitions of returns
    #[command(subcommand)]
    Definitions(definitions::DefinitionsCommand),
    Demo(demo::DemoArgs),
    /// Services that people can be referred to, from Open Referral HSDS
    #[command(subcommand)]
    Directory(Box<directory::DirectoryCommand>),
    Diff(explain::diff::DiffArgs),
    Explain(explain::ExplainArgs),
    Export(Box<export::ExportArgs>),
    Fsck(fsck::FsckArgs),
    Import(import::ImportArgs),
    /// Check and list the instruments that scores come from
    #[command(subcommand)]
    Instruments(instruments::InstrumentsCommand),
    /// Announce people from a sending state's list, and see who came
    #[command(subcommand)]
    Manifest(manifest::ManifestCommand),
    /// Begin and check mappings: which column of a table feeds which field
    #[command(subcommand)]
    Mapping(mapping::MappingCommand),
    /// Find out whether somebody has come before
    #[command(subcommand)]
    People(people::PeopleCommand),
    Publish(Box<publish::PublishArgs>),
    Reconcile(Box<reconcile::ReconcileArgs>),
    Replay(Box<replay::ReplayArgs>),
    /// Keep the log, the read models and the doors open
    Serve(ServeArgs),
    /// Check and list templates of follow-ups, and plan by one
    #[command(subcommand)]
    Schedules(schedules::SchedulesCommand),
    Schema(schema::SchemaArgs),
    Status(status::StatusArgs),
    /// Check and list worklists, and count what stands on each
    #[command(subcommand)]
    Worklists(worklists::WorklistsCommand),
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print the effective configuration of `serve`, and who said what
    Check(ServeArgs),
}

fn main() -> ExitCode {
    let matches = Cli::command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match start(&cli, &matches) {
        Ok(outcome) => outcome.into(),
        Err(error) if out::is_closed(&error) => ExitCode::SUCCESS,
        Err(error) => {
            out::remark(format!("error: {}", told(&error)));
            ExitCode::from(FAILED)
        }
    }
}

/// An error with its causes, outermost first; a cause that the one before it quotes is not repeated.
fn told(error: &anyhow::Error) -> String {
    let mut causes: Vec<String> = Vec::new();
    for cause in error.chain().map(ToString::to_string) {
        if !causes.last().is_some_and(|before| before.ends_with(&cause)) {
            causes.push(cause);
        }
    }
    causes.join(": ")
}

fn start(cli: &Cli, matches: &ArgMatches) -> Result<Outcome> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        // The log's server and the writer of read models need the other half. Each commit passes
        // through several tasks, and handing it from thread to thread costs more than the work:
        // on two cores a second thread made a commit cost two thirds more.
        .worker_threads((cores / 2).max(1))
        .enable_all()
        .build()
        .context("the runtime cannot be started")?;
    let outcome = runtime.block_on(run(cli, matches));
    runtime.shutdown_timeout(LEAVE_WITHIN);
    outcome
}

async fn run(cli: &Cli, matches: &ArgMatches) -> Result<Outcome> {
    let (data_dir, json) = (cli.global.data_dir(), cli.global.json);
    let (inner, verbose) = (innermost(matches), cli.global.verbose);
    let is_server = matches!(cli.command, Command::Serve(_));
    if !is_server {
        logging::start(LogFormat::Human, verbose, true)?;
    }
    match &cli.command {
        Command::Archive(args) => archive::run(args, data_dir, inner, json).await,
        Command::Config(ConfigCommand::Check(args)) => {
            Settings::layer(data_dir, args, inner)?.print(json)?;
            Ok(Outcome::Done)
        }
        Command::Keys(command) => keys::run(command, data_dir, json).await,
        Command::Cut(args) => cut::run(args, data_dir, json).await,
        Command::Directory(command) => directory::run(command, data_dir, json).await,
        Command::Definitions(command) => definitions::run(command, data_dir, json),
        Command::Demo(args) => {
            let data_dir = cli
                .global
                .data_dir
                .as_deref()
                .unwrap_or(Path::new(demo::DATA_DIR));
            demo::run(args, data_dir, inner).await
        }
        Command::Diff(args) => explain::diff::run(args, data_dir, inner, json).await,
        Command::Explain(args) => explain::run(args, data_dir, inner, json).await,
        Command::Export(args) => export::run(args, data_dir, inner).await,
        Command::Fsck(args) => fsck::run(args, data_dir, inner, json).await,
        Command::Instruments(command) => instruments::run(command, data_dir, json),
        Command::Import(args) => import::run(args, data_dir, json).await,
        Command::Manifest(command) => manifest::run(command, data_dir, json).await,
        Command::Mapping(command) => mapping::run(command, json),
        Command::People(command) => people::run(command, data_dir, json).await,
        Command::Publish(args) => publish::run(args, data_dir, json).await,
        Command::Reconcile(args) => reconcile::run(args, data_dir, json).await,
        Command::Replay(args) => replay::run(args, data_dir, inner, json).await,
        Command::Serve(args) => {
            let settings = Settings::layer(data_dir, args, inner)?;
            logging::start(settings.log_format.value, verbose, false)?;
            serve::run(data_dir, &settings).await
        }
        Command::Schedules(command) => schedules::run(command, data_dir, json).await,
        Command::Schema(args) => schema::run(args),
        Command::Status(args) => status::run(args, data_dir, json).await,
        Command::Worklists(command) => worklists::run(command, data_dir, json).await,
    }
}

/// The matches of the command itself, below all commands that only group others.
fn innermost(matches: &ArgMatches) -> &ArgMatches {
    let mut inner = matches;
    while let Some((_, next)) = inner.subcommand() {
        inner = next;
    }
    inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_cause_is_told_once() {
        let error = anyhow::anyhow!("disk full")
            .context("cannot write: disk full")
            .context("choose another disk");
        assert_eq!(told(&error), "choose another disk: cannot write: disk full");
    }
}
