//! Recidivism and other returns: what becomes of people after an origin, by a definition that every
//! answer names.
//!
//! A question walks over the histories in memory, asks the definition what became of each person as
//! known on the reference day, and hands whole numbers to `measure`. Nothing of it is stored: another
//! day, definition or group is another walk.

mod count;
mod figures;
mod groups;
mod query;
pub mod regression;
mod sheets;
mod time;

use homeward_events::time::Day;
use serde::Serialize;

use crate::definition::Definition;
use crate::measure::risk::RiskTable;
use crate::model::Table;

pub use figures::{
    Causes, EndCount, Figures, Incidence, Quantiles, Reading, Reoffended, RestrictedMean, Share,
    Window,
};
pub use groups::{Cohort, Compared, Group, LogRank, PeriodShare, Rung};
pub use query::{CohortBy, Query, QueryError, Scale};
pub use time::Unit;

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Id and version of the definition.
    pub definition: String,
    /// SHA-256 of its file.
    pub definition_digest: String,
    /// What it says.
    pub definition_text: String,
    /// The reference day.
    pub on: Day,
    /// Unit of time.
    pub unit: Unit,
    /// Level of every interval.
    pub level: f64,
    /// Scale on which the curve's intervals are symmetric.
    pub interval: Scale,
    /// Everybody who was asked about.
    #[serde(flatten)]
    pub figures: Figures,
    /// Cohorts by time of origin, one entry for each window.
    pub cohorts: Vec<Cohort>,
    /// Failure year by year after the origin: cumulative, annual and first-failure, among those
    /// observed to the end of each year.
    pub years: Vec<PeriodShare>,
    /// Dimensions that groups are told by.
    pub by: Vec<String>,
    /// The groups.
    pub groups: Vec<Group>,
    /// Whether the groups differ.
    pub log_rank: Option<LogRank>,
    /// For each window the narrowest group whose share says enough, if that was asked for.
    pub ladder: Vec<Rung>,
    #[serde(skip)]
    tables: Tables,
}

/// Who was at risk when, for the sheets.
#[derive(Debug, Clone, Default, PartialEq)]
struct Tables {
    /// Competing ends are censored.
    one: RiskTable,
    /// Competing ends are causes of their own.
    all: RiskTable,
    causes: Vec<String>,
    groups: Vec<(Vec<String>, RiskTable)>,
}

/// Answers a question by a definition.
///
/// # Errors
/// A dimension or a covariate does not exist, or the level is not strictly between 0 and 1, or rho
/// neither 0 nor 1.
pub fn answer(
    table: &dyn Table,
    definition: &Definition,
    query: &Query,
) -> Result<Answer, QueryError> {
    let counted = count::count(table, definition, query)?;
    let figures = figures::figures(&counted.all, definition, query);
    let (groups, log_rank) = groups::groups(&counted, definition, query);
    let tables = |counts: &count::Counts| counts.risk_table(false);
    Ok(Answer {
        definition: definition.name(),
        definition_digest: definition.digest().to_owned(),
        definition_text: definition.sentence(query.language),
        on: Day(query.on),
        unit: query.unit,
        level: query.level,
        interval: query.interval,
        figures,
        cohorts: groups::cohorts(&counted.all, query),
        years: groups::years(&counted.all, definition, query),
        by: query.by.clone(),
        groups,
        log_rank,
        ladder: groups::ladder(table, definition, query)?,
        tables: Tables {
            one: tables(&counted.all),
            all: counted.all.risk_table(true),
            causes: figures::cause_names(definition),
            groups: counted
                .groups
                .iter()
                .map(|(values, counts)| (values.clone(), tables(counts)))
                .collect(),
        },
    })
}
