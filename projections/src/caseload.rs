//! Caseload: how many journeys, by ledger, site, return type, sex, age band, grounds, month of
//! arrival and stage; and which they are.

use std::collections::BTreeMap;

use homeward_events::Family;
use homeward_events::id::JourneyId;
use homeward_events::time::Day;
use homeward_journey::{Journey, Person};
use serde::{Deserialize, Serialize};

use crate::cube::{Cube, Filter, NoSuchDimension, cell_key};
use crate::dimension::{NOT_KNOWN, Profile, month};
use crate::index::Index;
use crate::model::{Contributions, ReadModel, Table, TableError, read_row};

/// The read model.
pub static CASELOAD: ReadModel = ReadModel {
    name: "caseload",
    version: 2,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Screening,
        Family::Consent,
        Family::Assessment,
        Family::Plan,
        Family::Referral,
        Family::Assistance,
        Family::FollowUp,
        Family::Status,
        Family::Justice,
        Family::Departure,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: Some(|| Index::Cube(Cube::new(DIMENSIONS))),
};

/// What journeys are counted by. `month` is that of arrival, announced or real.
pub const DIMENSIONS: &[&str] = &[
    "ledger",
    "site",
    "return_type",
    "sex",
    "age_band",
    "grounds",
    "month",
    "stage",
];

/// Cells of persons: one each, under the ledger of their first journey.
pub(crate) const PERSONS: &str = "persons|";

/// A journey in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The journey.
    pub journey: JourneyId,
    /// Ledger.
    pub ledger: String,
    /// Stage.
    pub stage: String,
    /// Site that keeps the case.
    pub site: String,
    /// How the return came about.
    pub return_type: String,
    /// Sex.
    pub sex: String,
    /// Age band at reception.
    pub age_band: String,
    /// Grounds of the return.
    pub grounds: String,
    /// Day of arrival, announced or real.
    pub arrival: Option<Day>,
    /// Last day on which anything was told of the person.
    pub last_day: Option<Day>,
}

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    // Cuts and directories are about the log and about services, and nobody's journey.
    let journeys = || person.journeys.iter().filter(|j| !j.is_nobodys());
    for journey in journeys() {
        let profile = Profile::of(journey);
        let arrival = arrival(journey);
        let month = arrival.map_or_else(|| NOT_KNOWN.to_owned(), |day| month(day.0));
        let stage = journey.stage.as_str();
        out.count(cell_key(&[
            profile.ledger,
            profile.site,
            profile.return_type,
            profile.sex,
            profile.age_band,
            profile.grounds,
            &month,
            stage,
        ]));
        let row = Case {
            journey: journey.id,
            ledger: profile.ledger.to_owned(),
            stage: stage.to_owned(),
            site: profile.site.to_owned(),
            return_type: profile.return_type.to_owned(),
            sex: profile.sex.to_owned(),
            age_band: profile.age_band.to_owned(),
            grounds: profile.grounds.to_owned(),
            arrival,
            last_day: journey.last_day.map(Day),
        };
        out.row(format!("case|{}", journey.id), &row);
    }
    if let Some(first) = journeys().next() {
        let ledger = first.ledger.map_or(NOT_KNOWN, |ledger| ledger.as_str());
        out.count(format!("{PERSONS}{ledger}"));
    }
}

fn arrival(journey: &Journey<'_>) -> Option<Day> {
    let day = journey.origin.map(|origin| origin.on.day());
    day.or(journey.notice.map(|notice| notice.expected_on))
        .map(Day)
}

/// Conditions and groups of a count.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Allowed values by dimension; a dimension that is absent or empty is not restricted.
    pub only: BTreeMap<String, Vec<String>>,
    /// Dimensions to group by, in order.
    pub by: Vec<String>,
}

/// A count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The dimensions grouped by.
    pub by: Vec<String>,
    /// Journeys in each group, in the order of the groups' values.
    pub groups: Vec<Group>,
    /// Journeys in all groups.
    pub journeys: i64,
    /// Different persons, in the ledgers asked for; only when nothing else is asked for, because a
    /// person can stand in several groups.
    pub persons: Option<i64>,
}

/// One group of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Journeys.
    pub journeys: i64,
}

