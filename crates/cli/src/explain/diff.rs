//! `homeward diff`: what moved a figure between two positions of the log, event by event.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use clap::{ArgMatches, Args};
use homeward_projections::explain::{self, Fact, Figure, How, Placed, PlacedFacts, Step};
use homeward_projections::model::add_cell;
use homeward_projector::Watermark;
use homeward_projector::past::{Known, LogFacts};
use serde::Serialize;
use serde_json::json;

use super::asked::{self, FigureArgs, show, with_log};
use crate::config::LogArgs;
use crate::exit::Outcome;
use crate::out;
use crate::source::ArchiveArgs;

/// Events that are printed unless asked otherwise.
const STEPS: usize = 100;

/// Name the events that changed a figure between two positions of the log
#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The earlier position, as `replay --known` understands it
    #[arg(long, value_name = "KNOWN", required = true)]
    from: Vec<Known>,
    /// The later position
    #[arg(long, value_name = "KNOWN", default_value = "head")]
    to: Vec<Known>,
    /// Read model whose figure is asked about
    #[arg(long, value_name = "MODEL", default_value = "caseload", value_parser = asked::models())]
    model: String,
    #[command(flatten)]
    figure: FigureArgs,
    /// Events to print at most; the difference counts all
    #[arg(long, value_name = "N", default_value_t = STEPS)]
    limit: usize,
    #[command(flatten)]
    log: LogArgs,
    #[command(flatten)]
    archive: ArchiveArgs,
}

/// The difference between two answers.
#[derive(Default)]
struct Diff {
    before: BTreeMap<String, i64>,
    after: BTreeMap<String, i64>,
    /// In the order of the log.
    steps: Vec<Step>,
}

/// `homeward diff`.
pub(crate) async fn run(
    args: &DiffArgs,
    data_dir: &Path,
    matches: &ArgMatches,
    as_json: bool,
) -> Result<Outcome> {
    let asked = args
        .figure
        .figure(&args.model, data_dir, &args.log.ledgers)?;
    let (from, log) = with_log(
        data_dir,
        (&args.log, &args.archive),
        matches,
        async |reader| {
            let from = asked::resolve(data_dir, reader, &args.from).await?;
            let to = asked::resolve(data_dir, reader, &args.to).await?;
            Ok((from, asked::read(reader, to).await?))
        },
    )
    .await?;
    if let Some((ledger, last)) = from
        .iter()
        .find(|(id, last)| !log.watermark.covers(id, *last))
    {
        let end = log.watermark.sequence(ledger);
        bail!("--from lies after --to in ledger {ledger}: {last} is later than {end}");
    }
    let mut diff = Diff::default();
    for placed in log.together(asked.model) {
        diff.add(&asked.figure, placed?, &from);
    }
    diff.steps.sort_by(|a, b| a.fact.place.cmp(&b.fact.place));
    if as_json {
        diff.print_json(&asked.figure, &asked.name, &from, &log, args.limit)?;
    } else {
        diff.print(&asked.figure, args.limit)?;
    }
    Ok(Outcome::Done)
}

impl Diff {
    /// Adds what persons who are told together add before and after, and the steps between.
    fn add(&mut self, figure: &Figure, placed: PlacedFacts, from: &Watermark) {
        let covered = |fact: &Placed| from.covers(&fact.place.ledger, fact.place.sequence);
        let (mut before, mut then) = (PlacedFacts::new(), Vec::new());
        for (journey, facts) in placed {
            let (known, new) = facts.into_iter().partition(covered);
            let known: Vec<Placed> = known;
            if !known.is_empty() {
                before.insert(journey, known);
            }
            then.extend::<Vec<Placed>>(new);
        }
        then.sort_by(|a, b| a.place.cmp(&b.place));
        let before = explain::plain(&before);
        let (adds, steps) = (
            figure.of(&before).cells,
            explain::steps(figure, before, then),
        );
        for (cell, by) in adds {
            add_cell(&mut self.before, cell.clone(), by);
            add_cell(&mut self.after, cell, by);
        }
        for (cell, by) in steps.iter().flat_map(|step| &step.difference.cells) {
            add_cell(&mut self.after, cell.clone(), *by);
        }
        self.steps.extend(steps);
    }

    /// The cells that differ, with both counts.
    fn cells(&self) -> BTreeMap<&str, (i64, i64)> {
        let mut cells: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for (cell, count) in &self.before {
            cells.entry(cell).or_default().0 = *count;
        }
        for (cell, count) in &self.after {
            cells.entry(cell).or_default().1 = *count;
        }
        cells.retain(|_, (before, after)| before != after);
        cells
    }

    /// Events by how they moved the figure.
    fn by_how(&self) -> BTreeMap<How, usize> {
        let mut by_how = BTreeMap::new();
        for step in &self.steps {
            *by_how.entry(step.how).or_default() += 1;
        }
        by_how
    }

    /// The figure before and after.
    fn totals(&self, figure: &Figure) -> (i64, i64) {
        let [before, after] = [&self.before, &self.after]
            .map(|cells| figure.total(cells.iter().map(|(cell, count)| (cell.as_str(), *count))));
        (before, after)
    }

    fn print(&self, figure: &Figure, limit: usize) -> Result<()> {
        let (before, after) = self.totals(figure);
        out::line(format!(
            "before {before}, after {after}, difference {:+}",
            after - before
        ))?;
        let how = self.by_how();
        let how = how
            .iter()
            .map(|(how, count)| format!("{count} {}", how.as_str()));
        let how: Vec<String> = how.collect();
        out::line(format!(
            "events that moved it: {} ({})",
            self.steps.len(),
            how.join(", ")
        ))?;
        out::line("")?;
        show(&explain::cells_sheet(figure, &self.cells()))?;
        show(&explain::steps_sheet(figure, self.steps.iter().take(limit)))?;
        if self.steps.len() > limit {
            let more = self.steps.len() - limit;
            out::remark(format!(
                "{more} more events: raise --limit, or ask for less with --only"
            ));
        }
        Ok(())
    }

    fn print_json(
        &self,
        figure: &Figure,
        model: &str,
        from: &Watermark,
        to: &LogFacts,
        limit: usize,
    ) -> Result<()> {
        let cells = self.cells().into_iter().map(|(cell, (before, after))| {
            let named: BTreeMap<&str, &str> = figure.named(cell).into_iter().collect();
            json!({ "cell": named, "before": before, "after": after, "difference": after - before })
        });
        let steps = self.steps.iter().take(limit).map(|step| StepJson {
            fact: step.fact.clone(),
            how: step.how,
            moved: explain::moved(figure, &step.difference),
            cells: step.difference.cells.clone(),
            rows: step.difference.rows.keys().cloned().collect(),
        });
        let (before, after) = self.totals(figure);
        out::json(&json!({
            "model": model,
            "from": from,
            "to": to.watermark,
            "before": before,
            "after": after,
            "cells": cells.collect::<Vec<_>>(),
            "events": self.steps.len(),
            "steps": steps.collect::<Vec<_>>(),
        }))?;
        Ok(())
    }
}

/// An event that moved the figure, for programs.
#[derive(Serialize)]
struct StepJson {
    #[serde(flatten)]
    fact: Fact,
    how: How,
    /// What it moved, in words.
    moved: String,
    /// What it added to each cell.
    cells: BTreeMap<String, i64>,
    /// Keys of the rows that it wrote or removed.
    rows: Vec<String>,
}
