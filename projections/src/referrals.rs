//! Referrals: what is open, whose turn it is, and which clock runs. Overdue is never stored: a
//! clock's end is, and the reference time comes with the question.

use std::collections::BTreeMap;

use homeward_events::Family;
use homeward_events::id::{AgencyId, JourneyId, ReferralId};
use homeward_events::referral::Priority;
use homeward_events::time::OccurredOn;
use homeward_journey::referral::{Clock, Referral, answer_hours};
use homeward_journey::{Journey, Person};
use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::caseload::{QueryError, filter};
use crate::cube::{Cube, cell_key};
use crate::dimension::{NOT_KNOWN, month};
use crate::index::Index;
use crate::model::{Contributions, ReadModel, Table, TableError, read_row};
use crate::turnaround;

/// The read model.
pub static REFERRALS: ReadModel = ReadModel {
    name: "referrals",
    version: 3,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Consent,
        Family::Referral,
        Family::Departure,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: Some(|| Index::Cube(Cube::new(DIMENSIONS))),
};

/// What referrals are counted by. `owner` and `clock` are `none` once a referral has ended; `due_on`
/// is the day in UTC on which the running clock ends.
pub const DIMENSIONS: &[&str] = &[
    "ledger",
    "from",
    "to",
    "need",
    "priority",
    "sent_month",
    "state",
    "owner",
    "clock",
    "due_on",
];

/// What `owner`, `clock` and `due_on` say of a referral that has ended.
pub const NONE: &str = "none";

/// After how many hours without a step an open referral is stale, where the inter-agency form gives
/// no limit: thirty days. [ours]
pub const STALE_HOURS: u32 = 30 * 24;

/// A referral in a list.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The referral.
    pub referral: ReferralId,
    /// Its journey.
    pub journey: JourneyId,
    /// Ledger.
    pub ledger: String,
    /// The agency that sent it.
    pub from: AgencyId,
    /// The agency that it was sent to.
    pub to: AgencyId,
    /// What is needed.
    pub need: String,
    /// How fast an answer is owed.
    pub priority: Priority,
    /// When it was sent.
    pub sent: OccurredOn,
    /// Where it stands.
    pub state: String,
    /// Since when.
    pub since: OccurredOn,
    /// Whose turn it is.
    pub owner: Option<String>,
    /// Which clock runs.
    pub clock: Option<String>,
    /// When that clock ends; overdue after it.
    pub due: Option<Timestamp>,
    /// Why it was declined, last time.
    pub declined: Option<String>,
    /// What was delivered.
    pub delivery: Option<String>,
}

/// How long a clock may run, in hours.
pub const fn limit_hours(clock: Clock, priority: Priority) -> u32 {
    match clock {
        Clock::Receipt | Clock::Decision | Clock::FirstContact => answer_hours(priority),
        Clock::Place | Clock::FirstAttendance | Clock::Outcome | Clock::AnotherWay => STALE_HOURS,
    }
}

/// When the clock of a referral ends. A step known only to the day starts its clock at the last
/// instant of that day: nothing is called overdue before it is.
pub fn due(referral: &Referral<'_>) -> Option<Timestamp> {
    let (_, clock) = referral.state.pending()?;
    let hours = i64::from(limit_hours(clock, referral.priority));
    let limit = jiff::SignedDuration::from_hours(hours);
    Some(
        referral
            .since
            .last_instant()
            .saturating_add(limit)
            .unwrap_or(Timestamp::MAX),
    )
}

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    for journey in &person.journeys {
        for (id, referral) in &journey.referrals {
            let row = row(journey, *id, referral);
            let none = || NONE.to_owned();
            let due_on = row
                .due
                .map_or_else(none, |due| Offset::UTC.to_datetime(due).date().to_string());
            out.count(cell_key(&[
                &row.ledger,
                row.from.as_str(),
                row.to.as_str(),
                &row.need,
                row.priority.as_str(),
                &month(row.sent.day()),
                &row.state,
                row.owner.as_deref().unwrap_or(NONE),
                row.clock.as_deref().unwrap_or(NONE),
                &due_on,
            ]));
            turnaround::contribute(&row, referral, out);
            if let Some(due) = row.due {
                out.row(format!("open|{due}|{}|{id}", journey.id), &row);
            }
            out.row(format!("of|{}|{id}", journey.id), &row);
        }
    }
}

fn row(journey: &Journey<'_>, id: ReferralId, referral: &Referral<'_>) -> Row {
    let pending = referral.state.pending();
    Row {
        referral: id,
        journey: journey.id,
        ledger: journey
            .ledger
            .map_or(NOT_KNOWN, |ledger| ledger.as_str())
            .to_owned(),
        from: referral.from.clone(),
        to: referral.to.clone(),
        need: referral.need.as_str().to_owned(),
        priority: referral.priority,
        sent: referral.sent,
        state: referral.state.as_str().to_owned(),
        since: referral.since,
        owner: pending.map(|(owner, _)| owner.as_str().to_owned()),
        clock: pending.map(|(_, clock)| clock.as_str().to_owned()),
        due: due(referral),
        declined: referral.declined.map(|reason| reason.as_str().to_owned()),
        delivery: referral
            .concluded
            .map(|(_, delivery, _)| delivery.as_str().to_owned()),
    }
}

