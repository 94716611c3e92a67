//! `homeward cut`: giving a name to positions of the log, through the door of a running server.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;
use comfy_table::Table;
use homeward_events::id::{AgencyId, CutName, LedgerId};
use homeward_projector::past::Known;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::out;

/// How long naming may take: the log is read for its digest, once.
const NAMING_WAIT: Duration = Duration::from_mins(2);

/// Give a name to positions of the log, or list the names given
#[derive(Debug, Args)]
pub(crate) struct CutArgs {
    #[command(flatten)]
    server: ServerArgs,
    /// The name, such as `2026-Q2`; given once, for good
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    name: Option<CutName>,
    /// List named cuts
    #[arg(long)]
    list: bool,
    /// Only this ledger; repeat for several [default: every ledger that the key opens]
    #[arg(long, value_name = "LEDGER")]
    ledger: Vec<LedgerId>,
    /// A ledger's last sequence that the cut knows, as jm:1200; repeat for several [default: the head]
    #[arg(long, value_name = "LEDGER:SEQUENCE", conflicts_with = "before")]
    at: Vec<Known>,
    /// Everything that was stored before this time in UTC
    #[arg(long, value_name = "TIME")]
    before: Option<Known>,
    /// What for, in a few words without personal data
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,
    /// On whose behalf [default: the key's first agency]
    #[arg(long, value_name = "AGENCY")]
    agency: Option<AgencyId>,
}

#[derive(Deserialize)]
struct Cuts {
    cuts: Vec<Cut>,
}

#[derive(Deserialize)]
struct Cut {
    name: String,
    ledger: String,
    sequence: u64,
    stored: String,
    positions: BTreeMap<String, u64>,
    log_sha256: Option<String>,
    note: Option<String>,
}

/// `homeward cut`.
pub(crate) async fn run(args: &CutArgs, data_dir: &Path, as_json: bool) -> Result<Outcome> {
    let door = args.server.door(data_dir)?;
    let Some(name) = args.name.as_ref().filter(|_| !args.list) else {
        let told = door.get("/v1/cuts").await?;
        return show(told, as_json);
    };
    for known in args.at.iter().chain(&args.before) {
        match known {
            Known::Sequence(..) | Known::Before(_) => {}
            Known::Head | Known::Cut(_) => {
                bail!("`{known}` is neither a position such as jm:1200 nor a time")
            }
        }
    }
    let known: Vec<String> = args
        .at
        .iter()
        .chain(&args.before)
        .map(ToString::to_string)
        .collect();
    let body = json!({
        "name": name, "known": known, "ledgers": args.ledger, "note": args.note,
        "agency": args.agency,
    });
    let path = "/v1/cuts";
    let request = door.request(Method::POST, path).json(&body);
    let named = door.ask(request.timeout(NAMING_WAIT), path).await?;
    show(json!({ "cuts": [named] }), as_json)
}

fn show(told: Value, as_json: bool) -> Result<Outcome> {
    if as_json {
        out::json(&told)?;
        return Ok(Outcome::Done);
    }
    let Cuts { cuts } = serde_json::from_value(told)?;
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(["name", "positions", "named at", "in", "log", "note"]);
    for cut in cuts {
        let positions = cut.positions.iter();
        let positions: Vec<String> = positions.map(|(id, last)| format!("{id}:{last}")).collect();
        let log = cut.log_sha256.unwrap_or_default();
        table.add_row([
            cut.name,
            positions.join(" "),
            cut.stored,
            format!("{}:{}", cut.ledger, cut.sequence),
            log.chars().take(12).collect(),
            cut.note.unwrap_or_default(),
        ]);
    }
    out::line(table.trim_fmt())?;
    Ok(Outcome::Done)
}
