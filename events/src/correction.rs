//! Corrections: history stays, its meaning changes. A correction can itself be retracted.

use crate::body::bodies;
use crate::id::EventId;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Why a fact is corrected.
    CorrectionReason {
        /// Typed or read wrongly.
        EntryError = "entry-error",
        /// Belongs to another person.
        WrongPerson = "wrong-person",
        /// Entered twice.
        Duplicate = "duplicate",
        /// Better information came in.
        NewInformation = "new-information",
        /// The person objected.
        Objection = "objection",
    }
}

bodies! {
    /// A fact does not stand.
    Retracted {
        /// Which fact of this journey.
        event: EventId,
        /// Why.
        reason: CorrectionReason,
    }

    /// A fact is replaced by another fact of this journey.
    Replaced {
        /// Which fact no longer stands.
        event: EventId,
        /// Which fact stands in its place.
        by: EventId,
        /// Why.
        reason: CorrectionReason,
    }
}
