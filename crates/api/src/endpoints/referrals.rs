//! `GET /v1/referrals` and `GET /v1/referrals/open`: whose turn it is, and which clock runs.

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::id::{JourneyId, ReferralId};
use homeward_ledger::clock;
use homeward_projections::referrals;
use jiff::Timestamp;
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
    on: homeward_events::time::Day,
    /// The dimensions grouped by.
    by: Vec<String>,
    /// Each group, in the order of its values.
    groups: Vec<ReferralGroup>,
    /// All groups together.
    all: ReferralCounts,
}

/// One group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReferralGroup {
    /// The values of the dimensions grouped by.
    values: Vec<String>,
    #[serde(flatten)]
    counts: ReferralCounts,
}

/// How referrals stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReferralCounts {
    /// All.
    referrals: i64,
    /// Of them, open.
    open: i64,
    /// Of the open ones, those whose clock ended before the reference day.
    overdue: i64,
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

/// A page of open referrals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenReferrals {
    /// Referrals, the most urgent first.
    referrals: Vec<OpenReferral>,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    next: Option<String>,
}

/// One referral.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenReferral {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    row: referrals::Row,
    /// Whether its clock has ended at the reference time.
    overdue: bool,
}

impl OpenReferral {
    /// A referral as it stands at an instant.
    pub(crate) fn at(row: referrals::Row, at: Timestamp) -> Self {
        Self {
            overdue: row.due.is_some_and(|due| due < at),
            row,
        }
    }
}

/// List open referrals, the most urgent first, as they stand at a reference time.
#[utoipa::path(
    get, path = "/v1/referrals/open", tag = "read models",
    params(
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers"),
        ("acting" = Option<String>, Query, description = "only those on which this agency must act next"),
        ("state" = Option<Vec<String>>, Query, description = "only those in these states"),
        ("overdue" = Option<bool>, Query, description = "only those whose clock has ended"),
        ("at" = Option<String>, Query, description = "reference time in UTC, now when absent"),
        ("limit" = Option<usize>, Query, description = "rows of a page, 1 to 1000"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<OpenReferrals>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn list(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<OpenReferrals>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("list", "open");
    let view = view(&gate, "referrals", &mut asked).await?;
    let at = asked.one::<Timestamp>("at")?.unwrap_or_else(clock::now);
    let limit = asked.limit()?;
    let query = referrals::ListQuery {
        ledger: asked.ledgers(&key)?,
        acting: asked.one("acting")?,
        state: asked.all("state"),
        overdue_at: asked.one::<bool>("overdue")?.unwrap_or(false).then_some(at),
        after: asked.after::<(Timestamp, JourneyId, ReferralId)>()?,
    };
    asked.done(&[
        "ledger", "acting", "state", "overdue", "at", "limit", "after",
    ])?;
    let (rows, as_of) = read(&view, |table| referrals::list_open(table, &query, limit))?;
    let next = rows
        .last()
        .filter(|_| rows.len() == limit)
        .and_then(|row| serde_json::to_string(&(row.due?, row.journey, row.referral)).ok());
    let referrals = rows
        .into_iter()
        .map(|row| OpenReferral::at(row, at))
        .collect();
    asked.answer(as_of, OpenReferrals { referrals, next })
}
