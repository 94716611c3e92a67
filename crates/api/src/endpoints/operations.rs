//! Health, readiness, status, metrics, dead letters and verification: what operators look at.

use axum::Json;
use axum::extract::{Query, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use homeward_events::id::LedgerId;
use homeward_projector::{Halted, ModelStatus, State, StoreReport, Watermark};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::AsOfFooter;
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
pub(crate) async fn readyz(Shared(gate): Shared<Gate>) -> Result<&'static str, Problem> {
    let waiting: Vec<String> = gate
        .projector
        .status()
        .into_iter()
        .filter(|model| model.as_of.is_none() || model.state == State::Halted)
        .map(|model| format!("{}: {}", model.model, model.state.as_str()))
        .collect();
    if waiting.is_empty() {
        return Ok("ready\n");
    }
    Err(Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "not-ready",
        waiting.join("; "),
    ))
}

/// How each read model stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Status {
    /// Version of the server.
    pub(crate) version: &'static str,
    /// Read models, in order.
    pub(crate) models: Vec<ReadModelStatus>,
    /// Who is known, in the ledgers of the key.
    pub(crate) people: PeopleStatus,
}

/// How many people are known by name, without a name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeopleStatus {
    /// Journeys that say who they are; absent while names are being read.
    pub(crate) journeys: Option<usize>,
    /// Pairs that may be one human being, and that nobody has linked or told apart; absent while people
    /// are being compared.
    pub(crate) possible_duplicates: Option<usize>,
    /// What is absent, and why.
    pub(crate) not_ready: Option<String>,
}

impl PeopleStatus {
    fn of(gate: &Gate, opens: &dyn Fn(&LedgerId) -> bool) -> Self {
        let journeys = gate.people.ask(|people| people.count(opens));
        let pairs = gate
            .people
            .ask_pairs(|people| people.count_duplicates(opens));
        let not_ready = pairs.as_ref().err().map(ToString::to_string);
        Self {
            journeys: journeys.ok().map(|(journeys, _)| journeys),
            possible_duplicates: pairs.ok().map(|(pairs, _)| pairs),
            not_ready,
        }
    }
}

/// How one read model stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadModelStatus {
    /// Its name.
    pub(crate) model: &'static str,
    /// Its version.
    pub(crate) version: u32,
    /// `building`, `live`, `halted` or `failed`.
    pub(crate) state: &'static str,
    /// Which generation of its store serves.
    pub(crate) generation: Option<String>,
    /// Up to where it knows the log; absent while it cannot be asked.
    pub(crate) as_of: Option<AsOfFooter>,
    /// Commits that are in the log and not in it.
    pub(crate) lag_commits: Option<u64>,
    /// Commits folded a second, over the last seconds.
    pub(crate) rate_per_second: u64,
    /// How far a generation in the making is.
    pub(crate) progress: Option<Making>,
    /// Where and why it stopped.
    pub(crate) halted: Vec<Stopped>,
    /// The last thing that went wrong.
    pub(crate) last_error: Option<String>,
    /// Generations put aside since the program started.
    pub(crate) quarantines: u64,
}

/// How far a generation in the making is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Making {
    /// `reading`, `folding` or `writing`.
    pub(crate) stage: &'static str,
    /// How many are done.
    pub(crate) done: u64,
    /// Out of how many.
    pub(crate) total: u64,
    /// How many a second.
    pub(crate) rate_per_second: u64,
}

/// Where a read model stopped.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Stopped {
    /// The ledger.
    pub(crate) ledger: String,
    /// The commit that it stopped before.
    pub(crate) sequence: u64,
    /// The event's type, where it could be read.
    pub(crate) event_type: Option<String>,
    /// Why it cannot be read.
    pub(crate) reason: String,
}

impl From<ModelStatus> for ReadModelStatus {
    fn from(status: ModelStatus) -> Self {
        let stopped = |halted: &Halted| Stopped {
            ledger: halted.ledger.to_string(),
            sequence: halted.sequence,
            event_type: halted.event_type.clone(),
            reason: halted.reason.clone(),
        };
        let as_of = status.as_of.as_ref();
        Self {
            model: status.model,
            version: status.version,
            state: status.state.as_str(),
            generation: as_of.map(|as_of| as_of.generation.clone()),
            lag_commits: as_of.map(|as_of| as_of.lag_commits),
            halted: as_of
                .map(|as_of| as_of.halted.iter().map(stopped).collect())
                .unwrap_or_default(),
            rate_per_second: status.rate_per_second,
            progress: status.progress.map(|progress| Making {
                stage: progress.stage.as_str(),
                done: progress.done,
                total: progress.total,
                rate_per_second: progress.rate_per_second,
            }),
            last_error: status.last_error,
            quarantines: status.quarantines,
            as_of: status.as_of.map(Into::into),
        }
    }
}

