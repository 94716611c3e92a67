//! What is owed, and how it stands on a day or at an instant: exact edges, every shipped list, and pages.

#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test that cannot go on says so by failing; facts are written as they are read"
)]

use std::collections::BTreeMap;

use homeward_events::Event;
use homeward_events::codec::decode_event;
use homeward_projections::MemoryTable;
use homeward_projections::fold::{self, Facts};
use homeward_projections::shelf::{FileError, Filed};
use homeward_projections::worklist::{
    self, After, Answer, Kind, Order, Query, Reference, Show, Standing, Terms, WORKLIST, Worklist,
};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

fn uuid(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// Writes facts down, each with the next id.
#[derive(Default)]
struct Scribe {
    events: Vec<Event>,
}

impl Scribe {
    fn tell(&mut self, journey: u32, event_type: &str, occurred: &str, data: Value) -> &mut Self {
        let nth = u32::try_from(self.events.len()).unwrap();
        let event = json!({
            "specversion": "1.0",
            "id": uuid(1_000_000 + nth),
            "source": "urn:homeward:test",
            "type": event_type,
            "subject": uuid(journey),
            "schemaversion": if event_type == "reception.received" { 2 } else { 1 },
            "ledger": if journey.is_multiple_of(2) { "tt" } else { "jm" },
            "occurred": occurred,
            "recordedtime": format!("2027-01-01T{:02}:{:02}:{:02}Z", nth / 3600, nth / 60 % 60, nth % 60),
            "agency": "moss",
            "data": data,
        });
        self.events
            .push(decode_event(&event.to_string(), None).unwrap());
        self
    }

    fn received(&mut self, journey: u32, on: &str) -> &mut Self {
        let data = json!({
            "site": "norman-manley", "return_type": "deported", "grounds": "drugs",
            "sending_country": "US", "sex": "male"
        });
        self.tell(journey, "reception.received", on, data)
    }

    fn notified(&mut self, journey: u32, on: &str) -> &mut Self {
        let data = json!({
            "expected_on": on, "return_type": "deported", "grounds": "not-provided",
            "sending_country": "US",
            "medical_information": "not-provided", "criminal_information": "not-provided"
        });
        self.tell(journey, "notice.notified", "2026-01-01", data)
    }

    fn referred(&mut self, journey: u32, priority: &str, at: &str) -> &mut Self {
        let given = json!({
            "consent": uuid(50_000 + journey), "purposes": ["referral"], "categories": ["needs"],
            "form": "written"
        });
        let sent = json!({
            "referral": uuid(60_000 + journey), "to": "health-desk", "need": "health",
            "priority": priority, "consent": uuid(50_000 + journey), "discloses": ["needs"]
        });
        self.tell(journey, "consent.given", &at[..10], given);
        self.tell(journey, "referral.sent", at, sent)
    }

    fn table(&self) -> MemoryTable {
        let mut facts = Facts::new();
        for event in &self.events {
            facts.entry(event.journey).or_default().push(event.clone());
        }
        fold::fold(&[&WORKLIST], &facts).remove("worklist").unwrap()
    }
}

fn shipped(name: &str) -> Terms {
    worklist::shipped().get(name).unwrap().terms().clone()
}

fn everything() -> Terms {
    Terms::ad_hoc(Show::default(), Order::Deadline, Vec::new())
}

fn only(pairs: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()]))
        .collect()
}

fn ask(
    table: &MemoryTable,
    terms: &Terms,
    reference: Reference,
    only: &BTreeMap<String, Vec<String>>,
) -> Answer {
    let query = Query {
        terms,
        only,
        by: &[],
        reference,
        level: None,
        after: None,
        limit: 1000,
    };
    worklist::answer(table, &query).unwrap()
}

fn on(table: &MemoryTable, list: &str, day: Date) -> Answer {
    ask(table, &shipped(list), Reference::on(day), &only(&[]))
}

fn at(text: &str) -> Reference {
    Reference::at(text.parse().unwrap()).unwrap()
}

