//! Questions about returns: one or several definitions, evaluated side by side over one fold.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;
use clap::{Args, ValueEnum};
use comfy_table::Table;
use homeward_events::time::Day;
use homeward_projections::MemoryTable;
use homeward_projections::definition::{Definition, Language};
use homeward_projections::recidivism::{self, CohortBy, Figures, Scale, Unit};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::ask::Answer;
use super::regression::{self, Regression};
use crate::terminal;

/// What is asked about returns, besides dimensions.
#[derive(Debug, Clone, Args, Serialize)]
pub(super) struct Returns {
    /// Returns: what to count, by name (`rearrest`, `rearrest@1`) or as a file; repeat for several
    #[arg(long, value_name = "NAME|FILE", default_value = "rearrest")]
    definition: Vec<String>,
    /// Returns: the unit in which time is counted
    #[arg(long, value_enum, default_value_t = UnitName::Day)]
    unit: UnitName,
    /// Returns: time at which the curve is read, in units after the origin; repeat for several
    #[arg(long, value_name = "TIME")]
    at: Vec<i64>,
    /// Returns: up to where the mean time is taken, in units; the last time, unless given
    #[arg(long, value_name = "TIME")]
    horizon: Option<i64>,
    /// Returns: first day of origin of the cohort
    #[arg(long, value_name = "DAY")]
    origin_from: Option<Day>,
    /// Returns: last day of origin of the cohort
    #[arg(long, value_name = "DAY")]
    origin_to: Option<Day>,
    /// Returns: how cohorts are told apart
    #[arg(long, value_enum, default_value_t = CohortName::Year)]
    cohorts: CohortName,
    /// Returns: dimension within whose values groups are compared; repeat for several
    #[arg(long, value_name = "DIMENSION")]
    strata: Vec<String>,
    /// Returns: how early failures weigh when groups are compared: 0 (log-rank) or 1 (Peto and Peto)
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=1))]
    rho: u8,
    /// Returns: condition to give up until a group says enough; repeat, in order
    #[arg(long, value_name = "DIMENSION")]
    widen: Vec<String>,
    /// Returns: scale on which the curve's intervals are symmetric
    #[arg(long, value_enum, default_value_t = ScaleName::LogLog)]
    interval: ScaleName,
    /// Returns: level of every interval
    #[arg(long, default_value_t = 0.95)]
    level: f64,
    /// Returns: language of the definition's sentence: en, es, fr, pt, ht
    #[arg(long, default_value = "en", value_name = "LANG")]
    lang: String,
    #[command(flatten)]
    #[serde(flatten)]
    regression: Regression,
}

/// A unit, as it is written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum UnitName {
    /// Days
    Day,
    /// Weeks of seven days; a week that has begun counts
    Week,
    /// Calendar months; a month that has begun counts
    Month,
}

/// How cohorts are told apart, as it is written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum CohortName {
    /// By calendar year
    Year,
    /// By quarter
    Quarter,
    /// By calendar month
    Month,
}

/// A scale, as it is written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum ScaleName {
    /// The share itself
    Plain,
    /// Its logarithm
    Log,
    /// The logarithm of its hazard
    LogLog,
}

impl Returns {
    /// The definitions' names or files, in the order given.
    pub(super) fn definitions(&self) -> &[String] {
        &self.definition
    }

