//! What rows hold, and how they are told from a journey. Rows are written as these types serialise: to
//! change one, raise the model's version.

use homeward_events::assistance::{AssistanceKind, ConfirmationFinding, Money};
use homeward_events::consent::{DataCategory, Purpose};
use homeward_events::id::{
    AgencyId, AssistanceId, AttachmentId, ConsentId, ContentDigest, EventId, HouseholdId,
    JourneyId, LedgerId, MediaType, ProgrammeId, SiteId, TransferId,
};
use homeward_events::lifecycle::{AttachmentKind, Relation, RemovalReason, TransferReason};
use homeward_events::time::{Day, OccurredOn, RecordedAt};
use homeward_events::vocabulary::DeliveryMode;
use homeward_journey::{Journey, TransferState};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::next::next;

/// A journey's row; a journey of which none of this is told has none.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The agency that keeps the case.
    pub keeper: Option<AgencyId>,
    /// Consents and overrides, by the day on which they began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    /// What was given, by day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assistance: Vec<Given>,
    /// Transfers, by the day on which they were proposed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transfers: Vec<Transfer>,
    /// Attachments, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What is said on this side of other journeys, by their id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relatives: Vec<Said>,
    /// What is to be done next, the earliest first; what has no day comes last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Next>,
}

/// A consent, or an override in its place.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// The consent; none for an override.
    pub consent: Option<ConsentId>,
    /// First day.
    pub from: Day,
    /// Last day, if it has one.
    pub expires_on: Option<Day>,
    /// For what, without what was withdrawn; with nothing left it is in force no longer.
    pub purposes: Vec<Purpose>,
    /// To which agencies; empty means every agency that the purpose needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<AgencyId>,
    /// Which data; none for an override, which discloses what the emergency needs.
    pub categories: Option<Vec<DataCategory>>,
}

impl Consent {
    /// Whether it is in force on a day, for anything.
    pub fn holds_on(&self, day: Date) -> bool {
        !self.purposes.is_empty()
            && self.from.0 <= day
            && self.expires_on.is_none_or(|last| day <= last.0)
    }
}

/// A delivery of assistance.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The delivery.
    pub assistance: AssistanceId,
    /// When.
    pub on: OccurredOn,
    /// By which agency.
    pub agency: AgencyId,
    /// What kind.
    pub kind: AssistanceKind,
    /// How it reached the person.
    pub mode: DeliveryMode,
    /// What it was worth.
    pub value: Option<Money>,
    /// Items, in a few words.
    pub items: Option<String>,
    /// Programme that paid.
    pub programme: Option<ProgrammeId>,
    /// What was found three months on, last.
    pub confirmed: Option<ConfirmationFinding>,
    /// From when on it is owed to look whether it still serves.
    pub confirm_on: Option<Day>,
    /// Whether it was undone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reversed: bool,
}

/// A transfer.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The transfer.
    pub transfer: TransferId,
    /// When it was proposed.
    pub proposed: OccurredOn,
    /// By whom.
    pub from: AgencyId,
    /// To whom.
    pub to: AgencyId,
    /// To which site.
    pub site: Option<SiteId>,
    /// To which ledger, if the case leaves this one.
    pub ledger: Option<LedgerId>,
    /// Why.
    pub reason: TransferReason,
    /// The consent under which what is known is passed on.
    pub consent: Option<ConsentId>,
    /// Where it stands: pending, accepted, declined, withdrawn.
    pub state: String,
    /// Since when.
    pub since: OccurredOn,
    /// Why it was declined.
    pub declined: Option<String>,
    /// Who must act next.
    pub owner: Option<AgencyId>,
    /// The last day for it.
    pub due_on: Option<Day>,
}

/// An attachment.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The attachment.
    pub attachment: AttachmentId,
    /// When it was added.
    pub on: OccurredOn,
    /// By which agency.
    pub agency: AgencyId,
    /// SHA-256 of its bytes: what they are asked for by.
    pub sha256: ContentDigest,
    /// What kind of bytes.
    pub media_type: MediaType,
    /// How many bytes.
    pub bytes: u64,
    /// What it is.
    pub kind: AttachmentKind,
    /// What it is called.
    pub title: Option<String>,
    /// The event that it is about.
    pub about: Option<EventId>,
    /// When it was taken off.
    pub removed: Option<OccurredOn>,
    /// Why.
    pub removal: Option<RemovalReason>,
}

/// What is said on one side of the person of another journey.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The journey that says so, or that it is said of: the other side.
    pub other: JourneyId,
    /// The ledger of the side that says so.
    pub ledger: Option<LedgerId>,
    /// When that was written down.
    pub recorded: RecordedAt,
    /// The event.
    pub event: EventId,
    /// What the person of the other journey is to the person of the side that says so; none where
    /// they are not related after all.
    pub relation: Option<Relation>,
    /// The household that both live in.
    pub household: Option<HouseholdId>,
}

