//! The tables that people take elsewhere: what each is called, what it may be asked, and its answer
//! as [`Sheet`]s.
//!
//! Every door that shows or writes a table (the terminal, files, HTTP) asks here, so that no table is
//! described twice. To add one: a function that answers in sheets, and a line in `TABLES`.

mod counts;
mod lists;
mod manifests;
mod recidivism;
mod referrals;
mod steps;

use std::collections::BTreeMap;
use std::sync::Arc;

use homeward_events::id::JourneyId;
use homeward_events::time::add_months;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use crate::caseload::QueryError;
use crate::definition::Definition;
use crate::five_w::Month;
use crate::instrument::Instruments;
use crate::model::{MemoryTable, ReadModel, Table, TableError};
use crate::recidivism as returns;
use crate::sheet::Sheet;
use crate::{
    caseload as cases, five_w, follow_ups, outcomes, quality, referrals as sent, steps as ways,
    worklist,
};

/// A table that can be asked for.
#[derive(Debug)]
pub struct TableKind {
    /// Its name: a slug, part of a path and of file names.
    pub name: &'static str,
    /// What it shows, for people.
    pub title: &'static str,
    /// The read model that it is read from.
    pub model: &'static ReadModel,
    /// The dimensions that it can be restricted to and, if it takes [`Parameter::By`], grouped by.
    pub dimensions: &'static [&'static str],
    /// What it may be asked besides.
    pub takes: &'static [Parameter],
    answer: fn(&dyn Table, &Question, Loaded<'_>) -> Result<Told, AskError>,
}

/// What is loaded from files and applied when a question is asked.
#[derive(Debug, Clone, Copy)]
pub struct Loaded<'a> {
    /// Instruments, for labels and bands.
    pub instruments: &'a Instruments,
}

/// Something that a table may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parameter {
    /// Dimensions to group by.
    By,
    /// The reference day.
    Day,
    /// One journey.
    Journey,
    /// Everything that returns may be asked: definition, unit, times, cohort, groups and intervals.
    Returns,
    /// The first month; a year before the last unless given.
    From,
    /// The last month, included; that of the reference day unless given.
    To,
}

/// A question to a table. What the table does not take is not read.
#[derive(Debug, Clone)]
pub struct Question {
    /// Allowed values by dimension; a dimension that is absent or empty is not restricted.
    pub only: BTreeMap<String, Vec<String>>,
    /// Dimensions to group by, in order.
    pub by: Vec<String>,
    /// The reference day.
    pub day: Date,
    /// The journey.
    pub journey: Option<JourneyId>,
    /// What returns are asked: its reference day, groups and conditions are those that count, except
    /// that `only` is that of this question.
    pub returns: returns::Query,
    /// By which definition; the usual one if `None`.
    pub definition: Option<Arc<Definition>>,
    /// First month.
    pub from: Option<Month>,
    /// Last month.
    pub to: Option<Month>,
    /// Most rows of a list: a longer one is refused, never cut.
    pub rows_max: usize,
}

/// An answer, for programs and for people.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// As the read model gives it.
    pub answer: Json,
    /// As tables; the first is the one that people mean.
    pub sheets: Vec<Sheet>,
}

/// Why a table cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// A dimension that the read model does not have, or a store that cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// Returns cannot be asked so.
    #[error(transparent)]
    Returns(#[from] returns::QueryError),
    /// There is no usual definition here.
    #[error("by which definition? none is at hand")]
    WhichDefinition,
    /// The table shows one journey, and none was named.
    #[error("which journey? this table shows one")]
    WhichJourney,
    /// No such journey, or not in the ledgers that were asked for.
    #[error("journey {0} is not known here")]
    NoSuchJourney(JourneyId),
    /// The list is longer than the caller can take.
    #[error("more than {rows_max} rows: ask for fewer, by ledger or another dimension")]
    TooLong {
        /// Most rows.
        rows_max: usize,
    },
    /// The answer cannot be written as JSON.
    #[error("the answer cannot be written: {0}")]
    Unwritable(String),
}

impl From<TableError> for AskError {
    fn from(error: TableError) -> Self {
        Self::Query(error.into())
    }
}

impl From<serde_json::Error> for AskError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unwritable(error.to_string())
    }
}

impl Loaded<'static> {
    /// What comes with the program.
    pub fn embedded() -> Self {
        Self {
            instruments: Instruments::embedded(),
        }
    }
}

impl Parameter {
    /// Every parameter.
    pub const ALL: &'static [Self] = &[
        Self::By,
        Self::Day,
        Self::Journey,
        Self::Returns,
        Self::From,
        Self::To,
    ];

    /// The parameters of a request that it is written with.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::By => &["by"],
            Self::Day => &["day"],
            Self::Journey => &["journey"],
            Self::From => &["from"],
            Self::To => &["to"],
            Self::Returns => &[
                "definition",
                "lang",
                "unit",
                "at",
                "horizon",
                "interval",
                "level",
                "day",
                "origin_from",
                "origin_to",
                "cohorts",
                "by",
                "strata",
                "widen",
            ],
        }
    }
}