    /// Asks each definition.
    ///
    /// # Errors
    /// A dimension, covariate or language does not exist, the level is none, or a model has no estimate.
    pub(super) fn ask(
        &self,
        table: &MemoryTable,
        definitions: &[Arc<Definition>],
        only: &BTreeMap<String, Vec<String>>,
        by: &[String],
        day: Date,
    ) -> Result<Answer> {
        let query = recidivism::Query {
            only: only.clone(),
            origin_from: self.origin_from.map(|day| day.0),
            origin_to: self.origin_to.map(|day| day.0),
            unit: match self.unit {
                UnitName::Day => Unit::Day,
                UnitName::Week => Unit::Week,
                UnitName::Month => Unit::Month,
            },
            at: self.at.clone(),
            horizon: self.horizon,
            by: by.to_vec(),
            strata: self.strata.clone(),
            rho: self.rho,
            widen: self.widen.clone(),
            cohorts: match self.cohorts {
                CohortName::Year => CohortBy::Year,
                CohortName::Quarter => CohortBy::Quarter,
                CohortName::Month => CohortBy::Month,
            },
            interval: match self.interval {
                ScaleName::Plain => Scale::Plain,
                ScaleName::Log => Scale::Log,
                ScaleName::LogLog => Scale::LogLog,
            },
            level: self.level,
            language: self.lang.parse::<Language>()?,
            ..recidivism::Query::new(day)
        };
        let (mut answers, mut sheets, mut shown) = (Vec::new(), Vec::new(), Vec::new());
        let model = self.regression.question(&query);
        for definition in definitions {
            if let Some(question) = &model {
                let answer = regression::ask(table, definition, question)?;
                answers.push(serde_json::to_value(&answer)?);
                let told = answer.sheets();
                shown.extend(told.iter().map(terminal::table));
                sheets.extend(told);
                continue;
            }
            let answer = recidivism::answer(table, definition, &query)?;
            answers.push(serde_json::to_value(&answer)?);
            shown.extend(told(&answer).iter().map(Table::trim_fmt));
            sheets.extend(answer.sheets());
        }
        let json = match answers.as_slice() {
            [one] => one.clone(),
            _ => Value::Array(answers),
        };
        sheets.sort_by_key(|sheet| sheet.name != "survival");
        Ok(Answer {
            json,
            sheets,
            shown,
        })
    }

    /// Everything as parameters of a request: they are called alike.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub(super) fn pairs(&self) -> Result<Vec<(String, String)>> {
        let text = |value: &Value| match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                Some(value.to_string())
            }
        };
        let mut pairs = Vec::new();
        for (name, value) in serde_json::to_value(self)?
            .as_object()
            .into_iter()
            .flatten()
        {
            let values = value
                .as_array()
                .map_or(std::slice::from_ref(value), Vec::as_slice);
            let texts = values.iter().filter_map(text);
            pairs.extend(texts.map(|text| (name.clone(), text)));
        }
        Ok(pairs)
    }
}

/// An answer as tables for people.
fn told(answer: &recidivism::Answer) -> Vec<Table> {
    let mut first = Table::new();
    first.load_style(comfy_table::presets::NOTHING);
    first.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    first.add_row([answer.definition.as_str(), answer.definition_text.as_str()]);
    let mut tables = vec![first];
    let figures = &answer.figures;
    let ends = figures.ends.iter().map(|end| {
        vec![
            end.role.to_owned(),
            end.end.clone(),
            end.persons.to_string(),
        ]
    });
    let mut how = titled(&[], &["ended", "how", "persons"], ends);
    how.add_row(["all".to_owned(), String::new(), figures.persons.to_string()]);
    tables.push(how);
    if !figures.at.is_empty() {
        tables.push(curve(figures));
        tables.push(incidence(figures));
    }
    tables.push(windows(&[], [(&[][..], figures)]));
    if !answer.groups.is_empty() {
        let groups = answer
            .groups
            .iter()
            .map(|group| (&group.values[..], &group.figures));
        tables.push(windows(&answer.by, groups));
    }
    if let Some(test) = &answer.log_rank {
        tables.push(log_rank(test));
    }
    if !answer.ladder.is_empty() {
        let rows = answer.ladder.iter().map(|rung| {
            let enough = if rung.enough { "yes" } else { "no" };
            let (part, whole) = (rung.share.part, rung.share.whole);
            vec![
                rung.months.to_string(),
                rung.without.join(", "),
                format!("{part} of {whole}"),
                format!("{:.4}", rung.share.share),
                enough.to_owned(),
            ]
        });
        let names = ["months", "without", "failed", "share", "enough"];
        tables.push(titled(&[], &names, rows));
    }
    tables
}

