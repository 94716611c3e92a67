//! Steps: how far journeys come, how long each step takes, and how those left who went no further.
//!
//! A journey is followed from its reception. It *came as far as* a step when it took it or a later one:
//! who is referred without a plan came as far as a plan. So those who came as far as a step are those
//! who came as far as the next, those who wait there and those who left from there, exactly.
//!
//! The time to a step is told with leaving as what competes: who closed, left or died before it cannot
//! take it any more, and counting them as merely unobserved would overstate how many will (see
//! [`crate::measure::competing`]). Days known only to the month or year count from their first day.
//!
//! One row a journey holds its days; what they add up to at a reference day is worked out when asked.

mod told;

use std::collections::BTreeMap;

use homeward_events::Family;
use homeward_journey::Person;
use jiff::civil::Date;
use serde::Serialize;

pub use told::{Leaving, Step, Way};

use crate::caseload::QueryError;
use crate::counted::Grouping;
use crate::index::Index;
use crate::measure::interval::Interval;
use crate::measure::risk::{Cause, Exit, Kind, RiskTable, Row};
use crate::model::{Contributions, ReadModel, Table};
use crate::rows::{Row as _, Rows};

/// The read model.
pub static STEPS: ReadModel = ReadModel {
    name: "steps",
    version: 1,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Screening,
        Family::Assessment,
        Family::Plan,
        Family::Consent,
        Family::Referral,
        Family::Assistance,
        Family::Departure,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: Some(|| Index::Ways(Ways::default())),
};

/// What journeys are restricted by.
pub const DIMENSIONS: &[&str] = &[
    "ledger",
    "site",
    "area",
    "programme",
    "return_type",
    "grounds",
    "group",
    "sex",
    "age_band",
];

/// How sure the intervals are.
const LEVEL: f64 = 0.95;
const TAKEN: Cause = Cause(1);
const LEFT: Cause = Cause(2);

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    for journey in &person.journeys {
        if let Some(way) = Way::of(journey) {
            out.row(format!("{}{}", Way::PREFIX, journey.id), &way);
        }
    }
}

/// The days of journeys' steps.
pub type Ways = Rows<Way>;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// Allowed values by dimension; a dimension that is absent or empty is not restricted.
    pub only: BTreeMap<String, Vec<String>>,
    /// First day of reception.
    pub from: Option<Date>,
    /// Last day of reception.
    pub to: Option<Date>,
    /// The reference day: what is later has not happened yet.
    pub on: Date,
}

/// How far journeys came by the reference day, and how long that took.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Journeys received by the reference day.
    pub journeys: i64,
    /// Each step in its order, reception first.
    pub stages: Vec<Stage>,
    /// Each step after reception: how long until it is taken.
    pub times: Vec<Time>,
}

/// How many came as far as a step. `reached` is what came as far as the next step, `waiting` and
/// everybody in `left` together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// The step.
    pub step: Step,
    /// Journeys that came at least so far.
    pub reached: i64,
    /// Of them, those that took this very step.
    pub took: i64,
    /// Of those that came no further, those that still may.
    pub waiting: i64,
    /// Of those that came no further, those that left, by how.
    pub left: BTreeMap<String, i64>,
}

/// How long a step takes, in days since reception.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Time {
    /// The step.
    pub step: Step,
    /// Journeys that took it by the reference day.
    pub taken: i64,
    /// Those that left before it.
    pub left: i64,
    /// Those that neither took it nor left.
    pub waiting: i64,
    /// After so many days half of all have taken it; absent where that is not known yet, or never will be.
    pub median_days: Option<i64>,
    /// The share that has taken it, and the share that has left without it, from each day on which
    /// either moved.
    pub curve: Vec<Point>,
    /// The last day after reception on which anybody was observed.
    pub observed_days: i64,
}

/// Shares from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// Days since reception.
    pub days: i64,
    /// Journeys that had neither taken the step nor left before it.
    pub at_risk: u64,
    /// Share that has taken the step (Aalen-Johansen).
    pub taken: f64,
    /// Lower end of its interval of 95 in a hundred (log-log scale).
    pub lower: Option<f64>,
    /// Upper end.
    pub upper: Option<f64>,
    /// Share that has left without it.
    pub left: f64,
}