/// What is to be done.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Next {
    /// The last day for it, or the first where it cannot be done before; none where no clock runs.
    pub on: Option<Day>,
    /// What: `agree-plan`, `decide-plan`, `confirm-assistance`, `follow-up`, `answer-transfer`,
    /// `close-transferred`.
    pub what: String,
    /// Whose turn it is.
    pub owner: Option<AgencyId>,
    /// Of what: the id of a plan, a delivery, a transfer, or the key of a follow-up.
    pub of: Option<String>,
}

impl Case {
    pub(super) fn of(journey: &Journey<'_>) -> Self {
        let mut case = Self {
            keeper: None,
            consents: consents(journey),
            assistance: given(journey),
            transfers: transfers(journey),
            attachments: attachments(journey),
            relatives: relatives(journey),
            next: next(journey),
        };
        if case != Self::default() {
            case.keeper = journey.agency.cloned();
        }
        case
    }
}

fn consents(journey: &Journey<'_>) -> Vec<Consent> {
    let told = journey
        .consents
        .iter()
        .map(|(id, consent)| (Some(*id), consent))
        .chain(journey.overrides.iter().map(|consent| (None, consent)));
    let mut consents: Vec<Consent> = told
        .map(|(id, consent)| {
            let withdrawn = |purpose: &&Purpose| {
                let mut withdrawals = consent.withdrawn.iter();
                withdrawals.any(|(_, of)| of.is_empty() || of.contains(*purpose))
            };
            let purposes = consent.purposes.iter().filter(|p| !withdrawn(p)).copied();
            Consent {
                consent: id,
                from: Day(consent.from.day()),
                expires_on: consent.expires_on.map(Day),
                purposes: purposes.collect(),
                agencies: consent.agencies.iter().cloned().collect(),
                categories: consent.categories.map(|c| c.iter().copied().collect()),
            }
        })
        .collect();
    consents.sort_by_key(|consent| (consent.from, consent.consent));
    consents
}

fn given(journey: &Journey<'_>) -> Vec<Given> {
    let mut given: Vec<Given> = journey
        .assistance
        .iter()
        .map(|(id, given)| Given {
            assistance: *id,
            on: given.on,
            agency: given.agency.clone(),
            kind: given.delivered.kind,
            mode: given.delivered.mode,
            value: given.delivered.value.clone(),
            items: given.delivered.items.clone(),
            programme: given.delivered.programme.clone(),
            confirmed: given.confirmed,
            confirm_on: given.confirm_on().map(Day),
            reversed: given.reversed,
        })
        .collect();
    given.sort_by_key(|given| (given.on.sort_key(), given.assistance));
    given
}

fn transfers(journey: &Journey<'_>) -> Vec<Transfer> {
    let mut transfers: Vec<Transfer> = journey
        .transfers
        .iter()
        .map(|(id, told)| {
            let pending = told.pending();
            let declined = match told.state {
                TransferState::Declined(reason) => Some(reason.as_str().to_owned()),
                TransferState::Pending | TransferState::Accepted | TransferState::Withdrawn => None,
            };
            Transfer {
                transfer: *id,
                proposed: told.proposed,
                from: told.from.clone(),
                to: told.to.clone(),
                site: told.site.cloned(),
                ledger: told.ledger.cloned(),
                reason: told.reason,
                consent: told.consent,
                state: told.state.as_str().to_owned(),
                since: told.since,
                declined,
                owner: pending.map(|(owner, _)| owner.clone()),
                due_on: pending.map(|(_, day)| Day(day)),
            }
        })
        .collect();
    transfers.sort_by_key(|transfer| (transfer.proposed.sort_key(), transfer.transfer));
    transfers
}

fn attachments(journey: &Journey<'_>) -> Vec<Attachment> {
    let attachment = |(id, told): (&AttachmentId, &homeward_journey::Attachment<'_>)| Attachment {
        attachment: *id,
        on: told.on,
        agency: told.agency.clone(),
        sha256: told.attached.sha256.clone(),
        media_type: told.attached.media_type.clone(),
        bytes: told.attached.bytes,
        kind: told.attached.kind,
        title: told.attached.title.clone(),
        about: told.attached.about,
        removed: told.removed.map(|(on, _)| on),
        removal: told.removed.map(|(_, reason)| reason),
    };
    journey.attachments.iter().map(attachment).collect()
}

fn relatives(journey: &Journey<'_>) -> Vec<Said> {
    let said = |(other, told): (&JourneyId, &homeward_journey::Related)| Said {
        other: *other,
        ledger: journey.ledger.cloned(),
        recorded: told.recorded,
        event: told.event,
        relation: told.relation.map(|(relation, _)| relation),
        household: told.relation.and_then(|(_, household)| household),
    };
    journey.relations.iter().map(said).collect()
}
