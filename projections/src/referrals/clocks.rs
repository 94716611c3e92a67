//! Clocks as data: how long a referral may stand where it stands, and how urgent that is at a
//! reference time. Nothing here is stored but when a clock ends.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use homeward_events::referral::Priority;
use homeward_events::time::OccurredOn;
use homeward_journey::referral::{Clock, Referral};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The file that ships.
const SHIPPED: &str = include_str!("../../clocks/referral.toml");

static CLOCKS: LazyLock<Clocks> =
    // A file that could not be read would leave no limits; a test reads it.
    LazyLock::new(|| toml::from_str(SHIPPED).unwrap_or_default());

/// The limits of referrals' clocks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clocks {
    /// What the file is called.
    pub id: String,
    /// Its version, raised with every change.
    pub version: u16,
    /// Where its figures come from.
    pub source: String,
    /// Hours without any step after which an open referral is stale.
    pub stale_hours: u32,
    /// The share of a clock, in percent, that is left when it is due soon.
    pub due_soon_percent: u32,
    /// How many times its limit a clock has run when it is escalated.
    pub escalated_times: u32,
    /// Hours in which an answer is owed, by priority.
    pub answer_hours: BTreeMap<Priority, u32>,
    limits: BTreeMap<String, Limit>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Limit {
    Hours(u32),
    OfPriority(OfPriority),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum OfPriority {
    #[serde(rename = "answer")]
    Answer,
}

/// How urgent a running clock is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Time is left.
    OnTime,
    /// Little of it is left.
    DueSoon,
    /// It has ended.
    Overdue,
    /// It has run as many times as long as it may as `escalated_times` says.
    Escalated,
}

impl Level {
    /// Every level, the least urgent first.
    pub const ALL: [Self; 4] = [Self::OnTime, Self::DueSoon, Self::Overdue, Self::Escalated];

    /// The level's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OnTime => "on-time",
            Self::DueSoon => "due-soon",
            Self::Overdue => "overdue",
            Self::Escalated => "escalated",
        }
    }
}

impl std::str::FromStr for Level {
    type Err = NoSuchLevel;

    fn from_str(text: &str) -> Result<Self, NoSuchLevel> {
        let known = Self::ALL.into_iter().find(|level| level.as_str() == text);
        known.ok_or(NoSuchLevel)
    }
}

/// A text that is no level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected on-time, due-soon, overdue or escalated")]
pub struct NoSuchLevel;

impl Clocks {
    /// Those that ship.
    pub fn shipped() -> &'static Self {
        &CLOCKS
    }

    /// How long a clock may run, in hours.
    pub fn limit_hours(&self, clock: Clock, priority: Priority) -> u32 {
        match self.limits.get(clock.as_str()) {
            Some(Limit::Hours(hours)) => *hours,
            Some(Limit::OfPriority(OfPriority::Answer)) => self.answer(priority),
            None => self.stale_hours,
        }
    }

    /// In how many hours an answer is owed.
    pub fn answer(&self, priority: Priority) -> u32 {
        let hours = self.answer_hours.get(&priority);
        hours.copied().unwrap_or(self.stale_hours)
    }

    /// When the clock of a referral ends; overdue after it. A step known only to the day starts its
    /// clock at the last instant of that day anywhere on Earth, so that nothing is called overdue
    /// before it surely is.
    pub fn due(&self, referral: &Referral<'_>) -> Option<Timestamp> {
        let (_, clock) = referral.state.pending()?;
        let limit = self.limit_hours(clock, referral.priority);
        let limit = after(referral.since.last_instant(), i64::from(limit));
        Some(match clock {
            Clock::Place => referral
                .place_on
                .map_or(limit, |day| OccurredOn::Day(day).last_instant()),
            Clock::FirstAttendance => referral
                .booked
                .map_or(limit, |at| limit.max(at.last_instant())),
            Clock::Receipt
            | Clock::Decision
            | Clock::FirstContact
            | Clock::Outcome
            | Clock::AnotherWay => limit,
        })
    }

    /// How urgent a clock is at a time, that began with a step and ends when it is due. The instant at
    /// which it ends is still in time; the one after is not.
    pub fn level(&self, since: OccurredOn, due: Timestamp, at: Timestamp) -> Level {
        let begun = since.last_instant();
        let seconds = due.duration_since(begun).as_secs().max(0);
        let times = i64::from(self.escalated_times.max(1));
        let left = seconds * i64::from(self.due_soon_percent) / 100;
        if at > due && at > later(begun, seconds.saturating_mul(times)) {
            Level::Escalated
        } else if at > due {
            Level::Overdue
        } else if at >= later(due, -left) {
            Level::DueSoon
        } else {
            Level::OnTime
        }
    }

    /// When an open referral with a last step is stale; stale after it.
    pub fn stale(&self, last_step: OccurredOn) -> Timestamp {
        after(last_step.last_instant(), i64::from(self.stale_hours))
    }
}

fn after(from: Timestamp, hours: i64) -> Timestamp {
    later(from, hours.saturating_mul(3600))
}

fn later(from: Timestamp, seconds: i64) -> Timestamp {
    from.saturating_add(SignedDuration::from_secs(seconds))
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clock_has_a_limit_of_its_own() {
        let clocks: Clocks = toml::from_str(SHIPPED).unwrap();
        assert_eq!(&clocks, Clocks::shipped());
        let named: Vec<&str> = clocks.limits.keys().map(String::as_str).collect();
        let mut known: Vec<&str> = Clock::ALL.iter().map(|clock| clock.as_str()).collect();
        known.sort_unstable();
        assert_eq!(named, known);
        assert!(clocks.version > 0 && clocks.source.contains("inter-agency referral form"));
    }

    #[test]
    fn answers_are_owed_as_the_inter_agency_form_says() {
        let hours = Priority::ALL
            .iter()
            .map(|one| Clocks::shipped().answer(*one));
        assert_eq!(hours.collect::<Vec<_>>(), [24, 72, 336]);
    }
}
