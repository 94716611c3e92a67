//! A model is moved by facts of the families that it reads, by journeys that come into being, and, where
//! something is corrected, by whatever a correction may name. It may pass over every other fact.

use std::collections::BTreeSet;
use std::path::Path;

use homeward_events::codec::decode_event;
use homeward_events::{Event, Family};
use homeward_projections::fold::{Facts, contributions};
use homeward_projections::{ReadModel, all};
use proptest::prelude::*;

use crate::log::logs;

/// A journey that nothing would be left of keeps its first fact: it is there all the same. One with
/// corrections keeps them all.
fn without(facts: &Facts, passed_over: impl Fn(&Event) -> bool) -> Facts {
    let mut kept = facts.clone();
    for facts in kept.values_mut() {
        if facts
            .iter()
            .any(|event| event.body.family() == Family::Correction)
        {
            continue;
        }
        let first = facts.first().cloned();
        facts.retain(|event| !passed_over(event));
        if facts.is_empty() {
            facts.extend(first);
        }
    }
    kept
}

/// Families that move a model although it does not say that it reads them.
fn unsaid(model: &'static ReadModel, facts: &Facts) -> Vec<String> {
    let told = contributions(model, facts);
    let read = without(facts, |event| !model.reads.contains(&event.body.family()));
    if contributions(model, &read) == told {
        return Vec::new();
    }
    let unread = Family::ALL
        .iter()
        .filter(|family| !model.reads.contains(family));
    let moves = |family: &&Family| {
        let less = without(facts, |event| event.body.family() == **family);
        contributions(model, &less) != told
    };
    let mut unsaid: Vec<String> = unread
        .filter(moves)
        .map(|family| format!("{} by {}", model.name, family.as_str()))
        .collect();
    if unsaid.is_empty() {
        unsaid.push(format!("{} by several families together", model.name));
    }
    unsaid
}

/// One fact of every type, all of one journey and of some with fewer.
fn samples() -> Facts {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../events/samples");
    let mut facts = Facts::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let mut event: serde_json::Value =
            serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        event["subject"] = "00000000-0000-4000-8000-000000000001".into();
        let event = decode_event(&event.to_string(), None).unwrap();
        facts.entry(event.journey).or_default().push(event);
    }
    facts
}

#[test]
fn every_type_of_fact_moves_only_models_that_read_its_family() {
    let samples = samples();
    assert!(samples.values().map(Vec::len).sum::<usize>() > 70);
    let mut wrong = BTreeSet::new();
    for model in all() {
        wrong.extend(unsaid(model, &samples));
        // Beside few others too: among many, one may hide what another moves.
        for event in samples.values().flatten() {
            let arrived = without(&samples, |other| {
                !["notice", "reception"].contains(&other.body.family().as_str())
                    && other.id != event.id
            });
            wrong.extend(unsaid(model, &arrived));
        }
    }
    assert_eq!(wrong, BTreeSet::new(), "are moved by what they do not read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn facts_of_other_families_move_nothing(log in logs()) {
        for model in all() {
            prop_assert_eq!(unsaid(model, &log.facts()), Vec::<String>::new());
        }
    }
}
