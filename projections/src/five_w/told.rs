//! What a row holds: of each person's journeys what was delivered, month by month. Rows are written as
//! these types serialise: to change one, raise the model's version.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use homeward_events::catalogue::{Assistance as AssistanceFact, Reception as ReceptionFact};
use homeward_events::id::{ProgrammeId, ReferralId};
use homeward_events::referral::Delivery;
use homeward_events::{Body, Event};
use homeward_journey::{Journey, Person};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_with::skip_serializing_none;

use crate::counted::{Counted, Names};
use crate::index::Index;
use crate::rows::{Row, Rows};

/// A calendar month, written `2026-07`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: i16,
    month: i8,
}

/// A text that is not a month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a month such as 2026-07, found `{found}`")]
pub struct MonthError {
    /// What was found, at most 16 letters of it.
    found: String,
}

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self {
            year: day.year(),
            month: day.month(),
        }
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(Date::ZERO)
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let refused = || MonthError {
            found: text.chars().take(16).collect(),
        };
        if text.len() != "2026-07".len() {
            return Err(refused());
        }
        let first: Date = format!("{text}-01").parse().map_err(|_| refused())?;
        Ok(Self::of(first))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One person, as far as anything was delivered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Served {
    /// The journeys now linked as this human being, by id; those with no service are left out.
    pub journeys: Vec<Part>,
}

/// One journey's part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What it is counted by.
    pub counted: Arc<Counted>,
    /// What was delivered, by month, agency and activity.
    pub services: Vec<Service>,
}

/// Services of one kind, by one agency, in one month.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The month.
    pub month: Month,
    /// The agency that delivered.
    pub agency: Arc<str>,
    /// How it came about.
    pub service: Kind,
    /// What: a kind of assistance, a need that was referred, or a need that was met at reception.
    pub activity: Arc<str>,
    /// The programme that paid, where it is not the journey's.
    pub programme: Option<Arc<str>>,
    /// How many.
    pub count: u32,
}

/// How a service came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Given at reception: a meal, transport, a telephone call.
    Reception,
    /// Assistance in cash or kind.
    Assistance,
    /// A referral that was concluded, wholly or partly delivered.
    Referral,
}

impl Kind {
    /// The word that rows and answers write.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reception => "reception",
            Self::Assistance => "assistance",
            Self::Referral => "referral",
        }
    }
}

impl Service {
    /// The values of a service's own dimensions, in the order of [`super::OWN`].
    pub(super) fn own<'s>(&'s self, counted: &'s Counted) -> [&'s str; 4] {
        let programme = self.programme.as_ref().unwrap_or(&counted.programme);
        [
            &self.agency,
            self.service.as_str(),
            &self.activity,
            programme,
        ]
    }
}

impl Served {
    /// What was delivered to a person; `None` where nothing was.
    pub(super) fn of(person: &Person<'_>) -> Option<Self> {
        let journeys: Vec<Part> = person.journeys.iter().filter_map(Part::of).collect();
        (!journeys.is_empty()).then_some(Self { journeys })
    }
}

/// A service before it is counted.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Delivered<'f> {
    month: Month,
    agency: &'f str,
    service: Kind,
    activity: &'f str,
    programme: Option<&'f str>,
}

