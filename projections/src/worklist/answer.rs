//! Asking a list: counts of all of it, and a page of rows, in one walk over what it may let through.

use std::collections::BTreeMap;

use homeward_events::id::JourneyId;
use homeward_events::time::{Day, OccurredOn};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::DIMENSIONS;
use super::board::{Board, Profile, day_micros};
use super::kind::{Kind, Standing};
use super::list::{Span, Terms};
use super::owed::{Moment, Owed};
use super::walk::Walk;
use crate::cube::NoSuchDimension;
use crate::model::{Table, TableError};

/// What a list is relative to: a civil day, for what is told by days, and an instant, for clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The day.
    pub day: Date,
    /// The instant.
    pub at: Timestamp,
}

impl Reference {
    /// The beginning of a day in UTC: what ends in the course of it has not ended yet.
    pub fn on(day: Date) -> Self {
        let midnight = Offset::UTC.to_timestamp(day.to_datetime(Time::midnight()));
        Self {
            day,
            at: midnight.unwrap_or(Timestamp::MAX),
        }
    }

    /// An instant, and the day that it is where it was written; `None` for anything less precise.
    pub fn at(when: OccurredOn) -> Option<Self> {
        match when {
            OccurredOn::Instant(at, _) => Some(Self {
                day: when.day(),
                at,
            }),
            OccurredOn::Year(_) | OccurredOn::Month(..) | OccurredOn::Day(_) => None,
        }
    }

    /// In microseconds, as things of a kind are told.
    pub(super) fn of(self, kind: Kind) -> i64 {
        if kind.is_timed() {
            self.at.as_microsecond()
        } else {
            day_micros(self.day)
        }
    }
}

/// What a list is asked.
#[derive(Debug, Clone)]
pub struct Query<'q> {
    /// The list.
    pub terms: &'q Terms,
    /// Allowed values by dimension, besides what the list says.
    pub only: &'q BTreeMap<String, Vec<String>>,
    /// Dimensions to group counts by, in order.
    pub by: &'q [String],
    /// What it is relative to.
    pub reference: Reference,
    /// Only rows of this level of escalation.
    pub level: Option<&'q str>,
    /// The page begins after this row.
    pub after: Option<After>,
    /// Most rows of the page.
    pub limit: usize,
}

/// Where a row stands in its list: rank, then deadline, then whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct After(
    pub(super) u8,
    pub(super) i64,
    pub(super) Kind,
    pub(super) JourneyId,
    pub(super) u16,
);

/// A list, asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The reference day.
    pub day: Day,
    /// The reference time.
    pub at: Timestamp,
    /// Everything in the list.
    pub counts: Counts,
    /// By kind; kinds of which there is nothing are left out.
    pub by_kind: BTreeMap<Kind, Counts>,
    /// At each level of escalation, the highest that a row has reached.
    pub levels: Vec<LevelCount>,
    /// By the dimensions asked for, in the order of their values.
    pub groups: Vec<Group>,
    /// A page of rows, in the list's order.
    pub rows: Vec<Shown>,
    /// Where the next page begins; absent on the last.
    pub next: Option<After>,
}

/// How many rows, by how they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All.
    pub rows: i64,
    /// Not due yet.
    pub upcoming: i64,
    /// Due, and the deadline has not passed.
    pub due: i64,
    /// The deadline has passed.
    pub overdue: i64,
    /// Without a deadline.
    pub running: i64,
}

impl Counts {
    fn add(&mut self, standing: Standing, count: i64) {
        let place = match standing {
            Standing::Upcoming => &mut self.upcoming,
            Standing::Due => &mut self.due,
            Standing::Overdue => &mut self.overdue,
            Standing::Running => &mut self.running,
        };
        *place += count;
        self.rows += count;
    }
}

/// How many rows are at a level of escalation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelCount {
    /// Who is told.
    pub level: String,
    /// After how long.
    pub after: Span,
    /// Rows that have got so far, and no further.
    pub rows: i64,
}

/// One group of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Its rows.
    #[serde(flatten)]
    pub counts: Counts,
}

/// A row as it stands at the reference.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The journey.
    pub journey: JourneyId,
    /// Its ledger.
    pub ledger: String,
    /// Site that keeps the case.
    pub site: String,
    /// Programme.
    pub programme: String,
    /// How the return came about.
    pub return_type: String,
    /// Sex.
    pub sex: String,
    /// Stage.
    pub stage: String,
    /// What is owed.
    #[serde(flatten)]
    pub owed: Owed<'static>,
    /// How it stands.
    pub standing: Standing,
    /// Who is told by now, where somebody is.
    pub level: Option<String>,
    /// What is to be done next.
    pub next: Next,
}

