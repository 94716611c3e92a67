//! Erasure: personal data becomes unreadable, proofs stay.

use std::collections::BTreeSet;

use crate::body::bodies;
use crate::consent::DataCategory;
use crate::id::{ActorId, RequestId};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// On what basis data is erased. Source: GDPR Art. 17(1), Jamaica Data Protection Act 2020.
    ErasureBasis {
        /// The person asked.
        SubjectRequest = "subject-request",
        /// Consent was withdrawn and nothing else supports keeping it.
        ConsentWithdrawn = "consent-withdrawn",
        /// The time for keeping it is over.
        RetentionEnded = "retention-ended",
        /// It should never have been collected.
        Unlawful = "unlawful",
        /// It endangers the person.
        Safety = "safety",
    }
}

bodies! {
    /// Erasure was asked for and approved.
    Requested {
        /// This request.
        request: RequestId,
        /// On what basis.
        basis: ErasureBasis,
        /// Which compartments; empty means all.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        categories: BTreeSet<DataCategory>,
        /// Who approved: two different people.
        approved_by: BTreeSet<ActorId>,
    }

    /// Erasure was carried out.
    Completed {
        /// Which request.
        request: RequestId,
        /// Digests of the keys that were destroyed, in hexadecimal.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        destroyed_keys: BTreeSet<String>,
    }
}
