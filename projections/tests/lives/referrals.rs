//! Referrals over time: clocks at their very edges, figures that count what is still open, and what the
//! other side sees when a consent is withdrawn.

use std::collections::BTreeMap;

use homeward_events::referral::Priority;
use homeward_projections::referrals::{
    Clocks, Level, ListQuery, Row, list_closed, list_open, of_journey, providers, reasons,
};
use homeward_projections::{MemoryTable, referrals, turnaround};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::scribe::{Scribe, uuid};

/// Somebody who was received, agreed to referrals under consent `50 + journey`, and was referred under
/// `60 + journey`.
fn sent(scribe: &mut Scribe, journey: u32, to: &str, priority: Priority, on: &str) {
    scribe.received(journey, "2025-01-01");
    let given = json!({
        "consent": uuid(50 + journey), "purposes": ["referral"], "categories": ["needs"],
        "form": "written"
    });
    scribe.write(journey, "consent.given", "2025-01-02", given);
    let data = json!({
        "referral": uuid(60 + journey), "to": to, "need": "health",
        "priority": priority.as_str(), "consent": uuid(50 + journey), "discloses": ["needs"]
    });
    scribe.write(journey, "referral.sent", on, data);
}

fn step(scribe: &mut Scribe, journey: u32, step: &str, on: &str) {
    let mut data = json!({ "referral": uuid(60 + journey) });
    match step {
        "contact-failed" => data["attempt"] = json!(1),
        "declined" => {
            (data["by"], data["reason"]) = (json!("provider"), json!("lack-of-capacity"));
        }
        "withdrawn" => (data["by"], data["reason"]) = (json!("sender"), json!("no-answer")),
        "attended" => data["attendance"] = json!("on-time"),
        _ => {}
    }
    scribe.write(journey, &format!("referral.{step}"), on, data);
}