fn titled(by: &[String], names: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(by.iter().map(String::as_str).chain(names.iter().copied()));
    for row in rows {
        table.add_row(row.iter().map(|text| terminal::printable(text)));
    }
    table
}

fn limits(interval: Option<(f64, f64)>) -> [String; 2] {
    let text = |limit: Option<f64>| limit.map_or_else(|| "-".to_owned(), |l| format!("{l:.4}"));
    [
        text(interval.map(|(l, _)| l)),
        text(interval.map(|(_, u)| u)),
    ]
}

fn curve(figures: &Figures) -> Table {
    let rows = figures.at.iter().map(|point| {
        let mut row = vec![
            point.time.to_string(),
            point.at_risk.to_string(),
            point.failed.to_string(),
            format!("{:.4}", point.survival),
        ];
        row.extend(limits(point.interval));
        row
    });
    titled(
        &[],
        &["time", "at risk", "failed", "survival", "lower", "upper"],
        rows,
    )
}

fn incidence(figures: &Figures) -> Table {
    let rows = figures.causes.iter().flat_map(|cause| {
        cause.at.iter().map(|point| {
            let mut row = vec![
                cause.cause.clone(),
                point.time.to_string(),
                format!("{:.4}", point.share),
            ];
            row.extend(limits(point.interval));
            row
        })
    });
    titled(&[], &["cause", "time", "incidence", "lower", "upper"], rows)
}

fn windows<'f>(
    by: &[String],
    groups: impl IntoIterator<Item = (&'f [String], &'f Figures)>,
) -> Table {
    let rows = groups.into_iter().flat_map(|(values, figures)| {
        figures.windows.iter().map(|w| {
            let counts = [w.failed, w.not_failed, w.competing, w.censored, w.not_yet];
            let mut row = values.to_vec();
            row.push(w.months.to_string());
            row.extend(counts.map(|n| n.to_string()));
            row.push(
                w.share
                    .map_or_else(|| "-".to_owned(), |s| format!("{:.4}", s.share)),
            );
            row.extend(limits(w.share.and_then(|share| share.wilson)));
            row.extend(limits(w.bounds));
            row
        })
    });
    let names = [
        "months",
        "failed",
        "not failed",
        "competing",
        "censored",
        "not yet",
        "share",
        "lower",
        "upper",
        "if none lost failed",
        "if all lost failed",
    ];
    titled(by, &names, rows)
}

fn log_rank(test: &recidivism::LogRank) -> Table {
    let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |v| format!("{v:.4}"));
    let row = vec![
        number(test.chi2),
        test.degrees
            .map_or_else(|| "-".to_owned(), |degrees| degrees.to_string()),
        number(test.p),
        test.not_compared.clone().unwrap_or_default(),
    ];
    titled(&[], &["log-rank", "degrees", "p", ""], [row])
}

#[cfg(test)]
mod tests {
    use homeward_cli::cohorts::{rossi, synthetic::Scenario};
    use homeward_projections::definition::Definitions;
    use homeward_projections::fold::{Facts, fold};
    use homeward_projections::histories::HISTORIES;
    use jiff::civil::date;

    use super::*;

    fn table(facts: &Facts) -> MemoryTable {
        fold(&[&HISTORIES], facts).remove(HISTORIES.name).unwrap()
    }

