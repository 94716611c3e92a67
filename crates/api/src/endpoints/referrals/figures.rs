//! `GET /v1/referrals/turnaround`, `/providers` and `/reasons`: how long steps take, what providers
//! answer, and why referrals end without what was asked for. What is still open is counted in.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::time::Day;
use homeward_projections::caseload::QueryError;
use homeward_projections::referrals::reasons::Reasons;
use homeward_projections::referrals::{COUNTED, providers, reasons};
use homeward_projections::turnaround;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::problem::Problem;

/// How long steps take.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Turnaround {
    /// The reference day: what still runs has run until its end.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: Day,
    /// The dimensions grouped by.
    pub(crate) by: Vec<String>,
    /// Each group and step: how many began it (`referrals`), took it (`taken`), still wait (`running`)
    /// and ended without it (`left`); Kaplan-Meier median with its interval of 95 in a hundred, and
    /// nine of ten, in hours; how many kept to the limit, and how many did not.
    #[schema(value_type = Vec<Object>)]
    pub(crate) lines: Vec<turnaround::Line>,
}

/// Read how long the steps of referrals take, with what still runs counted in.
#[utoipa::path(
    get, path = "/v1/referrals/turnaround", tag = "read models",
    params(
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by: ledger, from, to, need, priority, sent_month"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Turnaround>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn turnaround(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<Turnaround>>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("figure", "turnaround");
    let view = view(&gate, "referrals", &mut asked).await?;
    let (by, on) = (asked.all("by"), asked.day()?);
    let only = asked.only(&key, COUNTED)?;
    let (told, as_of) = read_kept(&gate, &view, &(&only, &by, on), |table| {
        let told = turnaround::answer(table, &only, &by, on)?;
        Ok::<_, QueryError>(Turnaround {
            on: Day(on),
            by: told.by,
            lines: told.lines,
        })
    })?;
    asked.answer(as_of, told)
}

/// What became of referrals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Providers {
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: Day,
    /// The dimensions grouped by.
    pub(crate) by: Vec<String>,
    /// Each group: accepted, declined, undecided (within the time for an answer), unanswered (beyond
    /// it), left (ended by others before an answer); the share accepted of those answered or due, and
    /// the least and most that it can become; open ones by age, overdue and escalated.
    #[schema(value_type = Vec<Object>)]
    pub(crate) lines: Vec<providers::Line>,
}

/// Read what became of referrals by provider, undecided ones counted as such, and how old the open ones
/// are.
#[utoipa::path(
    get, path = "/v1/referrals/providers", tag = "read models",
    params(
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by, `to` when absent: ledger, from, to, need, priority, sent_month"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Providers>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn providers(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<Providers>>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("figure", "providers");
    let view = view(&gate, "referrals", &mut asked).await?;
    let (mut by, on) = (asked.all("by"), asked.day()?);
    if by.is_empty() {
        by.push("to".to_owned());
    }
    let only = asked.only(&key, COUNTED)?;
    let (told, as_of) = read_kept(&gate, &view, &(&only, &by, on), |table| {
        let told = providers::answer(table, &only, &by, on)?;
        Ok::<_, QueryError>(Providers {
            on: Day(on),
            by: told.by,
            lines: told.lines,
        })
    })?;
    asked.answer(as_of, told)
}

/// Why referrals ended without what was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonCounts {
    /// The dimensions grouped by.
    pub(crate) by: Vec<String>,
    /// Referrals asked about, with and without such a reason.
    pub(crate) referrals: i64,
    /// Each group, kind (`declined`, `not-delivered`, `withdrawn`, `consent-withdrawn`) and reason that
    /// occurs, with the group of the reason and what both are called.
    #[schema(value_type = Vec<Object>)]
    pub(crate) lines: Vec<reasons::Line>,
    /// The file that groups the reasons.
    pub(crate) reasons: String,
}

/// Read why referrals ended without what was asked for, in groups that somebody can act on.
#[utoipa::path(
    get, path = "/v1/referrals/reasons", tag = "read models",
    params(
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by: ledger, from, to, need, priority, sent_month"),
        ("language" = Option<String>, Query, description = "language of the labels: en (when absent), es, fr, pt, ht"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<ReasonCounts>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn reasons(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<ReasonCounts>>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("figure", "reasons");
    let view = view(&gate, "referrals", &mut asked).await?;
    let by = asked.all("by");
    let language = asked.one::<String>("language")?;
    let language = language.unwrap_or_else(|| "en".to_owned());
    let shipped = Reasons::shipped();
    if !shipped.languages.contains(&language) {
        let expected = shipped.languages.join(", ");
        let detail = format!("expected one of {expected}");
        return Err(Problem::parameter("language", detail));
    }
    let only = asked.only(&key, COUNTED)?;
    let (told, as_of) = read_kept(&gate, &view, &(&only, &by, &language), |table| {
        let told = reasons::answer(table, &only, &by, &language)?;
        Ok::<_, QueryError>(ReasonCounts {
            by: told.by,
            referrals: told.referrals,
            lines: told.lines,
            reasons: format!("{}@{}", shipped.id, shipped.version),
        })
    })?;
    asked.answer(as_of, told)
}
