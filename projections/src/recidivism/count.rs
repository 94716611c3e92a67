//! One walk over the histories: whole numbers of persons, by group and stratum.

use std::collections::BTreeMap;

use homeward_events::time::{add_days, add_months, days_between};
use jiff::civil::Date;

use super::query::{Chosen, Query, QueryError, dimensions};
use super::time::{Unit, whole_months};
use crate::definition::{Definition, Outcome, StopKind};
use crate::histories::{Dimension, PartingKind};
use crate::measure::cohort::{self, Answer, Fate, Tally};
use crate::measure::proportion::Reoffending;
use crate::measure::risk::{Cause, Exit, Kind, RiskTable};
use crate::model::Table;

/// Everybody, and everybody by group.
pub(super) struct Counted {
    pub(super) all: Counts,
    pub(super) groups: BTreeMap<Vec<String>, Counts>,
    /// Exits by stratum and group, for comparing.
    pub(super) strata: BTreeMap<Vec<String>, BTreeMap<Vec<String>, Exits>>,
}

/// How a person's time ended, as answers tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    Failed(u16),
    Competed(PartingKind),
    Censored(PartingKind),
    Complete,
    Open,
    NotMature,
}

/// Intervals at risk and how they end.
#[derive(Debug, Clone, Default)]
pub(super) struct Exits(Vec<(Option<i64>, i64, Leaving)>);

/// How an interval at risk ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Leaving {
    Failed(u16),
    /// The number that it has among causes.
    Competed(u16),
    Censored,
    Paused,
}

/// Whole numbers about some persons.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    pub(super) persons: u64,
    pub(super) ends: BTreeMap<End, u64>,
    pub(super) exits: Exits,
    pub(super) by_origin: BTreeMap<Date, ByOrigin>,
    pub(super) histories: Vec<cohort::History>,
}

/// Persons of one day of origin, by window.
#[derive(Debug, Clone)]
pub(super) struct ByOrigin {
    elapsed: i64,
    pub(super) windows: Vec<InWindow>,
}

/// Persons of one day of origin in one window.
#[derive(Debug, Clone)]
pub(super) struct InWindow {
    pub(super) months: u16,
    /// Days after the origin on which it closes.
    closes: i64,
    /// Days after the origin from which on its answer stands.
    stands: i64,
    pub(super) tally: Tally,
    /// Among those whose answer does not stand yet: who has failed in it as far as is known.
    pub(super) failed_so_far: u64,
    pub(super) reoffending: Reoffending,
}

/// Walks over everybody.
pub(super) fn count(
    table: &dyn Table,
    definition: &Definition,
    query: &Query,
) -> Result<Counted, QueryError> {
    query.checked()?;
    let chosen = Chosen::of(query)?;
    let (by, strata) = (dimensions(&query.by)?, dimensions(&query.strata)?);
    let mut counted = Counted {
        all: Counts::default(),
        groups: BTreeMap::new(),
        strata: BTreeMap::new(),
    };
    let histories = table
        .histories()
        .into_iter()
        .flat_map(crate::Histories::iter);
    for history in histories {
        for outcome in definition.evaluate(history, query.on) {
            if !chosen.lets_through(outcome.past, outcome.arrival, outcome.origin) {
                continue;
            }
            counted.all.add(&outcome, definition, query);
            if by.is_empty() {
                continue;
            }
            let group = values(&outcome, &by);
            let stratum = counted.strata.entry(values(&outcome, &strata)).or_default();
            stratum
                .entry(group.clone())
                .or_default()
                .add(&outcome, definition, query.unit);
            counted
                .groups
                .entry(group)
                .or_default()
                .add(&outcome, definition, query);
        }
    }
    Ok(counted)
}

fn values(outcome: &Outcome<'_>, by: &[Dimension]) -> Vec<String> {
    let value = |dimension| outcome.past.value(outcome.arrival, dimension).into_owned();
    by.iter().map(value).collect()
}

impl Counts {
    fn add(&mut self, outcome: &Outcome<'_>, definition: &Definition, query: &Query) {
        self.persons += 1;
        let end = match (outcome.failed(), outcome.stop.kind) {
            _ if !outcome.mature => End::NotMature,
            (Some(failed), _) => End::Failed(failed.cause),
            (None, StopKind::Competed(kind)) => End::Competed(kind),
            (None, StopKind::Censored(kind)) => End::Censored(kind),
            (None, StopKind::Complete) => End::Complete,
            (None, StopKind::Open) => End::Open,
        };
        *self.ends.entry(end).or_default() += 1;
        self.exits.add(outcome, definition, query.unit);
        let by_origin = self.by_origin.entry(outcome.origin);
        by_origin
            .or_insert_with(|| ByOrigin::new(definition, outcome.origin, query.on))
            .add(outcome, definition);
        if outcome.mature {
            let months = |day| whole_months(outcome.origin, day);
            self.histories.push(cohort::History {
                failures: outcome
                    .failures
                    .iter()
                    .map(|failed| months(failed.on))
                    .collect(),
                observed_to: months(outcome.stop.on),
                persons: 1,
            });
        }
    }

    /// Who was at risk when. Competing ends are causes of their own, after those of failure, or
    /// otherwise censor.
    pub(super) fn risk_table(&self, competing: bool) -> RiskTable {
        self.exits.risk_table(competing)
    }
}

