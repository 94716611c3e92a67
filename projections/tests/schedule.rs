//! Follow-ups planned by templates: when they are due, and what becomes of them.

#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test that cannot go on says so by failing; facts are written as they are read"
)]

use std::collections::BTreeMap;

use homeward_events::Event;
use homeward_events::codec::decode_event;
use homeward_events::follow_up::CancelReason;
use homeward_events::id::JourneyId;
use homeward_journey::{FollowUpState, Journey};
use homeward_projections::fold::{self, Facts};
use homeward_projections::follow_ups::{self, FOLLOW_UPS, Standing};
use homeward_projections::schedule::{self, NoOrigin, Schedule};
use homeward_projections::shelf::Filed as _;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

const JOURNEY: &str = "00000000-0000-4000-8000-000000000001";

fn journey_id() -> JourneyId {
    JOURNEY.parse().unwrap()
}

/// Facts of one journey, each recorded after the one before.
fn facts(told: &[(&str, &str, Value)]) -> Vec<Event> {
    let event = |(nth, (event_type, occurred, data)): (usize, &(&str, &str, Value))| {
        let event = json!({
            "specversion": "1.0",
            "id": format!("00000000-0000-4000-8000-{:012}", 1_000 + nth),
            "source": "urn:homeward:test",
            "type": event_type,
            "subject": JOURNEY,
            "schemaversion": if *event_type == "reception.received" { 2 } else { 1 },
            "ledger": "jm",
            "occurred": occurred,
            "recordedtime": format!("2028-01-01T00:{:02}:{:02}Z", nth / 60, nth % 60),
            "agency": "moss",
            "data": data,
        });
        decode_event(&event.to_string(), None).unwrap()
    };
    told.iter().enumerate().map(event).collect()
}

fn received(on: &'static str) -> (&'static str, &'static str, Value) {
    let data = json!({
        "site": "norman-manley", "return_type": "deported", "grounds": "drugs",
        "sending_country": "US", "sex": "male"
    });
    ("reception.received", on, data)
}

fn scheduled(due_on: &str, closes_on: &str) -> (&'static str, &'static str, Value) {
    let data = json!({
        "key": "month-3", "wave": "month-3", "due_on": due_on, "closes_on": closes_on
    });
    ("follow-up.scheduled", "2026-01-02", data)
}

fn told(
    event_type: &'static str,
    on: &'static str,
    more: Value,
) -> (&'static str, &'static str, Value) {
    let mut data = json!({ "key": "month-3" });
    data.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    (event_type, on, data)
}

/// How the one follow-up of a journey stands, by the journey and by the read model on a day.
fn stands(told: &[(&str, &str, Value)], day: Date) -> (FollowUpState, Standing) {
    let events = facts(told);
    let journey = Journey::from_facts(journey_id(), &events);
    assert_eq!(journey.findings, [], "{told:?}");
    let state = journey.follow_ups.values().next().unwrap().state;
    let facts = Facts::from([(journey_id(), events)]);
    let table = fold::fold(&[&FOLLOW_UPS], &facts)
        .remove("follow-ups")
        .unwrap();
    let answer = follow_ups::count(&table, &BTreeMap::new(), &[], day).unwrap();
    (state, answer.all)
}

#[test]
fn months_are_calendar_months_that_end_with_their_month() {
    let standard = schedule::shipped().get("standard").unwrap().clone();
    let events = facts(&[received("2027-11-30")]);
    let journey = Journey::from_facts(journey_id(), &events);
    let planned = standard.plan(&journey, None).unwrap();
    let days: Vec<(String, String, String, String)> = planned
        .iter()
        .map(|p| {
            let body = &p.body;
            (
                body.key.to_string(),
                body.opens_on.unwrap().to_string(),
                body.due_on.to_string(),
                body.closes_on.unwrap().to_string(),
            )
        })
        .collect();
    let expected = [
        ("month-1", "2027-12-23", "2027-12-30", "2028-01-13"),
        // Three months after 30 November is the last day of February, and 2028 is a leap year.
        ("month-3", "2028-02-15", "2028-02-29", "2028-03-21"),
        ("month-6", "2028-05-16", "2028-05-30", "2028-06-29"),
        ("month-12", "2028-10-31", "2028-11-30", "2029-01-29"),
    ];
    let expected = expected.map(|(a, b, c, d)| [a, b, c, d].map(str::to_owned).into());
    assert_eq!(days, expected);
    assert!(planned.iter().all(|planned| !planned.is_known));
}

