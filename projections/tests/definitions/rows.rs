//! Given a history, when a definition is asked on a day, then its window says so.

use homeward_projections::definition::Definition;

use crate::people::{day, person, shipped, within};

/// Facts, the reference day, and what the window says on it.
fn check(definition: &Definition, place: usize, rows: &[(&str, &str, &str)]) {
    for (facts, on, expected) in rows {
        let found = within(&person(facts), definition, day(on).0, place);
        assert_eq!(found, *expected, "{facts} on {on}");
    }
}

/// An offence committed in `[t0, t0 + 12 months)` and proven before `t0 + 18 months`; final from that
/// day on.
const BOUNDARIES: &[(&str, &str, &str)] = &[
    // Commit on the last day, and on the day after it.
    (
        "received 2025-01-01 | convicted 2026-02-01 offence:2025-12-31",
        "2026-07-01",
        "yes",
    ),
    (
        "received 2025-01-01 | convicted 2026-02-01 offence:2026-01-01",
        "2026-07-01",
        "no",
    ),
    // Proof on the last day, and on the day after it.
    (
        "received 2025-01-01 | convicted 2026-06-30 offence:2025-12-31",
        "2026-07-01",
        "yes",
    ),
    (
        "received 2025-01-01 | convicted 2026-07-01 offence:2025-12-31",
        "2026-07-01",
        "no",
    ),
    (
        "received 2025-01-01 | convicted 2026-07-01 offence:2025-12-31",
        "2030-01-01",
        "no",
    ),
    // Offence on the day of origin, and on the day before, convicted after.
    (
        "received 2025-01-01 | convicted 2025-02-01 offence:2025-01-01",
        "2026-07-01",
        "yes",
    ),
    (
        "received 2025-01-01 | convicted 2025-02-01 offence:2024-12-31",
        "2026-07-01",
        "no",
    ),
    // Not yet mature the day before; final that day and ever after.
    (
        "received 2025-01-01 | convicted 2025-02-01 offence:2025-01-20",
        "2026-06-30",
        "not-yet",
    ),
    (
        "received 2025-01-01 | convicted 2025-02-01 offence:2025-01-20",
        "2026-07-01",
        "yes",
    ),
    (
        "received 2025-01-01 | convicted 2025-02-01 offence:2025-01-20",
        "2026-07-02",
        "yes",
    ),
    ("received 2025-01-01", "2026-06-30", "not-yet"),
    ("received 2025-01-01", "2026-07-01", "no"),
    // Of two offences one is proven in time: the other, earlier one does not hide it.
    (
        "received 2025-01-01 | convicted 2026-08-01 offence:2025-02-01 | convicted 2025-06-01 offence:2025-03-01",
        "2026-09-01",
        "yes",
    ),
    // An arrest, a charge, an acquittal and a breach prove nothing.
    (
        "received 2025-01-01 | arrested 2025-02-01 | charged 2025-03-01 | breached 2025-04-01",
        "2026-07-01",
        "no",
    ),
    (
        "received 2025-01-01 | charged 2025-03-01 case:7 offence:2025-02-01 | acquitted 2025-09-01 case:7",
        "2026-07-01",
        "no",
    ),
    // A quashed conviction is none, from the day on which that is known.
    (
        "received 2025-01-01 | convicted 2025-06-01 case:7 offence:2025-02-01 | quashed 2026-09-01 case:7",
        "2026-08-31",
        "yes",
    ),
    (
        "received 2025-01-01 | convicted 2025-06-01 case:7 offence:2025-02-01 | quashed 2026-09-01 case:7",
        "2026-09-01",
        "no",
    ),
    // What competes, and what hides.
    (
        "received 2025-01-01 | died 2025-12-31",
        "2026-07-01",
        "competing",
    ),
    ("received 2025-01-01 | died 2026-01-01", "2026-07-01", "no"),
    (
        "received 2025-01-01 | contact-lost 2025-06-01",
        "2026-07-01",
        "lost",
    ),
    (
        "received 2025-01-01 | contact-lost 2025-06-01 | contact-regained 2025-09-01",
        "2026-07-01",
        "no",
    ),
    (
        "received 2025-01-01 | convicted 2025-09-01 offence:2025-05-31 | contact-lost 2025-06-01",
        "2026-07-01",
        "yes",
    ),
    (
        "received 2025-01-01 | convicted 2025-09-01 offence:2025-06-01 | died 2025-06-01",
        "2026-07-01",
        "yes",
    ),
    (
        "received 2025-01-01 | convicted 2025-09-01 offence:2025-06-02 | died 2025-06-01",
        "2026-07-01",
        "competing",
    ),
    // Nobody before the origin is known, nobody who was never received.
    ("received 2025-01-01", "2024-12-31", "nobody"),
    ("arrested 2025-01-01", "2026-12-31", "nobody"),
];

#[test]
fn proven_reconviction_at_its_boundaries() {
    check(&shipped("reconviction-proven"), 0, BOUNDARIES);
}

