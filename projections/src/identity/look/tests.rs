//! Passing people over changes no answer: what is found is what comparing with everybody finds.

use std::sync::LazyLock;

use homeward_events::sealed::{Identity, Sensitive};
use homeward_events::vocabulary::Sex;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use uuid::Uuid;

use super::super::statement::Statement;
use super::*;

/// Alike and unlike, frequent and rare, short, of two words, and with particles.
const GIVEN: [&str; 12] = [
    "José",
    "Pepe",
    "J",
    "Juan",
    "Juana",
    "María",
    "Marie",
    "Jean",
    "Jean-Pierre",
    "Jeanpierre",
    "Wilmer",
    "W.",
];
const SURNAMES: [&str; 12] = [
    "García",
    "Garzia",
    "Pérez",
    "Peres",
    "de la Cruz",
    "Cruz",
    "Quiñónez",
    "Kinones",
    "G.",
    "Pérez García",
    "José",
    "Delacruz",
];
const BORN: [&str; 7] = [
    "1985-03-04",
    "1985-04-03",
    "1985-03-14",
    "1958-03-04",
    "1985",
    "1984-06",
    "1999-12-31",
];
const NUMBERS: [&str; 4] = ["A1234567", "A1234568", "B7", "123456789"];

/// Read once: a test reads them hundreds of times.
static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::shipped().unwrap());

fn names(of: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<Sensitive>> {
    subsequence(of, 0..=most)
        .prop_shuffle()
        .prop_map(|names| names.into_iter().map(Sensitive::new).collect())
}

fn statement() -> impl Strategy<Value = Statement> {
    let names = (
        names(&GIVEN, 3),
        names(&SURNAMES, 2),
        prop_oneof![3 => Just(Vec::new()), 1 => names(&GIVEN, 1)],
    );
    let rest = (
        option::of(select(BORN.to_vec())),
        vec(
            (
                select(vec!["passport", "national-id"]),
                select(NUMBERS.to_vec()),
            ),
            0..2,
        ),
        option::of(select(vec!["María García", "Rosa", "Ana Cruz"])),
        option::of(select(vec![Sex::Female, Sex::Male])),
    );
    (names, rest).prop_map(
        |((given_names, surnames, also_known_as), (born, numbers, mother, sex))| Statement {
            identity: Identity {
                given_names,
                surnames,
                also_known_as,
                born_on: born.map(|born| born.parse().unwrap()),
                documents: numbers
                    .into_iter()
                    .map(|(kind, number)| (kind.to_owned(), Sensitive::new(number)))
                    .collect(),
                mother_name: mother.map(Sensitive::new),
            },
            sex,
            sending_country: None,
        },
    )
}

fn journey(nth: usize) -> JourneyId {
    // Ids lie in no order of arrival.
    let nth = u128::try_from(nth).unwrap();
    JourneyId::from_uuid(Uuid::from_u128(
        (nth + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15),
    ))
}

/// People who each say one thing or two of themselves, and one more after whom is looked.
fn crowd() -> impl Strategy<Value = (Vec<Vec<Statement>>, Statement)> {
    (vec(vec(statement(), 1..3), 1..40), statement())
}

fn index(people: &[Vec<Statement>], rules: &Rules) -> Index {
    let mut index = Index::default();
    for (nth, said) in people.iter().enumerate() {
        let said: Vec<&Statement> = said.iter().collect();
        index.set(journey(nth), &said, rules);
    }
    index
}

/// Everybody who shares a word or a document, by whether they do so closely; each with their score.
fn everybody(index: &Index, probe: &Probe, rules: &Rules) -> [Vec<(i32, JourneyId)>; 2] {
    let look = Look::new(index, probe, rules);
    let mut found = [Vec::new(), Vec::new()];
    for slot in 0..index.places() {
        let entry = index.entry(slot).unwrap();
        let called = entry.profile.name_words();
        let called_so =
            |word: &&usize| probe.near(**word).iter().any(|(id, _)| called.contains(id));
        let shared = probe.name_words.iter().filter(called_so).count();
        let holds = look.holders().contains(&slot);
        let few = probe.name_words.len() < 2;
        let close = holds || shared > 0 && (few || shared > 1 || look.born_alike(entry));
        if shared > 0 || holds {
            found[usize::from(!close)].push((look.weigh(entry), entry.journey));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_search_finds_whom_comparing_with_everybody_finds((people, who) in crowd(), limit in 1..12_usize) {
        let rules = &*RULES;
        let index = index(&people, rules);
        let probe = index.probe(&[&who], rules);
        let mut expected = Vec::new();
        for mut found in everybody(&index, &probe, rules) {
            found.retain(|(score, _)| *score >= rules.weights.shown);
            if expected.is_empty() {
                expected = found;
            }
        }
        expected.sort_by_key(|(score, journey)| (Reverse(*score), *journey));
        expected.truncate(limit);
        prop_assert_eq!(search(&index, &probe, limit, rules), expected);
    }

    #[test]
    fn nobody_scores_more_than_can_be_seen_at_a_glance((people, who) in crowd()) {
        let rules = &*RULES;
        let index = index(&people, rules);
        let probe = index.probe(&[&who], rules);
        let look = Look::new(&index, &probe, rules);
        let holders = look.holders();
        let mut shared = Shared::default();
        shared.note(&index, &probe);
        for (slot, words) in shared.each().filter(|(slot, _)| !holders.contains(slot)) {
            let entry = index.entry(slot).unwrap();
            let most = look.most.score(&probe.glance, &entry.glance, words);
            prop_assert!(look.weigh(entry) <= most);
        }
    }

    #[test]
    fn duplicates_are_those_of_whom_each_finds_the_other((people, who) in crowd()) {
        // Low enough that many are.
        let rules = &RULES.clone().with_threshold(700);
        let mut people = people;
        people.push(vec![who]);
        let index = index(&people, rules);
        let found: Vec<BTreeSet<JourneyId>> = people
            .iter()
            .map(|said| {
                let said: Vec<&Statement> = said.iter().collect();
                let probe = index.probe(&said, rules);
                duplicates(&index, &probe, &|_, _| true, &mut Shared::default(), rules)
            })
            .collect();
        for (nth, others) in found.iter().enumerate() {
            for (other_nth, from_there) in found.iter().enumerate() {
                let there = others.contains(&journey(other_nth));
                prop_assert_eq!(there, from_there.contains(&journey(nth)));
            }
        }
    }
}
