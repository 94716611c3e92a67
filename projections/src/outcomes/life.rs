//! What a row of outcomes holds: of each person's journeys what was asked and how life went, in days
//! and whole numbers. Rows are written as these types serialise: to change one, raise the model's
//! version.

use std::collections::BTreeMap;
use std::sync::Arc;

use homeward_events::assessment::Score;
use homeward_events::id::JourneyId;
use homeward_events::time::Day;
use homeward_events::vocabulary::{Answer, DeliveryMode, Dimension, Missing, Wave};
use homeward_journey::{Assessment, DepartureKind, Journey, Person, SpellKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::counted::{Counted, Names};
use crate::index::Index;
use crate::rows::{Row, Rows};

/// One person, as far as outcomes are told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Life {
    /// The journeys now linked as this human being, by id; those of which there is nothing to tell
    /// are left out.
    pub journeys: Vec<Chapter>,
}

/// One journey's part of it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Which journey.
    pub journey: JourneyId,
    /// What it is counted by.
    pub counted: Arc<Counted>,
    /// Day of reception.
    pub received: Option<Day>,
    /// Times out of sight, in the order of telling.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unseen: Vec<Unseen>,
    /// Assessments, in the order of telling.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessments: Vec<Asked>,
    /// Spells of housing, work and schooling, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spells: Vec<Stay>,
}

/// A time out of sight: from the day observation ended to the day contact was regained, if it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(Day, Option<Day>)", into = "(Day, Option<Day>)")]
pub struct Unseen {
    /// Last day of observation.
    pub from: Day,
    /// Day of being found again.
    pub to: Option<Day>,
}

impl From<(Day, Option<Day>)> for Unseen {
    fn from((from, to): (Day, Option<Day>)) -> Self {
        Self { from, to }
    }
}

impl From<Unseen> for (Day, Option<Day>) {
    fn from(unseen: Unseen) -> Self {
        (unseen.from, unseen.to)
    }
}

/// An assessment.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// When.
    pub on: Day,
    /// Which instrument.
    pub instrument: Arc<str>,
    /// Its version.
    pub version: u16,
    /// Which wave.
    pub wave: Wave,
    /// Scores by dimension, in ten-thousandths.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<Dimension, u16>,
    /// The whole score, in ten-thousandths.
    pub overall: Option<u16>,
    /// How support was delivered up to then.
    pub delivery: Option<DeliveryMode>,
    /// How its items were answered.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    pub items: Items,
}

/// How many items were answered, and how many for which reason not: items that nothing was written
/// down about are not among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[u32; 4]", into = "[u32; 4]")]
pub struct Items {
    /// Answered.
    pub answered: u32,
    /// The person would rather not say.
    pub refused: u32,
    /// Asked, and nobody knows.
    pub not_known: u32,
    /// Not asked.
    pub not_asked: u32,
}

impl From<[u32; 4]> for Items {
    fn from([answered, refused, not_known, not_asked]: [u32; 4]) -> Self {
        Self {
            answered,
            refused,
            not_known,
            not_asked,
        }
    }
}

impl From<Items> for [u32; 4] {
    fn from(items: Items) -> Self {
        [
            items.answered,
            items.refused,
            items.not_known,
            items.not_asked,
        ]
    }
}

impl Items {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn add(&mut self, other: Self) {
        self.answered += other.answered;
        self.refused += other.refused;
        self.not_known += other.not_known;
        self.not_asked += other.not_asked;
    }

    fn of(answers: &BTreeMap<String, Answer<u8>>) -> Self {
        let mut items = Self::default();
        for answer in answers.values() {
            match answer {
                Answer::Known(_) => items.answered += 1,
                Answer::Missing(Missing::RefusedToSay) => items.refused += 1,
                Answer::Missing(Missing::NotKnown) => items.not_known += 1,
                Answer::Missing(Missing::NotAsked) => items.not_asked += 1,
            }
        }
        items
    }
}

/// A part of life that spells are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Work.
    Livelihood,
    /// Housing.
    Housing,
    /// Schooling.
    Schooling,
}

impl Area {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Livelihood, Self::Housing, Self::Schooling];

    /// The word that rows and answers write.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Livelihood => "livelihood",
            Self::Housing => "housing",
            Self::Schooling => "schooling",
        }
    }
}

