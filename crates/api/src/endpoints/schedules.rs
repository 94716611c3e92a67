//! `POST /v1/journeys/{journey}/follow-ups` and `GET /v1/schedules`: follow-ups planned by a template.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use homeward_events::id::{ActorId, AgencyId, EventId, JourneyId, LedgerId, ScheduleKey};
use homeward_events::time::{Day, OccurredOn, RecordedAt};
use homeward_events::vocabulary::Role;
use homeward_events::{Event, codec};
use homeward_journey::Journey;
use homeward_ledger::clock;
use homeward_projections::schedule::{DEFAULT, Planned, Schedule};
use homeward_projections::shelf::Filed as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gate::{Gate, Publisher, Reading};
use crate::intake::Offer;
use crate::keys::Key;
use crate::outcome::Outcome;
use crate::problem::Problem;

/// Where follow-ups that are planned here come from.
const SOURCE: &str = "urn:homeward:schedules";

/// The schedules at hand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScheduleList {
    schedules: Vec<KnownSchedule>,
}

/// One version of a schedule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KnownSchedule {
    /// Id and version, `standard@1`.
    name: String,
    /// What it is called, by language.
    title: std::collections::BTreeMap<String, String>,
    /// SHA-256 of its file.
    digest: String,
    /// Its file, TOML: keys, months, windows and channels.
    file: String,
}

/// List the templates that follow-ups can be planned by: those that ship and the office's own.
#[utoipa::path(
    get, path = "/v1/schedules", tag = "read models",
    responses((status = 200, body = ScheduleList), (status = "4XX", body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn list(State(gate): State<Gate>, Reading(_key): Reading) -> Json<ScheduleList> {
    let schedules = gate.schedules.iter();
    let told = schedules.map(|known| KnownSchedule {
        name: known.name(),
        title: known.terms().title.all().clone(),
        digest: known.digest().to_owned(),
        file: known.text().to_owned(),
    });
    Json(ScheduleList {
        schedules: told.collect(),
    })
}

/// What is to be planned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FollowUpsToPlan {
    /// The journey's ledger.
    #[schema(value_type = String)]
    ledger: LedgerId,
    /// By which template, `id` or `id@version`; `standard` when absent.
    schedule: Option<String>,
    /// Who does them.
    #[schema(value_type = Option<String>)]
    assigned_to: Option<ActorId>,
    /// On whose behalf; the key's first agency when absent.
    #[schema(value_type = Option<String>)]
    agency: Option<AgencyId>,
    /// By which account.
    #[schema(value_type = Option<String>)]
    actor: Option<ActorId>,
    /// In which capacity.
    #[schema(value_type = Option<String>)]
    role: Option<Role>,
}

/// What was planned.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FollowUpsPlanned {
    /// The journey.
    #[schema(value_type = String)]
    journey: JourneyId,
    /// By which template.
    schedule: String,
    /// SHA-256 of its file.
    schedule_sha256: String,
    /// Its follow-ups.
    follow_ups: Vec<FollowUpPlanned>,
    /// `ledger:sequence`, for `at_least`; absent when nothing was new.
    position: Option<String>,
}

/// One follow-up of a template.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FollowUpPlanned {
    /// Its key within the journey.
    #[schema(value_type = String)]
    key: ScheduleKey,
    /// Day on which it is due.
    #[schema(value_type = String, format = Date)]
    due_on: Day,
    /// Last day on which it counts.
    #[schema(value_type = Option<String>, format = Date)]
    closes_on: Option<Day>,
    /// The fact that says so.
    #[schema(value_type = String)]
    event: EventId,
    /// Whether it was planned now; `false` if the journey had a follow-up of that key.
    planned: bool,
}

impl From<&Planned> for FollowUpPlanned {
    fn from(planned: &Planned) -> Self {
        Self {
            key: planned.body.key.clone(),
            due_on: planned.body.due_on,
            closes_on: planned.body.closes_on,
            event: planned.event,
            planned: !planned.is_known,
        }
    }
}

