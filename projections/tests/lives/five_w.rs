//! Given deliveries, when somebody asks who did what, where, when and for whom, then this.

use std::collections::BTreeMap;

use homeward_projections::five_w::{Answer, Query, answer};
use homeward_projections::sheet::Value as Cell;
use proptest::prelude::*;
use serde_json::json;

use crate::scribe::{Scribe, uuid};

impl Scribe {
    fn delivered(&mut self, journey: u32, number: u32, on: &str, kind: &str) {
        self.delivered_by("moss", (journey, number, on), kind);
    }

    fn delivered_by(&mut self, agency: &str, (journey, number, on): (u32, u32, &str), kind: &str) {
        let data = json!({ "assistance": uuid(number), "kind": kind, "mode": "direct" });
        self.publish("jm", agency, (journey, "assistance.delivered", on), data);
    }

    fn referred(&mut self, journey: u32, number: u32, delivery: &str) {
        let consent = json!({
            "consent": uuid(number + 1), "purposes": ["referral"], "categories": ["needs"],
            "form": "written"
        });
        self.write(journey, "consent.given", "2026-01-02", consent);
        let sent = json!({
            "referral": uuid(number), "to": "clinic", "need": "health", "priority": "normal",
            "consent": uuid(number + 1), "discloses": ["needs"]
        });
        self.write(journey, "referral.sent", "2026-01-03", sent);
        let of = json!({ "referral": uuid(number) });
        self.publish(
            "jm",
            "clinic",
            (journey, "referral.received", "2026-01-04"),
            of.clone(),
        );
        self.publish(
            "jm",
            "clinic",
            (journey, "referral.accepted", "2026-01-05"),
            of.clone(),
        );
        self.publish(
            "jm",
            "clinic",
            (journey, "referral.contacted", "2026-01-06"),
            of,
        );
        let booked = json!({ "referral": uuid(number), "at": "2026-01-08" });
        self.publish(
            "jm",
            "clinic",
            (journey, "referral.booked", "2026-01-07"),
            booked,
        );
        let came = json!({ "referral": uuid(number), "attendance": "on-time" });
        self.publish(
            "jm",
            "clinic",
            (journey, "referral.attended", "2026-01-08"),
            came,
        );
        let mut concluded = json!({ "referral": uuid(number), "delivery": delivery });
        if delivery != "delivered" {
            concluded["reason"] = json!("other");
        }
        self.publish(
            "jm",
            "clinic",
            (journey, "referral.concluded", "2026-03-01"),
            concluded,
        );
    }
}

fn asked(scribe: &Scribe, by: &[&str], only: &[(&str, &str)]) -> Answer {
    let only = only
        .iter()
        .map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()]));
    let query = Query {
        only: only.collect::<BTreeMap<_, _>>(),
        by: by.iter().map(|name| (*name).to_owned()).collect(),
        from: "2026-01".parse().unwrap(),
        to: "2026-06".parse().unwrap(),
    };
    answer(&scribe.table("five-w"), &query).unwrap()
}

fn by_month(answer: &Answer) -> Vec<(String, i64, i64)> {
    let told = answer.months.iter();
    told.map(|group| (group.month.to_string(), group.services, group.persons))
        .collect()
}

#[test]
fn a_person_is_one_in_each_month_and_one_over_all_months() {
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-01-01");
    scribe.received(2, "2026-01-01");
    // Two services in one month, the same person in two months, and months outside the period.
    scribe.delivered(1, 31, "2026-01-10", "cash");
    scribe.delivered(1, 32, "2026-01-31", "cash");
    scribe.delivered(1, 33, "2026-02-01", "training");
    scribe.delivered(2, 34, "2026-02-28", "cash");
    scribe.delivered(2, 35, "2025-12-31", "cash");
    scribe.delivered(2, 36, "2026-07-01", "cash");
    let answer = asked(&scribe, &[], &[]);
    assert_eq!(
        by_month(&answer),
        [("2026-01".to_owned(), 2, 1), ("2026-02".to_owned(), 2, 2)]
    );
    // Months add up to three persons; there are two.
    assert_eq!((answer.services, answer.persons), (4, 2));
    let by_activity = asked(&scribe, &["activity"], &[]);
    let told: Vec<_> = by_activity
        .consolidated
        .iter()
        .map(|g| (g.values[0].as_str(), g.services, g.persons))
        .collect();
    assert_eq!(told, [("cash", 3, 2), ("training", 1, 1)]);
    assert_eq!(by_activity.persons, 2);
}

#[test]
fn linked_journeys_are_one_person_across_ledgers_and_agencies() {
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-01-01");
    scribe.received(2, "2026-03-01");
    scribe.delivered(1, 31, "2026-03-02", "cash");
    scribe.delivered_by("church", (2, 32, "2026-03-02"), "cash");
    scribe.publish(
        "tt",
        "ttmoss",
        (3, "reception.registered", "2026-03-01"),
        json!({ "site": "port" }),
    );
    let data = json!({ "assistance": uuid(33), "kind": "cash", "mode": "direct" });
    scribe.publish(
        "tt",
        "ttmoss",
        (3, "assistance.delivered", "2026-03-03"),
        data,
    );
    assert_eq!(asked(&scribe, &[], &[]).persons, 3);
    scribe.linked(2, 1, "2026-04-01");
    let other = json!({ "other": uuid(1), "basis": "document" });
    scribe.publish("tt", "ttmoss", (3, "journey.linked", "2026-04-02"), other);
    let answer = asked(&scribe, &[], &[]);
    assert_eq!((answer.services, answer.persons), (3, 1));
    let by_ledger = asked(&scribe, &["ledger"], &[]);
    let told: Vec<_> = by_ledger
        .consolidated
        .iter()
        .map(|g| (g.values[0].as_str(), g.services, g.persons))
        .collect();
    assert_eq!(told, [("jm", 2, 1), ("tt", 1, 1)]);
    assert_eq!(asked(&scribe, &[], &[("agency", "church")]).persons, 1);
    scribe.write(
        1,
        "journey.unlinked",
        "2026-05-01",
        json!({ "other": uuid(2) }),
    );
    assert_eq!(asked(&scribe, &[], &[]).persons, 2);
}