impl<'f> Delivered<'f> {
    /// What a fact says was delivered, and under which referral.
    fn told(event: &'f Event, journey: &Journey<'f>) -> Vec<(Self, Option<ReferralId>)> {
        let (month, agency) = (Month::of(event.occurred.day()), event.agency.as_str());
        match &event.body {
            Body::Reception(ReceptionFact::Received(body)) => {
                let given = body.given.iter().map(|need| Self {
                    month,
                    agency,
                    service: Kind::Reception,
                    activity: need.as_str(),
                    programme: None,
                });
                given.map(|given| (given, None)).collect()
            }
            Body::Assistance(AssistanceFact::Delivered(body)) => {
                // The first delivery under an id holds, unless it was undone.
                let known = journey.assistance.get(&body.assistance);
                let holds =
                    known.is_some_and(|k| std::ptr::eq(k.delivered, body.as_ref()) && !k.reversed);
                let delivered = holds.then(|| Self {
                    month,
                    agency,
                    service: Kind::Assistance,
                    activity: body.kind.as_str(),
                    programme: body.programme.as_ref().map(ProgrammeId::as_str),
                });
                delivered
                    .map(|delivered| (delivered, body.referral))
                    .into_iter()
                    .collect()
            }
            Body::Reception(ReceptionFact::NotArrived(_) | ReceptionFact::Registered(_))
            | Body::Assistance(AssistanceFact::Confirmed(_) | AssistanceFact::Reversed(_))
            | Body::Notice(_)
            | Body::Screening(_)
            | Body::Consent(_)
            | Body::Assessment(_)
            | Body::Plan(_)
            | Body::Referral(_)
            | Body::FollowUp(_)
            | Body::Status(_)
            | Body::Justice(_)
            | Body::Departure(_)
            | Body::Lifecycle(_)
            | Body::Correction(_)
            | Body::Erasure(_)
            | Body::Access(_)
            | Body::Cut(_)
            | Body::Directory(_) => Vec::new(),
        }
    }
}

impl Part {
    fn of(journey: &Journey<'_>) -> Option<Self> {
        let mut counts: BTreeMap<Delivered<'_>, u32> = BTreeMap::new();
        // What was delivered under a referral is that service, not one more.
        let mut under: BTreeSet<ReferralId> = BTreeSet::new();
        let told = journey
            .facts
            .iter()
            .flat_map(|event| Delivered::told(event, journey));
        for (delivered, referral) in told {
            *counts.entry(delivered).or_default() += 1;
            under.extend(referral);
        }
        for (id, referral) in &journey.referrals {
            let Some((on, Delivery::Delivered | Delivery::Partly, _)) = referral.concluded else {
                continue;
            };
            let delivered = Delivered {
                month: Month::of(on.day()),
                agency: referral.to.as_str(),
                service: Kind::Referral,
                activity: referral.need.as_str(),
                programme: None,
            };
            if !under.contains(id) {
                *counts.entry(delivered).or_default() += 1;
            }
        }
        if counts.is_empty() {
            return None;
        }
        let counted = Counted::of(journey);
        let service = |(delivered, count): (Delivered<'_>, u32)| Service {
            month: delivered.month,
            agency: delivered.agency.into(),
            service: delivered.service,
            activity: delivered.activity.into(),
            programme: delivered
                .programme
                .filter(|programme| **programme != *counted.programme)
                .map(Into::into),
            count,
        };
        let services = counts.into_iter().map(service).collect();
        Some(Self {
            counted: Arc::new(counted),
            services,
        })
    }
}

impl Row for Served {
    const PREFIX: &'static str = "person|";

    fn share(mut self, names: &mut Names) -> Self {
        for part in &mut self.journeys {
            part.counted = names.counted(&part.counted);
            for service in &mut part.services {
                service.agency = names.text(&service.agency);
                service.activity = names.text(&service.activity);
                let programme = service.programme.as_ref();
                service.programme = programme.map(|programme| names.text(programme));
            }
            part.services.shrink_to_fit();
        }
        self.journeys.shrink_to_fit();
        self
    }

    fn kept(index: &Index) -> Option<&Rows<Self>> {
        index.everybody()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_one_spelling() {
        let month: Month = "2026-02".parse().unwrap();
        assert_eq!(
            (
                month.to_string().as_str(),
                month.first_day().to_string().as_str()
            ),
            ("2026-02", "2026-02-01")
        );
        for other in ["2026-13", "2026-2", "2026", "2026-02-01", "", "abcdefg"] {
            assert!(other.parse::<Month>().is_err(), "{other}");
        }
    }
}
