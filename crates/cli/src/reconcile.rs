//! `homeward reconcile`: did you get all of mine? Asked with the file that was published, whose ids are
//! made again and looked for one by one; or with a source, of which is told how many events are in, and
//! which of its own numbers are not.

mod numbers;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use homeward_events::id::{AgencyId, LedgerId};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use self::numbers::{End, Numbers};
use crate::door::Door;
use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::out;
use crate::publish::entry::Entry;
use crate::publish::{Input, Rejects, Source, TableArgs};

/// Events that are asked for at once; the door takes a thousand.
const EVENTS_AT_ONCE: usize = 500;

/// Compare what was published with what is in the log
#[derive(Debug, Args)]
pub(crate) struct ReconcileArgs {
    /// The file that was published: JSON Lines or a JSON array; with a mapping, a table
    #[arg(value_name = "INPUT")]
    path: Option<PathBuf>,
    /// The mapping that it was published with
    #[arg(long, value_name = "FILE", requires = "path")]
    mapping: Option<PathBuf>,
    #[command(flatten)]
    table: TableArgs,
    /// The publishing system, as its events name it: compares counts, and its own numbers
    /// (`sequence`), instead of a file
    #[arg(long, conflicts_with = "path", required_unless_present = "path")]
    source: Option<String>,
    /// How many of its events there should be
    #[arg(long, value_name = "EVENTS", requires = "source")]
    expected: Option<u64>,
    /// Only events recorded on this day or later; or the first of the source's numbers, 1 unless given
    #[arg(long, value_name = "DAY|NUMBER", requires = "source")]
    from: Option<End>,
    /// Only events recorded on this day or earlier; or the last of the source's numbers, the greatest
    /// that was offered unless given
    #[arg(long, value_name = "DAY|NUMBER", requires = "source")]
    to: Option<End>,
    /// Only this ledger
    #[arg(long, requires = "source")]
    ledger: Option<LedgerId>,
    /// Only for this agency
    #[arg(long, requires = "source")]
    agency: Option<AgencyId>,
    #[command(flatten)]
    server: ServerArgs,
}

/// `homeward reconcile`.
pub(crate) async fn run(args: &ReconcileArgs, data_dir: &Path, json: bool) -> Result<Outcome> {
    let door = args.server.door(data_dir)?;
    match (&args.path, &args.source) {
        (Some(path), _) => {
            let input = Input::new(path.clone(), args.mapping.clone(), args.table.clone());
            let (source, rejects) = input.open(None)?;
            let report = by_file(&door, source, rejects).await?;
            report.tell(json)
        }
        (None, Some(source)) => by_count(&door, args, source, json).await,
        (None, None) => bail!("give the file that was published, or --source"),
    }
}

/// What became of a file's events.
#[derive(Debug, Default, Serialize)]
struct Report {
    /// Rows or lines that tell events.
    rows: u64,
    /// Events that they tell.
    events: u64,
    /// Events that are in the log.
    #[serde(rename = "in")]
    in_log: u64,
    /// Events that were refused, and are not in.
    refused: Vec<Missing>,
    /// Events that never came.
    missing: Vec<Missing>,
    /// Rows that tell nothing as they stand, and cannot have been sent.
    unreadable: Vec<Unreadable>,
}

#[derive(Debug, Serialize)]
struct Missing {
    row: u64,
    event: String,
    journey: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Debug, Serialize)]
struct Unreadable {
    row: u64,
    column: String,
    reason: String,
}

/// An event of the file, and where it stands there.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Sought {
    #[serde(skip)]
    row: u64,
    id: String,
    subject: String,
    ledger: String,
}

#[derive(Deserialize)]
struct Commit {
    events: Vec<Sought>,
}

#[derive(Deserialize)]
struct Found {
    results: Vec<FoundEvent>,
}

#[derive(Deserialize)]
struct FoundEvent {
    status: String,
    code: Option<String>,
    reason: Option<String>,
}

/// What one entry of the source gives.
enum Told {
    Events(Vec<Sought>),
    Unreadable(Unreadable),
}

async fn by_file(door: &Door, source: Source, rejects: Rejects) -> Result<Report> {
    let (told, mut given) = mpsc::channel(2 * EVENTS_AT_ONCE);
    let reader = tokio::task::spawn_blocking(move || {
        (source.entries)(
            &mut |entry: Entry| match told.blocking_send(tell(entry, &rejects)) {
                Ok(()) => ControlFlow::Continue(()),
                // Whoever asked gave up, and says why.
                Err(_) => ControlFlow::Break(()),
            },
        )
    });
    let (mut report, mut open) = (Report::default(), Vec::new());
    while let Some(told) = given.recv().await {
        match told {
            Told::Unreadable(unreadable) => report.unreadable.push(unreadable),
            Told::Events(events) => {
                report.rows += 1;
                open.extend(events);
            }
        }
        while open.len() >= EVENTS_AT_ONCE {
            let rest = open.split_off(EVENTS_AT_ONCE);
            report.ask(door, std::mem::replace(&mut open, rest)).await?;
        }
    }
    report.ask(door, open).await?;
    let read = reader
        .await
        .context("the reader of the input ended early")?;
    read.context("the input cannot be read any further")?;
    Ok(report)
}

