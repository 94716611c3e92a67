//! Referrals: what is open, whose turn it is, and which clock runs; what has ended, and why. Overdue is
//! never stored: a clock's end is, and the reference time comes with the question.
//!
//! One row and one cell a referral. The rows are kept in memory as well ([`Known`]), for lists in the
//! order of urgency and for figures that follow each referral to the reference day.

pub mod clocks;
mod count;
pub(crate) mod known;
mod lists;
pub mod providers;
pub mod reasons;

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::Family;
use homeward_events::id::{AgencyId, ConsentId, GoalId, JourneyId, ReferralId};
use homeward_events::referral::{GoalOutcome, Priority};
use homeward_events::time::{Day, OccurredOn};
use homeward_journey::referral::{Referral, State};
use homeward_journey::{Journey, Person};
use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::cube::cell_key;
use crate::dimension::{NOT_KNOWN, month};
use crate::index::Index;
use crate::model::{Contributions, ReadModel};

pub use clocks::{Clocks, Level};
pub use count::{Answer, Group, count};
pub use known::{Known, Place, Walk};
pub(crate) use lists::collect;
pub use lists::{ListQuery, list_closed, list_open, next_place, of_journey};

/// The read model.
pub static REFERRALS: ReadModel = ReadModel {
    name: "referrals",
    version: 3,
    reads: &[
        Family::Notice,
        Family::Reception,
        Family::Consent,
        Family::Referral,
        Family::Departure,
        Family::Lifecycle,
        Family::Correction,
    ],
    contribute,
    index: Some(|| Index::Referrals(Known::new(DIMENSIONS))),
};

/// What referrals are counted by. `owner` and `clock` are `none` once a referral has ended; `due_on`
/// is the day in UTC on which the running clock ends.
pub const DIMENSIONS: &[&str] = &[
    "ledger",
    "from",
    "to",
    "need",
    "priority",
    "sent_month",
    "state",
    "owner",
    "clock",
    "due_on",
];

/// What figures that follow each referral (durations, providers, reasons) are grouped and restricted
/// by.
pub const COUNTED: &[&str] = &["ledger", "from", "to", "need", "priority", "sent_month"];

/// What `owner`, `clock` and `due_on` say of a referral that has ended.
pub const NONE: &str = "none";

/// Where the rows are.
const ROWS: &str = "of|";

/// A referral in a list.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The referral.
    pub referral: ReferralId,
    /// Its journey.
    pub journey: JourneyId,
    /// Ledger.
    pub ledger: String,
    /// The agency that sent it.
    pub from: AgencyId,
    /// The agency that it was sent to.
    pub to: AgencyId,
    /// What is needed.
    pub need: String,
    /// How fast an answer is owed.
    pub priority: Priority,
    /// When it was sent.
    pub sent: OccurredOn,
    /// Where it stands.
    pub state: String,
    /// Since when.
    pub since: OccurredOn,
    /// When anything last happened to it.
    pub last_step: OccurredOn,
    /// Whose turn it is.
    pub owner: Option<String>,
    /// Which clock runs.
    pub clock: Option<String>,
    /// When that clock ends; overdue after it.
    pub due: Option<Timestamp>,
    /// When the provider first had it.
    pub received: Option<OccurredOn>,
    /// When the provider first said yes or no.
    pub decided: Option<OccurredOn>,
    /// When the provider first said yes.
    pub accepted: Option<OccurredOn>,
    /// When the client was first reached, or an appointment made.
    pub contacted: Option<OccurredOn>,
    /// When the client first came.
    pub attended: Option<OccurredOn>,
    /// When it was concluded.
    pub concluded: Option<OccurredOn>,
    /// Attempts to reach the client in vain.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub contacts_failed: u32,
    /// Appointments that the client missed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub missed: u32,
    /// The appointment made last.
    pub booked: Option<OccurredOn>,
    /// Day on which a place is expected.
    pub place_on: Option<Day>,
    /// Why it was declined, last time.
    pub declined: Option<String>,
    /// Why it was withdrawn.
    pub withdrawn: Option<String>,
    /// What was delivered.
    pub delivery: Option<String>,
    /// Why it was not wholly delivered.
    pub not_delivered: Option<String>,
    /// Goals that it serves.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub goals: BTreeSet<GoalId>,
    /// What came of them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcomes: BTreeMap<GoalId, GoalOutcome>,
    /// Since when the consent is gone that it rested on.
    pub consent_withdrawn: Option<OccurredOn>,
    /// Which consent that was.
    pub consent: Option<ConsentId>,
    /// Last day on which data may be shared for it without a new consent.
    pub consent_until: Option<Day>,
    /// To whom it was passed on.
    pub rerouted_to: Option<AgencyId>,
    /// The earlier referral that it follows.
    pub follows: Option<ReferralId>,
    /// Later referrals that follow it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub followed_by: BTreeSet<ReferralId>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands a field on by reference"
)]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Row {
    /// Why it ended without what was asked for: the kind of reason, and the reason. Declined stands
    /// although another way was found, because somebody had to find it.
    pub fn reasons(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let gone = self.consent_withdrawn.map(|_| reasons::CONSENT_WITHDRAWN);
        let withdrawn = self.withdrawn.as_deref();
        let withdrawn = withdrawn.filter(|_| self.state == State::Withdrawn.as_str());
        [
            (reasons::DECLINED, self.declined.as_deref()),
            (reasons::NOT_DELIVERED, self.not_delivered.as_deref()),
            (reasons::WITHDRAWN, withdrawn),
            (reasons::CONSENT_WITHDRAWN, gone),
        ]
        .into_iter()
        .filter_map(|(kind, reason)| Some((kind, reason?)))
    }

    /// How urgent the running clock is at a time; `None` once the referral has ended.
    pub fn level(&self, at: Timestamp) -> Option<Level> {
        Some(Clocks::shipped().level(self.since, self.due?, at))
    }

    /// Whether nothing has happened to an open referral for too long.
    pub fn is_stale(&self, at: Timestamp) -> bool {
        self.due.is_some() && at > Clocks::shipped().stale(self.last_step)
    }

    /// Whether the consent that an open referral rests on has surely expired: nothing more may be shared
    /// for it, anywhere on Earth.
    pub fn consent_expired(&self, at: Timestamp) -> bool {
        let last = self.consent_until.map(|day| OccurredOn::Day(day.0));
        self.due.is_some() && last.is_some_and(|last| at > last.last_instant())
    }

    /// Why it has ended, in a few words; `None` while it is open.
    pub fn why_ended(&self) -> Option<String> {
        let state = State::ALL
            .iter()
            .find(|state| state.as_str() == self.state)?;
        let on = self.since;
        let because = |why: &Option<String>| {
            why.as_ref()
                .map_or_else(String::new, |why| format!(": {why}"))
        };
        Some(match state {
            State::ConsentWithdrawn => {
                let on = self.consent_withdrawn.unwrap_or(on);
                format!("closed because consent was withdrawn on {on}")
            }
            State::Withdrawn => format!("withdrawn on {on}{}", because(&self.withdrawn)),
            State::Rerouted => match &self.rerouted_to {
                Some(agency) => format!("passed on to {agency} on {on}"),
                None => format!("passed on on {on}"),
            },
            State::Concluded => {
                let delivery = self.delivery.as_deref().unwrap_or("concluded");
                format!("{delivery} on {on}{}", because(&self.not_delivered))
            }
            State::Sent
            | State::Received
            | State::Waitlisted
            | State::Accepted
            | State::Contacted
            | State::ContactFailed
            | State::Booked
            | State::Missed
            | State::Attended
            | State::InService
            | State::Declined => return None,
        })
    }
}

