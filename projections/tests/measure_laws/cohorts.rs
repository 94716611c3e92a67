//! Windows, ladders and periods.

use homeward_projections::measure::cohort::{
    Answer, CohortTable, Enough, Fate, History, LadderError, Tally, Window, periods, roll_up,
};
use homeward_projections::measure::proportion::Proportion;
use homeward_projections::measure::survival::{Exit, RiskTable};
use proptest::prelude::*;

use crate::close;

fn window(closes: i64, final_from: i64) -> Window {
    Window::new(closes, final_from).expect("closes first")
}

fn failed(at: i64, proven: i64) -> Fate {
    Fate::Failed { at, proven }
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        (0..900_i64, 0..400_i64).prop_map(|(at, wait)| failed(at, at + wait)),
        (0..900_i64).prop_map(Fate::Competed),
        (0..900_i64).prop_map(Fate::Censored),
        Just(Fate::Open),
    ]
}

/// Offence within 12 months, proven within 18.
const PROVEN: (i64, i64) = (365, 548);

#[test]
fn answers_stand_at_their_boundary() {
    let window = window(PROVEN.0, PROVEN.1);
    for (fate, elapsed, answer) in [
        // The answer stands from the last day on, not before, whatever is known.
        (failed(10, 20), 547, Answer::NotYet),
        (failed(10, 20), 548, Answer::Yes),
        (Fate::Open, 547, Answer::NotYet),
        (Fate::Open, 548, Answer::No),
        // Half-open: day 364 is within, day 365 is not.
        (failed(364, 365), 600, Answer::Yes),
        (failed(365, 365), 600, Answer::No),
        // Proven on day 548 is too late.
        (failed(364, 547), 600, Answer::Yes),
        (failed(364, 548), 600, Answer::No),
        (Fate::Competed(364), 600, Answer::Competed),
        (Fate::Competed(365), 600, Answer::No),
        (Fate::Censored(547), 600, Answer::Lost),
        (Fate::Censored(548), 600, Answer::No),
    ] {
        let found = fate.within(window, elapsed);
        assert_eq!(found, answer, "{fate:?} after {elapsed}");
    }
    assert_eq!(Window::new(12, 11), None);
}

proptest! {
    #[test]
    fn an_answer_that_stands_never_changes(fate in fate(), elapsed in 0..1500_i64) {
        let window = window(PROVEN.0, PROVEN.1);
        let (now, later) = (fate.within(window, elapsed), fate.within(window, elapsed + 1));
        prop_assert!(now == later || now == Answer::NotYet);
    }

    #[test]
    fn everybody_has_one_answer(fates in proptest::collection::vec((fate(), 0..900_i64), 0..60)) {
        let mut table = CohortTable::default();
        for (fate, elapsed) in &fates {
            let cohort = elapsed / 100;
            table.add(cohort, "12 months", fate.within(window(365, 365), *elapsed), 1);
            table.add(cohort, "24 months", fate.within(window(730, 730), *elapsed), 1);
        }
        let persons = u64::try_from(fates.len()).expect("few");
        for name in ["12 months", "24 months"] {
            let total = table.total(&name);
            prop_assert_eq!(total.persons(), persons);
            let running = fates.iter().filter(|(_, elapsed)| match name {
                "12 months" => *elapsed < 365,
                _ => *elapsed < 730,
            });
            prop_assert_eq!(total.not_yet, u64::try_from(running.count()).expect("few"));
        }
        let sum: u64 = table.cells().map(|(_, _, tally)| tally.persons()).sum();
        prop_assert_eq!(sum, 2 * persons);
    }

    #[test]
    fn without_loss_periods_are_those_of_the_curve(
        failures in proptest::collection::vec(proptest::collection::vec(0..1000_i64, 0..4), 1..40),
    ) {
        let histories: Vec<History> = failures
            .iter()
            .map(|failures| History { failures: failures.clone(), observed_to: 1000, persons: 2 })
            .collect();
        let exit = |failures: &Vec<i64>| match failures.iter().min() {
            Some(first) => Exit::event(*first, 2),
            None => Exit::censored(1000, 2),
        };
        let curve = RiskTable::from_exits(failures.iter().map(exit)).kaplan_meier();
        for period in periods(&histories, &[365, 730, 1000]) {
            let cumulative = period.cumulative().expect("somebody").share();
            prop_assert!(close(cumulative, 1.0 - curve.at(period.to - 1).survival));
            let hazard = period.first_failure().map(Proportion::share);
            let of_curve = curve.first_failure_within(period.from, period.to);
            prop_assert_eq!(hazard.is_some(), of_curve.is_some());
            if let (Some(hazard), Some((share, _))) = (hazard, of_curve) {
                prop_assert!(close(hazard, share));
            }
            prop_assert!(period.failed_within >= period.first_failed);
            prop_assert!(period.failed_within <= period.failed_by);
        }
    }
}

#[test]
fn in_progress_is_never_a_no() {
    let mut tally = Tally::default();
    for (answer, persons) in [(Answer::Yes, 30), (Answer::No, 60), (Answer::NotYet, 100)] {
        tally.add(answer, persons);
    }
    let share = tally.share().expect("some answers stand");
    assert_eq!((share.part(), share.whole()), (30, 90));
    assert!(!tally.is_final());
    let mut running = Tally::default();
    running.add(Answer::NotYet, 5);
    assert_eq!(running.share(), None);
}

#[test]
fn the_three_figures_of_a_year_are_three() {
    let history = |failures: &[i64], observed_to, persons| History {
        failures: failures.to_vec(),
        observed_to,
        persons,
    };
    let histories = [
        history(&[100, 500], 730, 10), // each year
        history(&[400], 730, 20),      // the second year only
        history(&[], 730, 60),
        history(&[50], 700, 10), // not observed to the end of the second year
    ];
    let years = periods(&histories, &[365, 730]);
    let figures: Vec<_> = years
        .iter()
        .map(|year| {
            [year.cumulative(), year.annual(), year.first_failure()].map(|share| {
                let share = share.expect("somebody");
                (share.part(), share.whole())
            })
        })
        .collect();
    assert_eq!(
        figures,
        [
            [(20, 100), (20, 100), (20, 100)],
            [(30, 90), (30, 90), (20, 80)],
        ]
    );
}

#[test]
fn a_ladder_is_climbed_until_the_interval_is_narrow_enough() {
    let enough = Enough {
        level: 0.95,
        width_max: 0.1,
        persons_min: 20,
    };
    let rungs = [
        ("site", 0, 0),
        ("parish", 2, 9),
        ("island", 90, 400),
        ("region", 900, 4000),
    ];
    let rung = roll_up(rungs, enough).expect("a ladder");
    assert_eq!((rung.label, rung.climbed, rung.enough), ("island", 2, true));
    assert!(rung.interval.1 - rung.interval.0 <= 0.1);
    let narrowest = roll_up([("parish", 0, 15), ("island", 0, 40)], enough).expect("a ladder");
    assert_eq!((narrowest.label, narrowest.enough), ("island", true));
    let short = roll_up([("site", 1, 3), ("parish", 2, 9)], enough).expect("a ladder");
    assert_eq!((short.label, short.enough), ("parish", false));
    let crossed = roll_up([("site", 3, 9), ("parish", 2, 30)], enough);
    assert_eq!(crossed, Err(LadderError::NotWider { rung: 1 }));
    assert_eq!(roll_up([("site", 0, 0)], enough), Err(LadderError::Nobody));
}
