//! Outcomes: scores by instrument and wave, paired change between waves with who is missing, and
//! livelihood, housing and schooling by spells.
//!
//! One row a person holds what was asked and how life went; means, shares, bands and labels are worked
//! out when asked, for any reference day. The unit is the *journey*: every return has a baseline of its
//! own; different persons stand beside it wherever journeys are counted. Nothing dated after the
//! reference day is known, "not yet" is never "no", and two versions of an instrument are never
//! compared.

mod calendar;
mod groups;
mod life;
mod scores;
mod sheets;
mod spells;

use std::collections::BTreeMap;

use homeward_events::Family;
use homeward_events::time::Day;
use homeward_journey::Person;
use jiff::civil::Date;
use serde::Serialize;

pub use groups::{ChangeGroup, Measure, ResponseGroup, ScoreGroup};
pub use life::{Area, Asked, Chapter, Items, Life, Stay, Unseen};
pub use spells::{MARKS, SpellGroup};

use self::calendar::Calendar;
use crate::caseload::QueryError;
use crate::counted::Grouping;
use crate::dimension::NOT_KNOWN;
use crate::index::Index;
use crate::instrument::Instruments;
use crate::model::{Contributions, ReadModel, Table};
use crate::rows::{Row as _, Rows};

/// The read model.
pub static OUTCOMES: ReadModel = ReadModel {
    name: "outcomes",
    version: 2,
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
    index: Some(|| Index::Lives(Lives::default())),
};

/// What outcomes are grouped and restricted by; `delivery` is how support was delivered, as the last
/// assessment by the reference day says.
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
    "delivery",
];

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    if let (Some(first), Some(life)) = (person.first(), Life::of(person)) {
        out.row(format!("{}{}", Life::PREFIX, first.id), &life);
    }
}

/// Persons' lives as outcomes tell them.
pub type Lives = Rows<Life>;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// Allowed values by dimension; a dimension that is absent or empty is not restricted.
    pub only: BTreeMap<String, Vec<String>>,
    /// Dimensions to group by, in order.
    pub by: Vec<String>,
    /// The reference day: nothing later is known.
    pub on: Date,
    /// Language of labels and bands, `en`.
    pub language: String,
}

/// Outcomes as of a reference day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The reference day.
    pub on: Day,
    /// The dimensions grouped by.
    pub by: Vec<String>,
    /// Journeys that the figures are of: received or assessed by the reference day.
    pub journeys: i64,
    /// Different persons among them.
    pub persons: i64,
    /// The instruments that figures are of, each with what must be said beside them.
    pub instruments: Vec<Named>,
    /// Scores by instrument, dimension and wave.
    pub scores: Vec<ScoreGroup>,
    /// Change from the baseline to each later wave, of the same version of an instrument.
    pub changes: Vec<ChangeGroup>,
    /// How many were asked at each wave of all who should have been.
    pub responses: Vec<ResponseGroup>,
    /// Livelihood, housing and schooling at marks after reception.
    pub spells: Vec<SpellGroup>,
}

/// An instrument that figures are of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// `example-sustainability@1`.
    pub name: String,
    /// What must be said wherever one of its figures is shown.
    pub label: String,
    /// SHA-256 of its file; `None` where it is not known here.
    pub digest: Option<String>,
}

/// What one group has, before it is told.
#[derive(Debug, Default)]
struct Tally<'l> {
    scores: scores::Tally<'l>,
    spells: spells::Tally<'l>,
}

/// Answers a question.
///
/// # Errors
/// A dimension does not exist, or the table cannot be read.
pub fn answer(
    table: &dyn Table,
    query: &Query,
    instruments: &Instruments,
) -> Result<Answer, QueryError> {
    let lives = Lives::of(table)?;
    let grouping = Grouping::new(&query.only, &query.by, &["delivery"], DIMENSIONS)?;
    let mut groups: BTreeMap<Vec<&str>, Tally<'_>> = BTreeMap::new();
    let (mut journeys, mut persons, mut calendar) = (0, 0, Calendar::default());
    for (life, person) in lives.values().zip(1_u64..) {
        let mut counted = false;
        for chapter in &life.journeys {
            if !grouping.passes(&chapter.counted) {
                continue;
            }
            let Some(known) = scores::Known::of(chapter, query.on) else {
                continue;
            };
            let own = [known.delivery.unwrap_or(NOT_KNOWN)];
            if !grouping.passes_own(&own) {
                continue;
            }
            let tally = groups
                .entry(grouping.group(&chapter.counted, &own))
                .or_default();
            tally.scores.add(
                chapter,
                &known,
                (query.on, &mut calendar),
                person,
                instruments,
            );
            tally.spells.add(chapter, query.on, &mut calendar);
            journeys += 1;
            counted = true;
        }
        persons += i64::from(counted);
    }
    let asked = scores::Waves::of(groups.values().map(|tally| &tally.scores));
    let (mut told, mut spells) = (scores::Told::default(), Vec::new());
    for (values, tally) in &groups {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        told.tell(&tally.scores, &values, &asked);
        spells.extend(tally.spells.told(&values));
    }
    let scores::Told {
        mut scores,
        mut changes,
        mut responses,
    } = told;
    scores.sort_by(|a, b| a.key().cmp(&b.key()));
    changes.sort_by(|a, b| a.key().cmp(&b.key()));
    responses.sort_by(|a, b| (a.wave, &a.values).cmp(&(b.wave, &b.values)));
    spells.sort_by(|a, b| (a.area, a.months, &a.values).cmp(&(b.area, b.months, &b.values)));
    let named = |name: String| Named {
        label: instruments.label(&name, &query.language),
        digest: instruments.named(&name).map(|known| known.digest.clone()),
        name,
    };
    Ok(Answer {
        on: Day(query.on),
        by: query.by.clone(),
        journeys,
        persons,
        instruments: asked.instruments().map(named).collect(),
        scores,
        changes,
        responses,
        spells,
    })
}
