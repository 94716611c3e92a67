//! Recidivism: the first failure of each person after reception, by the definition `rearrest`.
//!
//! Origin: the person's first reception. Failure: the first arrest on or after that day (BJS style:
//! Bureau of Justice Statistics, Recidivism of Prisoners Released). Death, re-migration and renewed
//! removal compete; contact lost, moving away and the planned end of observation censor. Whoever has
//! had no end yet is open, and the reference day that comes with the question censors them.
//!
//! Cells hold numbers of persons by day of origin and day of end: no rate and no "today" is stored.

use std::collections::BTreeMap;

use homeward_events::Family;
use homeward_events::time::{Day, add_months, days_between};
use homeward_journey::{DepartureKind, Person};
use jiff::civil::Date;
use serde::Serialize;

use crate::caseload::{QueryError, filter};
use crate::cube::{Cube, cell_key};
use crate::dimension::Profile;
use crate::measure::survival::{Exit, Interval, RiskTable};
use crate::model::{Contributions, ReadModel, Table};

/// The read model.
pub static RECIDIVISM: ReadModel = ReadModel {
    name: "recidivism",
    version: 1,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Justice,
        Family::Departure,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    cube: Some(|| Cube::new(DIMENSIONS)),
};

/// What persons are counted by. `end` is a word of [`End`]; `ended_on` is empty for `open`.
pub const DIMENSIONS: &[&str] = &[
    "ledger",
    "site",
    "return_type",
    "sex",
    "age_band",
    "grounds",
    "programme",
    "origin_on",
    "end",
    "ended_on",
];

/// Id and version of the definition that every figure here carries.
pub const DEFINITION: &str = "rearrest@1";

/// What the definition says, for people.
pub const DEFINITION_TEXT: &str = "Of persons received, those arrested for the first time on or \
     after the day of their first reception. Death, re-migration and renewed removal compete; lost \
     contact, moving away and the planned end of observation censor.";

/// Windows in calendar months after reception. Source: Bureau of Justice Statistics.
pub const WINDOWS: [i32; 5] = [6, 12, 24, 36, 60];

/// How a person's time under observation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Arrested.
    Failed,
    /// Died (competes).
    Died,
    /// Left the country again (competes).
    Remigrated,
    /// Sent back again (competes).
    RemovedAgain,
    /// Observation ended (censors).
    Censored,
    /// Has not ended.
    Open,
}

impl End {
    /// Every end, in the order in which those of one day are told.
    pub const ALL: [Self; 6] = [
        Self::Failed,
        Self::Died,
        Self::Remigrated,
        Self::RemovedAgain,
        Self::Censored,
        Self::Open,
    ];

    /// The end's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Died => "died",
            Self::Remigrated => "remigrated",
            Self::RemovedAgain => "removed-again",
            Self::Censored => "censored",
            Self::Open => "open",
        }
    }
}

/// The first end of a person's time under observation, on or after the day of origin. Of several on
/// one day, failure comes first, then what competes, then what censors.
pub fn first_end(person: &Person<'_>, origin: Date) -> (End, Option<Date>) {
    let arrests = person.journeys.iter().flat_map(|journey| {
        journey
            .cases
            .values()
            .filter_map(|case| case.arrested)
            .map(|on| (on.day(), End::Failed))
    });
    let departures = person.journeys.iter().flat_map(|journey| {
        let regained = journey
            .departures
            .iter()
            .rposition(|departure| departure.kind == DepartureKind::ContactRegained);
        let kept =
            move |index: usize, censors: bool| !censors || regained.is_none_or(|r| index > r);
        journey
            .departures
            .iter()
            .enumerate()
            .filter_map(move |(index, departure)| {
                let end = match departure.kind {
                    DepartureKind::Died => End::Died,
                    DepartureKind::Remigrated => End::Remigrated,
                    DepartureKind::RemovedAgain => End::RemovedAgain,
                    DepartureKind::MovedAway
                    | DepartureKind::ContactLost
                    | DepartureKind::ObservationEnded => End::Censored,
                    DepartureKind::ContactRegained => return None,
                };
                // A gap in contact that was closed again censors nobody.
                kept(index, end == End::Censored).then_some((departure.on.day(), end))
            })
    });
    arrests
        .chain(departures)
        .filter(|(on, _)| *on >= origin)
        .min()
        .map_or((End::Open, None), |(on, end)| (end, Some(on)))
}

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    let received = person.received();
    let Some((journey, origin)) = received.first().and_then(|j| j.origin.map(|o| (*j, o))) else {
        return;
    };
    let origin_on = origin.on.day();
    let profile = Profile::of(journey);
    let (end, ended_on) = first_end(person, origin_on);
    out.count(cell_key(&[
        profile.ledger,
        profile.site,
        profile.return_type,
        profile.sex,
        profile.age_band,
        profile.grounds,
        profile.programme,
        &origin_on.to_string(),
        end.as_str(),
        &ended_on.map_or_else(String::new, |day| day.to_string()),
    ]));
}

/// The unit in which time is counted; a partial unit counts as whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// Days.
    #[default]
    Day,
    /// Weeks of seven days.
    Week,
}

impl Unit {
    fn of_days(self, days: i32) -> i64 {
        let days = i64::from(days);
        match self {
            Self::Day => days,
            Self::Week => days.div_euclid(7) + i64::from(days.rem_euclid(7) > 0),
        }
    }
}

