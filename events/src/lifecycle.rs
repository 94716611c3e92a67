//! The journey itself: closing, reopening, passing on, and whether two journeys are one human being.

use crate::body::bodies;
use crate::id::{AgencyId, JourneyId, SiteId};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Why a journey was closed. Source: IOM, Reintegration Handbook (2019), adapted.
    ClosureReason {
        /// Plan completed.
        PlanCompleted = "plan-completed",
        /// Time limit reached.
        TimeLimit = "time-limit",
        /// No longer eligible.
        NoLongerEligible = "no-longer-eligible",
        /// The returnee withdrew.
        Withdrew = "withdrew",
        /// Moved away.
        MovedAway = "moved-away",
        /// Re-migrated.
        Remigrated = "remigrated",
        /// Removed again.
        RemovedAgain = "removed-again",
        /// Imprisoned.
        Imprisoned = "imprisoned",
        /// Died.
        Died = "died",
        /// Lost to follow-up.
        LostToFollowUp = "lost-to-follow-up",
        /// Transferred.
        Transferred = "transferred",
        /// Safety.
        Safety = "safety",
        /// Programme funding ended.
        FundingEnded = "funding-ended",
        /// Security context.
        SecurityContext = "security-context",
    }

    /// How it was found that two journeys are one human being.
    LinkBasis {
        /// Same document.
        Document = "document",
        /// Same biometrics, checked elsewhere.
        Biometric = "biometric",
        /// The person said so.
        SelfReported = "self-reported",
        /// A worker compared both records.
        Review = "review",
    }
}

bodies! {
    /// The journey was closed.
    Closed {
        /// Why.
        reason: ClosureReason,
    }

    /// The journey was opened again.
    Reopened {
        /// Why, in a few words without personal data.
        reason: Option<String>,
    }

    /// The journey passed to another agency or site.
    Transferred {
        /// To which agency.
        to: AgencyId,
        /// To which site.
        site: Option<SiteId>,
        /// Whether the other side accepted.
        accepted: bool,
    }

    /// This journey and another are one human being. Reversible, in any order.
    Linked {
        /// The other journey, in the same ledger.
        other: JourneyId,
        /// How that was found.
        basis: LinkBasis,
    }

    /// This journey and another are not one human being after all.
    Unlinked {
        /// The other journey.
        other: JourneyId,
        /// Why, in a few words without personal data.
        reason: Option<String>,
    }
}
