//! Turnaround: how long the steps of referrals took, and whether they kept to their limits.
//!
//! Part of the read model `referrals`: one cell a referral with at least one step behind it, which
//! holds every duration. A duration is that of the *first* time a step was taken (the outcome's is the
//! last), in hours begun up to a week and in days begun beyond; between steps of which one is known
//! only to the day it is a number of civil days, and where one is known only to the month or year it
//! is not known. Nothing still running is counted: that is what clocks and overdue are for.

use std::collections::BTreeMap;

use homeward_events::referral::Priority;
use homeward_events::time::{OccurredOn, Precision, days_between};
use homeward_journey::referral::{Clock, Referral, answer_hours};
use serde::Serialize;

use crate::caseload::QueryError;
use crate::cube::{NoSuchDimension, SEPARATOR, cell_key};
use crate::dimension::month;
use crate::model::{Contributions, Table};
use crate::referrals::{Row, limit_hours};

/// What durations are grouped and restricted by.
pub const DIMENSIONS: &[&str] = &["ledger", "from", "to", "need", "priority", "sent_month"];

/// Where the cells are.
const TOOK: &str = "took|";

/// Up to how many hours a duration is kept in hours: a week.
const HOURS_MAX: i64 = 7 * 24;

/// A step whose duration is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// From sending to receipt.
    Receipt,
    /// From receipt to a decision.
    Decision,
    /// From sending to a decision: what the sender waits for.
    Answer,
    /// From the decision to the first contact or appointment.
    FirstContact,
    /// From that to the first attendance.
    FirstAttendance,
    /// From the first attendance to the outcome.
    Outcome,
    /// From sending to the outcome: the closed loop.
    WholeLoop,
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
    pub const fn limit_hours(self, priority: Priority) -> Option<u32> {
        let clock = match self {
            Self::Receipt => Clock::Receipt,
            Self::Decision => Clock::Decision,
            Self::Answer => return Some(answer_hours(priority)),
            Self::FirstContact => Clock::FirstContact,
            Self::FirstAttendance => Clock::FirstAttendance,
            Self::Outcome => Clock::Outcome,
            Self::WholeLoop => return None,
        };
        Some(limit_hours(clock, priority))
    }

    /// When it began and ended.
    fn ends(self, referral: &Referral<'_>) -> (Option<OccurredOn>, Option<OccurredOn>) {
        let concluded = referral.concluded.map(|(on, _, _)| on);
        let decided = referral.decided.map(|(on, _)| on);
        match self {
            Self::Receipt => (Some(referral.sent), referral.received),
            Self::Decision => (referral.received, decided),
            Self::Answer => (Some(referral.sent), decided),
            Self::FirstContact => (decided, referral.contacted),
            Self::FirstAttendance => (referral.contacted, referral.attended),
            Self::Outcome => (referral.attended, concluded),
            Self::WholeLoop => (Some(referral.sent), concluded),
        }
    }
}

/// What one referral adds: `took|h5.d12.-.-.-.-.-|ledger|from|to|need|priority|month`.
pub(crate) fn contribute(row: &Row, referral: &Referral<'_>, out: &mut Contributions) {
    let durations = Step::ALL.map(|step| {
        let (from, to) = step.ends(referral);
        from.zip(to).and_then(|(from, to)| duration(from, to))
    });
    if durations.iter().all(Option::is_none) {
        return;
    }
    let texts = durations.map(|took| took.unwrap_or_else(|| "-".to_owned()));
    let dimensions = cell_key(&[
        &row.ledger,
        row.from.as_str(),
        row.to.as_str(),
        &row.need,
        row.priority.as_str(),
        &month(row.sent.day()),
    ]);
    out.count(format!("{TOOK}{}|{dimensions}", texts.join(".")));
}

/// `h5` is five hours begun, `d12` twelve days; `None` where it cannot be told.
fn duration(from: OccurredOn, to: OccurredOn) -> Option<String> {
    if from.precision().min(to.precision()) < Precision::Day {
        return None;
    }
    if from.precision() == Precision::Instant && to.precision() == Precision::Instant {
        let took = to.first_instant().duration_since(from.first_instant());
        let seconds = u64::try_from(took.as_secs()).ok()?;
        let hours = i64::try_from(seconds.div_ceil(3600)).ok()?;
        return Some(if hours <= HOURS_MAX {
            format!("h{hours}")
        } else {
            format!("d{}", (hours + 23) / 24)
        });
    }
    let days = days_between(from.day(), to.day());
    (days >= 0).then(|| format!("d{days}"))
}

/// A duration in hours, as its text says.
fn hours(text: &str) -> Option<i64> {
    let unit = |text: Option<&str>| text.and_then(|number| number.parse::<i64>().ok());
    unit(text.strip_prefix('h')).or_else(|| Some(unit(text.strip_prefix('d'))? * 24))
}

