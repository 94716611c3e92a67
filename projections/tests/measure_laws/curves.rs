//! Curves, incidences and tests of groups.

use homeward_projections::measure::compare::{CompareError, fleming_harrington, log_rank};
use homeward_projections::measure::survival::{
    Cause, Exit, Interval, Kind, RiskTable, Spell, SpellError,
};
use proptest::prelude::*;

use crate::{close, real};

/// Entry (if delayed), time, kind (0: censored), count.
type Cell = (Option<i64>, i64, u16, u64);

fn cell(causes: u16, delayed: bool) -> impl Strategy<Value = Cell> {
    let entry = if delayed {
        proptest::option::of(0..20_i64).boxed()
    } else {
        Just(None).boxed()
    };
    (entry, 0..20_i64, 0..=causes, 1..4_u64).prop_map(|(entry, after, kind, count)| {
        let time = entry.map_or(after, |entry| entry + 1 + after);
        (entry, time, kind, count)
    })
}

fn cells(causes: u16, delayed: bool) -> impl Strategy<Value = Vec<Cell>> {
    proptest::collection::vec(cell(causes, delayed), 1..40)
}

fn exit((entry, time, kind, count): Cell) -> Exit {
    let kind = if kind == 0 {
        Kind::Censored
    } else {
        Kind::Event(Cause(kind))
    };
    let exit = Exit::new(time, kind, count);
    entry.map_or(exit, |entry| exit.entering(entry).expect("before its end"))
}

fn table(cells: &[Cell]) -> RiskTable {
    RiskTable::from_exits(cells.iter().copied().map(exit))
}

const LAST: i64 = 45;

