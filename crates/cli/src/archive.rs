//! `homeward archive`: the log, or a slice of it, as one file; and whether such a file is whole.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{ArgMatches, Args};
use comfy_table::Table;
use homeward_ledger::archive::{
    Archive, ArchiveError, Damage, Extent, Manifest, Plan, write_archive,
};
use serde::Serialize;
use serde_json::json;

use crate::config::{LogArgs, LogSettings};
use crate::exit::Outcome;
use crate::log::{OpenLog, Purpose};
use crate::out;
use crate::progress::{Progress, Unit};

/// Write the log into one file that `replay` and `export` read without a server; or check such a file
#[derive(Debug, Args)]
#[group(id = "archive_what", required = true, multiple = false, args = ["out", "check"])]
pub(crate) struct ArchiveArgs {
    #[command(flatten)]
    log: LogArgs,
    /// File to write, for its owner only
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// First sequence of each ledger: what begins later than the log is a slice, and says so
    #[arg(long, value_name = "SEQUENCE", default_value_t = 1, conflicts_with = "check",
          value_parser = clap::value_parser!(u64).range(1..))]
    from: u64,
    /// Last sequence of each ledger; otherwise its end
    #[arg(long, value_name = "SEQUENCE", conflicts_with = "check")]
    to: Option<u64>,
    /// Who answers for the archive: stands in its manifest
    #[arg(long, value_name = "NAME", conflicts_with = "check")]
    by: Option<String>,
    /// Read all of this archive and say whether it is as it was written; exit code 4 if not
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
}

/// What an archive is, and what is wrong with it.
#[derive(Serialize)]
struct Told<'a> {
    whole: bool,
    sha256: &'a str,
    manifest: &'a Manifest,
    damages: Vec<String>,
}

/// `homeward archive`.
pub(crate) async fn run(
    args: &ArchiveArgs,
    data_dir: &Path,
    matches: &ArgMatches,
    json: bool,
) -> Result<Outcome> {
    match (&args.check, &args.out) {
        (Some(path), _) => check(path, json),
        (None, Some(path)) => {
            write(args, path, data_dir, matches).await?;
            let archive = Archive::open(path).with_context(|| path.display().to_string())?;
            tell(&archive, &[], json)?;
            Ok(Outcome::Done)
        }
        (None, None) => bail!("give --out to write an archive, or --check to look at one"),
    }
}

async fn write(
    args: &ArchiveArgs,
    path: &Path,
    data_dir: &Path,
    matches: &ArgMatches,
) -> Result<()> {
    if args.to.is_some_and(|to| to < args.from) {
        bail!("--to comes before --from: nothing would be archived");
    }
    let settings = LogSettings::layer(data_dir, &args.log, matches)?;
    let log = OpenLog::open(data_dir, &settings, Purpose::Reading).await?;
    let plan = Plan {
        ledgers: log.ledgers.reader.ledgers().to_vec(),
        from: args.from,
        to: args.to,
        homeward: env!("CARGO_PKG_VERSION").to_owned(),
        by: args.by.clone(),
    };
    let progress = Progress::new("archiving", Some(0), Unit::Commits);
    let written = write_archive(&log.ledgers.reader, &plan, path, |done, total| {
        progress.expect(total);
        progress.reach(done);
    })
    .await;
    progress.clear();
    log.close().await;
    written.context("no archive was written")?;
    Ok(())
}

fn check(path: &Path, json: bool) -> Result<Outcome> {
    let archive = match Archive::open(path) {
        Ok(archive) => archive,
        Err(error @ (ArchiveError::CutOff(_) | ArchiveError::Damaged { .. })) => {
            if json {
                out::json(&json!({ "whole": false, "damages": [error.to_string()] }))?;
            } else {
                out::line(format!("{} {error}", path.display()))?;
            }
            return Ok(Outcome::Differs);
        }
        Err(
            error @ (ArchiveError::Unavailable(_)
            | ArchiveError::NotAnArchive
            | ArchiveError::FormatUnknown { .. }),
        ) => return Err(error).with_context(|| path.display().to_string()),
    };
    let commits = archive
        .manifest()
        .ledgers
        .iter()
        .map(|extent| extent.commits);
    let progress = Progress::new("checking", Some(commits.sum()), Unit::Commits);
    let damages = archive.check(|commits| progress.advance(commits));
    progress.clear();
    tell(&archive, &damages, json)?;
    Ok(if damages.is_empty() {
        Outcome::Done
    } else {
        Outcome::Differs
    })
}

fn tell(archive: &Archive, damages: &[Damage], json: bool) -> Result<()> {
    let manifest = archive.manifest();
    let worded = |damage: &Damage| format!("ledger `{}`: {}", damage.ledger, damage.what);
    if json {
        out::json(&Told {
            whole: damages.is_empty(),
            sha256: archive.sha256(),
            manifest,
            damages: damages.iter().map(worded).collect(),
        })?;
        return Ok(());
    }
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header([
        "ledger",
        "sequences",
        "commits",
        "last stored",
        "what",
        "payloads",
    ]);
    for extent in &manifest.ledgers {
        table.add_row([
            extent.ledger.to_string(),
            format!("{} to {}", extent.first, extent.last),
            extent.commits.to_string(),
            extent
                .last_stored
                .map_or_else(|| "never".to_owned(), |stored| stored.to_string()),
            what(extent),
            format!("sha256:{}", extent.payloads_sha256),
        ]);
    }
    out::line(table.trim_fmt())?;
    let by = manifest
        .by
        .as_ref()
        .map(|by| format!(" for {by}"))
        .unwrap_or_default();
    out::line(format!(
        "written {} by homeward {}{by}",
        manifest.written, manifest.homeward
    ))?;
    out::line(format!("archive sha256:{}", archive.sha256()))?;
    for damage in damages {
        out::line(worded(damage))?;
    }
    Ok(())
}

fn what(extent: &Extent) -> String {
    if extent.whole {
        "the whole ledger".to_owned()
    } else {
        format!("a slice of 1 to {}", extent.log_last)
    }
}