/// How everything of a kind stands on a day.
fn standing(table: &MemoryTable, kind: &str, day: Date) -> Option<Standing> {
    let told = ask(
        table,
        &everything(),
        Reference::on(day),
        &only(&[("kind", kind)]),
    );
    assert!(told.rows.len() <= 1);
    told.rows.first().map(|row| row.standing)
}

#[test]
fn what_is_told_by_days_turns_with_the_day() {
    let mut scribe = Scribe::default();
    let scheduled = json!({
        "key": "month-1", "wave": "month-1", "due_on": "2026-06-01", "closes_on": "2026-06-15"
    });
    scribe
        .received(1, "2026-01-31")
        .tell(1, "follow-up.scheduled", "2026-05-01", scheduled);
    let given = json!({ "assistance": uuid(9), "kind": "cash", "mode": "direct" });
    scribe.tell(1, "assistance.delivered", "2026-05-31", given);
    scribe.notified(3, "2026-07-01");
    let table = scribe.table();
    for (kind, day, expected) in [
        ("follow-up", date(2026, 5, 31), Standing::Upcoming),
        ("follow-up", date(2026, 6, 1), Standing::Due),
        ("follow-up", date(2026, 6, 15), Standing::Due),
        ("follow-up", date(2026, 6, 16), Standing::Overdue),
        // A month after 31 January is the last day of February.
        ("plan", date(2026, 2, 27), Standing::Upcoming),
        ("plan", date(2026, 2, 28), Standing::Due),
        ("plan", date(2026, 3, 1), Standing::Overdue),
        ("confirmation", date(2026, 8, 30), Standing::Upcoming),
        ("confirmation", date(2026, 8, 31), Standing::Due),
        ("confirmation", date(2026, 9, 1), Standing::Overdue),
        ("arrival", date(2026, 6, 30), Standing::Upcoming),
        ("arrival", date(2026, 7, 1), Standing::Due),
        ("arrival", date(2026, 7, 2), Standing::Overdue),
        ("assessment", date(2026, 7, 2), Standing::Running),
    ] {
        assert_eq!(
            standing(&table, kind, day),
            Some(expected),
            "{kind} on {day}"
        );
    }
}

#[test]
fn clocks_turn_at_their_second_wherever_they_are_asked() {
    for (priority, before, end, after) in [
        (
            "emergency",
            "2026-05-02T09:59:59-05:00",
            "2026-05-02T16:00:00+01:00",
            "2026-05-02T15:00:01Z",
        ),
        (
            "urgent",
            "2026-05-04T14:59:59Z",
            "2026-05-04T10:00:00-05:00",
            "2026-05-04T16:00:01+01:00",
        ),
        (
            "normal",
            "2026-05-15T15:59:59+01:00",
            "2026-05-15T15:00:00Z",
            "2026-05-15T10:00:01-05:00",
        ),
    ] {
        let mut scribe = Scribe::default();
        scribe
            .received(1, "2026-05-01")
            .referred(1, priority, "2026-05-01T10:00:00-05:00");
        let table = scribe.table();
        let breaches = shipped("clock-breaches");
        for (time, rows) in [(before, 0), (end, 0), (after, 1)] {
            let told = ask(&table, &breaches, at(time), &only(&[]));
            assert_eq!(told.counts.rows, rows, "{priority} at {time}");
        }
        let row = &ask(&table, &breaches, at(after), &only(&[])).rows[0];
        assert_eq!(&*row.owed.agency, "health-desk");
        assert_eq!(
            (row.next.what, row.next.who.as_str()),
            ("acknowledge", "health-desk")
        );
        assert_eq!(row.level, None);
    }
}

