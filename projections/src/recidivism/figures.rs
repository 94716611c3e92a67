//! From whole numbers to estimates.

use serde::Serialize;

use super::Query;
use super::count::{Counts, End};
use crate::definition::Definition;
use crate::measure::cohort::Tally;
use crate::measure::proportion::{Proportion, Rate, Reoffending};
use crate::measure::risk::Cause;
use crate::measure::survival::{Curve, Quantile};

/// Estimates about some persons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Persons (or journeys, where the definition follows those) from their origins on.
    pub persons: u64,
    /// Of them, those whose answer is mature and is a failure.
    pub failed: u64,
    /// Of them, those about whom no answer stands yet; they are in no curve.
    pub not_mature: u64,
    /// Persons by end, as known on the reference day.
    pub ends: Vec<EndCount>,
    /// The Kaplan-Meier curve at the times asked for; competing ends are censored in it.
    pub at: Vec<Reading>,
    /// Time to failure.
    pub quantiles: Vec<Quantiles>,
    /// Mean time free of failure.
    pub restricted_mean: RestrictedMean,
    /// Cumulative incidence of each cause, competing ones too, at the times asked for.
    pub causes: Vec<Causes>,
    /// Fixed windows.
    pub windows: Vec<Window>,
}

/// Persons of one end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndCount {
    /// `failed`, `competing`, `censored`, `complete`, `open` or `not-mature`.
    pub role: &'static str,
    /// The cause of failure or the kind of end; the role again, where there is only one.
    pub end: String,
    /// Persons.
    pub persons: u64,
}

/// The curve at one time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reading {
    /// Units after the origin.
    pub time: i64,
    /// Still observed, at risk and free of failure just before it.
    pub at_risk: u64,
    /// Failures up to and including it.
    pub failed: u64,
    /// Share free of failure (Kaplan-Meier).
    pub survival: f64,
    /// Standard error (Greenwood).
    pub standard_error: f64,
    /// Interval on the scale asked for; absent where it is not defined.
    pub interval: Option<(f64, f64)>,
    /// Cumulative hazard (Nelson-Aalen).
    pub cumulative_hazard: f64,
    /// Its standard error (Aalen).
    pub cumulative_hazard_error: f64,
}

/// When a share had failed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quantiles {
    /// The share: 0.5 is the median.
    pub share: f64,
    /// Units after the origin; absent where fewer failed.
    pub time: Option<f64>,
    /// Lower limit (Brookmeyer and Crowley).
    pub lower: Option<f64>,
    /// Upper limit.
    pub upper: Option<f64>,
}

/// Mean time free of failure up to a horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RestrictedMean {
    /// The horizon, in units after the origin.
    pub horizon: i64,
    /// The mean, in units.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The horizon lies beyond the last observation.
    pub extrapolated: bool,
}

/// One cause among those that compete.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Causes {
    /// The cause of failure, or the competing end.
    pub cause: String,
    /// Whether it is a failure.
    pub failure: bool,
    /// Its incidence at the times asked for.
    pub at: Vec<Incidence>,
}

/// Cumulative incidence at one time (Aalen-Johansen).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Incidence {
    /// Units after the origin.
    pub time: i64,
    /// Share of everybody that has ended so, 0 to 1.
    pub share: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Interval on the scale asked for; absent where it is not defined.
    pub interval: Option<(f64, f64)>,
}

/// A fixed window: yes, no, and what is neither.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Window {
    /// Calendar months after the origin; the window ends before that day.
    pub months: u16,
    /// Failed within it.
    pub failed: u64,
    /// Observed to its end without failing.
    pub not_failed: u64,
    /// Could not fail any more before it ended.
    pub competing: u64,
    /// Observation ended before the answer could stand.
    pub censored: u64,
    /// The answer does not stand yet.
    pub not_yet: u64,
    /// Of those, persons who have failed as far as is known: no answer yet, and in no share.
    pub not_yet_failed: u64,
    /// Failed, of those whose answer stands; whoever was lost from view is not in it.
    pub share: Option<Share>,
    /// The share if nobody of the lost had failed, and if all of them had: where the two lie far
    /// apart, the curve says more than the share. Source: Manski (1989), bounds without assumptions.
    pub bounds: Option<(f64, f64)>,
    /// How often and how gravely, where the definition counts that.
    pub reoffending: Option<Reoffended>,
}

