//! What one journey is owed, as its facts tell it.

use std::borrow::Cow;

use homeward_events::referral::Priority;
use homeward_events::time::{Day, add_months};
use homeward_journey::referral::{Owner, State};
use homeward_journey::{Consent, DepartureKind, FollowUpState, Journey, Stage};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::kind::Kind;
use crate::dimension::{NOT_KNOWN, Profile};
use crate::follow_ups;
use crate::referrals::Clocks;

/// Months after a return by which a plan is due. Source: IOM, Reintegration Handbook (2019).
const PLAN_MONTHS: i32 = 1;
/// Months after a delivery by which it is to be confirmed. Source: IOM practice.
const CONFIRMATION_MONTHS: i32 = 3;

/// A day, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Moment {
    /// A civil day.
    Day(Day),
    /// An instant.
    At(Timestamp),
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::At(at) => at.fmt(f),
        }
    }
}

/// A journey that is owed something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row<'f> {
    /// Ledger.
    pub ledger: Cow<'f, str>,
    /// Site that keeps the case.
    pub site: Cow<'f, str>,
    /// Programme.
    pub programme: Cow<'f, str>,
    /// How the return came about.
    pub return_type: Cow<'f, str>,
    /// Sex.
    pub sex: Cow<'f, str>,
    /// Stage.
    pub stage: Cow<'f, str>,
    /// What it is owed, by kind.
    pub owed: Vec<Owed<'f>>,
}

/// One thing that is owed.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed<'f> {
    /// What.
    pub kind: Kind,
    /// The agency that must act.
    pub agency: Cow<'f, str>,
    /// Since when it stands so.
    pub since: Moment,
    /// When it becomes due; absent if it has no deadline.
    pub due: Option<Moment>,
    /// Its deadline, if it has one: overdue after it.
    pub closes: Option<Moment>,
    /// Which referral, follow-up, consent or delivery.
    pub subject: Option<Cow<'f, str>>,
    /// The need of a referral, the wave of a follow-up, the kind of a delivery.
    pub about: Option<Cow<'f, str>>,
    /// How fast an answer to a referral is owed.
    pub priority: Option<Priority>,
    /// Which clock of a referral runs.
    pub clock: Option<Cow<'f, str>>,
    /// Who is to do it, where somebody was named.
    pub assigned_to: Option<Cow<'f, str>>,
    /// How it is to be done, where it was planned.
    pub channel: Option<Cow<'f, str>>,
    /// Attempts in vain.
    pub attempts: Option<u32>,
    /// How often its window was moved.
    pub moved: Option<u32>,
}

impl<'f> Row<'f> {
    /// What a journey is owed; `None` if nothing.
    pub fn of(journey: &Journey<'f>) -> Option<Self> {
        let owed = owed(journey);
        if owed.is_empty() {
            return None;
        }
        let profile = Profile::of(journey);
        Some(Self {
            ledger: profile.ledger.into(),
            site: profile.site.into(),
            programme: profile.programme.into(),
            return_type: profile.return_type.into(),
            sex: profile.sex.into(),
            stage: journey.stage.as_str().into(),
            owed,
        })
    }
}

impl<'f> Owed<'f> {
    /// Something of which nothing but its time is known.
    fn new(kind: Kind, agency: &'f str, since: Moment) -> Self {
        Self {
            kind,
            agency: agency.into(),
            since,
            due: None,
            closes: None,
            subject: None,
            about: None,
            priority: None,
            clock: None,
            assigned_to: None,
            channel: None,
            attempts: None,
            moved: None,
        }
    }

    /// Something to be done on a day.
    fn on(kind: Kind, agency: &'f str, since: Date, day: Date) -> Self {
        let by = Some(Moment::Day(Day(day)));
        Self {
            due: by,
            closes: by,
            ..Self::new(kind, agency, Moment::Day(Day(since)))
        }
    }
}

fn owed<'f>(journey: &Journey<'f>) -> Vec<Owed<'f>> {
    // Until an agency has taken the case, whoever told of it first is asked.
    let first = journey.facts.first().map(|event| &event.agency);
    let agency = journey.agency.or(first).map_or(NOT_KNOWN, |a| a.as_str());
    let mut owed = Vec::new();
    // A study that has watched somebody to its end as planned asks nothing more.
    let watched = journey
        .departures
        .last()
        .is_none_or(|last| last.kind != DepartureKind::ObservationEnded);
    let followed = watched && follow_ups::owed(journey);
    if followed {
        arrival(journey, agency, &mut owed);
        first_steps(journey, agency, &mut owed);
    }
    referrals_of(journey, &mut owed);
    if followed {
        follow_ups_of(journey, agency, &mut owed);
        contact(journey, agency, &mut owed);
        consents(journey, agency, &mut owed);
    }
    confirmations(journey, agency, &mut owed);
    owed
}

fn arrival<'f>(journey: &Journey<'f>, agency: &'f str, owed: &mut Vec<Owed<'f>>) {
    let here = journey.origin.is_some() || journey.registered || journey.not_arrived;
    if let Some(notice) = journey.notice.filter(|n| !n.cancelled && !here) {
        let day = notice.expected_on;
        owed.push(Owed::on(Kind::Arrival, agency, day, day));
    }
}

