//! Time that is no time at risk: grace after the origin, custody, and abroad.

use homeward_projections::definition::Definition;
use homeward_projections::recidivism::{Query, Unit};

use crate::people::{ask, day, person, shipped};

fn own(change: &str) -> Definition {
    // What ends observation must not be a gap as well.
    let text = shipped("rearrest")
        .text()
        .replace(", \"remigrated\", ", ", ");
    let text = text.replace("[origin]", &format!("{change}\n\n[origin]"));
    Definition::parse("own.toml", &text).unwrap_or_else(|error| panic!("{error}"))
}

/// At risk on the days asked for, after a reception on the first of January, as known a year later.
fn at_risk(definition: &Definition, facts: &str, unit: Unit, at: &[i64]) -> Vec<u64> {
    let query = Query {
        at: at.to_vec(),
        unit,
        ..Query::new(day("2025-12-31").0)
    };
    let answer = ask(&[person(facts)], definition, &query);
    answer
        .figures
        .at
        .iter()
        .map(|point| point.at_risk)
        .collect()
}

#[test]
fn nobody_is_at_risk_between_entering_custody_and_leaving_it() {
    let definition = own("not_at_risk = [\"custody\"]");
    let facts = "received 2025-01-01 | custody 2025-01-11..2025-01-21 reason:remand";
    // Day 10 is that of entry, day 20 that of leaving.
    let days = [9, 10, 11, 19, 20, 21];
    assert_eq!(
        at_risk(&definition, facts, Unit::Day, &days),
        [1, 1, 0, 0, 1, 1]
    );
    // In weeks: 2 has begun with day 8 and holds the entry, 3 holds the leaving.
    assert_eq!(
        at_risk(&definition, facts, Unit::Week, &[1, 2, 3, 4]),
        [1, 1, 1, 1]
    );
    let long = "received 2025-01-01 | custody 2025-01-11..2025-02-21 reason:remand";
    let weeks = [2, 3, 7, 8];
    assert_eq!(at_risk(&definition, long, Unit::Week, &weeks), [1, 0, 0, 1]);
}

#[test]
fn what_happens_in_a_gap_does_not_count() {
    let definition = own("not_at_risk = [\"custody\"]");
    for (arrested, counts) in [
        ("2025-01-11", true),
        ("2025-01-12", false),
        ("2025-01-20", false),
        ("2025-01-21", true),
    ] {
        let facts = format!(
            "received 2025-01-01 | custody 2025-01-11..2025-01-21 reason:remand | arrested {arrested}"
        );
        let person = person(&facts);
        let outcomes = definition.evaluate(&person, day("2025-12-31").0);
        assert_eq!(outcomes[0].failed().is_some(), counts, "{facts}");
    }
}

#[test]
fn whoever_is_held_to_the_end_was_last_seen_at_risk_on_entry() {
    let definition = own("not_at_risk = [\"custody\"]");
    let query = Query::new(day("2025-12-31").0);
    for facts in [
        "received 2025-01-01 | custody 2025-01-11 reason:remand",
        "received 2025-01-01 | custody 2025-01-11 reason:remand | died 2025-03-01",
    ] {
        let answer = ask(&[person(facts)], &definition, &query);
        let survival = answer
            .sheets()
            .into_iter()
            .find(|sheet| sheet.name == "survival")
            .unwrap();
        assert_eq!(survival.rows.len(), 1, "{facts}");
        assert_eq!(
            survival.rows[0][..4],
            [10, 1, 0, 1].map(|n: i64| n.into()),
            "{facts}"
        );
    }
}

#[test]
fn grace_delays_the_entry() {
    let definition = own("grace = { after_origin_days = 30, between_failures_days = 14 }");
    let facts = "received 2025-01-01 | arrested 2025-01-30 | arrested 2025-01-31";
    assert_eq!(
        at_risk(&definition, facts, Unit::Day, &[0, 29, 30, 31]),
        [0, 0, 1, 0]
    );
    let again =
        "received 2025-01-01 | arrested 2025-03-01 | arrested 2025-03-15 | arrested 2025-03-16";
    let person = person(again);
    let days: Vec<String> = definition.evaluate(&person, day("2025-12-31").0)[0]
        .failures
        .iter()
        .map(|failed| failed.on.to_string())
        .collect();
    assert_eq!(days, ["2025-03-01", "2025-03-16"]);
}

#[test]
fn abroad_is_a_gap_until_the_first_sign_of_return() {
    let definition = own("not_at_risk = [\"abroad\"]");
    for facts in [
        "received 2025-01-01 | remigrated 2025-01-11 | 2: received 2025-01-21 type:voluntary",
        "received 2025-01-01 | remigrated 2025-01-11 | removed-again 2025-01-21",
    ] {
        let days = [10, 11, 19, 20];
        assert_eq!(
            at_risk(&definition, facts, Unit::Day, &days),
            [1, 0, 0, 1],
            "{facts}"
        );
    }
}

#[test]
fn what_is_a_gap_ends_nothing() {
    let text = shipped("rearrest")
        .text()
        .replace("[origin]", "not_at_risk = [\"abroad\"]\n\n[origin]");
    let error = Definition::parse("own.toml", &text).unwrap_err();
    assert_eq!(error.field, "not_at_risk", "{error}");
}
