//! `homeward schedules`: templates of follow-ups, checked and listed; and planning by one, through the
//! door of a running server.

use std::path::Path;

use anyhow::Result;
use clap::{Args, Subcommand};
use comfy_table::Table;
use homeward_events::id::{ActorId, AgencyId, JourneyId, LedgerId};
use homeward_projections::schedule::{DEFAULT, Schedule};
use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::out;
use crate::shelves::{self, FilesCommand};

/// What is done with templates of follow-ups.
#[derive(Debug, Subcommand)]
pub(crate) enum SchedulesCommand {
    #[command(flatten)]
    Files(FilesCommand),
    Plan(PlanArgs),
}

/// Plan a journey's follow-ups; planned again, nothing changes
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    server: ServerArgs,
    /// The journey
    journey: JourneyId,
    /// Its ledger
    #[arg(long, value_name = "LEDGER")]
    ledger: LedgerId,
    /// By which template, id or id@version
    #[arg(long, value_name = "SCHEDULE", default_value = DEFAULT)]
    schedule: String,
    /// Who does them
    #[arg(long, value_name = "ACCOUNT")]
    assigned_to: Option<ActorId>,
    /// On whose behalf [default: the key's first agency]
    #[arg(long, value_name = "AGENCY")]
    agency: Option<AgencyId>,
}

#[derive(Deserialize)]
struct Planned {
    follow_ups: Vec<FollowUp>,
}

#[derive(Deserialize)]
struct FollowUp {
    key: String,
    due_on: String,
    closes_on: Option<String>,
    planned: bool,
}

/// `homeward schedules`.
pub(crate) async fn run(
    command: &SchedulesCommand,
    data_dir: &Path,
    as_json: bool,
) -> Result<Outcome> {
    let args = match command {
        SchedulesCommand::Files(files) => {
            return shelves::run::<Schedule>(files, data_dir, as_json);
        }
        SchedulesCommand::Plan(args) => args,
    };
    let door = args.server.door(data_dir)?;
    let path = format!("/v1/journeys/{}/follow-ups", args.journey);
    let body = json!({
        "ledger": args.ledger, "schedule": args.schedule, "assigned_to": args.assigned_to,
        "agency": args.agency,
    });
    let request = door.request(Method::POST, &path).json(&body);
    let told = door.ask(request, &path).await?;
    if as_json {
        out::json(&told)?;
        return Ok(Outcome::Done);
    }
    let Planned { follow_ups } = serde_json::from_value(told)?;
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(["follow-up", "due", "closes", ""]);
    for known in follow_ups {
        let how = if known.planned { "planned" } else { "known" };
        table.add_row([
            known.key,
            known.due_on,
            known.closes_on.unwrap_or_default(),
            how.to_owned(),
        ]);
    }
    out::line(table.trim_fmt())?;
    Ok(Outcome::Done)
}
