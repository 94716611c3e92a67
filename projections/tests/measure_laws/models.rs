//! Cox's model, against the partial likelihood written out as its definition says.

use homeward_projections::measure::cox::{CoxError, Fit, Row, Ties, fit};
use proptest::prelude::*;

use crate::{close, real};

fn row() -> impl Strategy<Value = Row> {
    let span = (proptest::option::of(0..8_i64), 1..8_i64);
    let rest = (0..2_u32, any::<bool>(), 1..3_u64, 0..2_i64, -30..30_i64);
    (span, rest).prop_map(
        |((start, length), (stratum, event, count, flag, size))| Row {
            stratum,
            start,
            stop: start.unwrap_or(0) + length,
            event,
            count,
            covariates: vec![flag, size],
        },
    )
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec(row(), 20..60)
}

/// The log partial likelihood, by its definition: each failing person against all at risk then.
fn likelihood(rows: &[Row], beta: [f64; 2], ties: Ties) -> f64 {
    let eta = |row: &Row| -> f64 {
        let x = row
            .covariates
            .iter()
            .map(|x| f64::from(i32::try_from(*x).expect("small")));
        x.zip(beta).map(|(x, b)| x * b).sum()
    };
    let mut value = 0.0;
    let mut seen: Vec<(u32, i64)> = rows.iter().map(|row| (row.stratum, row.stop)).collect();
    seen.sort_unstable();
    seen.dedup();
    for (stratum, time) in seen {
        let risk = |row: &Row| real(row.count) * eta(row).exp();
        let inside = |row: &&Row| {
            row.stratum == stratum && row.stop >= time && row.start.is_none_or(|s| s < time)
        };
        let at_risk: f64 = rows.iter().filter(inside).map(risk).sum();
        let fails = |row: &&Row| row.stratum == stratum && row.stop == time && row.event;
        let failing: f64 = rows.iter().filter(fails).map(risk).sum();
        let count: u64 = rows.iter().filter(fails).map(|row| row.count).sum();
        let etas = rows
            .iter()
            .filter(fails)
            .map(|row| real(row.count) * eta(row));
        value += etas.sum::<f64>();
        for place in 0..count {
            let gone = match ties {
                Ties::Efron => real(place) / real(count),
                Ties::Breslow => 0.0,
            };
            value -= (at_risk - gone * failing).ln();
        }
    }
    value
}

fn values(fit: &Fit) -> [f64; 2] {
    [fit.coefficients[0].value, fit.coefficients[1].value]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_estimate_is_the_maximum(rows in rows(), breslow in any::<bool>()) {
        let ties = if breslow { Ties::Breslow } else { Ties::Efron };
        let Ok(fit) = fit(&rows, ties) else {
            return Ok(());
        };
        let best = values(&fit);
        prop_assert!(close(fit.log_likelihood_null, likelihood(&rows, [0.0; 2], ties)));
        let value = likelihood(&rows, best, ties);
        prop_assert!(close(fit.log_likelihood, value));
        for (place, coefficient) in fit.coefficients.iter().enumerate() {
            for step in [-0.1, 0.1] {
                let mut aside = best;
                aside[place] += step * coefficient.standard_error;
                prop_assert!(likelihood(&rows, aside, ties) < value);
            }
        }
        prop_assert!(fit.likelihood_ratio.chi2 >= 0.0);
    }

    #[test]
    fn order_bundling_and_cutting_do_not_matter(rows in rows()) {
        let Ok(here) = fit(&rows, Ties::Efron) else {
            return Ok(());
        };
        let mut turned = rows.clone();
        turned.reverse();
        // The same bits, whatever the order.
        prop_assert_eq!(&here, &fit(&turned, Ties::Efron).expect("the same maximum"));
        let single = |row: &Row| {
            let one = Row { count: 1, ..row.clone() };
            (0..row.count).map(move |_| one.clone())
        };
        let singles: Vec<Row> = rows.iter().flat_map(single).collect();
        let cut = |row: &Row| {
            let middle = row.stop - 1;
            let halves = if row.start.is_some_and(|start| start < middle) {
                vec![
                    Row { stop: middle, event: false, ..row.clone() },
                    Row { start: Some(middle), ..row.clone() },
                ]
            } else {
                vec![row.clone()]
            };
            halves.into_iter()
        };
        let halves: Vec<Row> = rows.iter().flat_map(cut).collect();
        for same in [singles, halves] {
            let same = fit(&same, Ties::Efron).expect("the same maximum");
            prop_assert!(close(here.log_likelihood, same.log_likelihood));
            prop_assert_eq!(here.concordance, same.concordance);
            for (a, b) in here.coefficients.iter().zip(&same.coefficients) {
                prop_assert!((a.value - b.value).abs() < 1e-5 * a.standard_error.max(1e-3));
            }
        }
    }

    #[test]
    fn concordance_counts_pairs(rows in rows()) {
        let Ok(fit) = fit(&rows, Ties::Efron) else {
            return Ok(());
        };
        let beta = values(&fit);
        let risk = |row: &Row| {
            let x = row.covariates.iter().map(|x| f64::from(i32::try_from(*x).expect("small")));
            x.zip(beta).fold(0.0, |sum, (x, b)| sum + x * b)
        };
        let (mut concordant, mut discordant, mut tied) = (0, 0, 0);
        for failing in rows.iter().filter(|row| row.event) {
            let time = failing.stop;
            for other in rows.iter().filter(|row| row.stratum == failing.stratum) {
                let outlasts = other.stop > time || (other.stop == time && !other.event);
                if !outlasts || other.start.is_some_and(|start| start >= time) {
                    continue;
                }
                let pairs = failing.count * other.count;
                match risk(failing).total_cmp(&risk(other)) {
                    std::cmp::Ordering::Greater => concordant += pairs,
                    std::cmp::Ordering::Less => discordant += pairs,
                    std::cmp::Ordering::Equal => tied += pairs,
                }
            }
        }
        let found = fit.concordance;
        prop_assert_eq!(
            (found.concordant, found.discordant, found.tied),
            (concordant, discordant, tied)
        );
    }
}

