//! The partial likelihood of Cox (1972) with its first two derivatives.
//!
//! Ties: Breslow (1974) lets all who fail at one time share one risk set; Efron (1977) lets them leave
//! it one by one, in the mean over all orders.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector};

use super::cox::{Row, Ties};
use super::{real, real_time};

/// Below this share of its former peak a running sum has lost too many digits and is made anew.
const DIGITS_KEPT: f64 = 1e-7;

/// The log partial likelihood at some coefficients.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    /// Its value.
    pub(super) value: f64,
    /// Its gradient.
    pub(super) score: DVector<f64>,
    /// Its negative second derivative.
    pub(super) information: DMatrix<f64>,
}

/// Rows made ready: covariates moved to mean 0 and mean absolute deviation 1, so that coefficients
/// are of one size whatever units the covariates have.
pub(super) struct Likelihood {
    ties: Ties,
    strata: Vec<Vec<Ready>>,
    /// Mean absolute deviation by covariate; 1 for one that never varies.
    pub(super) spread: DVector<f64>,
}

struct Ready {
    start: Option<i64>,
    stop: i64,
    event: bool,
    count: u64,
    x: Vec<f64>,
}

impl Ready {
    fn at_risk(&self, time: i64) -> bool {
        self.stop >= time && self.start.is_none_or(|start| start < time)
    }

    fn eta(&self, beta: &DVector<f64>) -> f64 {
        self.x.iter().zip(beta.iter()).map(|(x, b)| x * b).sum()
    }
}

impl Likelihood {
    /// Every row has `covariates` covariates; the caller has checked.
    pub(super) fn new(rows: &[Row], covariates: usize, ties: Ties) -> Self {
        // Floats add up differently in another order, so rows stand in one order only.
        let mut rows: Vec<&Row> = rows.iter().filter(|row| row.count > 0).collect();
        rows.sort();
        let vector = |row: &Row| {
            let x = row.covariates.iter().map(|x| real_time(*x));
            DVector::from_iterator(covariates, x)
        };
        let total: f64 = rows.iter().map(|row| real(row.count)).sum();
        let mut mean = DVector::zeros(covariates);
        for row in &rows {
            mean.axpy(real(row.count) / total, &vector(row), 1.0);
        }
        let mut spread = DVector::zeros(covariates);
        for row in &rows {
            let deviation = (vector(row) - &mean).abs();
            spread.axpy(real(row.count) / total, &deviation, 1.0);
        }
        spread.apply(|s| *s = if *s > 0.0 { *s } else { 1.0 });
        let mut strata: BTreeMap<u32, Vec<Ready>> = BTreeMap::new();
        for row in &rows {
            strata.entry(row.stratum).or_default().push(Ready {
                start: row.start,
                stop: row.stop,
                event: row.event,
                count: row.count,
                x: ((vector(row) - &mean).component_div(&spread)).data.into(),
            });
        }
        for rows in strata.values_mut() {
            rows.sort_by_key(|row| row.stop);
        }
        Self {
            ties,
            strata: strata.into_values().collect(),
            spread,
        }
    }

    /// The log partial likelihood at `beta`, in the units that the rows were made ready in.
    pub(super) fn at(&self, beta: &DVector<f64>) -> Terms {
        let mut terms = Terms {
            value: 0.0,
            score: DVector::zeros(beta.len()),
            information: DMatrix::zeros(beta.len(), beta.len()),
        };
        for rows in &self.strata {
            self.add_stratum(rows, beta, &mut terms);
        }
        terms
    }