#[test]
fn a_breach_goes_up_a_level_after_so_long() {
    let mut scribe = Scribe::default();
    // An emergency of 1 May 10:00 UTC: its clock ends on 2 May at 10:00.
    scribe
        .received(1, "2026-05-01")
        .referred(1, "emergency", "2026-05-01T10:00:00Z");
    let table = scribe.table();
    let terms = shipped("clock-breaches");
    for (time, level) in [
        ("2026-05-02T10:00:01Z", None),
        ("2026-05-03T10:00:00Z", None),
        ("2026-05-03T10:00:01Z", Some("supervisor")),
        ("2026-05-05T10:00:00Z", Some("supervisor")),
        ("2026-05-05T10:00:01Z", Some("manager")),
    ] {
        let told = ask(&table, &terms, at(time), &only(&[]));
        assert_eq!(told.rows[0].level.as_deref(), level, "{time}");
        let counted: Vec<(&str, i64)> = told
            .levels
            .iter()
            .map(|l| (l.level.as_str(), l.rows))
            .collect();
        let one = |name: &str| i64::from(level == Some(name));
        let expected = [
            ("supervisor", one("supervisor")),
            ("manager", one("manager")),
        ];
        assert_eq!(counted, expected, "{time}");
    }
    let none = only(&[]);
    let query = |level| Query {
        terms: &terms,
        only: &none,
        by: &[],
        reference: at("2026-05-04T00:00:00Z"),
        level: Some(level),
        after: None,
        limit: 10,
    };
    assert_eq!(
        worklist::answer(&table, &query("supervisor"))
            .unwrap()
            .rows
            .len(),
        1
    );
    assert_eq!(
        worklist::answer(&table, &query("manager"))
            .unwrap()
            .rows
            .len(),
        0
    );
}

#[test]
fn a_provider_sees_what_waits_for_it_and_the_sender_what_came_back() {
    let mut scribe = Scribe::default();
    scribe
        .received(1, "2026-05-01")
        .referred(1, "normal", "2026-05-01T10:00:00Z");
    let declined = json!({
        "referral": uuid(60_001), "by": "provider", "reason": "lack-of-capacity"
    });
    let acting = |scribe: &Scribe, agency: &str| {
        let asked = only(&[("agency", agency), ("kind", "referral")]);
        let day = Reference::on(date(2026, 5, 3));
        ask(&scribe.table(), &everything(), day, &asked).counts.rows
    };
    assert_eq!(
        (acting(&scribe, "health-desk"), acting(&scribe, "moss")),
        (1, 0)
    );
    scribe.tell(1, "referral.declined", "2026-05-02", declined);
    assert_eq!(
        (acting(&scribe, "health-desk"), acting(&scribe, "moss")),
        (0, 1)
    );
}

#[test]
fn a_person_nobody_has_seen_for_thirty_days_is_missed_on_the_thirtieth() {
    let mut scribe = Scribe::default();
    scribe.received(1, "2026-06-01");
    let rows = |scribe: &Scribe, day| on(&scribe.table(), "no-contact-30-days", day).counts.rows;
    assert_eq!(rows(&scribe, date(2026, 6, 30)), 0);
    assert_eq!(rows(&scribe, date(2026, 7, 1)), 1);
    // A visit in vain observes nobody; a spell of work does.
    let scheduled = json!({ "key": "month-1", "wave": "month-1", "due_on": "2026-06-20" });
    let missed = json!({ "key": "month-1", "reason": "unreachable" });
    scribe.tell(1, "follow-up.scheduled", "2026-06-02", scheduled);
    scribe.tell(1, "follow-up.missed", "2026-06-20", missed);
    assert_eq!(rows(&scribe, date(2026, 7, 1)), 1);
    let spell = json!({ "spell": uuid(7), "kind": "informal" });
    scribe.tell(1, "status.employed", "2026-06-02", spell);
    assert_eq!(rows(&scribe, date(2026, 7, 1)), 0);
    assert_eq!(rows(&scribe, date(2026, 7, 2)), 1);
    scribe.tell(
        1,
        "departure.contact-lost",
        "2026-07-03",
        json!({ "planned": false }),
    );
    assert_eq!(rows(&scribe, date(2026, 9, 1)), 0);
}

