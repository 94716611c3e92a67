//! Nothing but facts decides: not their order, not how often they come, not what no longer stands.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Event;
use homeward_events::correction::{CorrectionReason, Replaced, Retracted};
use homeward_events::erasure::{Completed, ErasureBasis, Requested};
use homeward_events::id::{JourneyId, RequestId};
use homeward_events::lifecycle::{LinkBasis, Linked, Unlinked};
use homeward_events::sealed::{Identity, Sensitive};
use homeward_projections::identity::{People, Rules, Search, Statement};
use proptest::prelude::*;
use uuid::Uuid;

use crate::crowd::{Dice, crowd};
use crate::written::{event, event_id, journey, received, reception};

/// Takes in events in the order given, looking into corrections and comparing whenever `pauses` says;
/// all that is known of a journey by then is what stands in the log before.
fn people(events: &[Event], pauses: &[bool]) -> People {
    let mut people = People::new(Rules::shipped().unwrap());
    let mut log: BTreeMap<JourneyId, Vec<Event>> = BTreeMap::new();
    let settle = |people: &mut People, log: &BTreeMap<JourneyId, Vec<Event>>| {
        for (ledger, journey) in people.unsettled() {
            people.settle(&ledger, journey, &log[&journey]);
        }
        people.compare(usize::MAX);
    };
    for (nth, event) in events.iter().enumerate() {
        log.entry(event.journey).or_default().push(event.clone());
        people.take(event);
        if pauses.get(nth % pauses.len().max(1)) == Some(&true) {
            settle(&mut people, &log);
        }
    }
    settle(&mut people, &log);
    people
}

/// Everything that can be asked.
fn answers(people: &People, asked: &[Statement]) -> String {
    let all = &|_: &_| true;
    let found = asked.iter().map(|who| {
        let (who, limit) = (who.clone(), 50);
        people.search(&Search { who, limit }, all)
    });
    let found: Vec<_> = found.collect();
    let pairs = people.duplicates(all, None, usize::MAX);
    // One by one, they are the same.
    let mut after = None;
    for pair in &pairs {
        let next = people.duplicates(all, after.as_ref(), 1);
        assert_eq!(next.first(), Some(pair));
        after = Some((pair.ledger.clone(), pair.journey, pair.other));
        assert!(people.duplicates_of(pair.other, all).contains(pair));
    }
    assert_eq!(people.count_duplicates(all), pairs.len());
    format!("{} {found:?} {pairs:?}", people.count(all))
}

/// A small crowd: receptions, corrections, links and an erasure.
fn story(seed: u64) -> (Vec<Event>, Vec<Statement>) {
    let records = crowd(seed, 14);
    let mut dice = Dice::new(seed + 1);
    let mut events = Vec::new();
    let asked: Vec<Statement> = records.iter().map(|record| record.said.clone()).collect();
    for (nth, record) in records.iter().enumerate() {
        events.push(received(nth, &record.said));
        let id = 1000 + 10 * nth;
        let of = journey(nth);
        match dice.below(8) {
            0 => {
                let (event_id, reason) = (event_id(nth), CorrectionReason::WrongPerson);
                let retracted = Retracted {
                    event: event_id,
                    reason,
                };
                events.push(event(id, of, retracted));
            }
            1 => {
                let other = &records[dice.below(records.len())].said;
                events.push(event(id, of, reception(other)));
                let replaced = Replaced {
                    event: event_id(nth),
                    by: event_id(id),
                    reason: CorrectionReason::EntryError,
                };
                events.push(event(id + 1, of, replaced));
            }
            2 => events.push(event(
                id,
                of,
                reception(&records[dice.below(records.len())].said),
            )),
            3 => {
                let other = journey(dice.below(records.len()));
                events.push(event(id, of, linked(other)));
                events.push(event(id + 1, other, unlinked(of)));
                let struck = Retracted {
                    event: event_id(id + dice.below(2)),
                    reason: CorrectionReason::EntryError,
                };
                events.push(event(
                    id + 2,
                    if dice.below(2) == 0 { of } else { other },
                    struck,
                ));
            }
            4 => events.extend(erasure(id, of)),
            _ => {}
        }
    }
    (events, asked)
}

fn linked(other: JourneyId) -> Linked {
    let basis = LinkBasis::Review;
    Linked { other, basis }
}

fn unlinked(other: JourneyId) -> Unlinked {
    let reason = None;
    Unlinked { other, reason }
}

