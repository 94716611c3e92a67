//! Groups beside each other, cohorts, years, ladders, and the tables that leave the house.

use homeward_projections::histories::History;
use homeward_projections::recidivism::{self, CohortBy, Query, QueryError};

use crate::people::{ask, day, person, shipped, table};

/// Ten women, of whom two are arrested early, and ten men, of whom six are.
fn women_and_men() -> Vec<History> {
    let one = |sex: &str, number: i64, failed: bool| {
        let on = day("2025-01-01")
            .0
            .saturating_add(jiff::ToSpan::days(number));
        let arrested = if failed {
            format!(
                " | arrested {}",
                on.saturating_add(jiff::ToSpan::days(20 + number))
            )
        } else {
            String::new()
        };
        person(&format!("received {on} sex:{sex}{arrested}"))
    };
    let women = (0..10).map(|n| one("female", n, n < 2));
    let men = (0..10).map(|n| one("male", n, n < 6));
    women.chain(men).collect()
}

fn query() -> Query {
    Query {
        at: vec![60],
        by: vec!["sex".to_owned()],
        ..Query::new(day("2026-12-31").0)
    }
}

#[test]
fn groups_have_figures_of_their_own_and_are_compared() {
    let answer = ask(&women_and_men(), &shipped("rearrest"), &query());
    let told: Vec<(&str, u64, u64)> = answer
        .groups
        .iter()
        .map(|group| {
            (
                group.values[0].as_str(),
                group.figures.persons,
                group.figures.failed,
            )
        })
        .collect();
    assert_eq!(told, [("female", 10, 2), ("male", 10, 6)]);
    let test = answer.log_rank.unwrap();
    // Worked out by hand in fractions: two women and six men fail, 4.2201 and 3.7799 were expected.
    assert_eq!(test.degrees, Some(1));
    assert!(
        (test.chi2.unwrap() - 2.560_884_074_6).abs() < 1e-9,
        "{test:?}"
    );
    assert!(
        (test.groups[0].expected - 4.220_146_520_1).abs() < 1e-9,
        "{test:?}"
    );
    let observed: Vec<f64> = test.groups.iter().map(|side| side.observed).collect();
    let expected: f64 = test.groups.iter().map(|side| side.expected).sum();
    assert!((observed[0] - 2.0).abs() < 1e-12 && (expected - 8.0).abs() < 1e-9);
}

#[test]
fn strata_of_one_group_compare_nothing() {
    let query = Query {
        strata: vec!["sex".to_owned()],
        ..query()
    };
    let test = ask(&women_and_men(), &shipped("rearrest"), &query)
        .log_rank
        .unwrap();
    assert_eq!(test.chi2, None);
    assert!(test.not_compared.is_some());
}

#[test]
fn conditions_are_kept_and_unknown_ones_refused() {
    let people = women_and_men();
    let mut query = Query::new(day("2026-12-31").0);
    query
        .only
        .insert("sex".to_owned(), vec!["female".to_owned()]);
    assert_eq!(
        ask(&people, &shipped("rearrest"), &query).figures.persons,
        10
    );
    query.origin_from = Some(day("2025-01-03").0);
    query.origin_to = Some(day("2025-01-05").0);
    assert_eq!(
        ask(&people, &shipped("rearrest"), &query).figures.persons,
        3
    );
    query
        .only
        .insert("colour".to_owned(), vec!["red".to_owned()]);
    let refused = recidivism::answer(&table(&people), &shipped("rearrest"), &query);
    assert!(
        matches!(refused, Err(QueryError::Dimension(_))),
        "{refused:?}"
    );
}

#[test]
fn a_ladder_gives_up_conditions_until_a_group_says_enough() {
    // Twenty persons are too few for ten points of a hundred; a thousand are enough.
    let mut people = women_and_men();
    let many = (0..1000).map(|n| {
        let arrested = if n % 50 == 0 {
            " | arrested 2025-02-01"
        } else {
            ""
        };
        person(&format!(
            "received 2025-01-01 sex:female type:voluntary{arrested}"
        ))
    });
    people.extend(many);
    let mut query = Query::new(day("2026-12-31").0);
    query
        .only
        .insert("sex".to_owned(), vec!["female".to_owned()]);
    query
        .only
        .insert("return_type".to_owned(), vec!["deported".to_owned()]);
    query.widen = vec!["return_type".to_owned()];
    let ladder = ask(&people, &shipped("rearrest"), &query).ladder;
    let first = &ladder[0];
    assert_eq!(
        (first.months, first.without.as_slice()),
        (6, &["return_type".to_owned()][..])
    );
    assert_eq!(
        (first.share.part, first.share.whole, first.enough),
        (22, 1010, true)
    );
    query.widen = vec!["site".to_owned()];
    let refused = recidivism::answer(&table(&people), &shipped("rearrest"), &query);
    assert_eq!(refused, Err(QueryError::Widen("site".to_owned())));
}

