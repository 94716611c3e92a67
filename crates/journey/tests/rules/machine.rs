//! The referral machine: every state with every move, and what holds along every path.

use std::collections::BTreeSet;
use std::fmt::Write;

use homeward_events::Event;
use homeward_events::id::ReferralId;
use homeward_events::referral::Priority;
use homeward_journey::referral::{Move, State, answer_hours};
use homeward_journey::{Journey, Rule};
use proptest::prelude::*;

use crate::language::{fact, this, uuid};

/// The words of the moves in the row language, in the order of [`Move::ALL`].
const STEPS: [&str; 15] = [
    "received",
    "accepted",
    "declined",
    "rerouted",
    "waitlisted",
    "contacted",
    "contact-failed",
    "booked",
    "attended",
    "missed",
    "started",
    "concluded",
    "withdrawn",
    "consent-withdrawn",
    "reopened",
];

#[test]
fn every_state_says_where_every_move_leads() {
    assert_eq!(STEPS.len(), Move::ALL.len());
    let mut table = String::new();
    for state in State::ALL {
        let pending = state.pending().map_or_else(
            || "ended".to_owned(),
            |(owner, clock)| format!("{} owes {}", owner.as_str(), clock.as_str()),
        );
        writeln!(table, "{} ({pending})", state.as_str()).unwrap();
        let mut refused = Vec::new();
        for (step, word) in Move::ALL.iter().zip(STEPS) {
            match state.after(*step) {
                Some(next) if next == *state => writeln!(table, "  {word} -> stays").unwrap(),
                Some(next) => writeln!(table, "  {word} -> {}", next.as_str()).unwrap(),
                None => refused.push(word),
            }
        }
        writeln!(table, "  refused: {}\n", refused.join(", ")).unwrap();
    }
    insta::assert_snapshot!("referral_machine", table);
}

#[test]
fn every_state_is_reached_and_every_referral_can_be_concluded() {
    let reached_from = |start: State| {
        let (mut reached, mut open) = (BTreeSet::from([start]), vec![start]);
        while let Some(state) = open.pop() {
            for next in Move::ALL.iter().filter_map(|step| state.after(*step)) {
                if reached.insert(next) {
                    open.push(next);
                }
            }
        }
        reached
    };
    assert_eq!(
        reached_from(State::Sent),
        State::ALL.iter().copied().collect()
    );
    for state in State::ALL {
        assert!(
            reached_from(*state).contains(&State::Concluded),
            "{state:?}"
        );
    }
}

#[test]
fn clocks_by_priority_are_those_of_the_inter_agency_form() {
    let hours = Priority::ALL.iter().map(|priority| answer_hours(*priority));
    assert_eq!(hours.collect::<Vec<_>>(), [24, 72, 336]);
}

/// A referral and steps one day after the other, whether they fit or not.
fn log(steps: &[usize]) -> Vec<Event> {
    let mut log = vec![
        fact("", "day 0 received", 0, 0),
        fact("", "day 0 consent-given c", 0, 1),
        fact("", "day 1 referral-sent r", 0, 2),
    ];
    for (nth, step) in steps.iter().enumerate() {
        let text = format!("day {} referral-{} r", nth + 2, STEPS[*step]);
        log.push(fact(&text, &text, 0, nth + 3));
    }
    log
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_referral_that_has_not_ended_has_an_owner_and_a_clock(
        steps in prop::collection::vec(0..STEPS.len(), 0..30),
    ) {
        let mut state = State::Sent;
        for step in steps {
            let step = Move::ALL[step];
            let Some(next) = state.after(step) else { continue };
            let ended = matches!(
                next,
                State::Rerouted | State::Withdrawn | State::ConsentWithdrawn | State::Concluded
            );
            prop_assert_eq!(next.pending().is_none(), ended, "{:?}", next);
            // What has ended is only ever reopened.
            prop_assert!(state.pending().is_some() || step == Move::Reopened);
            state = next;
        }
    }

    #[test]
    fn a_journey_moves_its_referral_along_the_machine(
        steps in prop::collection::vec(0..STEPS.len(), 0..30),
    ) {
        let (mut state, mut refused) = (State::Sent, 0);
        for step in &steps {
            match state.after(Move::ALL[*step]) {
                Some(next) => state = next,
                None => refused += 1,
            }
        }
        let log = log(&steps);
        let journey = Journey::from_facts(this(), &log);
        let referral = &journey.referrals[&ReferralId::from_uuid(uuid("r"))];
        prop_assert_eq!(referral.state, state);
        prop_assert_eq!(journey.findings.len(), refused);
        prop_assert!(journey.findings.iter().all(|found| found.rule == Rule::ReferralMove));
    }
}