impl Question {
    /// Everything there is, as of a day.
    pub fn on(day: Date) -> Self {
        Self {
            only: BTreeMap::new(),
            by: Vec::new(),
            day,
            journey: None,
            returns: returns::Query::new(day),
            definition: None,
            from: None,
            to: None,
            rows_max: usize::MAX,
        }
    }

    /// The first and the last month: the year up to that of the reference day unless asked otherwise.
    fn months(&self) -> (Month, Month) {
        let to = self.to.unwrap_or_else(|| Month::of(self.day));
        let from = self.from;
        (
            from.unwrap_or_else(|| Month::of(add_months(to.first_day(), -11))),
            to,
        )
    }

    /// The ledgers asked for; empty means all.
    fn ledgers(&self) -> &[String] {
        self.only.get("ledger").map_or(&[], Vec::as_slice)
    }
}

impl TableKind {
    /// Asks for the table.
    ///
    /// # Errors
    /// A dimension or journey does not exist, a list is too long, or the store cannot be read.
    pub fn ask(
        &self,
        table: &dyn Table,
        question: &Question,
        loaded: Loaded<'_>,
    ) -> Result<Told, AskError> {
        (self.answer)(table, question, loaded)
    }

    /// Everything that the table reads of a question, for a manifest.
    pub fn to_json(&self, question: &Question) -> Json {
        let mut json = serde_json::Map::new();
        json.insert("only".to_owned(), json!(question.only));
        for parameter in self.takes {
            let value = match parameter {
                Parameter::By => json!(question.by),
                Parameter::Day => json!(question.day),
                Parameter::Journey => json!(question.journey),
                Parameter::From => json!(question.months().0),
                Parameter::To => json!(question.months().1),
                Parameter::Returns => {
                    json.extend(returns_json(question));
                    continue;
                }
            };
            json.extend(
                parameter
                    .names()
                    .iter()
                    .map(|n| ((*n).to_owned(), value.clone())),
            );
        }
        Json::Object(json)
    }

    /// Whether it may be asked this.
    pub fn takes(&self, parameter: Parameter) -> bool {
        self.takes.contains(&parameter)
    }

    /// Its sheets without rows, as they are when nothing is grouped by.
    pub fn empty(&self) -> Vec<Sheet> {
        lists::empty(self).unwrap_or_else(|| {
            let nothing = MemoryTable::new(self.model);
            let day = jiff::civil::date(2000, 1, 1);
            self.ask(&nothing, &Question::on(day), Loaded::embedded())
                .map_or_else(|_| Vec::new(), |told| told.sheets)
        })
    }
}

/// What returns were asked, and by which definition.
fn returns_json(question: &Question) -> serde_json::Map<String, Json> {
    let asked = &question.returns;
    let definition = recidivism::definition(question);
    let fields = [
        ("definition", json!(definition.as_ref().map(|d| d.name()))),
        (
            "definition_sha256",
            json!(definition.as_ref().map(|d| d.digest())),
        ),
        ("day", json!(asked.on)),
        ("unit", json!(asked.unit)),
        ("at", json!(asked.at)),
        ("horizon", json!(asked.horizon)),
        ("interval", json!(asked.interval)),
        ("level", json!(asked.level)),
        ("origin_from", json!(asked.origin_from)),
        ("origin_to", json!(asked.origin_to)),
        ("cohorts", json!(asked.cohorts)),
        ("by", json!(asked.by)),
        ("strata", json!(asked.strata)),
        ("widen", json!(asked.widen)),
    ];
    fields
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
}

/// Every table, in the order in which people look at them.
pub fn all() -> &'static [TableKind] {
    TABLES
}

/// The table of a name, or else the first that is read from a read model of that name.
pub fn named(name: &str) -> Option<&'static TableKind> {
    let of_model = || TABLES.iter().find(|table| table.model.name == name);
    TABLES
        .iter()
        .find(|table| table.name == name)
        .or_else(of_model)
}