/// How long one step took in one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The values of the dimensions grouped by.
    pub values: Vec<String>,
    /// The step.
    pub step: &'static str,
    /// Referrals that took it, and of which the duration is known.
    pub referrals: i64,
    /// Half of them took no longer, in hours.
    pub median_hours: i64,
    /// Nine of ten took no longer, in hours.
    pub p90_hours: i64,
    /// Those that kept to the limit of their priority, if the step has one.
    pub in_time: Option<i64>,
}

/// How long steps took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The dimensions grouped by.
    pub by: Vec<String>,
    /// Each group and step, in order.
    pub lines: Vec<Line>,
}

/// Durations of one step in one group.
#[derive(Default)]
struct Took {
    by_hours: BTreeMap<i64, i64>,
    in_time: Option<i64>,
}

/// How long the steps of referrals took.
///
/// # Errors
/// A dimension does not exist, or the store cannot be read.
pub fn answer(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    by: &[String],
) -> Result<Answer, QueryError> {
    let by_places = by.iter().map(|name| place(name));
    let by_places = by_places.collect::<Result<Vec<usize>, _>>()?;
    let wanted = only.iter().filter(|(_, values)| !values.is_empty());
    let wanted = wanted.map(|(name, values)| Ok((place(name)?, values)));
    let wanted = wanted.collect::<Result<Vec<(usize, &Vec<String>)>, NoSuchDimension>>()?;
    let mut groups: BTreeMap<(Vec<String>, usize), Took> = BTreeMap::new();
    table.cells_under(TOOK, &mut |key, count| {
        let Some((durations, values)) = parts(key) else {
            return;
        };
        let value = |place: &usize| values.get(*place).copied().unwrap_or_default();
        let passes =
            |(place, any_of): &(usize, &Vec<String>)| any_of.iter().any(|one| one == value(place));
        if !wanted.iter().all(passes) {
            return;
        }
        let group: Vec<String> = by_places.iter().map(|p| value(p).to_owned()).collect();
        let priority = values.get(4).and_then(|text| text.parse().ok());
        for (index, step) in Step::ALL.into_iter().enumerate() {
            let Some(hours) = durations.get(index).and_then(|text| hours(text)) else {
                continue;
            };
            let took = groups.entry((group.clone(), index)).or_default();
            *took.by_hours.entry(hours).or_default() += count;
            let limit = priority.and_then(|priority| step.limit_hours(priority));
            if let Some(limit) = limit {
                let kept = if hours <= i64::from(limit) { count } else { 0 };
                *took.in_time.get_or_insert(0) += kept;
            }
        }
    })?;
    let lines = groups
        .into_iter()
        .filter_map(|((values, index), took)| {
            Some(Line {
                values,
                step: Step::ALL.get(index)?.as_str(),
                referrals: took.by_hours.values().sum(),
                median_hours: quantile(&took.by_hours, 50)?,
                p90_hours: quantile(&took.by_hours, 90)?,
                in_time: took.in_time,
            })
        })
        .collect();
    Ok(Answer {
        by: by.to_vec(),
        lines,
    })
}

fn place(name: &str) -> Result<usize, NoSuchDimension> {
    let place = DIMENSIONS.iter().position(|dimension| *dimension == name);
    place.ok_or_else(|| NoSuchDimension {
        found: name.to_owned(),
        expected: DIMENSIONS,
    })
}

/// A cell's durations and the values of its dimensions.
fn parts(key: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let (durations, values) = key.strip_prefix(TOOK)?.split_once(SEPARATOR)?;
    Some((
        durations.split('.').collect(),
        values.split(SEPARATOR).collect(),
    ))
}

/// The smallest duration that so many of a hundred did not exceed: an observed one, never between two.
/// Source: Hyndman and Fan (1996), definition 1.
fn quantile(by_hours: &BTreeMap<i64, i64>, percent: i64) -> Option<i64> {
    let all: i64 = by_hours.values().sum();
    let rank = (all * percent + 99) / 100;
    let mut so_far = 0;
    by_hours.iter().find_map(|(hours, count)| {
        so_far += count;
        (so_far >= rank && rank > 0).then_some(*hours)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn took(from: &str, to: &str) -> Option<i64> {
        let text = duration(from.parse().unwrap(), to.parse().unwrap())?;
        hours(&text)
    }

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
            assert_eq!(took(from, to), expected, "{from} to {to}");
        }
    }

    #[test]
    fn a_quantile_is_a_duration_that_was_seen() {
        let of = |hours: &[i64], percent| {
            let mut counts = BTreeMap::new();
            for one in hours {
                *counts.entry(*one).or_default() += 1;
            }
            quantile(&counts, percent)
        };
        assert_eq!(of(&[], 50), None);
        assert_eq!(of(&[7], 50), Some(7));
        assert_eq!(of(&[1, 2, 3, 4], 50), Some(2));
        assert_eq!(of(&[1, 2, 3, 4, 5], 50), Some(3));
        assert_eq!(of(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90), Some(9));
        assert_eq!(of(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 90), Some(10));
    }
}
