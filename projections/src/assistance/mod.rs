//! Assistance: what was given, worth how much, to how many different persons. Money is added up in
//! hundredths and within a currency only; deliveries add up, persons do not, and both are told.
//!
//! One row a person lists what was given, month by month; who counts where is worked out when asked.
//! What was undone is not counted.

mod told;

use std::collections::BTreeMap;

use homeward_events::Family;
use homeward_journey::Person;
use serde::Serialize;

pub use told::{Given, Helped, Part};

use crate::caseload::QueryError;
use crate::counted::Grouping;
use crate::five_w::Month;
use crate::index::Index;
use crate::model::{Contributions, ReadModel, Table};
use crate::rows::{Row as _, Rows};

/// The read model.
pub static ASSISTANCE: ReadModel = ReadModel {
    name: "assistance",
    version: 1,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Assistance,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: Some(|| Index::Helped(Everyone::default())),
};

/// What deliveries are grouped and restricted by: their own, and the journey's.
pub const DIMENSIONS: &[&str] = &[
    "agency",
    "kind",
    "mode",
    "programme",
    "month",
    "currency",
    "confirmation",
    "ledger",
    "site",
    "area",
    "group",
    "return_type",
    "grounds",
    "sex",
    "age_band",
];

/// Dimensions of a delivery; the others are of the journey.
const OWN: [&str; 7] = [
    "agency",
    "kind",
    "mode",
    "programme",
    "month",
    "currency",
    "confirmation",
];

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    if let (Some(first), Some(helped)) = (person.first(), Helped::of(person)) {
        out.row(format!("{}{}", Helped::PREFIX, first.id), &helped);
    }
}

/// What was given to whom, and its worth.
pub type Everyone = Rows<Helped>;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Allowed values by dimension; a dimension that is absent or empty is not restricted.
    pub only: BTreeMap<String, Vec<String>>,
    /// Dimensions to group by, in order.
    pub by: Vec<String>,
    /// First month; from the beginning where there is none.
    pub from: Option<Month>,
    /// Last month, included; to the end where there is none.
    pub to: Option<Month>,
}

/// What was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The dimensions grouped by.
    pub by: Vec<String>,
    /// Each group, in the order of its values. **Persons of several groups must not be added up.**
    pub groups: Vec<Group>,
    /// Everything.
    pub all: Figures,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The values of the dimensions grouped by.
    pub values: Vec<String>,
    /// What was given in it.
    #[serde(flatten)]
    pub figures: Figures,
}

/// Deliveries, persons and money: three units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Deliveries.
    pub deliveries: i64,
    /// Different persons that they reached, each once.
    pub persons: i64,
    /// What they were worth, by currency: of those whose worth is known, never across currencies.
    pub worth: Vec<Sum>,
    /// Deliveries whose worth is not known.
    pub without_worth: i64,
}

/// A sum of money in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// ISO 4217 code.
    pub currency: String,
    /// The sum, with two places, such as `150.00`.
    pub amount: String,
}

/// A group being counted; persons come one after the other.
#[derive(Debug, Default)]
struct Cell<'v> {
    deliveries: i64,
    persons: i64,
    counted: u64,
    hundredths: BTreeMap<&'v str, u64>,
    without_worth: i64,
}

impl<'v> Cell<'v> {
    fn add(&mut self, given: &'v Given, person: u64) {
        self.deliveries += i64::from(given.deliveries);
        self.persons += i64::from(self.counted != person);
        self.counted = person;
        match &given.currency {
            Some(currency) => *self.hundredths.entry(currency).or_default() += given.hundredths,
            None => self.without_worth += i64::from(given.deliveries),
        }
    }

    fn figures(&self) -> Figures {
        let sum = |(currency, hundredths): (&&str, &u64)| Sum {
            currency: (*currency).to_owned(),
            amount: format!("{}.{:02}", hundredths / 100, hundredths % 100),
        };
        Figures {
            deliveries: self.deliveries,
            persons: self.persons,
            worth: self.hundredths.iter().map(sum).collect(),
            without_worth: self.without_worth,
        }
    }
}

/// Answers a question.
///
/// # Errors
/// A dimension does not exist, or the table cannot be read.
pub fn answer(table: &dyn Table, query: &Query) -> Result<Answer, QueryError> {
    let everyone = Everyone::of(table)?;
    let grouping = Grouping::new(&query.only, &query.by, &OWN, DIMENSIONS)?;
    // Months of one form sort as texts.
    let from = query.from.map(|month| month.to_string());
    let to = query.to.map(|month| month.to_string());
    let mut groups: BTreeMap<Vec<&str>, Cell<'_>> = BTreeMap::new();
    let mut all = Cell::default();
    for (helped, person) in everyone.values().zip(1_u64..) {
        for part in helped
            .journeys
            .iter()
            .filter(|part| grouping.passes(&part.counted))
        {
            for given in &part.given {
                let own = given.own(&part.counted);
                let month = &*given.month;
                let is_within = from.as_deref().is_none_or(|from| from <= month)
                    && to.as_deref().is_none_or(|to| month <= to);
                if !is_within || !grouping.passes_own(&own) {
                    continue;
                }
                let group = grouping.group(&part.counted, &own);
                groups.entry(group).or_default().add(given, person);
                all.add(given, person);
            }
        }
    }
    let group = |(values, cell): (&Vec<&str>, &Cell<'_>)| Group {
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        figures: cell.figures(),
    };
    Ok(Answer {
        by: query.by.clone(),
        groups: groups.iter().map(group).collect(),
        all: all.figures(),
    })
}
