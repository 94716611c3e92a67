//! Rows and models over histories: cut where a covariate changes, and the same whichever way they are
//! cut or come.

use homeward_events::status::{EmploymentKind, HousingKind};
use homeward_events::time::{Day, add_days, add_months};
use homeward_projections::definition::Definition;
use homeward_projections::histories::{History, Spell, SpellOf};
use homeward_projections::measure::cox::{self, Row, Ties};
use homeward_projections::recidivism::regression::{Question, RegressionError, answer, rows};
use homeward_projections::recidivism::{Query, QueryError, Unit};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::arbitrary::people;
use crate::people::{day, person, shipped, table};

/// Long after everything.
const ON: Date = date(2026, 1, 1);

fn question(unit: Unit, covariates: &[&str]) -> Question {
    let parse = |text: &&str| text.parse().unwrap();
    Question {
        query: Query {
            unit,
            ..Query::new(ON)
        },
        covariates: covariates.iter().map(parse).collect(),
        ties: Ties::Efron,
    }
}

fn works(from: &str, to: Option<&str>) -> Spell {
    Spell {
        of: SpellOf::Employment(EmploymentKind::Formal),
        from: day(from),
        to: to.map(day),
    }
}

/// `(start, stop, event, covariate)` of each row.
fn told(rows: &[Row]) -> Vec<(Option<i64>, i64, bool, i64)> {
    let row = |row: &Row| (row.start, row.stop, row.event, row.covariates[0]);
    rows.iter().map(row).collect()
}

fn asked(history: &History, unit: Unit, covariate: &str) -> Vec<(Option<i64>, i64, bool, i64)> {
    let table = table(std::slice::from_ref(history));
    let found = rows(&table, &shipped("rearrest"), &question(unit, &[covariate])).unwrap();
    told(&found.rows)
}

#[test]
fn a_row_ends_where_a_spell_begins_or_ends_and_takes_the_value_of_the_day_it_begins() {
    let mut history = person("received 2025-01-01 | arrested 2025-02-05");
    // Work from the third week on, until the middle of the fifth: weeks 3 to 5 begin within it.
    history.journeys[0].spells = vec![works("2025-01-15", Some("2025-01-31"))];
    for (covariate, expected) in [
        (
            "in:employment",
            vec![(None, 2, false, 0), (Some(2), 5, true, 1)],
        ),
        (
            "in:employment@1",
            vec![(Some(1), 3, false, 0), (Some(3), 5, true, 1)],
        ),
        ("in:employment@4", vec![(Some(4), 5, true, 0)]),
        ("in:employment@5", vec![]),
        ("in:housing", vec![(None, 5, true, 0)]),
        ("sex=male", vec![(None, 5, true, 1)]),
    ] {
        assert_eq!(
            asked(&history, Unit::Week, covariate),
            expected,
            "{covariate}"
        );
    }
    // Spells that touch are one; what began before the origin holds from it on.
    history.journeys[0].spells = vec![
        works("2024-12-01", Some("2025-01-15")),
        works("2025-01-15", None),
    ];
    assert_eq!(
        asked(&history, Unit::Week, "in:employment"),
        [(None, 5, true, 1)]
    );
    // Work that begins on the day of the arrest explains nothing.
    history.journeys[0].spells = vec![works("2025-02-05", None)];
    for unit in Unit::ALL {
        let found = asked(&history, unit, "in:employment");
        assert!(found.iter().all(|row| row.3 == 0), "{found:?}");
    }
    history.journeys[0].spells = vec![Spell {
        of: SpellOf::Housing(HousingKind::Street),
        ..works("2025-01-01", None)
    }];
    assert_eq!(
        asked(&history, Unit::Week, "in:housing"),
        [(None, 5, true, 0)]
    );
}

#[test]
fn whoever_cannot_be_read_is_counted_and_what_cannot_be_fitted_says_why() {
    let lines = [
        "received 2025-01-01 age:30 sex:female | arrested 2025-02-05",
        "received 2025-01-01 age:40 | arrested 2025-03-05",
        "received 2025-01-01 age:20 | died 2025-04-05",
        "received 2025-01-01 age:50",
        "received 2025-01-01",
    ];
    let people: Vec<History> = lines.iter().map(|line| person(line)).collect();
    let table = table(&people);
    let definition = shipped("rearrest");
    let fitted = answer(&table, &definition, &question(Unit::Day, &["age"])).unwrap();
    assert_eq!(
        (fitted.persons, fitted.left_out, fitted.events, fitted.rows),
        (4, 1, 2, 4)
    );
    assert_eq!(fitted.definition, "rearrest@1");
    assert_eq!(fitted.sheets().len(), 3);
    let effect = &fitted.covariates[0];
    let (lower, upper) = effect.interval.unwrap();
    assert!(lower < effect.hazard_ratio && effect.hazard_ratio < upper);

    let refused = |covariates: &[&str]| {
        let question = question(Unit::Day, covariates);
        answer(&table, &definition, &question).unwrap_err()
    };
    assert_eq!(refused(&[]), RegressionError::Covariates(0));
    assert_eq!(refused(&["age"; 21]), RegressionError::Covariates(21));
    assert_eq!(
        refused(&["age", "in:employment"]).to_string(),
        "covariate `in:employment` says nothing beyond the ones before it"
    );
    assert_eq!(
        refused(&["cohort.fin"]).to_string(),
        "nobody has covariate `cohort.fin`: there are none of any study"
    );
    let mut early = question(Unit::Day, &["age"]);
    early.query.on = date(2025, 1, 20);
    assert_eq!(
        answer(&table, &definition, &early).unwrap_err().to_string(),
        "none of the 4 persons in the model fails (1 left out)"
    );
    early.query.level = 1.0;
    assert_eq!(
        answer(&table, &definition, &early).unwrap_err(),
        RegressionError::Query(QueryError::Level(1.0))
    );
}

