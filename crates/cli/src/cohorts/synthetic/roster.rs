//! Who arrives when: journeys one by one, each made when it is asked for.
//!
//! A journey's own chance follows from the seed, its ledger and its number alone; so an earlier journey
//! of the same human being can be named without being told again.

use homeward_events::id::{BatchId, JourneyId, LedgerId};
use jiff::civil::date;
use uuid::Builder;

use super::ending::{Depth, End, Fate};
use super::person::{Person, Return};
use super::place::Place;
use super::random::Random;
use super::story::{Moment, Story};
use super::{Scenario, SyntheticJourney};
use crate::cohorts::word;

/// What a stream of chance is for.
#[derive(Debug, Clone, Copy)]
enum For {
    Roster,
    Id,
    Fate,
    Person,
    Earlier,
    Unnoticed,
    Story,
}

/// The people who arrive in one ledger, in the order of arrival.
pub(super) struct Roster<'s> {
    scenario: &'s Scenario,
    place: Place,
    /// The ledger's number within the scenario.
    number: u64,
    count: u32,
    next: u32,
    random: Random,
    charter: Option<Charter>,
}

/// One flight.
struct Charter {
    batch: BatchId,
    lands: Moment,
    line: u32,
    seats_left: u32,
}

impl Iterator for Roster<'_> {
    type Item = SyntheticJourney;

    fn next(&mut self) -> Option<SyntheticJourney> {
        if self.next >= self.count {
            return None;
        }
        let index = self.next;
        self.next += 1;
        let (arrives, charter) = self.arrival(index);
        Some(self.journey(index, arrives, charter))
    }
}

impl<'s> Roster<'s> {
    pub(super) fn new(scenario: &'s Scenario, ledger: &LedgerId, number: u64, count: u32) -> Self {
        Self {
            scenario,
            place: Place::new(ledger, scenario.seed),
            number,
            count,
            next: 0,
            random: Random::of(&[scenario.seed, number, stream(For::Roster)]),
            charter: None,
        }
    }

    fn random(&self, index: u32, what: For) -> Random {
        Random::of(&[
            self.scenario.seed,
            self.number,
            stream(what),
            u64::from(index),
        ])
    }

    fn id(&self, index: u32) -> JourneyId {
        let bytes = self.random(index, For::Id).bytes();
        JourneyId::from_uuid(Builder::from_custom_bytes(bytes).into_uuid())
    }

    fn fate(&self, index: u32) -> Fate {
        let mut random = self.random(index, For::Fate);
        let mix = self.scenario.mix;
        let depth = random.weighted(
            Depth::Brief,
            &[
                (mix.absent, Depth::Absent),
                (mix.full, Depth::Full),
                (mix.long, Depth::Long),
                (mix.tail, Depth::Tail),
            ],
        );
        Fate::draw(&mut random, depth)
    }

    /// An earlier journey of the same human being, for some who come back a second time.
    fn earlier(&self, index: u32) -> Option<u32> {
        let mut random = self.random(index, For::Earlier);
        if !random.chance(20) {
            return None;
        }
        let earlier = random.below(index / 2);
        let gone = self.fate(earlier).end == End::Died || self.fate(earlier).depth == Depth::Absent;
        (earlier < index && !gone).then_some(earlier)
    }

    /// An earlier journey of the same human being that nobody has noticed yet: a possible duplicate.
    fn unnoticed(&self, index: u32) -> Option<u32> {
        let mut random = self.random(index, For::Unnoticed);
        let earlier = random.below(index);
        (random.chance(8) && self.earlier(index).is_none() && earlier < index).then_some(earlier)
    }

    /// The same human being has the same sex, birth date and names in every journey.
    fn person(&self, index: u32) -> Person {
        let mut first = index;
        while let Some(earlier) = self.earlier(first).or_else(|| self.unnoticed(first)) {
            first = earlier;
        }
        Person::draw(
            &mut self.random(first, For::Person),
            &self.place,
            self.scenario.year,
        )
    }

    /// When a journey's person arrives, and on which flight with which line of the manifest.
    fn arrival(&mut self, index: u32) -> (Moment, Option<(BatchId, u32)>) {
        if let Some(charter) = self
            .charter
            .as_mut()
            .filter(|charter| charter.seats_left > 0)
        {
            charter.seats_left -= 1;
            charter.line += 1;
            return (charter.lands, Some((charter.batch.clone(), charter.line)));
        }
        let day = u64::from(index) * 365 / u64::from(self.count.max(1));
        let new_year = Moment::on(date(self.scenario.year, 1, 1), 0);
        let day = new_year.days_on(i64::try_from(day).unwrap_or_default());
        let lands = self.random.between(9, 17);
        let lands = day.hours_on(lands);
        let seats = u32::from(self.random.few(29, 42));
        if self.count - index < seats || !self.random.chance(65) {
            return (lands, None);
        }
        let charter = Charter {
            batch: word(&format!("charter-{}-{index}", lands.day())),
            lands,
            line: 1,
            seats_left: seats - 1,
        };
        let batch = charter.batch.clone();
        self.charter = Some(charter);
        (lands, Some((batch, 1)))
    }

    fn journey(
        &self,
        index: u32,
        arrives: Moment,
        charter: Option<(BatchId, u32)>,
    ) -> SyntheticJourney {
        let id = self.id(index);
        let mut story = Story::new(&self.place, id, self.random(index, For::Story));
        let person = self.person(index);
        let back = Return::draw(&mut story.random, &self.place, person, arrives, charter);
        let earlier = self.earlier(index).map(|earlier| self.id(earlier));
        story.live(&back, self.fate(index), earlier);
        SyntheticJourney {
            ledger: self.place.ledger.clone(),
            id,
            commits: story.commits(self.scenario.until),
        }
    }
}

const fn stream(what: For) -> u64 {
    match what {
        For::Roster => 1,
        For::Id => 2,
        For::Fate => 3,
        For::Person => 4,
        For::Earlier => 5,
        For::Story => 6,
        For::Unnoticed => 7,
    }
}