/// A spell: from its first day up to, not including, the day on which it had ended.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stay {
    /// First day.
    pub from: Day,
    /// Day on which it had ended.
    pub to: Option<Day>,
    /// Which part of life.
    pub area: Area,
    /// Which kind of work, housing or schooling.
    pub kind: Arc<str>,
}

impl Life {
    /// What is told of a person; `None` where there is nothing.
    pub(super) fn of(person: &Person<'_>) -> Option<Self> {
        let journeys: Vec<Chapter> = person.journeys.iter().filter_map(Chapter::of).collect();
        (!journeys.is_empty()).then_some(Self { journeys })
    }
}

impl Chapter {
    fn of(journey: &Journey<'_>) -> Option<Self> {
        let received = journey.origin.map(|origin| Day(origin.on.day()));
        if received.is_none() && journey.assessments.is_empty() {
            return None;
        }
        let mut spells: Vec<Stay> = journey
            .spells
            .values()
            .map(|spell| {
                let (area, kind) = match spell.kind {
                    SpellKind::Housing(kind) => (Area::Housing, kind.as_str()),
                    SpellKind::Employment(kind) => (Area::Livelihood, kind.as_str()),
                    SpellKind::Schooling(kind) => (Area::Schooling, kind.as_str()),
                };
                Stay {
                    from: Day(spell.from.day()),
                    to: spell.to.map(|to| Day(to.day())),
                    area,
                    kind: kind.into(),
                }
            })
            .collect();
        spells.sort();
        Some(Self {
            journey: journey.id,
            counted: Arc::new(Counted::of(journey)),
            received,
            unseen: unseen(journey),
            assessments: journey.assessments.iter().map(Asked::of).collect(),
            spells,
        })
    }

    /// Whether the person is out of sight on a day, as far as is known on `on`: the last day of
    /// observation is still seen, and whoever was found again is known to have lived meanwhile.
    pub(super) fn is_unseen(&self, day: Date, on: Date) -> bool {
        self.unseen
            .iter()
            .any(|unseen| unseen.from.0 < day && unseen.to.is_none_or(|to| to.0 > on))
    }
}

impl Asked {
    fn of(assessment: &Assessment<'_>) -> Self {
        let scores = assessment.scores.iter();
        Self {
            on: Day(assessment.on.day()),
            instrument: assessment.instrument.as_str().into(),
            version: assessment.version,
            wave: assessment.wave,
            scores: scores
                .map(|(d, score)| (*d, score.ten_thousandths()))
                .collect(),
            overall: assessment.overall.map(Score::ten_thousandths),
            delivery: assessment.delivery,
            items: Items::of(assessment.answers),
        }
    }
}

fn unseen(journey: &Journey<'_>) -> Vec<Unseen> {
    let mut unseen: Vec<Unseen> = Vec::new();
    for departure in &journey.departures {
        let day = Day(departure.on.day());
        let open = unseen.last_mut().filter(|last| last.to.is_none());
        match (departure.kind, open) {
            (DepartureKind::ContactRegained, Some(open)) => open.to = Some(day),
            (DepartureKind::ContactRegained, None) => {}
            (
                DepartureKind::Remigrated
                | DepartureKind::RemovedAgain
                | DepartureKind::MovedAway
                | DepartureKind::Died
                | DepartureKind::ContactLost
                | DepartureKind::ObservationEnded,
                open,
            ) => {
                if open.is_none() {
                    unseen.push(Unseen {
                        from: day,
                        to: None,
                    });
                }
            }
        }
    }
    unseen
}

impl Row for Life {
    const PREFIX: &'static str = "person|";

    fn share(mut self, names: &mut Names) -> Self {
        for chapter in &mut self.journeys {
            chapter.counted = names.counted(&chapter.counted);
            for asked in &mut chapter.assessments {
                asked.instrument = names.text(&asked.instrument);
            }
            for stay in &mut chapter.spells {
                stay.kind = names.text(&stay.kind);
            }
            chapter.assessments.shrink_to_fit();
            chapter.spells.shrink_to_fit();
        }
        self.journeys.shrink_to_fit();
        self
    }

    fn kept(index: &Index) -> Option<&Rows<Self>> {
        index.lives()
    }
}
