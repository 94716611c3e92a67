//! What read models say, given facts: and the same whatever way the facts came.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test that cannot go on says so by failing; facts are written as they are read"
)]

use homeward_events::codec::decode_event;
use homeward_events::{Event, Family};
use homeward_projections::definition::Definitions;
use homeward_projections::fold::{self, Facts};
use homeward_projections::model::{Contributions, Difference, MemoryTable};
use homeward_projections::{
    all, caseload, follow_ups, quality, recidivism, referrals, timeline, turnaround,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The journey or other thing with a number.
fn uuid(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// Writes facts down as publishers do, each with the next id and a later time of recording.
#[derive(Default)]
struct Scribe {
    written: u32,
}

impl Scribe {
    fn write(&mut self, journey: u32, event_type: &str, occurred: &str, data: Value) -> Event {
        self.written += 1;
        let event = json!({
            "specversion": "1.0",
            "id": uuid(1_000_000 + self.written),
            "source": "urn:homeward:test",
            "type": event_type,
            "subject": uuid(journey),
            "schemaversion": if event_type == "reception.received" { 2 } else { 1 },
            "ledger": "jm",
            "occurred": occurred,
            "recordedtime": format!("2027-01-01T{:02}:{:02}:{:02}Z",
                self.written / 3600, self.written / 60 % 60, self.written % 60),
            "agency": "moss",
            "data": data,
        });
        decode_event(&event.to_string(), None).unwrap()
    }

    fn received(&mut self, journey: u32, on: &str) -> Event {
        let data = json!({
            "site": "norman-manley", "return_type": "deported", "grounds": "drugs",
            "sending_country": "US", "sex": "male", "born": "1990-05-05"
        });
        self.write(journey, "reception.received", on, data)
    }
}

fn facts(events: impl IntoIterator<Item = Event>) -> Facts {
    let mut facts = Facts::new();
    for event in events {
        facts.entry(event.journey).or_default().push(event);
    }
    facts
}

fn table(name: &str, events: Vec<Event>) -> MemoryTable {
    fold::fold(all(), &facts(events)).remove(name).unwrap()
}

fn only() -> BTreeMap<String, Vec<String>> {
    BTreeMap::new()
}

#[test]
fn names_are_distinct_and_every_family_is_read_by_somebody() {
    let mut names: Vec<&str> = all().iter().map(|model| model.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all().len());
    for family in Family::ALL {
        assert!(
            all().iter().any(|model| model.halts_at(Some(*family))),
            "{family}"
        );
    }
}

#[test]
fn a_follow_up_becomes_due_and_overdue_by_the_day_alone() {
    let mut scribe = Scribe::default();
    let scheduled = json!({
        "key": "month-1", "wave": "month-1", "due_on": "2026-06-01", "closes_on": "2026-06-15"
    });
    let events = vec![
        scribe.received(1, "2026-05-01"),
        scribe.write(1, "follow-up.scheduled", "2026-05-01", scheduled),
    ];
    let table = table("follow-ups", events);
    for (day, upcoming, due, overdue) in [
        (date(2026, 5, 31), 1, 0, 0),
        (date(2026, 6, 1), 0, 1, 0),
        (date(2026, 6, 15), 0, 1, 0),
        (date(2026, 6, 16), 0, 0, 1),
    ] {
        let all = follow_ups::count(&table, &only(), &[], day).unwrap().all;
        assert_eq!(
            (all.upcoming, all.due, all.overdue),
            (upcoming, due, overdue),
            "{day}"
        );
        let listed = follow_ups::list_due(&table, &[], day, false, None, 10).unwrap();
        assert_eq!(listed.len(), usize::from(due + overdue == 1), "{day}");
    }
}

#[test]
fn what_a_closed_journey_owed_has_lapsed() {
    let mut scribe = Scribe::default();
    let scheduled = json!({ "key": "month-1", "wave": "month-1", "due_on": "2026-06-01" });
    let events = vec![
        scribe.received(1, "2026-05-01"),
        scribe.write(1, "follow-up.scheduled", "2026-05-01", scheduled),
        scribe.write(
            1,
            "journey.closed",
            "2026-05-20",
            json!({ "reason": "withdrew" }),
        ),
    ];
    let table = table("follow-ups", events);
    let all = follow_ups::count(&table, &only(), &[], date(2026, 7, 1))
        .unwrap()
        .all;
    assert_eq!((all.lapsed, all.overdue), (1, 0));
}

#[test]
fn turnaround_tells_how_long_steps_took_and_whether_in_time() {
    let mut scribe = Scribe::default();
    let mut events = Vec::new();
    // Three urgent referrals (72 hours): answered after 24 hours, after 72 to the second, after 73.
    for (journey, answered) in [
        (1, "2026-05-02T15:00:00Z"),
        (2, "2026-05-04T15:00:00Z"),
        (3, "2026-05-04T15:00:01Z"),
    ] {
        let (consent, referral) = (uuid(50 + journey), uuid(60 + journey));
        let given = json!({
            "consent": consent, "purposes": ["referral"], "categories": ["needs"], "form": "written"
        });
        let sent = json!({
            "referral": referral, "to": "health-desk", "need": "health", "priority": "urgent",
            "consent": consent, "discloses": ["needs"]
        });
        let step = json!({ "referral": referral });
        events.extend([
            scribe.received(journey, "2026-05-01"),
            scribe.write(journey, "consent.given", "2026-05-01", given),
            scribe.write(journey, "referral.sent", "2026-05-01T10:00:00-05:00", sent),
            scribe.write(
                journey,
                "referral.received",
                "2026-05-01T16:30:00Z",
                step.clone(),
            ),
            scribe.write(journey, "referral.accepted", answered, step.clone()),
        ]);
        if journey == 1 {
            // Known to the day only: so is what is measured from there.
            events.push(scribe.write(1, "referral.contacted", "2026-05-04", step));
        }
    }
    let table = table("referrals", events);
    let lines = |by: &[&str]| {
        let by: Vec<String> = by.iter().map(|name| (*name).to_owned()).collect();
        let on = date(2026, 5, 31);
        turnaround::answer(&table, &only(), &by, on).unwrap().lines
    };
    let told: Vec<_> = lines(&["priority"])
        .into_iter()
        .filter(|l| l.taken == 3)
        .map(|l| {
            (
                l.values,
                l.step,
                l.taken,
                l.median_hours.unwrap(),
                l.p90_hours.unwrap(),
                l.in_time,
            )
        })
        .collect();
    let urgent = || vec!["urgent".to_owned()];
    // Of three accepted, one was reached: half are not, so far.
    let first_contact = lines(&["priority"])
        .into_iter()
        .find(|l| l.step == "first-contact")
        .unwrap();
    assert_eq!((first_contact.taken, first_contact.running), (1, 2));
    assert_eq!(
        (first_contact.median_hours, first_contact.in_time),
        (None, Some(1))
    );
    let expected = [
        (urgent(), "receipt", 3, 2, 2, Some(3)),
        (urgent(), "decision", 3, 71, 71, Some(3)),
        (urgent(), "answer", 3, 72, 73, Some(2)),
    ];
    assert_eq!(told, expected);
    let health = BTreeMap::from([("to".to_owned(), vec!["elsewhere".to_owned()])]);
    assert!(
        turnaround::answer(&table, &health, &[], date(2026, 5, 31))
            .unwrap()
            .lines
            .is_empty()
    );
    let unknown =
        turnaround::answer(&table, &only(), &["state".to_owned()], date(2026, 5, 31)).unwrap_err();
    assert!(unknown.to_string().contains("sent_month"), "{unknown}");
}

#[test]
fn a_referral_is_overdue_once_its_clock_has_ended() {
    let mut scribe = Scribe::default();
    let consent = json!({
        "consent": uuid(50), "purposes": ["referral"], "categories": ["needs"], "form": "written"
    });
    let sent = json!({
        "referral": uuid(60), "to": "health-desk", "need": "health", "priority": "urgent",
        "consent": uuid(50), "discloses": ["needs"]
    });
    let events = vec![
        scribe.received(1, "2026-05-01"),
        scribe.write(1, "consent.given", "2026-05-01", consent),
        scribe.write(1, "referral.sent", "2026-05-01T10:00:00-05:00", sent),
    ];
    let table = table("referrals", events);
    let row = &referrals::list_open(&table, &referrals::ListQuery::default(), 10).unwrap()[0];
    // 72 hours after 15:00 in UTC.
    assert_eq!(row.due.unwrap().to_string(), "2026-05-04T15:00:00Z");
    assert_eq!(
        (row.owner.as_deref(), row.clock.as_deref()),
        (Some("provider"), Some("receipt"))
    );
    for (day, overdue) in [(date(2026, 5, 4), 0), (date(2026, 5, 5), 1)] {
        let answer = referrals::count(&table, &only(), &["state".to_owned()], day).unwrap();
        assert_eq!((answer.open, answer.overdue), (1, overdue), "{day}");
    }
    let at = |text: &str| referrals::ListQuery {
        overdue_at: Some(text.parse().unwrap()),
        ..referrals::ListQuery::default()
    };
    for (text, rows) in [
        ("2026-05-04T14:59:59Z", 0),
        ("2026-05-04T15:00:00Z", 0),
        ("2026-05-04T15:00:01Z", 1),
    ] {
        assert_eq!(
            referrals::list_open(&table, &at(text), 10).unwrap().len(),
            rows,
            "{text}"
        );
    }
}

fn arrested(scribe: &mut Scribe, journey: u32, case: u32, on: &str) -> Event {
    scribe.write(
        journey,
        "justice.arrested",
        on,
        json!({ "case": uuid(case) }),
    )
}

fn recidivism_on(table: &MemoryTable, on: Date) -> recidivism::Figures {
    let query = recidivism::Query {
        at: vec![30, 200],
        ..recidivism::Query::new(on)
    };
    let shelf = Definitions::shipped();
    let rearrest = shelf.get("rearrest").unwrap();
    recidivism::answer(table, rearrest, &query).unwrap().figures
}

fn ended(figures: &recidivism::Figures, role: &str) -> u64 {
    let ends = figures.ends.iter().filter(|end| end.role == role);
    ends.map(|end| end.persons).sum()
}

#[test]
fn not_yet_is_never_no() {
    let mut scribe = Scribe::default();
    let events = vec![
        scribe.received(1, "2026-01-01"),
        scribe.received(2, "2026-01-01"),
        scribe.received(3, "2026-01-01"),
        scribe.received(4, "2026-01-01"),
        arrested(&mut scribe, 1, 71, "2026-03-01"),
        scribe.write(2, "departure.died", "2026-02-01", json!({})),
        scribe.write(
            3,
            "departure.contact-lost",
            "2026-04-01",
            json!({ "planned": false }),
        ),
    ];
    let table = table("histories", events);
    let half_year = |on| recidivism_on(&table, on).windows[0].clone();
    // Nobody is counted before the window has closed, not even who has failed in it already.
    let early = half_year(date(2026, 6, 30));
    assert_eq!((early.failed, early.not_failed, early.competing), (0, 0, 0));
    assert_eq!((early.not_yet, early.not_yet_failed), (4, 1));
    assert_eq!(early.share, None);
    // Six calendar months after 1 January the window has closed.
    let mature = half_year(date(2026, 7, 1));
    assert_eq!(
        (mature.failed, mature.not_failed, mature.competing),
        (1, 1, 1)
    );
    assert_eq!((mature.censored, mature.not_yet), (1, 0));
    // One of four failed, and one was lost: it may have been two.
    assert_eq!(mature.bounds, Some((0.25, 0.5)));
    // As of an earlier day, the arrest is not known to have happened.
    let before = recidivism_on(&table, date(2026, 2, 15));
    assert_eq!(
        (
            before.persons,
            ended(&before, "failed"),
            ended(&before, "open")
        ),
        (4, 0, 3)
    );
}

#[test]
fn an_arrest_before_the_origin_does_not_count_and_links_make_one_person() {
    let mut scribe = Scribe::default();
    let mut events = vec![
        scribe.received(1, "2026-01-01"),
        scribe.received(2, "2026-03-01"),
        arrested(&mut scribe, 2, 71, "2026-03-20"),
        arrested(&mut scribe, 1, 72, "2025-12-20"),
    ];
    let apart = recidivism_on(&table("histories", events.clone()), date(2026, 12, 1));
    assert_eq!((apart.persons, ended(&apart, "failed")), (2, 1));
    let link = json!({ "other": uuid(1), "basis": "document" });
    events.push(scribe.write(2, "journey.linked", "2026-04-01", link));
    let together = recidivism_on(&table("histories", events.clone()), date(2026, 12, 1));
    assert_eq!((together.persons, ended(&together, "failed")), (1, 1));
    let persons = |events: &[Event]| {
        let table = table("caseload", events.to_vec());
        caseload::count(&table, &caseload::Query::default())
            .unwrap()
            .persons
    };
    assert_eq!(persons(&events), Some(1));
    events.push(scribe.write(
        1,
        "journey.unlinked",
        "2026-05-01",
        json!({ "other": uuid(2) }),
    ));
    let again = recidivism_on(&table("histories", events.clone()), date(2026, 12, 1));
    assert_eq!(again, apart);
    assert_eq!(persons(&events), Some(2));
}

#[test]
fn a_correction_shows_in_the_timeline_and_changes_the_count() {
    let mut scribe = Scribe::default();
    let wrong = scribe.received(1, "2026-01-01");
    let right = scribe.write(
        1,
        "reception.received",
        "2026-01-02",
        json!({
            "site": "sangster", "return_type": "voluntary", "grounds": "immigration",
            "sending_country": "CA", "sex": "female"
        }),
    );
    let corrected = json!({ "event": wrong.id, "by": right.id, "reason": "entry-error" });
    let replaced = scribe.write(1, "correction.replaced", "2026-01-03", corrected);
    let events = vec![wrong.clone(), right.clone(), replaced.clone()];
    let timeline = timeline::of(&table("timeline", events.clone()), wrong.journey)
        .unwrap()
        .unwrap();
    let struck = timeline.entries[0].struck.as_ref().unwrap();
    assert_eq!(
        (struck.by, struck.replaced_by),
        (replaced.id, Some(right.id))
    );
    assert_eq!(struck.reason.as_str(), "entry-error");
    assert_eq!(struck.agency, replaced.agency);
    assert_eq!(timeline.entries[1].struck, None);
    let corrects = timeline.entries[2].corrects.as_ref().unwrap();
    assert_eq!(
        (corrects.event, corrects.replaced_by),
        (wrong.id, Some(right.id))
    );
    let query = caseload::Query {
        by: vec!["sex".to_owned(), "site".to_owned()],
        only: only(),
    };
    let count = caseload::count(&table("caseload", events.clone()), &query).unwrap();
    assert_eq!(count.groups.len(), 1);
    assert_eq!(count.groups[0].values, ["female", "sangster"]);
    let lines = quality::report(&table("quality", events), &only()).unwrap();
    assert!(
        lines
            .iter()
            .any(|line| line.kind == "corrected" && line.subject == "entry-error")
    );
}

/// Facts of a few journeys that touch every read model, with links, corrections and an impossible
/// fact or two.
fn lively() -> Vec<Event> {
    let mut scribe = Scribe::default();
    let mut events = Vec::new();
    for journey in 1..=6 {
        events.push(scribe.received(journey, &format!("2026-01-{:02}", journey * 3)));
        let scheduled = json!({ "key": "month-3", "wave": "month-3", "due_on": "2026-04-01" });
        events.push(scribe.write(journey, "follow-up.scheduled", "2026-02-01", scheduled));
        let spell = json!({ "spell": uuid(200 + journey), "kind": "informal" });
        events.push(scribe.write(journey, "status.employed", "2026-02-10", spell));
        let scores = json!({
            "instrument": { "id": "example-sustainability", "version": 1 }, "wave": "baseline",
            "scores": { "economic": 1000 * journey }, "overall": 900 * journey
        });
        events.push(scribe.write(journey, "assessment.completed", "2026-02-11", scores));
    }
    // Referrals that a withdrawal closes, one that another consent keeps open, and a step told late.
    for (journey, consent) in [(1, 50), (1, 51), (2, 52), (4, 53)] {
        let given = json!({
            "consent": uuid(consent), "purposes": ["referral"], "categories": ["needs"],
            "form": "written"
        });
        events.push(scribe.write(journey, "consent.given", "2026-02-12", given));
    }
    for (journey, consent) in [(1, 50), (2, 52), (4, 53)] {
        let sent = json!({
            "referral": uuid(60 + journey), "to": "health-desk", "need": "health",
            "priority": "urgent", "consent": uuid(consent), "discloses": ["needs"]
        });
        events.push(scribe.write(journey, "referral.sent", "2026-02-13", sent));
        let gone = json!({ "consent": uuid(consent) });
        events.push(scribe.write(journey, "consent.withdrawn", "2026-02-20", gone));
    }
    for (journey, on) in [(1, "2026-02-14"), (2, "2026-02-21"), (4, "2026-02-15")] {
        let accepted = json!({ "referral": uuid(60 + journey) });
        events.push(scribe.write(journey, "referral.accepted", on, accepted));
    }
    events.push(arrested(&mut scribe, 2, 301, "2026-02-20"));
    events.push(scribe.write(3, "departure.died", "2026-03-01", json!({})));
    events.push(scribe.write(
        3,
        "screening.completed",
        "2026-03-05",
        json!({
            "kind": "health", "depth": "rapid", "result": "negative"
        }),
    ));
    for (journey, other) in [(1, 2), (4, 2), (5, 6)] {
        let link = json!({ "other": uuid(other), "basis": "review" });
        events.push(scribe.write(journey, "journey.linked", "2026-03-10", link));
    }
    events.push(scribe.write(
        2,
        "journey.unlinked",
        "2026-03-11",
        json!({ "other": uuid(4) }),
    ));
    for journey in [2, 4] {
        let goals = json!([{ "id": "work", "dimension": "economic", "level": "individual" }]);
        let agreed = json!({ "plan": uuid(400 + journey), "goals": goals });
        events.push(scribe.write(journey, "plan.agreed", "2026-02-12", agreed));
        let value = json!({ "amount": "12.50", "currency": "JMD" });
        let given = json!({ "assistance": uuid(500 + journey), "kind": "cash", "mode": "direct",
            "value": value });
        events.push(scribe.write(journey, "assistance.delivered", "2026-02-13", given));
        let related = json!({ "other": uuid(journey + 1), "relation": "child",
            "household": uuid(600) });
        events.push(scribe.write(journey, "journey.related", "2026-02-14", related));
    }
    let proposed = json!({ "transfer": uuid(700), "to": "north", "reason": "moved" });
    events.push(scribe.write(4, "journey.transfer-proposed", "2026-02-15", proposed));
    let struck = json!({ "event": events[3].id, "reason": "duplicate" });
    events.push(scribe.write(1, "correction.retracted", "2026-03-12", struck));
    events.push(scribe.write(
        6,
        "journey.closed",
        "2026-03-20",
        json!({ "reason": "withdrew" }),
    ));
    // Most of them have their source's number, some of them one that another has.
    for (nth, event) in events.iter_mut().enumerate() {
        let number = if nth % 7 == 3 { nth } else { nth + 1 };
        event.sequence = (nth % 5 != 4).then(|| number.to_string().parse().unwrap());
    }
    events
}

proptest! {
    // Each case folds every model dozens of times: sixty-four are a few seconds unoptimised.
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Applying differences one by one, in any order of arrival and with any duplicates, gives what
    /// folding everything at once gives: rows and cells, byte for byte.
    #[test]
    fn differences_add_up_to_the_fold(
        order in Just((0..lively().len()).collect::<Vec<_>>()).prop_shuffle(),
        again in prop::collection::vec(0..lively().len(), 0..8),
        batch in 1_usize..5,
    ) {
        let events = lively();
        let arrivals: Vec<Event> =
            order.iter().chain(&again).map(|index| events[*index].clone()).collect();
        let expected = fold::fold(all(), &facts(events));
        for model in all() {
            let mut table = MemoryTable::new(model);
            let mut known = Facts::new();
            for arriving in arrivals.chunks(batch) {
                let before = known.clone();
                for event in arriving {
                    known.entry(event.journey).or_default().push(event.clone());
                }
                table.apply(fold::difference(model, &before, &known));
            }
            prop_assert_eq!(&table.rows, &expected[model.name].rows, "{} rows", model.name);
            prop_assert_eq!(&table.cells, &expected[model.name].cells, "{} cells", model.name);
        }
    }

    /// A difference undone is nothing at all.
    #[test]
    fn a_difference_and_its_opposite_cancel(cut in 0..lively().len()) {
        let events = lively();
        let (some, every) = (facts(events[..cut].to_vec()), facts(events));
        for model in all() {
            let mut table = MemoryTable::new(model);
            let start = fold::contributions(model, &some);
            table.apply(Difference::between(Contributions::default(), start));
            let first = table.clone();
            table.apply(fold::difference(model, &some, &every));
            table.apply(fold::difference(model, &every, &some));
            prop_assert_eq!(&table, &first, "{}", model.name);
        }
    }
}