/// A share with its intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// How many.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
    /// The share, 0 to 1.
    pub share: f64,
    /// Score interval (Wilson).
    pub wilson: Option<(f64, f64)>,
    /// Exact interval (Clopper and Pearson).
    pub clopper_pearson: Option<(f64, f64)>,
}

/// How often and how gravely those whose answer stands failed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reoffended {
    /// Failures of all of them.
    pub failures: u64,
    /// Failures per 100 persons.
    pub per_100_persons: Option<f64>,
    /// Exact interval of that rate (Garwood).
    pub per_100_interval: Option<(f64, f64)>,
    /// Failures per person who failed.
    pub per_person_failed: Option<f64>,
    /// Points of severity per 100 persons.
    pub severity_per_100_persons: Option<f64>,
}

/// Shares at which the time to failure is told.
const SHARES: [f64; 3] = [0.25, 0.5, 0.75];

pub(super) fn figures(counts: &Counts, definition: &Definition, query: &Query) -> Figures {
    let curve = counts.risk_table(false).kaplan_meier();
    let last = curve.table().rows().last().map_or(0, |row| row.time);
    let horizon = query.horizon.unwrap_or(last);
    let mean = curve.restricted_mean(horizon);
    let scale = query.interval.measure();
    let quantile = |share: f64| {
        let Quantile { time, lower, upper } = curve.quantile(share, scale, query.level);
        Quantiles {
            share,
            time,
            lower,
            upper,
        }
    };
    Figures {
        persons: counts.persons,
        failed: curve.table().events(),
        not_mature: counts.ends.get(&End::NotMature).copied().unwrap_or(0),
        ends: ends(counts, definition),
        at: query
            .at
            .iter()
            .map(|time| reading(&curve, *time, query))
            .collect(),
        quantiles: SHARES.into_iter().map(quantile).collect(),
        restricted_mean: RestrictedMean {
            horizon,
            mean: mean.mean,
            standard_error: mean.standard_error,
            extrapolated: mean.extrapolated,
        },
        causes: causes(counts, definition, query),
        windows: windows(counts, definition, query),
    }
}

pub(super) fn reading(curve: &Curve, time: i64, query: &Query) -> Reading {
    let point = curve.at(time);
    Reading {
        time,
        at_risk: point.at_risk,
        failed: curve.table().events_to(time),
        survival: point.survival,
        standard_error: point.standard_error,
        interval: curve.interval(time, query.interval.measure(), query.level),
        cumulative_hazard: point.cumulative_hazard,
        cumulative_hazard_error: point.cumulative_hazard_error,
    }
}

