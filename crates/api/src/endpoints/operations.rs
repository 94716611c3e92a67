//! Health, readiness, status, metrics, dead letters and verification: what operators look at.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use homeward_projector::ModelStatus;
use serde::Serialize;
use utoipa::ToSchema;

use crate::asked::Asked;
use crate::gate::{Gate, Operator, Reading};
use crate::problem::Problem;
use crate::telemetry;

/// The process runs and answers. Says nothing about the log or the read models.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, body = String)))]
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// Every read model serves, and none has stopped: 200, else 503 with what is not ready.
#[utoipa::path(
    get, path = "/readyz", tag = "operations",
    responses((status = 200, body = String), (status = 503, body = Problem))
)]
pub(crate) async fn readyz(State(gate): State<Gate>) -> Result<&'static str, Problem> {
    let waiting: Vec<String> = gate
        .projector
        .status()
        .into_iter()
        .filter(|model| !model.serves())
        .map(|model| format!("{}: {}", model.model, model.state))
        .collect();
    if waiting.is_empty() {
        return Ok("ready\n");
    }
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready", waiting.join("; ")))
}

/// How each read model stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Status {
    /// Version of the server.
    version: &'static str,
    /// Read models, in order.
    #[schema(value_type = Vec<Object>)]
    models: Vec<ModelStatus>,
}

/// Read how each read model stands: positions, lag, rate, last error, where and why it stopped.
#[utoipa::path(
    get, path = "/v1/status", tag = "operations",
    responses((status = 200, body = Status), (status = "4XX", body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn status(State(gate): State<Gate>, Reading(_): Reading) -> Json<Status> {
    Json(Status { version: env!("CARGO_PKG_VERSION"), models: gate.projector.status() })
}

/// Metrics in the text format of Prometheus.
#[utoipa::path(
    get, path = "/metrics", tag = "operations",
    responses((status = 200, content_type = "text/plain", body = String), (status = "4XX", body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn metrics(State(gate): State<Gate>, Reading(_): Reading) -> impl IntoResponse {
    let text = telemetry::render(&gate.projector.status());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// A page of what was refused.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeadLetters {
    /// Refused commits, oldest first.
    letters: Vec<Letter>,
    /// Where the next page begins: give it back as `from`.
    next: u64,
}

/// Something that was refused.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Letter {
    /// Its place among the dead letters.
    sequence: u64,
    /// When it was refused.
    #[schema(value_type = String, format = DateTime)]
    stored: homeward_events::time::StoredAt,
    /// With which key it was offered.
    key: String,
    /// At which door.
    door: String,
    /// Stable code.
    code: String,
    /// Why.
    reason: String,
    /// How many bytes are kept.
    bytes: usize,
    /// The bytes, where they are text.
    text: Option<String>,
}

/// List what was refused, with reasons and the refused bytes.
#[utoipa::path(
    get, path = "/v1/dead-letters", tag = "operations",
    params(
        ("from" = Option<u64>, Query, description = "place of the first, 1 when absent"),
        ("limit" = Option<usize>, Query, description = "rows of a page, 1 to 1000"),
    ),
    responses((status = 200, body = DeadLetters), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn dead_letters(
    State(gate): State<Gate>,
    Operator(_): Operator,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<DeadLetters>, Problem> {
    let mut asked = Asked::new(pairs);
    let from = asked.one::<u64>("from")?.unwrap_or(1).max(1);
    let limit = asked.limit()?;
    asked.done(&["from", "limit"])?;
    let letters = gate.reader.dead_letters(from, limit).await.map_err(|error| {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "log-unavailable", error.to_string())
    })?;
    let next = letters.last().map_or(from, |letter| letter.sequence + 1);
    let letter = |stored: homeward_ledger::StoredDeadLetter| Letter {
        sequence: stored.sequence,
        stored: stored.stored,
        key: stored.letter.publisher,
        door: stored.letter.door.to_owned(),
        code: stored.letter.code,
        reason: stored.letter.reason,
        bytes: stored.letter.bytes.len(),
        text: std::str::from_utf8(&stored.letter.bytes).ok().map(str::to_owned),
    };
    Ok(Json(DeadLetters { letters: letters.into_iter().map(letter).collect(), next }))
}

/// What a verification found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Verification {
    /// Whether every read model equals a fold of the whole log, byte for byte.
    agrees: bool,
    /// What was compared, and where it differs.
    #[schema(value_type = Object)]
    report: homeward_projector::FsckReport,
}

/// Fold the whole log again and compare every row and cell of every read model with it, byte for
/// byte. Long work on a large log.
#[utoipa::path(
    post, path = "/v1/fsck", tag = "operations",
    responses((status = 200, body = Verification), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn fsck(
    State(gate): State<Gate>,
    Operator(_): Operator,
) -> Result<Json<Verification>, Problem> {
    let report = gate.projector.fsck().await.map_err(|error| {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "fsck-failed", error.to_string())
    })?;
    Ok(Json(Verification { agrees: report.agrees(), report }))
}
