//! Who and what is behind a figure.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Event;
use homeward_events::id::{EventId, JourneyId};
use homeward_journey::{Journey, person};
use serde::Serialize;

use crate::explain::fact::{Fact, PlacedFacts};
use crate::explain::figure::Figure;
use crate::fold::{Facts, Mentions};
use crate::model::Contributions;

/// Persons who add to a figure, and the facts that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The persons who add something, each by the ids of its journeys, in their order. More than one
    /// only where their journeys mention each other and are not (or no longer) the same human being.
    pub persons: Vec<Vec<JourneyId>>,
    /// What they add: the evidence of all persons together adds up to the figure.
    pub adds: Contributions,
    /// The facts that it rests on, in the order of their recording.
    pub events: Vec<Bearing>,
}

impl Evidence {
    /// The facts that it rests on, as people read them, in the order of their places. `placed` are
    /// those that the evidence was taken from.
    pub fn facts(&self, placed: &PlacedFacts) -> Vec<(Fact, Weight)> {
        let mut facts: Vec<(Fact, Weight)> = self
            .events
            .iter()
            .filter_map(|bearing| {
                let told = placed.get(&bearing.journey)?;
                let placed = told
                    .iter()
                    .find(|placed| placed.event.id == bearing.event)?;
                Some((
                    Fact::of(placed.place.clone(), &placed.event),
                    bearing.weight,
                ))
            })
            .collect();
        facts.sort_by(|(a, _), (b, _)| a.place.cmp(&b.place));
        facts
    }
}

/// A fact that a figure rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bearing {
    /// The journey that it was told of.
    pub journey: JourneyId,
    /// The fact.
    pub event: EventId,
    /// How much it bears.
    pub weight: Weight,
}

/// How much a fact bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Without it the figure would be another.
    Needed,
    /// Without it another fact would say the same: one of them is needed, and this is the one that is
    /// named, because it was recorded first.
    OneOfSeveral,
}

impl Weight {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::OneOfSeveral => "one-of-several",
        }
    }
}

/// The evidence behind a figure, by persons, in the order of their journeys' ids. `facts` must hold
/// every journey that one of them mentions.
pub fn behind(figure: &Figure, facts: &Facts) -> Vec<Evidence> {
    let mut mentions = Mentions::default();
    for event in facts.values().flatten() {
        if let Some(other) = person::mention(event) {
            mentions.note(event.journey, other);
        }
    }
    let mut told: BTreeSet<JourneyId> = BTreeSet::new();
    let mut all = Vec::new();
    for journey in facts.keys() {
        if told.contains(journey) {
            continue;
        }
        let together = mentions.reach([*journey]);
        let theirs = facts
            .iter()
            .filter(|(id, _)| together.contains(id))
            .map(|(id, facts)| (*id, facts.clone()))
            .collect();
        all.extend(evidence(figure, &theirs));
        told.extend(together);
    }
    all
}

/// The evidence of journeys that are told together; `None` if they add nothing to the figure.
pub fn evidence(figure: &Figure, together: &Facts) -> Option<Evidence> {
    let telling = Telling::of(together);
    let adds = figure.adds(&person::group(telling.journeys.values().cloned()));
    if adds.rows.is_empty() && adds.cells.is_empty() {
        return None;
    }
    let persons = person::group(telling.journeys.values().cloned())
        .into_iter()
        .filter(|person| {
            let alone = figure.adds(std::slice::from_ref(person));
            !alone.rows.is_empty() || !alone.cells.is_empty()
        })
        .map(|person| person.journeys.iter().map(|journey| journey.id).collect())
        .collect();
    let mut needed = BTreeSet::new();
    for (journey, event) in &telling.events {
        let without = telling.without(*journey, &BTreeSet::from([*event]));
        if figure.adds(&person::group(without)) != adds {
            needed.insert(*event);
        }
    }
    let named = enough(figure, together, &telling, &needed, &adds);
    let weigh = |(journey, event): &(JourneyId, EventId)| Bearing {
        journey: *journey,
        event: *event,
        weight: if needed.contains(event) {
            Weight::Needed
        } else {
            Weight::OneOfSeveral
        },
    };
    let events = telling
        .events
        .iter()
        .filter(|(_, event)| named.contains(event))
        .map(weigh)
        .collect();
    Some(Evidence {
        persons,
        adds,
        events,
    })
}

/// The needed facts, and as many of the others as it takes to give the same: where two facts say the
/// same, taking away one of them changes nothing, and taking away both does.
fn enough(
    figure: &Figure,
    together: &Facts,
    telling: &Telling<'_>,
    needed: &BTreeSet<EventId>,
    adds: &Contributions,
) -> BTreeSet<EventId> {
    let kept_only = |kept: &BTreeSet<EventId>| {
        let facts: Facts = together
            .iter()
            .map(|(id, facts)| {
                let facts = facts.iter().filter(|event| kept.contains(&event.id));
                (*id, facts.cloned().collect())
            })
            .collect();
        figure.of(&facts)
    };
    if kept_only(needed) == *adds {
        return needed.clone();
    }
    let mut kept: BTreeSet<EventId> = telling.events.iter().map(|(_, event)| *event).collect();
    // The last recorded goes first: whoever wrote it down again only repeated it.
    for (_, event) in telling.events.iter().rev() {
        if needed.contains(event) {
            continue;
        }
        kept.remove(event);
        if kept_only(&kept) != *adds {
            kept.insert(*event);
        }
    }
    kept
}

/// Journeys told together, so that one of them can be told again without a fact.
struct Telling<'f> {
    facts: &'f Facts,
    journeys: BTreeMap<JourneyId, Journey<'f>>,
    /// Every fact once, in the order of recording.
    events: Vec<(JourneyId, EventId)>,
}

impl<'f> Telling<'f> {
    fn of(facts: &'f Facts) -> Self {
        let mut events: Vec<&Event> = facts.values().flatten().collect();
        events.sort_unstable_by_key(|event| (event.recorded, event.sort_key(), event.journey));
        let mut seen = BTreeSet::new();
        let events = events
            .into_iter()
            .filter(|event| seen.insert((event.journey, event.id)))
            .map(|event| (event.journey, event.id))
            .collect();
        let journeys = facts
            .iter()
            .filter(|(_, facts)| !facts.is_empty())
            .map(|(id, facts)| (*id, Journey::from_facts(*id, facts)))
            .collect();
        Self {
            facts,
            journeys,
            events,
        }
    }

    /// The journeys, one of them without some of its facts; without any, nobody has heard of it.
    fn without(&self, journey: JourneyId, gone: &BTreeSet<EventId>) -> Vec<Journey<'f>> {
        let facts = self.facts.get(&journey).into_iter().flatten();
        let mut left = facts.filter(|event| !gone.contains(&event.id)).peekable();
        let told = left.peek().is_some();
        let others = self.journeys.iter().filter(|(id, _)| **id != journey);
        let mut journeys: Vec<Journey<'f>> = others.map(|(_, told)| told.clone()).collect();
        if told {
            journeys.push(Journey::from_facts(journey, left));
        }
        journeys
    }
}
