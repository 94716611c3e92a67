//! What is promised about synthetic journeys.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::catalogue::{Reception, event_types};
use homeward_events::codec::{Defaults, decode_commit, encode_commit, without_personal};
use homeward_events::id::EventId;
use homeward_events::vocabulary::{Grounds, Sex};
use homeward_events::{Body, Event, Family};
use homeward_journey::{Decision, Journey, decide};
use homeward_projections::instrument::Instruments;

use super::*;

/// All depths, in three ledgers.
fn small() -> Scenario {
    Scenario {
        seed: 7,
        ledgers: vec![
            (word("jm"), 180),
            (word("gd"), 20),
            (word("elsewhere"), 100),
        ],
        mix: Mix {
            absent: 30,
            full: 400,
            long: 100,
            tail: 50,
        },
        ..Scenario::caribbean_year()
    }
}

fn events(journey: &SyntheticJourney) -> impl Iterator<Item = &Event> {
    journey.commits.iter().flatten()
}

#[test]
fn every_commit_may_join_its_journey() {
    for journey in small().journeys() {
        let mut known: Vec<Event> = Vec::new();
        for commit in &journey.commits {
            let decision = decide(journey.id, &known, commit);
            let all = Decision::Append((0..commit.len()).collect());
            assert_eq!(decision, all, "{commit:#?}\nafter {known:#?}");
            known.extend(commit.iter().cloned());
        }
        let told = Journey::from_facts(journey.id, &known);
        assert!(told.findings.is_empty(), "{:?}", told.findings);
    }
}

#[test]
fn every_score_is_what_its_answers_give() {
    let mut assessments = 0;
    for journey in small().journeys() {
        let known: Vec<Event> = events(&journey).cloned().collect();
        for assessment in Journey::from_facts(journey.id, &known).assessments {
            let id = assessment.instrument.as_str();
            let instrument = Instruments::embedded().get(id, assessment.version).unwrap();
            let misfits = instrument.misfits(
                assessment.digest,
                assessment.answers,
                assessment.scores,
                assessment.overall,
            );
            assert_eq!(misfits, [], "{assessment:?}");
            assert_eq!(assessment.digest, Some(instrument.digest.as_str()));
            assert_eq!(assessment.answers.len(), instrument.items.len());
            assessments += 1;
        }
    }
    assert!(assessments > 200, "only {assessments} assessments");
}

#[test]
fn every_commit_passes_the_border_as_it_stands() {
    for journey in small().journeys() {
        for commit in &journey.commits {
            let bytes = encode_commit(commit).unwrap();
            let defaults = Defaults {
                recorded: commit[0].recorded,
                agency: None,
                actor: None,
            };
            assert_eq!(&decode_commit(&bytes, &defaults).unwrap(), commit);
        }
    }
}

#[test]
fn a_scenario_is_the_same_for_ever_and_another_seed_another() {
    let told: Vec<SyntheticJourney> = small().journeys().collect();
    assert_eq!(told, small().journeys().collect::<Vec<_>>());
    let other: Vec<_> = Scenario { seed: 8, ..small() }.journeys().collect();
    let ids = |journeys: &[SyntheticJourney]| -> BTreeSet<EventId> {
        journeys
            .iter()
            .flat_map(events)
            .map(|event| event.id)
            .collect()
    };
    assert!(ids(&told).is_disjoint(&ids(&other)));
    assert_eq!(ids(&told).len(), told.iter().flat_map(events).count());
}

#[test]
fn every_event_is_labelled_and_names_nobody_who_exists() {
    let mut named = 0;
    for journey in small().journeys() {
        for event in events(&journey) {
            assert_eq!(&*event.source, "urn:homeward:synthetic:7");
            assert!(
                event.agency.as_str().starts_with("synthetic-"),
                "{}",
                event.agency
            );
            let json = serde_json::to_string(event).unwrap();
            if let Body::Reception(Reception::Received(received)) = &event.body {
                let identity = received
                    .personal
                    .as_ref()
                    .and_then(|all| all.identity.as_ref());
                let documents = &identity.unwrap().documents;
                assert!(
                    documents
                        .values()
                        .all(|number| number.reveal().starts_with("SYN"))
                );
                named += 1;
            } else {
                assert_eq!(without_personal(&json).unwrap(), json);
            }
            assert_eq!(
                (event.journey, &event.ledger),
                (journey.id, &journey.ledger)
            );
        }
    }
    assert!(named > 100, "only {named} have names");
}

