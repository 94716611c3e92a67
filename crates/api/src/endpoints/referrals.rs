//! `GET /v1/referrals`: how many, whose turn it is, and which clock runs.

pub(crate) mod figures;
pub(crate) mod lists;

use axum::Json;
use axum::extract::{Query, State};
use homeward_projections::referrals;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, read, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::problem::Problem;

/// How many referrals there are in each group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Referrals {
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: homeward_events::time::Day,
    /// The dimensions grouped by.
    pub(crate) by: Vec<String>,
    /// Each group, in the order of its values.
    pub(crate) groups: Vec<ReferralGroup>,
    /// All groups together.
    pub(crate) all: ReferralCounts,
}

/// One group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReferralGroup {
    /// The values of the dimensions grouped by.
    pub(crate) values: Vec<String>,
    #[serde(flatten)]
    pub(crate) counts: ReferralCounts,
}

/// How referrals stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReferralCounts {
    /// All.
    pub(crate) referrals: i64,
    /// Of them, open.
    pub(crate) open: i64,
    /// Of the open ones, those whose clock ended before the reference day.
    pub(crate) overdue: i64,
}

/// Count referrals by ledger, agencies, need, priority, month, state, owner of the next action and
/// running clock; overdue as of a reference day.
#[utoipa::path(
    get, path = "/v1/referrals", tag = "read models",
    params(
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by: ledger, from, to, need, priority, sent_month, state, owner, clock, due_on"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<Referrals>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn count(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<Referrals>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "referrals", &mut asked).await?;
    let (by, on) = (asked.all("by"), asked.day()?);
    let only = asked.only(&key, referrals::DIMENSIONS)?;
    let (answer, as_of) = read(&view, |table| referrals::count(table, &only, &by, on))?;
    let counts = |referrals, open, overdue| ReferralCounts {
        referrals,
        open,
        overdue,
    };
    let group = |group: referrals::Group| ReferralGroup {
        values: group.values,
        counts: counts(group.referrals, group.open, group.overdue),
    };
    asked.answer(
        as_of,
        Referrals {
            on: homeward_events::time::Day(on),
            by: answer.by,
            all: counts(answer.referrals, answer.open, answer.overdue),
            groups: answer.groups.into_iter().map(group).collect(),
        },
    )
}
