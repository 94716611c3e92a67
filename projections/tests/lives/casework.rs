//! Given plans, deliveries, transfers, relatives and attachments, then a case says this.

use std::collections::BTreeMap;

use homeward_events::id::LedgerId;
use homeward_events::lifecycle::RemovalReason;
use homeward_projections::assistance::{self, Figures};
use homeward_projections::cases::{self, Relative};
use homeward_projections::{MemoryTable, plans};
use serde_json::json;

use crate::scribe::{Scribe, uuid};

fn only(pairs: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()]))
        .collect()
}

fn by(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn goal(id: &str, dimension: &str, level: &str) -> serde_json::Value {
    json!({ "id": id, "dimension": dimension, "level": level })
}

#[test]
fn plans_and_goals_are_two_units() {
    let mut scribe = Scribe::default();
    for journey in 1..=3 {
        scribe.received(journey, "2026-01-01");
        let goals = [
            goal("work", "economic", "individual"),
            goal("home", "social", "community"),
        ];
        let agreed = json!({ "plan": uuid(100 + journey), "goals": goals });
        scribe.write(journey, "plan.agreed", "2026-01-20", agreed);
    }
    let reached = json!([{ "id": "work", "progress": "reached" }]);
    let review = json!({ "plan": uuid(101), "goals": reached });
    scribe.write(1, "plan.reviewed", "2026-03-01", review);
    let approved = |plan: u32, decision: &str| json!({ "plan": uuid(plan), "decision": decision, "approver": "head" });
    scribe.write(1, "plan.approved", "2026-01-22", approved(101, "approved"));
    scribe.write(2, "plan.approved", "2026-01-22", approved(102, "sent-back"));

    let table = scribe.table("plans");
    let states = plans::count(&table, &only(&[]), &by(&["state"])).unwrap();
    let told: Vec<_> = states
        .groups
        .iter()
        .map(|group| (group.values[0].as_str(), group.plans, group.goals))
        .collect();
    let expected = [
        ("approved", Some(1), 2),
        ("pending", Some(1), 2),
        ("sent-back", Some(1), 2),
    ];
    assert_eq!(told, expected);
    assert_eq!((states.plans, states.goals), (Some(3), 6));
    // By what only goals have, plans are not counted: each stands in several groups.
    let progress = plans::count(&table, &only(&[]), &by(&["dimension", "progress"])).unwrap();
    assert_eq!(progress.plans, None);
    let told: Vec<_> = progress
        .groups
        .iter()
        .map(|group| (group.values.join(" "), group.goals))
        .collect();
    let expected = [
        ("economic not-begun".to_owned(), 2),
        ("economic reached".to_owned(), 1),
        ("social not-begun".to_owned(), 3),
    ];
    assert_eq!(told, expected);
    let economic = plans::count(&table, &only(&[("dimension", "economic")]), &[]).unwrap();
    assert_eq!((economic.plans, economic.goals), (None, 3));

    let query = plans::ListQuery {
        state: "sent-back".to_owned(),
        ..plans::ListQuery::default()
    };
    let rows = plans::list(&table, &query, 10).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].plan.to_string(), uuid(102));
    assert_eq!(rows[0].goals.len(), 2);
    let after = plans::ListQuery {
        after: Some(rows[0].place()),
        ..query
    };
    assert_eq!(plans::list(&table, &after, 10).unwrap(), []);
}

/// Delivers something worth an amount in a currency.
fn give(scribe: &mut Scribe, place: (u32, u32, &str), value: Option<(&str, &str)>) {
    let (journey, number, on) = place;
    let mut data = json!({ "assistance": uuid(number), "kind": "cash", "mode": "direct" });
    if let Some((amount, currency)) = value {
        data["value"] = json!({ "amount": amount, "currency": currency });
    }
    scribe.write(journey, "assistance.delivered", on, data);
}

fn worth(figures: &Figures) -> Vec<String> {
    let sum = |sum: &assistance::Sum| format!("{} {}", sum.currency, sum.amount);
    figures.worth.iter().map(sum).collect()
}

