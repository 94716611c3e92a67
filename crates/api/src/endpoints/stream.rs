//! `GET /v1/stream`: server-sent events that say what changed, so that nobody has to poll.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt as _, future};
use homeward_events::id::LedgerId;
use homeward_projector::Change;
use serde::Serialize;
use tokio_stream::wrappers::BroadcastStream;
use utoipa::ToSchema;

use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::problem::Problem;

/// How often a quiet stream says that it is alive: below the idle limits of common proxies.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// A read model changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeNote {
    /// Which read model.
    model: String,
    /// By facts of which ledger.
    ledger: String,
    /// Up to which sequence it knows that ledger now.
    sequence: u64,
    /// Journeys whose facts these were, as far as they fit.
    journeys: Vec<String>,
}

/// Follow what changes. Event `change` carries a note; event `missed` says that notes were left out
/// because the reader was too slow: read again what you show.
#[utoipa::path(
    get, path = "/v1/stream", tag = "read models",
    params(
        ("model" = Option<Vec<String>>, Query, description = "only these read models"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers"),
    ),
    responses((status = 200, content_type = "text/event-stream", body = ChangeNote), (status = "4XX", body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn follow(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let mut asked = Asked::new(pairs);
    let (models, ledgers) = (asked.all("model"), asked.ledgers(&key)?);
    asked.done(&["model", "ledger"])?;
    let passes = move |model: &str, ledger: &LedgerId| {
        (models.is_empty() || models.iter().any(|known| known == model))
            && (ledgers.is_empty() || ledgers.iter().any(|known| known == ledger.as_str()))
    };
    let changes = BroadcastStream::new(gate.projector.changes()).filter_map(move |change| {
        let event = match change {
            Ok(change) if passes(change.model, &change.ledger) => note(&change),
            Ok(_) => None,
            Err(_) => Some(
                Event::default()
                    .event("missed")
                    .data("read again what you show"),
            ),
        };
        future::ready(event.map(Ok))
    });
    let stopping = gate.stopping.clone();
    let until_stop = changes.take_until(async move { stopping.cancelled().await });
    Ok(Sse::new(until_stop).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

fn note(change: &Change) -> Option<Event> {
    let note = ChangeNote {
        model: change.model.to_owned(),
        ledger: change.ledger.to_string(),
        sequence: change.sequence,
        journeys: change.journeys.iter().map(ToString::to_string).collect(),
    };
    let id = format!("{}:{}", note.ledger, note.sequence);
    Event::default().event("change").id(id).json_data(note).ok()
}
