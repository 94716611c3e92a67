//! Groups beside each other: cohorts by time of origin, groups by dimension and whether they differ,
//! years after the origin, and the ladder from small groups to wide ones.

use std::collections::BTreeMap;

use serde::Serialize;

use super::count::{self, Counted, Counts};
use super::figures::{Figures, Share, figures, share_of, sum};
use super::{Query, QueryError};
use crate::definition::Definition;
use crate::measure::cohort::{self, Enough, Tally, roll_up};
use crate::measure::compare::fleming_harrington;
use crate::measure::proportion::Proportion;
use crate::measure::risk::RiskTable;
use crate::model::Table;

/// One cohort in one window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cohort {
    /// When its origins lie: `2026`, `2026-Q2` or `2026-05`.
    pub cohort: String,
    /// Calendar months after the origin.
    pub months: u16,
    /// Failed within the window.
    pub failed: u64,
    /// Observed to its end without failing.
    pub not_failed: u64,
    /// Could not fail any more before it ended.
    pub competing: u64,
    /// Observation ended before the answer could stand.
    pub censored: u64,
    /// The answer does not stand yet.
    pub not_yet: u64,
    /// Nobody's answer is still to come.
    pub is_final: bool,
    /// Failed, of those whose answer stands.
    pub share: Option<Share>,
}

/// One year after the origin, among those observed to its end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeriodShare {
    /// The year, from 1.
    pub year: u16,
    /// Persons observed to its end.
    pub observed: u64,
    /// Failed at least once by its end.
    pub cumulative: Option<Share>,
    /// Failed within it, whether or not they had before.
    pub annual: Option<Share>,
    /// Failed for the first time within it, of those free until then.
    pub first_failure: Option<Share>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// What its dimensions say, in the order asked for.
    pub values: Vec<String>,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// Whether groups differ (log-rank, or weighted for early failures).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogRank {
    /// Dimensions within whose values groups were compared.
    pub strata: Vec<String>,
    /// How early failures weigh: 0 as late ones (log-rank), 1 as the share free of failure before
    /// them (Peto and Peto).
    pub rho: u8,
    /// The statistic; absent where groups cannot be compared.
    pub chi2: Option<f64>,
    /// Degrees of freedom.
    pub degrees: Option<u64>,
    /// Probability of a statistic at least so large if all groups failed alike.
    pub p: Option<f64>,
    /// Why groups cannot be compared.
    pub not_compared: Option<String>,
    /// Each group's side.
    pub groups: Vec<Compared>,
}

/// One group's side of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// The group.
    pub values: Vec<String>,
    /// Failures, weighted as the test weighs them.
    pub observed: f64,
    /// Failures that it would have if all groups failed alike, weighted likewise.
    pub expected: f64,
}

/// The rung of the ladder on which a window is answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rung {
    /// The window.
    pub months: u16,
    /// Conditions that were given up, in order.
    pub without: Vec<String>,
    /// The share in the group that is left.
    pub share: Share,
    /// It says enough; otherwise it is the widest group, and still does not.
    pub enough: bool,
}

/// A rung says enough when its interval is at most ten points of a hundred wide, and nobody need be
/// recognised in it. Ours.
const WIDTH_MAX: f64 = 0.1;
const PERSONS_MIN: u64 = 20;

pub(super) fn groups(
    counted: &Counted,
    definition: &Definition,
    query: &Query,
) -> (Vec<Group>, Option<LogRank>) {
    let groups: Vec<Group> = counted
        .groups
        .iter()
        .map(|(values, counts)| Group {
            values: values.clone(),
            figures: figures(counts, definition, query),
        })
        .collect();
    let compared = (groups.len() > 1).then(|| log_rank(counted, query));
    (groups, compared)
}

