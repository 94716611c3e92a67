//! `homeward fsck`: everything derived once more from the log and compared, byte for byte, with what is
//! stored. A store can be opened by one process only, so a running server is asked to do it itself.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::{ArgMatches, Args};
use comfy_table::Table;
use homeward_projector::{Report, StoreReport, fsck};
use serde::{Deserialize, Serialize};

use crate::config::{LogArgs, LogSettings};
use crate::door::Door;
use crate::exit::Outcome;
use crate::find::{Left, ServerArgs};
use crate::log::{OpenLog, Purpose};
use crate::out;

/// How long a server may take: it reads its whole log.
const CHECK_WITHIN: Duration = Duration::from_hours(1);

/// Fold the whole log again and compare it with every store; exit code 4 if they differ
#[derive(Debug, Args)]
pub(crate) struct FsckArgs {
    #[command(flatten)]
    server: ServerArgs,
    #[command(flatten)]
    log: LogArgs,
}

/// What was compared, as the server tells it and as we print it.
#[derive(Debug, Serialize, Deserialize)]
struct Verification {
    agrees: bool,
    stores: Vec<Compared>,
}

/// One store.
#[derive(Debug, Serialize, Deserialize)]
struct Compared {
    store: String,
    generation: Option<String>,
    rows: usize,
    cells: usize,
    differences: Vec<String>,
    differences_total: usize,
    unchecked: Option<String>,
}

impl From<Report> for Verification {
    fn from(report: Report) -> Self {
        Self {
            agrees: report.is_clean(),
            stores: report.stores.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<StoreReport> for Compared {
    fn from(report: StoreReport) -> Self {
        Self {
            store: report.store,
            generation: report.generation,
            rows: report.rows,
            cells: report.cells,
            differences: report.differences,
            differences_total: report.differences_total,
            unchecked: report.unchecked,
        }
    }
}

/// `homeward fsck`.
pub(crate) async fn run(
    args: &FsckArgs,
    data_dir: &Path,
    matches: &ArgMatches,
    json: bool,
) -> Result<Outcome> {
    let door = args.server.door(data_dir)?;
    let found = if args.server.url.is_some() || is_running(data_dir, &door).await? {
        ask(&door).await?
    } else {
        let settings = LogSettings::layer(data_dir, &args.log, matches)?;
        check(data_dir, &settings).await?
    };
    if json {
        out::json(&found)?;
    } else {
        print(&found)?;
    }
    Ok(if found.agrees {
        Outcome::Done
    } else {
        Outcome::Differs
    })
}

/// Whether a server runs on this data directory; one that was killed does not answer.
async fn is_running(data_dir: &Path, door: &Door) -> Result<bool> {
    Ok(match Left::read(data_dir)?.running {
        Some(running) => running.url() == door.url() && door.is_there().await,
        None => false,
    })
}

async fn ask(door: &Door) -> Result<Verification> {
    out::remark(format!("{} compares its stores with its log", door.url()));
    let told = door.post("/v1/fsck", CHECK_WITHIN).await?;
    serde_json::from_value(told)
        .with_context(|| format!("{} is of a version whose answer cannot be read", door.url()))
}

async fn check(data_dir: &Path, settings: &LogSettings) -> Result<Verification> {
    let log = OpenLog::open(data_dir, settings, Purpose::Reading).await?;
    let report = fsck(data_dir, homeward_projections::all(), &log.ledgers.reader).await;
    log.close().await;
    let report = report
        .context("the stores cannot be compared; if a server runs here, give its key with --key")?;
    Ok(report.into())
}

fn print(found: &Verification) -> Result<()> {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(["store", "generation", "rows", "cells", "result"]);
    for store in &found.stores {
        let result = match (&store.unchecked, store.differences_total) {
            (Some(why), _) => format!("not compared: {why}"),
            (None, 0) => "agrees".to_owned(),
            (None, many) => format!("{many} differences"),
        };
        table.add_row([
            store.store.clone(),
            store.generation.clone().unwrap_or_default(),
            store.rows.to_string(),
            store.cells.to_string(),
            result,
        ]);
    }
    out::line(table.trim_fmt())?;
    for store in &found.stores {
        for difference in &store.differences {
            out::line(format!("{}: {difference}", store.store))?;
        }
    }
    if found.agrees {
        out::line("every store is what the log says")?;
    } else {
        out::line(
            "a store differs: move the folder `views` of the data directory aside and start the server, which builds it again",
        )?;
    }
    Ok(())
}
