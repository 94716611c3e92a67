//! Regressions on the command line: what raises or lowers the rate of failure.

use anyhow::Result;
use clap::{Args, ValueEnum};
use homeward_projections::MemoryTable;
use homeward_projections::definition::Definition;
use homeward_projections::measure::cox::Ties;
use homeward_projections::recidivism::Query;
use homeward_projections::recidivism::regression::{self, Answer, Covariate, Question};
use serde::{Serialize, Serializer};

/// What is asked about covariates.
#[derive(Debug, Clone, Args, Serialize)]
pub(super) struct Regression {
    /// Returns: instead of curves, what raises or lowers the rate of failure (Cox): covariates such
    /// as cohort.fin, age, sex=female, in:employment, or in:employment@1 for that of one unit
    /// earlier; several between commas
    #[arg(long, value_name = "COVARIATES", value_delimiter = ',',
          conflicts_with_all = ["by", "at", "horizon", "widen"])]
    #[serde(serialize_with = "names", skip_serializing_if = "Vec::is_empty")]
    cox: Vec<Covariate>,
    /// With --cox: how failures at equal times are told apart
    #[arg(long, value_enum, requires = "cox")]
    #[serde(skip_serializing_if = "Option::is_none")]
    ties: Option<TiesName>,
}

/// A way with ties, as it is written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum TiesName {
    /// Efron's: close to exact
    Efron,
    /// Breslow's: biased towards no effect
    Breslow,
}

fn names<S: Serializer>(covariates: &[Covariate], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(covariates.iter().map(Covariate::as_str))
}

impl Regression {
    /// The question, if covariates were named.
    pub(super) fn question(&self, query: &Query) -> Option<Question> {
        (!self.cox.is_empty()).then(|| Question {
            query: query.clone(),
            covariates: self.cox.clone(),
            ties: match self.ties {
                Some(TiesName::Efron) | None => Ties::Efron,
                Some(TiesName::Breslow) => Ties::Breslow,
            },
        })
    }
}

/// Fits one definition's model.
///
/// # Errors
/// A covariate does not exist, or the model has no estimate.
pub(super) fn ask(
    table: &MemoryTable,
    definition: &Definition,
    question: &Question,
) -> Result<Answer> {
    Ok(regression::answer(table, definition, question)?)
}
