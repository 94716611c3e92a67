//! Departure: what ends or suspends observation. Death, re-migration and renewed removal compete
//! with other ends; lost contact only censors.

use crate::body::bodies;
use crate::place::{AreaCode, CountryCode};
use crate::vocabulary::{Channel, ReturnType, vocabulary};

vocabulary! {
    /// Cause of death, as broad as safety allows.
    DeathCause {
        /// Illness.
        Illness = "illness",
        /// Accident.
        Accident = "accident",
        /// Violence.
        Violence = "violence",
        /// Suicide.
        Suicide = "suicide",
        /// Not known.
        NotKnown = "not-known",
    }
}

bodies! {
    /// The person left the country again.
    Remigrated {
        /// To where.
        to: Option<CountryCode>,
        /// Whether by regular means.
        regular: Option<bool>,
    }

    /// The person had left and was sent back again.
    RemovedAgain {
        /// From where.
        from: Option<CountryCode>,
        /// How.
        return_type: Option<ReturnType>,
    }

    /// The person moved out of the area that is served.
    MovedAway {
        /// To where.
        to: Option<AreaCode>,
    }

    /// The person died.
    Died {
        /// Of what.
        cause: Option<DeathCause>,
    }

    /// Contact was lost, or observation ended as planned. The event's date is the last day of contact.
    ContactLost {
        /// How it was tried.
        last_channel: Option<Channel>,
        /// Whether this is the planned end of observation rather than a loss.
        #[serde(default)]
        planned: bool,
    }

    /// Contact was regained.
    ContactRegained {
        /// How.
        channel: Option<Channel>,
    }
}
