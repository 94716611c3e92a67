//! Who is whom can be said and taken back in any order: the same persons give the same bytes, in every
//! read model that tells of persons, whatever was said on the way.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Event;
use homeward_events::codec::decode_event;
use homeward_projections::all;
use homeward_projections::fold::{Facts, fold};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Journeys that may be one human being.
const JOURNEYS: usize = 6;

fn uuid(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// One fact; recorded in this minute of a day after all that lives are made of.
fn fact(journey: usize, kind: &str, on: &str, minute: usize, number: usize, data: &Value) -> Event {
    let event = json!({
        "specversion": "1.0",
        "id": uuid(1_000_000 + number),
        "source": "urn:homeward:test",
        "type": kind,
        "subject": uuid(journey),
        "schemaversion": if kind == "reception.received" { 2 } else { 1 },
        "ledger": "jm",
        "occurred": on,
        "recordedtime": format!("2027-01-01T{:02}:{:02}:00Z", minute / 60, minute % 60),
        "agency": "moss",
        "data": data,
    });
    decode_event(&event.to_string(), None).unwrap()
}

/// Lives that every read model has something to say of.
fn lives() -> Vec<Event> {
    let mut facts = Vec::new();
    for journey in 1..=JOURNEYS {
        let year = 2018 + journey;
        let mut tell = |kind: &str, day: &str, data: Value| {
            let (on, number) = (format!("{year}-{day}"), facts.len());
            facts.push(fact(journey, kind, &on, 0, number, &data));
        };
        let sex = ["female", "male"][journey % 2];
        tell(
            "reception.received",
            "02-01",
            json!({
                "site": "norman-manley", "return_type": "deported", "grounds": "drugs",
                "sending_country": "US", "sex": sex, "born": "1990-05-05"
            }),
        );
        tell(
            "screening.completed",
            "02-02",
            json!({ "kind": "health", "depth": "rapid", "result": "negative" }),
        );
        tell(
            "assistance.delivered",
            "02-03",
            json!({
                "assistance": uuid(300 + journey), "kind": "grant", "mode": "referral", "dimension": "economic",
                "value": { "amount": "150.00", "currency": "JMD" }
            }),
        );
        tell(
            "status.housed",
            "02-04",
            json!({ "spell": uuid(200 + journey), "kind": "with-family" }),
        );
        tell(
            "status.employed",
            "03-04",
            json!({ "spell": uuid(400 + journey), "kind": "self-employed" }),
        );
        tell(
            "follow-up.scheduled",
            "02-05",
            json!({
                "key": "month-1", "wave": "month-1", "due_on": format!("{year}-03-01"), "closes_on": format!("{year}-03-15")
            }),
        );
        tell(
            "justice.arrested",
            "09-01",
            json!({ "case": uuid(100 + journey) }),
        );
    }
    facts
}

/// What was said of two journeys: from which, of which, linked or not, in which minute.
type Word = (usize, usize, bool, usize);

fn said((nth, (from, to, linked, minute)): (usize, &Word)) -> Event {
    let (kind, data) = if *linked {
        (
            "journey.linked",
            json!({ "other": uuid(*to), "basis": "review" }),
        )
    } else {
        ("journey.unlinked", json!({ "other": uuid(*to) }))
    };
    fact(*from, kind, "2026-12-31", 1 + *minute, 1000 + nth, &data)
}

/// What shows or counts facts, those that link and unlink among them, and no persons.
const FACTS_THEMSELVES: [&str; 2] = ["timeline", "sources"];

/// The bytes of every read model that tells of persons. Left out is what shows the facts themselves
/// that link and unlink: [`FACTS_THEMSELVES`], and in the figures of data quality how late and how precisely
/// facts of this family were recorded.
fn bytes(words: &[Word]) -> BTreeMap<String, Vec<u8>> {
    let mut facts = Facts::new();
    for event in lives()
        .into_iter()
        .chain(words.iter().enumerate().map(said))
    {
        facts.entry(event.journey).or_default().push(event);
    }
    let mut bytes = BTreeMap::new();
    for (name, table) in fold(all(), &facts) {
        if FACTS_THEMSELVES.contains(&name) {
            continue;
        }
        let about_links = |key: &str| {
            name == "quality"
                && key.contains("journey")
                && (key.contains("lag") || key.contains("precision"))
        };
        for (key, row) in table.rows {
            bytes.insert(format!("{name} row {key}"), row);
        }
        for (key, count) in table
            .cells
            .iter()
            .filter(|(key, _)| !about_links(key.as_str()))
        {
            bytes.insert(format!("{name} cell {key}"), count.to_string().into());
        }
    }
    bytes
}

/// The persons by the book: the last word on each pair, and everybody whom a chain of links reaches.
fn persons(words: &[Word]) -> Vec<BTreeSet<usize>> {
    let mut last: BTreeMap<(usize, usize), (usize, usize, bool)> = BTreeMap::new();
    for (nth, (from, to, linked, minute)) in words.iter().enumerate() {
        let word = (*minute, nth, *linked);
        let known = last.entry((*from.min(to), *from.max(to))).or_insert(word);
        *known = (*known).max(word);
    }
    let mut persons: Vec<BTreeSet<usize>> = (1..=JOURNEYS).map(|id| BTreeSet::from([id])).collect();
    for ((one, other), _) in last.iter().filter(|(_, (.., linked))| *linked) {
        let (mut joined, rest): (Vec<_>, Vec<_>) = persons
            .into_iter()
            .partition(|person| person.contains(one) || person.contains(other));
        persons = rest;
        let first = joined.pop().unwrap_or_default();
        persons.push(joined.into_iter().fold(first, |a, b| &a | &b));
    }
    persons.sort();
    persons
}

/// The shortest way to the same persons.
fn plainly(persons: &[BTreeSet<usize>]) -> Vec<Word> {
    let links = persons.iter().flat_map(|person| {
        let first = person.first().copied().unwrap_or(1);
        person
            .iter()
            .skip(1)
            .map(move |other| (first, *other, true, 0))
    });
    links.collect()
}

fn words() -> impl Strategy<Value = Vec<Word>> {
    let word = (1..=JOURNEYS, 1..=JOURNEYS, any::<bool>(), 0..40_usize);
    prop::collection::vec(
        word.prop_filter("two journeys", |word| word.0 != word.1),
        0..24,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_same_persons_give_the_same_bytes(words in words()) {
        let persons = persons(&words);
        let (long, short) = (bytes(&words), bytes(&plainly(&persons)));
        for (key, value) in &long {
            prop_assert_eq!(
                Some(String::from_utf8_lossy(value)),
                short.get(key).map(|value| String::from_utf8_lossy(value)),
                "{}", key
            );
        }
        prop_assert_eq!(long.len(), short.len());
    }

    #[test]
    fn what_was_linked_and_taken_back_was_never_said(words in words()) {
        // Every pair that was linked is told apart again, by whichever side.
        let linked = words.iter().filter(|word| word.2);
        let apart = linked.map(|(from, to, _, minute)| {
            if minute % 2 == 0 { (*from, *to, false, 60) } else { (*to, *from, false, 60) }
        });
        let all: Vec<Word> = words.iter().copied().chain(apart).collect();
        prop_assert!(bytes(&all) == bytes(&[]));
    }
}

#[test]
fn who_is_whom_changes_what_is_told_of_persons() {
    let (apart, together) = (bytes(&[]), bytes(&[(1, 2, true, 0)]));
    let models: BTreeSet<&str> = apart
        .iter()
        .filter(|(key, value)| together.get(*key) != Some(value))
        .filter_map(|(key, _)| key.split(' ').next())
        .collect();
    assert!(
        models.contains("histories") && models.len() > 1,
        "{models:?}"
    );
}
