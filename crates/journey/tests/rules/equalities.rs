//! What holds for any facts at all.

use std::collections::BTreeSet;

use homeward_events::id::ReferralId;
use homeward_events::{Event, Family};
use homeward_journey::{Decision, Finding, Journey, decide};
use proptest::prelude::*;

use crate::arbitrary::{facts, when, word, words};
use crate::language::{fact, this, uuid};

/// Facts, and the same in any order with any duplicates.
fn facts_and_as_they_arrive() -> impl Strategy<Value = (Vec<Event>, Vec<Event>)> {
    (facts(), any::<prop::sample::Index>()).prop_flat_map(|(facts, again)| {
        let mut arriving = facts.clone();
        if !facts.is_empty() {
            arriving.extend_from_slice(&facts[again.index(facts.len())..]);
        }
        (Just(facts), Just(arriving).prop_shuffle())
    })
}

/// Appends what may be appended, one fact after the other.
fn let_in(proposed: &[Event]) -> Vec<Event> {
    let mut log: Vec<Event> = Vec::new();
    for event in proposed {
        if let Decision::Append(_) = decide(this(), &log, std::slice::from_ref(event)) {
            log.push(event.clone());
        }
    }
    log
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_of_arrival_and_duplicates_do_not_matter((facts, arriving) in facts_and_as_they_arrive()) {
        let told = Journey::from_facts(this(), &facts);
        let arrived = Journey::from_facts(this(), &arriving);
        prop_assert_eq!(told, arrived);
    }

    #[test]
    fn every_fact_stands_or_is_struck_once(facts in facts()) {
        let journey = Journey::from_facts(this(), &facts);
        let told: Vec<_> = journey
            .facts
            .iter()
            .chain(journey.struck.iter().map(|(event, _)| event))
            .map(|event| event.id)
            .collect();
        let known: BTreeSet<_> = facts.iter().map(|event| event.id).collect();
        prop_assert_eq!(told.len(), known.len());
        prop_assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), known);
    }

    #[test]
    fn steps_of_a_referral_surely_earlier_are_told_before(facts in facts()) {
        let referral = format!(" referral: {:?}", ReferralId::from_uuid(uuid("r0")));
        let journey = Journey::from_facts(this(), &facts);
        let steps: Vec<_> = journey
            .facts
            .iter()
            .filter(|event| event.body.family() == Family::Referral)
            .filter(|event| format!("{:?}", event.body).contains(&referral))
            .collect();
        for (nth, event) in steps.iter().enumerate() {
            for later in &steps[nth..] {
                prop_assert!(later.occurred.last_day() >= event.occurred.day());
            }
        }
    }

    #[test]
    fn deciding_is_total_and_refuses_what_telling_would_note(
        known in facts(),
        proposed in facts(),
    ) {
        let joined = Journey::from_facts(this(), known.iter().chain(&proposed));
        let new = |event: &Event| known.iter().all(|other| other.id != event.id);
        match decide(this(), &known, &proposed) {
            Decision::NothingNew => prop_assert!(!proposed.iter().any(new)),
            Decision::Append(indexes) => {
                let ids: BTreeSet<_> = indexes.iter().map(|index| proposed[*index].id).collect();
                prop_assert_eq!(ids.len(), indexes.len());
                prop_assert!(indexes.iter().all(|index| new(&proposed[*index])));
                prop_assert!(!joined.findings.iter().any(|found| ids.contains(&found.event)));
            }
            Decision::Refuse(refusals) => {
                prop_assert!(!refusals.is_empty());
                for refusal in refusals {
                    prop_assert_eq!(proposed[refusal.index].id, refusal.event);
                    let found = |finding: &Finding| {
                        finding.event == refusal.event && finding.rule == refusal.rule
                    };
                    prop_assert!(joined.findings.iter().any(found), "{:?}", refusal);
                }
            }
        }
    }

    #[test]
    fn decided_again_nothing_is_new(known in facts(), proposed in facts()) {
        let mut log = let_in(&known);
        if let Decision::Append(new) = decide(this(), &log, &proposed) {
            log.extend(new.iter().map(|index| proposed[*index].clone()));
            prop_assert_eq!(decide(this(), &log, &proposed), Decision::NothingNew);
        }
    }

    /// One fact a day, told on the day, and without corrections: nothing is left to find.
    #[test]
    fn what_is_let_in_as_it_happens_makes_a_clean_log(words in words(40)) {
        let begun = ["received", "consent-given c0 data:needs,health"];
        let steps = begun.into_iter().chain(words.iter().map(String::as_str));
        let told: Vec<Event> = steps
            .enumerate()
            .map(|(nth, word)| fact(word, &format!("day {nth} {word}"), nth, nth))
            .filter(|event| event.body.family() != Family::Correction)
            .collect();
        let log = let_in(&told);
        let journey = Journey::from_facts(this(), &log);
        prop_assert!(journey.findings.is_empty(), "{:#?}", journey.findings);
    }

    /// Retracting a fact says the same as never having written it.
    #[test]
    fn a_retracted_fact_changes_nothing(facts in facts(), when in when(), word in word()) {
        let before = Journey::from_facts(this(), &facts);
        let wrong = fact(&word, &format!("wrong: {when} {word}"), 50, 0);
        let retracted = fact(&word, "retraction: day 0 retracted wrong as-role:supervisor", 51, 0);
        let mut all = facts.clone();
        all.extend([wrong.clone(), retracted.clone()]);
        if wrong.body.family() == Family::Correction {
            return Ok(());
        }
        let mut after = Journey::from_facts(this(), &all);
        after.facts.retain(|event| event.id != retracted.id);
        after.struck.retain(|(event, _)| event.id != wrong.id);
        after.ledger = before.ledger;
        prop_assert_eq!(before, after);
    }
}