#[test]
fn a_study_that_is_over_asks_for_nothing_more() {
    for (planned, asked) in [(true, false), (false, true)] {
        let mut scribe = Scribe::default();
        scribe.received(1, "2026-06-01");
        let plan = |scribe: &Scribe| standing(&scribe.table(), "plan", date(2026, 8, 1));
        assert_eq!(plan(&scribe), Some(Standing::Overdue));
        let lost = json!({ "planned": planned });
        scribe.tell(1, "departure.contact-lost", "2026-06-20", lost);
        assert_eq!(plan(&scribe).is_some(), asked, "planned: {planned}");
    }
}

#[test]
fn a_consent_that_was_renewed_or_withdrawn_does_not_run_out() {
    let given = |number: u32, purposes: Value, last: Option<&str>| {
        let mut data = json!({
            "consent": uuid(number), "purposes": purposes, "categories": ["needs"], "form": "written"
        });
        if let Some(last) = last {
            data["expires_on"] = last.into();
        }
        data
    };
    let rows = |scribe: &Scribe, day| on(&scribe.table(), "consent-expiring", day).counts.rows;
    let mut scribe = Scribe::default();
    let first = given(1, json!(["referral"]), Some("2026-07-31"));
    scribe
        .received(1, "2026-06-01")
        .tell(1, "consent.given", "2026-06-01", first);
    assert_eq!(rows(&scribe, date(2026, 6, 30)), 0);
    assert_eq!(rows(&scribe, date(2026, 7, 1)), 1);
    assert_eq!(rows(&scribe, date(2026, 8, 1)), 1);
    // Another purpose renews nothing.
    let other = given(2, json!(["follow-up"]), None);
    scribe.tell(1, "consent.given", "2026-06-02", other);
    assert_eq!(rows(&scribe, date(2026, 7, 1)), 1);
    let renewed = given(3, json!(["referral", "follow-up"]), Some("2027-07-31"));
    let mut again = Scribe {
        events: scribe.events.clone(),
    };
    again.tell(1, "consent.given", "2026-06-03", renewed);
    assert_eq!(rows(&again, date(2026, 7, 1)), 0);
    let withdrawn = json!({ "consent": uuid(1), "purposes": [] });
    scribe.tell(1, "consent.withdrawn", "2026-06-04", withdrawn);
    assert_eq!(rows(&scribe, date(2026, 7, 1)), 0);
}

/// Journeys that owe something of every kind, and one that owes nothing any more.
fn office() -> Scribe {
    let mut scribe = Scribe::default();
    for journey in 1..=6 {
        scribe.received(journey, "2026-04-01");
    }
    scribe
        .notified(11, "2026-06-20")
        .notified(12, "2026-06-30")
        .notified(13, "2026-08-01");
    scribe.referred(1, "normal", "2026-06-01T10:00:00Z");
    scribe.referred(2, "emergency", "2026-06-20T10:00:00Z");
    scribe.referred(3, "urgent", "2026-06-29T10:00:00Z");
    let waitlisted = json!({ "referral": uuid(60_003) });
    scribe.tell(3, "referral.waitlisted", "2026-06-30T08:00:00Z", waitlisted);
    let agreed = json!({
        "plan": uuid(70),
        "goals": [{ "id": "work", "dimension": "economic", "level": "individual" }]
    });
    scribe.tell(1, "plan.agreed", "2026-04-20", agreed);
    for (journey, due) in [(1, "2026-06-30"), (2, "2026-06-01"), (4, "2026-09-01")] {
        let scheduled = json!({ "key": "month-3", "wave": "month-3", "due_on": due });
        scribe.tell(journey, "follow-up.scheduled", "2026-04-02", scheduled);
    }
    let consent = json!({
        "consent": uuid(81), "purposes": ["case-management"], "categories": ["needs"],
        "form": "written", "expires_on": "2026-07-10"
    });
    scribe.tell(4, "consent.given", "2026-04-02", consent);
    for (journey, on) in [(4, "2026-03-28"), (5, "2026-06-01")] {
        let given = json!({ "assistance": uuid(90 + journey), "kind": "cash", "mode": "direct" });
        scribe.tell(journey, "assistance.delivered", on, given);
    }
    let scores = json!({
        "instrument": { "id": "example-sustainability", "version": 1 }, "wave": "baseline",
        "scores": { "economic": 1000 }, "overall": 900
    });
    scribe.tell(5, "assessment.completed", "2026-06-25", scores);
    scribe.tell(
        6,
        "journey.closed",
        "2026-06-01",
        json!({ "reason": "withdrew" }),
    );
    scribe
}

