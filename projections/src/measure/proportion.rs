//! Shares of a whole and rates per 100, with intervals that hold in small groups.
//!
//! Sources: Wilson (1927) (R: `prop.test(correct = FALSE)`); Clopper and Pearson (1934) (R:
//! `binom.test`); Garwood (1936) for counts (R: `poisson.test`); frequency and severity as in the
//! proven-reoffending statistics of the Ministry of Justice of England and Wales.

use statrs::distribution::{Beta, ContinuousCDF, Gamma};

use super::interval::{inside, normal_quantile};
use super::real;

/// Some of all: never more than all, and of at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proportion {
    part: u64,
    whole: u64,
}

impl Proportion {
    /// `part` of `whole`; `None` of nobody, or if there are more than all.
    pub const fn new(part: u64, whole: u64) -> Option<Self> {
        if whole > 0 && part <= whole {
            Some(Self { part, whole })
        } else {
            None
        }
    }

    /// How many.
    pub const fn part(self) -> u64 {
        self.part
    }

    /// Of how many: show it beside every share.
    pub const fn whole(self) -> u64 {
        self.whole
    }

    /// The share, 0 to 1.
    pub fn share(self) -> f64 {
        real(self.part) / real(self.whole)
    }

    /// The share per 100.
    pub fn per_100(self) -> f64 {
        100.0 * self.share()
    }

    /// The score interval of Wilson (1927): narrow, good in small groups, never empty at 0 or 1.
    /// `None` if `level` is not strictly between 0 and 1.
    pub fn wilson(self, level: f64) -> Option<(f64, f64)> {
        let z = normal_quantile(level)?;
        let (p, n) = (self.share(), real(self.whole));
        let middle = p + z * z / (2.0 * n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z * z / n;
        // At none and at all the difference is 0 by algebra, but not by rounding.
        let lower = match self.part {
            0 => 0.0,
            _ => (middle - half) / scale,
        };
        let upper = if self.part == self.whole {
            1.0
        } else {
            (middle + half) / scale
        };
        Some((lower, upper))
    }

    /// The exact interval of Clopper and Pearson (1934): covers at least `level`, often much more.
    /// `None` if `level` is not strictly between 0 and 1.
    pub fn clopper_pearson(self, level: f64) -> Option<(f64, f64)> {
        let tail = Some(level)
            .filter(|level| inside(*level))?
            .mul_add(-0.5, 0.5);
        let (x, n) = (real(self.part), real(self.whole));
        let bound = |a: f64, b: f64, p: f64| Some(Beta::new(a, b).ok()?.inverse_cdf(p));
        let lower = match self.part {
            0 => 0.0,
            _ => bound(x, n - x + 1.0, tail)?,
        };
        let upper = if self.part == self.whole {
            1.0
        } else {
            // The upper tail from below, where floats are dense.
            1.0 - bound(n - x, x + 1.0, tail)?
        };
        Some((lower, upper))
    }
}

/// Events in an exposure, for instance arrests in person-years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    events: u64,
    exposure: u64,
}

impl Rate {
    /// `events` in an `exposure` of one unit (persons, person-days); `None` in no exposure.
    pub const fn new(events: u64, exposure: u64) -> Option<Self> {
        if exposure > 0 {
            Some(Self { events, exposure })
        } else {
            None
        }
    }

    /// Events per 100 units of exposure.
    pub fn per_100(self) -> f64 {
        100.0 * real(self.events) / real(self.exposure)
    }

    /// Exact interval of the rate per 100 (Garwood 1936). It holds where events come one by one; where
    /// few persons have many events each it is too narrow. `None` if `level` is not strictly between 0
    /// and 1.
    pub fn interval_per_100(self, level: f64) -> Option<(f64, f64)> {
        let tail = Some(level)
            .filter(|level| inside(*level))?
            .mul_add(-0.5, 0.5);
        let events = real(self.events);
        let bound = |shape: f64, p: f64| Some(Gamma::new(shape, 1.0).ok()?.inverse_cdf(p));
        let lower = match self.events {
            0 => 0.0,
            _ => bound(events, tail)?,
        };
        let upper = bound(events + 1.0, 1.0 - tail)?;
        let scale = 100.0 / real(self.exposure);
        Some((lower * scale, upper * scale))
    }
}

/// How many failed, how often and how gravely: three figures that can move apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reoffending {
    /// Persons in the cohort.
    pub persons: u64,
    /// Those who failed at least once.
    pub failed: u64,
    /// Failures of all of them.
    pub failures: u64,
    /// Points of severity of all failures, by the caller's scale.
    pub severity_points: u64,
}

impl Reoffending {
    /// The binary rate; `None` of nobody.
    pub const fn rate(self) -> Option<Proportion> {
        Proportion::new(self.failed, self.persons)
    }

    /// Frequency: failures in the cohort, per person; `None` of nobody.
    pub const fn frequency(self) -> Option<Rate> {
        Rate::new(self.failures, self.persons)
    }

    /// Failures per person who failed; `None` if nobody did.
    pub fn failures_per_failed(self) -> Option<f64> {
        (self.failed > 0).then(|| real(self.failures) / real(self.failed))
    }

    /// Severity: points per 100 persons of the cohort; `None` of nobody.
    pub fn severity_per_100(self) -> Option<f64> {
        Rate::new(self.severity_points, self.persons).map(Rate::per_100)
    }
}
