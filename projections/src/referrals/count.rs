//! Counts of referrals as of a reference day.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{DIMENSIONS, NONE};
use crate::caseload::{QueryError, filter};
use crate::cube::Cube;
use crate::model::Table;

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
