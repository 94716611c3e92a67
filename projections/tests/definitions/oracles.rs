//! What must hold of every definition and every history.

use std::sync::Arc;

use homeward_events::time::Day;
use homeward_projections::definition::{Definition, Definitions, StopKind, trace};
use homeward_projections::histories::{History, Past, Told};
use homeward_projections::recidivism::{Figures, Query, Unit};
use jiff::ToSpan as _;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::arbitrary::people;
use crate::people::{ask, day, shipped};

/// The shipped definitions, and some that use what those do not.
fn definitions() -> Vec<Arc<Definition>> {
    let mut shelf = Definitions::shipped();
    let rearrest = shelf.get("rearrest").unwrap().text().to_owned();
    let held = rearrest
        .replace("id = \"rearrest\"", "id = \"held\"")
        .replace("[origin]", "not_at_risk = [\"custody\"]\ngrace = { after_origin_days = 14, between_failures_days = 7 }\n\n[origin]");
    let every = rearrest
        .replace("id = \"rearrest\"", "id = \"every\"")
        .replace("which = \"first\"", "which = \"every\"")
        .replace("[origin]", "clock = \"disposal\"\n\n[origin]");
    let journeys = rearrest
        .replace("id = \"rearrest\"", "id = \"journeys\"")
        .replace("unit = \"person\"", "unit = \"journey\"");
    for text in [held, every, journeys] {
        shelf.add("own.toml", &text).unwrap();
    }
    shelf.iter().cloned().collect()
}

/// Long after everything.
fn late() -> Date {
    day("2030-01-01").0
}

fn figures(people: &[History], definition: &Definition, on: Date, at: &[i64]) -> Figures {
    let query = Query {
        at: at.to_vec(),
        ..Query::new(on)
    };
    ask(people, definition, &query).figures
}

const TIMES: [i64; 6] = [0, 30, 100, 200, 300, 360];

/// Every day of a history moved.
fn moved(history: &History, shift: impl Fn(Day) -> Day) -> History {
    let told = |told: Told| Told {
        on: shift(told.on),
        recorded: shift(told.recorded),
    };
    let mut history = history.clone();
    for past in &mut history.journeys {
        if let Some(arrival) = &mut past.arrival {
            arrival.on = shift(arrival.on);
        }
        for case in &mut past.cases {
            case.offence = case.offence.map(&shift);
            for step in [
                &mut case.arrested,
                &mut case.charged,
                &mut case.convicted,
                &mut case.acquitted,
                &mut case.quashed,
            ] {
                *step = step.map(told);
            }
        }
        past.breaches
            .iter_mut()
            .for_each(|breach| *breach = told(*breach));
        for spell in &mut past.custody {
            spell.from = told(spell.from);
            spell.to = spell.to.map(&shift);
        }
        past.partings
            .iter_mut()
            .for_each(|parting| parting.told = told(parting.told));
    }
    history
}