fn person(stop: i64, event: bool, covariates: &[i64]) -> Row {
    Row {
        stratum: 0,
        start: None,
        stop,
        event,
        count: 1,
        covariates: covariates.to_vec(),
    }
}

fn refused(rows: &[Row]) -> CoxError {
    fit(rows, Ties::Efron).expect_err("refused")
}

#[test]
fn models_without_an_estimate_say_why() {
    assert_eq!(refused(&[]), CoxError::NoEvents);
    let censored = [person(1, false, &[0]), person(2, false, &[1])];
    assert_eq!(refused(&censored), CoxError::NoEvents);
    let bare = [person(1, true, &[]), person(2, true, &[])];
    assert_eq!(refused(&bare), CoxError::NoCovariates);
    let unequal = [person(1, true, &[1]), person(2, true, &[1, 2])];
    let error = CoxError::UnequalRows {
        row: 1,
        found: 2,
        expected: 1,
    };
    assert_eq!(refused(&unequal), error);
    let empty = Row {
        start: Some(4),
        ..person(4, true, &[1])
    };
    assert_eq!(refused(&[empty]), CoxError::EmptyInterval { row: 0 });
}

#[test]
fn covariates_that_say_nothing_new_are_named() {
    let rows = |second: fn(i64) -> i64| -> Vec<Row> {
        let row = |i: i64| person(i + 1, i % 3 > 0, &[i * 7 % 5, second(i * 7 % 5)]);
        (0..30).map(row).collect()
    };
    let constant = refused(&rows(|_| 4));
    assert_eq!(constant, CoxError::Redundant { covariate: 1 });
    let double = refused(&rows(|x| 2 * x - 3));
    assert_eq!(double, CoxError::Redundant { covariate: 1 });
}

#[test]
fn a_covariate_that_never_varies_among_those_at_risk_together_is_named() {
    let row = |i: i64, first: i64| Row {
        stratum: u32::from(i % 2 == 0),
        count: 1 + u64::try_from(i % 7).expect("not negative"),
        ..person(i % 11 + 1, i % 3 > 0, &[first, i * 7 % 5])
    };
    let constant: Vec<Row> = (0..30).map(|i| row(i, 1_000_003)).collect();
    assert_eq!(refused(&constant), CoxError::Redundant { covariate: 0 });
    let of_stratum: Vec<Row> = (0..30).map(|i| row(i, 10 * (i % 2))).collect();
    assert_eq!(refused(&of_stratum), CoxError::Redundant { covariate: 0 });
}

#[test]
fn a_covariate_that_separates_has_no_estimate() {
    let row = |i: i64| person(i + 1, i < 10, &[i64::from(i < 10), i * 7 % 5]);
    let rows: Vec<Row> = (0..30).map(row).collect();
    assert_eq!(refused(&rows), CoxError::Unbounded { covariate: 0 });
}

/// A sum from which a large term was taken keeps few digits of what remains; it is made anew instead.
#[test]
fn a_great_risk_that_enters_late_leaves_no_trace_before() {
    let early = |i: i64| person(i % 10 + 1, i % 3 > 0, &[i * 7 % 5, i % 2]);
    let mut rows: Vec<Row> = (0..40).map(early).collect();
    let Ok(alone) = fit(&rows, Ties::Efron) else {
        unreachable!("it has a maximum");
    };
    // Alone at risk, so it says nothing of the coefficients, but its risk is far above all others.
    let great = if alone.coefficients[0].value > 0.0 {
        400
    } else {
        -400
    };
    rows.push(Row {
        start: Some(100),
        ..person(101, true, &[great, 0])
    });
    let with = fit(&rows, Ties::Efron).expect("the same maximum");
    assert!(close(alone.log_likelihood, with.log_likelihood));
    for (a, b) in alone.coefficients.iter().zip(&with.coefficients) {
        assert!((a.value - b.value).abs() < 1e-6 * a.standard_error);
        assert!(close(a.standard_error, b.standard_error));
    }
}
