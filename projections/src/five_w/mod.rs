//! Who does what, where, when, for whom: services delivered and the people they reached, by month.
//!
//! Services and persons are two things, and both are told. Services add up; persons do not: somebody
//! served in two months is one person in each, and **one** person over both. So monthly figures of
//! persons must not be added up, and the consolidated figure of the whole period, in which everybody
//! is counted once, stands beside them. A person is all journeys now linked as one human being, in
//! whatever month, at whatever agency. Source: 5W matrices of OCHA; reporting rules of R4V.
//!
//! One row a person lists what was delivered, month by month; who counts where is worked out when asked.

mod sheets;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Family;
use homeward_journey::Person;
use serde::Serialize;

pub use told::{Kind, Month, MonthError, Part, Served, Service};

use crate::caseload::QueryError;
use crate::counted::Grouping;
use crate::index::Index;
use crate::model::{Contributions, ReadModel, Table};
use crate::rows::{Row as _, Rows};

/// The read model.
pub static FIVE_W: ReadModel = ReadModel {
    name: "five-w",
    version: 2,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Consent,
        Family::Referral,
        Family::Assistance,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: Some(|| Index::Everybody(Everybody::default())),
};

/// What services and persons are grouped and restricted by: who (`ledger`, `agency`), what (`service`,
/// `activity`), where (`site`, `area`), for whom (`programme`, `group`, `return_type`, `grounds`,
/// `sex`, `age_band`). When is always told apart.
pub const DIMENSIONS: &[&str] = &[
    "ledger",
    "agency",
    "service",
    "activity",
    "site",
    "area",
    "programme",
    "group",
    "return_type",
    "grounds",
    "sex",
    "age_band",
];

/// Dimensions of a service; the others are of the journey.
const OWN: [&str; 4] = ["agency", "service", "activity", "programme"];

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    if let (Some(first), Some(served)) = (person.first(), Served::of(person)) {
        out.row(format!("{}{}", Served::PREFIX, first.id), &served);
    }
}

/// What was delivered to whom.
pub type Everybody = Rows<Served>;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// Allowed values by dimension; a dimension that is absent or empty is not restricted.
    pub only: BTreeMap<String, Vec<String>>,
    /// Dimensions to group by besides the month, in order.
    pub by: Vec<String>,
    /// First month.
    pub from: Month,
    /// Last month, included.
    pub to: Month,
}

/// Who did what, where, when, for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// First month.
    pub from: Month,
    /// Last month, included.
    pub to: Month,
    /// The dimensions grouped by besides the month.
    pub by: Vec<String>,
    /// By month. **Persons of several months or several groups must not be added up.**
    pub months: Vec<MonthGroup>,
    /// Over the whole period: everybody once in each group.
    pub consolidated: Vec<Group>,
    /// Services of the whole period, in all groups.
    pub services: i64,
    /// Different persons of the whole period, in all groups: everybody once.
    pub persons: i64,
}

/// One group in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthGroup {
    /// The month.
    pub month: Month,
    /// Values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Services delivered in it.
    pub services: i64,
    /// Different persons that they reached in it.
    pub persons: i64,
}

/// One group over the whole period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Values of the dimensions grouped by.
    pub values: Vec<String>,
    /// Services delivered.
    pub services: i64,
    /// Different persons that they reached: everybody once, in however many months.
    pub persons: i64,
}

/// Services, and the person counted last: persons come one after the other.
#[derive(Debug, Default)]
struct Cell {
    services: i64,
    persons: i64,
    counted: u64,
}

impl Cell {
    fn add(&mut self, services: u32, person: u64) {
        self.services += i64::from(services);
        self.persons += i64::from(self.counted != person);
        self.counted = person;
    }
}

/// Answers a question.
///
/// # Errors
/// A dimension does not exist, or the table cannot be read.
pub fn answer(table: &dyn Table, query: &Query) -> Result<Answer, QueryError> {
    let everybody = Everybody::of(table)?;
    let grouping = Grouping::new(&query.only, &query.by, &OWN, DIMENSIONS)?;
    let mut groups: BTreeMap<Vec<&str>, (Cell, BTreeMap<Month, Cell>)> = BTreeMap::new();
    let mut all = Cell::default();
    for (served, person) in everybody.values().zip(1_u64..) {
        for part in served
            .journeys
            .iter()
            .filter(|p| grouping.passes(&p.counted))
        {
            for service in &part.services {
                let own = service.own(&part.counted);
                let is_within = (query.from..=query.to).contains(&service.month);
                if !is_within || !grouping.passes_own(&own) {
                    continue;
                }
                let group = grouping.group(&part.counted, &own);
                let (whole, months) = groups.entry(group).or_default();
                whole.add(service.count, person);
                months
                    .entry(service.month)
                    .or_default()
                    .add(service.count, person);
                all.add(service.count, person);
            }
        }
    }
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    let mut months: Vec<MonthGroup> = Vec::new();
    let mut consolidated = Vec::new();
    for (values, (whole, by_month)) in &groups {
        months.extend(by_month.iter().map(|(month, cell)| MonthGroup {
            month: *month,
            values: owned(values),
            services: cell.services,
            persons: cell.persons,
        }));
        consolidated.push(Group {
            values: owned(values),
            services: whole.services,
            persons: whole.persons,
        });
    }
    months.sort_by(|a, b| (a.month, &a.values).cmp(&(b.month, &b.values)));
    Ok(Answer {
        from: query.from,
        to: query.to,
        by: query.by.clone(),
        months,
        consolidated,
        services: all.services,
        persons: all.persons,
    })
}

impl Answer {
    /// The months of the period in which something was delivered.
    pub fn months_told(&self) -> BTreeSet<Month> {
        self.months.iter().map(|group| group.month).collect()
    }
}
