//! `POST /v1/events`: commits go in.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use futures::StreamExt as _;
use homeward_events::codec::{Code, DecodeError};
use homeward_events::id::CommitId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::asked::Asked;
use crate::gate::{Gate, Publisher};
use crate::intake::{Intake, Offer};
use crate::keys::Key;
use crate::offers::{self, BODY_BYTES_MAX};
use crate::outcome::{Outcome, Reason, Refused, refuse_bytes};
use crate::problem::Problem;

/// Journeys of one request that are written at the same time.
const JOURNEYS_AT_ONCE: usize = 16;

/// What became of each commit, in the order of the request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Results {
    results: Vec<CommitResult>,
}

/// What became of one commit.
#[serde_with::skip_serializing_none]
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct CommitResult {
    /// 201 when it is in the log (however often it was sent), else why not.
    status: u16,
    /// The commit's id.
    commit: Option<String>,
    /// Its ledger.
    ledger: Option<String>,
    /// Its journey.
    journey: Option<String>,
    /// Its place in the ledger.
    sequence: Option<u64>,
    /// `ledger:sequence`, for `at_least`.
    position: Option<String>,
    /// Stable code of the first reason.
    code: Option<String>,
    /// Every reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<CommitError>,
    /// Where the refused bytes are kept.
    dead_letter: Option<u64>,
    #[serde(skip)]
    known: bool,
}

/// Why one event was refused.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommitError {
    /// Which event of the commit, from 0.
    index: usize,
    /// Its type.
    #[serde(rename = "type")]
    event_type: Option<String>,
    /// JSON pointer within the event.
    field: String,
    /// Stable code.
    code: String,
    /// What was expected and what was found.
    message: String,
}

impl From<Reason> for CommitError {
    fn from(reason: Reason) -> Self {
        let Reason {
            index,
            event_type,
            field,
            code,
            message,
        } = reason;
        Self {
            index,
            event_type,
            field,
            code,
            message,
        }
    }
}

impl From<Refused> for CommitResult {
    fn from(refused: Refused) -> Self {
        Self {
            status: refused.status,
            code: Some(refused.code),
            errors: refused.errors.into_iter().map(Into::into).collect(),
            dead_letter: refused.dead_letter,
            ..Self::default()
        }
    }
}

impl From<Outcome> for CommitResult {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accepted(accepted) => Self {
                status: 201,
                position: Some(format!("{}:{}", accepted.ledger, accepted.sequence)),
                commit: Some(accepted.commit.to_string()),
                ledger: Some(accepted.ledger.to_string()),
                journey: Some(accepted.journey.to_string()),
                sequence: Some(accepted.sequence),
                known: accepted.known,
                ..Self::default()
            },
            Outcome::Refused(refused) => refused.into(),
            Outcome::Failed(failed) => Self {
                status: failed.status,
                code: Some(failed.code.to_owned()),
                errors: vec![CommitError {
                    index: 0,
                    event_type: None,
                    field: String::new(),
                    code: failed.code.to_owned(),
                    message: failed.message,
                }],
                ..Self::default()
            },
        }
    }
}