/// Plan a journey's follow-ups by a template. Each becomes a `follow-up.scheduled` fact whose id follows
/// from the journey, the template and the key: planned again, nothing changes, and one that was called
/// off on purpose stays so.
#[utoipa::path(
    post, path = "/v1/journeys/{journey}/follow-ups", tag = "publish",
    params(("journey" = String, Path, description = "the journey, a uuid")),
    request_body = FollowUpsToPlan,
    responses(
        (status = 201, description = "planned now", body = FollowUpsPlanned),
        (status = 200, description = "were planned before", body = FollowUpsPlanned),
        (status = "4XX", body = Problem), (status = 503, body = Problem),
    ),
    security(("key" = []))
)]
pub(crate) async fn plan(
    State(gate): State<Gate>,
    Publisher(key): Publisher,
    Path(journey): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let unknown = || Problem::not_found("this journey");
    let journey: JourneyId = journey.parse().map_err(|_| unknown())?;
    let asked: FollowUpsToPlan = serde_json::from_slice(&body).map_err(|error| {
        let code = "schedule-invalid";
        Problem::new(StatusCode::BAD_REQUEST, code, error.to_string())
    })?;
    if !key.may_use(&asked.ledger) {
        return Err(Problem::forbidden("this key does not open that ledger"));
    }
    let name = asked.schedule.as_deref().unwrap_or(DEFAULT);
    let schedule = gate.schedules.get(name);
    let schedule = schedule.ok_or_else(|| {
        let known = gate.schedules.names().join(", ");
        Problem::parameter("schedule", format!("expected one of {known}"))
    })?;
    let facts = gate.intake.facts(&asked.ledger, journey).await;
    let facts = facts.map_err(|failed| failed_problem(&failed))?;
    if facts.is_empty() {
        return Err(unknown());
    }
    let told = Journey::from_facts(journey, &facts);
    let planned = schedule.plan(&told, asked.assigned_to.as_ref());
    let planned = planned
        .map_err(|error| Problem::new(StatusCode::CONFLICT, "origin-missing", error.to_string()))?;
    let events = events(&planned, schedule, journey, &asked, &key)?;
    let mut answer = FollowUpsPlanned {
        journey,
        schedule: schedule.name(),
        schedule_sha256: schedule.digest().to_owned(),
        follow_ups: planned.iter().map(Into::into).collect(),
        position: None,
    };
    if events.is_empty() {
        return Ok((StatusCode::OK, Json(answer)).into_response());
    }
    let written = codec::encode_commit(&events);
    let written = written.map_err(|error| {
        let code = "schedule-invalid";
        Problem::new(StatusCode::BAD_REQUEST, code, error.to_string())
    })?;
    let offer = Offer {
        id: None,
        events: written.into(),
    };
    match gate.intake.take(&key, "http", &offer).await {
        Outcome::Accepted(accepted) => {
            answer.position = Some(format!("{}:{}", accepted.ledger, accepted.sequence));
            Ok((StatusCode::CREATED, Json(answer)).into_response())
        }
        Outcome::Refused(refused) => {
            let reasons: Vec<&str> = refused.errors.iter().map(|e| e.message.as_str()).collect();
            let status = StatusCode::from_u16(refused.status).unwrap_or(StatusCode::CONFLICT);
            Err(Problem::new(status, &refused.code, reasons.join("; ")))
        }
        Outcome::Failed(failed) => Err(failed_problem(&failed)),
    }
}

/// A failure for none of the caller's, as a problem.
pub(crate) fn failed_problem(failed: &crate::outcome::Failed) -> Problem {
    let status = StatusCode::from_u16(failed.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    Problem::new(status, failed.code, failed.message.clone())
}

/// The facts that are new.
fn events(
    planned: &[Planned],
    schedule: &Schedule,
    journey: JourneyId,
    asked: &FollowUpsToPlan,
    key: &Key,
) -> Result<Vec<Event>, Problem> {
    let now = RecordedAt(clock::now());
    let agency = asked.agency.as_ref().or_else(|| key.agencies.first());
    let Some(agency) = agency else {
        let expected = "expected an agency: this key is bound to none";
        return Err(Problem::parameter("agency", expected));
    };
    let new = planned.iter().filter(|planned| !planned.is_known);
    let events = new.map(|planned| Event {
        id: planned.event,
        ledger: asked.ledger.clone(),
        journey,
        source: SOURCE.into(),
        occurred: OccurredOn::Day(now.day()),
        recorded: now,
        agency: agency.clone(),
        actor: asked.actor.clone(),
        role: asked.role,
        causation: None,
        correlation: Some(schedule.name().into()),
        sequence: None,
        body: planned.body.clone().into(),
    });
    Ok(events.collect())
}
