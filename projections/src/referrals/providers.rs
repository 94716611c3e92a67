//! Providers: how many referrals they took on, and how old what is open has become.
//!
//! An answer has three values, and "not yet" is none of the other two: a share of acceptances among the
//! answers alone would look best where hard cases are left lying. So undecided referrals are counted,
//! within the time for an answer and beyond it, and the share stands between the least and the most
//! that it can still become.

use std::collections::BTreeMap;

use homeward_events::time::OccurredOn;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::clocks::{Clocks, Level};
use super::known::{Known, Only, Walk, group, places, values};
use crate::caseload::QueryError;
use crate::measure::ratio;
use crate::model::Table;
use crate::turnaround::{Step, end_of};

/// Up to how many days since it was sent an open referral is in which class of age; the last class has
/// no end.
pub const AGE_DAYS: [i32; 4] = [3, 14, 30, 90];

/// What became of a provider's referrals by a reference day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Sent to it.
    pub referrals: i64,
    /// It took them on.
    pub accepted: i64,
    /// It, or the client, said no.
    pub declined: i64,
    /// Not answered yet, and still within the time for an answer.
    pub undecided: i64,
    /// Not answered, and the time for an answer is over.
    pub unanswered: i64,
    /// Ended by others before there was an answer.
    pub left: i64,
    /// Open.
    pub open: i64,
    /// Open ones by days since they were sent: up to 3, 14, 30, 90, and beyond.
    pub open_by_age: [i64; AGE_DAYS.len() + 1],
    /// Open ones whose clock has ended.
    pub overdue: i64,
    /// Of these, those that have run so long that somebody else should look.
    pub escalated: i64,
}

/// What became of the referrals of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// The values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Counts.
    #[serde(flatten)]
    pub tally: Tally,
    /// Accepted of those answered, or due to be: what is unanswered counts as not accepted.
    pub share: Option<f64>,
    /// The least that the share of all can become: nothing undecided or left is accepted.
    pub share_least: Option<f64>,
    /// The most: everything undecided, unanswered or left would have been.
    pub share_most: Option<f64>,
}

/// Providers on a reference day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The dimensions grouped by.
    pub by: Vec<String>,
    /// Each group, in order.
    pub lines: Vec<Line>,
}

/// What became of referrals by the end of a reference day, by provider or another dimension.
///
/// # Errors
/// A dimension does not exist, or the store cannot be read.
pub fn answer(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    by: &[String],
    on: Date,
) -> Result<Answer, QueryError> {
    let (by_places, only) = (places(by)?, Only::new(only)?);
    let known = Known::of(table)?;
    let at = end_of(on);
    let mut groups: BTreeMap<Vec<&str>, Tally> = BTreeMap::new();
    for walk in known.passing(&only).filter(|walk| walk.sent.day() <= on) {
        let tally = groups.entry(group(walk, &by_places)).or_default();
        tally.add(walk, on, at);
    }
    let line = |(group, tally): (Vec<&str>, Tally)| {
        let due = tally.accepted + tally.declined + tally.unanswered;
        let undecided = tally.undecided + tally.unanswered + tally.left;
        Line {
            values: values(&group),
            share: ratio(tally.accepted, due),
            share_least: ratio(tally.accepted, tally.referrals),
            share_most: ratio(tally.accepted + undecided, tally.referrals),
            tally,
        }
    };
    Ok(Answer {
        by: by.to_vec(),
        lines: groups.into_iter().map(line).collect(),
    })
}

impl Tally {
    fn add(&mut self, walk: &Walk, on: Date, at: Timestamp) {
        let by_then = |time: Option<OccurredOn>| time.is_some_and(|time| time.day() <= on);
        self.referrals += 1;
        let open = walk.open_on(on);
        if by_then(walk.accepted) {
            self.accepted += 1;
        } else if by_then(walk.decided) {
            self.declined += 1;
        } else if !open {
            self.left += 1;
        } else if Step::Answer.is_late(walk, at) {
            self.unanswered += 1;
        } else {
            self.undecided += 1;
        }
        if !open {
            return;
        }
        self.open += 1;
        let days = homeward_events::time::days_between(walk.sent.day(), on);
        let class = AGE_DAYS.iter().position(|most| days <= *most);
        if let Some(count) = self.open_by_age.get_mut(class.unwrap_or(AGE_DAYS.len())) {
            *count += 1;
        }
        // Where it stood on an earlier day than the last step is not kept: its clock then is not known.
        if let Some(due) = walk.due.filter(|_| walk.since.day() <= on) {
            let level = Clocks::shipped().level(walk.since, due, at);
            self.overdue += i64::from(level >= Level::Overdue);
            self.escalated += i64::from(level == Level::Escalated);
        }
    }
}
