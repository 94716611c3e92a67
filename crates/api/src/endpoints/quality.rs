//! `GET /v1/quality` and `GET /v1/quality/findings`: what cannot be right, what is missing, how late.

use axum::Json;
use axum::extract::{Query, State};
use homeward_projections::quality;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, read, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::problem::Problem;

/// Data quality, line by line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Quality {
    /// The lines, in order.
    pub(crate) lines: Vec<QualityLine>,
}

/// One line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QualityLine {
    /// `finding` (a fact that breaks a rule), `corrected`, `missing`, `lag` or `precision`.
    pub(crate) kind: String,
    /// Ledger.
    pub(crate) ledger: String,
    /// The rule, the reason, the field, or the family.
    pub(crate) subject: String,
    /// The bucket of days or the precision, else empty.
    pub(crate) value: String,
    /// How many.
    pub(crate) count: i64,
}

/// Read data quality: facts that break a rule, corrections by reason, what received persons' records
/// lack, days between a fact and its recording, and how precisely facts are dated.
#[utoipa::path(
    get, path = "/v1/quality", tag = "read models",
    params(
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; kind and subject likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Quality>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn report(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Quality>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "quality", &mut asked).await?;
    let only = asked.only(&key, quality::DIMENSIONS)?;
    let (lines, as_of) = read(&view, |table| quality::report(table, &only))?;
    let line = |line: quality::Line| QualityLine {
        kind: line.kind,
        ledger: line.ledger,
        subject: line.subject,
        value: line.value,
        count: line.count,
    };
    asked.answer(
        as_of,
        Quality {
            lines: lines.into_iter().map(line).collect(),
        },
    )
}

/// A page of facts that break a rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingPage {
    /// Facts, by journey.
    #[schema(value_type = Vec<Object>)]
    pub(crate) findings: Vec<quality::Row>,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    pub(crate) next: Option<String>,
}

/// List facts in the log that break a rule: what a person must sort out.
#[utoipa::path(
    get, path = "/v1/quality/findings", tag = "read models",
    params(
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers"),
        ("limit" = Option<usize>, Query, description = "rows of a page, 1 to 1000"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<FindingPage>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn findings(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<FindingPage>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("list", "findings");
    let view = view(&gate, "quality", &mut asked).await?;
    let (ledgers, limit) = (asked.ledgers(&key)?, asked.limit()?);
    let after = asked.after::<quality::Row>()?;
    asked.done(&["ledger", "limit", "after"])?;
    let question = |table: &dyn homeward_projections::Table| {
        quality::list(table, &ledgers, after.as_ref(), limit)
    };
    let (findings, as_of) = read(&view, question)?;
    let next = findings
        .last()
        .filter(|_| findings.len() == limit)
        .and_then(|row| serde_json::to_string(row).ok());
    asked.answer(as_of, FindingPage { findings, next })
}
