//! What a case worker keeps of a journey besides referrals: plans with their goals, what was given and
//! whether it still serves, relatives, transfers, attachments; and the days that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use homeward_events::assistance::ConfirmationFinding;
use homeward_events::id::{
    ActorId, AgencyId, ConsentId, EventId, GoalId, HouseholdId, LedgerId, ProgrammeId, SiteId,
};
use homeward_events::lifecycle::{
    Attached, Relation, RemovalReason, TransferDeclineReason, TransferReason,
};
use homeward_events::plan::GoalProgress;
use homeward_events::time::{OccurredOn, RecordedAt, add_days, add_months};
use homeward_events::vocabulary::{Dimension, Level};
use jiff::civil::Date;

use crate::journey::{Assistance, Journey};

/// Months after the return within which a plan is due (source: IOM, Reintegration Handbook, 2019).
pub const PLAN_WITHIN_MONTHS: i32 = 1;

/// Months after a delivery at which somebody looks whether it still serves (source: IOM,
/// reintegration assistance monitoring).
pub const CONFIRM_AFTER_MONTHS: i32 = 3;

/// Days within which a proposed transfer is answered: as a referral of normal priority. [ours]
pub const TRANSFER_ANSWER_DAYS: i32 = 14;

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<'f> {
    /// When it was agreed.
    pub on: OccurredOn,
    /// The agency that agreed it.
    pub agency: &'f AgencyId,
    /// The account that agreed it.
    pub actor: Option<&'f ActorId>,
    /// Programme.
    pub programme: Option<&'f ProgrammeId>,
    /// Goals by id.
    pub goals: BTreeMap<&'f GoalId, Goal<'f>>,
    /// When it was reviewed, last.
    pub reviewed: Option<OccurredOn>,
    /// How often it was reviewed.
    pub reviews: u32,
    /// What was decided on it.
    pub approval: Approval,
    /// When that was decided, and by whom.
    pub decided: Option<(OccurredOn, &'f ActorId)>,
}

/// A goal of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal<'f> {
    /// Dimension.
    pub dimension: Dimension,
    /// Level.
    pub level: Level,
    /// By when.
    pub due_on: Option<Date>,
    /// What, in a few words.
    pub summary: Option<&'f str>,
    /// How far, as told last.
    pub progress: GoalProgress,
    /// When that was told.
    pub since: OccurredOn,
}

/// Where a plan stands with those who decide on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Approval {
    /// Waits for a decision: nobody decided yet, or it was sent back and reviewed since.
    Pending,
    /// Approved.
    Approved,
    /// Sent back for changes.
    SentBack,
    /// Rejected.
    Rejected,
}

impl Approval {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::SentBack => "sent-back",
            Self::Rejected => "rejected",
        }
    }
}

/// What the person of another journey is to this one, as told on this side last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    /// When that was written down: the last word of both sides counts.
    pub recorded: RecordedAt,
    /// The event.
    pub event: EventId,
    /// What, and in which household; `None` where they are not related after all.
    pub relation: Option<(Relation, Option<HouseholdId>)>,
}

/// A transfer of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer<'f> {
    /// The event that proposed it.
    pub event: EventId,
    /// When it was proposed.
    pub proposed: OccurredOn,
    /// The agency that proposed it.
    pub from: &'f AgencyId,
    /// The agency that is asked.
    pub to: &'f AgencyId,
    /// The site that is asked.
    pub site: Option<&'f SiteId>,
    /// The ledger that the case is to go to, if it leaves this one.
    pub ledger: Option<&'f LedgerId>,
    /// Why.
    pub reason: TransferReason,
    /// The consent under which what is known is passed on.
    pub consent: Option<ConsentId>,
    /// Where it stands.
    pub state: TransferState,
    /// Since when.
    pub since: OccurredOn,
}

/// Where a transfer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TransferState {
    /// Waits for an answer: the other side must act, and the clock runs.
    Pending,
    /// The other side keeps the case.
    Accepted,
    /// The other side does not take it.
    Declined(TransferDeclineReason),
    /// Taken back by who proposed it.
    Withdrawn,
}

impl TransferState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Declined(_) => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Transfer<'_> {
    /// Who must act next, and the last day for it; `None` once it is answered.
    pub fn pending(&self) -> Option<(&AgencyId, Date)> {
        match self.state {
            TransferState::Pending => Some((
                self.to,
                add_days(self.proposed.last_day(), TRANSFER_ANSWER_DAYS),
            )),
            TransferState::Accepted | TransferState::Declined(_) | TransferState::Withdrawn => None,
        }
    }
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment<'f> {
    /// The event that added it.
    pub event: EventId,
    /// When.
    pub on: OccurredOn,
    /// The agency that added it.
    pub agency: &'f AgencyId,
    /// What it is.
    pub attached: &'f Attached,
    /// When it was taken off, and why.
    pub removed: Option<(OccurredOn, RemovalReason)>,
}

impl Assistance<'_> {
    /// Whether somebody has found out whether it still serves.
    pub fn is_confirmed(&self) -> bool {
        self.confirmed
            .is_some_and(|finding| finding != ConfirmationFinding::NotConfirmed)
    }

    /// The day from which it is owed to look whether it still serves; `None` once that was found out,
    /// or where it was undone.
    pub fn confirm_on(&self) -> Option<Date> {
        let owed = !self.reversed && !self.is_confirmed();
        owed.then(|| add_months(self.on.day(), CONFIRM_AFTER_MONTHS))
    }
}

impl Journey<'_> {
    /// The last day on which a plan is in time; `None` for journeys without a return, and once a plan
    /// is agreed.
    pub fn plan_due_on(&self) -> Option<Date> {
        let origin = self.origin.filter(|_| self.plans.is_empty())?;
        Some(add_months(origin.on.day(), PLAN_WITHIN_MONTHS))
    }

    /// The transfer that waits for an answer.
    pub fn pending_transfer(&self) -> Option<&Transfer<'_>> {
        self.transfers
            .values()
            .filter(|transfer| transfer.pending().is_some())
            .max_by_key(|transfer| (transfer.since, transfer.event))
    }

    /// The agencies that keep the case or are asked to: the last keeper, and who must answer.
    pub fn agencies_concerned(&self) -> BTreeSet<&AgencyId> {
        let asked = self.transfers.values().filter_map(|t| t.pending());
        self.agency
            .into_iter()
            .chain(asked.map(|(agency, _)| agency))
            .collect()
    }
}