/// Every end that can be, those that nobody had too.
fn ends(counts: &Counts, definition: &Definition) -> Vec<EndCount> {
    let terms = definition.terms();
    let causes = (0_u16..).zip(definition.causes());
    let mut all: Vec<(End, &'static str, &str)> = causes
        .map(|(number, cause)| (End::Failed(number), "failed", cause.as_str()))
        .collect();
    let competing = terms.ends.competing.iter();
    all.extend(competing.map(|kind| (End::Competed(*kind), "competing", kind.as_str())));
    let censoring = terms.ends.censoring.iter();
    all.extend(censoring.map(|kind| (End::Censored(*kind), "censored", kind.as_str())));
    all.extend([
        (End::Complete, "complete", "complete"),
        (End::Open, "open", "open"),
        (End::NotMature, "not-mature", "not-mature"),
    ]);
    all.into_iter()
        .map(|(end, role, name)| EndCount {
            role,
            end: name.to_owned(),
            persons: counts.ends.get(&end).copied().unwrap_or(0),
        })
        .collect()
}

/// Causes in the order of their numbers: failures, then competing ends.
pub(super) fn cause_names(definition: &Definition) -> Vec<String> {
    let competing = definition.terms().ends.competing.iter();
    let competing = competing.map(|kind| kind.as_str().to_owned());
    definition
        .causes()
        .iter()
        .cloned()
        .chain(competing)
        .collect()
}

fn causes(counts: &Counts, definition: &Definition, query: &Query) -> Vec<Causes> {
    let incidences = counts.risk_table(true).aalen_johansen();
    let failures = definition.causes().len();
    let names = cause_names(definition).into_iter().enumerate();
    names
        .map(|(number, name)| {
            let cause = Cause(u16::try_from(number).unwrap_or(u16::MAX));
            let at = query.at.iter().map(|time| {
                let incidence = incidences.at(*time, cause);
                let scale = query.interval.measure();
                Incidence {
                    time: *time,
                    share: incidence.share,
                    standard_error: incidence.standard_error,
                    interval: incidences.interval(*time, cause, scale, query.level),
                }
            });
            Causes {
                cause: name,
                failure: number < failures,
                at: at.collect(),
            }
        })
        .collect()
}

fn windows(counts: &Counts, definition: &Definition, query: &Query) -> Vec<Window> {
    let months = &definition.terms().windows.months;
    let with_counting = definition.terms().counting.is_some();
    let mut windows = Vec::with_capacity(months.len());
    for (place, months) in months.iter().enumerate() {
        let mut tally = Tally::default();
        let (mut failed_so_far, mut reoffending) = (0, Reoffending::default());
        for origin in counts.by_origin.values() {
            let Some(window) = origin.windows.get(place) else {
                continue;
            };
            tally = sum(tally, window.tally);
            failed_so_far += window.failed_so_far;
            reoffending.persons += window.reoffending.persons;
            reoffending.failed += window.reoffending.failed;
            reoffending.failures += window.reoffending.failures;
            reoffending.severity_points += window.reoffending.severity_points;
        }
        windows.push(Window {
            months: *months,
            failed: tally.yes,
            not_failed: tally.no,
            competing: tally.competed,
            censored: tally.lost,
            not_yet: tally.not_yet,
            not_yet_failed: failed_so_far,
            share: tally.share().map(|share| share_of(share, query.level)),
            bounds: bounds(tally),
            reoffending: with_counting.then(|| Reoffended {
                failures: reoffending.failures,
                per_100_persons: reoffending.frequency().map(Rate::per_100),
                per_100_interval: reoffending
                    .frequency()
                    .and_then(|rate| rate.interval_per_100(query.level)),
                per_person_failed: reoffending.failures_per_failed(),
                severity_per_100_persons: reoffending.severity_per_100(),
            }),
        });
    }
    windows
}

fn bounds(tally: Tally) -> Option<(f64, f64)> {
    let due = tally.persons().saturating_sub(tally.not_yet);
    let least = Proportion::new(tally.yes, due)?;
    let most = Proportion::new(tally.yes.saturating_add(tally.lost), due)?;
    Some((least.share(), most.share()))
}

/// Two tallies of different persons together.
pub(super) const fn sum(a: Tally, b: Tally) -> Tally {
    Tally {
        yes: a.yes.saturating_add(b.yes),
        no: a.no.saturating_add(b.no),
        competed: a.competed.saturating_add(b.competed),
        lost: a.lost.saturating_add(b.lost),
        not_yet: a.not_yet.saturating_add(b.not_yet),
    }
}

pub(super) fn share_of(share: Proportion, level: f64) -> Share {
    Share {
        part: share.part(),
        whole: share.whole(),
        share: share.share(),
        wilson: share.wilson(level),
        clopper_pearson: share.clopper_pearson(level),
    }
}