#[test]
fn months_end_where_the_calendar_says() {
    check(
        &shipped("reconviction-proven"),
        0,
        &[
            // 31 August: a year on is 31 August, eighteen months on the last day of February.
            (
                "received 2024-08-31 | convicted 2026-02-27 offence:2025-08-30",
                "2026-02-28",
                "yes",
            ),
            (
                "received 2024-08-31 | convicted 2026-02-27 offence:2025-08-31",
                "2026-02-28",
                "no",
            ),
            (
                "received 2024-08-31 | convicted 2026-02-28 offence:2025-08-30",
                "2026-02-28",
                "no",
            ),
            ("received 2024-08-31", "2026-02-27", "not-yet"),
            ("received 2024-08-31", "2026-02-28", "no"),
            // In a leap year that day is the twenty-ninth.
            (
                "received 2022-08-31 | convicted 2024-02-28 offence:2023-08-30",
                "2024-02-29",
                "yes",
            ),
            (
                "received 2022-08-31 | convicted 2024-02-28 offence:2023-08-30",
                "2024-02-28",
                "not-yet",
            ),
            // 29 February: a year on is 28 February.
            (
                "received 2024-02-29 | convicted 2025-08-28 offence:2025-02-27",
                "2025-08-29",
                "yes",
            ),
            (
                "received 2024-02-29 | convicted 2025-08-28 offence:2025-02-28",
                "2025-08-29",
                "no",
            ),
            (
                "received 2024-02-29 | convicted 2025-08-29 offence:2025-02-27",
                "2025-08-29",
                "no",
            ),
            ("received 2024-02-29", "2025-08-28", "not-yet"),
        ],
    );
    // 31 August and six months, by another definition.
    check(
        &shipped("rearrest"),
        0,
        &[
            (
                "received 2024-08-31 | arrested 2025-02-27",
                "2025-02-28",
                "yes",
            ),
            (
                "received 2024-08-31 | arrested 2025-02-28",
                "2025-02-28",
                "no",
            ),
            (
                "received 2024-08-31 | arrested 2025-02-27",
                "2025-02-27",
                "not-yet",
            ),
        ],
    );
}

#[test]
fn returns_to_custody_are_of_two_causes_and_no_others() {
    let definition = shipped("return-to-custody");
    check(
        &definition,
        1,
        &[
            (
                "received 2025-01-01 | custody 2025-02-01 reason:new-offence",
                "2026-01-01",
                "yes",
            ),
            (
                "received 2025-01-01 | custody 2025-02-01 reason:technical-breach",
                "2026-01-01",
                "yes",
            ),
            (
                "received 2025-01-01 | custody 2025-02-01 reason:remand",
                "2026-01-01",
                "no",
            ),
            (
                "received 2025-01-01 | custody 2025-02-01 reason:immigration",
                "2026-01-01",
                "no",
            ),
            (
                "received 2025-01-01 | custody 2025-02-01 reason:old-sentence",
                "2026-01-01",
                "no",
            ),
            (
                "received 2025-01-01 | custody 2024-12-31 reason:new-offence",
                "2026-01-01",
                "no",
            ),
            (
                "received 2025-01-01 | custody 2025-01-01 reason:new-offence",
                "2026-01-01",
                "yes",
            ),
        ],
    );
    assert_eq!(definition.causes(), ["new-offence", "technical-breach"]);
}

#[test]
fn leaving_and_being_sent_back_are_two_returns() {
    let gone_and_back = "received 2025-01-01 | remigrated 2025-03-01 | removed-again 2025-05-01";
    let sent_to_us_again = "received 2025-01-01 | 2: received 2025-05-01 type:refused-entry";
    let came_by_themselves = "received 2025-01-01 | 2: received 2025-05-01 type:voluntary";
    check(
        &shipped("removed-again"),
        1,
        &[
            (gone_and_back, "2026-01-01", "yes"),
            (sent_to_us_again, "2026-01-01", "yes"),
            (came_by_themselves, "2026-01-01", "no"),
            (
                "received 2025-01-01 | remigrated 2025-03-01",
                "2026-01-01",
                "no",
            ),
            (
                "received 2025-01-01 | died 2025-03-01",
                "2026-01-01",
                "competing",
            ),
        ],
    );
    check(
        &shipped("remigration"),
        1,
        &[
            (gone_and_back, "2026-01-01", "yes"),
            (
                "received 2025-01-01 | removed-again 2025-03-01",
                "2026-01-01",
                "yes",
            ),
            (
                "received 2025-01-01 | died 2025-03-01",
                "2026-01-01",
                "competing",
            ),
            (sent_to_us_again, "2026-01-01", "no"),
        ],
    );
}