/// Read how each read model stands: positions, lag, rate, last error, where and why it stopped.
#[utoipa::path(
    get, path = "/v1/status", tag = "operations",
    responses((status = 200, body = Status), (status = "4XX", body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn status(Shared(gate): Shared<Gate>, Reading(key): Reading) -> Json<Status> {
    let models = gate
        .projector
        .status()
        .into_iter()
        .map(Into::into)
        .collect();
    Json(Status {
        version: env!("CARGO_PKG_VERSION"),
        models,
        people: PeopleStatus::of(&gate, &|ledger| key.may_use(ledger)),
    })
}

/// Metrics in the text format of Prometheus.
#[utoipa::path(
    get, path = "/metrics", tag = "operations",
    responses((status = 200, content_type = "text/plain", body = String), (status = "4XX", body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn metrics(
    Shared(gate): Shared<Gate>,
    Reading(_key): Reading,
) -> impl IntoResponse {
    let text = telemetry::render(&gate.projector.status());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// A page of what was refused.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeadLetters {
    /// Refused commits, oldest first.
    pub(crate) letters: Vec<Letter>,
    /// Where the next page begins: give it back as `from`.
    pub(crate) next: u64,
}

/// Something that was refused.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Letter {
    /// Its place among the dead letters.
    pub(crate) sequence: u64,
    /// When it was refused.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) stored: homeward_events::time::StoredAt,
    /// With which key it was offered.
    pub(crate) key: String,
    /// At which door.
    pub(crate) door: String,
    /// Stable code.
    pub(crate) code: String,
    /// Why.
    pub(crate) reason: String,
    /// How many bytes are kept.
    pub(crate) bytes: usize,
    /// The bytes, where they are text.
    pub(crate) text: Option<String>,
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
    Shared(gate): Shared<Gate>,
    Operator(_key): Operator,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<DeadLetters>, Problem> {
    let mut asked = Asked::new(pairs);
    let from = asked.one::<u64>("from")?.unwrap_or(1).max(1);
    let limit = asked.limit()?;
    asked.done(&["from", "limit"])?;
    let letters = gate
        .reader
        .dead_letters(from, limit)
        .await
        .map_err(|error| {
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "log-unavailable",
                error.to_string(),
            )
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
        text: std::str::from_utf8(&stored.letter.bytes)
            .ok()
            .map(str::to_owned),
    };
    Ok(Json(DeadLetters {
        letters: letters.into_iter().map(letter).collect(),
        next,
    }))
}

/// What a verification found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Verification {
    /// Whether every read model equals a fold of the whole log, byte for byte.
    pub(crate) agrees: bool,
    /// Each store that was compared.
    pub(crate) stores: Vec<Compared>,
}

/// One store that was compared.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Compared {
    /// `facts`, or the read model's name.
    pub(crate) store: String,
    /// Which generation.
    pub(crate) generation: Option<String>,
    /// Up to where, by ledger.
    #[schema(value_type = Object)]
    pub(crate) watermark: Watermark,
    /// Rows that were compared.
    pub(crate) rows: usize,
    /// Cells that were compared.
    pub(crate) cells: usize,
    /// The first differences.
    pub(crate) differences: Vec<String>,
    /// How many there are.
    pub(crate) differences_total: usize,
    /// Why it could not be compared.
    pub(crate) unchecked: Option<String>,
}

impl From<StoreReport> for Compared {
    fn from(report: StoreReport) -> Self {
        Self {
            store: report.store,
            generation: report.generation,
            watermark: report.watermark,
            rows: report.rows,
            cells: report.cells,
            differences: report.differences,
            differences_total: report.differences_total,
            unchecked: report.unchecked,
        }
    }
}

/// Fold the whole log again and compare every row and cell of every read model with it, byte for
/// byte. Long work on a large log.
#[utoipa::path(
    post, path = "/v1/fsck", tag = "operations",
    responses((status = 200, body = Verification), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn fsck(
    Shared(gate): Shared<Gate>,
    Operator(_key): Operator,
) -> Result<Json<Verification>, Problem> {
    let report = gate.projector.fsck().await.map_err(|error| {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "fsck-failed",
            error.to_string(),
        )
    })?;
    let agrees = report.is_clean();
    let stores = report.stores.into_iter().map(Into::into).collect();
    Ok(Json(Verification { agrees, stores }))
}
