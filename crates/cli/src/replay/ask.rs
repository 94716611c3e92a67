//! Questions to a read model that was folded in memory, and their answers as JSON and as a table.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Args;
use comfy_table::Table;
use homeward_events::time::add_months;
use homeward_projections::definition::Definition;
use homeward_projections::five_w::{self, Month};
use homeward_projections::instrument::Instruments;
use homeward_projections::{
    MemoryTable, Sheet, caseload, follow_ups, outcomes, quality, referrals, sheet,
};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::returns::Returns;

/// What is asked, besides the model and the reference day.
#[derive(Debug, Clone, Args)]
pub(super) struct Question {
    /// Dimension to group by; repeat for several
    #[arg(long, value_name = "DIMENSION")]
    by: Vec<String>,
    /// Only these values of a dimension, such as `sex=female`; repeat for several
    #[arg(long, value_name = "DIMENSION=VALUE", value_parser = condition)]
    only: Vec<(String, String)>,
    /// Five-w: first month, such as 2026-01
    #[arg(long, value_name = "MONTH")]
    from: Option<Month>,
    /// Five-w: last month, included
    #[arg(long, value_name = "MONTH")]
    to: Option<Month>,
    #[command(flatten)]
    pub(super) returns: Returns,
}

/// An answer: for programs, and for people.
pub(super) struct Answer {
    pub(super) json: Value,
    pub(super) tables: Vec<Table>,
}

pub(crate) fn condition(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or_else(|| format!("expected dimension=value, such as sex=female, found `{text}`"))
}

impl Question {
    /// Everything that was asked, for the manifest.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "by": self.by,
            "only": self.only,
            "from": self.from,
            "to": self.to,
            "returns": self.returns,
        })
    }

    /// Asks a model.
    ///
    /// # Errors
    /// The model has no such dimension, or cannot be asked anything.
    pub(super) fn ask(
        &self,
        model: &str,
        table: &MemoryTable,
        definitions: &[Arc<Definition>],
        ledgers: &[String],
        day: Date,
    ) -> Result<Answer> {
        let mut only: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in &self.only {
            only.entry(name.clone()).or_default().push(value.clone());
        }
        if !ledgers.is_empty() {
            only.insert("ledger".to_owned(), ledgers.to_vec());
        }
        match model {
            "caseload" => self.caseload(table, only),
            "referrals" => self.referrals(table, &only, day),
            "follow-ups" => self.follow_ups(table, &only, day),
            "outcomes" => self.outcomes(table, only, day),
            "five-w" => self.five_w(table, only, day),
            "histories" => self.returns.ask(table, definitions, &only, &self.by, day),
            "quality" => quality_report(table, &only),
            other => {
                bail!("`{other}` is a list, not a figure: ask the server for it, or export the log")
            }
        }
    }

    fn caseload(&self, table: &MemoryTable, only: BTreeMap<String, Vec<String>>) -> Result<Answer> {
        let answer = caseload::count(
            table,
            &caseload::Query {
                only,
                by: self.by.clone(),
            },
        )?;
        let rows = answer
            .groups
            .iter()
            .map(|group| row(&group.values, [group.journeys.to_string()]));
        let mut counts = titled(&self.by, &["journeys"], rows);
        if !self.by.is_empty() {
            counts.add_row(row(&blanks(&self.by, "all"), [answer.journeys.to_string()]));
        }
        let mut tables = vec![counts];
        if let Some(persons) = answer.persons {
            tables.push(titled(&[], &["persons"], [vec![persons.to_string()]]));
        }
        Ok(Answer {
            json: serde_json::to_value(&answer)?,
            tables,
        })
    }

    fn referrals(
        &self,
        table: &MemoryTable,
        only: &BTreeMap<String, Vec<String>>,
        day: Date,
    ) -> Result<Answer> {
        let answer = referrals::count(table, only, &self.by, day)?;
        let counts =
            |all: i64, open: i64, overdue: i64| [all, open, overdue].map(|n| n.to_string());
        let rows = answer.groups.iter().map(|group| {
            row(
                &group.values,
                counts(group.referrals, group.open, group.overdue),
            )
        });
        let mut counted = titled(&self.by, &["referrals", "open", "overdue"], rows);
        if !self.by.is_empty() {
            let all = counts(answer.referrals, answer.open, answer.overdue);
            counted.add_row(row(&blanks(&self.by, "all"), all));
        }
        Ok(Answer {
            json: serde_json::to_value(&answer)?,
            tables: vec![counted],
        })
    }

    fn follow_ups(
        &self,
        table: &MemoryTable,
        only: &BTreeMap<String, Vec<String>>,
        day: Date,
    ) -> Result<Answer> {
        let answer = follow_ups::count(table, only, &self.by, day)?;
        let counts = |s: &follow_ups::Standing| {
            [
                s.upcoming,
                s.due,
                s.overdue,
                s.completed,
                s.cancelled,
                s.lapsed,
            ]
            .map(|n| n.to_string())
        };
        let rows = answer
            .groups
            .iter()
            .map(|group| row(&group.values, counts(&group.standing)));
        let names = [
            "upcoming",
            "due",
            "overdue",
            "completed",
            "cancelled",
            "lapsed",
        ];
        let mut counted = titled(&self.by, &names, rows);
        if !self.by.is_empty() {
            counted.add_row(row(&blanks(&self.by, "all"), counts(&answer.all)));
        }
        Ok(Answer {
            json: serde_json::to_value(&answer)?,
            tables: vec![counted],
        })
    }

    fn outcomes(
        &self,
        table: &MemoryTable,
        only: BTreeMap<String, Vec<String>>,
        day: Date,
    ) -> Result<Answer> {
        let query = outcomes::Query {
            only,
            by: self.by.clone(),
            on: day,
            language: "en".to_owned(),
        };
        let answer = outcomes::answer(table, &query, Instruments::embedded())?;
        Ok(Answer {
            json: serde_json::to_value(&answer)?,
            tables: answer.sheets().iter().map(shown).collect(),
        })
    }

    /// The year up to the reference day's month, unless asked otherwise.
    fn five_w(
        &self,
        table: &MemoryTable,
        only: BTreeMap<String, Vec<String>>,
        day: Date,
    ) -> Result<Answer> {
        let query = five_w::Query {
            only,
            by: self.by.clone(),
            from: self.from.unwrap_or_else(|| Month::of(add_months(day, -11))),
            to: self.to.unwrap_or_else(|| Month::of(day)),
        };
        let answer = five_w::answer(table, &query)?;
        Ok(Answer {
            json: serde_json::to_value(&answer)?,
            tables: answer.sheets().iter().map(shown).collect(),
        })
    }
}