#[test]
fn commits_come_in_the_order_of_recording_up_to_the_last_day() {
    let scenario = small();
    let mut late = 0;
    for journey in scenario.journeys() {
        let recorded: Vec<_> = journey
            .commits
            .iter()
            .map(|commit| commit[0].recorded)
            .collect();
        assert!(recorded.is_sorted());
        for event in events(&journey) {
            assert!(event.recorded.day() <= homeward_events::time::add_days(scenario.until, 1));
            late += u32::from(homeward_events::codec::recording_lag_days(event) > 3);
        }
    }
    assert!(late > 100, "only {late} late facts");
}

#[test]
fn a_caribbean_year_has_the_shapes_of_the_region() {
    let scenario = Scenario::caribbean_year();
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    let mut lengths = Vec::new();
    let mut batches: BTreeMap<_, usize> = BTreeMap::new();
    let (mut men, mut received, mut immigration, mut drugs) = (0, 0, 0, 0);
    for journey in scenario.journeys() {
        lengths.push(events(&journey).count());
        for event in events(&journey) {
            *types.entry(event.body.event_type().name).or_default() += 1;
            if let Body::Reception(Reception::Received(body)) = &event.body {
                received += 1;
                men += usize::from(body.sex == Sex::Male);
                immigration += usize::from(body.grounds == Grounds::Immigration);
                drugs += usize::from(body.grounds == Grounds::Drugs);
                if let Some(batch) = &body.batch {
                    *batches
                        .entry((journey.ledger.clone(), batch.clone()))
                        .or_default() += 1;
                }
            }
        }
    }
    assert_eq!((lengths.len(), scenario.journeys_count()), (4_323, 4_323));
    // Every figure that is shown of this year follows from it: a change here is a change of them all.
    let total: usize = lengths.iter().sum();
    assert_eq!(total, 114_702);
    // Cuts and directories happen to nobody.
    let nobodys = [Family::Cut, Family::Directory];
    // Attachments name bytes that somebody has kept, and these are nobody's.
    let with_bytes = ["journey.attached", "journey.detached"];
    for entry in event_types()
        .filter(|entry| !nobodys.contains(&entry.family) && !with_bytes.contains(&entry.name))
    {
        assert!(
            types.contains_key(entry.name),
            "{} never happens: {types:#?}",
            entry.name
        );
    }
    let percent = |part: usize| part * 100 / received;
    assert!((80..=88).contains(&percent(men)), "{men} men of {received}");
    assert!(
        (36..=44).contains(&percent(immigration)),
        "{immigration} of {received}"
    );
    assert!((20..=27).contains(&percent(drugs)), "{drugs} of {received}");
    assert!(batches.len() > 40, "{} charters", batches.len());
    // Somebody on the manifest may not have come.
    assert!(
        batches.values().all(|count| (24..=42).contains(count)),
        "{batches:?}"
    );
    assert!(
        (10..=30).contains(&percent(types["justice.arrested"] * 4)),
        "{types:#?}"
    );
    assert!(lengths.iter().filter(|length| **length > 100).count() >= 20);
}

#[test]
fn journeys_are_as_long_as_their_depth_says() {
    let lengths = |mix: Mix| -> Vec<usize> {
        let scenario = Scenario {
            mix,
            ..Scenario::scale(600, 10)
        };
        let mut lengths: Vec<usize> = scenario
            .journeys()
            .map(|journey| events(&journey).count())
            .collect();
        lengths.sort_unstable();
        lengths
    };
    let none = Mix {
        absent: 0,
        full: 0,
        long: 0,
        tail: 0,
    };
    let half_lie_within = |lengths: &[usize], from: usize, to: usize| {
        let (low, high) = (lengths[150], lengths[450]);
        assert!(from <= low && high <= to, "from {low} to {high}");
    };
    half_lie_within(&lengths(none), 8, 12);
    half_lie_within(&lengths(Mix { full: 1000, ..none }), 30, 45);
    half_lie_within(&lengths(Mix { tail: 1000, ..none }), 101, 300);
}

#[test]
fn a_scale_has_about_the_events_that_were_asked_for() {
    for asked in [10, 20, 30] {
        let scenario = Scenario::scale(2_000, asked);
        let told: usize = scenario
            .journeys()
            .map(|journey| events(&journey).count())
            .sum();
        let expected = 2_000 * usize::try_from(asked).unwrap();
        assert!(
            told * 10 > expected * 9 && told * 10 < expected * 11,
            "{told} for {expected}"
        );
    }
}
