//! Persons: the last word on each pair counts, whichever side wrote it down and in whatever order.

use std::collections::BTreeMap;

use homeward_events::Event;
use homeward_events::id::JourneyId;
use homeward_journey::Journey;
use homeward_journey::person::{group, mention};
use proptest::prelude::*;

use crate::language::{fact, uuid};

/// Journeys that may be one human being.
const KEYS: [&str; 5] = ["a", "b", "c", "d", "e"];

fn journey_id(key: &str) -> JourneyId {
    JourneyId::from_uuid(uuid(key))
}

/// A word on a pair: from one side to the other, linked or not, in this minute.
#[derive(Debug, Clone)]
struct Word {
    from: usize,
    to: usize,
    linked: bool,
    minute: usize,
    nth: usize,
}

impl Word {
    fn written(&self) -> Event {
        let said = if self.linked { "linked" } else { "unlinked" };
        let text = format!("day 3 {said} {}", KEYS[self.to]);
        let mut event = fact(&text, &text, self.minute, self.nth);
        event.journey = journey_id(KEYS[self.from]);
        event
    }
}

fn words() -> impl Strategy<Value = Vec<Word>> {
    let word = (0..KEYS.len(), 0..KEYS.len(), any::<bool>(), 0..30_usize);
    prop::collection::vec(word, 0..20).prop_map(|words| {
        let numbered = words.into_iter().enumerate();
        numbered
            .map(|(nth, (from, to, linked, minute))| Word {
                from,
                to,
                linked,
                minute,
                nth,
            })
            .filter(|word| word.from != word.to)
            .collect()
    })
}

/// The journeys of each person.
fn persons<'w>(words: impl IntoIterator<Item = &'w Word>) -> Vec<Vec<JourneyId>> {
    let mut logs: BTreeMap<JourneyId, Vec<Event>> = KEYS
        .iter()
        .map(|key| (journey_id(key), Vec::new()))
        .collect();
    for word in words {
        let event = word.written();
        assert_eq!(mention(&event), Some(journey_id(KEYS[word.to])));
        logs.get_mut(&event.journey).unwrap().push(event);
    }
    let journeys = logs
        .iter()
        .map(|(id, facts)| Journey::from_facts(*id, facts));
    group(journeys)
        .iter()
        .map(|person| person.journeys.iter().map(|journey| journey.id).collect())
        .collect()
}

/// The same by the book: spread along the pairs whose last word is "linked" until nothing moves.
fn persons_by_the_book(words: &[Word]) -> Vec<Vec<JourneyId>> {
    let mut last_words = BTreeMap::new();
    let mut in_order: Vec<&Word> = words.iter().collect();
    in_order.sort_by_key(|word| (word.minute, word.nth));
    for word in in_order {
        let pair = (word.from.min(word.to), word.from.max(word.to));
        last_words.insert(pair, word.linked);
    }
    let mut smallest: Vec<usize> = (0..KEYS.len()).collect();
    for _ in KEYS {
        for ((a, b), linked) in &last_words {
            if *linked {
                let least = smallest[*a].min(smallest[*b]);
                (smallest[*a], smallest[*b]) = (least, least);
            }
        }
    }
    let mut persons: BTreeMap<usize, Vec<JourneyId>> = BTreeMap::new();
    for (key, least) in KEYS.iter().zip(smallest) {
        persons.entry(least).or_default().push(journey_id(key));
    }
    persons.into_values().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_last_word_on_each_pair_counts(words in words()) {
        prop_assert_eq!(persons(&words), persons_by_the_book(&words));
    }

    #[test]
    fn neither_order_nor_duplicates_nor_sides_matter(
        (words, arriving) in words().prop_flat_map(|words| {
            let twice = [words.clone(), words.clone()].concat();
            (Just(words), Just(twice).prop_shuffle())
        }),
        sides in prop::collection::vec(any::<bool>(), 20),
    ) {
        let swapped: Vec<Word> = words
            .iter()
            .map(|word| {
                let swap = sides[word.nth];
                let (from, to) = if swap { (word.to, word.from) } else { (word.from, word.to) };
                Word { from, to, ..*word }
            })
            .collect();
        let told = persons(&words);
        prop_assert_eq!(&told, &persons(&arriving));
        prop_assert_eq!(&told, &persons(&swapped));
    }
}

#[test]
fn a_chain_of_links_is_one_person_and_breaks_where_it_is_cut() {
    let word = |nth, from, to, linked| Word {
        from,
        to,
        linked,
        minute: nth,
        nth,
    };
    let mut words = vec![
        word(0, 0, 1, true),
        word(1, 2, 1, true),
        word(2, 3, 2, true),
    ];
    let sizes = |words: &[Word]| persons(words).iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(sizes(&words), [4, 1]);
    words.push(word(3, 1, 2, false));
    assert_eq!(sizes(&words), [2, 2, 1]);
}
