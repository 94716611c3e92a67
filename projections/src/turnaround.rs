//! Turnaround: how long the steps of referrals take, and whether they keep to their limits.
//!
//! What is still running counts: a median of the finished ones alone looks best where the hard ones are
//! left lying. So durations are followed to the reference day, and the median is that of the
//! Kaplan-Meier curve, with its interval; a step that is left without being taken (withdrawn, declined,
//! closed because the consent is gone) is followed up to there.
//!
//! A duration is that of the *first* time a step was taken (the outcome's is the last), in hours begun
//! up to a week and in days begun beyond; between steps of which one is known only to the day it is a
//! number of civil days, and where one is known only to the month or year it is not known. A step that
//! was passed by (accepted without having been received) is not measured.
//!
//! Source: Kaplan and Meier (1958); Brookmeyer and Crowley (1982) for the interval of the median.

use std::collections::BTreeMap;

use homeward_events::referral::Priority;
use homeward_events::time::{OccurredOn, Precision, days_between};
use homeward_journey::referral::{Clock, State};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Serialize;

use crate::caseload::QueryError;
use crate::measure::survival::{Exit, Interval, RiskTable};
use crate::model::Table;
use crate::referrals::clocks::Clocks;
use crate::referrals::known::{Known, Only, group, places, values};
use crate::referrals::{COUNTED, Walk};

/// What durations are grouped and restricted by.
pub const DIMENSIONS: &[&str] = COUNTED;

/// Up to how many hours a duration is told in hours: a week.
const HOURS_MAX: i64 = 7 * 24;

/// How sure the interval of a median is.
const LEVEL: f64 = 0.95;

/// A step whose duration is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// From sending to receipt.
    Receipt,
    /// From receipt to a decision.
    Decision,
    /// From sending to a decision: what the sender waits for.
    Answer,
    /// From acceptance to the first contact or appointment.
    FirstContact,
    /// From that to the first attendance.
    FirstAttendance,
    /// From the first attendance to the outcome.
    Outcome,
    /// From sending to the outcome: the closed loop.
    WholeLoop,
}

/// How one step of one referral stands on a reference day, in hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Went {
    /// It was taken after so long.
    Taken(i64),
    /// It has been running so long.
    Running(i64),
    /// It ran so long, and will not be taken any more.
    Left(i64),
}

impl Step {
    /// Every step, in the order of a referral's life.
    pub const ALL: [Self; 7] = [
        Self::Receipt,
        Self::Decision,
        Self::Answer,
        Self::FirstContact,
        Self::FirstAttendance,
        Self::Outcome,
        Self::WholeLoop,
    ];