#[test]
fn money_is_exact_and_stays_in_its_currency() {
    let mut scribe = Scribe::default();
    for journey in 1..=3 {
        scribe.received(journey, "2026-01-01");
    }
    give(&mut scribe, (1, 201, "2026-01-10"), Some(("0.10", "USD")));
    give(&mut scribe, (1, 202, "2026-02-10"), Some(("0.20", "USD")));
    give(
        &mut scribe,
        (1, 203, "2026-02-11"),
        Some(("5000.00", "JMD")),
    );
    give(&mut scribe, (2, 204, "2026-02-12"), None);
    give(
        &mut scribe,
        (3, 205, "2026-02-12"),
        Some(("99999999.99", "USD")),
    );
    // Undone, it was not given.
    give(&mut scribe, (3, 206, "2026-02-12"), Some(("7.00", "JMD")));
    let undone = json!({ "assistance": uuid(206), "reason": "paid twice" });
    scribe.write(3, "assistance.reversed", "2026-02-13", undone);
    let found = json!({ "assistance": uuid(201), "finding": "in-use" });
    scribe.write(1, "assistance.confirmed", "2026-04-12", found);

    let query = assistance::Query::default();
    let all = assistance::answer(&scribe.table("assistance"), &query)
        .unwrap()
        .all;
    assert_eq!((all.deliveries, all.persons, all.without_worth), (5, 3, 1));
    assert_eq!(worth(&all), ["JMD 5000.00", "USD 100000000.29"]);

    let months = assistance::Query {
        by: by(&["month"]),
        ..assistance::Query::default()
    };
    let answer = assistance::answer(&scribe.table("assistance"), &months).unwrap();
    let told: Vec<_> = answer
        .groups
        .iter()
        .map(|group| {
            (
                group.values[0].as_str(),
                group.figures.deliveries,
                group.figures.persons,
            )
        })
        .collect();
    // Persons of months do not add up: one was helped in both.
    assert_eq!(told, [("2026-01", 1, 1), ("2026-02", 4, 3)]);
    let february = assistance::Query {
        from: Some("2026-02".parse().unwrap()),
        to: Some("2026-02".parse().unwrap()),
        only: only(&[("currency", "USD")]),
        ..assistance::Query::default()
    };
    let answer = assistance::answer(&scribe.table("assistance"), &february).unwrap();
    assert_eq!(worth(&answer.all), ["USD 100000000.19"]);
    let confirmed = assistance::Query {
        only: only(&[("confirmation", "in-use")]),
        ..assistance::Query::default()
    };
    let answer = assistance::answer(&scribe.table("assistance"), &confirmed).unwrap();
    assert_eq!(answer.all.deliveries, 1);
    // The same human being is one person.
    scribe.linked(1, 2, "2026-05-01");
    let all = assistance::answer(&scribe.table("assistance"), &query)
        .unwrap()
        .all;
    assert_eq!((all.deliveries, all.persons), (5, 2));
}

/// Relatives of a journey as `id relation`, as somebody sees them whom some ledgers are open to.
fn relatives(table: &MemoryTable, journey: u32, open: &str) -> Vec<String> {
    let id = uuid(journey).parse().unwrap();
    let case = cases::of(table, id).unwrap();
    let is_open = |ledger: &LedgerId| open.contains(ledger.as_str());
    let relatives = cases::relatives_of(table, id, &case, &is_open).unwrap();
    let told = |relative: &Relative| {
        let relation = relative
            .relation
            .map_or("lives there", |relation| relation.as_str());
        let number = relative.journey.to_string();
        format!(
            "{} {relation}",
            number.trim_start_matches("00000000-0000-4000-8000-0000000000")
        )
    };
    relatives.iter().map(told).collect()
}

#[test]
fn relatives_are_read_from_both_sides_and_stay_two_persons() {
    let mut scribe = Scribe::default();
    for journey in 11..=14 {
        scribe.received(journey, "2026-01-01");
    }
    let child = json!({ "other": uuid(12), "relation": "child", "household": uuid(77) });
    scribe.write(11, "journey.related", "2026-01-02", child);
    let spouse = json!({ "other": uuid(13), "relation": "spouse", "household": uuid(77) });
    scribe.write(11, "journey.related", "2026-01-02", spouse);
    let table = scribe.table("cases");
    assert_eq!(relatives(&table, 11, "jm"), ["12 child", "13 spouse"]);
    // Told by the parent only; the other parent lives there.
    assert_eq!(relatives(&table, 12, "jm"), ["11 parent", "13 lives there"]);
    assert_eq!(relatives(&table, 14, "jm"), Vec::<String>::new());
    // What is told in a ledger that is not open is not seen.
    assert_eq!(relatives(&table, 12, "tt"), Vec::<String>::new());
    let persons = scribe.table("caseload").cells.get("persons|jm").copied();
    assert_eq!(persons, Some(4), "relatives are not one human being");
    // The last word counts, whichever side says it.
    scribe.write(
        12,
        "journey.unrelated",
        "2026-01-03",
        json!({ "other": uuid(11) }),
    );
    let table = scribe.table("cases");
    assert_eq!(relatives(&table, 11, "jm")[..1], ["12 lives there"]);
    let ward = json!({ "other": uuid(11), "relation": "guardian" });
    scribe.write(12, "journey.related", "2026-01-04", ward);
    assert_eq!(relatives(&scribe.table("cases"), 11, "jm")[0], "12 ward");
}

