//! What a row holds: the days of one journey's steps. Rows are written as these types serialise: to
//! change one, raise the model's version.

use std::sync::Arc;

use homeward_events::time::{Day, OccurredOn};
use homeward_journey::{DepartureKind, Journey};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::counted::{Counted, Names};
use crate::index::Index;
use crate::rows::{Row, Rows};

/// A step of a journey, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Received.
    Received,
    /// Screened or assessed.
    Assessed,
    /// A plan was agreed.
    Planned,
    /// Referred to a service.
    Referred,
    /// Came to a service, or was helped under a plan.
    InService,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 5] = [
        Self::Received,
        Self::Assessed,
        Self::Planned,
        Self::Referred,
        Self::InService,
    ];
    /// Those that take time.
    pub const AFTER: [Self; 4] = [
        Self::Assessed,
        Self::Planned,
        Self::Referred,
        Self::InService,
    ];

    /// The step's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Assessed => "assessed",
            Self::Planned => "planned",
            Self::Referred => "referred",
            Self::InService => "in-service",
        }
    }
}

/// How and when a journey ended, or its person went out of sight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaving {
    /// When.
    pub on: Day,
    /// The reason of a closure, or what came first: `died`, `remigrated`, `removed-again`, `moved-away`,
    /// `contact-lost`, `observation-ended`.
    pub how: Arc<str>,
}

/// The days of one journey's steps.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// What it is counted by.
    pub counted: Arc<Counted>,
    /// Reception.
    pub received: Day,
    /// First screening or assessment.
    pub assessed: Option<Day>,
    /// First plan.
    pub planned: Option<Day>,
    /// First referral.
    pub referred: Option<Day>,
    /// First attendance, conclusion, or help under a plan.
    pub in_service: Option<Day>,
    /// How it ended, if it has.
    pub left: Option<Leaving>,
}

fn first(days: impl Iterator<Item = OccurredOn>) -> Option<Day> {
    days.map(|on| on.day()).min().map(Day)
}

impl Way {
    /// Reads a journey's; none of who was not received.
    pub(super) fn of(journey: &Journey<'_>) -> Option<Self> {
        let received = Day(journey.origin?.on.day());
        let screened = journey.screenings.iter().map(|(_, on)| *on);
        let assessed = journey.assessments.iter().map(|assessment| assessment.on);
        let planned = first(journey.plans.values().map(|plan| plan.on));
        let referrals = || journey.referrals.values();
        let attended = referrals().filter_map(|referral| referral.attended);
        let concluded = referrals().filter_map(|referral| referral.concluded.map(|(on, ..)| on));
        let helped = journey.assistance.values().filter(|help| !help.reversed);
        // Help counts as a service from when there is a plan that it belongs to.
        let helped = planned
            .and_then(|planned| first(helped.map(|help| help.on)).map(|first| first.max(planned)));
        let served = first(attended.chain(concluded));
        Some(Self {
            counted: Arc::new(Counted::of(journey)),
            received,
            assessed: first(screened.chain(assessed)),
            planned,
            referred: first(referrals().map(|referral| referral.sent)),
            in_service: served.into_iter().chain(helped).min(),
            left: leaving(journey),
        })
    }

    /// When a step was taken.
    pub(super) fn taken(&self, step: Step) -> Option<Date> {
        let day = match step {
            Step::Received => Some(self.received),
            Step::Assessed => self.assessed,
            Step::Planned => self.planned,
            Step::Referred => self.referred,
            Step::InService => self.in_service,
        };
        day.map(|day| day.0)
    }

    /// How it ended, if it has by a day.
    pub(super) fn left_by(&self, on: Date) -> Option<&Leaving> {
        self.left.as_ref().filter(|left| left.on.0 <= on)
    }
}

/// What ended the journey first: its closure, or what took its person out of sight for good. Contact
/// that was regained ends nothing.
fn leaving(journey: &Journey<'_>) -> Option<Leaving> {
    let mut out_of_sight: Option<(OccurredOn, &'static str)> = None;
    for departure in &journey.departures {
        let how = match departure.kind {
            DepartureKind::Died => "died",
            DepartureKind::Remigrated => "remigrated",
            DepartureKind::RemovedAgain => "removed-again",
            DepartureKind::MovedAway => "moved-away",
            DepartureKind::ContactLost => "contact-lost",
            DepartureKind::ObservationEnded => "observation-ended",
            DepartureKind::ContactRegained => {
                out_of_sight = out_of_sight.filter(|(_, how)| *how != "contact-lost");
                continue;
            }
        };
        out_of_sight = out_of_sight.or(Some((departure.on, how)));
    }
    let closed = journey
        .closure
        .map(|closure| (closure.on, closure.reason.as_str()));
    let ends = [closed, out_of_sight].into_iter().flatten();
    // On the same day the closure says why.
    let (on, how) = ends.min_by_key(|(on, _)| on.day())?;
    Some(Leaving {
        on: Day(on.day()),
        how: how.into(),
    })
}

impl Row for Way {
    const PREFIX: &'static str = "journey|";

    fn share(mut self, names: &mut Names) -> Self {
        self.counted = names.counted(&self.counted);
        if let Some(left) = &mut self.left {
            left.how = names.text(&left.how);
        }
        self
    }

    fn kept(index: &Index) -> Option<&Rows<Self>> {
        index.ways()
    }
}
