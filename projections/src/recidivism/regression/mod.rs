//! Regression over histories: by what the rate of failure is raised or lowered (Cox's proportional
//! hazards), for the same persons, times and ends as the curves.
//!
//! Competing ends censor here: coefficients are of the cause-specific rate of failure. Covariates stay
//! as they were at the reception that the person is counted by, or change with spells of work, housing
//! and schooling.

mod covariate;
mod rows;
mod sheets;

use homeward_events::time::Day;
use serde::Serialize;

use super::{Query, QueryError, Unit};
use crate::definition::Definition;
use crate::measure::cox::{self, CoxError, Ties};
use crate::model::Table;

pub use covariate::{Covariate, NoSuchCovariate};
pub use rows::{Rows, rows};

/// Most covariates of one model.
pub const COVARIATES_MAX: usize = 20;

/// A question about covariates.
#[derive(Debug, Clone)]
pub struct Question {
    /// Who, by which day, in which unit, within which strata, with intervals of which level. What it
    /// says of curves, groups and cohorts is not read.
    pub query: Query,
    /// What failure is explained by: 1 to [`COVARIATES_MAX`].
    pub covariates: Vec<Covariate>,
    /// How failures at equal times are told apart.
    pub ties: Ties,
}

/// A fitted model.
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
    /// How failures at equal times are told apart.
    pub ties: Ties,
    /// Dimensions within whose values persons are compared.
    pub strata: Vec<String>,
    /// Persons in the model.
    pub persons: u64,
    /// Persons about whom no answer stands yet; not in the model.
    pub not_mature: u64,
    /// Persons of whom a covariate is not known; not in the model.
    pub left_out: u64,
    /// Persons never at risk in a unit of which every covariate can be read (lags skip the first
    /// units); not in the model.
    pub too_brief: u64,
    /// Failures.
    pub events: u64,
    /// Rows: intervals at risk, cut where a covariate changes.
    pub rows: u64,
    /// Units of time at risk.
    pub units_at_risk: u64,
    /// In the order asked for.
    pub covariates: Vec<Effect>,
    /// Log partial likelihood with all coefficients 0.
    pub log_likelihood_null: f64,
    /// Log partial likelihood of the estimate.
    pub log_likelihood: f64,
    /// Whether all coefficients are 0, by the likelihoods.
    pub likelihood_ratio: Test,
    /// The same by the slope at 0; of one flag without ties it is the log-rank test.
    pub score: Test,
    /// Share of pairs of persons that the model ranks rightly, a tie counting half (Harrell): 0.5 is
    /// chance. Absent without a pair.
    pub concordance: Option<f64>,
}

/// What one covariate does, the others being equal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// The covariate, as it was asked for.
    pub covariate: String,
    /// Log of the hazard ratio of one unit more.
    pub coefficient: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Hazard ratio of one unit more: 2 fails at twice the rate.
    pub hazard_ratio: f64,
    /// Interval of the hazard ratio.
    pub interval: Option<(f64, f64)>,
    /// The coefficient in standard errors (Wald).
    pub z: f64,
    /// Probability of a coefficient at least so far from 0 if it were 0.
    pub p: f64,
}

/// A test of all coefficients together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Test {
    /// The statistic.
    pub chi2: f64,
    /// Degrees of freedom: covariates.
    pub degrees: u64,
    /// Probability of a statistic at least so large if all coefficients were 0.
    pub p: f64,
}

