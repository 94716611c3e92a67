//! `GET /v1/sources`: what came in from each publishing system, and what of it was refused.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use homeward_events::time::Day;
use homeward_projections::Table;
use homeward_projections::sources::{self, Source};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, read, view};
use crate::asked::Asked;
use crate::gate::{Gate, KeyHolder};
use crate::problem::Problem;

/// What came in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sources {
    /// What is in, by ledger, source and agency.
    #[schema(value_type = Vec<Object>)]
    sources: Vec<Source>,
    /// What was refused, by ledger, source and code; absent for a key that only reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<Vec<RefusedCount>>,
}

/// How many different events of a source were refused for one reason, the last time each was offered.
/// What was mended since is among those that are in, too.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedCount {
    /// The ledger that they named.
    ledger: String,
    /// The publishing system that they named.
    source: String,
    /// Stable code.
    code: String,
    /// How many.
    events: u64,
}

/// Count what is in of each publishing system, and what was refused of it with which code. A
/// publisher's key is told about its own agencies, and about what was refused of its own.
#[utoipa::path(
    get, path = "/v1/sources", tag = "publish",
    params(
        ("source" = Option<Vec<String>>, Query, description = "only these sources; ledger and agency likewise"),
        ("from" = Option<String>, Query, description = "first day of recording that is counted"),
        ("to" = Option<String>, Query, description = "last day of recording that is counted"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Sources>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn report(
    State(gate): State<Gate>,
    KeyHolder(key): KeyHolder,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Sources>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("key", &key.id);
    let view = view(&gate, "sources", &mut asked).await?;
    let (from, to) = (asked.one::<Day>("from")?, asked.one::<Day>("to")?);
    let mut only = asked.only(&key, &["ledger", "source", "agency"])?;
    if !key.role.reads() && !key.agencies.is_empty() {
        let agencies = only.entry("agency".to_owned()).or_default();
        if agencies.is_empty() {
            agencies.extend(key.agencies.iter().map(ToString::to_string));
        } else if !agencies
            .iter()
            .all(|a| key.agencies.iter().any(|own| own.as_str() == a))
        {
            return Err(Problem::forbidden(
                "this key does not speak for that agency",
            ));
        }
    }
    let days = (from.map(|day| day.0), to.map(|day| day.0));
    let question = |table: &dyn Table| sources::report(table, &only, days);
    let (sources, as_of) = read(&view, question)?;
    let refused = if key.role.publishes() {
        gate.refusals
            .catch_up(&gate.reader)
            .await
            .map_err(|error| {
                let (status, code) = (StatusCode::SERVICE_UNAVAILABLE, "log-unavailable");
                Problem::new(status, code, error.to_string())
            })?;
        let own = (!key.role.operates()).then_some(key.id.as_str());
        let allowed = |name: &str, value: &str| {
            let values = only.get(name);
            values.is_none_or(|values| values.iter().any(|known| known == value))
        };
        let counted = gate.refusals.count(own).into_iter();
        let asked_for = counted.filter(|((ledger, source, _), _)| {
            allowed("ledger", ledger) && allowed("source", source)
        });
        let count = |((ledger, source, code), events)| RefusedCount {
            ledger,
            source,
            code,
            events,
        };
        Some(asked_for.map(count).collect())
    } else {
        None
    };
    asked.answer(as_of, Sources { sources, refused })
}