    /// Five definitions over one synthetic ledger, folded once; a sixth by hand beside them.
    #[test]
    fn definitions_stand_side_by_side_over_one_fold() {
        let mut facts = Facts::new();
        let scenario = Scenario {
            ledgers: vec![("jm".parse().unwrap(), 600)],
            ..Scenario::caribbean_year()
        };
        for journey in scenario.journeys() {
            facts.insert(journey.id, journey.commits.into_iter().flatten().collect());
        }
        let table = table(&facts);
        let mut shelf = Definitions::shipped();
        let own = shelf.get("rearrest").unwrap().text();
        let own = own.replace("id = \"rearrest\"", "id = \"own\"").replace(
            "event = \"arrested\"",
            "event = \"arrested\"\nbefore_months = 6",
        );
        shelf.add("own.toml", &own).unwrap();
        let query = recidivism::Query {
            at: vec![365],
            ..recidivism::Query::new(scenario.until)
        };
        let mut failed = BTreeMap::new();
        for definition in shelf.iter() {
            let answer = recidivism::answer(&table, definition, &query).unwrap();
            let figures = answer.figures;
            assert!(figures.persons > 500, "{}", definition.name());
            let window = figures.windows.first().unwrap();
            assert!(window.share.is_some(), "{}", definition.name());
            let ends: u64 = figures.ends.iter().map(|end| end.persons).sum();
            assert_eq!(ends, figures.persons, "{}", definition.name());
            failed.insert(definition.terms().id.clone(), figures.failed);
        }
        assert_eq!(failed.len(), 6);
        // Everybody is the same cohort: who failed early failed, and who was convicted of an offence
        // after the reception was arrested for it here.
        assert!(
            failed["own"] <= failed["rearrest"] && failed["rearrest"] > 0,
            "{failed:?}"
        );
        assert!(
            failed["removed-again"] > 0 || failed["remigration"] > 0,
            "{failed:?}"
        );
    }

    /// The cohort from its events, as R has it: `survfit`, `survdiff` and `print(rmean = 52)` of the
    /// package `survival` on the same people.
    #[test]
    fn the_rossi_cohort_is_compared_by_its_covariates() {
        let mut facts = Facts::new();
        for commit in rossi::commits(&"rossi".parse().unwrap()).unwrap() {
            for event in commit {
                facts.entry(event.journey).or_default().push(event);
            }
        }
        let shelf = Definitions::shipped();
        let query = recidivism::Query {
            unit: Unit::Week,
            at: vec![12, 26, 39, 52],
            by: vec!["cohort.fin".to_owned()],
            horizon: Some(52),
            ..recidivism::Query::new(date(1974, 1, 1))
        };
        let rearrest = shelf.get("rearrest").unwrap();
        let answer = recidivism::answer(&table(&facts), rearrest, &query).unwrap();
        let figures = &answer.figures;
        let close = |found: f64, expected: f64| (found - expected).abs() < 1e-6;
        assert_eq!((figures.persons, figures.failed), (432, 114));
        let expected = [
            (12, 415, 0.956_019, 0.009_866, (0.931_912, 0.971_719)),
            (26, 381, 0.875, 0.015_912, (0.839_975, 0.902_804)),
            (39, 353, 0.8125, 0.018_779, (0.772_394, 0.846_25)),
            (52, 322, 0.736_111, 0.021_205, (0.691_86, 0.775_063)),
        ];
        for (point, (time, at_risk, survival, error, (lower, upper))) in
            figures.at.iter().zip(expected)
        {
            assert_eq!((point.time, point.at_risk), (time, at_risk));
            let interval = point.interval.unwrap();
            assert!(close(point.survival, survival), "{point:?}");
            assert!(close(point.standard_error, error), "{point:?}");
            assert!(
                close(interval.0, lower) && close(interval.1, upper),
                "{point:?}"
            );
        }
        let mean = figures.restricted_mean;
        assert!(close(mean.mean, 45.854_166_67) && close(mean.standard_error, 0.608_509));
        let groups: Vec<(&str, u64)> = answer
            .groups
            .iter()
            .map(|group| (group.values[0].as_str(), group.figures.failed))
            .collect();
        assert_eq!(groups, [("0", 66), ("1", 48)]);
        let test = answer.log_rank.unwrap();
        assert!(
            close(test.chi2.unwrap(), 3.837_569_577) && close(test.p.unwrap(), 0.050_116_117),
            "{test:?}"
        );
    }
}
