//! Outcomes: scores by wave and dimension, and livelihood, housing and schooling by spells.
//!
//! Cells hold numbers of persons and sums of scores in ten-thousandths, never means: those are
//! computed when asked. One assessment counts per journey, instrument version and wave: the last.

use std::collections::BTreeMap;

use homeward_events::Family;
use homeward_events::time::add_months;
use homeward_events::vocabulary::Wave;
use homeward_journey::{Assessment, DepartureKind, Journey, Person, SpellKind};
use jiff::civil::Date;
use serde::Serialize;

use crate::caseload::{QueryError, filter};
use crate::cube::{Cube, cell_key};
use crate::dimension::{NOT_KNOWN, Profile};
use crate::model::{Contributions, ReadModel, Table};

/// The read model.
pub static OUTCOMES: ReadModel = ReadModel {
    name: "outcomes",
    version: 1,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Assessment,
        Family::Status,
        Family::Departure,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    cube: Some(|| Cube::new(DIMENSIONS)),
};

/// What outcomes are counted by.
///
/// - `kind`: `score` or `spell`;
/// - `measure`: for scores `n` (persons) or `sum` (ten-thousandths); for spells `n`;
/// - `subject`: for scores `instrument@version/dimension` (dimension `overall` for the whole score);
///   for spells `livelihood`, `housing` or `schooling`;
/// - `when`: the wave, or the mark in months after reception (`3`, `6`, `12`);
/// - `value`: for scores how support was delivered; for spells the kind of spell, `none` or
///   `not-observed`;
/// - `on`: for spells the day of the mark, so that one still in the future is not counted; for
///   scores empty.
pub const DIMENSIONS: &[&str] = &[
    "kind",
    "measure",
    "ledger",
    "return_type",
    "sex",
    "subject",
    "when",
    "value",
    "on",
];

/// Marks after reception at which spells are looked at, in calendar months.
pub const MARKS: [i32; 3] = [3, 6, 12];

/// Spell value: no spell covers the mark.
pub const NO_SPELL: &str = "none";
/// Spell value: the person was no longer observed at the mark.
pub const NOT_OBSERVED: &str = "not-observed";

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    for journey in &person.journeys {
        let profile = Profile::of(journey);
        scores(journey, &profile, out);
        spells(journey, &profile, out);
    }
}

fn scores(journey: &Journey<'_>, profile: &Profile<'_>, out: &mut Contributions) {
    // Told in order: a later assessment of the same wave replaces an earlier one.
    let mut last: BTreeMap<(&str, u16, Wave), Assessment<'_>> = BTreeMap::new();
    for assessment in &journey.assessments {
        let key = (
            assessment.instrument.as_str(),
            assessment.version,
            assessment.wave,
        );
        last.insert(key, *assessment);
    }
    for ((instrument, version, wave), assessment) in last {
        let delivery = assessment
            .delivery
            .map_or(NOT_KNOWN, |delivery| delivery.as_str());
        let dimensions = assessment
            .scores
            .iter()
            .map(|(d, score)| (d.as_str(), *score));
        let overall = assessment.overall.map(|score| ("overall", score));
        for (dimension, score) in dimensions.chain(overall) {
            let subject = format!("{instrument}@{version}/{dimension}");
            let cell = |measure| {
                cell_key(&[
                    "score",
                    measure,
                    profile.ledger,
                    profile.return_type,
                    profile.sex,
                    &subject,
                    wave.as_str(),
                    delivery,
                    "",
                ])
            };
            out.count(cell("n"));
            out.add(cell("sum"), i64::from(score.ten_thousandths()));
        }
    }
}

fn spells(journey: &Journey<'_>, profile: &Profile<'_>, out: &mut Contributions) {
    let Some(origin) = journey.origin else { return };
    let observed_until = observed_until(journey);
    for months in MARKS {
        let mark = add_months(origin.on.day(), months);
        for area in ["livelihood", "housing", "schooling"] {
            let value = if observed_until.is_some_and(|last| last < mark) {
                NOT_OBSERVED
            } else {
                spell_at(journey, area, mark)
            };
            out.count(cell_key(&[
                "spell",
                "n",
                profile.ledger,
                profile.return_type,
                profile.sex,
                area,
                &months.to_string(),
                value,
                &mark.to_string(),
            ]));
        }
    }
}

/// The last day of observation, if it has ended.
fn observed_until(journey: &Journey<'_>) -> Option<Date> {
    let mut until = None;
    for departure in &journey.departures {
        until = match departure.kind {
            DepartureKind::ContactRegained => None,
            DepartureKind::Remigrated
            | DepartureKind::RemovedAgain
            | DepartureKind::MovedAway
            | DepartureKind::Died
            | DepartureKind::ContactLost
            | DepartureKind::ObservationEnded => until.or(Some(departure.on.day())),
        };
    }
    until
}

