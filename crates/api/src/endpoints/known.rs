//! `POST /v1/events/known`: which events are in, which were refused and why, which never came.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use futures::StreamExt as _;
use homeward_events::id::{EventId, JourneyId, LedgerId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gate::{Gate, Publisher};
use crate::outcome::Failed;
use crate::problem::Problem;

/// Most events that are asked for at once.
const EVENTS_MAX: usize = 1000;
/// Journeys that are looked at side by side.
const JOURNEYS_AT_ONCE: usize = 16;

/// Events to look for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sought {
    /// At most 1000.
    events: Vec<SoughtEvent>,
}

/// One event to look for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SoughtEvent {
    /// The event.
    #[schema(value_type = String)]
    id: EventId,
    /// Its journey.
    #[schema(value_type = String)]
    subject: JourneyId,
    /// Its ledger.
    #[schema(value_type = String)]
    ledger: LedgerId,
}

/// What is known of events.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Found {
    /// How many are in.
    #[serde(rename = "in")]
    in_log: u64,
    /// How many were refused, and are not in.
    refused: u64,
    /// How many never came, as far as this key may know.
    unknown: u64,
    /// Each event, in the order of the request.
    results: Vec<FoundEvent>,
}

/// What is known of one event.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundEvent {
    /// The event.
    #[schema(value_type = String)]
    id: EventId,
    /// `in`, `refused` or `unknown`.
    status: &'static str,
    /// Where it lies, if it is in: `ledger:sequence`.
    position: Option<String>,
    /// Why it was refused the last time, if it is not in: stable code.
    code: Option<String>,
    /// The same for people.
    reason: Option<String>,
    /// Where the refused bytes are kept.
    dead_letter: Option<u64>,
}

/// Ask which events are in the log: every publisher's "did you get all of mine?". A key is told of
/// its own agencies' events, and of refusals of what it offered itself; anything else is `unknown`.
#[utoipa::path(
    post, path = "/v1/events/known", tag = "publish",
    request_body = Sought,
    responses((status = 200, body = Found), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn find(
    State(gate): State<Gate>,
    Publisher(key): Publisher,
    body: Result<Json<Sought>, JsonRejection>,
) -> Result<Json<Found>, Problem> {
    let Json(sought) = body.map_err(|error| {
        Problem::new(StatusCode::BAD_REQUEST, "field-invalid", error.body_text())
    })?;
    if sought.events.len() > EVENTS_MAX {
        let detail = format!("{} events, at most {EVENTS_MAX}", sought.events.len());
        return Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            detail,
        ));
    }
    let mut journeys: BTreeMap<(LedgerId, JourneyId), Vec<EventId>> = BTreeMap::new();
    for event in &sought.events {
        if !key.may_use(&event.ledger) || !gate.reader.ledgers().contains(&event.ledger) {
            return Err(Problem::forbidden("this key does not open that ledger"));
        }
        let journey = (event.ledger.clone(), event.subject);
        journeys.entry(journey).or_default().push(event.id);
    }
    let gate = &gate;
    let looked = futures::stream::iter(journeys.into_iter().map(
        |((ledger, journey), events)| async move {
            let found = gate.intake.find(&ledger, journey, &events).await?;
            Ok::<_, Failed>((ledger, events, found))
        },
    ));
    let looked: Vec<Result<_, Failed>> = looked.buffer_unordered(JOURNEYS_AT_ONCE).collect().await;
    let mut places: BTreeMap<(LedgerId, EventId), u64> = BTreeMap::new();
    for looked in looked {
        let (ledger, events, found) = looked.map_err(unreadable)?;
        for (event, place) in events.into_iter().zip(found) {
            if let Some((sequence, agency)) = place
                && key.speaks_for(&agency)
            {
                places.insert((ledger.clone(), event), sequence);
            }
        }
    }
    if places.len() < sought.events.len() {
        gate.refusals
            .catch_up(&gate.reader)
            .await
            .map_err(|error| {
                let (status, code) = (StatusCode::SERVICE_UNAVAILABLE, "log-unavailable");
                Problem::new(status, code, error.to_string())
            })?;
    }
    let mut found = Found::default();
    for event in sought.events {
        let place = places.get(&(event.ledger.clone(), event.id));
        let refusal = if place.is_none() {
            gate.refusals.of(&key.id, event.id)
        } else {
            None
        };
        let status = match (place, &refusal) {
            (Some(_), _) => {
                found.in_log += 1;
                "in"
            }
            (None, Some(_)) => {
                found.refused += 1;
                "refused"
            }
            (None, None) => {
                found.unknown += 1;
                "unknown"
            }
        };
        found.results.push(FoundEvent {
            id: event.id,
            status,
            position: place.map(|sequence| format!("{}:{sequence}", event.ledger)),
            dead_letter: refusal.as_ref().map(|refusal| refusal.dead_letter),
            code: refusal.as_ref().map(|refusal| refusal.code.clone()),
            reason: refusal.map(|refusal| refusal.reason),
        });
    }
    Ok(Json(found))
}

fn unreadable(failed: Failed) -> Problem {
    let status = StatusCode::from_u16(failed.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    Problem::new(status, failed.code, failed.message)
}
