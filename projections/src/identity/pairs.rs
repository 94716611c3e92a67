//! Pairs of journeys that may be one human being, and what people said of them.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::id::{EventId, JourneyId, LedgerId};
use homeward_events::time::RecordedAt;

use super::evidence::Judgement;

/// Two journeys, the smaller id first.
pub(super) type Pair = (JourneyId, JourneyId);

pub(super) fn pair(one: JourneyId, other: JourneyId) -> Pair {
    (one.min(other), one.max(other))
}

/// Two journeys of one ledger that may be one human being, and that nobody has linked or told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// Their ledger.
    pub ledger: LedgerId,
    /// The smaller id.
    pub journey: JourneyId,
    /// The larger.
    pub other: JourneyId,
    /// Why.
    pub judgement: Judgement,
}

/// Pairs above the threshold, from both sides.
#[derive(Default)]
pub(super) struct Pairs(BTreeMap<JourneyId, BTreeSet<JourneyId>>);

impl Pairs {
    /// Whom a journey may be one human being with, from now on.
    pub(super) fn set(&mut self, journey: JourneyId, others: BTreeSet<JourneyId>) {
        let before = self.0.remove(&journey).unwrap_or_default();
        for other in before.difference(&others) {
            if let Some(known) = self.0.get_mut(other) {
                known.remove(&journey);
                if known.is_empty() {
                    self.0.remove(other);
                }
            }
        }
        for other in &others {
            self.0.entry(*other).or_default().insert(journey);
        }
        if !others.is_empty() {
            self.0.insert(journey, others);
        }
    }

    /// Whom a journey may be one human being with.
    pub(super) fn others(&self, journey: JourneyId) -> impl Iterator<Item = JourneyId> {
        self.0.get(&journey).into_iter().flatten().copied()
    }

    pub(super) fn of(&self, journey: JourneyId) -> impl Iterator<Item = Pair> {
        let others = self.0.get(&journey).into_iter().flatten();
        others.map(move |other| pair(journey, *other))
    }

    /// Every pair once, in order, after one of them.
    pub(super) fn after(&self, after: Option<Pair>) -> impl Iterator<Item = Pair> {
        let from = after.map(|(journey, _)| journey);
        self.0
            .iter()
            .skip_while(move |(journey, _)| Some(**journey) < from)
            .flat_map(|(journey, others)| others.iter().map(|other| (*journey, *other)))
            .filter(move |pair| pair.0 < pair.1 && Some(*pair) > after)
    }
}

/// What was said of pairs: linked or told apart. The last word on a pair counts, by the time that it
/// was recorded, as for persons.
#[derive(Default)]
pub(super) struct Words {
    said: BTreeMap<Pair, BTreeSet<(RecordedAt, EventId, bool)>>,
    /// Of whom something was said together with a journey.
    beside: BTreeMap<JourneyId, BTreeSet<JourneyId>>,
}

impl Words {
    pub(super) fn note(&mut self, pair: Pair, word: (RecordedAt, EventId, bool)) {
        self.said.entry(pair).or_default().insert(word);
        for (one, other) in [pair, (pair.1, pair.0)] {
            self.beside.entry(one).or_default().insert(other);
        }
    }

    pub(super) fn strike(&mut self, pair: Pair, word: (RecordedAt, EventId, bool)) {
        if let Some(words) = self.said.get_mut(&pair) {
            words.remove(&word);
            if words.is_empty() {
                self.said.remove(&pair);
            }
        }
    }

    /// Whether the last word on a pair is that they are two human beings.
    pub(super) fn told_apart(&self, pair: Pair) -> bool {
        self.last(pair) == Some(false)
    }

    fn last(&self, pair: Pair) -> Option<bool> {
        let (_, _, linked) = self.said.get(&pair)?.last()?;
        Some(*linked)
    }

    /// All journeys that are linked with one, directly or through others; itself included.
    pub(super) fn person(&self, journey: JourneyId) -> BTreeSet<JourneyId> {
        let (mut person, mut open) = (BTreeSet::from([journey]), vec![journey]);
        while let Some(id) = open.pop() {
            let beside = self.beside.get(&id).into_iter().flatten();
            for other in beside.filter(|other| self.last(pair(id, **other)) == Some(true)) {
                if person.insert(*other) {
                    open.push(*other);
                }
            }
        }
        person
    }
}
