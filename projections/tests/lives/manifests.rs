//! Given notices and receptions, when somebody asks who came, then this; and what each source sent.

use std::collections::BTreeMap;

use homeward_projections::manifests::{self, Counts, Line, Standing};
use homeward_projections::sources;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::scribe::{Scribe, uuid};

const BATCH: &str = "us-17";

fn day(day: i8) -> Date {
    date(2026, 7, day)
}

impl Scribe {
    fn notified(&mut self, journey: u32, line: u32, more: &Value) {
        let mut data = json!({
            "expected_on": "2026-07-01", "port": "norman-manley", "batch": BATCH, "line": line,
            "sending_country": "US", "return_type": "deported", "grounds": "immigration",
            "medical_information": "not-provided", "criminal_information": "none"
        });
        for (name, value) in more.as_object().unwrap() {
            data[name] = value.clone();
        }
        self.write(journey, "notice.notified", "2026-06-28", data);
    }

    fn arrived(&mut self, journey: u32, on: &str, more: &Value) {
        let mut data = json!({
            "site": "norman-manley", "return_type": "deported", "grounds": "immigration",
            "sending_country": "US", "sex": "male"
        });
        for (name, value) in more.as_object().unwrap() {
            data[name] = value.clone();
        }
        self.write(journey, "reception.received", on, data);
    }

    fn lines(&self, on: Date) -> (Vec<Line>, Vec<Line>) {
        let table = self.table("manifests");
        manifests::lines(&table, &BATCH.parse().unwrap(), &[], on).unwrap()
    }

    /// The standing of the only line.
    fn standing(&self, on: Date) -> &'static str {
        let (lines, _) = self.lines(on);
        assert_eq!(lines.len(), 1);
        lines[0].standing.as_str()
    }

    fn counts(&self, on: Date) -> Counts {
        let all = manifests::list(&self.table("manifests"), &BTreeMap::new(), on).unwrap();
        let batch = all.into_iter().find(|manifest| manifest.batch == BATCH);
        batch.map(|manifest| manifest.counts).unwrap_or_default()
    }
}

#[test]
fn a_day_that_passes_needs_no_event() {
    let mut scribe = Scribe::default();
    scribe.notified(1, 1, &json!({}));
    assert_eq!(scribe.standing(day(1)), "expected");
    assert_eq!(scribe.standing(day(2)), "untold");
    let counts = (scribe.counts(day(1)), scribe.counts(day(2)));
    assert_eq!((counts.0.expected, counts.0.untold), (1, 0));
    assert_eq!((counts.1.expected, counts.1.untold), (0, 1));
    // Changed to a later day: expected again.
    scribe.write(
        1,
        "notice.changed",
        "2026-07-01",
        json!({ "expected_on": "2026-07-04" }),
    );
    assert_eq!(scribe.standing(day(4)), "expected");
    assert_eq!(scribe.standing(day(5)), "untold");
}

#[test]
fn what_is_told_last_counts() {
    let mut scribe = Scribe::default();
    scribe.notified(1, 1, &json!({}));
    let body = json!({ "expected_on": "2026-07-01", "reason": "not-on-board" });
    scribe.write(1, "reception.not-arrived", "2026-07-01", body);
    assert_eq!(scribe.standing(day(2)), "not-arrived");
    let (lines, _) = scribe.lines(day(2));
    assert_eq!(
        lines[0].not_arrived_reason.unwrap().as_str(),
        "not-on-board"
    );
    // Came a day later after all.
    scribe.arrived(1, "2026-07-02", &json!({}));
    assert_eq!(scribe.standing(day(3)), "arrived");

    let mut cancelled = Scribe::default();
    cancelled.notified(1, 1, &json!({}));
    cancelled.write(1, "notice.cancelled", "2026-06-30", json!({}));
    assert_eq!(cancelled.standing(day(9)), "cancelled");
    cancelled.arrived(1, "2026-07-01", &json!({}));
    assert_eq!(cancelled.standing(day(9)), "arrived");
}

#[test]
fn who_was_announced_by_nobody_is_found_by_batch_and_by_day_and_port() {
    let mut scribe = Scribe::default();
    scribe.notified(1, 1, &json!({}));
    scribe.arrived(1, "2026-07-01", &json!({}));
    scribe.arrived(2, "2026-07-02", &json!({ "batch": BATCH }));
    scribe.arrived(3, "2026-07-01", &json!({}));
    for (journey, on, more) in [
        (4, "2026-07-02", json!({})),
        (5, "2026-07-01", json!({ "site": "sangster" })),
        (6, "2026-07-01", json!({ "return_type": "voluntary" })),
        (7, "2026-07-01", json!({ "batch": "us-18" })),
    ] {
        scribe.arrived(journey, on, &more);
    }
    let (_, unannounced) = scribe.lines(day(3));
    let journeys: Vec<String> = unannounced
        .iter()
        .map(|line| line.journey.to_string())
        .collect();
    assert_eq!(journeys, [uuid(2), uuid(3)]);
    assert!(
        unannounced
            .iter()
            .all(|line| line.standing == Standing::Unannounced)
    );
    let counts = scribe.counts(day(3));
    assert_eq!(
        (counts.announced, counts.arrived, counts.unannounced),
        (1, 1, 2)
    );
}

