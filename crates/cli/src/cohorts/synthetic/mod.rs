//! **Synthetic** journeys: invented from a seed, in shapes that the region knows.
//!
//! Nothing in here is about anybody. Every event says so in its `source`, which is
//! `urn:homeward:synthetic:<seed>`, and every agency's name begins with `synthetic-`; no event carries
//! personal data, not even an invented name. Whoever shows such data says so on the page.
//!
//! What the shapes follow: the number of returns that seven countries registered in a year (4,323 in
//! 2018), grounds as Jamaica counted them in 2019, men four in five or more, charters of 29 to 42
//! people, 8 to 12 events for someone who leaves after reception, 30 to 45 for a full case, a tail
//! above 100. Everything else (how referrals go, how people fare, how rarely anyone is arrested) is
//! made up, and no figure drawn from it says anything about the world.
//!
//! A journey's commits come in the order of recording, and each may join what came before: the rules
//! of `homeward_journey` refuse none. Facts are late, corrected, taken back, linked and unlinked.

mod arrival;
mod casework;
mod ending;
mod justice;
mod life;
mod names;
mod person;
mod place;
mod random;
mod records;
mod referral;
mod roster;
mod story;
mod support;
#[cfg(test)]
mod tests;

use homeward_events::Event;
use homeward_events::id::{JourneyId, LedgerId};
use jiff::civil::{Date, date};

use self::roster::Roster;
use super::word;

/// Events of a journey that ends after reception, on average.
const BRIEF_EVENTS: u32 = 10;
/// Events of a full case, on average.
const FULL_EVENTS: u32 = 38;

/// What to invent. The same scenario gives the same bytes for ever, on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Chance.
    pub seed: u64,
    /// Year in which people arrive.
    pub year: i16,
    /// What would be recorded after this day is not told: journeys are under way.
    pub until: Date,
    /// Ledgers, with how many journeys each has.
    pub ledgers: Vec<(LedgerId, u32)>,
    /// How much there is to tell of people, per thousand; the rest leave after reception.
    pub mix: Mix,
}

/// How many journeys in a thousand are of which depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mix {
    /// Announced, and never received.
    pub absent: u32,
    /// Full cases: 30 to 45 events.
    pub full: u32,
    /// Cases with many referrals.
    pub long: u32,
    /// Cases above 100 events.
    pub tail: u32,
}

/// One invented journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticJourney {
    /// Its ledger.
    pub ledger: LedgerId,
    /// Its id.
    pub id: JourneyId,
    /// Its commits, in the order in which they were recorded.
    pub commits: Vec<Vec<Event>>,
}

impl Scenario {
    /// A Caribbean year: 4,323 returns in seven ledgers in 2024, told up to the middle of 2026; 114,702
    /// events.
    pub fn caribbean_year() -> Self {
        let shares = [
            ("ht", 2700),
            ("jm", 1183),
            ("gy", 204),
            ("tt", 175),
            ("bb", 30),
            ("gd", 19),
            ("ag", 12),
        ];
        Self {
            seed: 2018,
            year: 2024,
            until: date(2026, 6, 30),
            ledgers: shares
                .iter()
                .map(|(ledger, count)| (word(ledger), *count))
                .collect(),
            mix: Mix {
                absent: 15,
                full: 380,
                long: 60,
                tail: 18,
            },
        }
    }

    /// Many journeys of one ledger, for measuring: as many as asked for, with about so many events
    /// each (10 at the least).
    pub fn scale(journeys: u32, events_per_journey: u32) -> Self {
        let more = events_per_journey.saturating_sub(BRIEF_EVENTS);
        let full = (more * 1000)
            .checked_div(FULL_EVENTS - BRIEF_EVENTS)
            .unwrap_or_default();
        Self {
            seed: u64::from(journeys),
            year: 2024,
            until: date(2026, 6, 30),
            ledgers: vec![(word("jm"), journeys)],
            mix: Mix {
                absent: 10,
                full: full.min(990),
                long: 0,
                tail: 0,
            },
        }
    }

    /// How many journeys there are.
    pub fn journeys_count(&self) -> u32 {
        self.ledgers.iter().map(|(_, count)| count).sum()
    }

    /// Every journey, one ledger after the other, each made when it is asked for.
    pub fn journeys(&self) -> impl Iterator<Item = SyntheticJourney> + '_ {
        self.ledgers
            .iter()
            .zip(0..)
            .flat_map(|((ledger, count), number)| Roster::new(self, ledger, number, *count))
    }
}
