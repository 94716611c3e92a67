//! Writes facts down as publishers do.

use homeward_events::Event;
use homeward_events::codec::decode_event;
use homeward_projections::fold::{self, Facts};
use homeward_projections::{MemoryTable, all};
use serde_json::{Value, json};

/// The journey or other thing with a number.
pub(crate) fn uuid(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// A publisher of one agency, each fact with the next id and a later time of recording.
#[derive(Default)]
pub(crate) struct Scribe {
    pub(crate) events: Vec<Event>,
}

impl Scribe {
    pub(crate) fn write(&mut self, journey: u32, event_type: &str, on: &str, data: Value) {
        self.publish("jm", "moss", (journey, event_type, on), data);
    }

    pub(crate) fn publish(
        &mut self,
        ledger: &str,
        agency: &str,
        (journey, event_type, on): (u32, &str, &str),
        data: Value,
    ) {
        let written = self.events.len() + 1;
        let event = json!({
            "specversion": "1.0",
            "id": uuid(1_000_000 + u32::try_from(written).unwrap()),
            "source": "urn:homeward:test",
            "type": event_type,
            "subject": uuid(journey),
            "schemaversion": match event_type {
                "reception.received" | "journey.transferred" => 2,
                _ => 1,
            },
            "ledger": ledger,
            "occurred": on,
            "recordedtime": format!("2030-01-01T{:02}:{:02}:{:02}Z",
                written / 3600, written / 60 % 60, written % 60),
            "agency": agency,
            "data": data,
        });
        self.events
            .push(decode_event(&event.to_string(), None).unwrap());
    }

    pub(crate) fn received(&mut self, journey: u32, on: &str) {
        self.received_as(journey, on, "male");
    }

    pub(crate) fn received_as(&mut self, journey: u32, on: &str, sex: &str) {
        let data = json!({
            "site": "norman-manley", "return_type": "deported", "grounds": "drugs",
            "sending_country": "US", "sex": sex, "born": "1990-05-05", "area": "JM-01",
            "programme": "new-start", "group": "forced-returnee"
        });
        self.write(journey, "reception.received", on, data);
    }

    pub(crate) fn linked(&mut self, journey: u32, other: u32, on: &str) {
        let data = json!({ "other": uuid(other), "basis": "document" });
        self.write(journey, "journey.linked", on, data);
    }

    /// A read model over everything that was written.
    pub(crate) fn table(&self, name: &str) -> MemoryTable {
        fold::fold(all(), &self.facts()).remove(name).unwrap()
    }

    pub(crate) fn facts(&self) -> Facts {
        let mut facts = Facts::new();
        for event in &self.events {
            facts.entry(event.journey).or_default().push(event.clone());
        }
        facts
    }
}
