//! `GET /v1/five-w`: who does what, where, when, for whom.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use homeward_projections::caseload::QueryError;
use homeward_projections::five_w::{self, Month};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::problem::Problem;

/// Services delivered and different persons reached. Services add up; persons do not.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiveW {
    /// First month.
    pub(crate) from: String,
    /// Last month, included.
    pub(crate) to: String,
    /// The dimensions grouped by besides the month.
    pub(crate) by: Vec<String>,
    /// By month: persons of several months or groups must not be added up.
    pub(crate) months: Vec<FiveWMonth>,
    /// Over the whole period: everybody once in each group.
    pub(crate) consolidated: Vec<FiveWGroup>,
    /// Services of the whole period, in all groups.
    pub(crate) services: i64,
    /// Different persons of the whole period, in all groups: everybody once.
    pub(crate) persons: i64,
}

/// One group in one month.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiveWMonth {
    /// The month, `2026-07`.
    pub(crate) month: String,
    /// The values of the dimensions grouped by.
    pub(crate) values: Vec<String>,
    /// Services delivered in it.
    pub(crate) services: i64,
    /// Different persons that they reached in it.
    pub(crate) persons: i64,
}

/// One group over the whole period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiveWGroup {
    /// The values of the dimensions grouped by.
    pub(crate) values: Vec<String>,
    /// Services delivered.
    pub(crate) services: i64,
    /// Different persons that they reached: everybody once, in however many months.
    pub(crate) persons: i64,
}

/// Read who does what, where, when, for whom: services and different persons by month, and the
/// consolidated figure of the period in which everybody is counted once.
#[utoipa::path(
    get, path = "/v1/five-w", tag = "read models",
    params(
        ("from" = String, Query, description = "first month, 2026-01"),
        ("to" = String, Query, description = "last month, included, 2026-06"),
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by besides the month; repeat for several: ledger, agency, service, activity, site, area, programme, group, return_type, grounds, sex, age_band"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension is restricted in the same way by its name"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<FiveW>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn answer(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<FiveW>>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "five-w", &mut asked).await?;
    let from = asked.one::<Month>("from")?;
    let from = from.ok_or_else(|| Problem::parameter("from", "say the first month, 2026-01"))?;
    let to = asked.one::<Month>("to")?;
    let to = to.ok_or_else(|| Problem::parameter("to", "say the last month, 2026-06"))?;
    if to < from {
        return Err(Problem::parameter("to", format!("{to} is before {from}")));
    }
    let by = asked.all("by");
    let only = asked.only(&key, five_w::DIMENSIONS)?;
    let query = five_w::Query { only, by, from, to };
    let month = |group: five_w::MonthGroup| FiveWMonth {
        month: group.month.to_string(),
        values: group.values,
        services: group.services,
        persons: group.persons,
    };
    let group = |group: five_w::Group| FiveWGroup {
        values: group.values,
        services: group.services,
        persons: group.persons,
    };
    let (told, as_of) = read_kept(&gate, &view, &query, |table| {
        let answer = five_w::answer(table, &query)?;
        Ok::<_, QueryError>(FiveW {
            from: answer.from.to_string(),
            to: answer.to.to_string(),
            by: answer.by,
            months: answer.months.into_iter().map(month).collect(),
            consolidated: answer.consolidated.into_iter().map(group).collect(),
            services: answer.services,
            persons: answer.persons,
        })
    })?;
    asked.answer(as_of, told)
}