#[test]
fn a_delivery_undone_was_none_and_a_referral_is_the_service_it_led_to() {
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-01-01");
    scribe.delivered(1, 31, "2026-01-10", "cash");
    let undone = json!({ "assistance": uuid(31), "reason": "wrong account" });
    scribe.write(1, "assistance.reversed", "2026-02-01", undone);
    assert_eq!(asked(&scribe, &[], &[]).services, 0);
    scribe.referred(1, 40, "partly");
    scribe.referred(1, 50, "not-delivered");
    let by = ["agency", "service", "activity", "programme"];
    let values = |answer: &Answer| {
        answer
            .consolidated
            .iter()
            .map(|g| g.values.join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        values(&asked(&scribe, &by, &[])),
        ["clinic referral health new-start"]
    );
    // The clinic says what it delivered under the referral: the same service, in more words.
    let data = json!({
        "assistance": uuid(41), "kind": "medical", "mode": "referral", "referral": uuid(40),
        "programme": "health-fund"
    });
    scribe.publish(
        "jm",
        "clinic",
        (1, "assistance.delivered", "2026-02-20"),
        data,
    );
    assert_eq!(
        values(&asked(&scribe, &by, &[])),
        ["clinic assistance medical health-fund"]
    );
    assert_eq!(
        asked(&scribe, &[], &[("programme", "new-start")]).services,
        0
    );
}

#[test]
fn what_reception_gave_is_told_too() {
    let mut scribe = Scribe::default();
    let data = json!({
        "site": "norman-manley", "return_type": "deported", "grounds": "drugs",
        "sending_country": "US", "sex": "female", "given": ["meals", "transport"]
    });
    scribe.write(1, "reception.received", "2026-01-31", data);
    let answer = asked(&scribe, &["service", "sex"], &[]);
    assert_eq!(answer.consolidated[0].values, ["reception", "female"]);
    assert_eq!((answer.services, answer.persons), (2, 1));
}

#[test]
fn sheets_say_what_is_counted() {
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-01-01");
    scribe.delivered(1, 31, "2026-01-10", "cash");
    scribe.delivered(1, 32, "2026-02-10", "cash");
    let sheets = asked(&scribe, &["agency"], &[]).sheets();
    assert!(sheets[0].title.contains("must not be added up"));
    let tags: Vec<&str> = sheets[0].columns.iter().map(|c| c.hxl.as_str()).collect();
    assert_eq!(
        tags,
        ["#date+month", "#org", "#output+services", "#reached+ind"]
    );
    assert_eq!(sheets[0].rows.len(), 2);
    let everybody = sheets[1].rows.last().unwrap();
    assert_eq!(
        everybody[2..],
        [Cell::Missing, Cell::Count(2), Cell::Count(1)]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Linking never raises persons and never changes services; telling a service under another
    /// journey of the same person changes neither; and no month has more persons than the whole.
    #[test]
    fn persons_never_rise(
        given in prop::collection::vec((1_u32..6, 1_u8..7), 1..12),
        links in prop::collection::vec((1_u32..6, 1_u32..6), 0..5),
    ) {
        let mut scribe = Scribe::default();
        for journey in 1..6 {
            scribe.received(journey, "2026-01-01");
        }
        for (number, (journey, month)) in (100..).zip(&given) {
            scribe.delivered(*journey, number, &format!("2026-{month:02}-15"), "cash");
        }
        let mut before = asked(&scribe, &[], &[]);
        for (journey, other) in links.into_iter().filter(|(journey, other)| journey != other) {
            scribe.linked(journey, other, "2026-06-01");
            let after = asked(&scribe, &[], &[]);
            prop_assert_eq!(after.services, before.services);
            prop_assert!(after.persons <= before.persons && after.persons >= 1);
            for (now, then) in after.months.iter().zip(&before.months) {
                prop_assert!(now.persons <= then.persons && now.services == then.services);
            }
            before = after;
        }
        let sum: i64 = before.months.iter().map(|group| group.persons).sum();
        prop_assert!(before.persons <= sum);
        prop_assert!(before.months.iter().all(|group| group.persons <= before.persons));
        // One return's facts told under two linked journeys.
        let mut split = Scribe::default();
        for journey in [1, 2, 3, 4, 5, 11] {
            split.received(journey, "2026-01-01");
        }
        for (number, (journey, month)) in (100..).zip(&given) {
            let told_under = if *journey == 1 && number % 2 == 0 { 11 } else { *journey };
            split.delivered(told_under, number, &format!("2026-{month:02}-15"), "cash");
        }
        split.linked(11, 1, "2026-06-01");
        let mut whole = Scribe::default();
        for journey in 1..6 {
            whole.received(journey, "2026-01-01");
        }
        for (number, (journey, month)) in (100..).zip(&given) {
            whole.delivered(*journey, number, &format!("2026-{month:02}-15"), "cash");
        }
        prop_assert_eq!(asked(&split, &[], &[]), asked(&whole, &[], &[]));
    }
}