#[test]
fn every_shipped_list_bites() {
    let table = office().table();
    let day = Reference::on(date(2026, 6, 30));
    let all = ask(&table, &everything(), day, &only(&[])).counts.rows;
    let kinds = ask(&table, &everything(), day, &only(&[])).by_kind;
    assert_eq!(kinds.keys().copied().collect::<Vec<_>>(), Kind::ALL);
    let told: Vec<(String, i64)> = worklist::shipped()
        .iter()
        .map(|list| {
            let rows = ask(&table, list.terms(), day, &only(&[])).counts.rows;
            assert!(rows > 0 && rows < all, "{}: {rows} of {all}", list.name());
            (list.name(), rows)
        })
        .collect();
    let expected = [
        ("arrivals-expected@1", 2),
        ("clock-breaches@1", 2),
        ("confirmations-due@1", 1),
        ("consent-expiring@1", 1),
        ("no-contact-30-days@1", 1),
        ("overdue@1", 9),
        ("today@1", 2),
        ("unanswered-referrals@1", 2),
        ("unassessed@1", 4),
    ];
    let expected: Vec<(String, i64)> = expected
        .iter()
        .map(|(name, rows)| ((*name).to_owned(), *rows))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn two_days_tell_two_counts_of_the_same_facts() {
    let table = office().table();
    let overdue = |day| on(&table, "overdue", day).counts.overdue;
    assert_eq!(overdue(date(2026, 7, 1)) - overdue(date(2026, 6, 30)), 2);
    let moved = |day| on(&table, "today", day).by_kind;
    assert_eq!(moved(date(2026, 6, 30))[&Kind::FollowUp].due, 1);
    assert!(!moved(date(2026, 7, 1)).contains_key(&Kind::FollowUp));
}

#[test]
fn filters_and_groups_say_the_same_whichever_way_they_are_asked() {
    let table = office().table();
    let day = Reference::on(date(2026, 6, 30));
    let terms = everything();
    for dimension in worklist::DIMENSIONS {
        let (by, none) = ([(*dimension).to_owned()], only(&[]));
        let query = Query {
            terms: &terms,
            only: &none,
            by: &by,
            reference: day,
            level: None,
            after: None,
            limit: 0,
        };
        let grouped = worklist::answer(&table, &query).unwrap();
        let sum: i64 = grouped.groups.iter().map(|group| group.counts.rows).sum();
        assert_eq!(sum, grouped.counts.rows, "{dimension}");
        for group in &grouped.groups {
            let asked = only(&[(dimension, &group.values[0])]);
            let alone = ask(&table, &terms, day, &asked).counts;
            assert_eq!(alone, group.counts, "{dimension} {}", group.values[0]);
        }
    }
    let by = ["shoe_size".to_owned()];
    let none = only(&[]);
    let query = Query {
        terms: &terms,
        only: &none,
        by: &by,
        reference: day,
        level: None,
        after: None,
        limit: 0,
    };
    let refused = worklist::answer(&table, &query).unwrap_err().to_string();
    assert!(
        refused.contains("shoe_size") && refused.contains("return_type"),
        "{refused}"
    );
}

#[test]
fn pages_follow_one_another_and_leave_nothing_out() {
    let table = office().table();
    let day = Reference::on(date(2026, 6, 30));
    for order in [Order::Deadline, Order::Priority] {
        let terms = Terms::ad_hoc(Show::default(), order, Vec::new());
        let whole = ask(&table, &terms, day, &only(&[])).rows;
        let (mut paged, mut after, none) = (Vec::new(), None::<After>, only(&[]));
        loop {
            let query = Query {
                terms: &terms,
                only: &none,
                by: &[],
                reference: day,
                level: None,
                after,
                limit: 3,
            };
            let page = worklist::answer(&table, &query).unwrap();
            paged.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(paged, whole);
        let first = whole[0]
            .owed
            .priority
            .map(homeward_events::referral::Priority::as_str);
        assert_eq!(first == Some("emergency"), order == Order::Priority);
    }
}

#[test]
fn an_index_in_memory_tells_what_rows_tell() {
    struct Rows<'t>(&'t MemoryTable);
    impl homeward_projections::Table for Rows<'_> {
        fn row(&self, key: &str) -> Result<Option<Vec<u8>>, homeward_projections::TableError> {
            self.0.row(key)
        }
        fn rows_from(
            &self,
            from: &str,
            visit: &mut dyn FnMut(&str, &[u8]) -> bool,
        ) -> Result<(), homeward_projections::TableError> {
            self.0.rows_from(from, visit)
        }
        fn index(&self) -> Option<&homeward_projections::Index> {
            None
        }
        fn cells_under(
            &self,
            prefix: &str,
            visit: &mut dyn FnMut(&str, i64),
        ) -> Result<(), homeward_projections::TableError> {
            self.0.cells_under(prefix, visit)
        }
    }
    let table = office().table();
    let (terms, none) = (everything(), only(&[]));
    let query = Query {
        terms: &terms,
        only: &none,
        by: &[],
        reference: Reference::on(date(2026, 6, 30)),
        level: None,
        after: None,
        limit: 100,
    };
    let kept = worklist::answer(&table, &query).unwrap();
    assert_eq!(worklist::answer(&Rows(&table), &query).unwrap(), kept);
}

