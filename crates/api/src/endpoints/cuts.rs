//! `GET /v1/cuts` and `POST /v1/cuts`: positions of the log under a name.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use homeward_events::cut::Named;
use homeward_events::id::{ActorId, AgencyId, CutName, EventId, JourneyId, LedgerId};
use homeward_events::time::{OccurredOn, RecordedAt};
use homeward_events::{Event, codec};
use homeward_ledger::clock;
use homeward_projector::past::{Cut, Known, KnownError, named_cuts};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::gate::{Gate, Publisher, Reading};
use crate::intake::Offer;
use crate::keys::Key;
use crate::outcome::Outcome;
use crate::problem::Problem;

/// How long naming a cut may read the log for its digest.
const DIGEST_WAIT: Duration = Duration::from_secs(20);
/// Who names cuts for a key that is bound to no agency.
const AGENCY: &str = "homeward";
/// Where cuts that are named here come from.
const SOURCE: &str = "urn:homeward:cuts";

/// Named cuts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cuts {
    /// By ledger, and then as they were named.
    cuts: Vec<NamedCut>,
}

impl Cuts {
    /// The names alone.
    pub(crate) fn names(self) -> Vec<String> {
        self.cuts.into_iter().map(|cut| cut.name).collect()
    }
}

/// A named cut.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedCut {
    /// Its name: ask for it with `known=cut:<name>`.
    name: String,
    /// The ledger that it was named in.
    ledger: String,
    /// The commit that names it.
    sequence: u64,
    /// When that was stored.
    #[schema(value_type = String, format = DateTime)]
    stored: Timestamp,
    /// The last sequence of each ledger that it knows.
    positions: BTreeMap<String, u64>,
    /// SHA-256 of the log up to there.
    log_sha256: Option<String>,
    /// What for.
    note: Option<String>,
}

impl From<Cut> for NamedCut {
    fn from(cut: Cut) -> Self {
        let Named {
            name,
            positions,
            log_sha256,
            note,
        } = cut.named;
        Self {
            name: name.to_string(),
            ledger: cut.ledger.to_string(),
            sequence: cut.sequence,
            stored: cut.stored.0,
            positions: positions
                .into_iter()
                .map(|(ledger, sequence)| (ledger.to_string(), sequence))
                .collect(),
            log_sha256: log_sha256.map(|digest| digest.to_string()),
            note,
        }
    }
}

/// List named cuts.
#[utoipa::path(
    get, path = "/v1/cuts", tag = "read models",
    responses((status = 200, body = Cuts), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn list(
    State(gate): State<Gate>,
    Reading(key): Reading,
) -> Result<Json<Cuts>, Problem> {
    let cuts = cuts(&gate, &key).await?;
    Ok(Json(Cuts {
        cuts: cuts.into_iter().map(Into::into).collect(),
    }))
}

/// The cuts of the ledgers that a key opens.
async fn cuts(gate: &Gate, key: &Key) -> Result<Vec<Cut>, Problem> {
    let mut ledgers = gate.reader.ledgers().to_vec();
    ledgers.retain(|ledger| key.may_use(ledger));
    let cuts = named_cuts(&gate.reader, &ledgers).await;
    Ok(cuts.map_err(KnownError::from)?)
}

/// A cut to name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CutToName {
    /// Its name, as `2026-Q2`: letters, digits and inner `-`.
    #[schema(value_type = String)]
    name: CutName,
    /// Where it is: `head` (when absent), `ledger:sequence` for each ledger, a time in UTC, or
    /// `cut:<name>` of another.
    #[serde(default)]
    known: Vec<String>,
    /// Only these ledgers; every ledger that the key opens when absent.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    ledgers: Vec<LedgerId>,
    /// What for, in a few words without personal data.
    note: Option<String>,
    /// On whose behalf; the key's first agency when absent.
    #[schema(value_type = Option<String>)]
    agency: Option<AgencyId>,
    /// By which account.
    #[schema(value_type = Option<String>)]
    actor: Option<ActorId>,
}

