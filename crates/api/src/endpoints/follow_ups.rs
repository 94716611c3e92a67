//! `GET /v1/follow-ups` and `GET /v1/follow-ups/due`: what is due, and what is overdue, on a day.

use axum::Json;
use axum::extract::{Query, State};
use homeward_events::id::{JourneyId, ScheduleKey};
use homeward_events::time::Day;
use homeward_projections::follow_ups::{self, Standing};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, read, view};
use crate::asked::Asked;
use crate::gate::{Gate, Reading};
use crate::problem::Problem;

/// How follow-ups stand on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FollowUps {
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: Day,
    /// The dimensions grouped by.
    pub(crate) by: Vec<String>,
    /// Each group, in the order of its values.
    pub(crate) groups: Vec<FollowUpGroup>,
    /// All groups together.
    pub(crate) all: FollowUpStanding,
}

/// One group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FollowUpGroup {
    /// The values of the dimensions grouped by.
    pub(crate) values: Vec<String>,
    #[serde(flatten)]
    pub(crate) standing: FollowUpStanding,
}

/// How follow-ups stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FollowUpStanding {
    /// Not due yet.
    pub(crate) upcoming: i64,
    /// Due, and within the window.
    pub(crate) due: i64,
    /// The window has closed without an answer.
    pub(crate) overdue: i64,
    /// Of those that are due or overdue, tried in vain.
    pub(crate) missed: i64,
    /// Took place.
    pub(crate) completed: i64,
    /// Cancelled.
    pub(crate) cancelled: i64,
    /// Owed by nobody any more: the journey closed, or the person died or left.
    pub(crate) lapsed: i64,
}

impl From<Standing> for FollowUpStanding {
    fn from(standing: Standing) -> Self {
        let Standing {
            upcoming,
            due,
            overdue,
            missed,
            completed,
            cancelled,
            lapsed,
        } = standing;
        Self {
            upcoming,
            due,
            overdue,
            missed,
            completed,
            cancelled,
            lapsed,
        }
    }
}

/// Count follow-ups as they stand on a day.
#[utoipa::path(
    get, path = "/v1/follow-ups", tag = "read models",
    params(
        ("by" = Option<Vec<String>>, Query, description = "dimension to group by: ledger, site, wave, state, due_on, closes_on"),
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers; every other dimension likewise"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<FollowUps>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn count(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<FollowUps>>, Problem> {
    let mut asked = Asked::new(pairs);
    let view = view(&gate, "follow-ups", &mut asked).await?;
    let (by, on) = (asked.all("by"), asked.day()?);
    let only = asked.only(&key, follow_ups::DIMENSIONS)?;
    let (answer, as_of) = read(&view, |table| follow_ups::count(table, &only, &by, on))?;
    let group = |group: follow_ups::Group| FollowUpGroup {
        values: group.values,
        standing: group.standing.into(),
    };
    asked.answer(
        as_of,
        FollowUps {
            on: answer.on,
            by: answer.by,
            groups: answer.groups.into_iter().map(group).collect(),
            all: answer.all.into(),
        },
    )
}

/// A page of follow-ups that are due.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DueFollowUps {
    /// The reference day.
    #[schema(value_type = String, format = Date)]
    pub(crate) on: Day,
    /// Follow-ups, the longest due first.
    pub(crate) follow_ups: Vec<DueFollowUp>,
    /// Where the next page begins: give it back as `after`. Absent on the last page.
    pub(crate) next: Option<String>,
}

/// One follow-up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DueFollowUp {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub(crate) row: follow_ups::Row,
    /// Whether its window has closed.
    pub(crate) overdue: bool,
}

/// List follow-ups that are due or overdue on a day, the longest due first.
#[utoipa::path(
    get, path = "/v1/follow-ups/due", tag = "read models",
    params(
        ("day" = Option<String>, Query, description = "reference day, today in UTC when absent"),
        ("ledger" = Option<Vec<String>>, Query, description = "only these ledgers"),
        ("overdue" = Option<bool>, Query, description = "only those whose window has closed"),
        ("limit" = Option<usize>, Query, description = "rows of a page, 1 to 1000"),
        ("after" = Option<String>, Query, description = "what `next` said"),
        ("known" = Option<Vec<String>>, Query, description = "up to where the log is known: head, ledger:sequence (repeat for several ledgers), a time in UTC before which it was stored, or cut:name"),
        ("at_least" = Option<Vec<String>>, Query, description = "wait until the answer knows ledger:sequence"),
    ),
    responses((status = 200, body = Answer<DueFollowUps>), (status = "4XX", body = Problem), (status = 503, body = Problem)),
    security(("key" = []))
)]
pub(crate) async fn list(
    State(gate): State<Gate>,
    Reading(key): Reading,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer<DueFollowUps>>, Problem> {
    let mut asked = Asked::new(pairs);
    asked.about("list", "due");
    let view = view(&gate, "follow-ups", &mut asked).await?;
    let (on, limit, ledgers) = (asked.day()?, asked.limit()?, asked.ledgers(&key)?);
    let overdue = asked.one::<bool>("overdue")?.unwrap_or(false);
    let after = asked.after::<(Day, JourneyId, ScheduleKey)>()?;
    asked.done(&["day", "ledger", "overdue", "limit", "after"])?;
    let question = |table: &dyn homeward_projections::Table| {
        follow_ups::list_due(table, &ledgers, on, overdue, after.as_ref(), limit)
    };
    let (rows, as_of) = read(&view, question)?;
    let next = rows
        .last()
        .filter(|_| rows.len() == limit)
        .and_then(|row| serde_json::to_string(&(row.due_on, row.journey, &row.key)).ok());
    let due = |row: follow_ups::Row| DueFollowUp {
        overdue: row.closes_on.0 < on,
        row,
    };
    asked.answer(
        as_of,
        DueFollowUps {
            on: Day(on),
            follow_ups: rows.into_iter().map(due).collect(),
            next,
        },
    )
}
