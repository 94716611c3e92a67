//! What a table is asked, as it is written on the command line: for one that is folded in memory, and
//! for a server's.

use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Args;
use homeward_events::id::JourneyId;
use homeward_projections::definition::Definition;
use homeward_projections::five_w::Month;
use homeward_projections::tables::{self, Loaded, Parameter, TableKind, Told};
use homeward_projections::{MemoryTable, Sheet};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::returns::Returns;
use crate::terminal;

/// What is asked, besides the table and the reference day.
#[derive(Debug, Clone, Args)]
pub(crate) struct Question {
    /// Dimension to group by; repeat for several
    #[arg(long, value_name = "DIMENSION")]
    by: Vec<String>,
    /// Only these values of a dimension, such as `sex=female`; repeat for several
    #[arg(long, value_name = "DIMENSION=VALUE", value_parser = condition)]
    only: Vec<(String, String)>,
    /// Timeline: the journey
    #[arg(long, value_name = "JOURNEY")]
    journey: Option<JourneyId>,
    /// Five-w: first month, such as 2026-01
    #[arg(long, value_name = "MONTH")]
    from_month: Option<Month>,
    /// Five-w: last month, included
    #[arg(long, value_name = "MONTH")]
    to_month: Option<Month>,
    #[command(flatten)]
    pub(super) returns: Returns,
}

/// An answer: for programs, to take elsewhere, and for eyes.
pub(super) struct Answer {
    pub(super) json: Value,
    pub(super) sheets: Vec<Sheet>,
    pub(super) shown: Vec<String>,
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
            "journey": self.journey,
            "from": self.from_month,
            "to": self.to_month,
            "returns": self.returns,
        })
    }

    /// Asks for a table.
    ///
    /// # Errors
    /// The table has no such dimension, or is asked what it does not take.
    pub(super) fn ask(
        &self,
        kind: &TableKind,
        table: &MemoryTable,
        definitions: &[Arc<Definition>],
        ledgers: &[String],
        day: Date,
    ) -> Result<Answer> {
        self.check(kind)?;
        let mut question = tables::Question {
            by: self.by.clone(),
            journey: self.journey,
            from: self.from_month,
            to: self.to_month,
            ..tables::Question::on(day)
        };
        for (name, value) in &self.only {
            let values = question.only.entry(name.clone()).or_default();
            values.push(value.clone());
        }
        if !ledgers.is_empty() {
            question.only.insert("ledger".to_owned(), ledgers.to_vec());
        }
        if kind.takes(Parameter::Returns) {
            return self
                .returns
                .ask(table, definitions, &question.only, &self.by, day);
        }
        let Told { answer, sheets } = kind.ask(table, &question, Loaded::embedded())?;
        Ok(Answer {
            json: answer,
            shown: sheets.iter().map(terminal::table).collect(),
            sheets,
        })
    }

    /// Everything as parameters of a request.
    ///
    /// # Errors
    /// The table has no such dimension, or is asked what it does not take.
    pub(crate) fn pairs(&self, kind: &TableKind) -> Result<Vec<(String, String)>> {
        self.check(kind)?;
        let mut pairs = self.only.clone();
        let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
        self.by.iter().for_each(|by| add("by", by.clone()));
        if let Some(journey) = self.journey {
            add("journey", journey.to_string());
        }
        if let Some(month) = self.from_month {
            add("from", month.to_string());
        }
        if let Some(month) = self.to_month {
            add("to", month.to_string());
        }
        if kind.takes(Parameter::Returns) {
            pairs.extend(self.returns.pairs()?);
        }
        Ok(pairs)
    }

    /// Whether anything is asked that not every command line asks.
    pub(crate) fn is_asked(&self) -> bool {
        !self.only.is_empty() || self.given().next().is_some()
    }

    /// Refuses what the table does not take.
    fn check(&self, kind: &TableKind) -> Result<()> {
        let returns = kind.takes(Parameter::Returns);
        let taken =
            |parameter: Parameter| kind.takes(parameter) || (returns && parameter == Parameter::By);
        if let Some((_, flag)) = self.given().find(|(parameter, _)| !taken(*parameter)) {
            bail!("`{}` takes no {flag}", kind.name);
        }
        // Which covariates there are, only the histories know.
        let known = |name: &String| {
            kind.dimensions.contains(&name.as_str()) || (returns && name.starts_with("cohort."))
        };
        if let Some((name, _)) = self.only.iter().find(|(name, _)| !known(name)) {
            bail!(
                "`{}` has no dimension `{name}`: expected one of {}",
                kind.name,
                kind.dimensions.join(", ")
            );
        }
        Ok(())
    }

    /// What was given, with the flag it is given by; `--from` means a sequence elsewhere.
    fn given(&self) -> impl Iterator<Item = (Parameter, &'static str)> {
        [
            (Parameter::By, "--by", !self.by.is_empty()),
            (Parameter::Journey, "--journey", self.journey.is_some()),
            (Parameter::From, "--from-month", self.from_month.is_some()),
            (Parameter::To, "--to-month", self.to_month.is_some()),
        ]
        .into_iter()
        .filter(|(_, _, given)| *given)
        .map(|(parameter, flag, _)| (parameter, flag))
    }
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
