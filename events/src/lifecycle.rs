//! The journey itself: closing, reopening, passing on, whether two journeys are one human being or of
//! one family, and what is attached.

use crate::body::bodies;
use crate::catalogue::NotLifted;
use crate::id::{
    AgencyId, AttachmentId, ConsentId, ContentDigest, EventId, HouseholdId, JourneyId, LedgerId,
    MediaType, SiteId, TransferId,
};
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

    /// Why a case is to pass to others. [ours]
    TransferReason {
        /// The person moved.
        Moved = "moved",
        /// The person asked for it.
        Requested = "requested",
        /// The other side offers what is needed.
        BetterPlaced = "better-placed",
        /// This side has no room.
        NoCapacity = "no-capacity",
        /// For the person's safety.
        Safety = "safety",
        /// The programme ends here.
        ProgrammeEnded = "programme-ended",
        /// Another reason.
        Other = "other",
    }

    /// Why a case was not taken over. [ours]
    TransferDeclineReason {
        /// No room.
        NoCapacity = "no-capacity",
        /// Not in the area.
        OutOfArea = "out-of-area",
        /// The person is not eligible there.
        NotEligible = "not-eligible",
        /// What is known does not suffice.
        InformationMissing = "information-missing",
        /// No consent covers it.
        ConsentMissing = "consent-missing",
        /// Another reason.
        Other = "other",
    }

    /// What the person of the other journey is to the person of this one. [ours]
    Relation {
        /// Husband, wife or partner.
        Spouse = "spouse",
        /// Mother or father.
        Parent = "parent",
        /// Daughter or son.
        Child = "child",
        /// Sister or brother.
        Sibling = "sibling",
        /// Grandmother or grandfather.
        Grandparent = "grandparent",
        /// Granddaughter or grandson.
        Grandchild = "grandchild",
        /// Who answers for the person, by law or by custom.
        Guardian = "guardian",
        /// Whom the person answers for.
        Ward = "ward",
        /// Another relative.
        OtherRelative = "other-relative",
        /// No relative, but of the same household.
        HouseholdMember = "household-member",
    }

    /// What an attachment is. [ours]
    AttachmentKind {
        /// A proof of identity.
        Identity = "identity",
        /// A consent on paper.
        Consent = "consent",
        /// A medical document.
        Medical = "medical",
        /// A paper of a court or the police.
        Justice = "justice",
        /// A certificate of schooling, training or work.
        Certificate = "certificate",
        /// A receipt.
        Receipt = "receipt",
        /// A photograph.
        Photograph = "photograph",
        /// A plan or an agreement.
        Agreement = "agreement",
        /// Another.
        Other = "other",
    }

    /// Why an attachment was removed. [ours]
    RemovalReason {
        /// Attached by mistake.
        EntryError = "entry-error",
        /// Belongs to another person.
        WrongPerson = "wrong-person",
        /// Another one took its place.
        Superseded = "superseded",
        /// The person objected.
        Objection = "objection",
        /// It need not be kept any longer.
        Expired = "expired",
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

    /// The agency that keeps the case asks another to take it over. Nothing changes hands until the
    /// other side accepts.
    TransferProposed {
        /// This transfer.
        transfer: TransferId,
        /// To which agency; the same agency for a transfer between its sites.
        to: AgencyId,
        /// To which site.
        site: Option<SiteId>,
        /// To which ledger, if the case is to leave this one.
        ledger: Option<LedgerId>,
        /// Why.
        reason: TransferReason,
        /// The consent under which what is known is passed on.
        consent: Option<ConsentId>,
    }

    /// The journey passed to another agency or site: a proposal was accepted, or both sides agreed
    /// outside this ledger. Version 2 names the proposal (version 1 could not), see
    /// [`transferred_from_version_1`].
    Transferred {
        /// The proposal that is accepted; absent where none was made here.
        transfer: Option<TransferId>,
        /// To which agency.
        to: AgencyId,
        /// To which site.
        site: Option<SiteId>,
        /// Whether the other side accepted.
        accepted: bool,
    }

    /// The other side does not take the case over.
    TransferDeclined {
        /// Which transfer.
        transfer: TransferId,
        /// Why.
        reason: TransferDeclineReason,
    }

    /// Whoever proposed a transfer takes the proposal back.
    TransferWithdrawn {
        /// Which transfer.
        transfer: TransferId,
        /// Why, in a few words without personal data.
        reason: Option<String>,
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
    /// The person of another journey is related to the person of this one: two human beings. May be
    /// told on either side, or on both.
    Related {
        /// The other journey, in whatever ledger.
        other: JourneyId,
        /// What that person is to this one.
        relation: Relation,
        /// The household that both live in, if they do.
        household: Option<HouseholdId>,
    }

    /// The persons of this journey and another are not related after all, or no longer.
    Unrelated {
        /// The other journey.
        other: JourneyId,
        /// Why, in a few words without personal data.
        reason: Option<String>,
    }

    /// A document was attached. Its bytes lie beside the log, under their digest.
    Attached {
        /// This attachment.
        attachment: AttachmentId,
        /// SHA-256 of the bytes.
        sha256: ContentDigest,
        /// What kind of bytes.
        media_type: MediaType,
        /// How many bytes.
        bytes: u64,
        /// What it is.
        kind: AttachmentKind,
        /// What it is called, in a few words without personal data.
        title: Option<String>,
        /// The event that it is about.
        about: Option<EventId>,
    }

    /// An attachment was taken off. Its bytes stay where they are until they are erased.
    Detached {
        /// Which attachment.
        attachment: AttachmentId,
        /// Why.
        reason: RemovalReason,
    }
}

/// Lifts `journey.transferred` from version 1 to version 2: version 1 could not name a proposal.
///
/// # Errors
/// The body names one.
pub(crate) fn transferred_from_version_1(
    body: &mut serde_json::Map<String, serde_json::Value>,
) -> Result<(), NotLifted> {
    if body.contains_key("transfer") {
        return Err(NotLifted {
            field: "transfer",
            unknown: true,
            message: "version 1 names no proposal".to_owned(),
        });
    }
    Ok(())
}

impl Relation {
    /// What the person of this journey is to the person of the other one.
    #[must_use]
    pub const fn inverse(self) -> Self {
        match self {
            Self::Parent => Self::Child,
            Self::Child => Self::Parent,
            Self::Grandparent => Self::Grandchild,
            Self::Grandchild => Self::Grandparent,
            Self::Guardian => Self::Ward,
            Self::Ward => Self::Guardian,
            Self::Spouse | Self::Sibling | Self::OtherRelative | Self::HouseholdMember => self,
        }
    }
}