fn quality_report(table: &MemoryTable, only: &BTreeMap<String, Vec<String>>) -> Result<Answer> {
    let lines = quality::report(table, only)?;
    let rows = lines.iter().map(|line| {
        let quality::Line {
            kind,
            ledger,
            subject,
            value,
            count,
        } = line.clone();
        vec![kind, ledger, subject, value, count.to_string()]
    });
    let counted = titled(&[], &["kind", "ledger", "subject", "value", "count"], rows);
    Ok(Answer {
        json: serde_json::to_value(&lines)?,
        tables: vec![counted],
    })
}

/// A sheet, as it is read on a terminal.
fn shown(sheet: &Sheet) -> Table {
    let cell = |value: &sheet::Value| match value {
        sheet::Value::Missing => "-".to_owned(),
        sheet::Value::Text(text) => text.clone(),
        sheet::Value::Count(count) => count.to_string(),
        sheet::Value::Number(number) => format!("{number:.4}"),
        sheet::Value::Day(day) => day.to_string(),
    };
    let names: Vec<&str> = sheet.columns.iter().map(|c| c.name.as_str()).collect();
    let rows = sheet.rows.iter().map(|row| row.iter().map(cell).collect());
    titled(&[], &names, rows)
}

fn row<const N: usize>(values: &[String], numbers: [String; N]) -> Vec<String> {
    values.iter().cloned().chain(numbers).collect()
}

fn blanks(by: &[String], first: &str) -> Vec<String> {
    by.iter()
        .enumerate()
        .map(|(index, _)| {
            if index == 0 {
                first.to_owned()
            } else {
                String::new()
            }
        })
        .collect()
}

pub(super) fn titled(
    by: &[String],
    names: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(by.iter().map(String::as_str).chain(names.iter().copied()));
    for row in rows {
        table.add_row(row);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_name_a_dimension_and_a_value() {
        assert_eq!(
            condition("sex=female").unwrap(),
            ("sex".to_owned(), "female".to_owned())
        );
        assert!(condition("female").is_err());
    }
}