/// Publish events: a single event, one commit (a JSON array of events of one journey that become
/// true together), or a batch of commits (`{"commits": [{"id": ..., "events": [...]}]}`).
///
/// Safe to repeat: an event that is in the log already is answered as the first time, with the same
/// place. The header `homeward-known` counts such commits. An `Idempotency-Key` header (a uuid) names
/// a single commit. With `dry_run=true` everything is decided, nothing is appended, and what is refused
/// is not kept: 200 is what would get in. Commits of one journey are decided one after the other.
#[utoipa::path(
    post, path = "/v1/events", tag = "publish",
    params(("dry_run" = Option<bool>, Query, description = "decide, and append nothing")),
    request_body(content = serde_json::Value, content_type = "application/cloudevents-batch+json"),
    responses(
        (status = 200, description = "of a dry run: every commit would get in", body = Results),
        (status = 201, description = "every commit is in the log", body = Results),
        (status = 207, description = "some commits of a batch are not: see each result", body = Results),
        (status = "4XX", description = "refused; the refused bytes are kept", body = Results),
        (status = "5XX", description = "not the publisher's fault: send it again unchanged", body = Results),
    ),
    security(("key" = []))
)]
pub(crate) async fn publish(
    State(gate): State<Gate>,
    Publisher(key): Publisher,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let mut asked = Asked::new(pairs);
    let dry_run = asked.one::<bool>("dry_run").and_then(|dry_run| {
        asked.done(&["dry_run"])?;
        Ok(dry_run.unwrap_or(false))
    });
    let dry_run = match dry_run {
        Ok(dry_run) => dry_run,
        Err(problem) => return problem.into_response(),
    };
    if let Err(problem) = check_content_type(&headers) {
        return problem.into_response();
    }
    let id = match idempotency_key(&headers) {
        Ok(id) => id,
        Err(problem) => return problem.into_response(),
    };
    let answer = match read_body(body).await {
        Ok(body) if dry_run => try_out(&gate.intake, &key, &body).await,
        Ok(body) => take(&gate.intake, &key, "http", &body, id).await,
        Err(Unread::TooLarge(start)) => {
            let error = DecodeError {
                index: 0,
                event_type: None,
                field: String::new(),
                code: Code::TooLarge,
                message: format!("more than {BODY_BYTES_MAX} bytes; only the beginning is kept"),
            };
            let refused = gate
                .intake
                .keep(&key, "http", &start, refuse_bytes(413, error))
                .await;
            Answer {
                batch: false,
                results: vec![refused.into()],
            }
        }
        Err(Unread::Broken) => {
            let detail = "the request ended before its body did";
            return Problem::new(StatusCode::BAD_REQUEST, "body-broken", detail).into_response();
        }
    };
    answer.into_response()
}

/// What a publisher is answered, at any door.
pub(crate) struct Answer {
    batch: bool,
    results: Vec<CommitResult>,
}

impl Answer {
    /// The status of the whole.
    pub(crate) fn status(&self) -> StatusCode {
        let first = self.results.first().map_or(500, |result| result.status);
        let all = |status| self.results.iter().all(|result| result.status == status);
        let status = if all(201) {
            201
        } else if all(200) {
            200
        } else if self.batch {
            207
        } else {
            first
        };
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The answer's JSON.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Body<'a> {
            results: &'a [CommitResult],
        }
        serde_json::to_vec(&Body {
            results: &self.results,
        })
        .unwrap_or_default()
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = self.status();
        let known = self.results.iter().filter(|result| result.known).count();
        let mut response = (
            status,
            Json(Results {
                results: self.results,
            }),
        )
            .into_response();
        let headers = response.headers_mut();
        headers.insert("homeward-known", HeaderValue::from(known));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(1));
        }
        response
    }
}

/// A commit as it was read from a batch, or why it is none.
type Offered = Result<Offer, (Bytes, Refused)>;

/// Takes a request's body in.
pub(crate) async fn take(
    intake: &Intake,
    key: &Key,
    door: &'static str,
    body: &Bytes,
    id: Option<CommitId>,
) -> Answer {
    let request = match offers::read(body, id) {
        Ok(request) => request,
        Err(refused) => {
            let refused = intake.keep(key, door, body, refused).await;
            return Answer {
                batch: false,
                results: vec![refused.into()],
            };
        }
    };
    let batch = request.batch;
    let one = async |offer: Offered| -> CommitResult {
        match offer {
            Ok(offer) => intake.take(key, door, &offer).await.into(),
            Err((bytes, refused)) => intake.keep(key, door, &bytes, refused).await.into(),
        }
    };
    if request.offers.len() == 1 {
        let mut results = Vec::new();
        for offer in request.offers {
            results.push(one(offer).await);
        }
        return Answer { batch, results };
    }
    // Commits of one journey stay in their order; different journeys are written side by side.
    let mut journeys: BTreeMap<String, Vec<(usize, Offered)>> = BTreeMap::new();
    for (index, offer) in request.offers.into_iter().enumerate() {
        let journey = offer
            .as_ref()
            .ok()
            .and_then(|offer| journey_of(&offer.events));
        journeys
            .entry(journey.unwrap_or_default())
            .or_default()
            .push((index, offer));
    }
    let one = &one;
    let written = futures::stream::iter(journeys.into_values().map(|offers| async move {
        let mut results = Vec::with_capacity(offers.len());
        for (index, offer) in offers {
            results.push((index, one(offer).await));
        }
        results
    }));
    let mut results: Vec<(usize, CommitResult)> =
        written.buffer_unordered(JOURNEYS_AT_ONCE).concat().await;
    results.sort_by_key(|(index, _)| *index);
    Answer {
        batch,
        results: results.into_iter().map(|(_, result)| result).collect(),
    }
}