    /// The step's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Decision => "decision",
            Self::Answer => "answer",
            Self::FirstContact => "first-contact",
            Self::FirstAttendance => "first-attendance",
            Self::Outcome => "outcome",
            Self::WholeLoop => "whole-loop",
        }
    }

    /// How long it may take, in hours; the whole loop has no limit of its own.
    pub fn limit_hours(self, priority: Priority) -> Option<u32> {
        let clocks = Clocks::shipped();
        let clock = match self {
            Self::Receipt => Clock::Receipt,
            Self::Decision => Clock::Decision,
            Self::Answer => return Some(clocks.answer(priority)),
            Self::FirstContact => Clock::FirstContact,
            Self::FirstAttendance => Clock::FirstAttendance,
            Self::Outcome => Clock::Outcome,
            Self::WholeLoop => return None,
        };
        Some(clocks.limit_hours(clock, priority))
    }

    /// When it began, and when it was taken.
    fn ends(self, walk: &Walk) -> (Option<OccurredOn>, Option<OccurredOn>) {
        let sent = Some(walk.sent);
        match self {
            Self::Receipt => (sent, walk.received),
            Self::Decision => (walk.received, walk.decided),
            Self::Answer => (sent, walk.decided),
            Self::FirstContact => (walk.accepted, walk.contacted),
            Self::FirstAttendance => (walk.contacted, walk.attended),
            Self::Outcome => (walk.attended, walk.concluded),
            Self::WholeLoop => (sent, walk.concluded),
        }
    }

    /// Later steps of the same way: taken, they have passed this one by.
    fn later(self, walk: &Walk) -> [Option<OccurredOn>; 4] {
        let Walk {
            decided,
            contacted,
            attended,
            concluded,
            ..
        } = walk;
        match self {
            Self::Receipt => [*decided, *contacted, *attended, *concluded],
            Self::Decision | Self::Answer => [*contacted, *attended, *concluded, None],
            Self::FirstContact => [*attended, *concluded, None, None],
            Self::FirstAttendance => [*concluded, None, None, None],
            Self::Outcome | Self::WholeLoop => [None; 4],
        }
    }

    /// How it stands by the end of a day; `None` where it has not begun, was passed by or cannot be
    /// measured. What is dated later has not happened yet.
    fn went(self, walk: &Walk, on: Date) -> Option<Went> {
        let by_then = |time: Option<OccurredOn>| time.filter(|time| time.day() <= on);
        let (from, to) = self.ends(walk);
        let from = by_then(from)?;
        if let Some(to) = by_then(to) {
            return duration(from, to).map(Went::Taken);
        }
        let passed_by = self.later(walk).into_iter().any(|t| by_then(t).is_some());
        if walk.open_on(on) {
            // Declined, it waits for another way, and not for this provider.
            let declined = walk.state == State::Declined && walk.since.day() <= on;
            let left = declined && self != Self::WholeLoop;
            return match (passed_by, left) {
                (true, _) => None,
                (false, true) => duration(from, walk.since).map(Went::Left),
                (false, false) => duration(from, OccurredOn::Day(on)).map(Went::Running),
            };
        }
        let left = (!passed_by).then(|| duration(from, walk.since));
        left.flatten().map(Went::Left)
    }

    /// Whether it runs, and has run longer than it may at an instant.
    pub(crate) fn is_late(self, walk: &Walk, at: Timestamp) -> bool {
        let (Some(from), Some(limit)) = (self.ends(walk).0, self.limit_hours(walk.priority)) else {
            return false;
        };
        at.duration_since(from.last_instant()).as_secs() > i64::from(limit) * 3600
    }
}

/// The last instant of a reference day, in UTC.
pub(crate) fn end_of(on: Date) -> Timestamp {
    let midnight = Offset::UTC.to_timestamp(on.to_datetime(jiff::civil::time(23, 59, 59, 0)));
    midnight.unwrap_or(Timestamp::MAX)
}

/// Hours begun up to a week, days begun beyond, in hours; `None` where it cannot be told.
fn duration(from: OccurredOn, to: OccurredOn) -> Option<i64> {
    if from.precision().min(to.precision()) < Precision::Day {
        return None;
    }
    if from.precision() == Precision::Instant && to.precision() == Precision::Instant {
        let took = to.first_instant().duration_since(from.first_instant());
        let seconds = u64::try_from(took.as_secs()).ok()?;
        let hours = i64::try_from(seconds.div_ceil(3600)).ok()?;
        return Some(if hours <= HOURS_MAX {
            hours
        } else {
            (hours + 23) / 24 * 24
        });
    }
    let days = i64::from(days_between(from.day(), to.day()));
    (days >= 0).then_some(days * 24)
}

/// How long one step takes in one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The values of the dimensions grouped by.
    pub values: Vec<String>,
    /// The step.
    pub step: &'static str,
    /// Referrals that began it, as far as can be measured.
    pub referrals: i64,
    /// Of them, those that took it.
    pub taken: i64,
    /// Those of which it is still awaited.
    pub running: i64,
    /// Those that ended without it.
    pub left: i64,
    /// After so many hours half have taken it, what still runs counted in; absent where it is not known
    /// yet whether half ever will.
    pub median_hours: Option<i64>,
    /// Lower limit of the median's interval of 95 in a hundred (log-log scale).
    pub median_least: Option<i64>,
    /// Its upper limit; absent where the data cannot tell.
    pub median_most: Option<i64>,
    /// After so many hours nine of ten have taken it.
    pub p90_hours: Option<i64>,
    /// Those that kept to the limit of their priority, if the step has one.
    pub in_time: Option<i64>,
    /// Those that did not: taken too late, or still awaited beyond the limit.
    pub late: Option<i64>,
}

/// How long steps take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The dimensions grouped by.
    pub by: Vec<String>,
    /// Each group and step, in order.
    pub lines: Vec<Line>,
}

