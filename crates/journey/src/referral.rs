//! The referral machine: every state says who owns the next action and which clock runs, and every
//! pair of a state and a move says where it leads or why not.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::catalogue::Referral as Fact;
use homeward_events::consent::DataCategory;
use homeward_events::id::{AgencyId, ConsentId, GoalId, ReferralId, ServiceId};
use homeward_events::referral::{
    DeclineReason, Delivery, GoalOutcome, NotDeliveredReason, Priority, ServiceNeed, WithdrawReason,
};
use homeward_events::time::OccurredOn;
use jiff::civil::Date;

use crate::finding::Rule;

/// Where a referral stands. Expired and overdue are no states: they follow from clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// On its way to the provider.
    Sent,
    /// In the provider's hands, undecided.
    Received,
    /// Waiting for a place.
    Waitlisted,
    /// Taken on.
    Accepted,
    /// The client was reached.
    Contacted,
    /// The client was not reached.
    ContactFailed,
    /// An appointment stands.
    Booked,
    /// The client missed it.
    Missed,
    /// The client came.
    Attended,
    /// The service is under way.
    InService,
    /// Refused; the sender must find another way.
    Declined,
    /// Ended: passed on under a referral of its own.
    Rerouted,
    /// Ended: called off.
    Withdrawn,
    /// Ended: the consent is gone.
    ConsentWithdrawn,
    /// Ended: the loop is closed.
    Concluded,
}

/// Who must act next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// The agency that sent it.
    Sender,
    /// The agency that it was sent to.
    Provider,
}

/// Which clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clock {
    /// From sending to receipt.
    Receipt,
    /// From receipt to a decision.
    Decision,
    /// From a waitlist place to a decision.
    Place,
    /// From acceptance to first contact.
    FirstContact,
    /// From contact to first attendance.
    FirstAttendance,
    /// From attendance to an outcome.
    Outcome,
    /// From a refusal to another way.
    AnotherWay,
}

/// What can happen to a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    /// `referral.received`
    Received,
    /// `referral.accepted`
    Accepted,
    /// `referral.declined`
    Declined,
    /// `referral.rerouted`
    Rerouted,
    /// `referral.waitlisted`
    Waitlisted,
    /// `referral.contacted`
    Contacted,
    /// `referral.contact-failed`
    ContactFailed,
    /// `referral.booked`
    Booked,
    /// `referral.attended`
    Attended,
    /// `referral.missed`
    Missed,
    /// `referral.started`
    Started,
    /// `referral.concluded`
    Concluded,
    /// `referral.withdrawn`
    Withdrawn,
    /// `referral.consent-withdrawn`
    ConsentWithdrawn,
    /// `referral.reopened`
    Reopened,
}

