//! `homeward explain`: who and what is behind a figure, from the log alone.
//! `homeward diff`: what moved it between two positions, event by event.

mod asked;
pub(crate) mod diff;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::{ArgMatches, Args};
use homeward_events::id::JourneyId;
use homeward_projections::explain::{self, Evidence, Fact, PlacedFacts, Weight};
use homeward_projections::histories;
use homeward_projector::past::{Known, LogFacts};
use serde::Serialize;
use serde_json::{Value, json};

use self::asked::{FigureArgs, show};
use crate::config::LogArgs;
use crate::exit::Outcome;
use crate::out;
use crate::source::ArchiveArgs;

/// In place of a read model: a journey is asked about.
const JOURNEY: &str = "journey";

/// Persons that are printed unless asked otherwise: a screen or two.
const PERSONS: usize = 20;

/// Name the journeys and the events behind a figure, from the log alone
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Read model whose figure is asked about, or `recidivism`; or `journey`, for why one is counted
    #[arg(value_name = "MODEL", value_parser = asked::models_and([JOURNEY]))]
    model: String,
    /// With `journey`: which one
    #[arg(value_name = "JOURNEY", required_if_eq("model", JOURNEY))]
    journey: Option<JourneyId>,
    #[command(flatten)]
    figure: FigureArgs,
    /// Up to where the log is known, as `replay` understands it
    #[arg(long, value_name = "KNOWN", default_value = "head")]
    known: Vec<Known>,
    /// Persons to print at most; the figure counts all
    #[arg(long, value_name = "N", default_value_t = PERSONS)]
    limit: usize,
    #[command(flatten)]
    log: LogArgs,
    #[command(flatten)]
    archive: ArchiveArgs,
}

/// What is behind a figure.
struct Behind {
    /// Persons who add to it.
    persons: usize,
    /// What they add, of every cell.
    adds: BTreeMap<String, i64>,
    /// The first of them.
    first: Vec<(Evidence, PlacedFacts)>,
}

/// `homeward explain`.
pub(crate) async fn run(
    args: &ExplainArgs,
    data_dir: &Path,
    matches: &ArgMatches,
    as_json: bool,
) -> Result<Outcome> {
    if let Some(journey) = args.journey {
        return course(args, journey, data_dir, matches, as_json).await;
    }
    let asked = args
        .figure
        .figure(&args.model, data_dir, &args.log.ledgers)?;
    let source = (&args.log, &args.archive);
    let log = asked::read_known(data_dir, source, matches, &args.known).await?;
    let behind = behind(&asked.figure, asked.model, &log, args.limit)?;
    let adds = behind.adds.iter();
    let sum = asked
        .figure
        .total(adds.map(|(cell, count)| (cell.as_str(), *count)));
    if as_json {
        let persons = behind.first.iter().map(|(one, placed)| told(one, placed));
        out::json(&json!({
            "figure": asked.name,
            "day": asked.day,
            "sequences": asked::sequences(&log),
            "persons": behind.persons,
            "adds": asked::cells(&asked.figure, &behind.adds),
            "sum": sum,
            "evidence": persons.collect::<Vec<_>>(),
        }))?;
        return Ok(Outcome::Done);
    }
    out::line(format!(
        "{}: {} behind {sum} in {}",
        asked.name,
        out::counted(behind.persons, "person"),
        out::counted(behind.adds.len(), "cell"),
    ))?;
    out::line("")?;
    let evidence = behind.first.iter().map(|(one, placed)| (one, placed));
    show(&explain::evidence_sheet(evidence))?;
    if behind.persons > behind.first.len() {
        let more = behind.persons - behind.first.len();
        out::remark(format!(
            "{more} more persons: raise --limit, or ask for fewer with --only"
        ));
    }
    Ok(Outcome::Done)
}

/// `homeward explain journey`: why is this person counted, censored, left out?
async fn course(
    args: &ExplainArgs,
    journey: JourneyId,
    data_dir: &Path,
    matches: &ArgMatches,
    as_json: bool,
) -> Result<Outcome> {
    if args.model != JOURNEY {
        bail!("a journey is asked about with `homeward explain journey {journey}`");
    }
    let definition = asked::definition(data_dir, args.figure.definition.as_deref())?;
    let day = args.figure.day();
    let source = (&args.log, &args.archive);
    let log = asked::read_known(data_dir, source, matches, &args.known).await?;
    let facts = explain::plain(&log.with(&histories::HISTORIES, journey)?);
    let (journeys, trace) = explain::course_of(&definition, day.0, &facts, journey)
        .with_context(|| format!("journey {journey} is not known"))?;
    if as_json {
        out::json(&json!({ "journeys": journeys, "trace": trace }))?;
        return Ok(Outcome::Done);
    }
    out::line(format!("{} on {day}", definition.name()))?;
    let Some(trace) = trace else {
        out::line("never received: no definition counts from anything")?;
        return Ok(Outcome::Done);
    };
    for course in trace.courses {
        out::line("")?;
        let words = [
            Some(course.verdict.to_owned()),
            course.cause,
            course.ended.map(|day| day.to_string()),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        out::line(format!(
            "journey {} from {}: {}",
            course.journey,
            course.origin,
            words.join(" ")
        ))?;
        for step in course.steps {
            let (day, what, verdict) = (step.day, step.what, step.verdict);
            out::line(format!("  {day}  {what}: {verdict}, {}", step.reason))?;
        }
    }
    Ok(Outcome::Done)
}

fn behind(
    figure: &explain::Figure,
    model: &homeward_projections::ReadModel,
    log: &LogFacts,
    limit: usize,
) -> Result<Behind> {
    let mut behind = Behind {
        persons: 0,
        adds: BTreeMap::new(),
        first: Vec::new(),
    };
    for placed in log.together(model) {
        let placed = placed?;
        // What many add is told of all of them, what it rests on only of the first.
        let facts = explain::plain(&placed);
        let adds = figure.of(&facts);
        if adds.rows.is_empty() && adds.cells.is_empty() {
            continue;
        }
        behind.persons += 1;
        for (cell, by) in adds.cells {
            *behind.adds.entry(cell).or_default() += by;
        }
        if behind.first.len() < limit {
            let evidence = explain::evidence(figure, &facts);
            behind.first.extend(evidence.map(|one| (one, placed)));
        }
    }
    Ok(behind)
}

/// An event behind a figure, for programs.
#[derive(Serialize)]
struct BearingJson {
    #[serde(flatten)]
    fact: Fact,
    weight: Weight,
}

fn told(one: &Evidence, placed: &PlacedFacts) -> Value {
    let facts = one.facts(placed).into_iter();
    let events: Vec<BearingJson> = facts
        .map(|(fact, weight)| BearingJson { fact, weight })
        .collect();
    json!({ "persons": one.persons, "adds": one.adds.cells, "events": events })
}
