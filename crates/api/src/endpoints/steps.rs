//! `GET /v1/steps`: how far journeys come, how long each step takes, and how those left who went no
//! further.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::time::Day;
use homeward_projections::caseload::QueryError;
use homeward_projections::steps;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::problem::Problem;

/// How far journeys came, and how long that took.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Steps {
    /// The reference day: what is later has not happened yet.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: Day,
    /// Journeys received by then.
    pub(crate) journeys: i64,
    /// Each step, reception first: `reached` (came at least so far), `took` (took this very step),
    /// `waiting` (came no further, and may) and `left` (came no further, and will not, by how).
    /// `reached` is `waiting`, everybody in `left`, and what reached the next step, together.
    #[schema(value_type = Vec<Object>)]
    pub(crate) stages: Vec<steps::Stage>,
    /// Each later step, in days since reception: journeys that took it, left before it or wait; the
    /// share that has taken it by each day, with its interval, and the share that has left without it.
    #[schema(value_type = Vec<Object>)]
    pub(crate) times: Vec<steps::Time>,
}

/// Read how far journeys come from reception to service, and how long each step takes while leaving
/// competes with it.
#[utoipa::path(
    get, path = "/v1/steps", tag = "read models",
    params(
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("origin_from" = Option<String>, Query, description = "cohort: first day of reception"),
        ("origin_to" = Option<String>, Query, description = "cohort: last day of reception"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; site, area, programme, return_type, grounds, group, sex and age_band likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Steps>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn answer(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<Steps>>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, steps::STEPS.name, &mut asked).await?;
    let on = asked.day()?;
    let from = asked.one::<Day>("origin_from")?.map(|day| day.0);
    let to = asked.one::<Day>("origin_to")?.map(|day| day.0);
    let only = asked.only(&key, steps::DIMENSIONS)?;
    let query = steps::Query { only, from, to, on };
    let (told, as_of) = read_kept(&gate, &view, &query, |table| {
        let answer = steps::answer(table, &query)?;
        Ok::<_, QueryError>(Steps {
            on: Day(on),
            journeys: answer.journeys,
            stages: answer.stages,
            times: answer.times,
        })
    })?;
    asked.answer(as_of, told)
}
