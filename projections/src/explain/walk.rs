//! What moved a figure: the facts between two positions, each with the difference that it made.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::catalogue::Lifecycle;
use homeward_events::id::JourneyId;
use homeward_events::{Body, Event};
use homeward_journey::{Journey, person};
use serde::Serialize;

use crate::explain::fact::{Fact, Placed};
use crate::explain::figure::Figure;
use crate::fold::{Facts, Mentions};
use crate::model::{Contributions, Difference};

/// An event that moved a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The event.
    pub fact: Fact,
    /// In which way it moved the figure.
    pub how: How,
    /// What it changed.
    pub difference: Difference,
}

/// In which way an event moves a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It told something that came after all that was known of its journey.
    New,
    /// It told something that had happened before what was known of its journey already.
    Late,
    /// It struck or replaced an earlier fact.
    Correction,
    /// It made two journeys one person.
    Link,
    /// It made one person two again.
    Unlink,
    /// It was about erasing personal data.
    Erasure,
}

impl How {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Late => "late",
            Self::Correction => "correction",
            Self::Link => "link",
            Self::Unlink => "unlink",
            Self::Erasure => "erasure",
        }
    }

    fn of(event: &Event, known: &[Event]) -> Self {
        let last = event.occurred.last_day();
        let late = || known.iter().any(|known| last < known.occurred.day());
        match &event.body {
            Body::Lifecycle(Lifecycle::Linked(_)) => Self::Link,
            Body::Lifecycle(Lifecycle::Unlinked(_)) => Self::Unlink,
            Body::Correction(_) => Self::Correction,
            Body::Erasure(_) => Self::Erasure,
            Body::Cut(_) | Body::Directory(_) => Self::New,
            Body::Lifecycle(
                Lifecycle::Closed(_)
                | Lifecycle::Reopened(_)
                | Lifecycle::TransferProposed(_)
                | Lifecycle::Transferred(_)
                | Lifecycle::TransferDeclined(_)
                | Lifecycle::TransferWithdrawn(_)
                | Lifecycle::Related(_)
                | Lifecycle::Unrelated(_)
                | Lifecycle::Attached(_)
                | Lifecycle::Detached(_),
            )
            | Body::Notice(_)
            | Body::Reception(_)
            | Body::Screening(_)
            | Body::Consent(_)
            | Body::Assessment(_)
            | Body::Plan(_)
            | Body::Referral(_)
            | Body::Assistance(_)
            | Body::FollowUp(_)
            | Body::Status(_)
            | Body::Justice(_)
            | Body::Departure(_)
            | Body::Access(_) => {
                if late() {
                    Self::Late
                } else {
                    Self::New
                }
            }
        }
    }
}

/// A walk along the log: facts as they come, and what each changes in a figure.
#[derive(Debug)]
pub struct Walk<'a> {
    figure: &'a Figure,
    known: Facts,
    mentions: Mentions,
    /// What journeys told together add now, by the first of them.
    adds: BTreeMap<JourneyId, (BTreeSet<JourneyId>, Contributions)>,
}

impl<'a> Walk<'a> {
    /// Begins with what is known of the journeys whose facts will come, and of all that must be told
    /// together with them.
    pub fn new(figure: &'a Figure, known: Facts) -> Self {
        let mut walk = Self {
            figure,
            known: Facts::new(),
            mentions: Mentions::default(),
            adds: BTreeMap::new(),
        };
        for (journey, facts) in known {
            walk.learn(journey, facts);
        }
        walk
    }

    /// Learns what else was known before the next fact, without a step.
    pub fn learn(&mut self, journey: JourneyId, facts: Vec<Event>) {
        for other in facts.iter().filter_map(person::mention) {
            self.mentions.note(journey, other);
        }
        self.adds.clear();
        self.known.entry(journey).or_default().extend(facts);
    }

    /// The next fact of the log; `None` if it changes nothing.
    pub fn take(&mut self, placed: Placed) -> Option<Step> {
        let Placed { place, event } = placed;
        let journey = event.journey;
        if let Some(other) = person::mention(&event) {
            self.mentions.note(journey, other);
        }
        let together = self.mentions.reach([journey]);
        let before = self.adds_of(&together);
        let known = self.known.entry(journey).or_default();
        let how = How::of(&event, known);
        known.push(event);
        let after = self.tell(&together);
        let difference = Difference::between(before, after.clone());
        if let Some(first) = together.first().copied() {
            self.adds.insert(first, (together, after));
        }
        if difference.is_empty() {
            return None;
        }
        let event = self.known.get(&journey)?.last()?;
        Some(Step {
            fact: Fact::of(place, event),
            how,
            difference,
        })
    }

    /// What the figure's persons among the known journeys add now.
    pub fn known(&self) -> Contributions {
        self.figure.of(&self.known)
    }

    /// What is held of these journeys, if the same were told together the last time, or told anew.
    fn adds_of(&mut self, together: &BTreeSet<JourneyId>) -> Contributions {
        let held = together.first().and_then(|first| self.adds.remove(first));
        match held {
            Some((members, adds)) if members == *together => adds,
            Some(_) | None => self.tell(together),
        }
    }

    fn tell(&self, together: &BTreeSet<JourneyId>) -> Contributions {
        let journeys = together.iter().filter_map(|id| {
            let facts = self.known.get(id)?;
            (!facts.is_empty()).then(|| Journey::from_facts(*id, facts))
        });
        self.figure.adds(&person::group(journeys))
    }
}

/// The steps from `before` to what is known once the facts of `then` have come, in their order.
pub fn steps(figure: &Figure, before: Facts, then: impl IntoIterator<Item = Placed>) -> Vec<Step> {
    let mut walk = Walk::new(figure, before);
    then.into_iter()
        .filter_map(|placed| walk.take(placed))
        .collect()
}
