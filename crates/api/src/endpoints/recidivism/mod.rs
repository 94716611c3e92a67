//! `GET /v1/recidivism`: what becomes of people after an origin, by a definition that every answer
//! names.

pub(crate) mod regression;
mod told;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::time::Day;
use homeward_projections::definition::{Definition, shelf};
use homeward_projections::histories::{Dimension, HISTORIES};
use homeward_projections::recidivism::{self, CohortBy, QueryError, Scale, Unit};

pub(crate) use self::told::{
    CohortWindow, CurvePoint, LadderRung, Recidivism, ReturnFigures, ShareOf,
};
use crate::answer::{Answer, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::problem::Problem;

/// Most times at which a curve is read in one answer.
const TIMES_MAX: usize = 400;
/// Most groups of one answer: each has a curve of its own.
const GROUPS_MAX: usize = 400;

/// Read time to failure by a definition: persons, how their observation ended, the survival curve,
/// cumulative incidence by cause, fixed windows that know whether they are final, cohorts, years,
/// and groups beside each other.
#[utoipa::path(
    get, path = "/v1/recidivism", tag = "read models",
    params(
        ("definition" = Option<String>, Query, description = "id, or id@version, as /v1/definitions lists them; rearrest when absent"),
        ("lang" = Option<String>, Query, description = "language of the definition's sentence: en (default), es, fr, pt, ht"),
        ("unit" = Option<String>, Query, description = "day (default), week or month"),
        ("at" = Option<Vec<i64>>, Query, description = "times at which the curve is read, in units after origin; repeat"),
        ("horizon" = Option<i64>, Query, description = "up to where the mean time is taken; the last time at which somebody left when absent"),
        ("interval" = Option<String>, Query, description = "scale of the curve's intervals: plain, log or log-log (default)"),
        ("level" = Option<f64>, Query, description = "level of every interval, 0.95 when absent"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("origin_from" = Option<String>, Query, description = "cohort: first day of origin"),
        ("origin_to" = Option<String>, Query, description = "cohort: last day of origin"),
        ("cohorts" = Option<String>, Query, description = "how cohorts are told apart: year (default), quarter or month"),
        ("by" = Option<Vec<String>>, Query, description = "dimension to tell groups by; repeat for several: those below, or cohort. and the name of a covariate"),
        ("strata" = Option<Vec<String>>, Query, description = "dimension within whose values groups are compared; repeat"),
        ("rho" = Option<u8>, Query, description = "how early failures weigh when groups are compared: 0 (default, log-rank) or 1 (Peto and Peto)"),
        ("widen" = Option<Vec<String>>, Query, description = "condition to give up until a group says enough; repeat, in order"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; site, return_type, sex, age_band, grounds, programme, sending_country, group and cohort.<covariate> likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Recidivism>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn answer(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<Recidivism>>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, HISTORIES.name, &mut asked).await?;
    let definition = definition(&gate, &mut asked)?;
    let mut query = question(&mut asked)?;
    let mut covariates = asked.under("cohort.");
    query.only = asked.only(&key, Dimension::NAMES)?;
    query.only.append(&mut covariates);
    let question = (definition.digest(), &query);
    let (answer, as_of) = read_kept(&gate, &view, &question, |table| {
        let answer = recidivism::answer(table, &definition, &query)?;
        if answer.groups.len() > GROUPS_MAX {
            let detail = format!("{} groups, at most {GROUPS_MAX}", answer.groups.len());
            return Err(Problem::parameter("by", detail));
        }
        Ok(Recidivism::of(answer))
    })?;
    let digest = definition.digest().to_owned();
    let as_of = as_of.by(&definition.name(), Some(digest));
    asked.answer(as_of, answer)
}

/// The definition that is asked for.
///
/// # Errors
/// There is none of that name.
pub(crate) fn definition(gate: &Gate, asked: &mut Asked) -> Result<Arc<Definition>, Problem> {
    let name = asked.one::<String>("definition")?;
    let name = name.as_deref().unwrap_or(shelf::DEFAULT);
    gate.definitions.get(name).cloned().ok_or_else(|| {
        let known = gate.definitions.names().join(", ");
        Problem::parameter(
            "definition",
            format!("expected one of {known}, found `{name}`"),
        )
    })
}

/// What every question about returns says: by which day, in which unit, of which cohort.
fn basis(asked: &mut Asked) -> Result<recidivism::Query, Problem> {
    let mut query = recidivism::Query::new(asked.day()?);
    query.unit = word(asked, "unit", &Unit::ALL, Unit::as_str)?;
    query.origin_from = asked.one::<Day>("origin_from")?.map(|day| day.0);
    query.origin_to = asked.one::<Day>("origin_to")?.map(|day| day.0);
    query.level = asked.one("level")?.unwrap_or(query.level);
    query.language = asked.one("lang")?.unwrap_or_default();
    query.strata = asked.all("strata");
    Ok(query)
}

/// What is asked besides definition and conditions.
///
/// # Errors
/// A parameter cannot be read.
pub(crate) fn question(asked: &mut Asked) -> Result<recidivism::Query, Problem> {
    let mut query = basis(asked)?;
    query.interval = word(asked, "interval", &Scale::ALL, Scale::as_str)?;
    query.cohorts = word(asked, "cohorts", &CohortBy::ALL, CohortBy::as_str)?;
    query.at = asked
        .all("at")
        .iter()
        .map(|text| {
            text.parse()
                .map_err(|error| Problem::parameter("at", error))
        })
        .collect::<Result<_, _>>()?;
    if query.at.len() > TIMES_MAX {
        let detail = format!("at most {TIMES_MAX} times");
        return Err(Problem::parameter("at", detail));
    }
    query.horizon = asked.one("horizon")?;
    query.by = asked.all("by");
    query.rho = asked.one("rho")?.unwrap_or(query.rho);
    query.widen = asked.all("widen");
    if query.widen.iter().any(|name| name == "ledger") {
        let detail = "a ledger is not given up: ask about another one by its name";
        return Err(Problem::parameter("widen", detail));
    }
    Ok(query)
}

/// One of some words, or the default.
fn word<T: Copy + Default>(
    asked: &mut Asked,
    name: &str,
    all: &[T],
    spelt: fn(T) -> &'static str,
) -> Result<T, Problem> {
    let Some(found) = asked.one::<String>(name)? else {
        return Ok(T::default());
    };
    let known = all.iter().copied().find(|value| spelt(*value) == found);
    known.ok_or_else(|| {
        let expected: Vec<&str> = all.iter().map(|value| spelt(*value)).collect();
        Problem::parameter(name, format!("expected one of {}", expected.join(", ")))
    })
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Dimension(error) => Self::parameter("by", error),
            QueryError::Level(_) => Self::parameter("level", error),
            QueryError::Rho(_) => Self::parameter("rho", error),
            QueryError::Widen(_) => Self::parameter("widen", error),
        }
    }
}
