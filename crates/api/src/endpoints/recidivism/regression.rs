//! `GET /v1/recidivism/regression`: by what the rate of failure is raised or lowered.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::time::Day;
use homeward_projections::histories::{Dimension, HISTORIES};
use homeward_projections::measure::cox::Ties;
use homeward_projections::recidivism::regression::{
    self, Answer as Fitted, COVARIATES_MAX, Covariate, Question, RegressionError,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{basis, definition, word};
use crate::answer::{Answer, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::problem::Problem;

/// Fit Cox's proportional hazards to the persons, times and ends that a definition counts: each
/// covariate's hazard ratio, and how well the model tells who fails sooner.
#[utoipa::path(
    get, path = "/v1/recidivism/regression", tag = "read models",
    params(
        ("covariate" = Vec<String>, Query, description = "cohort. and a name, age, a dimension and its value such as sex=female, or in:employment, in:housing, in:schooling (1 in units that begin within such a spell; @1 reads one unit earlier); repeat, at most 20"),
        ("ties" = Option<String>, Query, description = "how failures at equal times are told apart: efron (default) or breslow"),
        ("definition" = Option<String>, Query, description = "id, or id@version, as /v1/definitions lists them; rearrest when absent"),
        ("lang" = Option<String>, Query, description = "language of the definition's sentence: en (default), es, fr, pt, ht"),
        ("unit" = Option<String>, Query, description = "day (default), week or month"),
        ("level" = Option<f64>, Query, description = "level of every interval, 0.95 when absent"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("origin_from" = Option<String>, Query, description = "cohort: first day of origin"),
        ("origin_to" = Option<String>, Query, description = "cohort: last day of origin"),
        ("strata" = Option<Vec<String>>, Query, description = "dimension within whose values persons are compared; repeat"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; site, return_type, sex, age_band, grounds, programme, sending_country, group and cohort.<covariate> likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Regression>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn fit(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<Regression>>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, HISTORIES.name, &mut asked).await?;
    let definition = definition(&gate, &mut asked)?;
    let mut question = Question {
        query: basis(&mut asked)?,
        covariates: covariates(&mut asked)?,
        ties: word(&mut asked, "ties", &Ties::ALL, Ties::as_str)?,
    };
    let mut values = asked.under("cohort.");
    question.query.only = asked.only(&key, Dimension::NAMES)?;
    question.query.only.append(&mut values);
    let asks = (definition.digest(), &question);
    let (fitted, as_of) = read_kept(&gate, &view, &asks, |table| {
        let fitted = regression::answer(table, &definition, &question)?;
        Ok::<_, RegressionError>(Regression::of(fitted))
    })?;
    let digest = definition.digest().to_owned();
    let as_of = as_of.by(&definition.name(), Some(digest));
    asked.answer(as_of, fitted)
}

fn covariates(asked: &mut Asked) -> Result<Vec<Covariate>, Problem> {
    let names = asked.all("covariate");
    if names.len() > COVARIATES_MAX {
        let detail = format!("at most {COVARIATES_MAX} covariates");
        return Err(Problem::parameter("covariate", detail));
    }
    let refused = |error| Problem::parameter("covariate", error);
    let parse = |name: &String| name.parse().map_err(refused);
    names.iter().map(parse).collect()
}

impl From<RegressionError> for Problem {
    fn from(error: RegressionError) -> Self {
        match error {
            RegressionError::Query(error) => error.into(),
            RegressionError::Covariates(_)
            | RegressionError::Unknown { .. }
            | RegressionError::NoEvents { .. }
            | RegressionError::Redundant { .. }
            | RegressionError::Unbounded { .. }
            | RegressionError::NoEstimate(_) => Self::parameter("covariate", error),
        }
    }
}

/// A fitted model.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Regression {
    /// Definition and version.
    definition: String,
    /// SHA-256 of the definition's file.
    definition_digest: String,
    /// What it says.
    definition_text: String,
    /// The reference day: nothing later is known to this answer.
    #[schema(value_type = String, format = Date)]
    on: Day,
    /// Unit of time.
    unit: &'static str,
    /// Level of every interval.
    level: f64,
    /// How failures at equal times were told apart: efron or breslow.
    ties: &'static str,
    /// Dimensions within whose values persons were compared.
    strata: Vec<String>,
    /// Persons in the model.
    persons: u64,
    /// Persons about whom no answer stands yet; not in the model.
    not_mature: u64,
    /// Persons of whom a covariate is not known; not in the model.
    left_out: u64,
    /// Persons never at risk in a unit of which every covariate can be read; not in the model.
    too_brief: u64,
    /// Failures in the model; competing ends censor.
    events: u64,
    /// Intervals at risk, cut where a covariate changes.
    rows: u64,
    /// Units of time at risk.
    units_at_risk: u64,
    /// In the order asked for.
    covariates: Vec<CovariateEffect>,
    /// Log partial likelihood with all coefficients 0.
    log_likelihood_null: f64,
    /// Log partial likelihood of the estimate.
    log_likelihood: f64,
    likelihood_ratio: ModelTest,
    score: ModelTest,
    /// Share of pairs ranked rightly, a tie counting half (Harrell); 0.5 is chance.
    concordance: Option<f64>,
}

/// What one covariate does, the others being equal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CovariateEffect {
    covariate: String,
    /// Log of the hazard ratio of one unit more.
    coefficient: f64,
    standard_error: f64,
    /// Above 1 fails sooner.
    hazard_ratio: f64,
    /// Lower bound of the hazard ratio.
    lower: Option<f64>,
    /// Upper bound.
    upper: Option<f64>,
    /// The coefficient in standard errors (Wald).
    z: f64,
    p: f64,
}

/// A test of all coefficients together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ModelTest {
    chi2: f64,
    degrees: u64,
    p: f64,
}

impl Regression {
    fn of(fitted: Fitted) -> Self {
        Self {
            definition: fitted.definition,
            definition_digest: fitted.definition_digest,
            definition_text: fitted.definition_text,
            on: fitted.on,
            unit: fitted.unit.as_str(),
            level: fitted.level,
            ties: fitted.ties.as_str(),
            strata: fitted.strata,
            persons: fitted.persons,
            not_mature: fitted.not_mature,
            left_out: fitted.left_out,
            too_brief: fitted.too_brief,
            events: fitted.events,
            rows: fitted.rows,
            units_at_risk: fitted.units_at_risk,
            covariates: fitted.covariates.into_iter().map(Into::into).collect(),
            log_likelihood_null: fitted.log_likelihood_null,
            log_likelihood: fitted.log_likelihood,
            likelihood_ratio: fitted.likelihood_ratio.into(),
            score: fitted.score.into(),
            concordance: fitted.concordance,
        }
    }
}

impl From<regression::Effect> for CovariateEffect {
    fn from(effect: regression::Effect) -> Self {
        Self {
            covariate: effect.covariate,
            coefficient: effect.coefficient,
            standard_error: effect.standard_error,
            hazard_ratio: effect.hazard_ratio,
            lower: effect.interval.map(|(lower, _)| lower),
            upper: effect.interval.map(|(_, upper)| upper),
            z: effect.z,
            p: effect.p,
        }
    }
}

impl From<regression::Test> for ModelTest {
    fn from(test: regression::Test) -> Self {
        Self {
            chi2: test.chi2,
            degrees: test.degrees,
            p: test.p,
        }
    }
}
