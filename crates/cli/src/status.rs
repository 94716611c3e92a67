//! `homeward status`: how a running server stands.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::Args;
use comfy_table::Table;
use serde::Deserialize;

use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::out;

/// Show how far each read model of a running server is
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    server: ServerArgs,
}

/// What the server tells, as far as the table shows it.
#[derive(Debug, Deserialize)]
struct Status {
    version: String,
    models: Vec<Model>,
    people: Option<People>,
}

/// Who is known by name, without a name.
#[derive(Debug, Deserialize)]
struct People {
    journeys: Option<usize>,
    possible_duplicates: Option<usize>,
    not_ready: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Model {
    #[serde(rename = "model")]
    name: String,
    version: u32,
    state: String,
    as_of: Option<AsOf>,
    lag_commits: Option<u64>,
    rate_per_second: u64,
    progress: Option<Making>,
    #[serde(default)]
    halted: Vec<Stopped>,
    last_error: Option<String>,
}

#[derive(Debug, Deserialize)]
struct AsOf {
    ledgers: BTreeMap<String, Position>,
    not_current: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Position {
    sequence: u64,
    head: u64,
}

#[derive(Debug, Deserialize)]
struct Making {
    stage: String,
    done: u64,
    total: u64,
}

#[derive(Debug, Deserialize)]
struct Stopped {
    ledger: String,
    sequence: u64,
    reason: String,
}

/// `homeward status`.
pub(crate) async fn run(args: &StatusArgs, data_dir: &Path, json: bool) -> Result<Outcome> {
    let door = args.server.door(data_dir)?;
    let told = door.get("/v1/status").await?;
    if json {
        out::json(&told)?;
        return Ok(Outcome::Done);
    }
    let status: Status = serde_json::from_value(told).with_context(|| {
        format!(
            "{} is of a version whose status cannot be shown; try --json",
            door.url()
        )
    })?;
    out::line(format!("{} runs homeward {}", door.url(), status.version))?;
    out::line(table(&status.models).trim_fmt())?;
    if let Some(people) = &status.people {
        out::line(people.told())?;
    }
    for model in &status.models {
        for line in remarks(model) {
            out::line(line)?;
        }
    }
    Ok(Outcome::Done)
}

impl People {
    fn told(&self) -> String {
        let count = |count: Option<usize>| count.map_or_else(|| "-".to_owned(), |n| n.to_string());
        let (journeys, pairs) = (count(self.journeys), count(self.possible_duplicates));
        let why = self.not_ready.iter().map(|why| format!(" ({why})"));
        let why: String = why.collect();
        format!("people: {journeys} journeys with names, {pairs} possible duplicates{why}")
    }
}

fn table(models: &[Model]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(["read model", "state", "in / log", "behind", "per second"]);
    for model in models {
        let (mut sequences, mut heads) = (0, 0);
        for position in model.as_of.iter().flat_map(|as_of| as_of.ledgers.values()) {
            sequences += position.sequence;
            heads += position.head;
        }
        let state = model.progress.as_ref().map_or_else(
            || model.state.clone(),
            |making| {
                format!(
                    "{}: {} {} of {}",
                    model.state, making.stage, making.done, making.total
                )
            },
        );
        table.add_row([
            format!("{}@{}", model.name, model.version),
            state,
            model
                .as_of
                .as_ref()
                .map_or_else(String::new, |_| format!("{sequences} / {heads}")),
            model
                .lag_commits
                .map_or_else(String::new, |lag| lag.to_string()),
            model.rate_per_second.to_string(),
        ]);
    }
    table
}

/// What is not as it should be with a model.
fn remarks(model: &Model) -> Vec<String> {
    let name = &model.name;
    let halted = model.halted.iter().map(|stop| {
        let Stopped {
            ledger,
            sequence,
            reason,
        } = stop;
        format!("{name} stopped before {ledger}:{sequence}: {reason}")
    });
    // A model that stopped has said so already, and one that is behind says it in the table.
    let settled = model.halted.is_empty() && model.lag_commits == Some(0);
    let not_current = model
        .as_of
        .as_ref()
        .and_then(|as_of| as_of.not_current.as_ref());
    let not_current = not_current
        .filter(|_| settled)
        .map(|why| format!("{name}: {why}"));
    let error = model
        .last_error
        .as_ref()
        .map(|error| format!("{name}: last error: {error}"));
    halted.chain(not_current).chain(error).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_behind_or_stopped_is_told() {
        let status: Status = serde_json::from_value(serde_json::json!({
            "version": "0.1.0",
            "models": [
                {
                    "model": "caseload", "version": 1, "state": "live", "generation": "v1-1",
                    "as_of": {
                        "ledgers": { "jm": { "sequence": 3, "head": 5 }, "tt": { "sequence": 2, "head": 2 } },
                        "lag_commits": 2, "current": false, "not_current": "2 commits behind"
                    },
                    "lag_commits": 2, "rate_per_second": 40, "progress": null,
                    "halted": [], "last_error": null, "quarantines": 0
                },
                {
                    "model": "quality", "version": 2, "state": "building", "generation": null,
                    "as_of": null, "lag_commits": null, "rate_per_second": 0,
                    "progress": { "stage": "folding", "done": 1, "total": 9, "rate_per_second": 0 },
                    "halted": [{ "ledger": "jm", "sequence": 4, "event_type": "x.y", "reason": "unknown" }],
                    "last_error": "disk", "quarantines": 1
                }
            ]
        }))
        .unwrap();
        let table = table(&status.models).trim_fmt();
        let rows: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(rows[1], ["caseload@1", "live", "5", "/", "7", "2", "40"]);
        assert_eq!(
            rows[2],
            ["quality@2", "building:", "folding", "1", "of", "9", "0"]
        );
        assert!(remarks(&status.models[0]).is_empty());
        assert_eq!(
            remarks(&status.models[1]),
            [
                "quality stopped before jm:4: unknown",
                "quality: last error: disk"
            ]
        );
    }
}
