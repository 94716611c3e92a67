//! `GET /v1/referrals/open` and `GET /v1/referrals/closed`: whose turn it is and how urgent that is;
//! what has ended, and why.

use axum::Json;
use axum::extract::{Query, State};
use homeward_ledger::clock;
use homeward_projections::referrals::{self, Level, ListQuery, Place};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, read, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::keys::Key;
use crate::problem::Problem;

/// For how many days a referral is shown after it has ended, unless asked otherwise.
const CLOSED_DAYS: i64 = 30;
/// For how many days at most: ten years.
const CLOSED_DAYS_MAX: i64 = 3660;

/// A page of open referrals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenReferrals {
    /// Referrals, the most urgent first.
    pub(crate) referrals: Vec<OpenReferral>,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    pub(crate) next: Option<String>,
}

/// One referral.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenReferral {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub(crate) row: referrals::Row,
    /// Whether its clock has ended at the reference time.
    pub(crate) overdue: bool,
    /// How urgent its clock is: `on-time`, `due-soon`, `overdue`, or `escalated` at twice the limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(crate) level: Option<Level>,
    /// Whether nothing has happened to it for too long.
    pub(crate) stale: bool,
    /// Whether the consent that it rests on has expired: nothing more may be shared without a new one.
    pub(crate) consent_expired: bool,
    /// Why it has ended, if it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
}

impl OpenReferral {
    /// A referral as it stands at an instant.
    pub(crate) fn at(row: referrals::Row, at: Timestamp) -> Self {
        Self {
            overdue: row.due.is_some_and(|due| due < at),
            level: row.level(at),
            stale: row.is_stale(at),
            consent_expired: row.consent_expired(at),
            why: row.why_ended(),
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
        ("from" = Option<String>, Query, description = "only those that this agency sent"),
        ("to" = Option<String>, Query, description = "only those that were sent to this agency"),
        ("priority" = Option<String>, Query, description = "only those of this priority"),
        ("state" = Option<Vec<String>>, Query, description = "only those in these states"),
        ("overdue" = Option<bool>, Query, description = "only those whose clock has ended"),
        ("level" = Option<String>, Query, description = "only those at least so urgent: on-time, due-soon, overdue, escalated"),
        ("at" = Option<String>, Query, description = "reference time in UTC, now when absent"),
        ("limit" = Option<usize>, Query, description = "rows of a page, 1 to 1000"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<OpenReferrals>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn open(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<OpenReferrals>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("list", "open");
    let view = view(&gate, "referrals", &mut asked).await?;
    let at = asked.one::<Timestamp>("at")?.unwrap_or_else(clock::now);
    let limit = asked.limit()?;
    let query = ListQuery {
        acting: asked.one("acting")?,
        overdue_at: asked.one::<bool>("overdue")?.unwrap_or(false).then_some(at),
        level_at: asked.one::<Level>("level")?.map(|level| (level, at)),
        ..parties(&mut asked, &key)?
    };
    asked.done(&[
        "ledger", "acting", "from", "to", "priority", "state", "overdue", "level", "at", "limit",
        "after",
    ])?;
    let (rows, as_of) = read(&view, |table| referrals::list_open(table, &query, limit))?;
    let next = next(&rows, limit);
    let referrals = rows
        .into_iter()
        .map(|row| OpenReferral::at(row, at))
        .collect();
    asked.answer(as_of, OpenReferrals { referrals, next })
}

/// A page of referrals that have ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosedReferrals {
    /// Referrals, the last to end first, each with why.
    pub(crate) referrals: Vec<ClosedReferral>,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    pub(crate) next: Option<String>,
}

/// One referral that has ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosedReferral {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub(crate) row: referrals::Row,
    /// Why it has ended: `closed because consent was withdrawn on 2026-03-09`.
    pub(crate) why: Option<String>,
}

/// List referrals that have ended lately, the last to end first, each with why: withdrawn, passed on,
/// concluded, or closed because the consent was withdrawn.
#[utoipa::path(
    get, path = "/v1/referrals/closed", tag = "read models",
    params(
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers"),
        ("from" = Option<String>, Query, description = "only those that this agency sent"),
        ("to" = Option<String>, Query, description = "only those that were sent to this agency"),
        ("priority" = Option<String>, Query, description = "only those of this priority"),
        ("state" = Option<Vec<String>>, Query, description = "only those in these states: concluded, withdrawn, rerouted, consent-withdrawn"),
        ("days" = Option<u32>, Query, description = "only those that ended within so many days before the reference time, 1 to 3660; 30 when absent"),
        ("at" = Option<String>, Query, description = "reference time in UTC, now when absent"),
        ("limit" = Option<usize>, Query, description = "rows of a page, 1 to 1000"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<ClosedReferrals>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn closed(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<ClosedReferrals>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("list", "closed");
    let view = view(&gate, "referrals", &mut asked).await?;
    let at = asked.one::<Timestamp>("at")?.unwrap_or_else(clock::now);
    let days = match asked.one::<i64>("days")? {
        None => CLOSED_DAYS,
        Some(days) if (1..=CLOSED_DAYS_MAX).contains(&days) => days,
        Some(_) => return Err(Problem::parameter("days", "expected 1 to 3660")),
    };
    let limit = asked.limit()?;
    let window = SignedDuration::from_hours(days * 24);
    let from = at.saturating_sub(window).unwrap_or(Timestamp::MIN);
    let query = ListQuery {
        ended_within: Some((from, at)),
        ..parties(&mut asked, &key)?
    };
    asked.done(&[
        "ledger", "from", "to", "priority", "state", "days", "at", "limit", "after",
    ])?;
    let (rows, as_of) = read(&view, |table| referrals::list_closed(table, &query, limit))?;
    let next = next(&rows, limit);
    let referrals = rows
        .into_iter()
        .map(|row| ClosedReferral {
            why: row.why_ended(),
            row,
        })
        .collect();
    asked.answer(as_of, ClosedReferrals { referrals, next })
}

/// What both lists may be restricted to, and where the page begins.
fn parties(asked: &mut Asked, key: &Key) -> Result<ListQuery, Problem> {
    Ok(ListQuery {
        ledger: asked.ledgers(key)?,
        from: asked.one("from")?,
        to: asked.one("to")?,
        priority: asked.one("priority")?,
        state: asked.all("state"),
        after: asked.after::<Place>()?,
        ..ListQuery::default()
    })
}

fn next(rows: &[referrals::Row], limit: usize) -> Option<String> {
    let last = rows.last().filter(|_| rows.len() == limit)?;
    serde_json::to_string(&referrals::next_place(last)).ok()
}