    /// From the last failure time to the first: rows join the risk set at their stop, and leave it
    /// at their start.
    fn add_stratum(&self, rows: &[Ready], beta: &DVector<f64>, terms: &mut Terms) {
        let etas: Vec<f64> = rows.iter().map(|row| row.eta(beta)).collect();
        // Risks matter up to a factor, so the largest is 1 and none overflows.
        let largest = etas.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let rows: Vec<(&Ready, f64)> = rows
            .iter()
            .zip(&etas)
            .map(|(row, eta)| (row, eta - largest))
            .collect();
        let mut joining = rows.clone();
        let mut leaving: Vec<(&Ready, f64)> = rows.clone();
        leaving.retain(|(row, _)| row.start.is_some());
        leaving.sort_by_key(|(row, _)| row.start);

        let mut at_risk = Sums::new(beta.len());
        let mut peak = 0.0_f64;
        while let Some(time) = next_failure(&joining) {
            let mut failing = Failing::new(beta.len());
            while let Some((row, eta)) = joining.pop_if(|(row, _)| row.stop >= time) {
                at_risk.add(row, eta, 1.0);
                if row.event && row.stop == time {
                    failing.add(row, eta);
                }
            }
            peak = peak.max(at_risk.weight);
            let gone = |(row, _): &mut (&Ready, f64)| row.start.is_some_and(|start| start >= time);
            while let Some((row, eta)) = leaving.pop_if(gone) {
                at_risk.add(row, eta, -1.0);
            }
            if at_risk.weight < peak * DIGITS_KEPT {
                at_risk = Sums::new(beta.len());
                for (row, eta) in rows.iter().filter(|(row, _)| row.at_risk(time)) {
                    at_risk.add(row, *eta, 1.0);
                }
                peak = at_risk.weight;
            }
            failing.add_to(terms, &at_risk, self.ties);
        }
    }
}

/// The last failure time among rows that have not joined yet, which stand in order of their stop.
fn next_failure(joining: &[(&Ready, f64)]) -> Option<i64> {
    let last = joining.iter().rev().find(|(row, _)| row.event);
    last.map(|(row, _)| row.stop)
}

/// Weighted sums of 1, x and x x' over some rows. Plain loops: they run for each row at each step.
struct Sums {
    weight: f64,
    first: Vec<f64>,
    /// The lower triangle, row by row.
    second: Vec<f64>,
}

impl Sums {
    fn new(covariates: usize) -> Self {
        Self {
            weight: 0.0,
            first: vec![0.0; covariates],
            second: vec![0.0; covariates * (covariates + 1) / 2],
        }
    }

    fn add(&mut self, row: &Ready, eta: f64, sign: f64) {
        let weight = sign * real(row.count) * eta.exp();
        self.weight += weight;
        let mut second = self.second.iter_mut();
        for (place, (sum, x)) in self.first.iter_mut().zip(&row.x).enumerate() {
            let weighted = weight * x;
            *sum += weighted;
            // In this order, so that the end of a line takes nothing from the next.
            for (other, sum) in row.x.iter().take(place + 1).zip(second.by_ref()) {
                *sum += weighted * other;
            }
        }
    }

    /// The sums less a share of `others`, divided by their weight: weight, mean of x, and of x x'.
    fn mean_without(&self, others: &Self, share: f64) -> (f64, DVector<f64>, DMatrix<f64>) {
        let size = self.first.len();
        let weight = self.weight - share * others.weight;
        let less = |(sum, other): (&f64, &f64)| (sum - share * other) / weight;
        let first = self.first.iter().zip(&others.first).map(less);
        let first = DVector::from_iterator(size, first);
        let mut second = DMatrix::zeros(size, size);
        let mut lower = self.second.iter().zip(&others.second).map(less);
        for row in 0..size {
            for column in 0..=row {
                let value = lower.next().unwrap_or(f64::NAN);
                second.view_mut((row, column), (1, 1)).fill(value);
                second.view_mut((column, row), (1, 1)).fill(value);
            }
        }
        (weight, first, second)
    }
}

/// Those who fail at one time.
struct Failing {
    count: u64,
    eta: f64,
    x: DVector<f64>,
    sums: Sums,
}

impl Failing {
    fn new(covariates: usize) -> Self {
        Self {
            count: 0,
            eta: 0.0,
            x: DVector::zeros(covariates),
            sums: Sums::new(covariates),
        }
    }

    fn add(&mut self, row: &Ready, eta: f64) {
        self.count += row.count;
        self.eta += real(row.count) * eta;
        for (sum, x) in self.x.iter_mut().zip(&row.x) {
            *sum += real(row.count) * x;
        }
        self.sums.add(row, eta, 1.0);
    }

    fn add_to(&self, terms: &mut Terms, at_risk: &Sums, ties: Ties) {
        terms.value += self.eta;
        terms.score += &self.x;
        for place in 0..self.count {
            let gone = match ties {
                Ties::Efron => real(place) / real(self.count),
                Ties::Breslow => 0.0,
            };
            let (weight, mean, square) = at_risk.mean_without(&self.sums, gone);
            terms.value -= weight.ln();
            terms.information += square;
            terms.information.ger(-1.0, &mean, &mean, 1.0);
            terms.score -= mean;
        }
    }
}