impl State {
    /// Every state, in the order of a referral's life.
    pub const ALL: &'static [Self] = &[
        Self::Sent,
        Self::Received,
        Self::Waitlisted,
        Self::Accepted,
        Self::Contacted,
        Self::ContactFailed,
        Self::Booked,
        Self::Missed,
        Self::Attended,
        Self::InService,
        Self::Declined,
        Self::Rerouted,
        Self::Withdrawn,
        Self::ConsentWithdrawn,
        Self::Concluded,
    ];

    /// The state's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Waitlisted => "waitlisted",
            Self::Accepted => "accepted",
            Self::Contacted => "contacted",
            Self::ContactFailed => "contact-failed",
            Self::Booked => "booked",
            Self::Missed => "missed",
            Self::Attended => "attended",
            Self::InService => "in-service",
            Self::Declined => "declined",
            Self::Rerouted => "rerouted",
            Self::Withdrawn => "withdrawn",
            Self::ConsentWithdrawn => "consent-withdrawn",
            Self::Concluded => "concluded",
        }
    }

    /// Who must act next, and which clock measures them; `None` once it has ended.
    pub const fn pending(self) -> Option<(Owner, Clock)> {
        match self {
            Self::Sent => Some((Owner::Provider, Clock::Receipt)),
            Self::Received => Some((Owner::Provider, Clock::Decision)),
            Self::Waitlisted => Some((Owner::Provider, Clock::Place)),
            Self::Accepted | Self::ContactFailed => Some((Owner::Provider, Clock::FirstContact)),
            Self::Contacted | Self::Booked | Self::Missed => {
                Some((Owner::Provider, Clock::FirstAttendance))
            }
            Self::Attended | Self::InService => Some((Owner::Provider, Clock::Outcome)),
            Self::Declined => Some((Owner::Sender, Clock::AnotherWay)),
            Self::Rerouted | Self::Withdrawn | Self::ConsentWithdrawn | Self::Concluded => None,
        }
    }

    /// Where a move leads from here.
    ///
    /// # Errors
    /// The machine has no such move: the rule that refuses it says what the caller can do.
    pub const fn after(self, step: Move) -> Result<Self, Rule> {
        let next = match step {
            Move::Received if matches!(self, Self::Sent) => Self::Received,
            Move::Accepted if self.undecided() => Self::Accepted,
            Move::Declined if self.undecided() || self.before_attendance() => Self::Declined,
            Move::Rerouted if self.undecided() || matches!(self, Self::Declined) => Self::Rerouted,
            Move::Waitlisted if matches!(self, Self::Sent | Self::Received | Self::Accepted) => {
                Self::Waitlisted
            }
            Move::Contacted if self.before_attendance() => Self::Contacted,
            Move::ContactFailed if self.before_attendance() => Self::ContactFailed,
            Move::Booked if self.before_attendance() => Self::Booked,
            Move::Missed if matches!(self, Self::Booked) => Self::Missed,
            Move::Attended if matches!(self, Self::Contacted | Self::Booked | Self::Missed) => {
                Self::Attended
            }
            // Once the client has come, further sessions leave it where it stands: the clock to the
            // first attendance has stopped for good.
            Move::Contacted
            | Move::ContactFailed
            | Move::Booked
            | Move::Attended
            | Move::Missed
                if self.attending() =>
            {
                self
            }
            Move::Started if matches!(self, Self::Attended) => Self::InService,
            Move::Concluded if self.before_attendance() || self.attending() => Self::Concluded,
            Move::Withdrawn if self.pending().is_some() => Self::Withdrawn,
            // Said of what a withdrawn consent has closed already, it says nothing new.
            Move::ConsentWithdrawn
                if self.pending().is_some() || matches!(self, Self::ConsentWithdrawn) =>
            {
                Self::ConsentWithdrawn
            }
            Move::Reopened if self.pending().is_none() || matches!(self, Self::Declined) => {
                Self::Sent
            }
            Move::Received
            | Move::Accepted
            | Move::Declined
            | Move::Rerouted
            | Move::Waitlisted
            | Move::Contacted
            | Move::ContactFailed
            | Move::Booked
            | Move::Attended
            | Move::Missed
            | Move::Started
            | Move::Concluded
            | Move::Withdrawn
            | Move::ConsentWithdrawn
            | Move::Reopened => return Err(self.refusal(step)),
        };
        Ok(next)
    }

    /// Why a move that leads nowhere from here is refused.
    const fn refusal(self, step: Move) -> Rule {
        match self {
            Self::ConsentWithdrawn => Rule::ConsentWithdrawn,
            Self::Rerouted | Self::Withdrawn | Self::Concluded => Rule::ReferralEnded,
            Self::Declined => Rule::ReferralDeclined,
            Self::Sent
            | Self::Received
            | Self::Waitlisted
            | Self::Accepted
            | Self::Contacted
            | Self::ContactFailed
            | Self::Booked
            | Self::Missed
            | Self::Attended
            | Self::InService => match step {
                Move::Reopened => Rule::ReferralOpen,
                Move::Contacted
                | Move::ContactFailed
                | Move::Booked
                | Move::Attended
                | Move::Missed
                | Move::Started
                | Move::Concluded
                    if self.undecided() =>
                {
                    Rule::ReferralUndecided
                }
                Move::Attended | Move::Missed | Move::Started if !self.attending() => {
                    Rule::ReferralTooEarly
                }
                Move::Received
                | Move::Accepted
                | Move::Declined
                | Move::Rerouted
                | Move::Waitlisted
                | Move::Contacted
                | Move::ContactFailed
                | Move::Booked
                | Move::Attended
                | Move::Missed
                | Move::Started
                | Move::Concluded
                | Move::Withdrawn
                | Move::ConsentWithdrawn => Rule::ReferralTooLate,
            },
        }
    }

    const fn undecided(self) -> bool {
        matches!(self, Self::Sent | Self::Received | Self::Waitlisted)
    }

    const fn before_attendance(self) -> bool {
        matches!(
            self,
            Self::Accepted | Self::Contacted | Self::ContactFailed | Self::Booked | Self::Missed
        )
    }

    const fn attending(self) -> bool {
        matches!(self, Self::Attended | Self::InService)
    }
}

impl Owner {
    /// The owner's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Provider => "provider",
        }
    }
}

impl Clock {
    /// Every clock, in the order in which they run.
    pub const ALL: &'static [Self] = &[
        Self::Receipt,
        Self::Decision,
        Self::Place,
        Self::FirstContact,
        Self::FirstAttendance,
        Self::Outcome,
        Self::AnotherWay,
    ];

    /// The clock's text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Decision => "decision",
            Self::Place => "place",
            Self::FirstContact => "first-contact",
            Self::FirstAttendance => "first-attendance",
            Self::Outcome => "outcome",
            Self::AnotherWay => "another-way",
        }
    }
}