proptest! {
    #[test]
    fn without_censoring_incidence_is_the_raw_share(cells in cells(3, false)) {
        let failed: Vec<Cell> = cells.into_iter().map(|(e, t, k, c)| (e, t, k.max(1), c)).collect();
        let table = table(&failed);
        let (incidences, curve) = (table.aalen_johansen(), table.kaplan_meier());
        let all: u64 = failed.iter().map(|cell| cell.3).sum();
        for time in 0..LAST {
            let by = |cause: u16| -> u64 {
                let hit = failed.iter().filter(|c| c.1 <= time && (cause == 0 || c.2 == cause));
                hit.map(|cell| cell.3).sum()
            };
            prop_assert!(close(curve.at(time).survival, 1.0 - real(by(0)) / real(all)));
            for cause in 1..=3 {
                let share = real(by(cause)) / real(all);
                let found = incidences.at(time, Cause(cause));
                prop_assert!(close(found.share, share));
                // The variance of a share, too.
                let variance = share * (1.0 - share) / real(all);
                prop_assert!(close(found.standard_error.powi(2), variance));
            }
        }
    }

    #[test]
    fn incidences_and_survival_add_up_to_one_and_never_fall(cells in cells(3, true)) {
        let table = table(&cells);
        let (incidences, curve) = (table.aalen_johansen(), table.kaplan_meier());
        let mut before = [0.0; 3];
        for time in 0..LAST {
            let shares = [1, 2, 3].map(|cause| incidences.at(time, Cause(cause)).share);
            let survival = incidences.survival(time);
            prop_assert!(close(shares.iter().sum::<f64>() + survival, 1.0));
            prop_assert!(close(survival, curve.at(time).survival));
            for (share, before) in shares.iter().zip(before) {
                prop_assert!(*share >= before && (0.0..=1.0 + 1e-12).contains(share));
            }
            before = shares;
        }
    }

    #[test]
    fn censoring_what_competes_never_understates(cells in cells(2, true)) {
        let incidences = table(&cells).aalen_johansen();
        let alone: Vec<Cell> =
            cells.iter().map(|(e, t, k, c)| (*e, *t, u16::from(*k == 1), *c)).collect();
        let curve = table(&alone).kaplan_meier();
        for time in 0..LAST {
            let naive = 1.0 - curve.at(time).survival;
            prop_assert!(naive >= incidences.at(time, Cause(1)).share - 1e-12);
        }
    }

    #[test]
    fn shifting_all_times_shifts_the_curve(cells in cells(2, true), by in -1000..1000_i64) {
        let shifted: Vec<Cell> =
            cells.iter().map(|(e, t, k, c)| (e.map(|e| e + by), t + by, *k, *c)).collect();
        let (here, there) = (table(&cells).kaplan_meier(), table(&shifted).kaplan_meier());
        for time in -1..LAST {
            let (mut point, shifted) = (here.at(time), there.at(time + by));
            point.time += by;
            prop_assert_eq!(point, shifted);
            let interval = here.interval(time, Interval::LogLog, 0.95);
            prop_assert_eq!(interval, there.interval(time + by, Interval::LogLog, 0.95));
        }
    }

    #[test]
    fn relabelled_causes_leave_the_curve_of_all_alone(cells in cells(3, true)) {
        let relabel = |k: u16| [0, 9, 4, 9][usize::from(k)];
        let other: Vec<Cell> = cells.iter().map(|(e, t, k, c)| (*e, *t, relabel(*k), *c)).collect();
        let (here, there) = (table(&cells), table(&other));
        let (curve, same) = (here.kaplan_meier(), there.kaplan_meier());
        let (incidences, merged) = (here.aalen_johansen(), there.aalen_johansen());
        for time in 0..LAST {
            prop_assert_eq!(curve.at(time), same.at(time));
            let sum = incidences.at(time, Cause(1)).share + incidences.at(time, Cause(3)).share;
            prop_assert!(close(sum, merged.at(time, Cause(9)).share));
            let (two, four) = (incidences.at(time, Cause(2)), merged.at(time, Cause(4)));
            prop_assert!(close(two.share, four.share));
            prop_assert!(close(two.standard_error, four.standard_error));
        }
    }

    #[test]
    fn order_and_bundling_do_not_matter(cells in cells(2, true)) {
        let ordered = table(&cells);
        let mut singles: Vec<Cell> = cells
            .iter()
            .flat_map(|(e, t, k, c)| (0..*c).map(|_| (*e, *t, *k, 1)))
            .collect();
        singles.reverse();
        prop_assert_eq!(ordered, table(&singles));
    }

    #[test]
    fn an_interval_cut_in_two_is_the_same_time_at_risk(cells in cells(1, false), cut in 0..19_i64) {
        let whole = table(&cells).kaplan_meier();
        let spells = cells.iter().map(|(_, time, kind, count)| {
            let end = if *kind == 0 { Kind::Censored } else { Kind::Event(Cause(1)) };
            if *time > cut {
                Spell::new([(-1, cut), (cut, *time)], end, *count)
            } else {
                Spell::new([(-1, *time)], end, *count)
            }
            .expect("in order")
        });
        let spells: Vec<Spell> = spells.collect();
        let halves = RiskTable::from_exits(spells.iter().flat_map(Spell::exits));
        prop_assert_eq!(halves.persons(), whole.table().persons());
        let halves = halves.kaplan_meier();
        for time in 0..LAST {
            prop_assert_eq!(halves.at(time), whole.at(time));
        }
    }

    #[test]
    fn at_risk_is_a_count_of_intervals(cells in cells(1, true), time in -2..LAST) {
        let within = |(entry, end, _, _): &&Cell| *end >= time && entry.is_none_or(|e| e < time);
        let expected: u64 = cells.iter().filter(within).map(|cell| cell.3).sum();
        prop_assert_eq!(table(&cells).at_risk(time), expected);
    }

    #[test]
    fn restricted_mean_is_the_sum_of_the_curve(cells in cells(1, false), horizon in 0..LAST) {
        let curve = table(&cells).kaplan_meier();
        let sum: f64 = (0..horizon).map(|time| curve.at(time).survival).sum();
        prop_assert!(close(curve.restricted_mean(horizon).mean, sum));
    }

    #[test]
    fn periods_multiply_to_the_curve(cells in cells(1, true), cut in 1..LAST) {
        let curve = table(&cells).kaplan_meier();
        let (first, _) = curve.first_failure_within(0, cut).expect("somebody");
        let second = curve.first_failure_within(cut, LAST).map_or(0.0, |(share, _)| share);
        let survival = (1.0 - first) * (1.0 - second);
        prop_assert!(close(survival, curve.at(LAST - 1).survival));
    }

    #[test]
    fn intervals_hold_the_estimate_and_stay_within_bounds(cells in cells(1, true), time in 0..LAST) {
        let curve = table(&cells).kaplan_meier();
        let survival = curve.at(time).survival;
        for scale in [Interval::Plain, Interval::Log, Interval::LogLog] {
            let interval = curve.interval(time, scale, 0.95);
            if let Some((lower, upper)) = interval {
                prop_assert!(0.0 <= lower && lower <= survival + 1e-12);
                prop_assert!(survival - 1e-12 <= upper && upper <= 1.0);
            } else {
                prop_assert!(survival <= 0.0 || survival >= 1.0);
            }
        }
    }

    #[test]
    fn groups_in_another_order_differ_as_much(
        groups in proptest::collection::vec(cells(1, true), 2..4),
    ) {
        let tables: Vec<RiskTable> = groups.iter().map(|cells| table(cells)).collect();
        let mut turned = tables.clone();
        turned.rotate_left(1);
        match (log_rank(&tables), log_rank(&turned)) {
            (Ok(here), Ok(there)) => {
                prop_assert!((here.chi2 - there.chi2).abs() <= 1e-6 * here.chi2.max(1.0));
                prop_assert_eq!(here.degrees, there.degrees);
                let observed: f64 = here.groups.iter().map(|group| group.observed).sum();
                let expected: f64 = here.groups.iter().map(|group| group.expected).sum();
                prop_assert!(close(observed, expected));
            }
            (here, there) => prop_assert_eq!(here.is_err(), there.is_err()),
        }
    }

    #[test]
    fn a_group_against_itself_does_not_differ(cells in cells(1, false)) {
        let table = table(&cells);
        prop_assume!(table.rows().iter().any(|row| row.events > 0 && row.at_risk > row.events));
        let test = log_rank(&[table.clone(), table]).expect("two groups");
        prop_assert!(test.chi2.abs() < 1e-9 && test.p > 0.999);
    }
}