impl Exits {
    fn add(&mut self, outcome: &Outcome<'_>, definition: &Definition, unit: Unit) {
        if !outcome.mature {
            return;
        }
        let leaving = match (outcome.failed(), outcome.stop.kind) {
            (Some(failed), _) => Leaving::Failed(failed.cause),
            (None, StopKind::Competed(kind)) => Leaving::Competed(competing(definition, kind)),
            (None, StopKind::Censored(_) | StopKind::Complete | StopKind::Open) => {
                Leaving::Censored
            }
        };
        let (mut intervals, seen) = intervals(outcome, unit);
        let end = if seen { leaving } else { Leaving::Censored };
        let last = intervals.pop();
        let paused = intervals
            .into_iter()
            .map(|(entry, time)| (entry, time, Leaving::Paused));
        self.0.extend(paused);
        self.0.extend(last.map(|(entry, time)| (entry, time, end)));
    }

    /// As [`Counts::risk_table`].
    pub(super) fn risk_table(&self, competing: bool) -> RiskTable {
        let mut all = self.0.clone();
        all.sort_unstable();
        let alike = all.chunk_by(|a, b| a == b);
        RiskTable::from_exits(alike.filter_map(|exits| {
            let (entry, time, leaving) = *exits.first()?;
            let kind = match leaving {
                Leaving::Failed(cause) => Kind::Event(Cause(cause)),
                Leaving::Competed(cause) if competing => Kind::Event(Cause(cause)),
                Leaving::Competed(_) | Leaving::Censored => Kind::Censored,
                Leaving::Paused => Kind::Paused,
            };
            let exit = Exit::new(time, kind, u64::try_from(exits.len()).unwrap_or(u64::MAX));
            match entry {
                Some(entry) => exit.entering(entry).ok(),
                None => Some(exit),
            }
        }))
    }
}

/// An interval at risk: the time of entry, `None` from the origin on, and its last time.
pub(super) type At = (Option<i64>, i64);

/// Intervals at risk, in units of time; and whether the end was seen at risk.
pub(super) fn intervals(outcome: &Outcome<'_>, unit: Unit) -> (Vec<At>, bool) {
    let (days, seen) = days_at_risk(outcome);
    let mut intervals: Vec<At> = Vec::with_capacity(days.len());
    for (first, last) in days {
        let origin = outcome.origin;
        // At risk from the origin on: no entry. Anyone else enters the evening before.
        let entry = (first > origin).then(|| unit.over(origin, add_days(first, -1)));
        let time = unit.begun(origin, last);
        match intervals.last_mut().filter(|before| entry < Some(before.1)) {
            // A gap within one unit of time is none.
            Some(before) => before.1 = time,
            None => intervals.push((entry, time)),
        }
    }
    (intervals, seen)
}

/// First and last days of each stretch at risk, up to the end; and whether the end was seen at risk.
fn days_at_risk(outcome: &Outcome<'_>) -> (Vec<(Date, Date)>, bool) {
    let ended = outcome.ended();
    let (mut days, mut since) = (Vec::new(), outcome.at_risk_from);
    for gap in &outcome.gaps {
        if gap.from >= ended {
            break;
        }
        if gap.from >= since {
            days.push((since, gap.from));
        }
        since = since.max(gap.to);
    }
    let seen = since <= ended;
    if seen {
        days.push((since, ended));
    }
    (days, seen)
}

/// The number that a competing end has among causes: after those of failure.
pub(super) fn competing(definition: &Definition, kind: PartingKind) -> u16 {
    let kinds = &definition.terms().ends.competing;
    let place = kinds
        .iter()
        .position(|known| *known == kind)
        .unwrap_or(kinds.len());
    u16::try_from(definition.causes().len() + place).unwrap_or(u16::MAX)
}

impl ByOrigin {
    fn new(definition: &Definition, origin: Date, on: Date) -> Self {
        let windows = &definition.terms().windows;
        let days =
            |months: u16| i64::from(days_between(origin, add_months(origin, i32::from(months))));
        Self {
            elapsed: i64::from(days_between(origin, on)),
            windows: windows
                .months
                .iter()
                .map(|months| InWindow {
                    months: *months,
                    closes: days(*months),
                    stands: days(months.saturating_add(windows.wait_months)),
                    tally: Tally::default(),
                    failed_so_far: 0,
                    reoffending: Reoffending::default(),
                })
                .collect(),
        }
    }

    fn add(&mut self, outcome: &Outcome<'_>, definition: &Definition) {
        let days = |day: Date| i64::from(days_between(outcome.origin, day));
        let stop = match outcome.stop.kind {
            StopKind::Competed(_) => Fate::Competed(days(outcome.stop.on)),
            StopKind::Censored(_) => Fate::Censored(days(outcome.stop.on)),
            StopKind::Complete | StopKind::Open => Fate::Open,
        };
        for window in &mut self.windows {
            let counts = outcome.failures.iter().filter(|failed| {
                days(failed.on) < window.closes && days(failed.proven) < window.stands
            });
            let (mut failures, mut points, mut fate) = (0_u64, 0_u64, stop);
            for failed in counts {
                if failures == 0 {
                    let (at, proven) = (days(failed.on), days(failed.proven));
                    fate = Fate::Failed { at, proven };
                }
                failures += 1;
                let counting = definition.terms().counting.as_ref();
                let severity = failed.severity;
                let worth = counting.and_then(|c| c.severity_points.get(&severity?));
                points += u64::from(worth.copied().unwrap_or_default());
            }
            let Some(times) = cohort::Window::new(window.closes, window.stands) else {
                continue;
            };
            let answer = fate.within(times, self.elapsed);
            window.tally.add(answer, 1);
            match answer {
                Answer::Yes | Answer::No | Answer::Competed => {
                    window.reoffending.persons += 1;
                    window.reoffending.failed += u64::from(failures > 0);
                    window.reoffending.failures += failures;
                    window.reoffending.severity_points += points;
                }
                Answer::NotYet => window.failed_so_far += u64::from(failures > 0),
                Answer::Lost => {}
            }
        }
    }
}