/// Why a count cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// A dimension that the model does not have.
    #[error(transparent)]
    Dimension(#[from] NoSuchDimension),
    /// The store cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// Counts journeys.
///
/// # Errors
/// A dimension does not exist, or the store cannot be read.
pub fn count(table: &dyn Table, query: &Query) -> Result<Answer, QueryError> {
    let empty = Cube::new(DIMENSIONS);
    let cube = table.cube().unwrap_or(&empty);
    let filter = filter(cube, &query.only)?;
    let by = query
        .by
        .iter()
        .map(|name| cube.dimension(name))
        .collect::<Result<Vec<_>, _>>()?;
    let groups: Vec<Group> = cube
        .sums(&filter, &by)
        .into_iter()
        .map(|(values, journeys)| Group { values, journeys })
        .collect();
    let journeys = groups.iter().map(|group| group.journeys).sum();
    let restricted = query
        .only
        .iter()
        .any(|(name, values)| name != "ledger" && !values.is_empty());
    let persons = if restricted {
        None
    } else {
        Some(persons(table, query.only.get("ledger"))?)
    };
    Ok(Answer {
        by: query.by.clone(),
        groups,
        journeys,
        persons,
    })
}

/// A filter from allowed values by dimension.
///
/// # Errors
/// A dimension does not exist.
pub fn filter(
    cube: &Cube,
    only: &BTreeMap<String, Vec<String>>,
) -> Result<Filter, NoSuchDimension> {
    only.iter()
        .try_fold(Filter::default(), |filter, (name, values)| {
            Ok(filter.any_of(cube.dimension(name)?, values.iter().map(String::as_str)))
        })
}

fn persons(table: &dyn Table, ledgers: Option<&Vec<String>>) -> Result<i64, TableError> {
    let mut sum = 0;
    table.cells_under(PERSONS, &mut |key, count| {
        let ledger = key.strip_prefix(PERSONS).unwrap_or_default();
        if ledgers.is_none_or(|asked| asked.is_empty() || asked.iter().any(|l| l == ledger)) {
            sum += count;
        }
    })?;
    Ok(sum)
}

/// A page of journeys that a query's conditions let through, in the order of
/// their ids, after the journey `after`.
///
/// # Errors
/// A dimension does not exist, or the store cannot be read.
pub fn list(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    after: Option<JourneyId>,
    limit: usize,
) -> Result<Vec<Case>, QueryError> {
    let empty = Cube::new(DIMENSIONS);
    filter(table.cube().unwrap_or(&empty), only)?;
    // The next key after `x` is `x` and a zero character.
    let from = after.map_or_else(|| "case|".to_owned(), |id| format!("case|{id}\0"));
    let (mut page, mut failed) = (Vec::new(), None);
    table.rows_from(&from, &mut |key, bytes| {
        if !key.starts_with("case|") || page.len() >= limit {
            return false;
        }
        match read_row::<Case>(key, bytes) {
            Ok(case) if case.passes(only) => page.push(case),
            Ok(_) => {}
            Err(error) => {
                failed = Some(error);
                return false;
            }
        }
        true
    })?;
    failed.map_or(Ok(page), |error| Err(error.into()))
}

/// Whether [`list`] would show a journey.
///
/// # Errors
/// The store cannot be read.
pub fn lists(
    table: &dyn Table,
    only: &BTreeMap<String, Vec<String>>,
    journey: JourneyId,
) -> Result<bool, TableError> {
    let key = format!("case|{journey}");
    let Some(bytes) = table.row(&key)? else {
        return Ok(false);
    };
    Ok(read_row::<Case>(&key, &bytes)?.passes(only))
}

impl Case {
    fn passes(&self, only: &BTreeMap<String, Vec<String>>) -> bool {
        only.iter()
            .filter(|(_, values)| !values.is_empty())
            .all(|(name, values)| {
                let month;
                let value = match name.as_str() {
                    "ledger" => &self.ledger,
                    "site" => &self.site,
                    "return_type" => &self.return_type,
                    "sex" => &self.sex,
                    "age_band" => &self.age_band,
                    "grounds" => &self.grounds,
                    "stage" => &self.stage,
                    _ => {
                        month = self
                            .arrival
                            .map_or(NOT_KNOWN.to_owned(), |day| crate::dimension::month(day.0));
                        &month
                    }
                };
                values.contains(value)
            })
    }
}
