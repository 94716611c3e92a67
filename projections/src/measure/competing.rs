//! Several causes that compete: the Aalen-Johansen cumulative incidence.
//!
//! Who died or left the country can no longer be arrested here. Censoring such persons, as one minus
//! Kaplan-Meier does, answers what would happen if nobody died or left, and overstates what does
//! happen. The cumulative incidence of a cause is the share that has failed of it, of everybody.
//!
//! Sources: Aalen and Johansen (1978); for the variance Dinse and Larson (1986), Marubini and
//! Valsecchi (1995, section 10.3): each time's failures by cause are one multinomial draw. Without
//! delayed entry this equals the infinitesimal jackknife of `survfit` of the R package `survival`
//! for multi-state data; with it R's figure differs slightly, as it follows each person.

use super::interval::Interval;
use super::real;
use super::risk::{Cause, RiskTable, Row};

impl RiskTable {
    /// The Aalen-Johansen estimate of all causes at once. R: `survfit(Surv(time, factor) ~ 1)`.
    pub fn aalen_johansen(&self) -> Incidences {
        let mut survival = 1.0;
        let mut incidence: Vec<(Cause, f64)> = self.causes().map(|cause| (cause, 0.0)).collect();
        let mut steps = Vec::new();
        for row in self.rows().iter().filter(|row| row.events > 0) {
            let n = real(row.at_risk);
            let before = survival;
            for (cause, sum) in &mut incidence {
                *sum += before * real(row.by_cause.get(cause).copied().unwrap_or(0)) / n;
            }
            survival *= (n - real(row.events)) / n;
            steps.push(Step {
                row: row.clone(),
                before,
                survival,
                incidence: incidence.clone(),
            });
        }
        Incidences { steps }
    }
}

/// From one failure time until the next.
#[derive(Debug, Clone)]
struct Step {
    row: Row,
    /// Share free of any failure just before.
    before: f64,
    survival: f64,
    incidence: Vec<(Cause, f64)>,
}

impl Step {
    fn incidence(&self, cause: Cause) -> f64 {
        let known = self.incidence.iter().find(|(known, _)| *known == cause);
        known.map_or(0.0, |(_, incidence)| *incidence)
    }
}

/// Cumulative incidences by cause, and the share free of any failure.
#[derive(Debug, Clone)]
pub struct Incidences {
    steps: Vec<Step>,
}

/// The cumulative incidence of one cause at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Incidence {
    /// Share that has failed of this cause, 0 to 1.
    pub share: f64,
    /// Its standard error; 0 before the first failure of any cause.
    pub standard_error: f64,
}

impl Incidences {
    fn until(&self, time: i64) -> &[Step] {
        let after = self.steps.partition_point(|step| step.row.time <= time);
        self.steps.get(..after).unwrap_or_default()
    }

    /// Share free of any failure after `time`: the Kaplan-Meier curve of all causes together.
    pub fn survival(&self, time: i64) -> f64 {
        self.until(time).last().map_or(1.0, |step| step.survival)
    }

    /// The causes that occur, in order.
    pub fn causes(&self) -> impl Iterator<Item = Cause> {
        let known = self.steps.first().map(|step| step.incidence.as_slice());
        known.unwrap_or_default().iter().map(|(cause, _)| *cause)
    }

    /// The incidence of `cause` up to and including `time`. All causes and [`Self::survival`] add up
    /// to 1. A cause that never occurs has 0.
    pub fn at(&self, time: i64, cause: Cause) -> Incidence {
        let steps = self.until(time);
        let share = steps.last().map_or(0.0, |step| step.incidence(cause));
        let variance: f64 = steps
            .iter()
            .map(|step| {
                let n = real(step.row.at_risk);
                let d = real(step.row.events);
                let of_cause = real(step.row.by_cause.get(&cause).copied().unwrap_or(0));
                // What the rest of the incidence loses when one more fails here, of any cause.
                let lost = if step.row.events < step.row.at_risk {
                    (share - step.incidence(cause)) * n / (n - d)
                } else {
                    0.0
                };
                let gained = step.before - lost;
                let square = of_cause * gained * gained + (d - of_cause) * lost * lost;
                let mean = of_cause * gained - (d - of_cause) * lost;
                (square - mean * mean / n) / (n * n)
            })
            .sum();
        Incidence {
            share,
            standard_error: variance.max(0.0).sqrt(),
        }
    }

    /// The confidence interval of an incidence on a scale of the incidence itself, as R's
    /// `survfit(conf.type =)` for multi-state data. `None` where [`Interval::around`] says so.
    pub fn interval(
        &self,
        time: i64,
        cause: Cause,
        scale: Interval,
        level: f64,
    ) -> Option<(f64, f64)> {
        let incidence = self.at(time, cause);
        scale.around(incidence.share, incidence.standard_error, level)
    }
}