fn log_rank(counted: &Counted, query: &Query) -> LogRank {
    let names: Vec<&Vec<String>> = counted.groups.keys().collect();
    let empty = RiskTable::default();
    let strata: Vec<Vec<RiskTable>> = counted
        .strata
        .values()
        .map(|groups| {
            let table = |name: &&Vec<String>| {
                groups
                    .get(*name)
                    .map_or_else(|| empty.clone(), |exits| exits.risk_table(false))
            };
            names.iter().map(table).collect()
        })
        .collect();
    let strata: Vec<&[RiskTable]> = strata.iter().map(Vec::as_slice).collect();
    let (tested, not_compared) = match fleming_harrington(&strata, query.rho) {
        Ok(tested) => (Some(tested), None),
        Err(why) => (None, Some(why.to_string())),
    };
    let sides = tested.iter().flat_map(|tested| &tested.groups);
    LogRank {
        strata: query.strata.clone(),
        rho: query.rho,
        chi2: tested.as_ref().map(|tested| tested.chi2),
        degrees: tested.as_ref().map(|tested| tested.degrees),
        p: tested.as_ref().map(|tested| tested.p),
        not_compared,
        groups: names
            .iter()
            .zip(sides)
            .map(|(values, side)| Compared {
                values: (*values).clone(),
                observed: side.observed,
                expected: side.expected,
            })
            .collect(),
    }
}

pub(super) fn cohorts(counts: &Counts, query: &Query) -> Vec<Cohort> {
    let mut cells: BTreeMap<(String, u16), Tally> = BTreeMap::new();
    for (origin, windows) in &counts.by_origin {
        let cohort = query.cohorts.of(*origin);
        for window in &windows.windows {
            let cell = cells.entry((cohort.clone(), window.months)).or_default();
            *cell = sum(*cell, window.tally);
        }
    }
    let cohort = |((cohort, months), tally): ((String, u16), Tally)| Cohort {
        cohort,
        months,
        failed: tally.yes,
        not_failed: tally.no,
        competing: tally.competed,
        censored: tally.lost,
        not_yet: tally.not_yet,
        is_final: tally.is_final(),
        share: tally.share().map(|share| share_of(share, query.level)),
    };
    cells.into_iter().map(cohort).collect()
}

pub(super) fn years(counts: &Counts, definition: &Definition, query: &Query) -> Vec<PeriodShare> {
    let months = definition
        .terms()
        .windows
        .months
        .last()
        .copied()
        .unwrap_or_default();
    let years = months.div_ceil(12);
    let bounds: Vec<i64> = (1..=years).map(|year| 12 * i64::from(year)).collect();
    let share = |share: Option<Proportion>| share.map(|share| share_of(share, query.level));
    (1_u16..)
        .zip(cohort::periods(&counts.histories, &bounds))
        .map(|(year, period)| PeriodShare {
            year,
            observed: period.observed,
            cumulative: share(period.cumulative()),
            annual: share(period.annual()),
            first_failure: share(period.first_failure()),
        })
        .collect()
}

/// Gives up conditions one after another. Each rung is a walk of its own: ladders are short.
pub(super) fn ladder(
    table: &dyn Table,
    definition: &Definition,
    query: &Query,
) -> Result<Vec<Rung>, QueryError> {
    if query.widen.is_empty() {
        return Ok(Vec::new());
    }
    let mut wider = Query {
        by: Vec::new(),
        strata: Vec::new(),
        ..query.clone()
    };
    let mut rungs = vec![figures(
        &count::count(table, definition, &wider)?.all,
        definition,
        query,
    )];
    for name in &query.widen {
        if wider.only.remove(name).is_none() {
            return Err(QueryError::Widen(name.clone()));
        }
        rungs.push(figures(
            &count::count(table, definition, &wider)?.all,
            definition,
            query,
        ));
    }
    let enough = Enough {
        level: query.level,
        width_max: WIDTH_MAX,
        persons_min: PERSONS_MIN,
    };
    let windows = definition.terms().windows.months.iter().enumerate();
    let rung = |(place, months): (usize, &u16)| {
        let steps = rungs.iter().enumerate().map(|(climbed, figures)| {
            let share = figures.windows.get(place).and_then(|window| window.share);
            share.map_or((climbed, 0, 0), |share| (climbed, share.part, share.whole))
        });
        let rung = roll_up(steps, enough).ok()?;
        Some(Rung {
            months: *months,
            without: query.widen.iter().take(rung.label).cloned().collect(),
            share: share_of(rung.share, query.level),
            enough: rung.enough,
        })
    };
    Ok(windows.filter_map(rung).collect())
}