#[test]
fn a_case_says_what_is_next_and_whose_turn_it_is() {
    let mut scribe = Scribe::default();
    scribe.received(21, "2026-01-31");
    let next = |scribe: &Scribe| -> Vec<String> {
        let case = cases::of(&scribe.table("cases"), uuid(21).parse().unwrap()).unwrap();
        let told = |next: &cases::Next| {
            let on = next.on.map_or_else(|| "-".to_owned(), |on| on.to_string());
            let owner = next.owner.as_ref().map_or("-", |owner| owner.as_str());
            format!("{on} {} {owner}", next.what)
        };
        case.next.iter().map(told).collect()
    };
    assert_eq!(next(&scribe), ["2026-02-28 agree-plan moss"]);
    let goals = [goal("work", "economic", "individual")];
    let agreed = json!({ "plan": uuid(101), "goals": goals });
    scribe.write(21, "plan.agreed", "2026-02-10", agreed);
    give(&mut scribe, (21, 201, "2026-02-20"), Some(("10.00", "USD")));
    let proposed =
        json!({ "transfer": uuid(301), "to": "north", "ledger": "tt", "reason": "moved" });
    scribe.write(21, "journey.transfer-proposed", "2026-03-01", proposed);
    assert_eq!(
        next(&scribe),
        [
            "2026-03-15 answer-transfer north",
            "2026-05-20 confirm-assistance moss",
            "- decide-plan moss",
        ]
    );
    let accepted = json!({ "transfer": uuid(301), "to": "north", "accepted": true });
    scribe.publish(
        "jm",
        "north",
        (21, "journey.transferred", "2026-03-05"),
        accepted,
    );
    assert!(next(&scribe).contains(&"- close-transferred north".to_owned()));
    scribe.write(
        21,
        "journey.closed",
        "2026-03-06",
        json!({ "reason": "transferred" }),
    );
    assert_eq!(next(&scribe), Vec::<String>::new());
}

#[test]
fn a_case_keeps_what_was_attached_and_what_consent_is_left() {
    let mut scribe = Scribe::default();
    scribe.received(31, "2026-01-01");
    let given = json!({
        "consent": uuid(50), "purposes": ["referral", "evaluation"], "categories": ["needs"],
        "form": "written", "expires_on": "2026-06-30"
    });
    scribe.write(31, "consent.given", "2026-01-02", given);
    let withdrawn = json!({ "consent": uuid(50), "purposes": ["evaluation"] });
    scribe.write(31, "consent.withdrawn", "2026-02-02", withdrawn);
    let attached = json!({
        "attachment": uuid(60), "sha256": "0a".repeat(32), "media_type": "application/pdf",
        "bytes": 12, "kind": "receipt"
    });
    scribe.write(31, "journey.attached", "2026-01-03", attached);
    let removed = json!({ "attachment": uuid(60), "reason": "superseded" });
    scribe.write(31, "journey.detached", "2026-01-04", removed);
    let case = cases::of(&scribe.table("cases"), uuid(31).parse().unwrap()).unwrap();
    let consent = &case.consents[0];
    let purposes: Vec<&str> = consent.purposes.iter().map(|p| p.as_str()).collect();
    assert_eq!(purposes, ["referral"]);
    for (day, holds) in [
        ("2026-01-01", false),
        ("2026-01-02", true),
        ("2026-06-30", true),
        ("2026-07-01", false),
    ] {
        assert_eq!(consent.holds_on(day.parse().unwrap()), holds, "{day}");
    }
    assert_eq!(case.attachments.len(), 1);
    assert_eq!(
        case.attachments[0].removal.map(RemovalReason::as_str),
        Some("superseded")
    );
}
