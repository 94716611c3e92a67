//! Time to a first event: the Kaplan-Meier curve, the Nelson-Aalen hazard, and what is read off them.
//!
//! Sources: Kaplan and Meier (1958); Greenwood (1926) for the variance; Nelson (1969) and Aalen
//! (1978) for the cumulative hazard; Brookmeyer and Crowley (1982) for intervals of quantiles; Irwin
//! (1949) and Klein and Moeschberger (2003, section 4.5) for the restricted mean. Checked against
//! `survfit`, `quantile` and `print(rmean =)` of the R package `survival`.

pub use super::interval::Interval;
pub use super::risk::{Cause, Exit, Kind, RiskTable, Row, Spell, SpellError};
use super::{real, real_time};

/// How close a curve must come to a quantile to lie on it: R's square root of the float's precision.
const ON_THE_LINE: f64 = 1.490_116_119_384_765_6e-8;

impl RiskTable {
    /// The Kaplan-Meier curve (1958) with Greenwood's variance (1926), and the Nelson-Aalen hazard
    /// beside it. R: `survfit(Surv(...) ~ 1)`.
    pub fn kaplan_meier(&self) -> Curve {
        let mut steps = Vec::new();
        let mut last = Step::START;
        for row in self.rows().iter().filter(|row| row.events > 0) {
            let (n, d) = (real(row.at_risk), real(row.events));
            let greenwood = if row.events < row.at_risk {
                d / (n * (n - d))
            } else {
                0.0
            };
            last = Step {
                time: row.time,
                survival: last.survival * (n - d) / n,
                greenwood_term: greenwood,
                greenwood: last.greenwood + greenwood,
                hazard: last.hazard + d / n,
                hazard_variance: last.hazard_variance + d / (n * n),
            };
            steps.push(last);
        }
        Curve {
            table: self.clone(),
            steps,
        }
    }
}

/// The curve from one failure time until the next.
#[derive(Debug, Clone, Copy)]
struct Step {
    time: i64,
    survival: f64,
    /// `d / (n (n - d))` at this time, and its sum so far; 0 where nobody is left, for there the
    /// variance `S^2 * sum` tends to 0.
    greenwood_term: f64,
    greenwood: f64,
    hazard: f64,
    hazard_variance: f64,
}

impl Step {
    /// Before the first failure.
    const START: Self = Self {
        time: i64::MIN,
        survival: 1.0,
        greenwood_term: 0.0,
        greenwood: 0.0,
        hazard: 0.0,
        hazard_variance: 0.0,
    };

    fn standard_error(&self) -> f64 {
        self.survival * self.greenwood.sqrt()
    }
}

/// The curve at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The time asked for.
    pub time: i64,
    /// Persons at risk just before it (see [`RiskTable::at_risk`]).
    pub at_risk: u64,
    /// Failures at exactly this time.
    pub events: u64,
    /// Observations that ended at exactly this time without a failure.
    pub censored: u64,
    /// Share free of failure after this time, 0 to 1.
    pub survival: f64,
    /// Greenwood's standard error of the share. It is 0 before the first failure, and 0 once the
    /// share is 0, where R says NaN.
    pub standard_error: f64,
    /// Nelson-Aalen cumulative hazard.
    pub cumulative_hazard: f64,
    /// Aalen's standard error of the hazard (R: `std.chaz`).
    pub cumulative_hazard_error: f64,
}

/// A quantile of the time to failure, in the caller's unit; a half where the curve is level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// When the curve has come down to it; `None` if it never does.
    pub time: Option<f64>,
    /// Lower limit of the interval.
    pub lower: Option<f64>,
    /// Upper limit; often `None` in small groups.
    pub upper: Option<f64>,
}

/// Mean time free of failure up to a horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RestrictedMean {
    /// Area under the curve from 0 to the horizon, in the caller's unit.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The horizon lies beyond the last observation while some were still free of failure: the curve
    /// was drawn on level, as R does, and says more than the data.
    pub extrapolated: bool,
}

/// A Kaplan-Meier curve.
#[derive(Debug, Clone)]
pub struct Curve {
    table: RiskTable,
    steps: Vec<Step>,
}

impl Curve {
    /// The table that the curve was made from.
    pub const fn table(&self) -> &RiskTable {
        &self.table
    }

    fn step(&self, time: i64) -> &Step {
        let after = self.steps.partition_point(|step| step.time <= time);
        let last = after.checked_sub(1).and_then(|last| self.steps.get(last));
        last.unwrap_or(&Step::START)
    }