#[test]
fn cohorts_know_whether_they_are_final() {
    let people = [
        person("received 2025-01-15 | arrested 2025-03-01"),
        person("received 2025-03-31"),
        person("received 2025-04-01"),
    ];
    let query = Query {
        cohorts: CohortBy::Quarter,
        ..Query::new(day("2025-09-30").0)
    };
    let answer = ask(&people, &shipped("rearrest"), &query);
    let half_year: Vec<(&str, u64, u64, u64, bool)> = answer
        .cohorts
        .iter()
        .filter(|cohort| cohort.months == 6)
        .map(|c| {
            (
                c.cohort.as_str(),
                c.failed,
                c.not_failed,
                c.not_yet,
                c.is_final,
            )
        })
        .collect();
    assert_eq!(
        half_year,
        [("2025-Q1", 1, 1, 0, true), ("2025-Q2", 0, 0, 1, false)]
    );
}

#[test]
fn the_three_figures_of_a_year_are_three() {
    let people = [
        person("received 2020-01-01 | arrested 2020-06-01 | arrested 2021-06-01"),
        person("received 2020-01-01 | arrested 2021-01-01"),
        person("received 2020-01-01"),
        person("received 2020-01-01 | died 2021-06-01"),
    ];
    let years = ask(
        &people,
        &shipped("rearrest"),
        &Query::new(day("2022-01-01").0),
    )
    .years;
    let told = |year: usize| {
        let year = &years[year];
        let share = |s: Option<recidivism::Share>| s.map(|share| (share.part, share.whole));
        (
            year.observed,
            share(year.cumulative),
            share(year.annual),
            share(year.first_failure),
        )
    };
    assert_eq!(told(0), (4, Some((1, 4)), Some((1, 4)), Some((1, 4))));
    // Whoever died in the second year is not observed to its end.
    assert_eq!(told(1), (3, Some((2, 3)), Some((2, 3)), Some((1, 2))));
    assert_eq!(told(2), (0, None, None, None));
}

#[test]
fn frequency_and_severity_are_counted_where_the_definition_says_so() {
    let people = [
        person(
            "received 2025-01-01 | convicted 2025-06-01 offence:2025-02-01 severity:indictable \
             | convicted 2025-06-01 offence:2025-03-01 severity:summary",
        ),
        person("received 2025-01-01 | convicted 2025-06-01 offence:2025-02-01 severity:not-known"),
        person("received 2025-01-01"),
        person("received 2025-01-01 | contact-lost 2025-02-01"),
    ];
    let query = Query::new(day("2026-07-01").0);
    let answer = ask(&people, &shipped("reconviction-proven"), &query);
    let counted = answer.figures.windows[0].reoffending.unwrap();
    assert_eq!(counted.failures, 3);
    assert!((counted.per_100_persons.unwrap() - 100.0).abs() < 1e-9);
    assert!((counted.per_person_failed.unwrap() - 1.5).abs() < 1e-9);
    assert!((counted.severity_per_100_persons.unwrap() - 500.0 / 3.0).abs() < 1e-9);
    let rearrest = ask(&people, &shipped("rearrest"), &query);
    assert_eq!(rearrest.figures.windows[0].reoffending, None);
}

#[test]
fn sheets_hold_a_value_for_every_column_and_tags_of_their_kind() {
    let answer = ask(&women_and_men(), &shipped("rearrest"), &query());
    let sheets = answer.sheets();
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "definition",
            "ends",
            "survival",
            "survival-by-group",
            "incidence",
            "windows",
            "cohorts",
            "years"
        ]
    );
    for sheet in &sheets {
        assert!(!sheet.rows.is_empty(), "{}", sheet.name);
        assert!(sheet.name.len() <= 31);
        for row in &sheet.rows {
            assert_eq!(row.len(), sheet.columns.len(), "{}", sheet.name);
        }
        for column in &sheet.columns {
            assert!(
                column.hxl.starts_with('#'),
                "{} {}",
                sheet.name,
                column.name
            );
        }
    }
}