/// A question about first failures.
#[derive(Debug, Clone)]
pub struct Query {
    /// Allowed values by dimension.
    pub only: BTreeMap<String, Vec<String>>,
    /// Cohort: first day of origin.
    pub origin_from: Option<Date>,
    /// Cohort: last day of origin.
    pub origin_to: Option<Date>,
    /// Reference day: what is later is not known yet.
    pub on: Date,
    /// Unit of time.
    pub unit: Unit,
    /// Times at which the curve is read, in units.
    pub at: Vec<i64>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Definition and version.
    pub definition: &'static str,
    /// What it says.
    pub definition_text: &'static str,
    /// The reference day.
    pub on: Day,
    /// Persons at the start.
    pub persons: i64,
    /// Persons by end, as known on the reference day.
    pub ends: BTreeMap<&'static str, i64>,
    /// The Kaplan-Meier curve, read at the times asked for. Competing ends are censored in it.
    pub at: Vec<Reading>,
    /// Fixed windows in calendar months.
    pub windows: Vec<Window>,
}

/// The curve at one time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The time, in units after origin.
    pub time: i64,
    /// Still under observation and free of failure just before it.
    pub at_risk: u64,
    /// Failures up to and including it.
    pub failed: u64,
    /// Share free of failure (Kaplan-Meier).
    pub survival: f64,
    /// Standard error (Greenwood).
    pub standard_error: f64,
    /// 95 % interval on the log-log scale; absent where it is not defined.
    pub interval: Option<(f64, f64)>,
}

/// A fixed window: three values, and "not yet" is never "no".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Window {
    /// Calendar months after origin; the window ends before that day.
    pub months: i32,
    /// Failed within it.
    pub failed: i64,
    /// Observed to its end without failing.
    pub not_failed: i64,
    /// Died, re-migrated or were removed again within it, before failing.
    pub competing: i64,
    /// Censored within it.
    pub censored: i64,
    /// Still open, and its end lies after the reference day.
    pub not_yet: i64,
}

/// One kind of person: the same origin and the same end.
struct Exits {
    origin: Date,
    end: End,
    ended: Date,
    persons: i64,
}

/// Answers a question.
///
/// # Errors
/// A dimension does not exist.
pub fn answer(table: &dyn Table, query: &Query) -> Result<Answer, QueryError> {
    let exits = exits(table, query)?;
    let mut ends: BTreeMap<&'static str, i64> =
        End::ALL.iter().map(|end| (end.as_str(), 0)).collect();
    for exit in &exits {
        *ends.entry(exit.end.as_str()).or_default() += exit.persons;
    }
    let table = RiskTable::from_exits(exits.iter().filter_map(|exit| {
        let time = query.unit.of_days(days_between(exit.origin, exit.ended));
        let count = u64::try_from(exit.persons).ok()?;
        Some(match exit.end {
            End::Failed => Exit::event(time, count),
            End::Died | End::Remigrated | End::RemovedAgain | End::Censored | End::Open => {
                Exit::censored(time, count)
            }
        })
    }));
    let curve = table.kaplan_meier();
    let reading = |time: &i64| {
        let point = curve.at(*time);
        Reading {
            time: *time,
            at_risk: table.at_risk(*time),
            failed: table.events_to(*time),
            survival: point.survival,
            standard_error: point.standard_error,
            interval: curve.interval(*time, Interval::LogLog, 0.95),
        }
    };
    Ok(Answer {
        definition: DEFINITION,
        definition_text: DEFINITION_TEXT,
        on: Day(query.on),
        persons: exits.iter().map(|exit| exit.persons).sum(),
        ends,
        at: query.at.iter().map(reading).collect(),
        windows: WINDOWS
            .iter()
            .map(|months| window(*months, &exits, query.on))
            .collect(),
    })
}

/// Persons of the cohort as known on the reference day: what ended later is still open on it.
fn exits(table: &dyn Table, query: &Query) -> Result<Vec<Exits>, QueryError> {
    let empty = Cube::new(DIMENSIONS);
    let cube = table.cube().unwrap_or(&empty);
    let filter = filter(cube, &query.only)?;
    let mut wanted = Vec::new();
    for name in ["origin_on", "end", "ended_on"] {
        wanted.push(cube.dimension(name)?);
    }
    let mut exits = Vec::new();
    cube.visit(&filter, &wanted, |values, persons| {
        let [origin_on, end, ended_on] = values else {
            return;
        };
        let Ok(origin) = origin_on.parse::<Date>() else {
            return;
        };
        let outside = query.origin_from.is_some_and(|from| origin < from)
            || query.origin_to.is_some_and(|to| origin > to)
            || origin > query.on;
        if outside {
            return;
        }
        let end = End::ALL
            .into_iter()
            .find(|known| known.as_str() == *end)
            .unwrap_or(End::Open);
        let ended = ended_on
            .parse::<Date>()
            .ok()
            .filter(|ended| *ended <= query.on);
        exits.push(match ended {
            Some(ended) => Exits {
                origin,
                end,
                ended,
                persons,
            },
            None => Exits {
                origin,
                end: End::Open,
                ended: query.on,
                persons,
            },
        });
    });
    Ok(exits)
}

fn window(months: i32, exits: &[Exits], on: Date) -> Window {
    let mut window = Window {
        months,
        failed: 0,
        not_failed: 0,
        competing: 0,
        censored: 0,
        not_yet: 0,
    };
    for exit in exits {
        let closes = add_months(exit.origin, months);
        let within = exit.ended < closes;
        let place = match exit.end {
            End::Failed if within => &mut window.failed,
            End::Died | End::Remigrated | End::RemovedAgain if within => &mut window.competing,
            End::Censored if within => &mut window.censored,
            End::Open if closes > on => &mut window.not_yet,
            End::Failed
            | End::Died
            | End::Remigrated
            | End::RemovedAgain
            | End::Censored
            | End::Open => &mut window.not_failed,
        };
        *place += exit.persons;
    }
    window
}
