//! Facts of people, as they are in the log.

use std::collections::BTreeSet;

use homeward_events::Body;
use homeward_events::envelope::Event;
use homeward_events::id::{EventId, JourneyId, LedgerId};
use homeward_events::reception::Received;
use homeward_events::sealed::Personal;
use homeward_events::time::{OccurredOn, RecordedAt};
use homeward_events::vocabulary::{Grounds, ReturnType, Sex};
use homeward_projections::identity::Statement;
use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

pub(crate) fn ledger() -> LedgerId {
    "jm".parse().unwrap()
}

/// The nth journey; ids lie in no order of their numbers.
pub(crate) fn journey(nth: usize) -> JourneyId {
    JourneyId::from_uuid(scattered(nth, 1))
}

pub(crate) fn event_id(nth: usize) -> EventId {
    EventId::from_uuid(scattered(nth, 2))
}

fn scattered(nth: usize, kind: u128) -> Uuid {
    let nth = u128::try_from(nth).unwrap();
    let high = (nth + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    uuid::Builder::from_custom_bytes((high << 8 | kind).to_be_bytes()).into_uuid()
}

pub(crate) fn minute(nth: usize) -> RecordedAt {
    let seconds = 1_780_000_000 + 60 * i64::try_from(nth).unwrap();
    RecordedAt(Timestamp::from_second(seconds).unwrap())
}

pub(crate) fn event(nth: usize, of: JourneyId, body: impl Into<Body>) -> Event {
    Event {
        id: event_id(nth),
        ledger: ledger(),
        journey: of,
        source: "urn:test".into(),
        occurred: OccurredOn::Day(date(2026, 7, 1)),
        recorded: minute(nth),
        agency: "pica".parse().unwrap(),
        actor: None,
        role: None,
        causation: None,
        correlation: None,
        sequence: None,
        body: body.into(),
    }
}

pub(crate) fn reception(said: &Statement) -> Received {
    Received {
        site: "norman-manley".parse().unwrap(),
        return_type: ReturnType::Deported,
        grounds: Grounds::Immigration,
        sending_country: "US".parse().unwrap(),
        group: None,
        sex: said.sex.unwrap_or(Sex::NotKnown),
        born: None,
        area: None,
        batch: None,
        programme: None,
        years_abroad: None,
        companions: None,
        minors: None,
        documents: BTreeSet::new(),
        needs: BTreeSet::new(),
        given: BTreeSet::new(),
        medical_information: None,
        criminal_information: None,
        place_to_stay: None,
        personal: Some(Personal {
            identity: Some(said.identity.clone()),
            ..Personal::default()
        }),
    }
}

/// The nth journey begins with a reception that says who it is.
pub(crate) fn received(nth: usize, said: &Statement) -> Event {
    event(nth, journey(nth), reception(said))
}