#[test]
fn planned_again_nothing_is_new_and_another_day_makes_no_other_fact() {
    let standard = schedule::shipped().get("standard").unwrap().clone();
    let mut events = facts(&[received("2026-01-01")]);
    let ids = |events: &[Event]| {
        let journey = Journey::from_facts(journey_id(), events);
        let planned = standard.plan(&journey, None).unwrap();
        planned
            .into_iter()
            .map(|p| (p.event, p.is_known))
            .unzip::<_, _, Vec<_>, Vec<_>>()
    };
    let (first, known) = ids(&events);
    assert_eq!(known, [false; 4]);
    events.extend(
        facts(&[
            received("2026-01-01"),
            scheduled("2026-04-01", "2026-04-22"),
        ])
        .into_iter()
        .skip(1),
    );
    let (again, known) = ids(&events);
    assert_eq!((again, known), (first, vec![false, true, false, false]));
    // The next version of a template plans nothing that the one before planned.
    let next = standard.text().replacen("version = 1", "version = 2", 1);
    let next = Schedule::parse("next.toml", &next).unwrap();
    let journey = Journey::from_facts(journey_id(), &events);
    let again: Vec<_> = next
        .plan(&journey, None)
        .unwrap()
        .into_iter()
        .map(|p| p.event)
        .collect();
    assert_eq!(again, ids(&events).0);
    let nobody = Journey::from_facts(journey_id(), &[]);
    assert_eq!(standard.plan(&nobody, None), Err(NoOrigin));
}

#[test]
fn a_move_keeps_what_was_due_before_and_what_took_place_stays_done() {
    let begun = [
        received("2026-01-01"),
        scheduled("2026-04-01", "2026-04-15"),
    ];
    let moved = told(
        "follow-up.rescheduled",
        "2026-04-10",
        json!({
            "due_on": "2026-05-01", "closes_on": "2026-05-15"
        }),
    );
    let all = [&begun[..], std::slice::from_ref(&moved)].concat();
    let journey_facts = facts(&all);
    let journey = Journey::from_facts(journey_id(), &journey_facts);
    let known = journey.follow_ups.values().next().unwrap();
    assert_eq!(known.moved, [(date(2026, 4, 1), date(2026, 4, 15))]);
    assert_eq!(
        (known.due_on, known.closes_on),
        (date(2026, 5, 1), date(2026, 5, 15))
    );
    for (day, upcoming, due, overdue) in [
        (date(2026, 4, 30), 1, 0, 0),
        (date(2026, 5, 1), 0, 1, 0),
        (date(2026, 5, 15), 0, 1, 0),
        (date(2026, 5, 16), 0, 0, 1),
    ] {
        let all = stands(&all, day).1;
        assert_eq!(
            (all.upcoming, all.due, all.overdue),
            (upcoming, due, overdue),
            "{day}"
        );
    }
    // It took place in the old window; somebody moved it afterwards without knowing.
    let done = told(
        "follow-up.completed",
        "2026-04-05",
        json!({ "channel": "phone" }),
    );
    let (state, all) = stands(&[&begun[..], &[done, moved]].concat(), date(2026, 6, 1));
    assert!(matches!(state, FollowUpState::Completed(_)), "{state:?}");
    assert_eq!((all.completed, all.overdue), (1, 0));
}