fn first_steps<'f>(journey: &Journey<'f>, agency: &'f str, owed: &mut Vec<Owed<'f>>) {
    if journey.assessments.is_empty()
        && let Some(day) = journey.arrived_on()
    {
        let since = Moment::Day(Day(day));
        owed.push(Owed::new(Kind::Assessment, agency, since));
    }
    if journey.plans.is_empty()
        && let Some(origin) = journey.origin
    {
        let day = origin.on.day();
        let by = add_months(day, PLAN_MONTHS);
        owed.push(Owed::on(Kind::Plan, agency, day, by));
    }
}

fn referrals_of<'f>(journey: &Journey<'f>, owed: &mut Vec<Owed<'f>>) {
    let clocks = Clocks::shipped();
    for (id, referral) in &journey.referrals {
        let (Some((owner, clock)), Some(closes)) = (referral.state.pending(), clocks.due(referral))
        else {
            continue;
        };
        let kind = if referral.state == State::Waitlisted {
            Kind::Waitlist
        } else {
            Kind::Referral
        };
        let agency = match owner {
            Owner::Sender => referral.from,
            Owner::Provider => referral.to,
        };
        let since = Moment::At(referral.since.last_instant());
        owed.push(Owed {
            due: Some(since),
            closes: Some(Moment::At(closes)),
            subject: Some(id.to_string().into()),
            about: Some(referral.need.as_str().into()),
            priority: Some(referral.priority),
            clock: Some(clock.as_str().into()),
            ..Owed::new(kind, agency.as_str(), since)
        });
    }
}

fn follow_ups_of<'f>(journey: &Journey<'f>, agency: &'f str, owed: &mut Vec<Owed<'f>>) {
    for (key, follow_up) in &journey.follow_ups {
        match follow_up.state {
            FollowUpState::Scheduled | FollowUpState::Missed(_) => {}
            FollowUpState::Completed(_) | FollowUpState::Cancelled(_) => continue,
        }
        let count = |count: u32| Some(count).filter(|count| *count > 0);
        owed.push(Owed {
            due: Some(Moment::Day(Day(follow_up.due_on))),
            closes: Some(Moment::Day(Day(follow_up.closes_on))),
            subject: Some(key.as_str().into()),
            about: Some(follow_up.wave.as_str().into()),
            assigned_to: follow_up.assigned_to.map(|actor| actor.as_str().into()),
            channel: follow_up.channel.map(|channel| channel.as_str().into()),
            attempts: count(follow_up.attempts),
            moved: count(u32::try_from(follow_up.moved.len()).unwrap_or(u32::MAX)),
            ..Owed::new(
                Kind::FollowUp,
                agency,
                Moment::Day(Day(follow_up.since.day())),
            )
        });
    }
}

fn contact<'f>(journey: &Journey<'f>, agency: &'f str, owed: &mut Vec<Owed<'f>>) {
    // Whom everybody knows to be out of reach, nobody is asked to notice missing.
    if journey.stage == Stage::ContactLost || journey.arrived_on().is_none() {
        return;
    }
    if let Some(last) = journey.last_day {
        let since = Moment::Day(Day(last));
        owed.push(Owed::new(Kind::Contact, agency, since));
    }
}

fn consents<'f>(journey: &Journey<'f>, agency: &'f str, owed: &mut Vec<Owed<'f>>) {
    let standing = || {
        let all = journey.consents.iter();
        all.filter(|(_, consent)| !is_withdrawn(consent))
    };
    for (id, consent) in standing() {
        let Some(last) = consent.expires_on else {
            continue;
        };
        let renewed = standing().any(|(other, by)| other != id && outlasts(by, consent, last));
        if !renewed {
            owed.push(Owed {
                subject: Some(id.to_string().into()),
                ..Owed::on(Kind::Consent, agency, consent.from.day(), last)
            });
        }
    }
}

/// Whether nothing of a consent is left.
fn is_withdrawn(consent: &Consent<'_>) -> bool {
    consent.purposes.iter().all(|purpose| {
        let mut withdrawn = consent.withdrawn.iter();
        withdrawn.any(|(_, purposes)| purposes.is_empty() || purposes.contains(purpose))
    })
}

/// Whether one consent lets everything that another does, and longer.
fn outlasts(one: &Consent<'_>, other: &Consent<'_>, last: Date) -> bool {
    one.expires_on.is_none_or(|day| day > last)
        && one.withdrawn.is_empty()
        && one.purposes.is_superset(other.purposes)
        && (one.agencies.is_empty()
            || !other.agencies.is_empty() && one.agencies.is_superset(other.agencies))
}

/// Also of a journey that is closed: whether support still serves is asked three months on.
fn confirmations<'f>(journey: &Journey<'f>, agency: &'f str, owed: &mut Vec<Owed<'f>>) {
    if matches!(journey.stage, Stage::Died | Stage::Departed) {
        return;
    }
    for (id, assistance) in &journey.assistance {
        if assistance.reversed || assistance.confirmed.is_some() {
            continue;
        }
        let day = assistance.on.day();
        let by = add_months(day, CONFIRMATION_MONTHS);
        owed.push(Owed {
            subject: Some(id.to_string().into()),
            about: Some(assistance.delivered.kind.as_str().into()),
            ..Owed::on(Kind::Confirmation, agency, day, by)
        });
    }
}
