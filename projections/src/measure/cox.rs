//! Cox's proportional hazards: how covariates raise or lower the rate of failure.
//!
//! Sources: Cox (1972); Efron (1977) and Breslow (1974) for ties; Andersen and Gill (1982) for rows
//! `(start, stop]`, with which covariates may change with time and persons may enter late or leave for
//! a while. Checked against `coxph` of the R package `survival`: the same Newton-Raphson with step
//! halving from coefficients of 0.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use serde::Serialize;
use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

pub use super::concordance::Concordance;
use super::interval::normal_quantile;
use super::partial::{Likelihood, Terms};
use super::{real, real_time};

/// Most steps and halvings of the search.
const ITERATIONS_MAX: u32 = 40;
/// The search ends once the log-likelihood changes by less than this share. R stops at 1e-9.
const CHANGE_MIN: f64 = 1e-11;
/// A coefficient that would still move by this much (in mean absolute deviations of its covariate)
/// once the likelihood stands still is on its way to infinity.
const STEP_MAX: f64 = 1e-4;
/// A covariate with less than this share of its own information left, given those before it, is a
/// combination of them (R: `toler.chol`). One with less than this per failure never varies among those
/// at risk together: what is left is rounding.
const INFORMATION_MIN: f64 = 1e-10;

/// How failures at equal times are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// Efron (1977): close to exact; R's default.
    #[default]
    Efron,
    /// Breslow (1974): quicker, and biased towards 0 with many ties.
    Breslow,
}

impl Ties {
    /// Every way.
    pub const ALL: [Self; 2] = [Self::Efron, Self::Breslow];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Efron => "efron",
            Self::Breslow => "breslow",
        }
    }
}

/// Some persons over an interval in which their covariates stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Persons are compared within a stratum only; strata share coefficients.
    pub stratum: u32,
    /// At risk only after this time; `None`: from the origin on.
    pub start: Option<i64>,
    /// The interval's last time.
    pub stop: i64,
    /// They fail at `stop`.
    pub event: bool,
    /// How many persons the row stands for; as that many rows.
    pub count: u64,
    /// Covariates: flags, ages, counts.
    pub covariates: Vec<i64>,
}

/// Why a model has no estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CoxError {
    /// Rows disagree on how many covariates there are.
    #[error("row {row} has {found} covariates where the first has {expected}")]
    UnequalRows {
        /// The row, from 0.
        row: usize,
        /// Its covariates.
        found: usize,
        /// Covariates of the first row.
        expected: usize,
    },
    /// A row in which nobody can be at risk.
    #[error("row {row} ends no later than it begins")]
    EmptyInterval {
        /// The row, from 0.
        row: usize,
    },
    /// There is nothing to explain.
    #[error("no row with persons fails")]
    NoEvents,
    /// There is nothing to explain it by.
    #[error("rows have no covariates")]
    NoCovariates,
    /// A covariate that never varies among those at risk together, or that follows from others.
    #[error("covariate {covariate} says nothing beyond the ones before it")]
    Redundant {
        /// The covariate, from 0.
        covariate: usize,
    },
    /// A covariate that separates those who fail from the others: the likelihood has no maximum.
    #[error("coefficient of covariate {covariate} grows without bound")]
    Unbounded {
        /// The covariate, from 0.
        covariate: usize,
    },
    /// The search did not end.
    #[error("no maximum of the likelihood after {ITERATIONS_MAX} steps")]
    NotConverged,
}

/// One covariate's coefficient: the log of its hazard ratio per unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl Coefficient {
    /// Hazard ratio of one unit more.
    pub fn hazard_ratio(self) -> f64 {
        self.value.exp()
    }

    /// Interval of the hazard ratio; `None` if `level` is not strictly between 0 and 1.
    pub fn interval(self, level: f64) -> Option<(f64, f64)> {
        let half = normal_quantile(level)? * self.standard_error;
        Some(((self.value - half).exp(), (self.value + half).exp()))
    }

    /// Wald's test: the estimate in standard errors.
    pub fn z(self) -> f64 {
        self.value / self.standard_error
    }

    /// Probability of an estimate at least so far from 0 if it were 0.
    pub fn p(self) -> f64 {
        2.0 * Normal::standard().sf(self.z().abs())
    }
}

/// A test of all coefficients being 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// The test statistic.
    pub chi2: f64,
    /// Probability of one at least so large if all coefficients were 0.
    pub p: f64,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// By covariate, in the order of the rows' covariates.
    pub coefficients: Vec<Coefficient>,
    /// Covariances of coefficients, by covariate and covariate.
    pub covariances: Vec<Vec<f64>>,
    /// Log partial likelihood with all coefficients 0.
    pub log_likelihood_null: f64,
    /// Log partial likelihood of the estimate.
    pub log_likelihood: f64,
    /// Likelihood-ratio test.
    pub likelihood_ratio: Test,
    /// Score test; for one flag and no ties it is the log-rank test.
    pub score: Test,
    /// How well the model ranks persons.
    pub concordance: Concordance,
    /// Steps and halvings that the search took.
    pub iterations: u32,
}