/// What was known of a history on a day.
fn known(history: &History, on: Date) -> History {
    let is = |told: &Told| told.on.0 <= on;
    let mut history = history.clone();
    for past in &mut history.journeys {
        past.arrival = past.arrival.take().filter(|arrival| arrival.on.0 <= on);
        for case in &mut past.cases {
            for step in [
                &mut case.arrested,
                &mut case.charged,
                &mut case.convicted,
                &mut case.acquitted,
                &mut case.quashed,
            ] {
                *step = step.filter(is);
            }
        }
        past.breaches.retain(is);
        past.custody.retain(|spell| is(&spell.from));
        for spell in &mut past.custody {
            spell.to = spell.to.filter(|to| to.0 <= on);
        }
        past.partings.retain(|parting| is(&parting.told));
    }
    history
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Where nobody is lost from view before a time, cumulative incidence is the raw share.
    #[test]
    fn without_censoring_incidence_is_the_raw_share(people in people(false)) {
        for definition in definitions().iter().filter(|d| d.terms().not_at_risk.is_empty()) {
            let found = figures(&people, definition, late(), &TIMES);
            let outcomes: Vec<_> =
                people.iter().flat_map(|person| definition.evaluate(person, late())).collect();
            for (number, cause) in (0_u16..).zip(&found.causes) {
                for (time, incidence) in TIMES.iter().zip(&cause.at) {
                    let within = |on: Date, from: Date| (on - from).get_days() <= i32::try_from(*time).unwrap();
                    let ended = outcomes.iter().filter(|o| match (o.failed(), o.stop.kind) {
                        (Some(failed), _) => failed.cause == number && within(failed.on, o.origin),
                        (None, StopKind::Competed(kind)) => kind.as_str() == cause.cause && !cause.failure && within(o.stop.on, o.origin),
                        (None, StopKind::Censored(_) | StopKind::Complete | StopKind::Open) => false,
                    });
                    let real = |n: usize| f64::from(u32::try_from(n).unwrap());
                    let raw = real(ended.count()) / real(outcomes.len());
                    prop_assert!(close(incidence.share, raw), "{} {} at {time}: {} is not {raw}", definition.name(), cause.cause, incidence.share);
                }
            }
        }
    }

    /// Censoring what competes overstates, and never understates, how many fail; the causes and those
    /// left add up to everybody at every time, and no cause ever falls.
    #[test]
    fn causes_add_up_and_never_fall(people in people(true)) {
        for definition in definitions() {
            let found = figures(&people, &definition, late(), &TIMES);
            let mut before = vec![0.0; found.causes.len()];
            for (place, reading) in found.at.iter().enumerate() {
                let failed: f64 = found.causes.iter().filter(|c| c.failure).map(|c| c.at[place].share).sum();
                prop_assert!(1.0 - reading.survival >= failed - 1e-9, "{}", definition.name());
                let all: f64 = found.causes.iter().map(|cause| cause.at[place].share).sum();
                prop_assert!(all <= 1.0 + 1e-9, "{}", definition.name());
                for (before, cause) in before.iter_mut().zip(&found.causes) {
                    let share = cause.at[place].share;
                    prop_assert!(share >= *before - 1e-12, "{} {}", definition.name(), cause.cause);
                    *before = share;
                }
            }
        }
    }

    /// Twenty-eight years later the calendar is the same, and so is every figure.
    #[test]
    fn shifted_dates_leave_every_figure_alone(people in people(true), on in 0_i64..1500) {
        let on = day("2020-01-01").0.saturating_add(on.days());
        let later = |day: Day| Day(day.0.saturating_add(28.years()));
        let moved: Vec<History> = people.iter().map(|history| moved(history, later)).collect();
        for definition in definitions() {
            let now = figures(&people, &definition, on, &TIMES);
            let then = figures(&moved, &definition, later(Day(on)).0, &TIMES);
            prop_assert_eq!(now, then, "{}", definition.name());
        }
    }

    /// What causes are called changes no curve of all of them together.
    #[test]
    fn relabelled_causes_leave_the_curve_alone(people in people(true)) {
        let definition = shipped("return-to-custody");
        let one = definition.text().replace("cause = \"technical-breach\"", "cause = \"new-offence\"");
        let swapped = definition
            .text()
            .replace("cause = \"technical-breach\"", "cause = \"first\"")
            .replace("cause = \"new-offence\"", "cause = \"second\"");
        let expected = figures(&people, &definition, late(), &TIMES);
        for text in [one, swapped] {
            let other = Definition::parse("other.toml", &text).unwrap();
            let found = figures(&people, &other, late(), &TIMES);
            prop_assert_eq!(&found.at, &expected.at);
            prop_assert_eq!(&found.windows, &expected.windows);
        }
    }

    /// Splitting a journey in two linked ones, or unlinking what was told apart, never makes more
    /// persons: nobody who was never received is counted.
    #[test]
    fn splitting_never_raises_the_number_of_persons(people in people(true)) {
        let split: Vec<History> = people.iter().map(|history| {
            let mut history = history.clone();
            let first = &mut history.journeys[0];
            let rest = Past {
                journey: "00000000-0000-4000-8000-000000000009".parse().unwrap(),
                arrival: None,
                cases: std::mem::take(&mut first.cases),
                custody: std::mem::take(&mut first.custody),
                breaches: std::mem::take(&mut first.breaches),
                partings: Vec::new(),
                spells: Vec::new(),
                ledger: first.ledger.clone(),
            };
            history.journeys.push(rest);
            history
        }).collect();
        for definition in definitions() {
            let whole = figures(&people, &definition, late(), &TIMES);
            let parts = figures(&split, &definition, late(), &TIMES);
            prop_assert_eq!(whole.persons, parts.persons);
            if definition.terms().origin.unit == homeward_projections::definition::Unit::Person {
                prop_assert_eq!(whole, parts, "{}", definition.name());
            }
        }
    }

    /// An answer of a day rests on what had happened by then.
    #[test]
    fn what_is_later_than_the_day_is_not_known(people in people(true), on in 0_i64..1500) {
        let on = day("2020-01-01").0.saturating_add(on.days());
        let then: Vec<History> = people.iter().map(|history| known(history, on)).collect();
        for definition in definitions() {
            let now = figures(&people, &definition, on, &TIMES);
            prop_assert_eq!(now, figures(&then, &definition, on, &TIMES), "{}", definition.name());
        }
    }

    /// Everybody is counted once in every window, in the ends, and at most once at risk at any time.
    #[test]
    fn everybody_is_somewhere_and_nobody_twice(people in people(true), on in 0_i64..1500) {
        let on = day("2020-01-01").0.saturating_add(on.days());
        for definition in definitions() {
            for unit in Unit::ALL {
                let query = Query { at: (0..60).collect(), unit, ..Query::new(on) };
                let found = ask(&people, &definition, &query).figures;
                prop_assert_eq!(found.ends.iter().map(|end| end.persons).sum::<u64>(), found.persons);
                for window in &found.windows {
                    let sum = window.failed + window.not_failed + window.competing + window.censored + window.not_yet;
                    prop_assert_eq!(sum, found.persons);
                }
                for reading in &found.at {
                    prop_assert!(reading.at_risk <= found.persons, "{} {reading:?}", definition.name());
                }
            }
        }
    }

    /// An answer that stands is the curve's where nobody was lost or left before the window closed.
    #[test]
    fn a_window_is_the_curve_where_nobody_is_lost(people in people(false)) {
        let definition = shipped("rearrest");
        let quiet: Vec<History> = people.into_iter().map(|mut history| {
            history.journeys.iter_mut().for_each(|past| past.partings.clear());
            history
        }).collect();
        let query = Query { at: vec![12], unit: Unit::Month, ..Query::new(late()) };
        let found = ask(&quiet, &definition, &query).figures;
        let share = found.windows[1].share.unwrap().share;
        // Times count begun months, so twelve holds the day on which the window closes as well.
        prop_assert!(1.0 - found.at[0].survival >= share - 1e-9);
    }

    /// The trace says what the figures say.
    #[test]
    fn a_trace_ends_as_the_outcome_does(people in people(true), on in 0_i64..1500) {
        let on = day("2020-01-01").0.saturating_add(on.days());
        for definition in definitions() {
            for history in &people {
                let outcomes = definition.evaluate(history, on);
                let traced = trace(&definition, history, on);
                let counted: Vec<_> =
                    traced.courses.iter().filter(|course| course.verdict != "not-counted").collect();
                prop_assert_eq!(outcomes.len(), counted.len());
                for (outcome, course) in outcomes.iter().zip(counted) {
                    prop_assert_eq!(course.journey, outcome.past.journey);
                    prop_assert_eq!(course.ended, Some(Day(outcome.ended())));
                    let failed = course.steps.iter().filter(|s| s.verdict.starts_with("failed")).count();
                    prop_assert_eq!(failed, outcome.failures.len());
                    prop_assert!(course.steps.is_sorted_by_key(|step| step.day));
                }
            }
        }
    }
}