/// What is known of one step in one group.
#[derive(Default)]
struct Followed {
    exits: BTreeMap<(i64, bool), u64>,
    taken: i64,
    running: i64,
    left: i64,
    in_time: i64,
    late: i64,
}

impl Followed {
    fn add(&mut self, went: Went, limit: Option<u32>) {
        let (hours, taken) = match went {
            Went::Taken(hours) => {
                self.taken += 1;
                (hours, true)
            }
            Went::Running(hours) => {
                self.running += 1;
                (hours, false)
            }
            Went::Left(hours) => {
                self.left += 1;
                (hours, false)
            }
        };
        *self.exits.entry((hours, taken)).or_default() += 1;
        if let Some(limit) = limit.map(i64::from) {
            self.in_time += i64::from(taken && hours <= limit);
            self.late += i64::from(hours > limit && !matches!(went, Went::Left(_)));
        }
    }

    fn line(&self, values: Vec<String>, step: Step) -> Line {
        let exits = self.exits.iter().map(|((hours, taken), count)| {
            if *taken {
                Exit::event(*hours, *count)
            } else {
                Exit::censored(*hours, *count)
            }
        });
        let curve = RiskTable::from_exits(exits).kaplan_meier();
        let median = curve.median(Interval::LogLog, LEVEL);
        let nine = curve.quantile(0.9, Interval::LogLog, LEVEL);
        let has_limit = step.limit_hours(Priority::Normal).is_some();
        Line {
            values,
            step: step.as_str(),
            referrals: self.taken + self.running + self.left,
            taken: self.taken,
            running: self.running,
            left: self.left,
            median_hours: whole(median.time),
            median_least: whole(median.lower),
            median_most: whole(median.upper),
            p90_hours: whole(nine.time),
            in_time: has_limit.then_some(self.in_time),
            late: has_limit.then_some(self.late),
        }
    }
}

/// Hours begun. A quantile lies at one of the durations or between two of them.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "durations in hours stay below 2^52, where a float that was rounded up is a whole number"
)]
fn whole(hours: Option<f64>) -> Option<i64> {
    hours.map(|hours| hours.ceil() as i64)
}

/// How long the steps of referrals take, followed to the end of a reference day.
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
    let mut groups: BTreeMap<Vec<&str>, [Followed; Step::ALL.len()]> = BTreeMap::new();
    for walk in known.passing(&only) {
        let followed = groups.entry(group(walk, &by_places)).or_default();
        for (step, followed) in Step::ALL.into_iter().zip(followed) {
            if let Some(went) = step.went(walk, on) {
                followed.add(went, step.limit_hours(walk.priority));
            }
        }
    }
    let mut lines = Vec::new();
    for (group, followed) in &groups {
        let steps = Step::ALL.into_iter().zip(followed);
        let begun = steps.filter(|(_, followed)| !followed.exits.is_empty());
        lines.extend(begun.map(|(step, followed)| followed.line(values(group), step)));
    }
    Ok(Answer {
        by: by.to_vec(),
        lines,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_as_precise_as_what_they_are_taken_from() {
        for (from, to, expected) in [
            // Hours that have begun, across offsets.
            (
                "2026-05-01T10:00:00-05:00",
                "2026-05-01T16:00:00+00:00",
                Some(1),
            ),
            (
                "2026-05-01T10:00:00-05:00",
                "2026-05-01T16:00:01+00:00",
                Some(2),
            ),
            ("2026-05-01T10:00:00Z", "2026-05-01T10:00:00Z", Some(0)),
            // To the hour up to a week, to the day beyond.
            ("2026-05-01T00:00:00Z", "2026-05-08T00:00:00Z", Some(168)),
            ("2026-05-01T00:00:00Z", "2026-05-08T00:00:01Z", Some(192)),
            // To the day, across the end of a leap February.
            ("2024-02-28", "2024-03-01", Some(48)),
            ("2026-05-01", "2026-05-01T23:00:00Z", Some(0)),
            // Not to be told.
            ("2026-05", "2026-06-01", None),
            ("2026-05-01", "2026", None),
            ("2026-05-02", "2026-05-01", None),
            ("2026-05-01T10:00:00Z", "2026-05-01T09:00:00Z", None),
        ] {
            let took = duration(from.parse().unwrap(), to.parse().unwrap());
            assert_eq!(took, expected, "{from} to {to}");
        }
    }
}
