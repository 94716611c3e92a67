//! `GET /v1/journeys` and `GET /v1/journeys/{journey}`: which they are, and everything of one.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use homeward_events::id::JourneyId;
use homeward_ledger::clock;
use homeward_projections::timeline::{self, Timeline};
use homeward_projections::{caseload, referrals};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::referrals::lists::OpenReferral;
use crate::answer::{Answer, read, view, view_journey};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::problem::Problem;

/// A page of journeys.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JourneyPage {
    /// Journeys, in the order of their ids.
    #[schema(value_type = Vec<Object>)]
    journeys: Vec<caseload::Case>,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    next: Option<String>,
}

/// List journeys by any dimension of the caseload.
#[utoipa::path(
    get, path = "/v1/journeys", tag = "read models",
    params(
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; site, return_type, sex, age_band, grounds, month and stage likewise"),
        ("limit" = Option<usize>, Query, description = "rows of a page, 1 to 1000"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<JourneyPage>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn list(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<JourneyPage>>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("list", "journeys");
    let view = view(&gate, "caseload", &mut asked).await?;
    let (limit, after) = (asked.limit()?, asked.after::<JourneyId>()?);
    let only = asked.only(&key, caseload::DIMENSIONS)?;
    let question = ("journeys", &only, after, limit);
    let (page, as_of) = read_kept(&gate, &view, &question, |table| {
        let journeys = caseload::list(table, &only, after, limit)?;
        let next = journeys
            .last()
            .filter(|_| journeys.len() == limit)
            .and_then(|row| serde_json::to_string(&row.journey).ok());
        Ok::<_, caseload::QueryError>(JourneyPage { journeys, next })
    })?;
    asked.answer(as_of, page)
}

/// Everything of a journey, in order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JourneyAnswer {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    timeline: Timeline,
    /// Its referrals, each with whose turn it is.
    referrals: Vec<OpenReferral>,
}

/// Read a journey's timeline: what happened, what stands, what was corrected, which journeys are the
/// same human being, and its referrals.
#[utoipa::path(
    get, path = "/v1/journeys/{journey}", tag = "read models",
    params(
        ("journey" = String, Path, description = "the journey, a uuid"),
        ("at" = Option<String>, Query, description = "reference time of clocks in UTC, now when absent"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<JourneyAnswer>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn one(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Path(journey): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<JourneyAnswer>>, Problem> {
    let unknown = || Problem::not_found("this journey");
    let journey: JourneyId = journey.parse().map_err(|_| unknown())?;
    let mut asked = Asked::new(pairs);
    asked.about("journey", journey);
    // Both models are asked up to the same place.
    let mut again = asked.clone();
    let timelines = view_journey(&gate, "timeline", journey, &mut asked).await?;
    let open = view_journey(&gate, "referrals", journey, &mut again).await?;
    let at = asked.one::<Timestamp>("at")?.unwrap_or_else(clock::now);
    asked.done(&["at", "known", "at_least"])?;
    let (found, as_of) = read(&timelines, |table| timeline::of(table, journey))?;
    // The same answer for what is not there and for what this key may not see.
    let timeline = found
        .filter(|found| key.may_use(&found.ledger))
        .ok_or_else(unknown)?;
    let (rows, _) = read(&open, |table| referrals::of_journey(table, journey))?;
    let referrals = rows
        .into_iter()
        .map(|row| OpenReferral::at(row, at))
        .collect();
    asked.answer(
        as_of,
        JourneyAnswer {
            timeline,
            referrals,
        },
    )
}