    /// The curve at `time`, failures at `time` included. R: `summary(fit, times = time)`, except
    /// that `events` and `censored` are those of this time alone.
    pub fn at(&self, time: i64) -> Point {
        let step = self.step(time);
        let row = self.table.row(time);
        Point {
            time,
            at_risk: self.table.at_risk(time),
            events: row.map_or(0, |row| row.events),
            censored: row.map_or(0, |row| row.censored),
            survival: step.survival,
            standard_error: step.standard_error(),
            cumulative_hazard: step.hazard,
            cumulative_hazard_error: step.hazard_variance.sqrt(),
        }
    }

    /// The curve at each time at which somebody failed or was censored, in order.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        let left = |row: &&Row| row.events > 0 || row.censored > 0;
        let rows = self.table.rows().iter().filter(left);
        rows.map(|row| self.at(row.time))
    }

    /// The confidence interval of the share at `time`. R: `survfit(conf.type =, conf.int = level)`.
    ///
    /// `None` once nobody is left free of failure, before the first failure on the log-log scale, and
    /// if `level` is not strictly between 0 and 1.
    pub fn interval(&self, time: i64, scale: Interval, level: f64) -> Option<(f64, f64)> {
        let step = Some(self.step(time)).filter(|step| step.survival > 0.0)?;
        scale.around(step.survival, step.standard_error(), level)
    }

    /// When a `share` (0.5: the median) has failed, with the interval of Brookmeyer and Crowley (1982):
    /// the times at which the limits of the curve come down to it. R: `quantile(fit, share)`.
    ///
    /// Where the curve is level exactly at the share, the answer is the middle of that level.
    /// Everything is `None` if `share` or `level` is not strictly between 0 and 1.
    pub fn quantile(&self, share: f64, scale: Interval, level: f64) -> Quantile {
        let limit = |side: fn((f64, f64)) -> f64| {
            self.reaches(share, |step| {
                let left = Some(step).filter(|step| step.survival > 0.0)?;
                let around = scale.around(left.survival, left.standard_error(), level)?;
                Some(side(around))
            })
        };
        Quantile {
            time: self.reaches(share, |step| Some(step.survival)),
            lower: limit(|(lower, _)| lower),
            upper: limit(|(_, upper)| upper),
        }
    }

    /// The median. R: `print(fit)`.
    pub fn median(&self, scale: Interval, level: f64) -> Quantile {
        self.quantile(0.5, scale, level)
    }

    /// When a line over the steps comes down to `1 - share`.
    fn reaches(&self, share: f64, line: impl Fn(&Step) -> Option<f64>) -> Option<f64> {
        if !super::interval::inside(share) {
            return None;
        }
        let mut level_since = None;
        for step in &self.steps {
            let Some(failed) = line(step).map(|value| 1.0 - value) else {
                continue;
            };
            let time = real_time(step.time);
            if failed >= share + ON_THE_LINE {
                return Some(level_since.map_or(time, |since| f64::midpoint(since, time)));
            }
            if failed >= share - ON_THE_LINE && level_since.is_none() {
                level_since = Some(time);
            }
        }
        let last = self.table.rows().last()?;
        level_since.map(|since| f64::midpoint(since, real_time(last.time)))
    }

    /// First failure within `[from, to)` among those free of it until `from`, with its standard error
    /// (Greenwood's, of the steps within); 1 minus it is the curve's fall over the period. `None` if
    /// nobody is left at `from`.
    pub fn first_failure_within(&self, from: i64, to: i64) -> Option<(f64, f64)> {
        let before = Some(self.step(from.saturating_sub(1))).filter(|step| step.survival > 0.0)?;
        let after = self.step(to.max(from).saturating_sub(1));
        let free = after.survival / before.survival;
        let spread = (after.greenwood - before.greenwood).max(0.0).sqrt();
        Some((1.0 - free, free * spread))
    }

    /// Mean time free of failure from 0 up to `horizon`, with its standard error. R:
    /// `print(fit, rmean = horizon)`.
    pub fn restricted_mean(&self, horizon: i64) -> RestrictedMean {
        let within = self.steps.partition_point(|step| step.time <= horizon);
        let steps = self.steps.get(..within).unwrap_or_default();
        // Backwards, so that the area right of each failure, which its variance needs, is at hand.
        let (mut area, mut variance, mut until) = (0.0, 0.0, horizon);
        for step in steps.iter().rev() {
            area += step.survival * real_time(until.saturating_sub(step.time));
            variance += area * area * step.greenwood_term;
            until = step.time;
        }
        let last = self.table.rows().last().map_or(0, |row| row.time);
        let left = steps.last().unwrap_or(&Step::START).survival > 0.0;
        RestrictedMean {
            mean: area + real_time(until),
            standard_error: variance.sqrt(),
            extrapolated: horizon > last && left,
        }
    }
}