#[test]
fn failures_come_before_censorings_of_the_same_time() {
    let table = RiskTable::from_exits([Exit::event(5, 1), Exit::censored(5, 3)]);
    assert_eq!(table.at_risk(5), 4);
    assert_eq!(table.at_risk(6), 0);
    assert!(close(table.kaplan_meier().at(5).survival, 0.75));
}

#[test]
fn nobody_is_no_curve_but_no_fault_either() {
    let curve = RiskTable::from_exits([]).kaplan_meier();
    assert!(close(curve.at(3).survival, 1.0));
    assert_eq!(curve.at(3).at_risk, 0);
    assert_eq!(curve.median(Interval::Log, 0.95).time, None);
    assert!(close(curve.restricted_mean(10).mean, 10.0));
    assert!(curve.restricted_mean(10).extrapolated);
    assert_eq!(RiskTable::default().aalen_johansen().causes().count(), 0);
    assert_eq!(curve.interval(3, Interval::Plain, 1.0), None);
}

#[test]
fn spells_that_cannot_be_are_refused() {
    let spell = |intervals: &[(i64, i64)]| {
        Spell::new(intervals.iter().copied(), Kind::Censored, 1).expect_err("refused")
    };
    assert_eq!(spell(&[]), SpellError::Never);
    assert_eq!(spell(&[(3, 3)]), SpellError::Empty { from: 3, to: 3 });
    let overlap = SpellError::Overlap { from: 4, until: 5 };
    assert_eq!(spell(&[(0, 5), (4, 9)]), overlap);
    let late = Exit::event(2, 1).entering(2);
    assert_eq!(late, Err(SpellError::Empty { from: 2, to: 2 }));
}

#[test]
fn groups_that_cannot_be_compared_are_refused() {
    let one = RiskTable::from_exits([Exit::event(1, 2), Exit::censored(3, 2)]);
    let nobody = RiskTable::default();
    let alone = log_rank(&[one.clone(), nobody.clone()]).expect_err("refused");
    assert_eq!(alone, CompareError::TooFewGroups);
    assert_eq!(log_rank(&[]), Err(CompareError::TooFewGroups));
    let later = Exit::event(9, 2).entering(8).expect("an interval");
    let apart = log_rank(&[one.clone(), RiskTable::from_exits([later])]);
    assert_eq!(apart, Err(CompareError::Apart));
    let unequal = fleming_harrington(&[&[one.clone(), nobody], &[one]], 0);
    let error = CompareError::UnequalStrata {
        stratum: 1,
        found: 1,
        expected: 2,
    };
    assert_eq!(unequal, Err(error));
}