/// Answers a question.
///
/// # Errors
/// A dimension does not exist, or the table cannot be read.
pub fn answer(table: &dyn Table, query: &Query) -> Result<Answer, QueryError> {
    let ways = Ways::of(table)?;
    let grouping = Grouping::new(&query.only, &[], &[], DIMENSIONS)?;
    let in_cohort = |way: &&Way| {
        way.received.0 <= query.on
            && query.from.is_none_or(|from| from <= way.received.0)
            && query.to.is_none_or(|to| way.received.0 <= to)
            && grouping.passes(&way.counted)
    };
    let (mut stages, mut times) = (Stages::default(), Times::default());
    let mut journeys = 0;
    for way in ways.values().filter(in_cohort) {
        journeys += 1;
        stages.add(way, query.on);
        times.add(way, query.on);
    }
    Ok(Answer {
        journeys,
        stages: stages.told(),
        times: times.told(),
    })
}

/// Journeys by the last step that they came to.
#[derive(Default)]
struct Stages {
    took: BTreeMap<Step, i64>,
    waiting: BTreeMap<Step, i64>,
    left: BTreeMap<Step, BTreeMap<String, i64>>,
}

impl Stages {
    fn add(&mut self, way: &Way, on: Date) {
        let taken = Step::ALL.into_iter();
        let taken = taken.filter(|step| way.taken(*step).is_some_and(|day| day <= on));
        let mut last = Step::Received;
        for step in taken {
            *self.took.entry(step).or_default() += 1;
            last = last.max(step);
        }
        match way.left_by(on) {
            Some(leaving) => {
                let how = self.left.entry(last).or_default();
                *how.entry(leaving.how.to_string()).or_default() += 1;
            }
            None => *self.waiting.entry(last).or_default() += 1,
        }
    }

    fn told(mut self) -> Vec<Stage> {
        let mut reached = 0;
        let mut stages = Vec::new();
        for step in Step::ALL.into_iter().rev() {
            let waiting = self.waiting.get(&step).copied().unwrap_or(0);
            let left = self.left.remove(&step).unwrap_or_default();
            reached += waiting + left.values().sum::<i64>();
            stages.push(Stage {
                step,
                reached,
                took: self.took.get(&step).copied().unwrap_or(0),
                waiting,
                left,
            });
        }
        stages.reverse();
        stages
    }
}

/// What is known of the time to each step.
#[derive(Default)]
struct Times(BTreeMap<Step, BTreeMap<(i64, u16), u64>>);

impl Times {
    fn add(&mut self, way: &Way, on: Date) {
        let days = |day: Date| i64::from((day - way.received.0).get_days()).max(0);
        for step in Step::AFTER {
            let left = way.left_by(on).map(|leaving| leaving.on.0);
            let taken = way.taken(step).filter(|day| *day <= on);
            // What was done after the end is told among the stages; the time to it has ended before.
            let exit = match (taken, left) {
                (Some(taken), left) if left.is_none_or(|left| taken <= left) => {
                    (days(taken), TAKEN.0)
                }
                (_, Some(left)) => (days(left), LEFT.0),
                (_, None) => (days(on), 0),
            };
            *self.0.entry(step).or_default().entry(exit).or_default() += 1;
        }
    }

    fn told(&self) -> Vec<Time> {
        let nobody = BTreeMap::new();
        let time = |step: Step| time(step, self.0.get(&step).unwrap_or(&nobody));
        Step::AFTER.into_iter().map(time).collect()
    }
}

fn time(step: Step, exits: &BTreeMap<(i64, u16), u64>) -> Time {
    let exit = |((days, cause), count): (&(i64, u16), &u64)| {
        let kind = if *cause == 0 {
            Kind::Censored
        } else {
            Kind::Event(Cause(*cause))
        };
        Exit::new(*days, kind, *count)
    };
    let table = RiskTable::from_exits(exits.iter().map(exit));
    let incidences = table.aalen_johansen();
    let ended = |wanted: u16| {
        let mine = exits.iter().filter(|((_, cause), _)| *cause == wanted);
        mine.map(|(_, count)| i64::try_from(*count).unwrap_or(i64::MAX))
            .sum()
    };
    let point = |row: &Row| {
        let interval = incidences.interval(row.time, TAKEN, Interval::LogLog, LEVEL);
        Point {
            days: row.time,
            at_risk: row.at_risk,
            taken: incidences.at(row.time, TAKEN).share,
            lower: interval.map(|(lower, _)| lower),
            upper: interval.map(|(_, upper)| upper),
            left: incidences.at(row.time, LEFT).share,
        }
    };
    let moved = table.rows().iter().filter(|row| row.events > 0);
    let curve: Vec<Point> = moved.map(point).collect();
    Time {
        step,
        taken: ended(TAKEN.0),
        left: ended(LEFT.0),
        waiting: ended(0),
        median_days: curve
            .iter()
            .find(|point| point.taken >= 0.5)
            .map(|point| point.days),
        observed_days: table.rows().last().map_or(0, |row| row.time),
        curve,
    }
}