/// Says what would become of a request's body.
async fn try_out(intake: &Intake, key: &Key, body: &Bytes) -> Answer {
    let request = match offers::read(body, None) {
        Ok(request) => request,
        Err(refused) => {
            return Answer {
                batch: false,
                results: vec![refused.into()],
            };
        }
    };
    let mut results: BTreeMap<usize, CommitResult> = BTreeMap::new();
    let mut journeys: BTreeMap<String, Vec<(usize, Offer)>> = BTreeMap::new();
    for (index, offer) in request.offers.into_iter().enumerate() {
        match offer {
            Ok(offer) => {
                let journey = journey_of(&offer.events).unwrap_or_default();
                journeys.entry(journey).or_default().push((index, offer));
            }
            Err((_, refused)) => {
                results.insert(index, refused.into());
            }
        }
    }
    let tried = futures::stream::iter(journeys.into_values().map(|offers| async move {
        let (places, offers): (Vec<usize>, Vec<Offer>) = offers.into_iter().unzip();
        let outcomes = intake.try_out(key, &offers).await;
        places.into_iter().zip(outcomes).collect::<Vec<_>>()
    }));
    let tried: Vec<_> = tried.buffer_unordered(JOURNEYS_AT_ONCE).concat().await;
    for (index, outcome) in tried {
        let result = match outcome {
            Ok(known) => CommitResult {
                status: 200,
                known,
                ..CommitResult::default()
            },
            Err(outcome) => outcome.into(),
        };
        results.insert(index, result);
    }
    Answer {
        batch: request.batch,
        results: results.into_values().collect(),
    }
}

/// The journey that a commit says it is about; whether it is one is decided later.
fn journey_of(events: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Subject {
        subject: String,
    }
    let events: Vec<Subject> = serde_json::from_slice(events).ok()?;
    events.into_iter().next().map(|event| event.subject)
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Problem> {
    const ACCEPTED: [&str; 3] = [
        "application/json",
        "application/cloudevents+json",
        "application/cloudevents-batch+json",
    ];
    let Some(value) = headers.get(header::CONTENT_TYPE) else {
        return Ok(());
    };
    let kind = value
        .to_str()
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    if ACCEPTED
        .iter()
        .any(|accepted| kind.eq_ignore_ascii_case(accepted))
    {
        return Ok(());
    }
    let detail = format!("expected one of {}", ACCEPTED.join(", "));
    Err(Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "content-type",
        detail,
    ))
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<CommitId>, Problem> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    value
        .to_str()
        .unwrap_or_default()
        .parse()
        .map(Some)
        .map_err(|error| {
            let detail = format!("`Idempotency-Key`: {error}");
            Problem::new(StatusCode::BAD_REQUEST, "idempotency-key", detail)
        })
}

enum Unread {
    /// Larger than the limit; the beginning of it.
    TooLarge(Bytes),
    Broken,
}

/// Reads a body up to its limit; of a larger one the beginning is kept, to be shown to people.
async fn read_body(body: Body) -> Result<Bytes, Unread> {
    let mut chunks = body.into_data_stream();
    let mut read = BytesMut::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Unread::Broken)?;
        if read.len() + chunk.len() > BODY_BYTES_MAX {
            let room = BODY_BYTES_MAX - read.len();
            read.extend_from_slice(chunk.get(..room).unwrap_or_default());
            return Err(Unread::TooLarge(read.freeze()));
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read.freeze())
}
