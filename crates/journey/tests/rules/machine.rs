//! The referral machine: every state with every move, and what holds along every path.

use std::collections::BTreeSet;

use homeward_events::catalogue::event_types;
use homeward_events::id::ReferralId;
use homeward_events::{Event, Family};
use homeward_journey::referral::{Move, State};
use homeward_journey::{Decision, Journey, Rule, decide, machine};
use proptest::prelude::*;

use crate::arbitrary::when;
use crate::language::{fact, this, uuid};

#[test]
fn the_readme_shows_the_machine() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let written = machine::written_into(&readme).expect("the README has no place for the machine");
    assert!(
        readme == written,
        "write it anew: cargo run -p homeward-journey --example machine -- README.md\n{}",
        machine::table()
    );
}

/// Every event of the family stands in every row exactly once: no pair is forgotten.
#[test]
fn the_table_is_complete() {
    let table = machine::table();
    let rows: Vec<&str> = table.lines().skip(2).collect();
    assert_eq!(rows.len(), State::ALL.len() + 1);
    let family: BTreeSet<&str> = event_types()
        .filter(|known| known.family == Family::Referral)
        .filter_map(|known| known.name.strip_prefix("referral."))
        .collect();
    assert_eq!(family.len(), Move::ALL.len() + 1);
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let leads = cells[4]
            .split(", ")
            .filter_map(|one| one.split(" → ").next());
        let refused = cells[5]
            .split("; ")
            .filter_map(|group| group.split_once(": "))
            .flat_map(|(code, steps)| {
                let code = code.trim_matches('`');
                assert!(Rule::ALL.iter().any(|rule| rule.code() == code), "{code}");
                steps.split(", ")
            });
        let mut told: Vec<&str> = leads.chain(refused).filter(|one| !one.is_empty()).collect();
        told.sort_unstable();
        assert_eq!(told, family.iter().copied().collect::<Vec<_>>(), "{row}");
        let ended = cells[2] == "nobody: ended";
        assert_eq!(ended, cells[3].is_empty() && cells[1] != "(none)", "{row}");
    }
}

#[test]
fn every_pair_of_the_table_is_what_a_journey_does() {
    for state in State::ALL {
        let reached = path_to(*state);
        for (nth, step) in Move::ALL.iter().enumerate() {
            let mut steps = reached.clone();
            steps.push(nth);
            let log = log(&steps);
            let (proposed, known) = log.split_last().unwrap();
            let decided = decide(this(), known, std::slice::from_ref(proposed));
            match (state.after(*step), decided) {
                // Reopened after its consent was withdrawn, it needs another: a row of its own.
                (Ok(_), Decision::Append(_)) => {}
                (Err(rule), Decision::Refuse(refusals)) => {
                    let rules: Vec<Rule> = refusals.iter().map(|refusal| refusal.rule).collect();
                    assert_eq!(rules, [rule], "{} {}", state.as_str(), step.as_str());
                }
                (expected, found) => panic!(
                    "{} {}: {expected:?}, {found:?}",
                    state.as_str(),
                    step.as_str()
                ),
            }
        }
    }
}

/// Moves that lead from a sent referral to a state, by their places in [`Move::ALL`].
fn path_to(state: State) -> Vec<usize> {
    let mut paths = vec![(State::Sent, Vec::new())];
    let mut next = 0;
    loop {
        let (at, path) = paths[next].clone();
        if at == state {
            return path;
        }
        for (nth, step) in Move::ALL.iter().enumerate() {
            if let Ok(to) = at.after(*step)
                && paths.iter().all(|(known, _)| *known != to)
            {
                let mut path = path.clone();
                path.push(nth);
                paths.push((to, path));
            }
        }
        next += 1;
    }
}

