//! `homeward people`: whether somebody has come before, asked of a running server.

use std::path::Path;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use comfy_table::Table;
use homeward_events::id::LedgerId;
use homeward_events::place::CountryCode;
use homeward_events::time::OccurredOn;
use homeward_events::vocabulary::Sex;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::exit::Outcome;
use crate::find::ServerArgs;
use crate::out;
use crate::terminal::printable;

#[derive(Debug, Subcommand)]
pub(crate) enum PeopleCommand {
    /// Search people by name, birth date and documents, however they are written
    Search(Box<SearchArgs>),
    /// List pairs of journeys that may be one human being, and that nobody has judged
    Duplicates(DuplicatesArgs),
}

#[derive(Args)]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    server: ServerArgs,
    /// Given name; repeat for several
    #[arg(long, value_name = "NAME")]
    given: Vec<String>,
    /// Surname; repeat for the second
    #[arg(long, value_name = "NAME")]
    surname: Vec<String>,
    /// Nickname or alias; repeat for several
    #[arg(long = "also", value_name = "NAME")]
    also: Vec<String>,
    /// Birth date as precisely as it is known: 1985, 1985-03, 1985-03-04
    #[arg(long, value_name = "DATE")]
    born: Option<OccurredOn>,
    /// Document, as passport=A1234567; repeat for several
    #[arg(long, value_name = "KIND=NUMBER")]
    document: Vec<String>,
    /// Mother's name
    #[arg(long, value_name = "NAME")]
    mother: Option<String>,
    /// Sex
    #[arg(long)]
    sex: Option<Sex>,
    /// Country that sends the person back
    #[arg(long, value_name = "COUNTRY")]
    sending_country: Option<CountryCode>,
    /// Only this ledger; repeat for several [default: every ledger that the key opens]
    #[arg(long, value_name = "LEDGER")]
    ledger: Vec<LedgerId>,
    /// Most candidates
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

// What is searched for is a person: it is printed nowhere.
impl std::fmt::Debug for SearchArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchArgs").finish_non_exhaustive()
    }
}

#[derive(Debug, Args)]
pub(crate) struct DuplicatesArgs {
    #[command(flatten)]
    server: ServerArgs,
    /// Only this ledger; repeat for several [default: every ledger that the key opens]
    #[arg(long, value_name = "LEDGER")]
    ledger: Vec<LedgerId>,
    /// Most pairs
    #[arg(long, default_value_t = 100)]
    limit: usize,
    /// Where the page before ended
    #[arg(long)]
    after: Option<String>,
}

#[derive(Deserialize)]
struct Candidates {
    candidates: Vec<Candidate>,
}

#[derive(Deserialize)]
struct Candidate {
    ledger: String,
    journey: String,
    likely: bool,
    score: i32,
    evidence: Vec<Evidence>,
    said: Vec<Said>,
}

#[derive(Deserialize)]
struct Duplicates {
    duplicates: Vec<Duplicate>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Duplicate {
    ledger: String,
    journey: String,
    other: String,
    score: i32,
    evidence: Vec<Evidence>,
    said: Vec<Said>,
    other_said: Vec<Said>,
}

#[derive(Deserialize)]
struct Evidence {
    field: String,
    how: String,
}

#[derive(Deserialize)]
struct Said {
    given_names: Vec<String>,
    surnames: Vec<String>,
    born_on: Option<String>,
}

/// `homeward people`.
pub(crate) async fn run(
    command: &PeopleCommand,
    data_dir: &Path,
    as_json: bool,
) -> Result<Outcome> {
    match command {
        PeopleCommand::Search(args) => search(args, data_dir, as_json).await,
        PeopleCommand::Duplicates(args) => duplicates(args, data_dir, as_json).await,
    }
}

async fn search(args: &SearchArgs, data_dir: &Path, as_json: bool) -> Result<Outcome> {
    let mut documents = Map::new();
    for document in &args.document {
        let Some((kind, number)) = document.split_once('=') else {
            bail!("--document: expected a kind and a number, as passport=A1234567");
        };
        documents.insert(kind.to_owned(), number.into());
    }
    let body = json!({
        "given_names": args.given, "surnames": args.surname, "also_known_as": args.also,
        "born_on": args.born, "documents": documents, "mother_name": args.mother, "sex": args.sex,
        "sending_country": args.sending_country, "ledgers": args.ledger, "limit": args.limit,
    });
    let (door, path) = (args.server.door(data_dir)?, "/v1/people/search");
    let told: Value = door
        .ask(door.request(Method::POST, path).json(&body), path)
        .await?;
    if as_json {
        out::json(&told)?;
        return Ok(Outcome::Done);
    }
    let Candidates { candidates } = serde_json::from_value(told)?;
    if candidates.is_empty() {
        out::line("nobody who may be that person is known")?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(["", "bits", "who", "journey", "because"]);
    for found in candidates {
        table.add_row([
            if found.likely { "likely" } else { "" }.to_owned(),
            bits(found.score),
            who(&found.said),
            format!("{} {}", found.ledger, found.journey),
            because(&found.evidence),
        ]);
    }
    out::line(table.trim_fmt())?;
    Ok(Outcome::Done)
}

async fn duplicates(args: &DuplicatesArgs, data_dir: &Path, as_json: bool) -> Result<Outcome> {
    let (door, path) = (args.server.door(data_dir)?, "/v1/people/duplicates");
    let ledgers = args
        .ledger
        .iter()
        .map(|ledger| ("ledger", ledger.to_string()));
    let mut asked: Vec<(&str, String)> = ledgers.collect();
    asked.push(("limit", args.limit.to_string()));
    asked.extend(args.after.iter().map(|after| ("after", after.clone())));
    let told = door
        .ask(door.request(Method::GET, path).query(&asked), path)
        .await?;
    if as_json {
        out::json(&told)?;
        return Ok(Outcome::Done);
    }
    let Duplicates { duplicates, next } = serde_json::from_value(told)?;
    if duplicates.is_empty() {
        out::line("no pair of journeys may be one human being without being linked or told apart")?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(["bits", "one", "other", "ledger and journeys", "because"]);
    for found in duplicates {
        table.add_row([
            bits(found.score),
            who(&found.said),
            who(&found.other_said),
            format!("{} {} {}", found.ledger, found.journey, found.other),
            because(&found.evidence),
        ]);
    }
    out::line(table.trim_fmt())?;
    if let Some(next) = next {
        out::remark(format!("there are more: --after '{next}'"));
    }
    Ok(Outcome::Done)
}

/// Hundredths of a bit as bits.
fn bits(score: i32) -> String {
    let sign = if score < 0 { "-" } else { "" };
    let score = score.unsigned_abs();
    format!("{sign}{}.{:02}", score / 100, score % 100)
}

fn who(said: &[Said]) -> String {
    let one = |said: &Said| {
        let names = [said.given_names.join(" "), said.surnames.join(" ")].join(" ");
        let born = said.born_on.as_deref().unwrap_or("-");
        printable(&format!("{names}, {born}"))
    };
    let all: Vec<String> = said.iter().map(one).collect();
    all.join("; ")
}

fn because(evidence: &[Evidence]) -> String {
    let all: Vec<String> = evidence
        .iter()
        .map(|evidence| format!("{} {}", evidence.field, evidence.how))
        .collect();
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_of_a_bit_are_told_in_bits() {
        assert_eq!(bits(1530), "15.30");
        assert_eq!(bits(-5), "-0.05");
    }
}