/// The next action: who is to do what, by when.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Next {
    /// What.
    pub what: &'static str,
    /// Who: the account that was named, or else the agency.
    pub who: String,
    /// By when, where there is a deadline.
    pub by: Option<Moment>,
}

impl Next {
    /// What follows from how something stands.
    pub(super) fn of(owed: &Owed<'_>) -> Self {
        let what = match owed.kind {
            Kind::Arrival => "receive",
            Kind::Assessment => "assess",
            Kind::Plan => "agree-plan",
            Kind::Waitlist => "offer-place",
            Kind::Referral => match owed.clock.as_deref() {
                Some("receipt") => "acknowledge",
                Some("decision") => "decide",
                Some("first-contact") => "contact-client",
                Some("first-attendance") => "bring-client-in",
                Some("outcome") => "report-outcome",
                Some("another-way") => "find-another-way",
                Some(_) | None => "act",
            },
            Kind::FollowUp if owed.attempts.is_some() => "ask-again",
            Kind::FollowUp => "ask",
            Kind::Contact => "get-in-touch",
            Kind::Consent => "renew-consent",
            Kind::Confirmation => "confirm",
        };
        let who = owed.assigned_to.as_ref().unwrap_or(&owed.agency);
        Self {
            what,
            who: who.clone().into_owned(),
            by: owed.closes,
        }
    }
}

/// Why a list cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// There is no such dimension.
    #[error(transparent)]
    Dimension(#[from] NoSuchDimension),
    /// The store cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// Counts as a walk adds them up.
#[derive(Default)]
struct Sums<'v> {
    all: Counts,
    by_kind: BTreeMap<Kind, Counts>,
    groups: BTreeMap<Vec<&'v str>, Counts>,
}

impl<'v> Sums<'v> {
    fn add(
        &mut self,
        by: &[String],
        (kind, standing): (Kind, Standing),
        of: &'v Profile,
        rows: i64,
    ) {
        self.all.add(standing, rows);
        self.by_kind.entry(kind).or_default().add(standing, rows);
        if by.is_empty() {
            return;
        }
        let value = |name: &String| match name.as_str() {
            "kind" => kind.as_str(),
            "standing" => standing.as_str(),
            other => of.value(other).unwrap_or_default(),
        };
        let values = by.iter().map(value).collect();
        self.groups.entry(values).or_default().add(standing, rows);
    }
}

/// Asks a list.
///
/// # Errors
/// A dimension does not exist, or the store cannot be read.
pub fn answer(table: &dyn Table, query: &Query<'_>) -> Result<Answer, ListError> {
    let mut names = query.only.keys().chain(query.by);
    if let Some(other) = names.find(|name| !DIMENSIONS.contains(&name.as_str())) {
        return Err(ListError::Dimension(NoSuchDimension {
            found: other.clone(),
            expected: DIMENSIONS,
        }));
    }
    let board = Board::of(table)?;
    let mut walk = Walk::new(query, &board);
    let mut sums = Sums::default();
    for kind in Kind::ALL.iter().copied() {
        for (number, tally) in walk.over(&board, kind) {
            let Some(profile) = board.profiles().get(number) else {
                continue;
            };
            let counts = Standing::ALL.iter().copied().zip(tally);
            for (standing, rows) in counts.filter(|(_, rows)| *rows != 0) {
                sums.add(query.by, (kind, standing), profile, rows);
            }
        }
    }
    let Sums {
        all,
        by_kind,
        groups,
    } = sums;
    let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
    let groups = groups.into_iter().map(|(values, counts)| Group {
        values: owned(values),
        counts,
    });
    let levels = query.terms.escalation.iter().zip(walk.levels());
    let levels = levels.map(|(level, rows)| LevelCount {
        level: level.level.clone(),
        after: level.after,
        rows: *rows,
    });
    let (levels, groups) = (levels.collect(), groups.collect());
    let (rows, next) = walk.page(table)?;
    Ok(Answer {
        day: Day(query.reference.day),
        at: query.reference.at,
        counts: all,
        by_kind,
        levels,
        groups,
        rows,
        next,
    })
}
