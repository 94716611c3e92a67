//! `homeward worklists`: lists of what is owed, checked and listed; and how much stands on each, through
//! the door of a running server.

use std::path::Path;

use anyhow::Result;
use clap::{Args, Subcommand};
use comfy_table::Table;
use homeward_events::id::LedgerId;
use homeward_events::time::Day;
use homeward_projections::worklist::Worklist;
use homeward_projector::past::Known;
use reqwest::Method;
use serde::Deserialize;

use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::out;
use crate::replay::condition;
use crate::shelves::{self, FilesCommand};

/// What is done with worklists.
#[derive(Debug, Subcommand)]
pub(crate) enum WorklistsCommand {
    #[command(flatten)]
    Files(FilesCommand),
    Count(CountArgs),
}

/// Count what stands on each list, as pages show it today
#[derive(Debug, Args)]
pub(crate) struct CountArgs {
    #[command(flatten)]
    server: ServerArgs,
    /// Only this ledger; repeat for several
    #[arg(long, value_name = "LEDGER")]
    ledger: Vec<LedgerId>,
    /// Only these values of a dimension, such as `agency=moss`; repeat for several
    #[arg(long, value_name = "DIMENSION=VALUE", value_parser = condition)]
    only: Vec<(String, String)>,
    /// Reference day; today in UTC unless given
    #[arg(long, value_name = "DAY")]
    day: Option<Day>,
    /// Up to where the log is known, as `homeward replay` takes it; repeat for several
    #[arg(long, value_name = "KNOWN")]
    known: Vec<Known>,
}

/// What the server tells, as far as the table shows it.
#[derive(Deserialize)]
struct Told {
    worklists: Vec<List>,
}

#[derive(Deserialize)]
struct List {
    name: String,
    counts: Counts,
}

#[derive(Deserialize)]
struct Counts {
    rows: i64,
    upcoming: i64,
    due: i64,
    overdue: i64,
    running: i64,
}

/// `homeward worklists`.
pub(crate) async fn run(
    command: &WorklistsCommand,
    data_dir: &Path,
    as_json: bool,
) -> Result<Outcome> {
    let args = match command {
        WorklistsCommand::Files(files) => {
            return shelves::run::<Worklist>(files, data_dir, as_json);
        }
        WorklistsCommand::Count(args) => args,
    };
    let mut pairs = args.only.clone();
    let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
    args.ledger
        .iter()
        .for_each(|ledger| add("ledger", ledger.to_string()));
    args.known
        .iter()
        .for_each(|known| add("known", known.to_string()));
    if let Some(day) = args.day {
        add("day", day.to_string());
    }
    let (door, path) = (args.server.door(data_dir)?, "/v1/worklists");
    let request = door.request(Method::GET, path).query(&pairs);
    let told = door.ask(request, path).await?;
    if as_json {
        out::json(&told)?;
        return Ok(Outcome::Done);
    }
    let Told { worklists } = serde_json::from_value(told)?;
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(["list", "all", "upcoming", "due", "overdue", "no deadline"]);
    for List { name, counts } in worklists {
        let Counts {
            rows,
            upcoming,
            due,
            overdue,
            running,
        } = counts;
        let counts = [rows, upcoming, due, overdue, running].map(|count| count.to_string());
        table.add_row([name].into_iter().chain(counts));
    }
    out::line(table.trim_fmt())?;
    Ok(Outcome::Done)
}