/// Fits the model to rows in any order. R: `coxph(Surv(start, stop, event) ~ ..., ties = ...)`, with
/// `+ strata(...)` for strata; a row's count is that many equal rows, not a case weight.
///
/// # Errors
/// See [`CoxError`]: rows that cannot be, nothing to explain, or no estimate.
pub fn fit(rows: &[Row], ties: Ties) -> Result<Fit, CoxError> {
    let (covariates, events) = check(rows)?;
    let likelihood = Likelihood::new(rows, covariates, ties);
    let null = likelihood.at(&DVector::zeros(covariates));
    let root = informed(&null.information, real(events))?;
    let score = test(null.score.dot(&root.solve(&null.score)), covariates);
    let found = search(&likelihood, &null, &root)?;

    let unit = &likelihood.spread;
    let beta = found.beta.component_div(unit);
    let covariance = found.covariance.component_div(&(unit * unit.transpose()));
    // The inverse is symmetric but for rounding.
    let covariance = (&covariance + covariance.transpose()) / 2.0;
    let variances = covariance.diagonal();
    let coefficients = beta.iter().zip(variances.iter());
    let risks: Vec<f64> = rows
        .iter()
        .map(|row| {
            let terms = row.covariates.iter().zip(beta.iter());
            terms.fold(0.0, |sum, (x, b)| sum + real_time(*x) * b)
        })
        .collect();
    Ok(Fit {
        coefficients: coefficients
            .map(|(value, variance)| Coefficient {
                value: *value,
                standard_error: variance.sqrt(),
            })
            .collect(),
        covariances: covariance
            .row_iter()
            .map(|row| row.iter().copied().collect())
            .collect(),
        log_likelihood_null: null.value,
        log_likelihood: found.value,
        likelihood_ratio: test(2.0 * (found.value - null.value), covariates),
        score,
        concordance: Concordance::of(rows, &risks),
        iterations: found.iterations,
    })
}

/// How many covariates and failures there are, if rows can be at all.
fn check(rows: &[Row]) -> Result<(usize, u64), CoxError> {
    let expected = rows.first().map_or(0, |row| row.covariates.len());
    for (place, row) in rows.iter().enumerate() {
        let found = row.covariates.len();
        if found != expected {
            return Err(CoxError::UnequalRows {
                row: place,
                found,
                expected,
            });
        }
        if row.start.is_some_and(|start| start >= row.stop) {
            return Err(CoxError::EmptyInterval { row: place });
        }
    }
    let failing = rows.iter().filter(|row| row.event);
    let events = failing.map(|row| row.count).sum();
    if events == 0 {
        return Err(CoxError::NoEvents);
    }
    if expected == 0 {
        return Err(CoxError::NoCovariates);
    }
    Ok((expected, events))
}

fn test(chi2: f64, degrees: usize) -> Test {
    let law = u32::try_from(degrees).map(f64::from).map(ChiSquared::new);
    let p = law.map_or(f64::NAN, |law| law.map_or(f64::NAN, |law| law.sf(chi2)));
    Test { chi2, p }
}

/// The root of the information, if each covariate adds to it.
fn informed(information: &DMatrix<f64>, events: f64) -> Result<Cholesky<f64, Dyn>, CoxError> {
    let mut root = None;
    for covariate in 0..information.ncols() {
        let size = covariate + 1;
        let part = information.view((0, 0), (size, size)).into_owned();
        let own = part.diagonal().iter().next_back().copied().unwrap_or(0.0);
        root = Cholesky::new(part).filter(|root| {
            let left = root.l_dirty().diagonal().iter().next_back().copied();
            left.is_some_and(|left| left * left > own.max(events) * INFORMATION_MIN)
        });
        if root.is_none() {
            return Err(CoxError::Redundant { covariate });
        }
    }
    root.ok_or(CoxError::NoCovariates)
}

/// The maximum of the likelihood, in the units that rows were made ready in.
struct Found {
    beta: DVector<f64>,
    covariance: DMatrix<f64>,
    value: f64,
    iterations: u32,
}

/// Newton and Raphson's search from 0. A step that lowers the likelihood is halved, and halved again,
/// until it does not.
fn search(
    likelihood: &Likelihood,
    null: &Terms,
    root: &Cholesky<f64, Dyn>,
) -> Result<Found, CoxError> {
    let mut best = DVector::zeros(null.score.len());
    let mut trial = root.solve(&null.score);
    let mut value = null.value;
    let mut halvings = 0.0;
    for iterations in 1..=ITERATIONS_MAX {
        let terms = likelihood.at(&trial);
        let still = (terms.value - value).abs() <= CHANGE_MIN * terms.value.abs();
        if halvings < 1.0 && still {
            return found(trial, &terms, iterations);
        }
        if terms.value.is_finite() && terms.value >= value {
            let root = Cholesky::new(terms.information).ok_or_else(|| unbounded(&trial))?;
            let next = &trial + root.solve(&terms.score);
            best = std::mem::replace(&mut trial, next);
            value = terms.value;
            halvings = 0.0;
        } else {
            halvings += 1.0;
            trial = (trial + &best * halvings) / (halvings + 1.0);
        }
    }
    Err(CoxError::NotConverged)
}

fn found(beta: DVector<f64>, terms: &Terms, iterations: u32) -> Result<Found, CoxError> {
    let root = Cholesky::new(terms.information.clone()).ok_or_else(|| unbounded(&beta))?;
    let step = root.solve(&terms.score);
    if step.amax() > STEP_MAX {
        return Err(unbounded(&step));
    }
    Ok(Found {
        beta,
        covariance: root.inverse(),
        value: terms.value,
        iterations,
    })
}

fn unbounded(beta: &DVector<f64>) -> CoxError {
    CoxError::Unbounded {
        covariate: beta.iamax(),
    }
}
