//! Findings: what a journey's facts cannot all mean together. One list of rules serves twice: a
//! proposed fact that breaks one is refused at the border; a fact already in the log that breaks one
//! is counted as a question of data quality, and nothing fails.

use homeward_events::id::EventId;

/// A rule, by its stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A journey begins with a notice, a reception or a registration.
    OriginMissing,
    /// After closure and until reopening: only facts dated before it, corrections, links, transfer,
    /// what ends something still open, and what police, courts and borders observe.
    JourneyClosed,
    /// Reopening is for closed journeys.
    NotClosed,
    /// After death: only corrections, links, closure, erasure, access, assistance to the estate, and
    /// what ends something still open.
    AfterDeath,
    /// On the day that it is sent or reopened, a referral needs a consent or an override in force that
    /// covers the agency and everything disclosed; the consent that it names, where it names one.
    ConsentMissing,
    /// A withdrawal names a consent that was given.
    ConsentUnknown,
    /// Nothing is shared, and nothing moves, under a consent that was withdrawn before. A referral that
    /// rested on it is closed: it can be reopened under another consent.
    ConsentWithdrawn,
    /// Reopening is for referrals that have ended or were declined.
    ReferralOpen,
    /// Before the provider accepted it, a referral is not worked on.
    ReferralUndecided,
    /// The step that must come before is missing: contact or appointment before attendance, appointment
    /// before a missed one, attendance before the service begins.
    ReferralTooEarly,
    /// The referral is past this step.
    ReferralTooLate,
    /// Declined, a referral is rerouted, reopened or withdrawn.
    ReferralDeclined,
    /// Ended, a referral can only be reopened.
    ReferralEnded,
    /// A referral's events name a referral that was sent.
    ReferralUnknown,
    /// A referral is sent once: the sending that was recorded first holds.
    ReferralTwice,
    /// What was not wholly delivered has a reason.
    ReasonMissing,
    /// What was delivered, wholly or partly, has an outcome for each goal named when it was sent.
    OutcomeMissing,
    /// Answers need a schedule.
    ScheduleMissing,
    /// A review and an approval name a plan that was agreed.
    PlanUnknown,
    /// A review names goals of its plan.
    GoalUnknown,
    /// A goal's id is given once in a plan.
    GoalTwice,
    /// Whoever agreed a plan does not decide on it.
    FourEyes,
    /// A confirmation and a reversal name a delivery.
    AssistanceUnknown,
    /// An end names a spell that was begun.
    SpellUnknown,
    /// A spell does not end before it begins.
    SpellBackwards,
    /// An acquittal and a quashing name a case that was opened.
    CaseUnknown,
    /// A correction names a fact of the same journey that was recorded before it, and a replacement
    /// names another that stands in its place.
    CorrectionUnknown,
    /// A fact is corrected by the agency that told it, by the agency that keeps the case, or in the
    /// capacity of a supervisor or an administrator.
    CorrectionForeign,
    /// A journey is not linked with itself, nor related to itself.
    LinkToSelf,
    /// An answer to a transfer names one that was proposed.
    TransferUnknown,
    /// A transfer is answered once.
    TransferAnswered,
    /// One transfer is proposed at a time, each under an id of its own.
    TransferPending,
    /// Who keeps the case proposes a transfer and takes it back; who is asked accepts or declines.
    TransferForeign,
    /// A removal names an attachment that was added.
    AttachmentUnknown,
    /// An attachment's id is given once.
    AttachmentTwice,
    /// An event id names one fact only.
    EventIdReused,
    /// A completed erasure was asked for.
    RequestUnknown,
    /// A cut stands under the id that its ledger keeps for cuts.
    CutElsewhere,
    /// Under that id stands nothing else.
    CutsOnly,
    /// A name is given to one cut of a ledger: the one that was recorded first holds.
    CutNameTaken,
    /// A service directory stands under the id that its ledger keeps for it.
    DirectoryElsewhere,
    /// Under that id stands nothing else.
    DirectoryOnly,
    /// A version of the directory is published once: the publication that was recorded first holds.
    DirectoryVersionTaken,
    /// Nothing is added to a version that is out, but for corrections.
    DirectoryVersionOut,
    /// Versions follow on each other, from 1.
    DirectoryVersionGap,
    /// As many services stand in a version as its publication says.
    DirectoryCountDiffers,
    /// A service that is withdrawn was listed.
    DirectoryServiceUnknown,
}

