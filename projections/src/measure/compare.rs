//! Do groups differ? Log-rank tests, stratified, and the weighted family of Fleming and Harrington.
//!
//! Sources: Mantel (1966); Peto and Peto (1972); Harrington and Fleming (1982). Checked against
//! `survdiff` of the R package `survival`. Delayed entry and gaps need nothing more, for a risk table
//! says who was at risk; R's function knows only right censoring.

use std::collections::BTreeSet;

use nalgebra::{Cholesky, DMatrix, DVector};
use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::real;
use super::risk::RiskTable;

/// One group's side of a comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Compared {
    /// Persons in the group.
    pub persons: u64,
    /// Failures in it.
    pub events: u64,
    /// Failures, weighted as the test weights them; equal to `events` in a log-rank test.
    pub observed: f64,
    /// Failures that the group would have if all groups failed alike, weighted.
    pub expected: f64,
}

/// The result of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The test statistic.
    pub chi2: f64,
    /// Its degrees of freedom: groups that expect any failure, less one.
    pub degrees: u64,
    /// Probability of a statistic at least so large if all groups failed alike.
    pub p: f64,
    /// Each group, in the order given, summed over strata.
    pub groups: Vec<Compared>,
}

/// Why groups cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// Every stratum names the same groups, an empty table where it has nobody.
    #[error("stratum {stratum} has {found} groups where the first has {expected}")]
    UnequalStrata {
        /// The stratum, from 0.
        stratum: usize,
        /// Its groups.
        found: usize,
        /// Groups of the first stratum.
        expected: usize,
    },
    /// There is nothing to compare.
    #[error("fewer than two groups expect any failure")]
    TooFewGroups,
    /// Groups were never at risk together, so nothing says whether they differ.
    #[error("the groups are not at risk at the same times")]
    Apart,
}

/// The log-rank test of groups (Mantel 1966). R: `survdiff(Surv(...) ~ group)`.
///
/// # Errors
/// Fewer than two groups expect any failure, or they were not at risk together.
pub fn log_rank(groups: &[RiskTable]) -> Result<Comparison, CompareError> {
    fleming_harrington(&[groups], 0)
}

/// The test of Harrington and Fleming (1982): each failure weighs as the share free of failure just
/// before it, to the power `rho`. 0 is the log-rank test; 1 is the Peto and Peto form of the Wilcoxon
/// test, which looks at early failures. Each stratum holds the same groups in the same order; groups
/// are compared within strata only. R: `survdiff(Surv(...) ~ group + strata(...), rho = rho)`.
///
/// # Errors
/// Strata with unequal numbers of groups; fewer than two groups expect any failure; groups that were
/// not at risk together.
pub fn fleming_harrington(strata: &[&[RiskTable]], rho: u8) -> Result<Comparison, CompareError> {
    let groups = strata.first().map_or(0, |groups| groups.len());
    let mut sums = Sums {
        groups: vec![Compared::default(); groups],
        variance: DMatrix::zeros(groups, groups),
    };
    for (stratum, tables) in strata.iter().enumerate() {
        if tables.len() != groups {
            return Err(CompareError::UnequalStrata {
                stratum,
                found: tables.len(),
                expected: groups,
            });
        }
        sums.add(tables, rho);
    }
    sums.test()
}

/// Observed and expected failures, and the variance of their difference.
struct Sums {
    groups: Vec<Compared>,
    variance: DMatrix<f64>,
}

impl Sums {
    fn add(&mut self, tables: &[RiskTable], rho: u8) {
        for (group, table) in self.groups.iter_mut().zip(tables) {
            group.persons += table.persons();
            group.events += table.events();
        }
        let times: BTreeSet<i64> = tables
            .iter()
            .flat_map(RiskTable::rows)
            .filter(|row| row.events > 0)
            .map(|row| row.time)
            .collect();
        let mut survival = 1.0_f64;
        for time in times {
            let weight = survival.powi(i32::from(rho));
            let at_risk: Vec<u64> = tables.iter().map(|table| table.at_risk(time)).collect();
            let events = |table: &RiskTable| table.row(time).map_or(0, |row| row.events);
            let n = real(at_risk.iter().sum());
            let d = real(tables.iter().map(events).sum());
            // Given how many fail, which group they are of is a hypergeometric draw.
            let spread = if n > 1.0 {
                weight * weight * d * (n - d) / (n - 1.0)
            } else {
                0.0
            };
            let shares =
                DVector::from_iterator(at_risk.len(), at_risk.iter().map(|m| real(*m) / n));
            for ((group, table), share) in self.groups.iter_mut().zip(tables).zip(&shares) {
                group.observed += weight * real(events(table));
                group.expected += weight * d * share;
            }
            self.variance +=
                spread * (DMatrix::from_diagonal(&shares) - &shares * shares.transpose());
            survival *= (n - d) / n;
        }
    }

    fn test(self) -> Result<Comparison, CompareError> {
        // The differences add up to 0, so one group says nothing new and is left out.
        let used: Vec<(usize, &Compared)> = self
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.expected > 0.0)
            .skip(1)
            .collect();
        let degrees = used.len();
        let law = u32::try_from(degrees)
            .ok()
            .and_then(|degrees| ChiSquared::new(f64::from(degrees)).ok())
            .ok_or(CompareError::TooFewGroups)?;
        let differences =
            DVector::from_iterator(degrees, used.iter().map(|(_, g)| g.observed - g.expected));
        let places: Vec<usize> = used.iter().map(|(place, _)| *place).collect();
        let variance = self.variance.select_rows(&places).select_columns(&places);
        let tiny = variance.diagonal().max() * 1e-12;
        let root = Cholesky::new(variance).ok_or(CompareError::Apart)?;
        if root.l_dirty().diagonal().iter().any(|l| l * l <= tiny) {
            return Err(CompareError::Apart);
        }
        let chi2 = differences.dot(&root.solve(&differences));
        Ok(Comparison {
            chi2,
            degrees: u64::try_from(degrees).unwrap_or(u64::MAX),
            p: law.sf(chi2),
            groups: self.groups,
        })
    }
}