#[test]
fn closing_ends_what_is_owed_and_reopening_owes_it_again_unless_it_was_called_off() {
    let begun = [
        received("2026-01-01"),
        scheduled("2026-04-01", "2026-04-15"),
    ];
    let day = date(2026, 4, 2);
    let closed = (
        "journey.closed",
        "2026-02-01",
        json!({ "reason": "withdrew" }),
    );
    let reopened = (
        "journey.reopened",
        "2026-03-01",
        json!({ "reason": "came back" }),
    );
    let cancelled = |reason: &str| {
        told(
            "follow-up.cancelled",
            "2026-02-01",
            json!({ "reason": reason }),
        )
    };
    for (more, due, lapsed, off) in [
        (vec![], 1, 0, 0),
        (vec![closed.clone()], 0, 1, 0),
        (vec![closed.clone(), reopened.clone()], 1, 0, 0),
        (vec![cancelled("journey-closed"), closed.clone()], 0, 0, 1),
        (
            vec![
                cancelled("journey-closed"),
                closed.clone(),
                reopened.clone(),
            ],
            1,
            0,
            0,
        ),
        (
            vec![cancelled("mistake"), closed.clone(), reopened.clone()],
            0,
            0,
            1,
        ),
        (vec![closed, reopened, cancelled("other")], 0, 0, 1),
    ] {
        let told = [&begun[..], &more].concat();
        let (state, all) = stands(&told, day);
        assert_eq!(
            (all.due, all.lapsed, all.cancelled),
            (due, lapsed, off),
            "{more:?}"
        );
        let is_off = matches!(
            state,
            FollowUpState::Cancelled(CancelReason::Mistake | CancelReason::Other)
        );
        assert!(!is_off || off == 1);
    }
}

#[test]
fn attempts_in_vain_are_counted_and_told_apart_from_what_nobody_tried() {
    let begun = [
        received("2026-01-01"),
        scheduled("2026-04-01", "2026-04-15"),
    ];
    let missed = |on| told("follow-up.missed", on, json!({ "reason": "unreachable" }));
    let twice = [&begun[..], &[missed("2026-04-02"), missed("2026-04-09")]].concat();
    let told_facts = facts(&twice);
    let journey = Journey::from_facts(journey_id(), &told_facts);
    assert_eq!(journey.follow_ups.values().next().unwrap().attempts, 2);
    for (told, overdue, missed) in [(&begun[..], 1, 0), (&twice, 1, 1)] {
        let all = stands(told, date(2026, 4, 16)).1;
        assert_eq!((all.overdue, all.missed), (overdue, missed));
    }
    let done = told(
        "follow-up.completed",
        "2026-04-16",
        json!({ "channel": "phone" }),
    );
    let all = stands(&[&twice[..], &[done]].concat(), date(2026, 4, 17)).1;
    assert_eq!((all.completed, all.overdue, all.missed), (1, 0, 0));
}

#[test]
fn an_error_names_file_field_and_what_was_expected() {
    let text = schedule::shipped()
        .get("standard")
        .unwrap()
        .text()
        .to_owned();
    for (from, to, field, expected) in [
        (
            "wave = \"month-1\"",
            "wave = \"month-2\"",
            "follow_ups[0].wave",
            "month-3",
        ),
        (
            "key = \"month-3\"",
            "key = \"month-1\"",
            "follow_ups[1].key",
            "already",
        ),
        ("months = 12", "months = 2", "follow_ups", "earliest first"),
        (
            "months = 12",
            "months = 400",
            "follow_ups[3].months",
            "at most 240",
        ),
        (
            "closes_days_after = 60",
            "closes_days_after = 600",
            "follow_ups[3].closes_days_after",
            "183",
        ),
        (
            "channel = \"phone\"",
            "channel = \"drum\"",
            "follow_ups[0].channel",
            "home-visit",
        ),
        (
            "key = \"month-1\"",
            "keys = \"month-1\"",
            "follow_ups[0].keys",
            "unknown field",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        let error = Schedule::parse("own.toml", &text.replacen(from, to, 1)).unwrap_err();
        assert_eq!(error.field, field, "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
    let languages = schedule::shipped()
        .get("standard")
        .unwrap()
        .terms()
        .title
        .all()
        .len();
    assert_eq!(languages, 5);
}
