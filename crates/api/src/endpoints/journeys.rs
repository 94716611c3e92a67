//! `GET /v1/journeys` and `GET /v1/journeys/{journey}`: which they are, and everything of one.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use homeward_events::id::{JourneyId, LedgerId};
use homeward_ledger::clock;
use homeward_projections::timeline::{self, Timeline};
use homeward_projections::{TableError, caseload, cases, plans, referrals};
use jiff::Timestamp;
use jiff::tz::Offset;
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
    pub(crate) journeys: Vec<caseload::Case>,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    pub(crate) next: Option<String>,
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
    pub(crate) timeline: Timeline,
    /// Its referrals, each with whose turn it is.
    pub(crate) referrals: Vec<OpenReferral>,
    /// Its plans, with their goals.
    #[schema(value_type = Vec<Object>)]
    pub(crate) plans: Vec<plans::Row>,
    /// The agency that keeps the case, where anything of a case is told.
    pub(crate) keeper: Option<String>,
    /// Consents and overrides in force on the day of the reference time.
    #[schema(value_type = Vec<Object>)]
    pub(crate) consents_in_force: Vec<cases::Consent>,
    /// What was given.
    #[schema(value_type = Vec<Object>)]
    pub(crate) assistance: Vec<cases::Given>,
    /// Transfers, each with whose turn it is.
    #[schema(value_type = Vec<Object>)]
    pub(crate) transfers: Vec<cases::Transfer>,
    /// Attachments; their bytes are at `/v1/attachments/{ledger}/{sha256}`.
    #[schema(value_type = Vec<Object>)]
    pub(crate) attachments: Vec<cases::Attachment>,
    /// Who is related to the person, by the last word of both sides, and who lives in the same
    /// household: other human beings. An answer about the past knows what this journey tells only.
    #[schema(value_type = Vec<Object>)]
    pub(crate) relatives: Vec<cases::Relative>,
    /// What is to be done next besides its referrals, the earliest first.
    pub(crate) next_actions: Vec<NextAction>,
}

/// What is to be done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NextAction {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub(crate) next: cases::Next,
    /// Whether its day lies before that of the reference time.
    pub(crate) overdue: bool,
}

/// Read a journey's timeline: what happened, what stands, what was corrected, which journeys are the
/// same human being; and its case: referrals, plans, consents, assistance, transfers, attachments,
/// relatives, and what is to be done next.
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
    // All models are asked up to the same place.
    let at_same_place = asked.clone();
    let timelines = view_journey(&gate, "timeline", journey, &mut asked).await?;
    let others = async |model| {
        let mut again = at_same_place.clone();
        view_journey(&gate, model, journey, &mut again).await
    };
    let (open, agreed, kept) = (
        others("referrals").await?,
        others("plans").await?,
        others("cases").await?,
    );
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
    let (plans, _) = read(&agreed, |table| plans::of_journey(table, journey))?;
    let ((case, relatives), _) = read(&kept, |table| {
        let case = cases::of(table, journey)?;
        let open = |ledger: &LedgerId| key.may_use(ledger);
        let relatives = cases::relatives_of(table, journey, &case, &open)?;
        Ok::<_, TableError>((case, relatives))
    })?;
    let day = Offset::UTC.to_datetime(at).date();
    let next = |next: cases::Next| NextAction {
        overdue: next.on.is_some_and(|on| on.0 < day),
        next,
    };
    let in_force = |consent: &cases::Consent| consent.holds_on(day);
    asked.answer(
        as_of,
        JourneyAnswer {
            timeline,
            referrals,
            plans,
            keeper: case.keeper.map(|keeper| keeper.to_string()),
            consents_in_force: case.consents.into_iter().filter(in_force).collect(),
            assistance: case.assistance,
            transfers: case.transfers,
            attachments: case.attachments,
            relatives,
            next_actions: case.next.into_iter().map(next).collect(),
        },
    )
}