/// Name a cut: it becomes an event, in the first of its ledgers. The same name for the same positions
/// is answered as the first time; for others it is refused.
#[utoipa::path(
    post, path = "/v1/cuts", tag = "publish",
    request_body = CutToName,
    responses(
        (status = 201, description = "named now", body = NamedCut),
        (status = 200, description = "was named so before", body = NamedCut),
        (status = "4XX", body = Problem), (status = 503, body = Problem),
    ),
    security(("key" = []))
)]
pub(crate) async fn name(
    State(gate): State<Gate>,
    Publisher(key): Publisher,
    body: Bytes,
) -> Result<Response, Problem> {
    let unreadable = |why: String| Problem::new(StatusCode::BAD_REQUEST, "cut-invalid", why);
    let asked: CutToName =
        serde_json::from_slice(&body).map_err(|error| unreadable(error.to_string()))?;
    if let Some(shut) = asked.ledgers.iter().find(|ledger| !key.may_use(ledger)) {
        return Err(Problem::forbidden(&format!(
            "this key does not open {shut}"
        )));
    }
    let (home, named) = positions(&gate, &key, &asked).await?;
    if let Some(known) = find(&gate, &home, &named).await? {
        return Ok((StatusCode::OK, Json(NamedCut::from(known))).into_response());
    }
    let event = event(&home, named, &asked, &key)?;
    let events = codec::encode_commit(std::slice::from_ref(&event));
    let events = events.map_err(|error| unreadable(error.to_string()))?;
    let offer = Offer {
        id: None,
        events: events.into(),
    };
    let outcome = gate.intake.take(&key, "http", &offer).await;
    let named = named_cuts(&gate.reader, std::slice::from_ref(&home)).await;
    let named = named.map_err(KnownError::from)?;
    let status = |status: u16| StatusCode::from_u16(status).unwrap_or(StatusCode::CONFLICT);
    match outcome {
        Outcome::Accepted(_) => {
            let named = named.into_iter().find(|cut| cut.named.name == asked.name);
            let named = named.map(NamedCut::from);
            Ok((StatusCode::CREATED, Json(named)).into_response())
        }
        Outcome::Refused(refused) => {
            let reasons: Vec<&str> = refused.errors.iter().map(|e| e.message.as_str()).collect();
            Err(Problem::new(
                status(refused.status),
                &refused.code,
                reasons.join("; "),
            ))
        }
        Outcome::Failed(failed) => Err(Problem::new(
            status(failed.status),
            failed.code,
            failed.message,
        )),
    }
}

/// What is to be named, and in which ledger: the first that it knows.
async fn positions(
    gate: &Gate,
    key: &Key,
    asked: &CutToName,
) -> Result<(LedgerId, Named), Problem> {
    let known: Result<Vec<Known>, Problem> = asked
        .known
        .iter()
        .map(|text| text.parse().map_err(|why| Problem::parameter("known", why)))
        .collect();
    let past = gate.projector.past();
    let counts = |ledger: &LedgerId| {
        key.may_use(ledger) && (asked.ledgers.is_empty() || asked.ledgers.contains(ledger))
    };
    let moment = past.known(&known?).await?.moment.only(counts);
    let positions: BTreeMap<LedgerId, u64> = moment
        .watermark()
        .iter()
        .map(|(ledger, sequence)| (ledger.clone(), sequence))
        .collect();
    let Some(home) = positions.keys().next().cloned() else {
        let why = "nothing is in the log up to there";
        return Err(Problem::new(StatusCode::CONFLICT, "cut-empty", why));
    };
    let named = Named {
        name: asked.name.clone(),
        positions,
        log_sha256: Some(past.log_digest(&moment, DIGEST_WAIT).await?),
        note: asked.note.clone(),
    };
    Ok((home, named))
}

/// The same cut, if it was named before.
async fn find(gate: &Gate, home: &LedgerId, named: &Named) -> Result<Option<Cut>, Problem> {
    let cuts = named_cuts(&gate.reader, std::slice::from_ref(home)).await;
    let same = |cut: &Cut| cut.named.name == named.name && cut.named.positions == named.positions;
    Ok(cuts.map_err(KnownError::from)?.into_iter().find(same))
}

fn event(home: &LedgerId, named: Named, asked: &CutToName, key: &Key) -> Result<Event, Problem> {
    let (now, journey) = (clock::now(), JourneyId::of_cuts(home));
    // The same name for the same positions is the same event, whoever is quicker.
    let positions = named.positions.iter();
    let text = positions.fold(named.name.to_string(), |text, (ledger, sequence)| {
        format!("{text} {ledger}:{sequence}")
    });
    let agency = asked.agency.as_ref().or_else(|| key.agencies.first());
    let agency = agency.cloned().map_or_else(|| AGENCY.parse(), Ok);
    Ok(Event {
        id: EventId::from_uuid(Uuid::new_v5(journey.as_uuid(), text.as_bytes())),
        ledger: home.clone(),
        journey,
        source: SOURCE.into(),
        occurred: OccurredOn::Day(RecordedAt(now).day()),
        recorded: RecordedAt(now),
        agency: agency.map_err(|error| Problem::parameter("agency", error))?,
        actor: asked.actor.clone(),
        role: None,
        causation: None,
        correlation: None,
        sequence: None,
        body: named.into(),
    })
}