#[test]
fn every_state_is_reached_and_every_referral_can_be_concluded() {
    let reached_from = |start: State| {
        let (mut reached, mut open) = (BTreeSet::from([start]), vec![start]);
        while let Some(state) = open.pop() {
            for next in Move::ALL.iter().filter_map(|step| state.after(*step).ok()) {
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

/// Where nothing is owed any more.
fn ended(state: State) -> bool {
    matches!(
        state,
        State::Rerouted | State::Withdrawn | State::ConsentWithdrawn | State::Concluded
    )
}

/// What happens around referrals, two of them, in the row language.
fn casework() -> Vec<String> {
    let steps = ["sent"]
        .into_iter()
        .chain(Move::ALL.iter().map(|step| step.as_str()));
    let referrals = steps.flat_map(|step| ["r0", "r1"].map(|id| format!("referral-{step} {id}")));
    let consents = [
        "referral-sent r0 to:shelter under:c1",
        "referral-sent r1 goals:home,work",
        "referral-concluded r1 goals:home,work",
        "referral-concluded r0 as:partly reason:other",
        "referral-concluded r1 as:not-delivered reason:other",
        "consent-given c1",
        "consent-given c2 to:shelter until:30",
        "consent-withdrawn c0",
        "consent-withdrawn c1",
        "consent-withdrawn c2 for:referral",
        "consent-overridden until:12",
        "disclosed to:clinic for:referral",
    ];
    referrals.chain(consents.map(str::to_owned)).collect()
}

/// A referral and steps one day after the other, whether they fit or not.
fn log(steps: &[usize]) -> Vec<Event> {
    let mut log = vec![
        fact("", "day 0 received", 0, 0),
        fact("", "day 0 consent-given c", 0, 1),
        fact("", "day 1 referral-sent r", 0, 2),
    ];
    for (nth, step) in steps.iter().enumerate() {
        let text = format!("day {} referral-{} r", nth + 2, Move::ALL[*step].as_str());
        log.push(fact(&text, &text, 0, nth + 3));
    }
    log
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_referral_that_has_not_ended_has_an_owner_and_a_clock(
        steps in prop::collection::vec(0..Move::ALL.len(), 0..30),
    ) {
        let mut state = State::Sent;
        for step in steps {
            let step = Move::ALL[step];
            let Ok(next) = state.after(step) else { continue };
            prop_assert_eq!(next.pending().is_none(), ended(next), "{:?}", next);
            // What has ended is only ever reopened.
            prop_assert!(state.pending().is_some() || step == Move::Reopened || next == state);
            state = next;
        }
    }

    #[test]
    fn a_journey_moves_its_referral_along_the_machine(
        steps in prop::collection::vec(0..Move::ALL.len(), 0..30),
    ) {
        let (mut state, mut refused) = (State::Sent, Vec::new());
        for step in &steps {
            match state.after(Move::ALL[*step]) {
                Ok(next) => state = next,
                Err(rule) => refused.push(rule),
            }
        }
        let log = log(&steps);
        let journey = Journey::from_facts(this(), &log);
        let referral = &journey.referrals[&ReferralId::from_uuid(uuid("r"))];
        prop_assert_eq!(referral.state, state);
        let mut found: Vec<Rule> = journey.findings.iter().map(|found| found.rule).collect();
        found.sort_unstable();
        refused.sort_unstable();
        prop_assert_eq!(found, refused);
    }

    /// Whatever is let in, in whatever order and however dated, leaves no referral that nobody owns.
    #[test]
    fn no_accepted_events_lead_to_where_nobody_owns_the_next_action(
        steps in prop::collection::vec((0..casework().len(), when(), 0..3_usize), 0..40),
    ) {
        let casework = casework();
        let begun = ["day 0 received", "day 0 consent-given c0 data:needs,health"];
        let mut known: Vec<Event> = Vec::new();
        let told = steps.iter().enumerate().map(|(nth, (word, when, together))| {
            // Mostly as it happens, now and then dated anew.
            let when = if *together == 0 { when.clone() } else { format!("day {}", nth / 2) };
            format!("{when} {}", casework[*word])
        });
        for (nth, text) in begun.into_iter().map(str::to_owned).chain(told).enumerate() {
            let proposed = fact(&text, &text, nth, nth);
            if let Decision::Append(_) = decide(this(), &known, std::slice::from_ref(&proposed)) {
                known.push(proposed);
                let journey = Journey::from_facts(this(), &known);
                for (id, referral) in &journey.referrals {
                    let state = referral.state;
                    prop_assert_eq!(state.pending().is_none(), ended(state), "{}: {:?}", id, state);
                    let gone = state == State::ConsentWithdrawn;
                    prop_assert_eq!(referral.consent_gone.is_some(), gone, "{}", id);
                }
            }
        }
    }
}