fn tell(entry: Entry, rejects: &Rejects) -> Told {
    let row = entry.line;
    let unreadable = |column: String, reason: String| {
        Told::Unreadable(Unreadable {
            row,
            column,
            reason,
        })
    };
    match entry.content {
        Err(refused) => {
            let (column, reason) = rejects.told(&refused);
            unreadable(column, reason)
        }
        Ok(commit) => match serde_json::from_str::<Commit>(&commit.json) {
            Ok(mut commit) => {
                for event in &mut commit.events {
                    event.row = row;
                }
                Told::Events(commit.events)
            }
            Err(error) => unreadable(String::new(), error.to_string()),
        },
    }
}

impl Report {
    async fn ask(&mut self, door: &Door, events: Vec<Sought>) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let path = "/v1/events/known";
        let request = door
            .request(Method::POST, path)
            .json(&json!({ "events": events }));
        let found: Found = serde_json::from_value(door.ask(request, path).await?)?;
        self.events += u64::try_from(events.len()).unwrap_or(u64::MAX);
        for (event, found) in events.into_iter().zip(found.results) {
            let missing = Missing {
                row: event.row,
                event: event.id,
                journey: event.subject,
                code: found.code,
                reason: found.reason,
            };
            match found.status.as_str() {
                "in" => self.in_log += 1,
                "refused" => self.refused.push(missing),
                _ => self.missing.push(missing),
            }
        }
        Ok(())
    }

    fn tell(&self, json: bool) -> Result<Outcome> {
        let agrees =
            self.refused.is_empty() && self.missing.is_empty() && self.unreadable.is_empty();
        if json {
            let mut report = serde_json::to_value(self)?;
            if let Value::Object(report) = &mut report {
                report.insert("agrees".to_owned(), agrees.into());
            }
            out::json(&report)?;
        } else {
            for wrong in &self.unreadable {
                out::line(format!(
                    "row {}, {}: {}",
                    wrong.row, wrong.column, wrong.reason
                ))?;
            }
            for wrong in &self.refused {
                let (code, reason) = (wrong.code.as_deref(), wrong.reason.as_deref());
                let why = format!(
                    "{}: {}",
                    code.unwrap_or("refused"),
                    reason.unwrap_or_default()
                );
                out::line(format!(
                    "row {}: event {} was refused, {why}",
                    wrong.row, wrong.event
                ))?;
            }
            for wrong in &self.missing {
                out::line(format!(
                    "row {}: event {} never came",
                    wrong.row, wrong.event
                ))?;
            }
            out::line(format!(
                "{} events of {} rows: {} are in, {} were refused, {} never came; {} rows cannot be read",
                self.events,
                self.rows,
                self.in_log,
                self.refused.len(),
                self.missing.len(),
                self.unreadable.len()
            ))?;
        }
        Ok(if agrees {
            Outcome::Done
        } else {
            Outcome::Differs
        })
    }
}

async fn by_count(door: &Door, args: &ReconcileArgs, source: &str, json: bool) -> Result<Outcome> {
    let path = "/v1/sources";
    let parameters: Vec<(&str, String)> = [
        ("source", Some(source.to_owned())),
        ("ledger", args.ledger.as_ref().map(ToString::to_string)),
        ("agency", args.agency.as_ref().map(ToString::to_string)),
    ]
    .into_iter()
    .chain(numbers::parameters(args.from, args.to)?)
    .filter_map(|(name, value)| Some((name, value?)))
    .collect();
    let request = door.request(Method::GET, path).query(&parameters);
    let answer = door.ask(request, path).await?;
    let sum = |list: &str| -> u64 {
        let rows = answer
            .get(list)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        rows.filter_map(|row| row.get("events")?.as_u64()).sum()
    };
    let (events, refused) = (sum("sources"), sum("refused"));
    let numbers = Numbers::of(&answer)?;
    // Whoever asks for numbers of a source of which nothing is known lacks all of them.
    let none_known = numbers.is_empty() && numbers::by_number(args.from, args.to);
    let agrees = args.expected.is_none_or(|expected| expected == events)
        && !none_known
        && numbers.iter().all(Numbers::agrees);
    let current = answer
        .pointer("/as_of/current")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    if json {
        out::json(&json!({
            "source": source, "expected": args.expected, "in": events, "refused": refused,
            "agrees": agrees, "current": current, "answer": answer,
        }))?;
    } else {
        if !current {
            out::remark("the counts are not up to the end of the log yet: ask again");
        }
        if !numbers.is_empty() && answer.get("refused").is_none() {
            out::remark("this key only reads: to it, refused numbers are numbers that never came");
        }
        tell_sources(&answer)?;
        for numbers in &numbers {
            numbers.tell()?;
        }
        if none_known {
            out::line("none of its numbers is known")?;
        }
        let expected = args.expected.map_or_else(String::new, |expected| {
            format!(" of {expected} that are expected")
        });
        out::line(format!(
            "{events} events are in{expected}; {refused} were refused"
        ))?;
    }
    Ok(if agrees {
        Outcome::Done
    } else {
        Outcome::Differs
    })
}

fn tell_sources(answer: &Value) -> Result<()> {
    let rows = answer.get("sources").and_then(Value::as_array);
    for row in rows.into_iter().flatten() {
        let text = |name: &str| {
            row.get(name).map_or_else(String::new, |value| {
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
            })
        };
        out::line(format!(
            "{} {}: {} events, recorded from {} to {}",
            text("ledger"),
            text("agency"),
            text("events"),
            text("first_on"),
            text("last_on")
        ))?;
    }
    Ok(())
}
