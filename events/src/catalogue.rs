//! The catalogue: one line per event type. This is where a new fact enters the language.
//!
//! To add a type: a body in its family's file, a line here, a golden sample, an arm in
//! `homeward_journey`, and an arm in every read model that cares; the compiler or a named test asks
//! for each. To change a body: raise the version here, name the function that lifts the old one, and
//! add a sample of the new version; the old sample stays.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::vocabulary::vocabulary;

/// Lifts a body from one version to the next.
pub type Upcast = fn(&mut Map<String, Value>) -> Result<(), NotLifted>;

/// A field of an older version that cannot be lifted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotLifted {
    /// The field, as the older version calls it.
    pub field: &'static str,
    /// Whether the older version has no such field, rather than no such value.
    pub unknown: bool,
    /// What was expected.
    pub message: String,
}

/// What is known of an event type.
#[derive(Debug)]
pub struct EventType {
    /// `family.past-participle`, as stored in the CloudEvents `type`.
    pub name: &'static str,
    /// The family.
    pub family: Family,
    /// The version that is written; older ones are lifted to it.
    pub version: u16,
    /// Entry *i* lifts version *i + 1* to *i + 2*.
    pub upcasts: &'static [Upcast],
    /// JSON Schema of the body at [`Self::version`].
    pub schema: fn() -> schemars::Schema,
    /// Place within its family, from 0: the catalogue lists causes before effects.
    place: u8,
}

/// Why a body could not be read.
#[derive(Debug)]
pub(crate) enum BodyError {
    /// Not the JSON of this body.
    Json(serde_json::Error),
    /// An older version could not be lifted.
    Upcast(NotLifted),
}

macro_rules! catalogue {
    ($(
        $(#[$doc:meta])*
        $family:ident = $text:literal, $module:ident {
            $( $variant:ident = $name:literal, $version:literal $([$($upcast:path),+])? ; )+
        }
    )+) => {
        vocabulary! {
            /// Families of events: what a read model chooses to read.
            Family { $( $(#[$doc])* $family = $text ),+ }
        }

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub enum $family {
                $(
                    #[doc = concat!("`", $name, "`")]
                    $variant(Box<crate::$module::$variant>),
                )+
            }

            impl $family {
                const TYPES: &'static [&'static EventType] =
                    &[$( crate::$module::$variant::TYPE ),+];

                /// What is known of this body's type.
                pub const fn event_type(&self) -> &'static EventType {
                    match self { $( Self::$variant(_) => crate::$module::$variant::TYPE, )+ }
                }
            }

            const _: () = {
                enum Place { $($variant),+ }

                $(
                    impl crate::$module::$variant {
                        const TYPE: &'static EventType = &EventType {
                            name: $name,
                            family: Family::$family,
                            version: $version,
                            upcasts: &[$($($upcast),+)?],
                            schema: || schemars::schema_for!(crate::$module::$variant),
                            place: Place::$variant as u8,
                        };
                    }
                )+
            };

            $(
                impl From<crate::$module::$variant> for Body {
                    fn from(body: crate::$module::$variant) -> Self {
                        Self::$family($family::$variant(Box::new(body)))
                    }
                }
            )+
        )+

        /// What an event says: by family, then by type.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Body {
            $( $(#[$doc])* $family($family), )+
        }

        impl Body {
            /// What is known of this body's type.
            pub const fn event_type(&self) -> &'static EventType {
                match self { $( Self::$family(body) => body.event_type(), )+ }
            }

            /// The family.
            pub const fn family(&self) -> Family {
                match self { $( Self::$family(_) => Family::$family, )+ }
            }

            /// Reads a body of the current version of the type `name`; `None` when there is no such
            /// type.
            pub(crate) fn from_json(
                name: &str,
                json: &str,
            ) -> Option<Result<Self, serde_json::Error>> {
                match name {
                    $($( $name => Some(
                        serde_json::from_str(json).map(|body| Self::$family($family::$variant(body)))
                    ), )+)+
                    _ => None,
                }
            }

            /// As [`Self::from_json`], and slower: the error names the field. For explaining a
            /// refusal.
            pub(crate) fn explain_json(
                name: &str,
                json: &str,
            ) -> Option<serde_path_to_error::Error<serde_json::Error>> {
                match name {
                    $($( $name => {
                        let mut reader = serde_json::Deserializer::from_str(json);
                        serde_path_to_error::deserialize::<_, crate::$module::$variant>(&mut reader)
                            .err()
                    } )+)+
                    _ => None,
                }
            }
        }

        impl Serialize for Body {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $($( Self::$family($family::$variant(body)) => body.serialize(serializer), )+)+
                }
            }
        }

        /// Every event type, family by family.
        pub fn event_types() -> impl Iterator<Item = &'static EventType> {
            [$( $family::TYPES ),+].into_iter().flatten().copied()
        }
    };
}

