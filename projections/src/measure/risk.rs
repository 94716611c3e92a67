//! Who was at risk when: exits, spells with gaps, and the risk table that all estimates start from.

use std::collections::BTreeMap;

/// What a failure was caused by; the caller gives the numbers their meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause(pub u16);

/// How time at risk ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A failure of this cause.
    Event(Cause),
    /// Observation ended without a failure.
    Censored,
    /// A gap begins (custody, abroad): not at risk until a later entry.
    Paused,
}

/// Some persons whose interval at risk `(entry, time]` began and ended alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exit {
    entry: Option<i64>,
    time: i64,
    kind: Kind,
    count: u64,
}

/// Why an interval or a list of them cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpellError {
    /// Nobody can be at risk in it.
    #[error("interval at risk ({from}, {to}] is empty: it must end after it begins")]
    Empty {
        /// Its beginning.
        from: i64,
        /// Its end.
        to: i64,
    },
    /// Nobody can be at risk twice at one time.
    #[error("interval at risk begins at {from}, before the one before it ends at {until}")]
    Overlap {
        /// Beginning of the later interval.
        from: i64,
        /// End of the earlier one.
        until: i64,
    },
    /// There is no interval at all.
    #[error("spell has no interval at risk")]
    Never,
}

impl Exit {
    /// `count` persons, at risk from the origin on, ended at `time` as `kind` says.
    pub const fn new(time: i64, kind: Kind, count: u64) -> Self {
        Self {
            entry: None,
            time,
            kind,
            count,
        }
    }

    /// `count` persons failed at `time`, where causes are not told apart.
    pub const fn event(time: i64, count: u64) -> Self {
        Self::new(time, Kind::Event(Cause(0)), count)
    }

    /// Observation of `count` persons ended at `time` without a failure.
    pub const fn censored(time: i64, count: u64) -> Self {
        Self::new(time, Kind::Censored, count)
    }

    /// The same exit with delayed entry: at risk only after `entry`, not at it. Without this call a
    /// person is at risk from the origin on, and a failure at time 0 counts.
    ///
    /// # Errors
    /// `entry` is not before the exit.
    pub const fn entering(self, entry: i64) -> Result<Self, SpellError> {
        if entry < self.time {
            Ok(Self {
                entry: Some(entry),
                ..self
            })
        } else {
            Err(SpellError::Empty {
                from: entry,
                to: self.time,
            })
        }
    }
}

/// Some persons at risk in several intervals `(from, to]` with gaps between, all alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    exits: Vec<Exit>,
}

impl Spell {
    /// Intervals in order of time; the last one ends as `kind` says, and the ones before it in a gap.
    /// Time runs on in a gap, but nobody in one is at risk.
    ///
    /// # Errors
    /// No interval, an empty one, or two that overlap.
    pub fn new(
        intervals: impl IntoIterator<Item = (i64, i64)>,
        kind: Kind,
        count: u64,
    ) -> Result<Self, SpellError> {
        let mut exits: Vec<Exit> = Vec::new();
        for (from, to) in intervals {
            if let Some(last) = exits.last().filter(|last| last.time > from) {
                return Err(SpellError::Overlap {
                    from,
                    until: last.time,
                });
            }
            exits.push(Exit::new(to, Kind::Paused, count).entering(from)?);
        }
        exits.last_mut().ok_or(SpellError::Never)?.kind = kind;
        Ok(Self { exits })
    }

    /// The spell as one exit per interval.
    pub fn exits(&self) -> impl Iterator<Item = Exit> {
        self.exits.iter().copied()
    }
}

/// What happened at one time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The time, in the caller's unit.
    pub time: i64,
    /// Persons at risk just before it, so those who leave at it count (R: `n.risk`).
    pub at_risk: u64,
    /// Failures at it, of any cause (R: `n.event`).
    pub events: u64,
    /// Failures at it by cause; causes without one are absent.
    pub by_cause: BTreeMap<Cause, u64>,
    /// Observations that ended at it without a failure (R: `n.censor`).
    pub censored: u64,
    /// Persons for whom a gap began.
    pub paused: u64,
    /// Persons at risk from just after it on.
    pub entered: u64,
}

impl Row {
    /// At risk just after this time.
    const fn remaining(&self) -> u64 {
        self.at_risk
            .saturating_sub(self.events)
            .saturating_sub(self.censored)
            .saturating_sub(self.paused)
            .saturating_add(self.entered)
    }
}

/// At risk, failures and censorings by distinct time, in order of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RiskTable {
    /// At risk from the origin on.
    origin: u64,
    rows: Vec<Row>,
    persons: u64,
}

impl RiskTable {
    /// Adds up exits, in any order.
    pub fn from_exits(exits: impl IntoIterator<Item = Exit>) -> Self {
        let mut table = Self::default();
        let mut rows: BTreeMap<i64, Row> = BTreeMap::new();
        for exit in exits.into_iter().filter(|exit| exit.count > 0) {
            match exit.entry {
                None => add(&mut table.origin, exit.count),
                Some(entry) => add(&mut rows.entry(entry).or_default().entered, exit.count),
            }
            let row = rows.entry(exit.time).or_default();
            match exit.kind {
                Kind::Event(cause) => {
                    add(&mut row.events, exit.count);
                    add(row.by_cause.entry(cause).or_default(), exit.count);
                }
                Kind::Censored => add(&mut row.censored, exit.count),
                Kind::Paused => add(&mut row.paused, exit.count),
            }
            if exit.kind != Kind::Paused {
                add(&mut table.persons, exit.count);
            }
        }
        let mut at_risk = table.origin;
        for (time, mut row) in rows {
            row.time = time;
            row.at_risk = at_risk;
            at_risk = row.remaining();
            table.rows.push(row);
        }
        table
    }

    /// Every distinct time at which somebody entered or left.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Persons whose time ended in a failure or a censoring: each counts once, whatever its gaps.
    pub const fn persons(&self) -> u64 {
        self.persons
    }

    /// Failures, at any time.
    pub fn events(&self) -> u64 {
        self.rows.iter().map(|row| row.events).sum()
    }

    /// The causes that occur.
    pub fn causes(&self) -> impl Iterator<Item = Cause> {
        let all: std::collections::BTreeSet<Cause> = self
            .rows
            .iter()
            .flat_map(|row| row.by_cause.keys().copied())
            .collect();
        all.into_iter()
    }

    /// Persons at risk just before `time`: entered before it, and not gone before it. Those who fail
    /// or are censored at `time` itself still count, as in `summary(survfit, times)$n.risk` of R.
    pub fn at_risk(&self, time: i64) -> u64 {
        let place = self.rows.partition_point(|row| row.time < time);
        match self.rows.get(place) {
            Some(row) if row.time == time => row.at_risk,
            _ => place
                .checked_sub(1)
                .and_then(|before| self.rows.get(before))
                .map_or(self.origin, Row::remaining),
        }
    }

    /// Failures up to and including `time`.
    pub fn events_to(&self, time: i64) -> u64 {
        self.rows
            .iter()
            .take_while(|row| row.time <= time)
            .map(|row| row.events)
            .sum()
    }

    /// What happened at exactly `time`, if anything did.
    pub fn row(&self, time: i64) -> Option<&Row> {
        let place = self.rows.binary_search_by_key(&time, |row| row.time).ok()?;
        self.rows.get(place)
    }
}

/// Adds without overflow: a sum of persons above 2^64 is no sum of persons.
fn add(sum: &mut u64, count: u64) {
    *sum = sum.saturating_add(count);
}