static TABLES: &[TableKind] = &[
    TableKind {
        name: "caseload",
        title: "Journeys by ledger, site, return type, sex, age band, grounds, month and stage",
        model: &cases::CASELOAD,
        dimensions: cases::DIMENSIONS,
        takes: &[Parameter::By],
        answer: counts::caseload,
    },
    TableKind {
        name: "steps",
        title: "How far journeys come, how those left who went no further, and how long each step takes",
        model: &ways::STEPS,
        dimensions: ways::DIMENSIONS,
        takes: &[Parameter::Day],
        answer: steps::steps,
    },
    TableKind {
        name: "journeys",
        title: "Every journey, with its stage and profile",
        model: &cases::CASELOAD,
        dimensions: cases::DIMENSIONS,
        takes: &[],
        answer: lists::journeys,
    },
    TableKind {
        name: "timeline",
        title: "Everything of one journey, in order, with what was corrected",
        model: &crate::timeline::TIMELINE,
        dimensions: &["ledger"],
        takes: &[Parameter::Journey],
        answer: lists::timeline,
    },
    TableKind {
        name: "referrals",
        title: "Referrals by agencies, need, priority, state and running clock",
        model: &sent::REFERRALS,
        dimensions: sent::DIMENSIONS,
        takes: &[Parameter::By, Parameter::Day],
        answer: counts::referrals,
    },
    TableKind {
        name: "referrals-open",
        title: "Open referrals, the most urgent first",
        model: &sent::REFERRALS,
        dimensions: &["ledger", "state"],
        takes: &[],
        answer: lists::open_referrals,
    },
    TableKind {
        name: "referrals-closed",
        title: "Referrals that have ended, the last to end first, and why",
        model: &sent::REFERRALS,
        dimensions: &["ledger", "state"],
        takes: &[],
        answer: referrals::closed,
    },
    TableKind {
        name: "referral-turnaround",
        title: "How long the steps of referrals take, what still runs counted in: median with interval, nine of ten, in time",
        model: &sent::REFERRALS,
        dimensions: sent::COUNTED,
        takes: &[Parameter::By, Parameter::Day],
        answer: referrals::turnaround,
    },
    TableKind {
        name: "referral-providers",
        title: "What became of referrals by provider: accepted, declined, not yet; and how old open ones are",
        model: &sent::REFERRALS,
        dimensions: sent::COUNTED,
        takes: &[Parameter::By, Parameter::Day],
        answer: referrals::providers,
    },
    TableKind {
        name: "referral-reasons",
        title: "Why referrals ended without what was asked for, in groups",
        model: &sent::REFERRALS,
        dimensions: sent::COUNTED,
        takes: &[Parameter::By],
        answer: referrals::reasons,
    },
    TableKind {
        name: "follow-ups",
        title: "Follow-ups by how they stand on a day",
        model: &follow_ups::FOLLOW_UPS,
        dimensions: follow_ups::DIMENSIONS,
        takes: &[Parameter::By, Parameter::Day],
        answer: counts::follow_ups,
    },
    TableKind {
        name: "follow-ups-due",
        title: "Follow-ups that are due or overdue on a day, the longest due first",
        model: &follow_ups::FOLLOW_UPS,
        dimensions: &["ledger"],
        takes: &[Parameter::Day],
        answer: lists::due_follow_ups,
    },
    TableKind {
        name: "worklist",
        title: "What is owed, by whom and by when, as of a day, by deadline",
        model: &worklist::WORKLIST,
        dimensions: worklist::DIMENSIONS,
        takes: &[Parameter::Day],
        answer: lists::owed,
    },
    TableKind {
        name: "outcomes",
        title: "Scores, change and response by wave; housing, work and schooling after reception",
        model: &outcomes::OUTCOMES,
        dimensions: outcomes::DIMENSIONS,
        takes: &[Parameter::By, Parameter::Day],
        answer: counts::outcomes,
    },
    TableKind {
        name: "five-w",
        title: "Who does what, where, when, for whom: services, and different persons reached",
        model: &five_w::FIVE_W,
        dimensions: five_w::DIMENSIONS,
        takes: &[
            Parameter::By,
            Parameter::Day,
            Parameter::From,
            Parameter::To,
        ],
        answer: counts::five_w,
    },
    TableKind {
        name: "recidivism",
        title: "What becomes of people after an origin, by a definition: survival table, causes, windows",
        model: &crate::histories::HISTORIES,
        dimensions: crate::histories::Dimension::NAMES,
        takes: &[Parameter::Returns],
        answer: recidivism::told,
    },
    TableKind {
        name: "manifests",
        title: "Manifests of sending states: announced, arrived, not arrived, untold, unannounced",
        model: &crate::manifests::MANIFESTS,
        dimensions: &["ledger", "batch", "port"],
        takes: &[Parameter::Day],
        answer: manifests::batches,
    },
    TableKind {
        name: "manifest-lines",
        title: "Everybody of the batches that are asked for, by line, and who came unannounced",
        model: &crate::manifests::MANIFESTS,
        dimensions: &["ledger", "batch"],
        takes: &[Parameter::Day],
        answer: manifests::lines,
    },
    TableKind {
        name: "quality",
        title: "Facts that cannot be right, what is missing, how late and how precisely facts are told",
        model: &quality::QUALITY,
        dimensions: quality::DIMENSIONS,
        takes: &[],
        answer: counts::quality,
    },
    TableKind {
        name: "findings",
        title: "Facts that break a rule, by journey",
        model: &quality::QUALITY,
        dimensions: &["ledger"],
        takes: &[],
        answer: lists::findings,
    },
];
