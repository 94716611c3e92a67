//! The envelope: CloudEvents 1.0 in JSON, with our extensions.
//!
//! | attribute | ours | says |
//! |---|---|---|
//! | `specversion` | | always `1.0` |
//! | `id` | | the event, a uuid |
//! | `source` | | the publishing system, a URI reference |
//! | `type` | | `family.past-participle` |
//! | `subject` | | the journey, a uuid |
//! | `datacontenttype` | | `application/json`, or absent |
//! | `ledger` | yes | which country's or agency's log |
//! | `schemaversion` | yes | version of the body |
//! | `occurred` | yes | when it happened, as precisely as it is known |
//! | `recordedtime` | documented extension | when the service wrote it down, UTC; `time` is read in its place |
//! | `agency` | yes | on whose behalf |
//! | `actor`, `role` | yes | who acted, in which capacity |
//! | `causationid`, `correlationid` | documented extension | the event that led to this one; the conversation it belongs to |
//! | `sequence` | documented extension | the publishing system's own number of the event, from 1 |
//! | `data` | | the body |

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::catalogue::Body;
use crate::id::{ActorId, AgencyId, EventId, JourneyId, LedgerId};
use crate::sequence::SourceSequence;
use crate::time::{OccurredOn, RecordedAt};
use crate::vocabulary::Role;

/// One immutable fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// This fact, for ever.
    pub id: EventId,
    /// Which log it belongs to.
    pub ledger: LedgerId,
    /// Which journey it is about.
    pub journey: JourneyId,
    /// The publishing system, a URI reference of 1 to 256 printable characters.
    pub source: Box<str>,
    /// When it happened in the world.
    pub occurred: OccurredOn,
    /// When the publishing service wrote it down.
    pub recorded: RecordedAt,
    /// On whose behalf it was written.
    pub agency: AgencyId,
    /// Which account acted.
    pub actor: Option<ActorId>,
    /// In which capacity.
    pub role: Option<Role>,
    /// The event that led to this one.
    pub causation: Option<EventId>,
    /// The conversation it belongs to.
    pub correlation: Option<Box<str>>,
    /// Its number among those of its source, where the source counts.
    pub sequence: Option<SourceSequence>,
    /// What it says.
    pub body: Body,
}

impl Event {
    /// The order in which facts of a journey are told: occurred, then recorded, then id. Total, and
    /// independent of arrival.
    pub fn sort_key(&self) -> (OccurredOn, RecordedAt, EventId) {
        (self.occurred, self.recorded, self.id)
    }

    /// Whether another event says the same: everything but the time of recording, which a border
    /// may have filled in, and what tells of the sending alone: source, actor, conversation, and the
    /// source's number. A list that is sent again with its rows numbered anew says nothing new.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.id == other.id
            && self.ledger == other.ledger
            && self.journey == other.journey
            && self.occurred == other.occurred
            && self.agency == other.agency
            && self.body == other.body
    }
}

/// The stored form, one field per attribute, in a fixed order.
impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entry = self.body.event_type();
        let mut out = serializer.serialize_struct("Event", 17)?;
        out.serialize_field("specversion", "1.0")?;
        out.serialize_field("id", &self.id)?;
        out.serialize_field("source", &self.source)?;
        out.serialize_field("type", entry.name)?;
        out.serialize_field("subject", &self.journey)?;
        out.serialize_field("datacontenttype", "application/json")?;
        out.serialize_field("schemaversion", &entry.version)?;
        out.serialize_field("ledger", &self.ledger)?;
        out.serialize_field("occurred", &self.occurred)?;
        out.serialize_field("recordedtime", &self.recorded)?;
        out.serialize_field("agency", &self.agency)?;
        if let Some(actor) = &self.actor {
            out.serialize_field("actor", actor)?;
        }
        if let Some(role) = &self.role {
            out.serialize_field("role", role)?;
        }
        if let Some(causation) = &self.causation {
            out.serialize_field("causationid", causation)?;
        }
        if let Some(correlation) = &self.correlation {
            out.serialize_field("correlationid", correlation)?;
        }
        if let Some(sequence) = &self.sequence {
            out.serialize_field("sequence", sequence)?;
        }
        out.serialize_field("data", &self.body)?;
        out.end()
    }
}