impl EventType {
    /// The event type called `name`.
    pub fn find(name: &str) -> Option<&'static Self> {
        event_types().find(|entry| entry.name == name)
    }

    /// Place in the catalogue: family, then place within it. Facts noted down in one go share their
    /// times, and are told in this order.
    pub const fn rank(&self) -> (Family, u8) {
        (self.family, self.place)
    }

    /// Lifts a body of `version` to the current one.
    pub(crate) fn upcast(&self, version: u16, json: &str) -> Result<String, BodyError> {
        let mut body: Map<String, Value> = serde_json::from_str(json).map_err(BodyError::Json)?;
        let done = usize::from(version).saturating_sub(1);
        for lift in self.upcasts.iter().skip(done) {
            lift(&mut body).map_err(BodyError::Upcast)?;
        }
        serde_json::to_string(&body).map_err(BodyError::Json)
    }
}

catalogue! {
    /// What the sending state announces.
    Notice = "notice", notice {
        Notified = "notice.notified", 1;
        Changed = "notice.changed", 1;
        Cancelled = "notice.cancelled", 1;
    }
    /// The person is here.
    Reception = "reception", reception {
        Received = "reception.received", 2 [crate::reception::received_from_version_1];
        NotArrived = "reception.not-arrived", 1;
        Registered = "reception.registered", 1;
    }
    /// What cannot wait.
    Screening = "screening", screening {
        Completed = "screening.completed", 1;
    }
    /// Who may share what, with whom, for what.
    Consent = "consent", consent {
        Given = "consent.given", 1;
        Refused = "consent.refused", 1;
        Withdrawn = "consent.withdrawn", 1;
        Overridden = "consent.overridden", 1;
    }
    /// Instruments asked and scored.
    Assessment = "assessment", assessment {
        Completed = "assessment.completed", 1;
    }
    /// Goals agreed.
    Plan = "plan", plan {
        Agreed = "plan.agreed", 1;
        Reviewed = "plan.reviewed", 1;
        Approved = "plan.approved", 1;
    }
    /// The closed loop between agencies.
    Referral = "referral", referral {
        Sent = "referral.sent", 1;
        Received = "referral.received", 1;
        Accepted = "referral.accepted", 1;
        Declined = "referral.declined", 1;
        Rerouted = "referral.rerouted", 1;
        Waitlisted = "referral.waitlisted", 1;
        Contacted = "referral.contacted", 1;
        ContactFailed = "referral.contact-failed", 1;
        Booked = "referral.booked", 1;
        Attended = "referral.attended", 1;
        Missed = "referral.missed", 1;
        Started = "referral.started", 1;
        Concluded = "referral.concluded", 1;
        Withdrawn = "referral.withdrawn", 1;
        ConsentWithdrawn = "referral.consent-withdrawn", 1;
        Reopened = "referral.reopened", 1;
    }
    /// What a person got.
    Assistance = "assistance", assistance {
        Delivered = "assistance.delivered", 1;
        Confirmed = "assistance.confirmed", 1;
        Reversed = "assistance.reversed", 1;
    }
    /// Asking again, on a schedule.
    FollowUp = "follow-up", follow_up {
        Scheduled = "follow-up.scheduled", 1;
        Rescheduled = "follow-up.rescheduled", 1;
        Completed = "follow-up.completed", 1;
        Missed = "follow-up.missed", 1;
        Cancelled = "follow-up.cancelled", 1;
    }
    /// Spells of housing, work and schooling.
    Status = "status", status {
        Housed = "status.housed", 1;
        Employed = "status.employed", 1;
        Enrolled = "status.enrolled", 1;
        Ended = "status.ended", 1;
    }
    /// What police, courts, prisons and supervision report.
    Justice = "justice", justice {
        Arrested = "justice.arrested", 1;
        Charged = "justice.charged", 1;
        Convicted = "justice.convicted", 1;
        Acquitted = "justice.acquitted", 1;
        Quashed = "justice.quashed", 1;
        CustodyEntered = "justice.custody-entered", 1;
        CustodyLeft = "justice.custody-left", 1;
        SupervisionBreached = "justice.supervision-breached", 1;
    }
    /// What ends or suspends observation.
    Departure = "departure", departure {
        Remigrated = "departure.remigrated", 1;
        RemovedAgain = "departure.removed-again", 1;
        MovedAway = "departure.moved-away", 1;
        Died = "departure.died", 1;
        ContactLost = "departure.contact-lost", 1;
        ContactRegained = "departure.contact-regained", 1;
    }
    /// The journey itself.
    Lifecycle = "journey", lifecycle {
        Closed = "journey.closed", 1;
        Reopened = "journey.reopened", 1;
        TransferProposed = "journey.transfer-proposed", 1;
        Transferred = "journey.transferred", 2 [crate::lifecycle::transferred_from_version_1];
        TransferDeclined = "journey.transfer-declined", 1;
        TransferWithdrawn = "journey.transfer-withdrawn", 1;
        Linked = "journey.linked", 1;
        Unlinked = "journey.unlinked", 1;
        Related = "journey.related", 1;
        Unrelated = "journey.unrelated", 1;
        Attached = "journey.attached", 1;
        Detached = "journey.detached", 1;
    }
    /// History stays, its meaning changes.
    Correction = "correction", correction {
        Retracted = "correction.retracted", 1;
        Replaced = "correction.replaced", 1;
    }
    /// Personal data becomes unreadable, proofs stay.
    Erasure = "erasure", erasure {
        Requested = "erasure.requested", 1;
        Completed = "erasure.completed", 1;
    }
    /// Who looked, and why.
    Access = "access", access {
        Disclosed = "access.disclosed", 1;
        GlassBroken = "access.glass-broken", 1;
    }
    /// Positions of the log under a name.
    Cut = "cut", cut {
        Named = "cut.named", 1;
    }
    /// Services that people can be referred to, version by version.
    Directory = "directory", directory {
        ServiceListed = "directory.service-listed", 1;
        ServiceWithdrawn = "directory.service-withdrawn", 1;
        Published = "directory.published", 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_type_is_named_once_by_family_and_past_participle() {
        let mut seen = BTreeSet::new();
        for entry in event_types() {
            assert!(seen.insert(entry.name), "{} stands twice", entry.name);
            let (family, rest) = entry.name.split_once('.').unwrap();
            assert_eq!(family, entry.family.as_str(), "{}", entry.name);
            assert!(
                rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{}",
                entry.name
            );
        }
        assert_eq!(
            event_types()
                .map(|entry| entry.family)
                .collect::<BTreeSet<_>>()
                .len(),
            Family::ALL.len()
        );
    }

    #[test]
    fn ranks_rise_along_the_catalogue() {
        let ranks: Vec<_> = event_types().map(EventType::rank).collect();
        assert!(ranks.is_sorted_by(|a, b| a < b), "{ranks:?}");
    }

    #[test]
    fn every_version_but_the_first_has_a_lift() {
        for entry in event_types() {
            assert_eq!(
                usize::from(entry.version),
                entry.upcasts.len() + 1,
                "{}",
                entry.name
            );
        }
    }
}