/// A count of referrals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The dimensions grouped by.
    pub by: Vec<String>,
    /// Referrals in each group, in the order of the groups' values.
    pub groups: Vec<Group>,
    /// Referrals in all groups.
    pub referrals: i64,
    /// Of them, open.
    pub open: i64,
    /// Of the open ones, those whose clock ended before the reference day.
    pub overdue: i64,
}

/// One group of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Referrals.
    pub referrals: i64,
    /// Of them, open.
    pub open: i64,
    /// Of the open ones, those whose clock ended before the reference day.
    pub overdue: i64,
}

/// Counts referrals as of a reference day: overdue is what was due on an earlier day (in UTC).
///
/// # Errors
/// A dimension does not exist.
pub fn count(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    by: &[String],
    on: jiff::civil::Date,
) -> Result<Answer, QueryError> {
    let empty = Cube::new(DIMENSIONS);
    let cube = table.cube().unwrap_or(&empty);
    let filter = filter(cube, only)?;
    let mut wanted = by
        .iter()
        .map(|name| cube.dimension(name))
        .collect::<Result<Vec<_>, _>>()?;
    wanted.push(cube.dimension("due_on")?);
    let today = on.to_string();
    let mut groups: BTreeMap<Vec<String>, (i64, i64, i64)> = BTreeMap::new();
    cube.visit(&filter, &wanted, |values, count| {
        let Some((due_on, group)) = values.split_last() else {
            return;
        };
        let key = group.iter().map(|value| (*value).to_owned()).collect();
        let (all, open, overdue) = groups.entry(key).or_default();
        *all += count;
        if *due_on != NONE {
            *open += count;
            // Dates of one form sort as texts.
            *overdue += if *due_on < today.as_str() { count } else { 0 };
        }
    });
    let groups: Vec<Group> = groups
        .into_iter()
        .map(|(values, (referrals, open, overdue))| Group {
            values,
            referrals,
            open,
            overdue,
        })
        .collect();
    Ok(Answer {
        by: by.to_vec(),
        referrals: groups.iter().map(|group| group.referrals).sum(),
        open: groups.iter().map(|group| group.open).sum(),
        overdue: groups.iter().map(|group| group.overdue).sum(),
        groups,
    })
}

/// What a list of open referrals is restricted to.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// Ledgers; empty means all.
    pub ledger: Vec<String>,
    /// Agencies that must act: the provider, or the sender once declined.
    pub acting: Option<AgencyId>,
    /// States; empty means all open ones.
    pub state: Vec<String>,
    /// Only those whose clock ended before this instant.
    pub overdue_at: Option<Timestamp>,
    /// The page begins after this row: its due time, journey and referral.
    pub after: Option<(Timestamp, JourneyId, ReferralId)>,
}

/// A page of open referrals, the most urgent first.
///
/// # Errors
/// The store cannot be read.
pub fn list_open(
    table: &dyn Table,
    query: &ListQuery,
    limit: usize,
) -> Result<Vec<Row>, TableError> {
    let from = query.after.as_ref().map_or_else(
        || "open|".to_owned(),
        |(due, journey, referral)| format!("open|{due}|{journey}|{referral}\0"),
    );
    collect(table, &from, "open|", limit, |row: &Row| {
        let acting = match row.owner.as_deref() {
            Some("sender") => &row.from,
            _ => &row.to,
        };
        let overdue = query
            .overdue_at
            .is_none_or(|at| row.due.is_some_and(|due| due < at));
        (query.ledger.is_empty() || query.ledger.contains(&row.ledger))
            && (query.state.is_empty() || query.state.contains(&row.state))
            && query.acting.as_ref().is_none_or(|agency| agency == acting)
            && overdue
    })
}

/// Every referral of a journey, by id.
///
/// # Errors
/// The store cannot be read.
pub fn of_journey(table: &dyn Table, journey: JourneyId) -> Result<Vec<Row>, TableError> {
    let prefix = format!("of|{journey}|");
    collect(table, &prefix, &prefix, usize::MAX, |_: &Row| true)
}

/// Rows under a prefix from a key on that pass, up to a limit.
pub(crate) fn collect<R: serde::de::DeserializeOwned>(
    table: &dyn Table,
    from: &str,
    prefix: &str,
    limit: usize,
    passes: impl Fn(&R) -> bool,
) -> Result<Vec<R>, TableError> {
    let (mut page, mut failed) = (Vec::new(), None);
    table.rows_from(from, &mut |key, bytes| {
        if !key.starts_with(prefix) || page.len() >= limit {
            return false;
        }
        match read_row::<R>(key, bytes) {
            Ok(row) if passes(&row) => page.push(row),
            Ok(_) => {}
            Err(error) => failed = Some(error),
        }
        failed.is_none()
    })?;
    failed.map_or(Ok(page), Err)
}
