//! What a row holds: of each person's journeys what was given, month by month. Rows are written as
//! these types serialise: to change one, raise the model's version.

use std::collections::BTreeMap;
use std::sync::Arc;

use homeward_events::assistance::ConfirmationFinding;
use homeward_events::id::ProgrammeId;
use homeward_journey::{Assistance, Journey, Person};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::counted::{Counted, Names};
use crate::dimension::month;
use crate::index::Index;
use crate::rows::{Row, Rows};

/// What `confirmation` says of a delivery that nobody asked about yet.
const NONE: &str = "none";
/// What `currency` says of a delivery whose worth is not known.
const WITHOUT: &str = "none";

/// One person, as far as anything was given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Helped {
    /// The journeys now linked as this human being, by id; those with no delivery are left out.
    pub journeys: Vec<Part>,
}

/// One journey's part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What it is counted by.
    pub counted: Arc<Counted>,
    /// What was given, in the order of its fields.
    pub given: Vec<Given>,
}

/// Deliveries of one kind, by one agency, in one month.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The month, as `2026-07`.
    pub month: Arc<str>,
    /// The agency that delivered.
    pub agency: Arc<str>,
    /// What kind.
    pub kind: Arc<str>,
    /// How it reached the person.
    pub mode: Arc<str>,
    /// The programme that paid, where it is not the journey's.
    pub programme: Option<Arc<str>>,
    /// The currency of what it was worth, where that is known.
    pub currency: Option<Arc<str>>,
    /// What was found three months on, last.
    pub confirmation: Option<Arc<str>>,
    /// How many.
    pub deliveries: u32,
    /// What they were worth together, in hundredths of the currency's unit.
    pub hundredths: u64,
}

impl Given {
    /// The values of a delivery's own dimensions, in the order of [`super::OWN`].
    pub(super) fn own<'s>(&'s self, counted: &'s Counted) -> [&'s str; 7] {
        [
            &self.agency,
            &self.kind,
            &self.mode,
            self.programme.as_ref().unwrap_or(&counted.programme),
            &self.month,
            self.currency.as_deref().unwrap_or(WITHOUT),
            self.confirmation.as_deref().unwrap_or(NONE),
        ]
    }
}

impl Helped {
    /// What was given to a person; `None` where nothing was.
    pub(super) fn of(person: &Person<'_>) -> Option<Self> {
        let journeys: Vec<Part> = person.journeys.iter().filter_map(Part::of).collect();
        (!journeys.is_empty()).then_some(Self { journeys })
    }
}

impl Part {
    fn of(journey: &Journey<'_>) -> Option<Self> {
        let mut sums: BTreeMap<Key<'_>, (u32, u64)> = BTreeMap::new();
        for given in journey.assistance.values().filter(|given| !given.reversed) {
            let (deliveries, hundredths) = sums.entry(Key::of(given)).or_default();
            *deliveries += 1;
            let value = given.delivered.value.as_ref();
            *hundredths += value.map_or(0, |value| value.amount.hundredths);
        }
        if sums.is_empty() {
            return None;
        }
        let counted = Counted::of(journey);
        let given = |(key, (deliveries, hundredths)): (Key<'_>, (u32, u64))| Given {
            month: month(key.month_day).into(),
            agency: key.agency.into(),
            kind: key.kind.into(),
            mode: key.mode.into(),
            programme: key
                .programme
                .filter(|programme| **programme != *counted.programme)
                .map(Into::into),
            currency: key.currency.map(Into::into),
            confirmation: key.confirmation.map(Into::into),
            deliveries,
            hundredths,
        };
        Some(Self {
            given: sums.into_iter().map(given).collect(),
            counted: Arc::new(counted),
        })
    }
}

/// What deliveries are added up by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'f> {
    /// First day of the month.
    month_day: jiff::civil::Date,
    agency: &'f str,
    kind: &'static str,
    mode: &'static str,
    programme: Option<&'f str>,
    currency: Option<&'f str>,
    confirmation: Option<&'static str>,
}

impl<'f> Key<'f> {
    fn of(given: &Assistance<'f>) -> Self {
        let body = given.delivered;
        Self {
            month_day: given.on.day().first_of_month(),
            agency: given.agency.as_str(),
            kind: body.kind.as_str(),
            mode: body.mode.as_str(),
            programme: body.programme.as_ref().map(ProgrammeId::as_str),
            currency: body.value.as_ref().map(|value| value.currency.as_str()),
            confirmation: given.confirmed.map(ConfirmationFinding::as_str),
        }
    }
}

impl Row for Helped {
    const PREFIX: &'static str = "person|";

    fn share(mut self, names: &mut Names) -> Self {
        for part in &mut self.journeys {
            part.counted = names.counted(&part.counted);
            for given in &mut part.given {
                for text in [
                    &mut given.month,
                    &mut given.agency,
                    &mut given.kind,
                    &mut given.mode,
                ] {
                    *text = names.text(text);
                }
                for text in [
                    &mut given.programme,
                    &mut given.currency,
                    &mut given.confirmation,
                ] {
                    *text = text.as_ref().map(|text| names.text(text));
                }
            }
            part.given.shrink_to_fit();
        }
        self.journeys.shrink_to_fit();
        self
    }

    fn kept(index: &Index) -> Option<&Rows<Self>> {
        index.helped()
    }
}