/// A definition by hand, with the fields that the shipped ones do not use.
fn own(change: &[(&str, &str)]) -> Definition {
    let mut text = shipped("rearrest").text().to_owned();
    for (from, to) in change {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    Definition::parse("own.toml", &text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn clocks_differ() {
    let case = "received 2025-01-01 | arrested 2025-05-01 case:7 offence:2025-03-01 recorded:2025-08-01 \
                | convicted 2025-06-15 case:7";
    for (clock, failed) in [
        ("event", "2025-05-01"),
        ("offence", "2025-03-01"),
        ("disposal", "2025-06-15"),
        ("recorded", "2025-08-01"),
    ] {
        let clock = format!("clock = \"{clock}\"\n\n[origin]");
        let definition = own(&[("[origin]", &clock)]);
        let person = person(case);
        let outcome = &definition.evaluate(&person, day("2025-12-31").0)[0];
        assert_eq!(outcome.failed().unwrap().on, day(failed).0, "{clock}");
        // A day earlier than whatever makes it known, nobody knows.
        let known = day(failed).0.max(day("2025-05-01").0).yesterday().unwrap();
        assert_eq!(
            definition.evaluate(&person, known)[0].failed(),
            None,
            "{clock}"
        );
    }
}

#[test]
fn a_rule_may_depend_on_the_time_elapsed() {
    let definition = own(&[(
        "event = \"arrested\"",
        "event = \"arrested\"\nfrom_months = 1\nbefore_months = 6\nclass = [\"drugs\"]\nseverity = [\"indictable\"]",
    )]);
    let arrest = |on: &str, more: &str| format!("received 2025-01-31 | arrested {on} {more}");
    let grave = "class:drugs severity:indictable";
    for (facts, expected) in [
        (arrest("2025-02-27", grave), "no"),
        (arrest("2025-02-28", grave), "yes"),
        (arrest("2025-07-30", grave), "yes"),
        (arrest("2025-07-31", grave), "no"),
        (
            arrest("2025-03-10", "class:fraud severity:indictable"),
            "no",
        ),
        (arrest("2025-03-10", "class:drugs severity:summary"), "no"),
        (arrest("2025-03-10", ""), "no"),
    ] {
        let found = within(&person(&facts), &definition, day("2026-12-31").0, 1);
        assert_eq!(found, expected, "{facts}");
    }
}

#[test]
fn only_the_population_is_counted() {
    let definition = own(&[(
        "[[failure]]",
        "[population]\nreturn_type = [\"deported\", \"refused-entry\"]\ngrounds = [\"drugs\"]\n\
         sex = [\"female\"]\nage_min_years = 18\nage_max_years = 30\n\n[[failure]]",
    )]);
    let received = |more: &str| format!("received 2025-01-01 {more}");
    for (facts, expected) in [
        (received("sex:female age:18"), "no"),
        (received("sex:female age:30 type:refused-entry"), "no"),
        (received("sex:female age:17"), "nobody"),
        (received("sex:female age:31"), "nobody"),
        (received("sex:female"), "nobody"),
        (received("sex:male age:20"), "nobody"),
        (received("sex:female age:20 type:voluntary"), "nobody"),
        (received("sex:female age:20 grounds:immigration"), "nobody"),
    ] {
        let found = within(&person(&facts), &definition, day("2026-12-31").0, 1);
        assert_eq!(found, expected, "{facts}");
    }
}

#[test]
fn persons_and_journeys_first_and_every_origin() {
    let twice = person("received 2025-01-01 | 2: received 2025-06-01 | 2: arrested 2025-07-01");
    let on = day("2026-12-31").0;
    let failed = |definition: &Definition| -> Vec<(String, bool)> {
        let outcomes = definition.evaluate(&twice, on);
        let told = outcomes
            .iter()
            .map(|o| (o.origin.to_string(), o.failed().is_some()));
        told.collect()
    };
    let first = ("2025-01-01".to_owned(), true);
    let second = ("2025-06-01".to_owned(), true);
    assert_eq!(failed(&own(&[])), std::slice::from_ref(&first));
    let every = own(&[("which = \"first\"", "which = \"every\"")]);
    assert_eq!(failed(&every), [first, second.clone()]);
    // Each journey by itself: the arrest was told of the second.
    let journeys = own(&[("unit = \"person\"", "unit = \"journey\"")]);
    let alone = ("2025-01-01".to_owned(), false);
    assert_eq!(failed(&journeys), [alone, second]);
}

#[test]
fn time_may_begin_on_leaving_custody() {
    let definition = own(&[("event = \"reception\"", "event = \"custody-left\"")]);
    let facts = "received 2025-01-01 | custody 2024-01-01..2024-06-01 | custody 2025-02-01..2025-03-01 \
                 | arrested 2025-02-15 | arrested 2025-04-01";
    let person = person(facts);
    let outcomes = definition.evaluate(&person, day("2026-12-31").0);
    assert_eq!(outcomes.len(), 1);
    assert_eq!(outcomes[0].origin, day("2025-03-01").0);
    assert_eq!(outcomes[0].failed().unwrap().on, day("2025-04-01").0);
}
