//! Access: who looked at personal data, and why. Looking is itself a fact.

use std::collections::BTreeSet;

use crate::body::bodies;
use crate::consent::{DataCategory, Purpose};
use crate::id::{ActorId, AgencyId};
use crate::time::OccurredOn;

bodies! {
    /// Personal data was disclosed to somebody allowed to see it.
    Disclosed {
        /// To whom.
        to: ActorId,
        /// Of which agency.
        agency: AgencyId,
        /// For what.
        purpose: Purpose,
        /// Which data.
        categories: BTreeSet<DataCategory>,
        /// Why, in a few words without personal data.
        reason: Option<String>,
    }

    /// Somebody looked in an emergency without being allowed to beforehand.
    GlassBroken {
        /// Who.
        by: ActorId,
        /// Why, in a few words without personal data.
        reason: String,
        /// Which data.
        categories: BTreeSet<DataCategory>,
        /// When the emergency access ends.
        until: OccurredOn,
        /// The second person who was told.
        notified: ActorId,
    }
}
