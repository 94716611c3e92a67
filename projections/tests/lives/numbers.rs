//! Sources that number their events: what is in, whatever became of it, and whatever came first.

use std::collections::BTreeSet;

use homeward_projections::fold;
use homeward_projections::sources::{SOURCES, numbers};
use serde_json::json;

use crate::scribe::Scribe;

const SOURCE: &str = "urn:homeward:test";

/// Receptions of journeys, each with its number.
fn numbered(of: &[(u32, &str)]) -> Scribe {
    let mut scribe = Scribe::default();
    for (journey, number) in of {
        scribe.received(*journey, "2026-07-01");
        scribe.events.last_mut().unwrap().sequence = Some(number.parse().unwrap());
    }
    scribe
}

/// How many are in; gaps by first and last; numbers on several events, with how many.
type Told = (u64, Vec<(u64, u64)>, Vec<(u64, i64)>);

/// What is told from 1 to a last number.
fn told(scribe: &Scribe, ledger: &str, last: u64) -> Told {
    let runs = numbers::arrived(&scribe.table("sources"), ledger, SOURCE).unwrap();
    let compared = numbers::compare(&runs, &BTreeSet::new(), (1, last));
    let gaps = compared.gaps.iter().map(|gap| (gap.first, gap.last));
    let twice = compared.twice.iter().map(|run| (run.first, run.events));
    (compared.in_log, gaps.collect(), twice.collect())
}

#[test]
fn numbers_that_never_came_are_told_whatever_came_first() {
    let mut scribe = numbered(&[(1, "4"), (2, "1"), (3, "2"), (4, "7")]);
    let expected = (4, vec![(3, 3), (5, 6), (8, 9)], vec![]);
    assert_eq!(told(&scribe, "jm", 9), expected);
    scribe.events.reverse();
    assert_eq!(told(&scribe, "jm", 9), expected);
    // Offered twice, an event is in once.
    let again = scribe.events.clone();
    scribe.events.extend(again);
    assert_eq!(told(&scribe, "jm", 9), expected);
    assert_eq!(told(&scribe, "tt", 2), (0, vec![(1, 2)], vec![]));
}

#[test]
fn what_was_retracted_or_linked_came_all_the_same() {
    let mut scribe = numbered(&[(1, "1"), (2, "2"), (3, "3")]);
    let before = told(&scribe, "jm", 3);
    assert_eq!(before, (3, vec![], vec![]));
    let wrong = scribe.events[1].id;
    let retract = json!({ "event": wrong, "reason": "wrong-person" });
    scribe.write(2, "correction.retracted", "2026-07-02", retract);
    scribe.linked(1, 3, "2026-07-03");
    assert_eq!(told(&scribe, "jm", 3), before);
}

#[test]
fn a_number_on_two_events_is_found_on_one_journey_and_on_two() {
    let mut scribe = numbered(&[(1, "1"), (2, "2"), (3, "2")]);
    let data = json!({ "kind": "health", "depth": "rapid", "result": "negative" });
    scribe.write(1, "screening.completed", "2026-07-02", data);
    scribe.events.last_mut().unwrap().sequence = Some("1".parse().unwrap());
    assert_eq!(told(&scribe, "jm", 2), (2, vec![], vec![(1, 2)]));
}

#[test]
fn events_without_a_number_cost_nothing_and_with_one_a_pair_of_cells_a_gap() {
    let cells = |scribe: &Scribe| {
        let cells = fold::contributions(&SOURCES, &scribe.facts()).cells;
        let number = cells
            .iter()
            .filter(|(key, by)| key.starts_with("number|") && **by != 0);
        number.count()
    };
    let mut scribe = numbered(&[]);
    scribe.received(1, "2026-07-01");
    assert_eq!(cells(&scribe), 0);
    let whole: Vec<(u32, String)> = (1..=50).map(|n| (n, n.to_string())).collect();
    let mut whole: Vec<(u32, &str)> = whole.iter().map(|(n, text)| (*n, text.as_str())).collect();
    assert_eq!(cells(&numbered(&whole)), 2);
    whole.remove(20);
    assert_eq!(cells(&numbered(&whole)), 4);
}