/// A reception that was written down as a journey of its own is the announced person's once both are
/// linked, and nobody's again when the link is taken back.
#[test]
fn a_link_finds_the_notice_of_a_reception() {
    let mut scribe = Scribe::default();
    scribe.notified(1, 1, &json!({}));
    scribe.notified(2, 2, &json!({}));
    scribe.arrived(3, "2026-07-02", &json!({ "batch": BATCH }));
    let told = |scribe: &Scribe| {
        let counts = scribe.counts(day(3));
        (counts.arrived, counts.untold, counts.unannounced)
    };
    assert_eq!(told(&scribe), (0, 2, 1));
    scribe.linked(3, 1, "2026-07-03");
    assert_eq!(told(&scribe), (1, 1, 0));
    let (lines, unannounced) = scribe.lines(day(3));
    assert_eq!(lines[0].received_as.unwrap().to_string(), uuid(3));
    assert!(unannounced.is_empty());
    let body = json!({ "other": uuid(1), "reason": "another person" });
    scribe.write(3, "journey.unlinked", "2026-07-04", body);
    assert_eq!(told(&scribe), (0, 2, 1));
}

#[test]
fn not_handed_over_is_not_none() {
    let mut scribe = Scribe::default();
    scribe.notified(1, 1, &json!({ "medical_information": "none" }));
    scribe.notified(2, 2, &json!({ "medical_information": "provided" }));
    scribe.notified(3, 3, &json!({}));
    scribe.notified(4, 4, &json!({}));
    // Handed over later, and at reception.
    scribe.write(
        3,
        "notice.changed",
        "2026-06-29",
        json!({ "medical_information": "provided" }),
    );
    scribe.arrived(4, "2026-07-01", &json!({ "medical_information": "none" }));
    let all = manifests::list(&scribe.table("manifests"), &BTreeMap::new(), day(1)).unwrap();
    let medical = all[0].medical_information;
    assert_eq!(
        (medical.provided, medical.none, medical.not_provided),
        (2, 2, 0)
    );
    assert_eq!(all[0].criminal_information.none, 4);
}

#[test]
fn manifests_are_listed_by_ledger_and_batch_the_last_expected_first() {
    let mut scribe = Scribe::default();
    scribe.notified(1, 1, &json!({}));
    scribe.notified(
        2,
        1,
        &json!({ "batch": "us-18", "expected_on": "2026-07-08" }),
    );
    scribe.notified(
        3,
        2,
        &json!({ "batch": "us-18", "expected_on": "2026-07-09" }),
    );
    let list = |only: &[(&str, &str)]| -> Vec<(String, i64)> {
        let only = only
            .iter()
            .map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()]));
        let told = manifests::list(&scribe.table("manifests"), &only.collect(), day(1)).unwrap();
        told.into_iter()
            .map(|manifest| (manifest.batch, manifest.counts.announced))
            .collect()
    };
    let both = [("us-18".to_owned(), 2), (BATCH.to_owned(), 1)];
    assert_eq!(list(&[]), both);
    assert_eq!(list(&[("batch", BATCH)]), [(BATCH.to_owned(), 1)]);
    assert_eq!(list(&[("ledger", "tt")]), []);
}

#[test]
fn everything_that_came_in_is_counted_whatever_became_of_it() {
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-07-01");
    scribe.received(2, "2026-07-01");
    let wrong = scribe.events[1].id;
    let retract = json!({ "event": wrong, "reason": "wrong-person" });
    scribe.write(2, "correction.retracted", "2026-07-02", retract);
    let data = json!({ "kind": "health", "depth": "rapid", "result": "negative" });
    let screened = (1, "screening.completed", "2026-07-02");
    scribe.publish("jm", "clinic", screened, data);
    let report = |from, to| {
        let table = scribe.table("sources");
        sources::report(&table, &BTreeMap::new(), (from, to)).unwrap()
    };
    let all = report(None, None);
    let told: Vec<(&str, i64)> = all.iter().map(|s| (s.agency.as_str(), s.events)).collect();
    assert_eq!(told, [("clinic", 1), ("moss", 3)]);
    assert_eq!(all[1].types["reception.received"], 2);
    assert_eq!(all[1].source, "urn:homeward:test");
    assert_eq!(report(Some(date(2030, 1, 2)), None), []);
    assert_eq!(report(None, Some(date(2030, 1, 1))).len(), 2);
}
