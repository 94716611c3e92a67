//! From histories to the rows that a model is fitted to.
//!
//! Each interval at risk is one row, cut where a covariate changes. A unit of time takes the value
//! that a covariate has on the day on which the unit begins: nothing that happens in a unit explains a
//! failure in it (Andersen and Gill 1982 ask for covariates that are known just before). So a spell
//! from one day up to another is, in units, `(begun by the first, begun by the other]`, and a lag
//! moves it by as much; no unit is looked at on its own, however fine units are.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::time::Day;
use jiff::civil::Date;

use super::covariate::{Covariate, Fixed, Reading, Spells};
use super::{Question, RegressionError};
use crate::definition::{self, Definition, Outcome};
use crate::histories::{History, Spell};
use crate::measure::cox;
use crate::model::Table;
use crate::recidivism::count::{At, intervals};
use crate::recidivism::query::{Chosen, dimensions};
use crate::recidivism::time::Unit;

/// Rows, and who is in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// In order, equal ones counted together. A row's stratum is the place of its values among those
    /// of all rows.
    pub rows: Vec<cox::Row>,
    /// Persons with at least one row.
    pub persons: u64,
    /// Persons about whom no answer stands yet.
    pub not_mature: u64,
    /// Persons of whom a covariate is not known.
    pub left_out: u64,
    /// Persons never at risk in a unit of which every covariate can be read: lags skip the first.
    pub too_brief: u64,
    /// Units of time at risk: as many rows as there were if each unit had one.
    pub units_at_risk: u64,
}

/// Reads the rows of a question.
///
/// # Errors
/// A dimension does not exist, or nobody has a covariate of a study that is asked for.
pub fn rows(
    table: &dyn Table,
    definition: &Definition,
    question: &Question,
) -> Result<Rows, RegressionError> {
    let query = &question.query;
    let chosen = Chosen::of(query)?;
    let strata = dimensions(&query.strata)?;
    let mut by_stratum: BTreeMap<Vec<String>, Vec<cox::Row>> = BTreeMap::new();
    let mut found = Rows::default();
    let mut studied: BTreeSet<&str> = BTreeSet::new();
    let histories = table.histories().into_iter();
    for history in histories.flat_map(crate::Histories::iter) {
        for outcome in definition.evaluate(history, query.on) {
            if !chosen.lets_through(outcome.past, outcome.arrival, outcome.origin) {
                continue;
            }
            studied.extend(outcome.arrival.cohort.keys().map(String::as_str));
            if !outcome.mature {
                found.not_mature += 1;
                continue;
            }
            let Some(course) = Course::of(&outcome, history, definition, question) else {
                found.left_out += 1;
                continue;
            };
            let own = course.rows(&outcome, query.unit);
            if own.is_empty() {
                found.too_brief += 1;
                continue;
            }
            found.persons += 1;
            for row in &own {
                let units = row.stop - row.start.unwrap_or(0);
                found.units_at_risk += u64::try_from(units).unwrap_or(0);
            }
            let values = strata.iter();
            let value = |dimension| outcome.past.value(outcome.arrival, dimension).into_owned();
            let stratum = by_stratum.entry(values.map(value).collect());
            stratum.or_default().extend(own);
        }
    }
    if found.persons + found.left_out > 0 {
        known(&question.covariates, &studied)?;
    }
    let strata = (0..).zip(by_stratum.into_values());
    found.rows = strata
        .flat_map(|(number, rows)| gathered(number, rows))
        .collect();
    Ok(found)
}

/// A covariate of a study that nobody has is more likely a slip of the pen than unknown of everybody.
fn known(covariates: &[Covariate], studied: &BTreeSet<&str>) -> Result<(), RegressionError> {
    for covariate in covariates {
        let Reading::Fixed(Fixed::Cohort(name)) = &covariate.reading else {
            continue;
        };
        if !studied.contains(name.as_str()) {
            let known = studied.iter().map(|name| format!("cohort.{name}"));
            return Err(RegressionError::Unknown {
                covariate: covariate.to_string(),
                known: known.collect(),
            });
        }
    }
    Ok(())
}

/// Equal rows as one.
fn gathered(stratum: u32, mut rows: Vec<cox::Row>) -> Vec<cox::Row> {
    rows.sort_unstable();
    rows.chunk_by(|a, b| a == b)
        .filter_map(|alike| {
            let row = alike.first()?.clone();
            let count = u64::try_from(alike.len()).unwrap_or(u64::MAX);
            Some(cox::Row {
                stratum,
                count,
                ..row
            })
        })
        .collect()
}

