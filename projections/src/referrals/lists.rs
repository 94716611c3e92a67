//! Lists of referrals: open ones by urgency, ended ones with why.

use std::ops::Bound;
use std::sync::Arc;

use homeward_events::id::{AgencyId, JourneyId};
use homeward_events::referral::Priority;
use homeward_journey::referral::Owner;
use jiff::Timestamp;

use super::known::{Known, Place, Walk, key_of};
use super::{Clocks, Level, ROWS, Row};
use crate::model::{Table, TableError, read_row};

/// What a list of referrals is restricted to.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// Ledgers; empty means all.
    pub ledger: Vec<String>,
    /// The agency that must act: the provider, or the sender once declined.
    pub acting: Option<AgencyId>,
    /// The agency that sent it.
    pub from: Option<AgencyId>,
    /// The agency that it was sent to.
    pub to: Option<AgencyId>,
    /// How fast an answer is owed.
    pub priority: Option<Priority>,
    /// States; empty means all.
    pub state: Vec<String>,
    /// Only those whose clock ended before this instant.
    pub overdue_at: Option<Timestamp>,
    /// Only those whose clock is at least so urgent at an instant.
    pub level_at: Option<(Level, Timestamp)>,
    /// Ended ones only if they ended at this instant or later, and not after the second.
    pub ended_within: Option<(Timestamp, Timestamp)>,
    /// The page begins after this row.
    pub after: Option<Place>,
}

impl ListQuery {
    fn passes(&self, walk: &Walk) -> bool {
        let acting = match walk.state.pending() {
            Some((Owner::Sender, _)) => walk.value(1),
            Some((Owner::Provider, _)) | None => walk.value(2),
        };
        let is = |asked: &Option<AgencyId>, found: &str| {
            asked.as_ref().is_none_or(|asked| asked.as_str() == found)
        };
        (self.ledger.is_empty() || self.ledger.iter().any(|one| one == walk.value(0)))
            && (self.state.is_empty() || self.state.iter().any(|one| one == walk.state.as_str()))
            && is(&self.acting, acting)
            && is(&self.from, walk.value(1))
            && is(&self.to, walk.value(2))
            && self.priority.is_none_or(|asked| asked == walk.priority)
            && self
                .overdue_at
                .is_none_or(|at| walk.due.is_some_and(|due| due < at))
            && self.level_at.is_none_or(|(level, at)| {
                let found = walk
                    .due
                    .map(|due| Clocks::shipped().level(walk.since, due, at));
                found >= Some(level)
            })
    }
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
    let known = Known::of(table)?;
    let from = query.after.map_or(Bound::Unbounded, Bound::Excluded);
    let places = known.open().range((from, Bound::Unbounded));
    page(table, query, places, limit)
}

/// A page of referrals that have ended, the last to end first.
///
/// # Errors
/// The store cannot be read.
pub fn list_closed(
    table: &dyn Table,
    query: &ListQuery,
    limit: usize,
) -> Result<Vec<Row>, TableError> {
    let known = Known::of(table)?;
    let (from, to) = query
        .ended_within
        .unwrap_or((Timestamp::MIN, Timestamp::MAX));
    let until = query.after.map_or(Bound::Unbounded, Bound::Excluded);
    let places = known.closed().range((Bound::Unbounded, until)).rev();
    let places = places
        .skip_while(|((ended, ..), _)| *ended > to)
        .take_while(|((ended, ..), _)| *ended >= from);
    page(table, query, places, limit)
}

fn page<'k>(
    table: &dyn Table,
    query: &ListQuery,
    places: impl Iterator<Item = (&'k Place, &'k Arc<Walk>)>,
    limit: usize,
) -> Result<Vec<Row>, TableError> {
    let passing = places.filter(|(_, walk)| query.passes(walk));
    let rows = passing.take(limit).map(|((_, journey, referral), _)| {
        let key = key_of(*journey, *referral);
        let row = table.row(&key)?;
        row.map(|row| read_row(&key, &row)).transpose()
    });
    rows.filter_map(Result::transpose).collect()
}

/// Where a page that ends with a row goes on.
pub fn next_place(row: &Row) -> Place {
    let at = row.due.unwrap_or_else(|| row.since.first_instant());
    (at, row.journey, row.referral)
}

/// Every referral of a journey, by id.
///
/// # Errors
/// The store cannot be read.
pub fn of_journey(table: &dyn Table, journey: JourneyId) -> Result<Vec<Row>, TableError> {
    let prefix = format!("{ROWS}{journey}|");
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
