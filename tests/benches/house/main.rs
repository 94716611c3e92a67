//! The house bench: what the house costs, as ratios within one run against the raw engine doing the
//! same work on the same machine.
//!
//! | group | measured | compared with |
//! |---|---|---|
//! | `append` | commits through the HTTP door, durable sync | raw JetStream publishers, same bytes and guarantees, same server |
//! | `rebuild` | every read model from a million events | one raw consumer that drains and parses them |
//! | `archive` | a million events handed over from an archive | one raw consumer that drains the same log |
//! | `past` | the second question as of each of three earlier cuts | a fold of the log up to there |
//! | `read` | every question at a hundred thousand journeys | the health check of the same house |
//! | `people` | searches among a hundred thousand people | 50 milliseconds |
//!
//! `cargo xtask bench [--quick] [--only append|rebuild|archive|past|read|people]`. Progress goes to standard
//! error, the table to standard output, and everything to `target/bench/house.json`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench is read by whoever runs it"
)]

mod append;
mod archive;
mod broker;
mod crowd;
mod http;
mod pages;
mod past;
mod people;
mod process;
mod read;
mod rebuild;
mod report;
mod story;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::{Parser, Subcommand, ValueEnum};
use homeward_events::id::LedgerId;

use crate::broker::{Engine, Parse};
use crate::rebuild::Log;
use crate::report::Report;
use crate::story::Story;

/// As the binary has: both sides of every comparison in this process use it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What can go wrong here is read by people and acted on by nobody.
type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

/// Where the figures are written.
const FIGURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/bench/house.json");

/// Measures a release build of the house.
#[derive(Debug, Parser)]
#[command(name = "house")]
struct Arguments {
    /// Smaller sizes: minutes become seconds, and figures rough
    #[arg(long)]
    quick: bool,
    /// Measure one group only
    #[arg(long, value_name = "GROUP")]
    only: Option<Group>,
    /// Said by cargo to every bench
    #[arg(long, hide = true)]
    bench: bool,
    #[command(subcommand)]
    alone: Option<Alone>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Group {
    Append,
    Rebuild,
    Archive,
    Past,
    Read,
    People,
}

/// What the bench has done in a process of its own.
#[derive(Debug, Subcommand)]
enum Alone {
    #[command(hide = true)]
    Rebuild(Target),
    #[command(hide = true)]
    Drain {
        #[arg(long)]
        parse: Parse,
        #[command(flatten)]
        target: Target,
    },
    #[command(hide = true)]
    Fold {
        #[arg(long)]
        models: Models,
        #[command(flatten)]
        target: Target,
    },
}

#[derive(Debug, clap::Args)]
struct Target {
    #[arg(long)]
    nats_url: String,
    #[arg(long)]
    ledger: LedgerId,
    #[arg(long)]
    commits: usize,
    #[arg(long)]
    events: usize,
    #[arg(long)]
    archive: Option<PathBuf>,
}

/// As [`Alone`], said by the one who has it done.
#[derive(Debug, Clone, Copy)]
enum Errand {
    Rebuild,
    Drain(Parse),
    Fold(Models),
}

/// What is folded in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Models {
    Caseload,
    All,
}

impl Errand {
    fn spell(self, command: &mut Command) {
        match self {
            Self::Rebuild => command.arg("rebuild"),
            Self::Drain(Parse::Typed) => command.args(["drain", "--parse", "typed"]),
            Self::Drain(Parse::Value) => command.args(["drain", "--parse", "value"]),
            Self::Drain(Parse::Nothing) => command.args(["drain", "--parse", "nothing"]),
            Self::Fold(Models::Caseload) => command.args(["fold", "--models", "caseload"]),
            Self::Fold(Models::All) => command.args(["fold", "--models", "all"]),
        };
    }
}

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Full,
    Quick,
}

impl Size {
    fn journeys(self) -> usize {
        match self {
            Self::Full => 100_000,
            Self::Quick => 5_000,
        }
    }
}

/// Tells whoever waits how far it is.
fn say(text: &str) {
    eprintln!("bench: {text}");
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<ExitCode> {
    let (errand, target) = match arguments.alone {
        None => return measure(arguments.quick, arguments.only).await,
        Some(Alone::Rebuild(target)) => (Errand::Rebuild, target),
        Some(Alone::Drain { parse, target }) => (Errand::Drain(parse), target),
        Some(Alone::Fold { models, target }) => (Errand::Fold(models), target),
    };
    println!("{}", rebuild::run_alone(errand, &target).await?);
    Ok(ExitCode::SUCCESS)
}

async fn measure(quick: bool, only: Option<Group>) -> Result<ExitCode> {
    let size = if quick { Size::Quick } else { Size::Full };
    let wanted = |group| only.is_none_or(|only| only == group);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut report = Report {
        quick,
        cores,
        figures: Vec::new(),
    };
    if wanted(Group::Append) {
        report.figures.extend(append::run(size).await?);
    }
    let on_a_log = [Group::Rebuild, Group::Archive, Group::Past, Group::Read];
    if on_a_log.into_iter().any(wanted) {
        let engine = Engine::start().await?;
        let natural = load(&engine, size, "natural", "natural commits").await?;
        let mut logs = vec![natural.clone()];
        if wanted(Group::Rebuild) || wanted(Group::Archive) {
            logs.insert(
                0,
                load(&engine, size, "single", "one event a commit").await?,
            );
        }
        if wanted(Group::Rebuild) {
            for log in &logs {
                report.figures.extend(rebuild::compare(size, &engine, log)?);
            }
        }
        if wanted(Group::Archive) {
            for log in &logs {
                report
                    .figures
                    .extend(archive::compare(size, &engine, log).await?);
            }
        }
        if wanted(Group::Past) {
            report.figures.extend(past::run(&engine, &natural).await?);
        }
        if wanted(Group::Read) {
            report
                .figures
                .extend(read::run(size, &engine.url, &natural.story).await?);
        }
    }
    if wanted(Group::People) {
        let engine = Engine::start().await?;
        report.figures.extend(people::run(size, &engine).await?);
    }
    let path = Path::new(FIGURES);
    report.write(path)?;
    println!("{}", report.table());
    say(&format!("everything is in {}", path.display()));
    Ok(if report.all_met() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn load(
    engine: &Engine,
    size: Size,
    ledger: &'static str,
    what: &'static str,
) -> Result<Log> {
    let story = Story {
        ledger,
        journeys: size.journeys(),
        seed: 11,
    };
    story::check(&story)?;
    let commits = engine
        .connect()
        .await?
        .load(&story, ledger == "single")
        .await?;
    Ok(Log {
        story,
        commits,
        what,
    })
}
