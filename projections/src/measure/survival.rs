//! Time to a first event: risk tables and the Kaplan-Meier curve.
//!
//! Sources: Kaplan and Meier (1958); Greenwood (1926) for the variance; Kalbfleisch and Prentice
//! (1980) for the log-log interval. Checked against `survfit` of the R package `survival`.

use std::collections::BTreeMap;

/// Some people whose time under observation ended alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    time: i64,
    failed: bool,
    count: u64,
}

impl Exit {
    /// `count` people failed at `time`.
    pub const fn event(time: i64, count: u64) -> Self {
        Self {
            time,
            failed: true,
            count,
        }
    }

    /// Observation of `count` people ended at `time` without a failure.
    pub const fn censored(time: i64, count: u64) -> Self {
        Self {
            time,
            failed: false,
            count,
        }
    }
}

/// Failures and censorings by time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RiskTable {
    /// By time: failures, censorings.
    exits: BTreeMap<i64, (u64, u64)>,
    total: u64,
}

impl RiskTable {
    /// Adds up exits.
    pub fn from_exits(exits: impl IntoIterator<Item = Exit>) -> Self {
        let mut table = Self::default();
        for exit in exits {
            let (failed, censored) = table.exits.entry(exit.time).or_default();
            *(if exit.failed { failed } else { censored }) += exit.count;
            table.total += exit.count;
        }
        table
    }

    /// People under observation and free of failure just before `time`.
    pub fn at_risk(&self, time: i64) -> u64 {
        self.total
            - self
                .exits
                .range(..time)
                .map(|(_, (f, c))| f + c)
                .sum::<u64>()
    }

    /// Failures up to and including `time`.
    pub fn events_to(&self, time: i64) -> u64 {
        self.exits
            .range(..=time)
            .map(|(_, (failed, _))| failed)
            .sum()
    }

    /// The Kaplan-Meier curve; failures come before censorings of the same time.
    pub fn kaplan_meier(&self) -> Curve {
        let mut points = Vec::new();
        let (mut at_risk, mut survival, mut sum) = (self.total, 1.0, 0.0);
        for (time, (failed, censored)) in &self.exits {
            if *failed > 0 {
                let (n, d) = (real(at_risk), real(*failed));
                survival *= (n - d) / n;
                sum += d / (n * (n - d));
                points.push(Point {
                    time: *time,
                    survival,
                    greenwood: sum,
                });
            }
            at_risk -= failed + censored;
        }
        Curve { points }
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "people are far below 2^52"
)]
fn real(count: u64) -> f64 {
    count as f64
}

/// A step of the curve.
#[derive(Debug, Clone, Copy)]
struct Point {
    time: i64,
    survival: f64,
    greenwood: f64,
}

/// The curve's value at one time.
#[derive(Debug, Clone, Copy)]
pub struct Value {
    /// Share free of failure.
    pub survival: f64,
    /// Greenwood's standard error; 0 before the first failure.
    pub standard_error: f64,
}

/// On which scale an interval is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// log(-log S).
    LogLog,
}

/// A Kaplan-Meier curve.
#[derive(Debug, Clone)]
pub struct Curve {
    points: Vec<Point>,
}

impl Curve {
    fn point(&self, time: i64) -> Option<&Point> {
        let after = self.points.partition_point(|point| point.time <= time);
        after.checked_sub(1).and_then(|last| self.points.get(last))
    }

    /// The curve at a time.
    pub fn at(&self, time: i64) -> Value {
        self.point(time).map_or(
            Value {
                survival: 1.0,
                standard_error: 0.0,
            },
            |point| Value {
                survival: point.survival,
                standard_error: point.survival * point.greenwood.sqrt(),
            },
        )
    }

    /// A confidence interval at a time; `None` before the first failure and once nobody is left.
    pub fn interval(&self, time: i64, scale: Interval, level: f64) -> Option<(f64, f64)> {
        use statrs::distribution::{ContinuousCDF, Normal};
        let point = self.point(time).filter(|point| point.survival > 0.0)?;
        let z = Normal::standard().inverse_cdf(0.5 + level / 2.0);
        match scale {
            Interval::LogLog => {
                let log = point.survival.ln();
                let half = z * point.greenwood.sqrt() / log.abs();
                let bound = |sign: f64| (log * (sign * half).exp()).exp();
                Some((bound(1.0), bound(-1.0)))
            }
        }
    }
}
