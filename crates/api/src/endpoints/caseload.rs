//! `GET /v1/caseload`: how many journeys, by what.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use homeward_projections::caseload;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::kept::read_kept;
use crate::problem::Problem;

/// How many journeys there are in each group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Caseload {
    /// The dimensions grouped by.
    pub(crate) by: Vec<String>,
    /// Each group, in the order of its values.
    pub(crate) groups: Vec<CaseloadGroup>,
    /// Journeys in all groups.
    pub(crate) journeys: i64,
    /// Different persons; only where no more than ledgers are chosen, because one person can stand
    /// in several groups.
    pub(crate) persons: Option<i64>,
}

/// One group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseloadGroup {
    /// The values of the dimensions grouped by.
    pub(crate) values: Vec<String>,
    /// Journeys.
    pub(crate) journeys: i64,
}

/// Count journeys by ledger, site, return type, sex, age band, grounds, month of arrival and stage.
#[utoipa::path(
    get, path = "/v1/caseload", tag = "read models",
    params(
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by; repeat for several: ledger, site, return_type, sex, age_band, grounds, month, stage"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension is restricted in the same way by its name"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Caseload>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn count(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Arc<Caseload>>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "caseload", &mut asked).await?;
    let by = asked.all("by");
    let query = caseload::Query {
        only: asked.only(&key, caseload::DIMENSIONS)?,
        by,
    };
    let group = |group: caseload::Group| CaseloadGroup {
        values: group.values,
        journeys: group.journeys,
    };
    let (told, as_of) = read_kept(&gate, &view, &query, |table| {
        let answer = caseload::count(table, &query)?;
        Ok::<_, caseload::QueryError>(Caseload {
            by: answer.by,
            groups: answer.groups.into_iter().map(group).collect(),
            journeys: answer.journeys,
            persons: answer.persons,
        })
    })?;
    asked.answer(as_of, told)
}