/// A model that cannot be fitted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RegressionError {
    /// The question is none.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// There is nothing to explain by, or too much.
    #[error("{0} covariates: expected 1 to {COVARIATES_MAX}")]
    Covariates(usize),
    /// Nobody has a covariate of a study.
    #[error("nobody has covariate `{covariate}`: there are {}", told(known))]
    Unknown {
        /// The covariate.
        covariate: String,
        /// Those that somebody has.
        known: Vec<String>,
    },
    /// There is nothing to explain.
    #[error("none of the {persons} persons in the model fails ({left_out} left out)")]
    NoEvents {
        /// Persons in the model.
        persons: u64,
        /// Persons of whom a covariate is not known.
        left_out: u64,
    },
    /// A covariate that never varies among those at risk together, or that follows from others.
    #[error("covariate `{covariate}` says nothing beyond the ones before it")]
    Redundant {
        /// The covariate.
        covariate: String,
    },
    /// A covariate that separates those who fail from the others.
    #[error("covariate `{covariate}` tells who fails: its coefficient grows without bound")]
    Unbounded {
        /// The covariate.
        covariate: String,
    },
    /// The search for an estimate failed.
    #[error(transparent)]
    NoEstimate(CoxError),
}

fn told(known: &[String]) -> String {
    match known {
        [] => "none of any study".to_owned(),
        known => known.join(", "),
    }
}

/// Fits a model by a definition.
///
/// # Errors
/// See [`RegressionError`]: a question that is none, nothing to explain, or no estimate.
pub fn answer(
    table: &dyn Table,
    definition: &Definition,
    question: &Question,
) -> Result<Answer, RegressionError> {
    let query = &question.query;
    query.checked()?;
    let asked = question.covariates.len();
    if !(1..=COVARIATES_MAX).contains(&asked) {
        return Err(RegressionError::Covariates(asked));
    }
    let found = rows(table, definition, question)?;
    let fit =
        cox::fit(&found.rows, question.ties).map_err(|error| named(error, question, &found))?;
    let degrees = u64::try_from(asked).unwrap_or(u64::MAX);
    let test = |test: cox::Test| Test {
        chi2: test.chi2,
        degrees,
        p: test.p,
    };
    let counted = |is: fn(&&cox::Row) -> bool| -> u64 {
        found.rows.iter().filter(is).map(|row| row.count).sum()
    };
    let covariates = question.covariates.iter().zip(&fit.coefficients);
    Ok(Answer {
        definition: definition.name(),
        definition_digest: definition.digest().to_owned(),
        definition_text: definition.sentence(query.language),
        on: Day(query.on),
        unit: query.unit,
        level: query.level,
        ties: question.ties,
        strata: query.strata.clone(),
        persons: found.persons,
        not_mature: found.not_mature,
        left_out: found.left_out,
        too_brief: found.too_brief,
        events: counted(|row| row.event),
        rows: counted(|_| true),
        units_at_risk: found.units_at_risk,
        covariates: covariates
            .map(|(covariate, coefficient)| Effect {
                covariate: covariate.to_string(),
                coefficient: coefficient.value,
                standard_error: coefficient.standard_error,
                hazard_ratio: coefficient.hazard_ratio(),
                interval: coefficient.interval(query.level),
                z: coefficient.z(),
                p: coefficient.p(),
            })
            .collect(),
        log_likelihood_null: fit.log_likelihood_null,
        log_likelihood: fit.log_likelihood,
        likelihood_ratio: test(fit.likelihood_ratio),
        score: test(fit.score),
        concordance: fit.concordance.index(),
    })
}

/// The error in the words of the question.
fn named(error: CoxError, question: &Question, found: &Rows) -> RegressionError {
    let name = |covariate: usize| {
        let covariate = question.covariates.get(covariate);
        covariate.map_or_else(String::new, Covariate::to_string)
    };
    match error {
        CoxError::NoEvents => RegressionError::NoEvents {
            persons: found.persons,
            left_out: found.left_out,
        },
        CoxError::Redundant { covariate } => RegressionError::Redundant {
            covariate: name(covariate),
        },
        CoxError::Unbounded { covariate } => RegressionError::Unbounded {
            covariate: name(covariate),
        },
        CoxError::UnequalRows { .. }
        | CoxError::EmptyInterval { .. }
        | CoxError::NoCovariates
        | CoxError::NotConverged => RegressionError::NoEstimate(error),
    }
}