impl Move {
    /// Every move, in the catalogue's order.
    pub const ALL: &'static [Self] = &[
        Self::Received,
        Self::Accepted,
        Self::Declined,
        Self::Rerouted,
        Self::Waitlisted,
        Self::Contacted,
        Self::ContactFailed,
        Self::Booked,
        Self::Attended,
        Self::Missed,
        Self::Started,
        Self::Concluded,
        Self::Withdrawn,
        Self::ConsentWithdrawn,
        Self::Reopened,
    ];

    /// The move's text: the past participle of its event's type.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Rerouted => "rerouted",
            Self::Waitlisted => "waitlisted",
            Self::Contacted => "contacted",
            Self::ContactFailed => "contact-failed",
            Self::Booked => "booked",
            Self::Attended => "attended",
            Self::Missed => "missed",
            Self::Started => "started",
            Self::Concluded => "concluded",
            Self::Withdrawn => "withdrawn",
            Self::ConsentWithdrawn => "consent-withdrawn",
            Self::Reopened => "reopened",
        }
    }
}

/// One referral as its facts tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral<'f> {
    /// The agency that sent it.
    pub from: &'f AgencyId,
    /// The agency that it was sent to.
    pub to: &'f AgencyId,
    /// To which of its services.
    pub service: Option<&'f ServiceId>,
    /// Version of the service directory it was chosen from.
    pub directory_version: Option<u32>,
    /// What is needed.
    pub need: ServiceNeed,
    /// How fast an answer is owed.
    pub priority: Priority,
    /// Exactly what is disclosed.
    pub discloses: &'f BTreeSet<DataCategory>,
    /// Goals of the plan that it serves: each needs an outcome before the loop is closed.
    pub goals: &'f BTreeSet<GoalId>,
    /// When it was sent.
    pub sent: OccurredOn,
    /// Since when it has been open without a break: when it was sent, or reopened last.
    pub opened: OccurredOn,
    /// Where it stands.
    pub state: State,
    /// Since when it stands there.
    pub since: OccurredOn,
    /// When anything last happened to it, whether it moved or not.
    pub last_step: OccurredOn,
    /// When the provider first had it.
    pub received: Option<OccurredOn>,
    /// When the provider, or the client, first said yes or no.
    pub decided: Option<OccurredOn>,
    /// When the provider first said yes.
    pub accepted: Option<OccurredOn>,
    /// Day on which a place is expected, as told last.
    pub place_on: Option<Date>,
    /// The appointment made last.
    pub booked: Option<OccurredOn>,
    /// When the client was first reached, or an appointment made: what the clock of first contact
    /// waits for.
    pub contacted: Option<OccurredOn>,
    /// When the client first came.
    pub attended: Option<OccurredOn>,
    /// When it was concluded, and how.
    pub concluded: Option<(OccurredOn, Delivery, Option<NotDeliveredReason>)>,
    /// What came of each goal, once it was concluded.
    pub outcomes: Option<&'f BTreeMap<GoalId, GoalOutcome>>,
    /// Attempts to reach the client in vain.
    pub contacts_failed: u32,
    /// Appointments that the client missed.
    pub missed: u32,
    /// Why it was declined, last time.
    pub declined: Option<DeclineReason>,
    /// Why it was withdrawn, last time.
    pub withdrawn: Option<WithdrawReason>,
    /// Since when the consent is gone, and which consent it was, where that is known.
    pub consent_gone: Option<(OccurredOn, Option<ConsentId>)>,
    /// Last day on which a consent or an override still lets data be shared for it, where all that do
    /// have one: what comes after it is no closing, but needs a new consent.
    pub consent_until: Option<Date>,
    /// To whom it was passed on, and under which referral.
    pub rerouted: Option<(&'f AgencyId, ReferralId)>,
    /// The earlier referral that it follows: named when it was sent, or passed on under it.
    pub follows: Option<ReferralId>,
    /// Later referrals that follow it.
    pub followed_by: BTreeSet<ReferralId>,
}

/// Which referral an event is about, and which move it is; sending is no move but the beginning.
pub(crate) fn step_of(fact: &Fact) -> (ReferralId, Option<Move>) {
    match fact {
        Fact::Sent(body) => (body.referral, None),
        Fact::Received(body) => (body.referral, Some(Move::Received)),
        Fact::Accepted(body) => (body.referral, Some(Move::Accepted)),
        Fact::Declined(body) => (body.referral, Some(Move::Declined)),
        Fact::Rerouted(body) => (body.referral, Some(Move::Rerouted)),
        Fact::Waitlisted(body) => (body.referral, Some(Move::Waitlisted)),
        Fact::Contacted(body) => (body.referral, Some(Move::Contacted)),
        Fact::ContactFailed(body) => (body.referral, Some(Move::ContactFailed)),
        Fact::Booked(body) => (body.referral, Some(Move::Booked)),
        Fact::Attended(body) => (body.referral, Some(Move::Attended)),
        Fact::Missed(body) => (body.referral, Some(Move::Missed)),
        Fact::Started(body) => (body.referral, Some(Move::Started)),
        Fact::Concluded(body) => (body.referral, Some(Move::Concluded)),
        Fact::Withdrawn(body) => (body.referral, Some(Move::Withdrawn)),
        Fact::ConsentWithdrawn(body) => (body.referral, Some(Move::ConsentWithdrawn)),
        Fact::Reopened(body) => (body.referral, Some(Move::Reopened)),
    }
}