impl Rule {
    /// Every rule.
    pub const ALL: &'static [Self] = &[
        Self::OriginMissing,
        Self::JourneyClosed,
        Self::NotClosed,
        Self::AfterDeath,
        Self::ConsentMissing,
        Self::ConsentUnknown,
        Self::ConsentWithdrawn,
        Self::ReferralOpen,
        Self::ReferralUndecided,
        Self::ReferralTooEarly,
        Self::ReferralTooLate,
        Self::ReferralDeclined,
        Self::ReferralEnded,
        Self::ReferralUnknown,
        Self::ReferralTwice,
        Self::ReasonMissing,
        Self::OutcomeMissing,
        Self::ScheduleMissing,
        Self::PlanUnknown,
        Self::GoalUnknown,
        Self::GoalTwice,
        Self::FourEyes,
        Self::AssistanceUnknown,
        Self::SpellUnknown,
        Self::SpellBackwards,
        Self::CaseUnknown,
        Self::CorrectionUnknown,
        Self::CorrectionForeign,
        Self::LinkToSelf,
        Self::TransferUnknown,
        Self::TransferAnswered,
        Self::TransferPending,
        Self::TransferForeign,
        Self::AttachmentUnknown,
        Self::AttachmentTwice,
        Self::EventIdReused,
        Self::RequestUnknown,
        Self::CutElsewhere,
        Self::CutsOnly,
        Self::CutNameTaken,
        Self::DirectoryElsewhere,
        Self::DirectoryOnly,
        Self::DirectoryVersionTaken,
        Self::DirectoryVersionOut,
        Self::DirectoryVersionGap,
        Self::DirectoryCountDiffers,
        Self::DirectoryServiceUnknown,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OriginMissing => "origin-missing",
            Self::JourneyClosed => "journey-closed",
            Self::NotClosed => "not-closed",
            Self::AfterDeath => "after-death",
            Self::ConsentMissing => "consent-missing",
            Self::ConsentUnknown => "consent-unknown",
            Self::ConsentWithdrawn => "consent-withdrawn",
            Self::ReferralOpen => "referral-open",
            Self::ReferralUndecided => "referral-undecided",
            Self::ReferralTooEarly => "referral-too-early",
            Self::ReferralTooLate => "referral-too-late",
            Self::ReferralDeclined => "referral-declined",
            Self::ReferralEnded => "referral-ended",
            Self::ReferralUnknown => "referral-unknown",
            Self::ReferralTwice => "referral-twice",
            Self::ReasonMissing => "reason-missing",
            Self::OutcomeMissing => "outcome-missing",
            Self::ScheduleMissing => "schedule-missing",
            Self::PlanUnknown => "plan-unknown",
            Self::GoalUnknown => "goal-unknown",
            Self::GoalTwice => "goal-twice",
            Self::FourEyes => "four-eyes",
            Self::AssistanceUnknown => "assistance-unknown",
            Self::SpellUnknown => "spell-unknown",
            Self::SpellBackwards => "spell-backwards",
            Self::CaseUnknown => "case-unknown",
            Self::CorrectionUnknown => "correction-unknown",
            Self::CorrectionForeign => "correction-foreign",
            Self::LinkToSelf => "link-to-self",
            Self::TransferUnknown => "transfer-unknown",
            Self::TransferAnswered => "transfer-answered",
            Self::TransferPending => "transfer-pending",
            Self::TransferForeign => "transfer-foreign",
            Self::AttachmentUnknown => "attachment-unknown",
            Self::AttachmentTwice => "attachment-twice",
            Self::EventIdReused => "event-id-reused",
            Self::RequestUnknown => "request-unknown",
            Self::CutElsewhere => "cut-elsewhere",
            Self::CutsOnly => "cuts-only",
            Self::CutNameTaken => "cut-name-taken",
            Self::DirectoryElsewhere => "directory-elsewhere",
            Self::DirectoryOnly => "directory-only",
            Self::DirectoryVersionTaken => "directory-version-taken",
            Self::DirectoryVersionOut => "directory-version-out",
            Self::DirectoryVersionGap => "directory-version-gap",
            Self::DirectoryCountDiffers => "directory-count-differs",
            Self::DirectoryServiceUnknown => "directory-service-unknown",
        }
    }

    /// The field of the event's data that the rule is about, as a JSON pointer within the event.
    pub const fn field(self) -> &'static str {
        match self {
            Self::OriginMissing
            | Self::CutElsewhere
            | Self::CutsOnly
            | Self::DirectoryElsewhere
            | Self::DirectoryOnly => "/subject",
            Self::JourneyClosed
            | Self::AfterDeath
            | Self::SpellBackwards
            | Self::ConsentWithdrawn => "/occurred",
            Self::NotClosed
            | Self::ReferralOpen
            | Self::ReferralUndecided
            | Self::ReferralTooEarly
            | Self::ReferralTooLate
            | Self::ReferralDeclined
            | Self::ReferralEnded => "/type",
            Self::ConsentMissing | Self::ConsentUnknown => "/data/consent",
            Self::ReferralUnknown | Self::ReferralTwice => "/data/referral",
            Self::ReasonMissing => "/data/reason",
            Self::OutcomeMissing => "/data/outcomes",
            Self::ScheduleMissing => "/data/key",
            Self::PlanUnknown => "/data/plan",
            Self::GoalUnknown | Self::GoalTwice => "/data/goals",
            Self::FourEyes => "/data/approver",
            Self::AssistanceUnknown => "/data/assistance",
            Self::SpellUnknown => "/data/spell",
            Self::CaseUnknown => "/data/case",
            Self::CorrectionUnknown | Self::CorrectionForeign => "/data/event",
            Self::LinkToSelf => "/data/other",
            Self::TransferUnknown | Self::TransferAnswered | Self::TransferPending => {
                "/data/transfer"
            }
            Self::TransferForeign => "/agency",
            Self::AttachmentUnknown | Self::AttachmentTwice => "/data/attachment",
            Self::EventIdReused => "/id",
            Self::RequestUnknown => "/data/request",
            Self::CutNameTaken => "/data/name",
            Self::DirectoryVersionTaken | Self::DirectoryVersionOut | Self::DirectoryVersionGap => {
                "/data/version"
            }
            Self::DirectoryCountDiffers => "/data/services",
            Self::DirectoryServiceUnknown => "/data/service",
        }
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// One fact that breaks one rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The fact.
    pub event: EventId,
    /// The rule.
    pub rule: Rule,
    /// What was found, without personal data.
    pub detail: String,
}