fn erasure(id: usize, of: JourneyId) -> [Event; 2] {
    let request = RequestId::from_uuid(Uuid::from_u128(u128::try_from(id).unwrap()));
    let requested = Requested {
        request,
        basis: ErasureBasis::SubjectRequest,
        categories: BTreeSet::new(),
        approved_by: BTreeSet::new(),
    };
    let completed = Completed {
        request,
        destroyed_keys: BTreeSet::new(),
    };
    [event(id, of, requested), event(id + 1, of, completed)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_duplicates_nor_pauses_matter(
        (seed, events, arriving) in (0..1000_u64).prop_flat_map(|seed| {
            let (events, _) = story(seed);
            let twice = [events.clone(), events.clone()].concat();
            (Just(seed), Just(events), Just(twice).prop_shuffle())
        }),
        pauses in prop::collection::vec(any::<bool>(), 1..9),
    ) {
        let (_, asked) = story(seed);
        let plain = answers(&people(&events, &[false]), &asked);
        let arrived = answers(&people(&arriving, &pauses), &asked);
        let at = plain.bytes().zip(arrived.bytes()).position(|(a, b)| a != b);
        let from = at.map(|at| at.saturating_sub(200));
        let around = from.and_then(|from| Some((plain.get(from..)?, arrived.get(from..)?)));
        prop_assert!(plain == arrived, "{:?}", around.map(|(a, b)| (&a[..a.len().min(400)], &b[..b.len().min(400)])));
    }
}

fn called(given: &str, surnames: &[&str], born: &str) -> Statement {
    Statement {
        identity: Identity {
            given_names: vec![Sensitive::new(given)],
            surnames: surnames.iter().copied().map(Sensitive::new).collect(),
            born_on: (!born.is_empty()).then(|| born.parse().unwrap()),
            ..Identity::default()
        },
        ..Statement::default()
    }
}

fn found(people: &People, who: Statement) -> Vec<JourneyId> {
    let search = Search { who, limit: 10 };
    let found = people.search(&search, &|_| true);
    found.into_iter().map(|found| found.journey).collect()
}

#[test]
fn a_name_that_was_struck_replaced_or_erased_is_gone() {
    let wrong = called("Bartolomé", &["Quiñónez"], "1980-03-04");
    let right = called("Josefina", &["Interiano"], "1971-10-11");
    let first = received(0, &wrong);
    let reason = CorrectionReason::WrongPerson;
    let retracted = event(
        5,
        journey(0),
        Retracted {
            event: first.id,
            reason,
        },
    );
    let second = event(6, journey(0), reception(&right));
    let replaced = event(
        7,
        journey(0),
        Replaced {
            event: first.id,
            by: second.id,
            reason,
        },
    );
    let erased = erasure(8, journey(0)).to_vec();
    let before = people(std::slice::from_ref(&first), &[true]);
    assert_eq!(found(&before, wrong.clone()), [journey(0)]);
    assert!(before.knows_word("quiñonez"));
    for later in [vec![retracted.clone()], vec![second, replaced], erased] {
        let events = [vec![first.clone()], later].concat();
        let after = people(&events, &[true]);
        assert!(found(&after, wrong.clone()).is_empty());
        assert!(!after.knows_word("quinonez") && !after.knows_word("bartolome"));
        assert_eq!(
            after.knows_word("interiano"),
            events.len() == 3 && found(&after, right.clone()) == [journey(0)]
        );
    }
    // A retraction can be retracted: then the name stands again.
    let again = Retracted {
        event: retracted.id,
        reason,
    };
    let after = people(&[first, retracted, event(9, journey(0), again)], &[true]);
    assert_eq!(found(&after, wrong), [journey(0)]);
}

#[test]
fn somebody_is_found_however_the_name_is_written() {
    let people = people(
        &[
            received(0, &called("José Ramón", &["Pérez", "García"], "1980-03-04")),
            received(1, &called("María Guadalupe", &["de la Cruz"], "1975")),
            received(2, &called("Jean-Baptiste", &["Saint-Louis"], "1990-12-01")),
            received(3, &called("Robert", &["McDonald"], "1968-05-06")),
        ],
        &[true],
    );
    for (nth, given, surnames, born) in [
        (0, "jose", ["perez"], ""),
        (0, "Pepe", ["Garcia"], "1980-04-03"),
        (0, "Perez", ["Jose"], "1980"),
        (0, "José", ["Peres"], "1981-03-04"),
        (1, "Lupe", ["Cruz"], "1976"),
        (1, "Guadalupe", ["Delacruz"], ""),
        (2, "Jan Baptiste", ["St. Louis"], ""),
        (2, "Jeanbaptiste", ["SAINT LOUIS"], ""),
        (3, "Bob", ["Mac Donald"], ""),
        (3, "R.", ["MACDONALD"], "1968"),
    ] {
        let who = called(given, &surnames, born);
        assert_eq!(
            found(&people, who),
            [journey(nth)],
            "{given} {surnames:?} {born}"
        );
    }
    assert!(found(&people, called("Juana", &["Perez"], "1980-03-05")).is_empty());
    assert!(found(&people, Statement::default()).is_empty());
}

#[test]
fn a_pair_that_was_linked_or_told_apart_is_no_finding_and_returns_when_that_is_undone() {
    let who = called("Xiomara", &["Villatoro", "Funes"], "1984-02-03");
    let of = |more: &[Event]| {
        let events = [vec![received(0, &who), received(1, &who)], more.to_vec()].concat();
        people(&events, &[true]).count_duplicates(&|_| true)
    };
    let link = event(5, journey(0), linked(journey(1)));
    let unlink = event(6, journey(1), unlinked(journey(0)));
    assert_eq!(of(&[]), 1);
    assert_eq!(of(std::slice::from_ref(&link)), 0);
    assert_eq!(of(&[link.clone(), unlink.clone()]), 0);
    let struck = |nth, of, target| {
        let reason = CorrectionReason::EntryError;
        let event_id = event_id(target);
        event(
            nth,
            journey(of),
            Retracted {
                event: event_id,
                reason,
            },
        )
    };
    assert_eq!(of(&[link.clone(), struck(7, 0, 5)]), 1);
    assert_eq!(of(&[unlink, struck(8, 1, 6)]), 1);
}