/// One person's covariates over time.
struct Course {
    covariates: Vec<Values>,
    /// No unit up to this one can be read.
    lag_units: i64,
}

/// What a covariate is in each unit of time.
enum Values {
    Always(i64),
    /// 1 in these units, `(after, last]`; 0 in others.
    Within(Vec<(i64, i64)>),
}

impl Course {
    /// `None` if a covariate is not known.
    fn of(
        outcome: &Outcome<'_>,
        history: &History,
        definition: &Definition,
        question: &Question,
    ) -> Option<Self> {
        // As for failures: a person's spells are those of all journeys, unless each is followed alone.
        let journeys = match definition.terms().origin.unit {
            definition::Unit::Person => history.journeys.as_slice(),
            definition::Unit::Journey => std::slice::from_ref(outcome.past),
        };
        let spells: Vec<Spell> = journeys
            .iter()
            .flat_map(|past| past.spells.clone())
            .collect();
        let mut course = Self {
            covariates: Vec::with_capacity(question.covariates.len()),
            lag_units: 0,
        };
        for covariate in &question.covariates {
            course.covariates.push(match &covariate.reading {
                Reading::Fixed(fixed) => Values::Always(fixed.value(outcome)?),
                Reading::Varying {
                    spells: wanted,
                    lag_units,
                } => {
                    let lag = i64::from(*lag_units);
                    course.lag_units = course.lag_units.max(lag);
                    let unit = question.query.unit;
                    Values::Within(units(&spells, *wanted, unit, outcome.origin, lag))
                }
            });
        }
        Some(course)
    }

    fn rows(&self, outcome: &Outcome<'_>, unit: Unit) -> Vec<cox::Row> {
        let (intervals, seen) = intervals(outcome, unit);
        let fails = seen && outcome.failed().is_some();
        let mut rows = Vec::with_capacity(intervals.len());
        let last = intervals.len().saturating_sub(1);
        for (place, at) in intervals.into_iter().enumerate() {
            self.cut(at, fails && place == last, &mut rows);
        }
        rows
    }

    /// One interval at risk, cut where a covariate changes.
    fn cut(&self, (entry, stop): At, event: bool, rows: &mut Vec<cox::Row>) {
        let mut start = match self.lag_units {
            0 => entry,
            lag => Some(entry.unwrap_or(0).max(lag)),
        };
        if start.is_some_and(|start| start >= stop) {
            return;
        }
        let changes = self.covariates.iter().flat_map(Values::changes);
        let inside = |change: &i64| start.unwrap_or(0) < *change && *change < stop;
        let mut ends: BTreeSet<i64> = changes.filter(inside).collect();
        ends.insert(stop);
        let from = rows.len();
        for end in ends {
            let covariates: Vec<i64> = self
                .covariates
                .iter()
                .map(|values| values.at(end))
                .collect();
            // Spells that touch or overlap change nothing where one ends within another.
            let before = rows.get_mut(from..).and_then(|own| own.last_mut());
            match before.filter(|before| before.covariates == covariates) {
                Some(before) => before.stop = end,
                None => rows.push(cox::Row {
                    stratum: 0,
                    start,
                    stop: end,
                    event: false,
                    count: 1,
                    covariates,
                }),
            }
            start = Some(end);
        }
        if let Some(last) = rows.last_mut() {
            last.event = event;
        }
    }
}

/// Units that begin within a spell, moved by a lag.
fn units(spells: &[Spell], wanted: Spells, unit: Unit, origin: Date, lag: i64) -> Vec<(i64, i64)> {
    let wanted = spells.iter().filter(|spell| wanted.hold(spell.of));
    wanted
        .map(|spell| {
            let last = spell
                .to
                .map_or(i64::MAX, |Day(to)| unit.begun(origin, to) + lag);
            (unit.begun(origin, spell.from.0) + lag, last)
        })
        .filter(|(after, last)| after < last)
        .collect()
}

impl Values {
    fn changes(&self) -> impl Iterator<Item = i64> {
        let within = match self {
            Self::Always(_) => &[][..],
            Self::Within(units) => units.as_slice(),
        };
        within.iter().flat_map(|(after, last)| [*after, *last])
    }

    /// The day of origin, unit 0, is the day on which unit 1 begins.
    fn at(&self, unit: i64) -> i64 {
        let unit = unit.max(1);
        match self {
            Self::Always(value) => *value,
            Self::Within(units) => {
                let holds = |(after, last): &(i64, i64)| *after < unit && unit <= *last;
                units.iter().any(holds).into()
            }
        }
    }
}