fn contribute(person: &Person<'_>, out: &mut Contributions) {
    for journey in &person.journeys {
        for (id, referral) in &journey.referrals {
            let row = row(journey, *id, referral);
            let none = || NONE.to_owned();
            let due_on = row
                .due
                .map_or_else(none, |due| Offset::UTC.to_datetime(due).date().to_string());
            out.count(cell_key(&[
                &row.ledger,
                row.from.as_str(),
                row.to.as_str(),
                &row.need,
                row.priority.as_str(),
                &month(row.sent.day()),
                &row.state,
                row.owner.as_deref().unwrap_or(NONE),
                row.clock.as_deref().unwrap_or(NONE),
                &due_on,
            ]));
            out.row(known::key_of(journey.id, *id), &row);
        }
    }
}

fn row(journey: &Journey<'_>, id: ReferralId, referral: &Referral<'_>) -> Row {
    let pending = referral.state.pending();
    let concluded = referral.concluded;
    Row {
        referral: id,
        journey: journey.id,
        ledger: journey
            .ledger
            .map_or(NOT_KNOWN, |ledger| ledger.as_str())
            .to_owned(),
        from: referral.from.clone(),
        to: referral.to.clone(),
        need: referral.need.as_str().to_owned(),
        priority: referral.priority,
        sent: referral.sent,
        state: referral.state.as_str().to_owned(),
        since: referral.since,
        last_step: referral.last_step,
        owner: pending.map(|(owner, _)| owner.as_str().to_owned()),
        clock: pending.map(|(_, clock)| clock.as_str().to_owned()),
        due: Clocks::shipped().due(referral),
        received: referral.received,
        decided: referral.decided,
        accepted: referral.accepted,
        contacted: referral.contacted,
        attended: referral.attended,
        concluded: concluded.map(|(on, _, _)| on),
        contacts_failed: referral.contacts_failed,
        missed: referral.missed,
        booked: referral.booked,
        place_on: referral.place_on.map(Day),
        declined: referral.declined.map(|reason| reason.as_str().to_owned()),
        withdrawn: referral.withdrawn.map(|reason| reason.as_str().to_owned()),
        delivery: concluded.map(|(_, delivery, _)| delivery.as_str().to_owned()),
        not_delivered: concluded
            .and_then(|(_, _, reason)| reason)
            .map(|reason| reason.as_str().to_owned()),
        goals: referral.goals.clone(),
        outcomes: referral.outcomes.cloned().unwrap_or_default(),
        consent_withdrawn: referral.consent_gone.map(|(on, _)| on),
        consent: referral.consent_gone.and_then(|(_, consent)| consent),
        consent_until: referral.consent_until.map(Day),
        rerouted_to: referral.rerouted.map(|(agency, _)| agency.clone()),
        follows: referral.follows,
        followed_by: referral.followed_by.clone(),
    }
}
