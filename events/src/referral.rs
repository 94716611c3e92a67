//! Referral: the closed loop between two agencies. Only a concluded referral closes it.
//!
//! Superset of the machines in Primero, HMPPS refer-and-monitor, the FHIR SDOH clinical care task
//! and vendors' wait-list and re-route. Expired and overdue are never stored: they follow from
//! clocks and the reference day.

use std::collections::{BTreeMap, BTreeSet};

use crate::body::bodies;
use crate::consent::DataCategory;
use crate::id::{ActorId, AgencyId, ConsentId, GoalId, ReferralId, ServiceId};
use crate::sealed::Personal;
use crate::time::{Day, OccurredOn};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How fast an answer is owed. Source: inter-agency referral form (IASC style):
    /// 24 hours, 72 hours, two weeks.
    Priority {
        /// 24 hours.
        Emergency = "emergency",
        /// 72 hours.
        Urgent = "urgent",
        /// Two weeks.
        Normal = "normal",
    }

    /// What is needed.
    ServiceNeed {
        /// Shelter or housing.
        Housing = "housing",
        /// Work or training.
        Livelihood = "livelihood",
        /// Schooling.
        Education = "education",
        /// Health care.
        Health = "health",
        /// Mental health or substance use.
        MentalHealth = "mental-health",
        /// Identity documents.
        Documents = "documents",
        /// Legal aid.
        Legal = "legal",
        /// Protection.
        Protection = "protection",
        /// Family tracing or mediation.
        Family = "family",
        /// Social assistance.
        SocialAssistance = "social-assistance",
        /// Start-up grant.
        BusinessGrant = "business-grant",
        /// Faith or community group.
        Community = "community",
        /// Supervision or probation support.
        Probation = "probation",
        /// Another.
        Other = "other",
    }

    /// Who said no.
    DeclinedBy {
        /// The provider.
        Provider = "provider",
        /// The client.
        Client = "client",
    }

    /// Why a referral was declined.
    DeclineReason {
        /// No capacity.
        LackOfCapacity = "lack-of-capacity",
        /// Not eligible.
        NotEligible = "not-eligible",
        /// Service not offered there.
        ServiceNotOffered = "service-not-offered",
        /// Outside the area.
        OutsideArea = "outside-area",
        /// Information missing.
        InformationMissing = "information-missing",
        /// The client does not want it.
        ClientRefused = "client-refused",
        /// Safety concern.
        Safety = "safety",
        /// Another reason.
        Other = "other",
    }

    /// Who withdrew.
    WithdrawnBy {
        /// The agency that sent it.
        Sender = "sender",
        /// The client.
        Client = "client",
    }

    /// Why it was withdrawn.
    WithdrawReason {
        /// No longer needed.
        NoLongerNeeded = "no-longer-needed",
        /// Sent by mistake.
        SentByMistake = "sent-by-mistake",
        /// No answer in time.
        NoAnswer = "no-answer",
        /// The client changed their mind.
        ClientChangedMind = "client-changed-mind",
        /// The journey closed.
        JourneyClosed = "journey-closed",
        /// Another reason.
        Other = "other",
    }

    /// How attendance went.
    Attendance {
        /// On time.
        OnTime = "on-time",
        /// Late.
        Late = "late",
    }

    /// Whether the service was delivered.
    Delivery {
        /// Wholly.
        Delivered = "delivered",
        /// Partly.
        Partly = "partly",
        /// Not at all.
        NotDelivered = "not-delivered",
    }

    /// Why a service was not delivered. Source: Primero, service implementation reasons.
    NotDeliveredReason {
        /// The client refused.
        ClientRefused = "client-refused",
        /// Lack of capacity.
        LackOfCapacity = "lack-of-capacity",
        /// No longer needed.
        NoLongerNeeded = "no-longer-needed",
        /// The client could not be reached.
        ClientUnreachable = "client-unreachable",
        /// The provider could not be reached.
        ProviderUnreachable = "provider-unreachable",
        /// Another reason.
        Other = "other",
    }

    /// What came of a goal.
    GoalOutcome {
        /// Reached.
        Reached = "reached",
        /// Partly reached.
        PartlyReached = "partly-reached",
        /// Not reached.
        NotReached = "not-reached",
    }
}