/// People, some of them in work for a while, and of unlike ages.
fn workers() -> impl Strategy<Value = Vec<History>> {
    let work = prop::collection::vec((0_i32..1500, 1_i32..300, 18_u8..60), 25);
    (people(true), work).prop_map(|(mut people, work)| {
        for (history, (begun, days, age)) in people.iter_mut().zip(work) {
            let past = &mut history.journeys[0];
            let from = add_days(date(2019, 10, 1), begun);
            past.spells = vec![Spell {
                of: SpellOf::Employment(EmploymentKind::Informal),
                from: Day(from),
                to: (days % 3 > 0).then(|| Day(add_days(from, days))),
            }];
            if let Some(arrival) = &mut past.arrival {
                arrival.age = Some(age);
            }
        }
        people
    })
}

/// The day on which a unit begins.
fn begins(unit: Unit, origin: Date, time: i64) -> Date {
    let units = i32::try_from(time.max(1) - 1).unwrap();
    match unit {
        Unit::Day => add_days(origin, units),
        Unit::Week => add_days(origin, 7 * units),
        Unit::Month => add_months(origin, units),
    }
}

/// Each unit of time at risk by itself, with what the person did on the day on which it begins.
fn unit_by_unit(history: &History, definition: &Definition, unit: Unit, lag: i64) -> Vec<Row> {
    let Some(outcome) = definition.evaluate(history, ON).into_iter().next() else {
        return Vec::new();
    };
    let plain = rows(
        &table(std::slice::from_ref(history)),
        definition,
        &question(unit, &["age"]),
    );
    let mut each = Vec::new();
    for row in plain.unwrap().rows {
        let first = row.start.map_or(i64::from(row.stop > 0), |start| start + 1);
        for time in first.max(lag + i64::from(lag > 0))..=row.stop {
            let on = begins(unit, outcome.origin, time - lag);
            let works = history.journeys.iter().flat_map(|past| &past.spells);
            let works = works
                .filter(|spell| spell.from.0 <= on && spell.to.is_none_or(|to| on < to.0))
                .count();
            each.push(Row {
                start: (time > 1 || row.start.is_some() || lag > 0).then_some(time - 1),
                stop: time,
                event: row.event && time == row.stop,
                covariates: vec![row.covariates[0], i64::from(works > 0)],
                ..row.clone()
            });
        }
    }
    each
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn rows_cut_at_changes_are_the_units_and_give_the_same_fit(
        people in workers(), unit in prop::sample::select(&Unit::ALL[1..]), lag in 0_i64..3,
    ) {
        let name = format!("in:employment@{lag}");
        let asked = question(unit, &["age", &name]);
        let definition = shipped("rearrest");
        let found = rows(&table(&people), &definition, &asked).unwrap();
        let each = people.iter().flat_map(|one| unit_by_unit(one, &definition, unit, lag));
        let units: Vec<Row> = each.collect();
        let at_risk = units.iter().filter(|row| row.stop > 0).count();
        prop_assert_eq!(found.units_at_risk, u64::try_from(at_risk).unwrap());
        // Everybody lies in a row of their own at each time: the same persons at the same risk.
        let (merged, split) = (cox::fit(&found.rows, Ties::Efron), cox::fit(&units, Ties::Efron));
        // A likelihood that rises for ever is level to one search a step before it is to the other.
        let settled = |fit: &cox::Fit| fit.coefficients.iter().all(|c| c.standard_error < 10.0);
        match (merged, split) {
            (Ok(merged), Ok(split)) if settled(&split) => {
                prop_assert_eq!(merged.concordance, split.concordance);
                prop_assert!((merged.log_likelihood - split.log_likelihood).abs() < 1e-8);
                for (a, b) in merged.coefficients.iter().zip(&split.coefficients) {
                    prop_assert!((a.value - b.value).abs() < 1e-6 * b.standard_error.max(1.0));
                    prop_assert!((a.standard_error - b.standard_error).abs() < 1e-5);
                }
            }
            (merged, split) => {
                prop_assert!(!merged.is_ok_and(|fit| settled(&fit)));
                prop_assert!(!split.is_ok_and(|fit| settled(&fit)));
            }
        }
    }

    #[test]
    fn the_order_of_people_changes_no_bit(people in workers()) {
        let asked = question(Unit::Week, &["age", "in:employment"]);
        let definition = shipped("rearrest");
        let mut turned = people.clone();
        turned.reverse();
        let (one, other) = (table(&people), table(&turned));
        prop_assert_eq!(
            rows(&one, &definition, &asked).unwrap(),
            rows(&other, &definition, &asked).unwrap()
        );
        prop_assert_eq!(answer(&one, &definition, &asked), answer(&other, &definition, &asked));
    }
}
