//! `GET /v1/plans` and `GET /v1/plans/list`: plans, where they stand, and how far their goals have come.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::id::{AgencyId, JourneyId, PlanId};
use homeward_events::time::Day;
use homeward_projections::caseload::QueryError;
use homeward_projections::plans;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, read, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::problem::Problem;

/// How many plans and goals there are in each group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanCounts {
    /// The dimensions grouped by.
    by: Vec<String>,
    /// Each group, in the order of its values.
    groups: Vec<PlanGroup>,
    /// Plans in all groups; only where nothing of goals is asked for, because a plan has several.
    plans: Option<i64>,
    /// Goals in all groups.
    goals: i64,
}

/// One group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanGroup {
    /// The values of the dimensions grouped by.
    values: Vec<String>,
    /// Plans; only where nothing of goals is asked for.
    plans: Option<i64>,
    /// Goals.
    goals: i64,
}

/// Count plans by ledger, agency, programme, month and state, and their goals by dimension, level and
/// progress.
#[utoipa::path(
    get, path = "/v1/plans", tag = "read models",
    params(
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by: ledger, agency, programme, agreed_month, state (pending, approved, sent-back, rejected), and of goals dimension, level, progress"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<PlanCounts>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn count(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<PlanCounts>>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "plans", &mut asked).await?;
    let by = asked.all("by");
    let only = asked.only(&key, plans::DIMENSIONS)?;
    let question = ("plans", &only, &by);
    let (told, as_of) = read_kept(&gate, &view, &question, |table| {
        let answer = plans::count(table, &only, &by)?;
        let group = |group: plans::Group| PlanGroup {
            values: group.values,
            plans: group.plans,
            goals: group.goals,
        };
        Ok::<_, QueryError>(PlanCounts {
            by: answer.by,
            groups: answer.groups.into_iter().map(group).collect(),
            plans: answer.plans,
            goals: answer.goals,
        })
    })?;
    asked.answer(as_of, told)
}

/// A page of plans.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanPage {
    /// Plans, the oldest first.
    #[schema(value_type = Vec<Object>)]
    plans: Vec<plans::Row>,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    next: Option<String>,
}

/// List plans that stand somewhere, the oldest first, with their goals.
#[utoipa::path(
    get, path = "/v1/plans/list", tag = "read models",
    params(
        ("state" = Option<String>, Query, description = "where they stand: pending (when absent), approved, sent-back, rejected"),
        ("agency" = Option<String>, Query, description = "only those that this agency agreed"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers"),
        ("limit" = Option<usize>, Query, description = "rows of a page, 1 to 1000"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<PlanPage>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn list(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<PlanPage>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("list", "plans");
    let view = view(&gate, "plans", &mut asked).await?;
    let limit = asked.limit()?;
    let query = plans::ListQuery {
        state: asked.one("state")?.unwrap_or_else(|| "pending".to_owned()),
        ledger: asked.ledgers(&key)?,
        agency: asked.one::<AgencyId>("agency")?,
        after: asked.after::<(Day, JourneyId, PlanId)>()?,
    };
    asked.done(&["state", "agency", "ledger", "limit", "after"])?;
    let (plans, as_of) = read(&view, |table| plans::list(table, &query, limit))?;
    let next = plans
        .last()
        .filter(|_| plans.len() == limit)
        .and_then(|row| serde_json::to_string(&row.place()).ok());
    asked.answer(as_of, PlanPage { plans, next })
}