bodies! {
    /// The referral was sent.
    Sent {
        /// This referral.
        referral: ReferralId,
        /// To which agency.
        to: AgencyId,
        /// To which of its services.
        service: Option<ServiceId>,
        /// Version of the service directory it was chosen from.
        directory_version: Option<u32>,
        /// What is needed.
        need: ServiceNeed,
        /// How fast an answer is owed.
        priority: Priority,
        /// The consent it rests on; absent when it rests on an override.
        consent: Option<ConsentId>,
        /// Exactly what is disclosed.
        discloses: BTreeSet<DataCategory>,
        /// Goals of the plan it serves.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        goals: BTreeSet<GoalId>,
        /// The earlier referral that this one follows.
        follows: Option<ReferralId>,
        /// Personal data: what the provider must know.
        personal: Option<Personal>,
    }

    /// The provider has it in its hands.
    Received {
        /// Which referral.
        referral: ReferralId,
    }

    /// The provider takes it on.
    Accepted {
        /// Which referral.
        referral: ReferralId,
        /// Who will do it.
        assigned_to: Option<ActorId>,
    }

    /// Somebody said no.
    Declined {
        /// Which referral.
        referral: ReferralId,
        /// Who.
        by: DeclinedBy,
        /// Why.
        reason: DeclineReason,
    }

    /// It was passed on to another agency, under a referral of its own.
    Rerouted {
        /// Which referral.
        referral: ReferralId,
        /// To which agency.
        to: AgencyId,
        /// The new referral.
        new_referral: ReferralId,
    }

    /// It waits for a place.
    Waitlisted {
        /// Which referral.
        referral: ReferralId,
        /// Expected first day.
        expected_on: Option<Day>,
    }

    /// The provider reached the client.
    Contacted {
        /// Which referral.
        referral: ReferralId,
    }

    /// The provider tried and did not reach the client.
    ContactFailed {
        /// Which referral.
        referral: ReferralId,
        /// Which attempt, from 1.
        attempt: u8,
    }

    /// An appointment was made.
    Booked {
        /// Which referral.
        referral: ReferralId,
        /// When it takes place.
        at: OccurredOn,
    }

    /// The client came.
    Attended {
        /// Which referral.
        referral: ReferralId,
        /// How.
        attendance: Attendance,
    }

    /// The client did not come.
    Missed {
        /// Which referral.
        referral: ReferralId,
    }

    /// The service began.
    Started {
        /// Which referral.
        referral: ReferralId,
    }

    /// The loop is closed: what was delivered and what came of it.
    Concluded {
        /// Which referral.
        referral: ReferralId,
        /// Whether it was delivered.
        delivery: Delivery,
        /// Why not, if not wholly.
        reason: Option<NotDeliveredReason>,
        /// What came of each goal.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        outcomes: BTreeMap<GoalId, GoalOutcome>,
        /// Personal data: the report.
        personal: Option<Personal>,
    }

    /// It was called off.
    Withdrawn {
        /// Which referral.
        referral: ReferralId,
        /// By whom.
        by: WithdrawnBy,
        /// Why.
        reason: WithdrawReason,
    }

    /// The consent it rested on is gone: sharing stops, history stays.
    ConsentWithdrawn {
        /// Which referral.
        referral: ReferralId,
        /// The consent that was withdrawn.
        consent: Option<ConsentId>,
    }

    /// It was taken up again: it stands where a sent one stands.
    Reopened {
        /// Which referral.
        referral: ReferralId,
        /// Why, in a few words without personal data.
        reason: Option<String>,
    }
}