fn only_row(scribe: &Scribe) -> Row {
    let table = scribe.table("referrals");
    let rows = list_open(&table, &ListQuery::default(), 10).unwrap();
    let [row] = <[Row; 1]>::try_from(rows).unwrap();
    row
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn seconds(from: Timestamp, seconds: i64) -> Timestamp {
    from.saturating_add(SignedDuration::from_secs(seconds))
        .unwrap()
}

/// Sent with this priority at this time, the answer is owed until then: across offsets, changes of the
/// clock and leap days, and no earlier than what is known only to the day or month allows.
const OWED: &[(Priority, &str, &str)] = &[
    // Twenty-four hours, from UTC-5 and from UTC+1.
    (
        Priority::Emergency,
        "2026-05-01T10:00:00-05:00",
        "2026-05-02T15:00:00Z",
    ),
    (
        Priority::Emergency,
        "2026-05-01T10:00:00+01:00",
        "2026-05-02T09:00:00Z",
    ),
    // Over the night in which clocks go forward, and the one in which they go back: hours, not days.
    (
        Priority::Emergency,
        "2026-03-07T12:00:00-05:00",
        "2026-03-08T17:00:00Z",
    ),
    (
        Priority::Emergency,
        "2026-10-31T12:00:00-04:00",
        "2026-11-01T16:00:00Z",
    ),
    (
        Priority::Emergency,
        "2026-03-28T20:00:00+01:00",
        "2026-03-29T19:00:00Z",
    ),
    // Into a leap day, over one, and where there is none.
    (
        Priority::Emergency,
        "2028-02-28T23:59:59-05:00",
        "2028-03-01T04:59:59Z",
    ),
    (
        Priority::Emergency,
        "2028-02-29T00:00:00+01:00",
        "2028-02-29T23:00:00Z",
    ),
    (
        Priority::Emergency,
        "2027-02-28T23:59:59-05:00",
        "2027-03-02T04:59:59Z",
    ),
    // Seventy-two hours.
    (
        Priority::Urgent,
        "2026-05-01T10:00:00-05:00",
        "2026-05-04T15:00:00Z",
    ),
    (
        Priority::Urgent,
        "2026-03-06T12:00:00-05:00",
        "2026-03-09T17:00:00Z",
    ),
    (
        Priority::Urgent,
        "2028-02-27T00:00:00+01:00",
        "2028-02-29T23:00:00Z",
    ),
    // Two weeks.
    (
        Priority::Normal,
        "2026-05-01T10:00:00-05:00",
        "2026-05-15T15:00:00Z",
    ),
    (
        Priority::Normal,
        "2026-10-20T08:00:00-04:00",
        "2026-11-03T12:00:00Z",
    ),
    (
        Priority::Normal,
        "2028-02-20T08:00:00+01:00",
        "2028-03-05T07:00:00Z",
    ),
    (
        Priority::Normal,
        "2026-12-25T23:00:00-05:00",
        "2027-01-09T04:00:00Z",
    ),
    // Known to the day: from its last second anywhere on Earth; to the month, likewise.
    (Priority::Emergency, "2026-05-01", "2026-05-03T11:59:59Z"),
    (Priority::Urgent, "2028-02", "2028-03-04T11:59:59Z"),
];

#[test]
fn an_answer_is_owed_to_the_second() {
    for (priority, on, due) in OWED {
        let mut scribe = Scribe::default();
        sent(&mut scribe, 1, "clinic", *priority, on);
        let row = only_row(&scribe);
        let due = at(due);
        assert_eq!(row.due, Some(due), "{priority} {on}");
        let limit = i64::from(Clocks::shipped().answer(*priority)) * 3600;
        for (instant, level) in [
            (seconds(due, -limit), Level::OnTime),
            (seconds(due, -limit / 4 - 1), Level::OnTime),
            (seconds(due, -limit / 4), Level::DueSoon),
            (seconds(due, -1), Level::DueSoon),
            (due, Level::DueSoon),
            (seconds(due, 1), Level::Overdue),
            (seconds(due, limit), Level::Overdue),
            (seconds(due, limit + 1), Level::Escalated),
        ] {
            assert_eq!(
                row.level(instant),
                Some(level),
                "{priority} {on} at {instant}"
            );
            let query = ListQuery {
                level_at: Some((Level::Overdue, instant)),
                ..ListQuery::default()
            };
            let listed = list_open(&scribe.table("referrals"), &query, 10).unwrap();
            assert_eq!(
                listed.len(),
                usize::from(level >= Level::Overdue),
                "{on} at {instant}"
            );
        }
    }
}

#[test]
fn nothing_for_thirty_days_is_stale_whatever_the_clock_says() {
    let mut scribe = Scribe::default();
    sent(
        &mut scribe,
        1,
        "clinic",
        Priority::Normal,
        "2028-02-01T10:00:00-05:00",
    );
    step(&mut scribe, 1, "accepted", "2028-02-01T11:00:00-05:00");
    step(
        &mut scribe,
        1,
        "contact-failed",
        "2028-02-02T10:00:00-05:00",
    );
    // Tried again, nothing moves; but somebody tried.
    step(
        &mut scribe,
        1,
        "contact-failed",
        "2028-02-03T10:00:00-05:00",
    );
    let row = only_row(&scribe);
    assert_eq!(
        (row.contacts_failed, row.state.as_str()),
        (2, "contact-failed")
    );
    // The clock of first contact runs since the first attempt in vain.
    assert_eq!(row.due, Some(at("2028-02-16T15:00:00Z")));
    let stale = at("2028-03-04T15:00:00Z");
    assert!(!row.is_stale(seconds(stale, -1)) && !row.is_stale(stale));
    assert!(row.is_stale(seconds(stale, 1)));
}

#[test]
fn a_day_that_was_told_replaces_the_limit() {
    let mut scribe = Scribe::default();
    sent(&mut scribe, 1, "clinic", Priority::Normal, "2026-05-01");
    let data = json!({ "referral": uuid(61), "expected_on": "2026-09-01" });
    scribe.write(1, "referral.waitlisted", "2026-05-02", data);
    let row = only_row(&scribe);
    assert_eq!(row.due, Some(at("2026-09-02T11:59:59Z")));
    assert_eq!(row.place_on.unwrap().to_string(), "2026-09-01");
    step(&mut scribe, 1, "accepted", "2026-09-01");
    let data = json!({ "referral": uuid(61), "at": "2026-12-01T09:00:00-05:00" });
    scribe.write(1, "referral.booked", "2026-09-02", data);
    // Thirty days would end before the appointment.
    assert_eq!(only_row(&scribe).due, Some(at("2026-12-01T14:00:00Z")));
}

#[test]
fn a_consent_that_has_expired_is_shown_and_closes_nothing() {
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-01-01");
    let given = json!({
        "consent": uuid(51), "purposes": ["referral"], "categories": ["needs"],
        "form": "written", "expires_on": "2026-05-31"
    });
    scribe.write(1, "consent.given", "2026-01-02", given);
    let data = json!({
        "referral": uuid(61), "to": "clinic", "need": "health", "priority": "normal",
        "consent": uuid(51), "discloses": ["needs"]
    });
    scribe.write(1, "referral.sent", "2026-05-30", data);
    let row = only_row(&scribe);
    assert_eq!(row.consent_until.unwrap().to_string(), "2026-05-31");
    let last = at("2026-06-01T11:59:59Z");
    assert!(!row.consent_expired(last) && row.consent_expired(seconds(last, 1)));
}

/// The clinic took three, after 10, 20 and 50 hours; two wait since 30 and 40 hours.
fn clinic() -> Scribe {
    let mut scribe = Scribe::default();
    for (journey, hour) in [(1, 14), (2, 4), (3, 22), (4, 18), (5, 8)] {
        let day = if hour == 14 || hour == 4 || hour == 8 {
            1
        } else {
            2
        };
        let on = format!("2026-06-{day:02}T{hour:02}:00:00Z");
        sent(&mut scribe, journey, "clinic", Priority::Urgent, &on);
    }
    step(&mut scribe, 1, "accepted", "2026-06-02T00:00:00Z");
    step(&mut scribe, 2, "accepted", "2026-06-02T00:00:00Z");
    step(&mut scribe, 5, "declined", "2026-06-03T10:00:00Z");
    scribe
}

fn none() -> BTreeMap<String, Vec<String>> {
    BTreeMap::new()
}

fn answer_line(table: &MemoryTable, on: Date) -> turnaround::Line {
    let lines = turnaround::answer(table, &none(), &["to".to_owned()], on)
        .unwrap()
        .lines;
    lines
        .into_iter()
        .find(|line| line.step == "answer")
        .unwrap()
}

#[test]
fn a_median_counts_what_is_still_open() {
    let scribe = clinic();
    let table = scribe.table("referrals");
    // By the end of 3 June: taken after 10, 20 and 50 hours, and waiting for a day.
    let line = answer_line(&table, date(2026, 6, 3));
    assert_eq!(
        (line.referrals, line.taken, line.running, line.left),
        (5, 3, 2, 0)
    );
    assert_eq!((line.in_time, line.late), (Some(3), Some(0)));
    // R: survfit(Surv(c(10,20,24,24,50), c(1,1,0,0,1)) ~ 1, conf.type = "log-log"): the curve stands at
    // 0.8, 0.6 and 0. Of the closed ones alone the median would be 20.
    assert_eq!(line.median_hours, Some(50));
    assert_eq!(line.median_least, Some(10));
    // A week later both are late, and the answer that came after 50 hours is before them.
    let line = answer_line(&table, date(2026, 6, 10));
    assert_eq!((line.median_hours, line.late), (Some(50), Some(2)));
    // On 1 June nothing was answered: there is no median, and not zero.
    let line = answer_line(&table, date(2026, 6, 1));
    assert_eq!((line.taken, line.running, line.median_hours), (0, 3, None));
}

#[test]
fn what_ends_without_a_step_is_followed_up_to_there() {
    let mut scribe = clinic();
    step(&mut scribe, 3, "withdrawn", "2026-06-04T22:00:00Z");
    let given = json!({ "consent": uuid(54) });
    scribe.write(4, "consent.withdrawn", "2026-06-04T18:00:00Z", given);
    let line = answer_line(&scribe.table("referrals"), date(2026, 6, 10));
    assert_eq!(
        (line.taken, line.running, line.left, line.late),
        (3, 0, 2, Some(0))
    );
    // Both left after 48 hours, before the third was answered.
    assert_eq!(line.median_hours, Some(50));
}

#[test]
fn not_yet_is_neither_accepted_nor_declined() {
    let scribe = clinic();
    let table = scribe.table("referrals");
    let on = |day| {
        let answer = providers::answer(&table, &none(), &["to".to_owned()], day).unwrap();
        answer.lines.into_iter().next().unwrap()
    };
    let line = on(date(2026, 6, 3));
    let tally = &line.tally;
    assert_eq!(
        (
            tally.referrals,
            tally.accepted,
            tally.declined,
            tally.undecided,
            tally.unanswered
        ),
        (5, 2, 1, 2, 0)
    );
    assert_eq!(line.share, Some(2.0 / 3.0));
    assert_eq!((line.share_least, line.share_most), (Some(0.4), Some(0.8)));
    // Seventy-two hours on, silence counts.
    let line = on(date(2026, 6, 7));
    assert_eq!((line.tally.undecided, line.tally.unanswered), (0, 2));
    assert_eq!(line.share, Some(0.4));
    // As of an earlier day, what came later has not happened.
    let line = on(date(2026, 6, 1));
    assert_eq!((line.tally.accepted, line.tally.undecided), (0, 3));
    assert_eq!((line.share, line.share_most), (None, Some(1.0)));
    // What is open grows old; declined ones wait for another way.
    let line = on(date(2026, 6, 20));
    assert_eq!(line.tally.open, 5);
    assert_eq!(line.tally.open_by_age, [0, 0, 5, 0, 0]);
    assert_eq!(line.tally.overdue, 4);
}

#[test]
fn reasons_are_counted_in_groups() {
    let mut scribe = clinic();
    step(&mut scribe, 3, "withdrawn", "2026-06-04T22:00:00Z");
    scribe.write(
        4,
        "consent.withdrawn",
        "2026-06-04",
        json!({ "consent": uuid(54) }),
    );
    let answer = reasons::answer(&scribe.table("referrals"), &none(), &[], "fr").unwrap();
    let told: Vec<_> = answer
        .lines
        .iter()
        .map(|line| {
            (
                line.kind.as_str(),
                line.group.as_str(),
                line.label.as_str(),
                line.referrals,
            )
        })
        .collect();
    let expected = [
        (
            "consent-withdrawn",
            "client",
            "Le consentement a été retiré",
            1,
        ),
        ("declined", "supply", "Pas de capacité", 1),
        ("withdrawn", "supply", "Pas de réponse à temps", 1),
    ];
    assert_eq!(
        (told.as_slice(), answer.referrals),
        (expected.as_slice(), 5)
    );
}

#[test]
fn the_other_agency_sees_what_a_withdrawal_closed_and_why() {
    let mut scribe = Scribe::default();
    for (journey, to) in [(1, "clinic"), (2, "clinic"), (3, "shelter")] {
        sent(
            &mut scribe,
            journey,
            to,
            Priority::Normal,
            "2026-05-01T10:00:00-05:00",
        );
        step(
            &mut scribe,
            journey,
            "accepted",
            "2026-05-02T10:00:00-05:00",
        );
    }
    let gone = json!({ "consent": uuid(51) });
    scribe.write(1, "consent.withdrawn", "2026-05-09", gone);
    let table = scribe.table("referrals");
    let clinic = ListQuery {
        to: Some("clinic".parse().unwrap()),
        ..ListQuery::default()
    };
    let open = list_open(&table, &clinic, 10).unwrap();
    assert_eq!(open.len(), 1);
    let closed = list_closed(&table, &clinic, 10).unwrap();
    assert_eq!(closed.len(), 1);
    assert_eq!(
        (closed[0].state.as_str(), closed[0].owner.as_ref()),
        ("consent-withdrawn", None)
    );
    let why = "closed because consent was withdrawn on 2026-05-09";
    assert_eq!(closed[0].why_ended().as_deref(), Some(why));
    assert_eq!(closed[0].consent.unwrap().to_string(), uuid(51));
    // History stays.
    assert_eq!(
        closed[0].accepted.unwrap().to_string(),
        "2026-05-02T10:00:00-05:00"
    );
    let counted =
        referrals::count(&table, &none(), &["state".to_owned()], date(2026, 6, 1)).unwrap();
    let states: Vec<_> = counted
        .groups
        .iter()
        .map(|g| (g.values[0].as_str(), g.referrals))
        .collect();
    assert_eq!(states, [("accepted", 2), ("consent-withdrawn", 1)]);
    let within = |from: &str, to: &str| {
        let query = ListQuery {
            ended_within: Some((at(from), at(to))),
            ..clinic.clone()
        };
        list_closed(&table, &query, 10).unwrap().len()
    };
    assert_eq!(within("2026-05-09T00:00:00Z", "2026-06-01T00:00:00Z"), 1);
    assert_eq!(within("2026-05-09T00:00:01Z", "2026-06-01T00:00:00Z"), 0);
    assert_eq!(within("2026-05-01T00:00:00Z", "2026-05-08T23:59:59Z"), 0);
}

#[test]
fn a_referral_that_is_passed_on_is_linked_both_ways() {
    let mut scribe = Scribe::default();
    sent(&mut scribe, 1, "clinic", Priority::Normal, "2026-05-01");
    let passed_on = json!({ "referral": uuid(61), "to": "hospital", "new_referral": uuid(99) });
    scribe.write(1, "referral.rerouted", "2026-05-02", passed_on);
    let data = json!({
        "referral": uuid(99), "to": "hospital", "need": "health", "priority": "normal",
        "discloses": ["needs"]
    });
    scribe.write(1, "referral.sent", "2026-05-02", data);
    let journey = uuid(1).parse().unwrap();
    let rows = of_journey(&scribe.table("referrals"), journey).unwrap();
    let [first, second] = <[Row; 2]>::try_from(rows).unwrap();
    assert_eq!(first.rerouted_to.as_ref().unwrap().as_str(), "hospital");
    assert!(first.followed_by.contains(&second.referral));
    assert_eq!(second.follows, Some(first.referral));
    assert_eq!(
        first.why_ended().as_deref(),
        Some("passed on to hospital on 2026-05-02")
    );
}
