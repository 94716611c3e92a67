//! `GET /v1/manifests` and `GET /v1/manifests/{batch}`: who was announced, and who came.

use axum::Json;
use axum::extract::{Path, Query, State};
use homeward_events::id::BatchId;
use homeward_events::time::Day;
use homeward_projections::Table;
use homeward_projections::caseload::QueryError;
use homeward_projections::manifests::{self, Line, Manifest};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, read, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::problem::Problem;

/// Manifests as they stand on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ManifestPage {
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: Day,
    /// Manifests, the last expected first.
    #[schema(value_type = Vec<Object>)]
    pub(crate) manifests: Vec<Manifest>,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    pub(crate) next: Option<String>,
}

/// List the manifests of sending states: by batch, how many were announced, arrived, did not arrive,
/// came unannounced; and for how many medical and criminal information was handed over, was stated to
/// be none, or was not handed over.
#[utoipa::path(
    get, path = "/v1/manifests", tag = "read models",
    params(
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent: who is expected before it and not told of is `untold`"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; batch and port likewise"),
        ("limit" = Option<usize>, Query, description = "rows of a page, 1 to 1000"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<ManifestPage>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn list(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<ManifestPage>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "manifests", &mut asked).await?;
    let (on, limit) = (asked.day()?, asked.limit()?);
    let after = asked.after::<(String, String)>()?;
    let only = asked.only(&key, &["ledger", "batch", "port"])?;
    let question = |table: &dyn Table| manifests::list(table, &only, on);
    let (all, as_of) = read(&view, question)?;
    let is = |manifest: &Manifest, (ledger, batch): &(String, String)| {
        manifest.ledger == *ledger && manifest.batch == *batch
    };
    let begin = after.map_or(0, |after| {
        let place = all.iter().position(|manifest| is(manifest, &after));
        place.map_or(all.len(), |place| place + 1)
    });
    let more = all.len() > begin.saturating_add(limit);
    let page: Vec<Manifest> = all.into_iter().skip(begin).take(limit).collect();
    let next = page
        .last()
        .filter(|_| more)
        .and_then(|last| serde_json::to_string(&(&last.ledger, &last.batch)).ok());
    asked.answer(
        as_of,
        ManifestPage {
            on: Day(on),
            manifests: page,
            next,
        },
    )
}

/// One batch, reconciled.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reconciled {
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: Day,
    /// The batch.
    #[schema(value_type = String)]
    pub(crate) batch: BatchId,
    /// How many stand how, by ledger.
    #[schema(value_type = Vec<Object>)]
    pub(crate) manifests: Vec<Manifest>,
    /// Everybody who was announced, by line: `expected`, `untold` (the day has passed and nothing is
    /// told), `arrived`, `not-arrived` or `cancelled`.
    #[schema(value_type = Vec<Object>)]
    pub(crate) lines: Vec<Line>,
    /// Who was received without a notice: in this batch, or removed to its port on its day.
    #[schema(value_type = Vec<Object>)]
    pub(crate) unannounced: Vec<Line>,
}

/// Reconcile one batch: what became of everybody who was announced, and who came unannounced. Names
/// nobody: journeys and lines of the manifest.
#[utoipa::path(
    get, path = "/v1/manifests/{batch}", tag = "read models",
    params(
        ("batch" = String, Path, description = "charter batch, as the notices name it"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Reconciled>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn one(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Path(batch): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Reconciled>>, Problem> {
    let batch: BatchId = batch
        .parse()
        .map_err(|_| Problem::not_found("this batch"))?;
    let mut asked = Asked::new(pairs);
    asked.about("batch", &batch);
    let view = view(&gate, "manifests", &mut asked).await?;
    let on = asked.day()?;
    let mut only = asked.only(&key, &["ledger"])?;
    let ledgers = only.get("ledger").cloned().unwrap_or_default();
    only.insert("batch".to_owned(), vec![batch.to_string()]);
    let question = |table: &dyn Table| -> Result<_, QueryError> {
        let manifests = manifests::list(table, &only, on)?;
        Ok((manifests, manifests::lines(table, &batch, &ledgers, on)?))
    };
    let ((manifests, (lines, unannounced)), as_of) = read(&view, question)?;
    if manifests.is_empty() {
        return Err(Problem::not_found("this batch"));
    }
    asked.answer(
        as_of,
        Reconciled {
            on: Day(on),
            batch,
            manifests,
            lines,
            unannounced,
        },
    )
}
