//! From facts to contributions: the one way in which any fold is made, live or rebuilt, in a store or
//! in memory, at the head or as of an earlier position.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Event;
use homeward_events::id::JourneyId;
use homeward_journey::{Journey, Person, person};

use crate::model::{Contributions, Difference, MemoryTable, ReadModel};

/// Facts of some journeys. Complete for a fold when every journey that one of them mentions as the
/// same human being is there too, as far as it is known.
pub type Facts = BTreeMap<JourneyId, Vec<Event>>;

/// What the persons behind some facts add to a model.
pub fn contributions(model: &ReadModel, facts: &Facts) -> Contributions {
    let mut sum = Contributions::default();
    for person in persons(facts) {
        (model.contribute)(&person, &mut sum);
    }
    sum
}

/// The persons behind some facts.
pub fn persons(facts: &Facts) -> Vec<Person<'_>> {
    let journeys = facts
        .iter()
        .filter(|(_, facts)| !facts.is_empty())
        .map(|(id, facts)| Journey::from_facts(*id, facts));
    person::group(journeys)
}

/// What changes in a model when the same journeys' facts go from `before` to `after`.
pub fn difference(model: &ReadModel, before: &Facts, after: &Facts) -> Difference {
    Difference::between(contributions(model, before), contributions(model, after))
}

/// Which journeys must be told together: mentions, in both directions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    neighbours: BTreeMap<JourneyId, BTreeSet<JourneyId>>,
}

impl Mentions {
    /// Notes that a fact of `journey` mentions `other`.
    pub fn note(&mut self, journey: JourneyId, other: JourneyId) {
        if journey != other {
            self.neighbours.entry(journey).or_default().insert(other);
            self.neighbours.entry(other).or_default().insert(journey);
        }
    }

    /// Everything that must be told together with `start`, itself included.
    pub fn reach(&self, start: impl IntoIterator<Item = JourneyId>) -> BTreeSet<JourneyId> {
        let mut reached: BTreeSet<JourneyId> = start.into_iter().collect();
        let mut open: Vec<JourneyId> = reached.iter().copied().collect();
        while let Some(id) = open.pop() {
            for other in self.neighbours.get(&id).into_iter().flatten() {
                if reached.insert(*other) {
                    open.push(*other);
                }
            }
        }
        reached
    }

    /// Every pair, once from each side.
    pub fn pairs(&self) -> impl Iterator<Item = (JourneyId, JourneyId)> {
        self.neighbours
            .iter()
            .flat_map(|(id, others)| others.iter().map(|other| (*id, *other)))
    }

    /// Journeys that mention or are mentioned.
    pub fn journeys(&self) -> impl Iterator<Item = JourneyId> {
        self.neighbours.keys().copied()
    }
}

/// Folds a whole set of facts into tables in memory, one per model: the plain fold that every other
/// fold must equal, byte for byte.
pub fn fold(models: &[&'static ReadModel], facts: &Facts) -> BTreeMap<&'static str, MemoryTable> {
    models
        .iter()
        .map(|model| {
            let mut table = MemoryTable::new(model);
            table.apply(Difference::between(
                Contributions::default(),
                contributions(model, facts),
            ));
            (model.name, table)
        })
        .collect()
}