fn refused(from: &str, to: &str) -> FileError {
    let text = worklist::shipped()
        .get("clock-breaches")
        .unwrap()
        .text()
        .to_owned();
    assert!(text.contains(from), "{from}");
    Worklist::parse("own.toml", &text.replacen(from, to, 1)).unwrap_err()
}

#[test]
fn an_error_names_file_field_and_what_was_expected() {
    for (from, to, field, expected) in [
        ("version = 1", "version = 0", "version", "1 or more"),
        (
            "version = 1",
            "version = 1\nshoes = 2",
            "shoes",
            "unknown field",
        ),
        ("\"clock-breaches\"", "\"ad-hoc\"", "id", "without a file"),
        ("\"clock-breaches\"", "\"Clock\"", "id", "a-z"),
        ("en = ", "xx = ", "title.xx", "en, es, fr, pt, ht"),
        (
            "\"waitlist\"",
            "\"wishlist\"",
            "show[0].kinds[1]",
            "follow-up",
        ),
        ("\"0 hours\"", "\"soon\"", "show[0].overdue_by", "`7 days`"),
        (
            "\"0 hours\"",
            "\"0 hours\"\ndue_within = \"1d\"",
            "show[0].overdue_by",
            "one of them",
        ),
        (
            "\"0 hours\"",
            "\"0 hours\"\nonly = { shoe = [\"a\"] }",
            "show[0].only.shoe",
            "return_type",
        ),
        (
            "[\"referral\", \"waitlist\"]",
            "[\"contact\"]",
            "show[0].kinds",
            "`since`",
        ),
        ("\"72 hours\"", "\"24 hours\"", "escalation", "rising"),
    ] {
        let error = refused(from, to);
        let text = error.to_string();
        assert_eq!(error.field, field, "{text}");
        assert!(text.starts_with("own.toml: field `"), "{text}");
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn every_shipped_list_is_told_in_five_languages() {
    for list in worklist::shipped().iter() {
        let languages: Vec<&str> = list
            .terms()
            .title
            .all()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(languages, ["en", "es", "fr", "ht", "pt"], "{}", list.name());
    }
    assert_eq!(worklist::shipped().iter().count(), 9);
}