/// The spell that covers a day: from its first day up to, not including, the day it had ended. The
/// one that began last where several do.
fn spell_at(journey: &Journey<'_>, area: &str, on: Date) -> &'static str {
    journey
        .spells
        .values()
        .filter(|spell| spell.from.day() <= on && spell.to.is_none_or(|to| to.day() > on))
        .filter_map(|spell| {
            let (spell_area, kind) = match spell.kind {
                SpellKind::Housing(kind) => ("housing", kind.as_str()),
                SpellKind::Employment(kind) => ("livelihood", kind.as_str()),
                SpellKind::Schooling(kind) => ("schooling", kind.as_str()),
            };
            (spell_area == area).then_some((spell.from, kind))
        })
        .max()
        .map_or(NO_SPELL, |(_, kind)| kind)
}

/// Scores of one instrument, dimension and wave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScoreGroup {
    /// Instrument and version, `example-sustainability@1`.
    pub instrument: String,
    /// Dimension, or `overall`.
    pub dimension: String,
    /// Wave.
    pub wave: String,
    /// Values of the dimensions grouped by besides.
    pub values: Vec<String>,
    /// Persons with a score.
    pub persons: i64,
    /// Sum of their scores, in ten-thousandths. The mean is this by `persons` by 10,000.
    pub sum: i64,
}

/// Scores by instrument, dimension and wave, and by further dimensions of the cube.
///
/// # Errors
/// A dimension does not exist.
pub fn score_groups(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    by: &[String],
) -> Result<Vec<ScoreGroup>, QueryError> {
    let empty = Cube::new(DIMENSIONS);
    let cube = table.cube().unwrap_or(&empty);
    let filter = filter(cube, only)?.any_of(cube.dimension("kind")?, ["score"]);
    let mut wanted = vec![
        cube.dimension("subject")?,
        cube.dimension("when")?,
        cube.dimension("measure")?,
    ];
    for name in by {
        wanted.push(cube.dimension(name)?);
    }
    let mut groups: BTreeMap<Vec<String>, (i64, i64)> = BTreeMap::new();
    cube.visit(&filter, &wanted, |values, count| {
        let [subject, wave, measure, rest @ ..] = values else {
            return;
        };
        let key = [subject, wave]
            .into_iter()
            .chain(rest)
            .map(|v| (*v).to_owned())
            .collect();
        let (persons, sum) = groups.entry(key).or_default();
        if *measure == "n" {
            *persons += count;
        } else {
            *sum += count;
        }
    });
    let group = |(key, (persons, sum)): (Vec<String>, (i64, i64))| {
        let [subject, wave, values @ ..] = key.as_slice() else {
            return None;
        };
        let (instrument, dimension) = subject.split_once('/')?;
        Some(ScoreGroup {
            instrument: instrument.to_owned(),
            dimension: dimension.to_owned(),
            wave: wave.clone(),
            values: values.to_vec(),
            persons,
            sum,
        })
    };
    Ok(groups.into_iter().filter_map(group).collect())
}

/// How a part of life stood at a mark after reception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpellGroup {
    /// `livelihood`, `housing` or `schooling`.
    pub area: String,
    /// Calendar months after reception.
    pub months: i32,
    /// Values of the dimensions grouped by besides.
    pub values: Vec<String>,
    /// Journeys whose mark has come, and who were still observed.
    pub observed: i64,
    /// Of them, within a spell at the mark.
    pub in_spell: i64,
    /// The same by kind of spell.
    pub kinds: BTreeMap<String, i64>,
    /// Journeys whose mark has come, no longer observed.
    pub not_observed: i64,
    /// Journeys whose mark has not come by the reference day: counted nowhere else.
    pub not_yet: i64,
}

/// Livelihood, housing and schooling at 3, 6 and 12 months, as of a reference day.
///
/// # Errors
/// A dimension does not exist.
pub fn spell_groups(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    by: &[String],
    on: Date,
) -> Result<Vec<SpellGroup>, QueryError> {
    let empty = Cube::new(DIMENSIONS);
    let cube = table.cube().unwrap_or(&empty);
    let filter = filter(cube, only)?.any_of(cube.dimension("kind")?, ["spell"]);
    let mut wanted = Vec::new();
    for name in ["subject", "when", "value", "on"] {
        wanted.push(cube.dimension(name)?);
    }
    for name in by {
        wanted.push(cube.dimension(name)?);
    }
    let today = on.to_string();
    let mut groups: BTreeMap<(String, i32, Vec<String>), SpellGroup> = BTreeMap::new();
    cube.visit(&filter, &wanted, |values, count| {
        let [area, months, value, mark, rest @ ..] = values else {
            return;
        };
        let months: i32 = months.parse().unwrap_or_default();
        let rest: Vec<String> = rest.iter().map(|value| (*value).to_owned()).collect();
        let group = groups
            .entry(((*area).to_owned(), months, rest.clone()))
            .or_insert_with(|| SpellGroup {
                area: (*area).to_owned(),
                months,
                values: rest,
                observed: 0,
                in_spell: 0,
                kinds: BTreeMap::new(),
                not_observed: 0,
                not_yet: 0,
            });
        // Dates of one form sort as texts.
        if *mark > today.as_str() {
            group.not_yet += count;
        } else if *value == NOT_OBSERVED {
            group.not_observed += count;
        } else {
            group.observed += count;
            if *value != NO_SPELL {
                group.in_spell += count;
                *group.kinds.entry((*value).to_owned()).or_default() += count;
            }
        }
    });
    Ok(groups.into_values().collect())
}
